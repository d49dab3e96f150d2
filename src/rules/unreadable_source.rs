//! `unreadable-source`: a citation leads to a file that cannot be read.

use super::{Check, CitationView, Finding, Rule, Severity};
use crate::library::resolve::CitationTarget;
use crate::message;
use crate::text::Span;

pub const RULE: Rule = Rule {
    code: "unreadable-source",
    severity: Severity::Warning,
    summary: "a citation leads to a file that cannot be read",
    ..Rule::of(Check::Citation(check))
};

/// The finding on the file itself.
pub fn on_file(reason: &str) -> Finding {
    RULE.finding(Span::default(), message!("This source cannot be read: {}.", reason), None)
}

fn check(subject: &CitationView<'_>, rule: &Rule) -> Vec<Finding> {
    let CitationTarget::Unreadable(at) = subject.citation.cited else { return Vec::new() };
    let Some(file) = subject.library.unreadable().get(*at) else { return Vec::new() };
    let message = message!("{} cannot be read: {}. What it says is not checked.", file.path, file.reason);
    vec![rule.finding(subject.span(), message, None)]
}
