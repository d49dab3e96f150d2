//! `vague-number`: "possibly 47 trucks", which is neither a count nor an estimate.

use std::sync::LazyLock;

use regex::Regex;

use super::wording::note_words;
use super::{Check, Finding, Profile, Rule, SentenceView};
use crate::message;
use crate::text::numbers::{Bound, Number};
use crate::text::{Analysis, Span};
use crate::verify::Verification;

pub const RULE: Rule = Rule {
    code: "vague-number",
    summary: "an exact number stands behind “possibly”, “reportedly” or the like",
    profile: Profile::Icd203,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    let (own, from) = (subject.words.of(subject.visible), subject.words.start);
    if !HEDGE.is_match(own) {
        return Vec::new();
    }
    let numbers = Analysis::of(own, Span::new(0, own.len())).numbers;
    let found = numbers.iter().filter(|number| is_exact(number, own)).filter_map(|number| {
        let hedge = HEDGE.captures_iter(own).find(|it| it.get_match().end() == number.span.start)?.get(1)?;
        let words = Span::new(hedge.start(), number.span.end).shifted(from);
        let is_quoted = subject.quotations.iter().any(|quotation| quotation.span.encloses(words));
        (!is_quoted && !is_sources(subject, v, hedge.as_str())).then(|| {
            let (hedge, number) = (Span::new(hedge.start(), hedge.end()).shifted(from), number.span.shifted(from));
            let message = message!(
                "{} is exact, and {} leaves it open: say who counted, or give a range.",
                note_words(subject, number),
                note_words(subject, hedge)
            );
            rule.finding(words, message, None)
        })
    });
    found.collect()
}

/// Whether nobody gives such a number without having counted or measured.
fn is_exact(number: &Number, text: &str) -> bool {
    const FEW: f64 = 12.0;
    let places = (number.value / (2.0 * number.precision)).round();
    let is_round = places % 5.0 == 0.0;
    // "Perhaps" makes a number one that was rounded, which is what is asked here.
    let is_perhaps = number.bound == Bound::About && PERHAPS.is_match(&text[..number.span.start]);
    (number.bound == Bound::Exact || is_perhaps)
        && !number.label
        && number.precision <= 0.5
        && (number.precision < 0.5 || number.value > FEW)
        && !is_round
        && !RANGE.is_match(&text[number.span.end..])
}

/// Whether a source that bears the sentence out has the same word.
fn is_sources(subject: &SentenceView<'_>, v: &Verification, hedge: &str) -> bool {
    let hedge = hedge.to_lowercase();
    v.supporting().any(|e| subject.library.source(e.source).quote(e.span).plain().to_lowercase().contains(&hedge))
}

/// Up to the number.
static HEDGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(possibly|perhaps|maybe|probably|likely|reportedly|allegedly|apparently|presumably|supposedly|conceivably)",
        r"\s+(?:(?:a\s+total\s+of|all|of|in|with|at|by|to|the|only|just|exactly|precisely|another)\s+)*",
    ))
    .expect("a valid pattern")
});

static PERHAPS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bperhaps\s+$").expect("a valid pattern"));

/// What makes a number one end of a range.
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*(?:[-–—]|to\b|or\b|and\b)\s*(?:\d|more\b|so\b)").expect("a valid pattern"));
