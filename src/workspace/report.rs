//! The report on notes: what each claims, and what was found, as Markdown.

use std::fmt::Write;

use super::{CheckedNote, Counts, Reading};
use crate::text::{LineIndex, Span, Untrusted};

/// A report on the given notes. Words of notes and sources stand in it as code, so that nothing in them
/// is markup.
#[must_use]
pub fn markdown<'n>(notes: impl Iterator<Item = &'n CheckedNote>, workspace: &Reading<'_>) -> String {
    let mut out = String::from("# Report\n\n");
    let (mut table, mut details) = (String::new(), String::new());
    for note in notes {
        let counts = Counts::of(&note.checked, Span::new(0, note.text.len()));
        // Writing into a string cannot fail.
        let _ = writeln!(table, "| {} | {} | {} |", code(&(&note.path).into()), counts.shown(), note.checked.findings.len());
        if note.checked.findings.is_empty() {
            continue;
        }
        let _ = writeln!(details, "\n## {}\n", code(&(&note.path).into()));
        let lines = LineIndex::new(&note.text);
        for finding in &note.checked.findings {
            let line = lines.line(finding.span.start) + 1;
            let _ = writeln!(details, "- line {line}, {} {}: {}", finding.severity.name(), finding.code, code(&finding.message));
            if let Some(place) = finding.place {
                let quote = workspace.library.source(place.source).quote(place.span);
                let address = workspace.library.address(place.source, place.span.start);
                let _ = writeln!(details, "  - {}: {}", code(&address), code(&quote));
            }
        }
    }
    if table.is_empty() {
        out.push_str("There are no notes.\n");
        return out;
    }
    let _ = write!(out, "| note | claims | findings |\n|---|---|---|\n{table}{details}");
    out
}

/// As code that can stand in a table.
fn code(text: &Untrusted) -> String {
    text.code().replace('|', "¦")
}
