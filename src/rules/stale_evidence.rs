//! `stale-evidence`: a later source corrects or supersedes what bears the sentence out.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::verify::{Later, LaterKind, Verification};

pub const RULE: Rule = Rule {
    code: "stale-evidence",
    // A newer figure does not make the older one wrong, and a correction may be one of something else.
    severity: Severity::Hint,
    summary: "a later source corrects or supersedes what bears the sentence out",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    v.later.iter().filter_map(|later| finding(subject, rule, later)).collect()
}

fn finding(subject: &SentenceView<'_>, rule: &Rule, later: &Later) -> Option<Finding> {
    let old = source_at(subject, Place { source: later.old_source, span: later.old });
    let place = Place { source: later.source, span: later.sentence };
    let (new, said) = (source_at(subject, place), source_words(subject, Place { source: later.source, span: later.value }));
    let message = match later.kind {
        LaterKind::Disputed => return None,
        LaterKind::Corrected if later.value == later.sentence => {
            message!("Corrected: {} bears this out, but {} takes it back: {}.", old, new, said)
        }
        LaterKind::Corrected => {
            message!("Corrected: {} has {}, but {} corrects that to {}.", old, note_words(subject, later.claim), new, said)
        }
        LaterKind::Superseded => {
            message!("Superseded: {} has {}, and later {} has {}.", old, note_words(subject, later.claim), new, said)
        }
    };
    Some(rule.finding(later.claim, message, Some(place)))
}
