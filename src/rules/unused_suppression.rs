//! `unused-suppression`: a directive that ignores nothing.

use super::suppress::{Suppression, without};
use super::{Check, Finding, Fix, Rule, Severity};
use crate::message;
use crate::text::Span;

pub const RULE: Rule = Rule {
    code: "unused-suppression",
    severity: Severity::Hint,
    summary: "a comment that ignores findings ignores none",
    is_superfluous: true,
    ..Rule::of(Check::Directive(check))
};

fn check(rule: &Rule, it: &Suppression<'_>) -> Vec<Finding> {
    let (Some(used), codes, true) = (it.used, &it.directive.codes, it.directive.reach.is_some()) else { return Vec::new() };
    if !used.iter().any(|used| *used) && codes.iter().all(|code| it.is_heard(*code)) {
        let message = "No finding is ignored by this.";
        let fix = Fix::one("delete the comment", without(it.text, it.directive.span), String::new());
        return vec![rule.finding(it.directive.span, message, None).with_fixes([fix])];
    }
    let unused = (0..codes.len()).filter(|at| !used[*at] && it.is_heard(codes[*at]));
    let finding = |at: usize| {
        let name = codes[at].of(it.text);
        let message = message!("No finding of “{}” is ignored by this.", name);
        let fix = Fix::one(message!("delete “{}”", name), in_list(codes, at), String::new());
        rule.finding(codes[at], message, None).with_fixes([fix])
    };
    unused.map(finding).collect()
}

/// One of several in a list, with its comma.
fn in_list(codes: &[Span], at: usize) -> Span {
    match at.checked_sub(1) {
        Some(before) => Span::new(codes[before].end, codes[at].end),
        None => Span::new(codes[at].start, codes.get(1).map_or(codes[at].end, |next| next.start)),
    }
}
