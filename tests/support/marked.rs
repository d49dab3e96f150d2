//! Notes with markers: below each line the words that are underlined with the code.

use corroborate::library::Library;
use corroborate::source;
use corroborate::text::{Encoding, LineIndex};
use corroborate::workspace::{self, Workspace};

/// Checks `note` (with markers) against `sources` (with `//- path` headers).
#[track_caller]
pub fn check(sources: &str, note: &str) {
    let mut text = String::new();
    let mut expected = Vec::new();
    for line in note.lines() {
        let marks = line.trim_start();
        if marks.starts_with('^') {
            let column = line.chars().take_while(|c| *c == ' ').count();
            let width = marks.chars().take_while(|c| *c == '^').count();
            let row = text.lines().count() - 1;
            let words: String = text.lines().last().unwrap_or_default().chars().skip(column).take(width).collect();
            expected.push(format!("{}: {words} [{}]", row + 1, marks.trim_start_matches('^').trim()));
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    let sources = super::parts(sources).into_iter().filter_map(|(path, text)| source::read(path, text.as_bytes())).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    let checked = workspace::check(&text, "note.md", &workspace, &|| false).expect("nobody cancels");
    let lines = LineIndex::new(&text);
    let found: Vec<String> = checked
        .findings
        .iter()
        .map(|f| format!("{}: {} [{}]", lines.position(&text, f.span.start, Encoding::Utf32).line + 1, f.span.of(&text), f.code))
        .collect();
    let messages: Vec<&str> = checked.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(found, expected, "\n{messages:#?}");
}
