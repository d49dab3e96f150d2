//! `broken-anchor`: a citation points at words or a heading that its source does not have.

use super::wording::source_name;
use super::{Finding, Place, Rule, Severity, Subject};
use crate::library::anchors::{self, Anchor};
use crate::library::resolve::Cited;
use crate::text::words::readable;

pub const RULE: Rule = Rule {
    code: "broken-anchor",
    severity: Severity::Warning,
    summary: "a citation points at words or a heading that its source does not have",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let mut found = Vec::new();
    for (citation, cited) in subject.note.citations.iter().zip(subject.cited) {
        let Cited::Sources(ids) = cited else { continue };
        for anchor in anchors::of(citation) {
            if ids.iter().any(|id| anchors::is_there(&anchor, *id, subject.library)) {
                continue;
            }
            let Some(id) = ids.first() else { continue };
            let (words, source) = (readable(&anchor.shown()), source_name(subject.library.source(*id)));
            let message = match anchor {
                Anchor::Text { .. } => format!("{source} does not have the words “{words}”."),
                Anchor::Heading(_) | Anchor::Fragment(_) => format!("{source} has no heading “{words}”."),
            };
            let near = anchors::nearest(&anchor, *id, subject.library);
            found.push(rule.finding(citation.span, message, near.map(|span| Place { source: *id, span })));
        }
    }
    found
}
