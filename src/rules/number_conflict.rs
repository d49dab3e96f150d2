//! `number-conflict`: a number, date or time that the source has otherwise.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::text::Untrusted;
use crate::verify::{Conflict, Slot, Verification};

pub const RULE: Rule = Rule {
    code: "number-conflict",
    severity: Severity::Error,
    summary: "a number, date or time differs from the source's",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let conflicts = v.conflicts.iter().filter(|c| matches!(c.slot, Slot::Number | Slot::Date | Slot::Time));
    conflicts
        .map(|c| {
            let place = Place { source: c.source, span: c.sentence };
            rule.finding(c.claim, message(subject, c), Some(place)).with_fixes(fix::of_conflict(subject, c))
        })
        .collect()
}

fn message(subject: &SentenceView<'_>, conflict: &Conflict) -> Untrusted {
    let value = Place { source: conflict.source, span: conflict.value };
    message!(
        "The note says {}, but {} says {}.",
        note_words(subject, conflict.claim),
        source_at(subject, value),
        source_words(subject, value)
    )
}
