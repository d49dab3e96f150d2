//! `unreadable-source`: a citation leads to a file, or to a page of one, that cannot be read.

use super::wording::source_name;
use super::{Check, CitationView, Finding, Rule, Severity};
use crate::library::resolve::CitationTarget;
use crate::message;
use crate::note::CitationKind;
use crate::text::Span;

pub const RULE: Rule = Rule {
    code: "unreadable-source",
    severity: Severity::Warning,
    summary: "a citation leads to a file or a page that cannot be read",
    ..Rule::of(Check::Citation(check))
};

/// The finding on the file itself.
pub fn on_file(reason: &str) -> Finding {
    RULE.finding(Span::default(), message!("This source cannot be read: {}.", reason), None)
}

fn check(subject: &CitationView<'_>, rule: &Rule) -> Vec<Finding> {
    let message = match subject.citation.cited {
        CitationTarget::Unreadable(at) => subject
            .library
            .unreadable()
            .get(*at)
            .map(|file| message!("{} cannot be read: {}. What it says is not checked.", file.path, file.reason)),
        // A footnote's definition says it where the page stands.
        CitationTarget::Sources(ids) if subject.citation.kind() != CitationKind::Footnote => ids.iter().find_map(|id| {
            let (page, reason) = subject.citation.lost_page(*id, subject.library)?;
            let name = source_name(subject.library.source(*id));
            Some(message!("Page {} of {} cannot be read whole: it {}. What is missing is not checked.", page, name, reason))
        }),
        _ => None,
    };
    message.into_iter().map(|message| rule.finding(subject.span(), message, None)).collect()
}
