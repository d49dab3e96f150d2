//! `unsupporting-citation`: the cited source says something else, and so does every other.

use super::wording::source_name;
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::verify::{Confidence, Slot, Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "unsupporting-citation",
    severity: Severity::Warning,
    summary: "the cited source does not support the sentence",
    is_of_absence: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    // What no source says is told once, by `unsupported-claim`.
    let is_likely = v.confidence >= Confidence::Likely;
    let lacks = v.verdict == Verdict::Unsupported && v.lacks_facts && v.cited_support == Some(false) && is_likely;
    // What the model alone reads is told of the sentence, and the citation is not blamed for it.
    let counts = |slot| !matches!(slot, Slot::Attribution | Slot::Meaning);
    let contradicts = |id| v.verdict != Verdict::Misquoted && v.conflicts.iter().any(|c| c.source == id && counts(c.slot));
    let denies =
        |id| v.verdict == Verdict::Unsupported && v.is_denied && v.evidence.first().is_some_and(|nearest| nearest.source == id);
    let blamed = |id| lacks || contradicts(id) || denies(id);
    let Some((mark, cited)) = subject.cited_sources().find(|(_, id)| blamed(*id)) else { return Vec::new() };
    let near = v.evidence.iter().find(|e| e.source == cited).map(Place::from);
    let message = message!("{} does not bear this out.", source_name(subject.library.source(cited)));
    vec![rule.finding(mark.span, message, near)]
}
