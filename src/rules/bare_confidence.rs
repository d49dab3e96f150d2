//! `bare-confidence`: the analyst says how sure they are, and not why.

use super::estimates;
use super::wording::note_words;
use super::{Check, Finding, Profile, Rule, SentenceView};
use crate::message;
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "bare-confidence",
    summary: "a level of confidence comes without a reason",
    profile: Profile::Icd203,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, _: &Verification) -> Vec<Finding> {
    let is_bare = subject.grounds.is_some_and(|grounds| !grounds.are_near) && estimates::is_own_judgement(subject);
    let Some(confidence) = estimates::confidence(subject).filter(|_| is_bare) else { return Vec::new() };
    let message = message!("{} comes without a reason, here and in the sentences beside it.", note_words(subject, confidence));
    vec![rule.finding(confidence, message, None)]
}
