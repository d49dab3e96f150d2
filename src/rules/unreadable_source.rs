//! `unreadable-source`: a citation leads to a file that cannot be read.

use super::{Finding, Rule, Severity, Subject};
use crate::library::resolve::Cited;
use crate::text::Span;
use crate::text::words::readable;

pub const RULE: Rule = Rule {
    code: "unreadable-source",
    severity: Severity::Warning,
    summary: "a citation leads to a file that cannot be read",
    is_optional: false,
    check,
};

/// The finding on the file itself.
pub fn on_file(reason: &str) -> Finding {
    RULE.finding(Span::default(), format!("This source cannot be read: {reason}."), None)
}

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let citations = subject.note.citations.iter().zip(subject.cited);
    citations
        .filter_map(|(citation, cited)| match cited {
            Cited::Unreadable(at) => Some((citation, subject.library.unreadable().get(*at)?)),
            _ => None,
        })
        .map(|(citation, file)| {
            let message = format!("{} cannot be read: {}. What it says is not checked.", readable(&file.path), file.reason);
            rule.finding(citation.span, message, None)
        })
        .collect()
}
