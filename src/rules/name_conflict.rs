//! `name-conflict`: a name or an office where the source has another.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::verify::{Slot, Verification};

pub const RULE: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Warning,
    summary: "a name or an office differs from the source's",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let conflicts = v.conflicts.iter().filter(|c| matches!(c.slot, Slot::Name | Slot::Role));
    conflicts
        .map(|c| {
            let value = Place { source: c.source, span: c.value };
            let (own, at, theirs) = (note_words(subject, c.claim), source_at(subject, value), source_words(subject, value));
            let message = match c.slot {
                Slot::Role => message!("The note says {}, but {} says {}.", own, at, theirs),
                _ => message!("The note names {}, but {} names {} here.", own, at, theirs),
            };
            let place = Place { source: c.source, span: c.sentence };
            rule.finding(c.claim, message, Some(place)).with_fixes(fix::of_conflict(subject, c))
        })
        .collect()
}
