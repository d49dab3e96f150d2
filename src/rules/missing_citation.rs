//! `missing-citation`: a supported sentence that does not say where it comes from.

use super::cite;
use super::wording::source_at;
use super::{Check, Finding, Fix, Place, Rule, Severity, Subject, fix};
use crate::library::SourceId;
use crate::message;
use crate::note::{Sentence, SentenceKind};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "missing-citation",
    severity: Severity::Hint,
    summary: "a supported sentence cites no source",
    is_for_release: true,
    check: Check::Sentence(check),
};

fn check(subject: &Subject<'_>, rule: &Rule, sentence: &Sentence, v: &Verification) -> Vec<Finding> {
    let wants = sentence.kind == SentenceKind::Claim && v.verdict == Verdict::Supported;
    let evidence = v.supporting().next();
    let Some(evidence) = evidence.filter(|_| wants && sentence.citations.is_empty()) else { return Vec::new() };
    if is_cited_behind(subject, sentence, evidence.source) {
        return Vec::new();
    }
    let place = Place::from(evidence);
    let message = message!("This cites no source; {} supports it.", source_at(subject, place));
    let words = sentence.span.trimmed(&subject.note.layout.visible);
    vec![rule.finding(words, message, Some(place)).with_fixes(cited(subject, sentence, words, place))]
}

/// One citation at the end of a paragraph may serve all its sentences.
fn is_cited_behind(subject: &Subject<'_>, sentence: &Sentence, source: SourceId) -> bool {
    super::cited_behind(subject.note, subject.cited, sentence).any(|id| id == source)
}

/// A citation before the full stop, written as the desk wants it or as the note's others are.
pub fn cited(subject: &Subject<'_>, sentence: &Sentence, words: Span, place: Place) -> Option<Fix> {
    if matches!(subject.note.layout.blocks[sentence.block].kind, BlockKind::TableRow | BlockKind::Quotation) {
        return None;
    }
    let style = subject.citation_style.unwrap_or_else(|| cite::style_of(subject.note, subject.cited));
    let text = cite::written(subject.library, subject.path, place, style);
    let stops = |c: char| matches!(c, '.' | '!' | '?');
    let end = words.start + words.of(subject.text).trim_end_matches(stops).len();
    let at = Span::new(end, end);
    Some(Fix::one(message!("insert {}", fix::shown(&text)), at, format!(" {text}")))
}
