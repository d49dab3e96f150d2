//! `conflicting-sources`: a source bears the sentence out, and another one says otherwise at about the same time.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::text::Untrusted;
use crate::verify::{Later, LaterKind, Verification};

pub const RULE: Rule = Rule {
    code: "conflicting-sources",
    severity: Severity::Hint,
    summary: "the sources disagree on a value that the sentence uses",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let disputed = v.later.iter().filter(|later| later.kind == LaterKind::Disputed);
    disputed.map(|later| finding(subject, rule, later)).collect()
}

fn finding(subject: &SentenceView<'_>, rule: &Rule, later: &Later) -> Finding {
    let place = Place { source: later.source, span: later.sentence };
    let graded = |place: Place| {
        let grade = subject.library.source(place.source).metadata.grade();
        let at = source_at(subject, place);
        grade.map_or(at.clone(), |grade| message!("{}, grade {}", at, Untrusted::from(grade)))
    };
    let old = graded(Place { source: later.old_source, span: later.old });
    let said = source_words(subject, Place { source: later.source, span: later.value });
    let message =
        message!("The sources disagree: {} has {}, {} has {}.", old, note_words(subject, later.claim), graded(place), said);
    rule.finding(later.claim, message, Some(place))
}
