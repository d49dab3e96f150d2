//! `mixed-confidence`: how sure the analyst is and how likely something is, in one sentence.

use super::estimates;
use super::wording::note_words;
use super::yardstick::Standard;
use super::{Check, Finding, Profile, Rule, SentenceView};
use crate::message;
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "mixed-confidence",
    summary: "one sentence has both a level of confidence and a likelihood",
    profile: Profile::Icd203,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, _: &Verification) -> Vec<Finding> {
    // The IPCC gives both at once.
    let yardstick = subject.yardstick.filter(|yardstick| !yardstick.is(Standard::Ipcc) && estimates::is_own_judgement(subject));
    let Some((yardstick, confidence)) = yardstick.zip(estimates::confidence(subject)) else { return Vec::new() };
    let others = estimates::likelihoods(subject).into_iter().filter(|it| it.range.is_some()).map(|it| it.span);
    let likelihood = others.chain(estimates::measured(subject, yardstick)).find(|span| !span.overlaps(confidence));
    let Some(likelihood) = likelihood else { return Vec::new() };
    let message = message!(
        "{} says how sure you are, {} how likely it is: in one sentence readers take one for the other.",
        note_words(subject, confidence),
        note_words(subject, likelihood)
    );
    vec![rule.finding(confidence, message, None)]
}
