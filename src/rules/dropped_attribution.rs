//! `dropped-attribution`: what a source only reports as somebody's disputed word, stated as fact.

use super::wording::{source_at, source_words};
use super::{Finding, Place, Rule, Severity, Subject};
use crate::note::SentenceKind;

pub const RULE: Rule = Rule {
    code: "dropped-attribution",
    severity: Severity::Warning,
    summary: "a disputed statement is given as fact",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    subject
        .judged()
        .filter(|(sentence, _)| sentence.kind == SentenceKind::Claim)
        .filter_map(|(sentence, v)| v.contested.map(|(source, span)| (sentence, Place { source, span })))
        .map(|(sentence, place)| {
            let message = format!(
                "{} gives this as a disputed statement, not as fact: {}.",
                source_at(subject, place),
                source_words(subject, place)
            );
            rule.finding(sentence.span.trimmed(&subject.note.layout.visible), message, Some(place))
        })
        .collect()
}
