//! `broken-anchor`: a citation points at words, a heading or a page that its source does not have, or
//! at a page that does not say it.

mod places;

pub use places::bears_out;

use super::wording::source_name;
use super::{Check, CitationView, Finding, Place, Rule, SentenceView, Severity};
use crate::library::SourceId;
use crate::library::anchors::{self, Anchor, AnchorTarget};
use crate::library::resolve::CitationTarget;
use crate::message;
use crate::note::CitationKind;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "broken-anchor",
    severity: Severity::Warning,
    summary: "a citation points at a place that its source does not have, or that does not say it",
    has_safe_fix: true,
    ..Rule::of(Check::Both(in_citation, in_sentence))
};

fn in_citation(subject: &CitationView<'_>, rule: &Rule) -> Vec<Finding> {
    let citation = &subject.citation;
    let CitationTarget::Sources(ids) = citation.cited else { return Vec::new() };
    if citation.kind() == CitationKind::Footnote || citation.locator().is_none() {
        return Vec::new();
    }
    let mut found = orphans(subject, rule, ids);
    found.extend(ids.first().and_then(|id| places::missing(subject, rule, *id)));
    found
}

fn in_sentence(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    if v.verdict == Verdict::Supported { places::elsewhere(subject, rule, v) } else { Vec::new() }
}

/// Words and headings that the source does not have, or no longer where they were.
fn orphans(subject: &CitationView<'_>, rule: &Rule, ids: &[SourceId]) -> Vec<Finding> {
    let mut found = Vec::new();
    for anchor in subject.citation.anchors() {
        let states: Vec<AnchorTarget> = ids.iter().map(|id| anchors::find(&anchor, *id, subject.library)).collect();
        let (Some(id), Some(state)) = (ids.first(), states.first()) else { continue };
        // `[[report#Section 2]]` may count, and not be the words of a heading.
        let is_counted = || matches!(anchor, Anchor::Heading(_)) && !subject.citation.places().is_empty();
        if !states.iter().all(|state| state.is_orphan()) || is_counted() {
            continue;
        }
        let (words, source) = (anchor.shown(), source_name(subject.library.source(*id)));
        let message = match (&anchor, state) {
            (Anchor::Text { .. }, AnchorTarget::Moved) => {
                message!("{} has the words “{}”, but not where the citation has them.", source, words)
            }
            (Anchor::Text { .. }, _) => message!("{} does not have the words “{}”.", source, words),
            (Anchor::Heading(_) | Anchor::Fragment(_), _) => message!("{} has no heading “{}”.", source, words),
        };
        let near = anchors::nearest(&anchor, *id, subject.library);
        found.push(rule.finding(subject.span(), message, near.map(|span| Place { source: *id, span })));
    }
    found
}
