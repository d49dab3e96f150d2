//! `suppression-without-reason`: nobody will know why a finding was left out.

use super::suppress::{Suppression, is_reason};
use super::{Check, Finding, Rule, Severity};

pub const RULE: Rule = Rule {
    code: "suppression-without-reason",
    severity: Severity::Hint,
    summary: "a comment that ignores findings does not say why",
    ..Rule::of(Check::Directive(check))
};

fn check(rule: &Rule, it: &Suppression<'_>) -> Vec<Finding> {
    if it.directive.reach.is_none() || is_reason(it.directive.reason.of(it.text)) {
        return Vec::new();
    }
    vec![rule.finding(it.directive.span, "This does not say why. Write the reason behind it.", None)]
}
