//! `missing-citation`: a supported sentence that does not say where it comes from.

use super::cite;
use super::wording::source_at;
use super::{Check, Finding, Fix, Place, Profile, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::note::SentenceKind;
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "missing-citation",
    severity: Severity::Hint,
    summary: "a supported sentence cites no source",
    profile: Profile::Release,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let wants = subject.kind == SentenceKind::Claim && v.verdict == Verdict::Supported;
    let evidence = v.supporting().next();
    let Some(evidence) = evidence.filter(|_| wants && subject.marks.all.is_empty()) else { return Vec::new() };
    // One citation at the end of a paragraph may serve all its sentences.
    let Some(manner) = subject.manner.as_ref().filter(|manner| !manner.cited_behind.contains(&evidence.source)) else {
        return Vec::new();
    };
    let place = Place::from(evidence);
    let message = message!("This cites no source; {} supports it.", source_at(subject, place));
    let words = subject.span.trimmed(subject.visible);
    vec![rule.finding(words, message, Some(place)).with_fixes(cited(subject, words, place, manner.path, manner.style))]
}

/// A citation before the full stop, in the note at `path`.
pub fn cited(subject: &SentenceView<'_>, words: Span, place: Place, path: &str, style: cite::Style) -> Option<Fix> {
    if matches!(subject.block, BlockKind::TableRow | BlockKind::Quotation) {
        return None;
    }
    let text = cite::written(subject.library, path, place, style);
    let stops = |c: char| matches!(c, '.' | '!' | '?');
    let end = words.start + words.of(subject.text).trim_end_matches(stops).len();
    let at = Span::new(end, end);
    Some(Fix::one(message!("insert {}", fix::shown(&text)), at, format!(" {text}")))
}
