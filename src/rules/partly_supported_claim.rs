//! `partly-supported-claim`: part of a sentence holds, and part of it no source bears out.

use super::wording::source_at;
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::text::Span;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "partly-supported-claim",
    severity: Severity::Warning,
    summary: "no source supports this part of the sentence",
    is_of_absence: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    if v.verdict != Verdict::Partial || subject.cites_unreadable() {
        return Vec::new();
    }
    let place = v.evidence.first().map(Place::from);
    let message = match place {
        Some(place) => message!("No source says this part. {} bears out the rest.", source_at(subject, place)),
        None => message!("No source says this part."),
    };
    let finding = |part: &Span| rule.finding(*part, message.clone(), place).with_confidence(v.confidence, rule.severity);
    v.unsupported.iter().map(finding).collect()
}
