//! `misquote`: a quotation whose words differ from those of its source.

use super::wording::{note_words, source_at, source_words};
use super::{Finding, Place, Rule, Severity, Subject};
use crate::text::Span;
use crate::verify::{Change, QuotationMatch};

pub const RULE: Rule =
    Rule { code: "misquote", severity: Severity::Error, summary: "a quotation differs from its source", check };

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, verification) in subject.judged() {
        for check in &verification.quotations {
            let inner = check.quotation.inner;
            found.extend(match &check.found {
                QuotationMatch::Altered { source, span, changes } => {
                    let place = Place { source: *source, span: *span };
                    Some(rule.finding(marked(inner, changes), altered(subject, place, changes), Some(place)))
                }
                QuotationMatch::Cut { source, span, dropped } => {
                    let place = Place { source: *source, span: *span };
                    let word = source_words(subject, Place { source: *source, span: *dropped });
                    let message = format!(
                        "The omission in this quotation changes its sense: it leaves out {word}. {} says {}.",
                        source_at(subject, place),
                        source_words(subject, place)
                    );
                    Some(rule.finding(inner, message, Some(place)))
                }
                QuotationMatch::Stitched { source, span } => {
                    let place = Place { source: *source, span: *span };
                    let message = format!(
                        "These sentences do not follow each other in {}; mark the omission or quote them apart.",
                        source_at(subject, place)
                    );
                    Some(rule.finding(inner, message, Some(place)))
                }
                _ => None,
            });
        }
    }
    found
}

/// Only the wrong words, or the whole quotation where words are lacking or much differs.
fn marked(inner: Span, changes: &[Change]) -> Span {
    match changes {
        [one] if !one.claim.is_empty() => one.claim,
        _ => inner,
    }
}

fn altered(subject: &Subject<'_>, place: Place, changes: &[Change]) -> String {
    let source = |span| source_words(subject, Place { source: place.source, span });
    let at = source_at(subject, place);
    match changes {
        [one] if one.claim.is_empty() => format!("This quotation leaves out {}, which stands in {at}.", source(one.source)),
        [one] if one.source.is_empty() => format!("{} is not in the quoted words of {at}.", note_words(subject, one.claim)),
        [one] => format!("The quotation has {}, but {at} has {}.", note_words(subject, one.claim), source(one.source)),
        _ => format!("This quotation differs from {at}, which says {}.", source_words(subject, place)),
    }
}
