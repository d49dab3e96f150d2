//! `unsourced-quote`: a quotation whose words stand in no source.

use super::{Finding, Rule, Severity, Subject};
use crate::verify::QuotationMatch;

pub const RULE: Rule = Rule {
    code: "unsourced-quote",
    severity: Severity::Warning,
    summary: "a quotation is in no source",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let checks = subject.judged().flat_map(|(_, v)| &v.quotations);
    checks
        .filter(|check| check.found == QuotationMatch::Nowhere)
        .map(|check| rule.finding(check.quotation.inner, "No source has these words, nor words like them.".to_owned(), None))
        .collect()
}
