//! Renditions on disk: read-only files in the user's cache folder, so that every editor can show
//! a passage of a PDF or a mail at its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cache::CacheFolder;
use crate::source::Source;

/// Where the renditions of a workspace are kept.
#[derive(Clone, Debug, Default)]
pub struct Renditions {
    /// `None` where the system has no cache folder.
    folder: Option<PathBuf>,
}

impl Renditions {
    /// The renditions of the workspace at `root`, in the user's cache folder.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { folder: CacheFolder::of(root).renditions() }
    }

    /// The file with a source's rendition, which is written if it is not there or differs.
    pub fn file(&self, source: &Source) -> io::Result<PathBuf> {
        let folder = self.folder.as_deref().ok_or(io::ErrorKind::NotFound)?;
        let file = folder.join(format!("{}.md", source.path));
        if fs::read(&file).is_ok_and(|there| there == source.text.as_bytes()) {
            return Ok(file);
        }
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        // Another process may write the same file: each writes its own and renames it.
        let new = file.with_extension(format!("{}.new", std::process::id()));
        fs::write(&new, &source.text)?;
        let mut permissions = fs::metadata(&new)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&new, permissions)?;
        if cfg!(windows) {
            make_writable(&file);
        }
        fs::rename(&new, &file)?;
        Ok(file)
    }

    /// Writes a text beside the renditions, where nothing is checked.
    pub fn write(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let folder = self.folder.as_deref().ok_or(io::ErrorKind::NotFound)?;
        fs::create_dir_all(folder)?;
        let file = folder.join(name);
        fs::write(&file, text)?;
        Ok(file)
    }

    /// The path of the source that a file is the rendition of.
    #[must_use]
    pub fn source_of(&self, file: &Path) -> Option<String> {
        let name = file.strip_prefix(self.folder.as_deref()?).ok()?;
        let parts: Option<Vec<&str>> = name.iter().map(|part| part.to_str()).collect();
        parts?.join("/").strip_suffix(".md").map(str::to_owned)
    }

    /// Whether a file is a rendition of this workspace.
    #[must_use]
    pub fn holds(&self, file: &Path) -> bool {
        self.folder.as_deref().is_some_and(|folder| file.starts_with(folder))
    }
}

/// Windows does not replace a read-only file.
#[allow(clippy::permissions_set_readonly_false)]
fn make_writable(file: &Path) {
    if let Ok(metadata) = fs::metadata(file) {
        let mut permissions = metadata.permissions();
        permissions.set_readonly(false);
        let _ = fs::set_permissions(file, permissions);
    }
}
