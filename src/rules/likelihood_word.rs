//! `likelihood-word`: a judgement in words of likelihood that the yardstick does not have.

use super::estimates::{self, Likelihood};
use super::wording::note_words;
use super::yardstick::Yardstick;
use super::{Check, Finding, Fix, Profile, Rule, SentenceView, fix};
use crate::message;
use crate::note::SentenceKind;
use crate::text::Span;
use crate::verify::{Verification, is_estimate};

pub const RULE: Rule = Rule {
    code: "likelihood-word",
    summary: "a judgement has a word of likelihood that the yardstick lacks",
    profile: Profile::Icd203,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, _: &Verification) -> Vec<Finding> {
    let Some(yardstick) = subject.yardstick.filter(|_| estimates::is_own_judgement(subject)) else { return Vec::new() };
    let measured = estimates::measured(subject, yardstick);
    // "Could" says what somebody is able to do, too: beside words of the table, and in what may state a fact.
    let is_stated = subject.kind != SentenceKind::Judgement && !is_estimate(subject.words.of(subject.visible));
    let may_state = is_stated || !measured.is_empty();
    let found = estimates::likelihoods(subject).into_iter().filter(|it| {
        let own = it.span;
        // Of "it is possible" and "remote possibility" a word may be all that the table has.
        let is_whole = |span: &Span| span.encloses(own) || it.range.is_none() || is_noun_behind(subject, *span, own);
        let is_measured = measured.iter().any(|span| span.overlaps(own) && is_whole(span));
        !(is_measured || it.is_verb && may_state)
    });
    found.map(|it| finding(subject, rule, yardstick, it)).collect()
}

fn is_noun_behind(subject: &SentenceView<'_>, measured: Span, own: Span) -> bool {
    let rest = Span::new(measured.end.min(own.end), own.end).of(subject.visible).trim();
    ["chance", "possibility", "probability", "likelihood", "odds"].iter().any(|noun| rest.eq_ignore_ascii_case(noun))
}

fn finding(subject: &SentenceView<'_>, rule: &Rule, yardstick: &Yardstick, it: Likelihood) -> Finding {
    let words = note_words(subject, it.span);
    match it.nearest(yardstick) {
        Some((nearest, measure)) => {
            let (low, high) = (usize::from(measure.range.low), usize::from(measure.range.high));
            let near = message!("the nearest is “{}”, {} to {} per cent", measure.words, low, high);
            let message = message!("{} is no word of {}; {}.", words, yardstick.title(), near);
            let fix = replaced(subject, it.span, &nearest);
            rule.finding(it.span, message, None).with_fixes(fix)
        }
        None => rule.finding(it.span, message!("{} is no word of {}, and says no likelihood.", words, yardstick.title()), None),
    }
}

/// The words of the table, if the article before fits them.
fn replaced(subject: &SentenceView<'_>, span: Span, words: &str) -> Option<Fix> {
    let begins_with_vowel = |text: &str| text.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let before = subject.visible[..span.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_article = before.eq_ignore_ascii_case("a") || before.eq_ignore_ascii_case("an");
    let is_fitting = !is_article || begins_with_vowel(words) == before.eq_ignore_ascii_case("an");
    is_fitting.then(|| fix::replacement(subject, span, words)).flatten()
}
