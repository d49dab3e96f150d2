//! Findings and verdicts as JSON, for other programs. Spans are byte offsets in the files.
//!
//! Words for people are the same as everywhere. Paths, keys, texts of notes and of edits are as they are in
//! the files, as programs go back to these; what a terminal would obey or not show is written as `\\u…`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::{Value, json};

use super::baseline::Compared;
use super::outcome::Reason;
use super::{Failure, Report};
use crate::origins::{self, Origin};
use crate::rules::{Finding, Fix};
use crate::text::words::is_invisible;
use crate::text::{Encoding, LineIndex, Span, Untrusted};
use crate::verify::{Evidence, Excerpt, Verdict, Verification};
use crate::workspace::{CheckedNote, Reading};

const VERSION: u32 = 1;

pub fn print(report: &Report, workspace: &Reading<'_>) -> Result<(), Failure> {
    Ok(write(&mut io::stdout().lock(), report, workspace)?)
}

/// Writes what was checked as one line.
pub fn write(out: &mut impl Write, report: &Report, workspace: &Reading<'_>) -> io::Result<()> {
    let notes: Vec<Value> = report.notes.iter().map(|n| note(n, workspace)).collect();
    let of_store: Vec<Value> = report.of_store.iter().map(|(line, finding)| of_store(*line, finding)).collect();
    let mut unreadable = unreadable(workspace);
    let unread = report.unread.iter().map(|(path, refusal)| json!({ "path": path, "reason": plain(&refusal.to_string()) }));
    unreadable.extend(unread);
    let notices = notices(workspace);
    let failed: Vec<Value> = report.failed.iter().map(Reason::value).collect();
    let baseline = report.baseline.map(|Compared { known, gone }| json!({ "known": known, "gone": gone }));
    line(
        out,
        &json!({
            "version": VERSION,
            "failed": failed,
            "baseline": baseline,
            "notes": notes,
            "store": of_store,
            "unreadable": unreadable,
            "notices": notices,
        }),
    )
}

/// Writes a value on a line of its own.
pub fn line(out: &mut impl Write, value: &Value) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    writeln!(out)
}

/// Compact JSON in which every character can be seen.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        let is_hidden = |c: char| c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}');
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// What is said of an entry of the list of accepted findings.
fn of_store(line: usize, finding: &Finding) -> Value {
    json!({ "code": finding.code, "severity": finding.severity.name(), "line": line, "message": finding.message.plain() })
}

/// The sources and bibliographies that could not be read, with the reason.
pub fn unreadable(workspace: &Reading<'_>) -> Vec<Value> {
    let files = workspace.library.unreadable_files();
    files.iter().map(|file| json!({ "path": file.path, "reason": plain(&file.reason) })).collect()
}

/// What of the files was not read.
pub fn notices(workspace: &Reading<'_>) -> Vec<Value> {
    workspace.library.notices().map(|(path, notice)| json!({ "path": path, "notice": plain(notice) })).collect()
}

fn plain(words: &str) -> String {
    Untrusted::from(words).plain().to_owned()
}

pub fn span(span: Span) -> Value {
    json!([span.start, span.end])
}

fn note(note: &CheckedNote, workspace: &Reading<'_>) -> Value {
    let lines = LineIndex::new(&note.text);
    let sentences = note.checked.note.sentences.iter().zip(&note.checked.verifications).map(|(sentence, verification)| {
        json!({
            "span": span(sentence.span),
            "line": lines.line(sentence.span.start) + 1,
            "text": sentence.span.of(&note.text),
            "verdict": verification.as_ref().map_or(Verdict::NotAClaim, |v| v.verdict).name(),
            "score": verification.as_ref().map(|v| rounded(v.score)),
            "entailment": verification.as_ref().and_then(|v| v.excerpt.as_ref()).map(entailment),
            "comparisons": verification.as_ref().map(|v| v.comparisons()).unwrap_or_default(),
            "origins": verification.as_ref().map(|v| origins(v, workspace)),
            "evidence": verification.iter().flat_map(|v| &v.evidence).map(|e| evidence(e, workspace)).collect::<Vec<_>>(),
        })
    });
    json!({
        "path": note.path,
        "sentences": sentences.collect::<Vec<_>>(),
        "ignored": note.checked.ignored.findings.len(),
        "findings": note.checked.findings.iter().map(|f| finding(f, note, &lines, workspace)).collect::<Vec<_>>(),
    })
}

/// The three probabilities that the model gives.
pub fn entailment(excerpt: &Excerpt) -> Value {
    let it = excerpt.entailment;
    json!({ "entailed": rounded(it.entailed), "contradicted": rounded(it.contradicted), "neither": rounded(it.neither) })
}

/// On what the support of a claim rests.
fn origins(verification: &Verification, workspace: &Reading<'_>) -> Vec<Value> {
    let found = origins::of_evidence(verification.supporting(), &origins::Reader::new(&workspace.library));
    let held = |origin: &Origin| origin.held.map(|held| workspace.library.path(held).to_owned());
    found.origins.iter().map(|(origin, _)| json!({ "name": origin.name.plain(), "held": held(origin) })).collect()
}

fn evidence(evidence: &Evidence, workspace: &Reading<'_>) -> Value {
    let source = workspace.library.source(evidence.source);
    json!({
        "source": source.path,
        "span": span(evidence.span),
        "line": workspace.library.lines(evidence.source).line(evidence.span.start) + 1,
        "place": workspace.library.place(evidence.source, evidence.span.start).plain(),
        "quote": source.quote(evidence.span).plain(),
        "role": evidence.role.name(),
    })
}

fn finding(finding: &Finding, note: &CheckedNote, lines: &LineIndex, workspace: &Reading<'_>) -> Value {
    let at = lines.position(&note.text, finding.span.start, Encoding::Utf32);
    json!({
        "code": finding.code,
        "severity": finding.severity.name(),
        "span": span(finding.span),
        "line": at.line + 1,
        "column": at.column + 1,
        "message": finding.message.plain(),
        "fingerprint": finding.fingerprint.to_string(),
        "source": finding.place.map(|place| json!({
            "path": workspace.library.source(place.source).path,
            "line": workspace.library.lines(place.source).line(place.span.start) + 1,
            "place": workspace.library.place(place.source, place.span.start).plain(),
        })),
        "fixes": finding.fixes.iter().map(fix).collect::<Vec<_>>(),
    })
}

fn fix(fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|edit| json!({ "span": span(edit.span), "text": edit.text }));
    json!({ "title": fix.title.plain(), "edits": edits.collect::<Vec<_>>() })
}

/// Four places are more than the score is good for, and print alike everywhere.
pub fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}
