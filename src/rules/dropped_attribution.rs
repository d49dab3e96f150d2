//! `dropped-attribution`: what a source only reports as somebody's disputed word, stated as fact.

use super::{Check, Finding, Rule, SentenceView, Severity, conflicts};
use crate::note::SentenceKind;
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "dropped-attribution",
    severity: Severity::Warning,
    summary: "a disputed statement is given as fact",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    if subject.kind != SentenceKind::Claim {
        return Vec::new();
    }
    let span = subject.span.trimmed(subject.visible);
    conflicts::findings(subject, rule, v).into_iter().map(|finding| Finding { span, ..finding }).collect()
}
