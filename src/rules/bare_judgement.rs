//! `bare-judgement`: a judgement that does not say on what it rests.

use super::{Check, Finding, Profile, Rule, SentenceView, estimates};
use crate::text::words;
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "bare-judgement",
    summary: "a judgement names no evidence",
    profile: Profile::Icd203,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, _: &Verification) -> Vec<Finding> {
    let is_bare = subject.grounds.is_some_and(|grounds| !grounds.are_in_block);
    // "I think not."
    let is_answer = words::words(subject.words.of(subject.visible)).len() < 5;
    if !is_bare || is_answer || !estimates::is_own_judgement(subject) || !estimates::is_worded_as_judgement(subject) {
        return Vec::new();
    }
    let message = "This judgement names no evidence: its paragraph cites nothing and gives no reason.";
    vec![rule.finding(subject.span.trimmed(subject.visible), message, None)]
}
