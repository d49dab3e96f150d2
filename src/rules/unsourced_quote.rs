//! `unsourced-quote`: a quotation whose words stand in no source.

use super::{Check, Finding, Rule, SentenceView, Severity};
use crate::verify::{QuotationMatch, Verification};

pub const RULE: Rule = Rule {
    code: "unsourced-quote",
    severity: Severity::Warning,
    summary: "a quotation is in no source",
    is_of_absence: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(_: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    v.quotations
        .iter()
        .filter(|check| check.found == QuotationMatch::Nowhere)
        .map(|check| rule.finding(check.quotation.inner, "No source has these words, nor words like them.", None))
        .collect()
}
