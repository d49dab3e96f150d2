//! `contradicted-claim`: a source denies the claim, or a correction takes it back.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::verify::{Slot, Verification};

pub const RULE: Rule = Rule {
    code: "contradicted-claim",
    severity: Severity::Error,
    summary: "a source says the opposite",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    v.conflicts
        .iter()
        .filter_map(|c| {
            let place = Place { source: c.source, span: c.sentence };
            let (at, words) = (source_at(subject, place), source_words(subject, place));
            let message = match c.slot {
                Slot::Negation => message!("The note says the opposite of {}, which says {}.", at, words),
                Slot::Opposite => {
                    message!("The note says {}, but {} says the opposite: {}.", note_words(subject, c.claim), at, words)
                }
                Slot::Correction => message!("A correction takes this back: {} says {}.", at, words),
                Slot::Agent => {
                    let agent = source_words(subject, Place { source: c.source, span: c.value });
                    message!("The note has {} do this, but {} has {}: {}.", note_words(subject, c.claim), at, agent, words)
                }
                Slot::Number | Slot::Date | Slot::Time | Slot::Name | Slot::Role | Slot::Extent | Slot::Certainty => {
                    return None;
                }
            };
            Some(rule.finding(c.claim, message, Some(place)))
        })
        .collect()
}
