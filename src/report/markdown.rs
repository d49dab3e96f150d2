//! The report as Markdown: what each note claims, what was found, and on what it rests.

use std::fmt::Write;

use super::{Report, ReportedNote};
use crate::rules::Finding;
use crate::text::{LineIndex, Untrusted};

/// Words of notes and sources stand in it as code, so that nothing in them is markup.
#[must_use]
pub fn text(report: &Report<'_>) -> String {
    let mut out = String::from("# Report\n\n");
    if report.notes.is_empty() {
        out.push_str("There are no notes.\n");
        return out;
    }
    out.push_str("| note | claims | findings |\n|---|---|---|\n");
    // Writing into a string cannot fail.
    for reported in &report.notes {
        let (path, findings) = (code(&(&reported.note.path).into()), &reported.note.checked.findings);
        let _ = writeln!(out, "| {path} | {} | {} |", reported.counts.shown(), findings.len());
    }
    for reported in &report.notes {
        details(&mut out, reported, report);
    }
    sources(&mut out, report);
    out
}

fn details(out: &mut String, reported: &ReportedNote<'_>, report: &Report<'_>) {
    let note = reported.note;
    let ignored = &note.checked.ignored.findings;
    if note.checked.findings.is_empty() && ignored.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {}\n", code(&(&note.path).into()));
    let lines = LineIndex::new(&note.text);
    let line = |finding: &Finding| lines.line(finding.span.start) + 1;
    let workspace = report.workspace;
    for finding in &note.checked.findings {
        let _ =
            writeln!(out, "- line {}, {} {}: {}", line(finding), finding.severity.name(), finding.code, code(&finding.message));
        if let Some(place) = finding.place {
            let quote = workspace.library.source(place.source).quote(place.span);
            let address = workspace.library.address(place.source, place.span.start);
            let _ = writeln!(out, "  - {}: {}", code(&address), code(&quote));
        }
    }
    for it in ignored {
        let reason = if it.reason.is_empty() { "no reason is given".to_owned() } else { code(&(&it.reason).into()) };
        let finding = &it.finding;
        let _ = writeln!(out, "- line {}, accepted {}: {} ({reason})", line(finding), finding.code, code(&finding.message));
    }
}

fn sources(out: &mut String, report: &Report<'_>) {
    if report.sources.is_empty() {
        return;
    }
    out.push_str("\n## Sources\n\n| no. | source | date | grade | claims | rests on |\n|---|---|---|---|---|---|\n");
    for (id, reported) in &report.sources {
        let source = report.workspace.library.source(*id);
        let about = |words: Option<String>| words.map(|words| code(&words.into())).unwrap_or_default();
        let rests = Untrusted::joined(reported.origins.iter().map(|link| link.origin.name.clone()), "; ");
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            reported.number,
            code(&(&source.path).into()),
            about(source.metadata.date.clone()),
            about(source.metadata.grade()),
            reported.claims.len(),
            if rests.is_empty() { String::new() } else { code(&rests) },
        );
    }
}

/// As code that can stand in a table.
fn code(text: &Untrusted) -> String {
    text.code().replace('|', "¦")
}
