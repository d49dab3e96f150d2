//! `misattributed-quote`: a right quotation that is given to somebody else.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Finding, Fix, Place, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::text::{Span, Untrusted};
use crate::verify::{Verification, WrongSpeaker};

pub const RULE: Rule = Rule {
    code: "misattributed-quote",
    severity: Severity::Warning,
    summary: "a quotation is given to somebody who does not say it in its source",
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let wrong = v.wrong_speaker;
    wrong
        .into_iter()
        .map(|wrong| {
            let place = Place { source: wrong.source, span: wrong.span };
            rule.finding(wrong.claim, message(subject, &wrong, place), Some(place)).with_fixes(renamed(subject, &wrong))
        })
        .collect()
}

/// The source's name in the place of the note's; where the note has a role, in that of the role
/// with its article.
fn renamed(subject: &SentenceView<'_>, wrong: &WrongSpeaker) -> Option<Fix> {
    let quote = subject.library.source(wrong.source).quote(wrong.actual?);
    let name = quote.plain();
    let begins_small = |words: &str| words.starts_with(char::is_lowercase);
    let is_role = begins_small(wrong.claim.of(subject.text));
    if begins_small(name) != is_role && !is_role {
        return None;
    }
    let article = ["the ", "The "].into_iter().find(|a| is_role && subject.text[..wrong.claim.start].ends_with(a));
    let span = match article {
        Some(article) if !begins_small(name) => Span::new(wrong.claim.start - article.len(), wrong.claim.end),
        _ => wrong.claim,
    };
    fix::replacement(subject, span, name)
}

fn message(subject: &SentenceView<'_>, wrong: &WrongSpeaker, place: Place) -> Untrusted {
    let (given, at) = (note_words(subject, wrong.claim), source_at(subject, place));
    match wrong.actual {
        Some(span) => {
            let name = source_words(subject, Place { source: place.source, span });
            message!("The note gives these words to {}, but in {} it is {} who says them.", given, at, name)
        }
        None => {
            message!("The note gives these words to {}, whom {} does not name near {}.", given, at, source_words(subject, place))
        }
    }
}
