//! Notes with markers: `^^^ code` below a line underlines the words above it.
//!
//! Every finding must have a marker and every marker a finding.

use corroborate::library::Library;
use corroborate::rules::Finding;
use corroborate::text::{Encoding, LineIndex};
use corroborate::workspace::{self, Checked, Workspace};

/// Checks `note` (with markers) against `sources` (with `//- path` headers).
#[track_caller]
pub fn check(sources: &str, note: &str) {
    let (text, expected) = unmarked(note);
    let checked = checked(sources, &text);
    let lines = LineIndex::new(&text);
    let found: Vec<String> = checked
        .findings
        .iter()
        .map(|f| format!("{}: {} [{}]", lines.position(&text, f.span.start, Encoding::Utf32).line + 1, f.span.of(&text), f.code))
        .collect();
    let messages: Vec<&str> = checked.findings.iter().map(|f| f.message.plain()).collect();
    assert_eq!(found, expected, "\n{messages:#?}");
}

/// The note without its markers, and the findings that they stand for.
fn unmarked(note: &str) -> (String, Vec<String>) {
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
    (text, expected)
}

/// Checks a note of one line, applies the first fix of its only finding, and returns the title
/// and the new line. The new note must be without that finding.
#[track_caller]
pub fn fixed(sources: &str, note: &str) -> (String, String) {
    let before = checked(sources, note);
    let messages: Vec<&str> = before.findings.iter().map(|f| f.message.plain()).collect();
    let [finding] = &before.findings[..] else { panic!("one finding was expected: {messages:#?}") };
    let fix = finding.fixes.first().unwrap_or_else(|| panic!("no fix for {messages:?}"));
    let text = applied(note, finding);
    let again = checked(sources, &text);
    assert!(again.findings.iter().all(|f| f.code != finding.code), "{text}\n{:#?}", again.findings);
    (fix.title.plain().to_owned(), text)
}

/// The note after the first fix of a finding.
fn applied(note: &str, finding: &Finding) -> String {
    let mut text = note.to_owned();
    let mut edits = finding.fixes[0].edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    for edit in edits {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    text
}

pub fn checked(sources: &str, text: &str) -> Checked {
    let sources = super::parts(sources).into_iter().flat_map(|(path, text)| super::sources(path, &text)).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    workspace::check(text, "note.md", &workspace, &|| false).expect("nobody cancels")
}
