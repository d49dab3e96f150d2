//! `wrong-citation`: the claim holds, but another source than the cited one says so.

use super::wording::{source_at, source_name};
use super::{Finding, Place, Rule, Severity, Subject, cite};
use crate::verify::Verdict;

pub const RULE: Rule = Rule {
    code: "wrong-citation",
    severity: Severity::Warning,
    summary: "another source than the cited one supports the sentence",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let mut found = Vec::new();
    for (sentence, v) in subject.judged() {
        if v.verdict != Verdict::Supported || v.cited_support != Some(false) {
            continue;
        }
        let Some((citation, cited)) = subject.cited_sources(sentence).next() else { continue };
        let Some(evidence) = v.evidence.iter().find(|e| !subject.cited_sources(sentence).any(|(_, id)| id == e.source)) else {
            continue;
        };
        let place = Place { source: evidence.source, span: evidence.span };
        let message =
            format!("{} does not say this, but {} does.", source_name(subject.library.source(cited)), source_at(subject, place));
        let fix = cite::swapped(subject, citation, Some(cited), place.source);
        found.push(rule.finding(citation.span, message, Some(place)).with_fixes(fix));
    }
    found
}
