//! `dropped-attribution`: what a source only reports as somebody's disputed word, stated as fact.

use super::wording::{source_at, source_words};
use super::{Check, Finding, Place, Rule, Severity, Subject};
use crate::message;
use crate::note::{Sentence, SentenceKind};
use crate::verify::{Slot, Verification};

pub const RULE: Rule = Rule {
    code: "dropped-attribution",
    severity: Severity::Warning,
    summary: "a disputed statement is given as fact",
    is_for_release: false,
    check: Check::Sentence(check),
};

fn check(subject: &Subject<'_>, rule: &Rule, sentence: &Sentence, v: &Verification) -> Vec<Finding> {
    let conflict = v.conflicts.iter().find(|c| c.slot == Slot::Attribution);
    let Some(conflict) = conflict.filter(|_| sentence.kind == SentenceKind::Claim) else { return Vec::new() };
    let place = Place { source: conflict.source, span: conflict.sentence };
    let message = message!(
        "{} gives this as a disputed statement, not as fact: {}.",
        source_at(subject, place),
        source_words(subject, place)
    );
    vec![rule.finding(sentence.span.trimmed(&subject.note.layout.visible), message, Some(place))]
}
