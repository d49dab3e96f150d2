//! Workspaces in temporary folders, written as one text with file headers.

#![allow(dead_code)] // Each test binary uses a part of it.

pub mod client;
pub mod findings;
pub mod labelled;
pub mod note_sentences;
pub mod pages;
pub mod passages;
pub mod snapshot;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The sources in a file.
pub fn sources(path: &str, text: &str) -> Vec<corroborate::source::Source> {
    corroborate::source::read(path, text.as_bytes(), &corroborate::source::Fields::default()).unwrap_or_default()
}

/// A folder that is removed with its last user.
pub struct Folder(pub PathBuf);

static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Folder {
    /// Writes `//- path` headed parts as files.
    pub fn with(files: &str) -> Self {
        let name = format!("corroborate-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        fs::create_dir_all(&root).expect("a temporary folder");
        let root = root.canonicalize().expect("a real path");
        for (path, text) in parts(files) {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
            fs::write(file, text).expect("a file");
        }
        Self(root)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files of a fixture: a `//- path` line before each.
pub fn parts(files: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in files.lines() {
        match (line.trim_start().strip_prefix("//- "), found.last_mut()) {
            (Some(path), _) => found.push((path.trim(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The example's folder.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/port-ansel")
}
