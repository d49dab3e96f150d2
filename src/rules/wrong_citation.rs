//! `wrong-citation`: the claim holds, but another source than the cited one says so.

use super::wording::{source_at, source_name};
use super::{Check, Finding, Place, Rule, SentenceView, Severity, cite};
use crate::message;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "wrong-citation",
    severity: Severity::Warning,
    summary: "another source than the cited one supports the sentence",
    has_safe_fix: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    if v.verdict != Verdict::Supported || v.cited_support != Some(false) {
        return Vec::new();
    }
    let Some((mark, cited)) = subject.cited_sources().next() else { return Vec::new() };
    let is_other = |id| !subject.cited_sources().any(|(_, cited)| cited == id);
    let Some(evidence) = v.evidence.iter().find(|e| is_other(e.source)) else { return Vec::new() };
    let place = Place::from(evidence);
    let message =
        message!("{} does not say this, but {} does.", source_name(subject.library.source(cited)), source_at(subject, place));
    let fix = cite::swapped(subject, &mark.citation, cited, place.source);
    vec![rule.finding(mark.span, message, Some(place)).with_fixes(fix)]
}
