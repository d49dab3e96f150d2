//! `invalid-suppression`: a directive that is not understood, or that names no rule.

use super::suppress::Suppression;
use super::{Check, Finding, Fix, Rule, Severity, fix, nearest_rule, no_rule};
use crate::note::Reach;
use crate::text::{Span, spelling};

pub const RULE: Rule = Rule {
    code: "invalid-suppression",
    severity: Severity::Warning,
    summary: "a comment that ignores findings is not understood, or names a rule that does not exist",
    is_for_release: false,
    check: Check::Directive(check),
};

fn check(rule: &Rule, it: &Suppression<'_>) -> Vec<Finding> {
    if it.directive.reach.is_none() {
        return vec![not_understood(rule, it)];
    }
    let unknown = it.directive.codes.iter().filter(|code| !super::is_rule(code.of(it.text)));
    let finding = |code: &Span| {
        let name = code.of(it.text);
        let meant = nearest_rule(name);
        let stop = if meant.is_none() { "." } else { "" };
        rule.finding(*code, format!("“{name}” {}{stop}", no_rule(name)), None)
            .with_fixes(meant.map(|meant| replacing(*code, meant)))
    };
    unknown.map(finding).collect()
}

fn not_understood(rule: &Rule, it: &Suppression<'_>) -> Finding {
    const FORM: &str = "It is written <!-- corroborate: ignore[rule] reason -->, or with ignore-block or ignore-file.";
    let word = it.directive.word.of(it.text);
    let meant = spelling::nearest(word, Reach::ALL.map(Reach::name));
    rule.finding(it.directive.span, format!("This ignores nothing. {FORM}"), None)
        .with_fixes(meant.map(|meant| replacing(it.directive.word, meant)))
}

fn replacing(span: Span, meant: &str) -> Fix {
    Fix::one(format!("write {}", fix::shown(meant)), span, meant.to_owned())
}
