//! `overclaim`: the note says more than its source: "all" for "most", a fact for an allegation.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::verify::{Slot, Verification};

pub const RULE: Rule = Rule {
    code: "overclaim",
    severity: Severity::Warning,
    summary: "the note says more than its source",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    v.conflicts
        .iter()
        .filter_map(|c| {
            let place = Place { source: c.source, span: c.sentence };
            let value = Place { source: c.source, span: c.value };
            let (at, words) = (source_at(subject, value), source_words(subject, value));
            let message = match c.slot {
                Slot::Extent => message!("The note says {}, but {} says {}.", note_words(subject, c.claim), at, words),
                Slot::Certainty => message!("The note gives as fact what {} leaves open: {}.", at, words),
                _ => return None,
            };
            Some(rule.finding(c.claim, message, Some(place)))
        })
        .collect()
}
