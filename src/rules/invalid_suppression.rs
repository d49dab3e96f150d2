//! `invalid-suppression`: a directive that is not understood, or that names no rule.

use super::suppress::Suppression;
use super::{Check, Finding, Fix, Rule, Severity, fix, nearest_rule, no_rule};
use crate::message;
use crate::note::Reach;
use crate::text::{Span, spelling};

pub const RULE: Rule = Rule {
    code: "invalid-suppression",
    severity: Severity::Warning,
    summary: "a comment that ignores findings is not understood, or names a rule that does not exist",
    ..Rule::of(Check::Directive(check))
};

fn check(rule: &Rule, it: &Suppression<'_>) -> Vec<Finding> {
    if it.directive.reach.is_none() {
        return vec![not_understood(rule, it)];
    }
    if let Some(words) = hidden(it) {
        let message = "These words are not checked: a comment at the beginning of a line hides the line from Markdown.";
        let new_line = Span::new(it.directive.span.end, words.start);
        let fix = Fix::one("put the comment on a line of its own", new_line, "\n".to_owned());
        return vec![rule.finding(words, message, None).with_fixes([fix])];
    }
    let unknown = it.directive.codes.iter().filter(|code| super::rule(code.of(it.text)).is_none());
    let finding = |code: &Span| {
        let name = code.of(it.text);
        let meant = nearest_rule(name);
        let stop = if meant.is_none() { "." } else { "" };
        rule.finding(*code, message!("“{}” {}{}", name, no_rule(name), stop), None)
            .with_fixes(meant.map(|meant| replacing(*code, meant)))
    };
    unknown.map(finding).collect()
}

/// The words behind a directive at the beginning of a line, if they are not taken for any.
fn hidden(it: &Suppression<'_>) -> Option<Span> {
    let Span { start, end } = it.directive.span;
    let before = it.text[..start].trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    if !before.is_empty() && !before.ends_with('\n') {
        return None;
    }
    let stop = it.text[end..].find('\n').map_or(it.text.len(), |at| end + at);
    let words = Span::new(end, stop).trimmed(it.text);
    let is_hidden = words.of(it.visible).trim().is_empty() && words.of(it.text).contains(char::is_alphanumeric);
    (is_hidden && !words.of(it.text).starts_with("<!--")).then_some(words)
}

fn not_understood(rule: &Rule, it: &Suppression<'_>) -> Finding {
    const FORM: &str = "It is written <!-- corroborate: ignore[rule] reason -->, or with ignore-block or ignore-file.";
    let word = it.directive.word.of(it.text);
    let meant = spelling::nearest(word, Reach::ALL.map(Reach::name));
    rule.finding(it.directive.span, message!("This ignores nothing. {}", FORM), None)
        .with_fixes(meant.map(|meant| replacing(it.directive.word, meant)))
}

fn replacing(span: Span, meant: &str) -> Fix {
    Fix::one(message!("write {}", fix::shown(meant)), span, meant.to_owned())
}
