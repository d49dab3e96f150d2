//! What the model read is kept between sessions, and nothing depends on it but time.

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use support::Folder;

const MILL: &str = "
//- sources/mill.txt
The council sued the mill in February over a bill of 2.5 million crowns. The mill has not paid.
//- note.md
The council took the mill to court in February. The mill paid the bill at once.

The archive was closed on Tuesday, so nothing was copied.
";

struct Cached {
    workspace: Folder,
    cache: Folder,
}

impl Cached {
    fn new() -> Self {
        Self { workspace: Folder::with(MILL), cache: Folder::with("") }
    }

    fn check(&self) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.args(["check", "--format", "json"]).current_dir(&self.workspace.0).env("CORROBORATE_CACHE", &self.cache.0);
        String::from_utf8_lossy(&command.output().expect("the program runs").stdout).into_owned()
    }

    /// The file with the answers.
    fn file(&self) -> PathBuf {
        let folders = fs::read_dir(&self.cache.0).expect("the cache").map(|folder| folder.expect("a folder").path());
        let mut files =
            folders.flat_map(|folder| fs::read_dir(folder).expect("a folder")).map(|file| file.expect("a file").path());
        let is_answers = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("answers"));
        files.find(is_answers).expect("answers are kept")
    }
}

#[test]
fn the_second_opening_asks_the_model_nothing() {
    let cached = Cached::new();
    let first = cached.check();
    let kept = fs::read(cached.file()).expect("the answers");
    assert!(kept.len() >= 3 * 26, "{} bytes", kept.len());
    assert_eq!(cached.check(), first);
    // Whatever it had asked would have been added.
    assert_eq!(fs::read(cached.file()).expect("the answers"), kept);
}

#[test]
fn answers_hold_no_words() {
    let cached = Cached::new();
    cached.check();
    let kept = fs::read(cached.file()).expect("the answers");
    for word in ["council", "mill", "archive"] {
        assert!(!kept.windows(word.len()).any(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes())), "{word}");
    }
}

#[test]
fn damaged_answers_are_read_again() {
    let cached = Cached::new();
    let first = cached.check();
    let kept = fs::read(cached.file()).expect("the answers");
    let mut flipped = kept.clone();
    flipped.iter_mut().step_by(5).for_each(|byte| *byte ^= 0x5a);
    for damaged in [kept[..kept.len() - 7].to_vec(), flipped, b"no answers".repeat(1000), Vec::new()] {
        fs::write(cached.file(), damaged).expect("the answers");
        assert_eq!(cached.check(), first);
        // They are whole again, and the next opening asks nothing.
        let mended = fs::read(cached.file()).expect("the answers");
        cached.check();
        assert_eq!(fs::read(cached.file()).expect("the answers"), mended);
    }
}
