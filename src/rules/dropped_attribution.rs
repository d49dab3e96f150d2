//! `dropped-attribution`: what a source only reports as somebody's disputed word, stated as fact.

use super::wording::{source_at, source_words};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::note::SentenceKind;
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "dropped-attribution",
    severity: Severity::Warning,
    summary: "a disputed statement is given as fact",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let Some((source, span)) = v.contested.filter(|_| subject.kind == SentenceKind::Claim) else { return Vec::new() };
    let place = Place { source, span };
    let message = message!(
        "{} gives this as a disputed statement, not as fact: {}.",
        source_at(subject, place),
        source_words(subject, place)
    );
    vec![rule.finding(subject.span.trimmed(subject.visible), message, Some(place))]
}
