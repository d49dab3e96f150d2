//! The words in which judgements are given: of likelihood, and of confidence.

use std::sync::LazyLock;

use regex::Regex;

use super::SentenceView;
use super::yardstick::{Measure, Range, Yardstick, adverb};
use crate::note::SentenceKind;
use crate::text::{Span, words};
use crate::verify::{is_attributed, is_estimate};

/// Words of likelihood in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood {
    pub span: Span,
    /// About what they stand for in a reader's mind, where readers agree: not for "perhaps" or "could".
    pub range: Option<Range>,
    /// Whether it is a verb alone, such as "could", which may say something else as well.
    pub is_verb: bool,
    /// What words in their place have to be.
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "probably"
    Adverb,
    /// "likely", which is an adverb as well
    Likely,
    /// "probable"
    Adjective,
    /// "a fair chance"
    Noun,
    Other,
}

/// Whether a sentence is a judgement of the analyst, and not the report of somebody else's.
pub fn is_own_judgement(subject: &SentenceView<'_>) -> bool {
    let words = subject.words.of(subject.visible);
    matches!(subject.kind, SentenceKind::Judgement | SentenceKind::Premise) && !is_attributed(words, &words::words(words))
}

/// Whether it says so itself: "we assess", "likely", "with low confidence".
pub fn is_worded_as_judgement(subject: &SentenceView<'_>) -> bool {
    let words = unquoted(subject);
    is_estimate(&words) && !REMAINDER.is_match(&words)
        || confidence(subject).is_some()
        || likelihoods(subject).iter().any(|it| it.range.is_some())
}

/// The words of a sentence without those that it quotes.
fn unquoted(subject: &SentenceView<'_>) -> String {
    let mut text = subject.visible.to_owned();
    subject.quotations.iter().for_each(|quotation| quotation.span.blank(&mut text));
    subject.words.of(&text).trim().to_owned()
}

/// The words of likelihood of a sentence that are its own, and not a quotation's.
pub fn likelihoods(subject: &SentenceView<'_>) -> Vec<Likelihood> {
    let own = subject.words.of(subject.visible);
    let found = LIKELIHOOD.captures_iter(own).filter_map(|it| {
        let (start, end) = (it.get_match().start(), it.get_match().end());
        let phrase = Span::new(start, end).of(own).to_ascii_lowercase();
        let before = own[..start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_compared = it.name("compared").is_some() || phrase.starts_with("most ") && before.eq_ignore_ascii_case("the");
        let is_verb = it.name("verb").is_some();
        let behind = own[end..].trim_start();
        // "May" is a month where it begins with a capital, "I could" a wish, and "could have" is no longer open.
        let is_other = is_verb
            && (own[start..].starts_with('M')
                || behind.starts_with("not ")
                || PEOPLE.iter().any(|word| before.eq_ignore_ascii_case(word))
                || phrase == "could" && behind.starts_with("have "));
        // "Perhaps 40 trucks" is an estimate of a number.
        let is_number = is_bare(&phrase) && NUMBER.is_match(behind);
        let span = Span::new(start, end).shifted(subject.words.start);
        let is_quoted = subject.quotations.iter().any(|quotation| quotation.span.encloses(span));
        (!is_compared && !is_other && !is_number && !is_quoted).then(|| Likelihood {
            span,
            range: range(&phrase),
            is_verb: is_verb && !phrase.ends_with("well"),
            form: form(&phrase),
        })
    });
    found.collect()
}

/// Where words of a yardstick stand in a sentence.
pub fn measured(subject: &SentenceView<'_>, yardstick: &Yardstick) -> Vec<Span> {
    let places = yardstick.places(subject.words.of(subject.visible));
    places.into_iter().map(|span| span.shifted(subject.words.start)).collect()
}

/// What a sentence says of how sure its writer is.
pub fn confidence(subject: &SentenceView<'_>) -> Option<Span> {
    let found = CONFIDENCE.find_iter(subject.words.of(subject.visible));
    let mut spans = found.map(|it| Span::new(it.start(), it.end()).shifted(subject.words.start));
    spans.find(|span| !subject.quotations.iter().any(|quotation| quotation.span.encloses(*span)))
}

impl Likelihood {
    /// The words of a table that mean about the same, as they would stand in the place of these, and their measure.
    pub fn nearest<'y>(&self, yardstick: &'y Yardstick) -> Option<(String, &'y Measure)> {
        /// Further apart are words that mean something else.
        const FAR: u8 = 45;
        let range = self.range?;
        let fitting = yardstick.measures().iter().filter_map(|measure| Some((self.form.of(&measure.words)?, measure)));
        let near = fitting.filter(|(_, measure)| measure.range.distance(range) <= FAR);
        near.min_by_key(|(_, measure)| measure.range.distance(range))
    }
}

impl Form {
    /// Words of a table in this form.
    fn of(self, words: &str) -> Option<String> {
        let is_likely = words.ends_with("likely");
        let is_adjective = is_likely || words.ends_with("able") || words.ends_with("certain");
        match self {
            // "Unlikely" is no adverb.
            Self::Adverb if is_likely => (!words.ends_with("unlikely")).then(|| words.to_owned()),
            Self::Adverb => adverb(words),
            Self::Likely => is_likely.then(|| words.to_owned()),
            Self::Adjective => is_adjective.then(|| words.to_owned()),
            Self::Noun => is_noun(words).then(|| words.to_owned()),
            Self::Other => None,
        }
    }
}

fn is_noun(words: &str) -> bool {
    ["chance", "possibility", "probability", "likelihood", "odds"].iter().any(|noun| words.ends_with(noun))
}

fn form(phrase: &str) -> Form {
    if phrase.ends_with("ably") || phrase.ends_with("certainly") {
        Form::Adverb
    } else if phrase.ends_with("likely") {
        Form::Likely
    } else if phrase.ends_with("able") || phrase.ends_with("certain") {
        Form::Adjective
    } else if is_noun(phrase) {
        Form::Noun
    } else {
        Form::Other
    }
}

/// About what readers take words for.
fn range(phrase: &str) -> Option<Range> {
    let is_strong = STRONG.iter().any(|word| phrase.split_whitespace().next() == Some(word));
    let has = |word: &str| phrase.contains(word);
    let (low, high) = if has("certain") {
        (95, 99)
    } else if has("than not") {
        (50, 80)
    } else if has("as not") || has("even ") || has("fifty") {
        (45, 55)
    } else if has("remote") || has("slim") || has("outside") {
        (1, 5)
    } else if has("in all ") {
        (80, 95)
    } else if has("unlikely") || has("improbabl") {
        if is_strong { (5, 20) } else { (20, 45) }
    } else if has("likely") || has("probabl") {
        if is_strong { (80, 95) } else { (55, 80) }
    } else if has("realistic") || has("real ") {
        (40, 50)
    } else {
        return None;
    };
    Some(Range { low, high })
}

/// Subjects of whom "could" and "might" seldom say how likely something is.
const PEOPLE: [&str; 4] = ["i", "we", "one", "you"];

/// Whether words say no likelihood that readers would agree on, or stand before a number as well.
fn is_bare(phrase: &str) -> bool {
    ["perhaps", "maybe", "possibly", "conceivably", "probably", "likely"].contains(&phrase)
}

const STRONG: [&str; 6] = ["very", "highly", "most", "extremely", "exceptionally", "overwhelmingly"];

/// With all that makes them stronger or weaker. Those of a comparison ("more likely", "less probable") are named so.
static LIKELIHOOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:more\s+likely\s+than\s+not|(?:about\s+|roughly\s+)?as\s+likely\s+as\s+not",
        r"|(?P<compared>(?:more|less|as|how|equally|least|whether|not)\s+(?:likely|unlikely|probable|improbable|probably|conceivable|plausible))",
        r"|in\s+all\s+(?:likelihood|probability)",
        r"|(?:(?:very|highly|most|extremely|exceptionally|overwhelmingly|quite|rather|fairly|somewhat|reasonably)\s+)?(?:likely|unlikely|probable|probably|improbable|improbably)",
        r"|(?:almost|virtually|nearly|near|practically|all\s+but)\s+certain(?:ly)?",
        r"|(?:(?:very|quite|roughly|about)\s+)?(?:remote|slim|outside|fair|good|strong|real|realistic|distinct|decent|even|fifty-fifty)\s+(?:chance|possibility|probability|likelihood|odds)",
        r"|(?:quite\s+|very\s+)?possibly|perhaps|maybe|conceivably|(?:it\s+is|it\s+remains|it\s+seems)\s+(?:\w+\s+)?(?:possible|conceivable)",
        r"|(?P<verb>(?:could|may|might)(?:\s+(?:very\s+)?well)?))\b",
    ))
    .expect("a valid pattern")
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?i:(?:as\s+many\s+as|about|around|some|up\s+to|in|at|by|a\s+total\s+of)\s+)?",
        r"(?:[$€£]?\d|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s+(?:dozen|hundred|thousand|third|half))\b)",
    ))
    .expect("a valid pattern")
});

/// "It leaves out Brazil": what only looks like a conclusion.
static REMAINDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:that|this|which|it) (?:leaves?|means?)\b").expect("a valid pattern"));

static CONFIDENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?:very|fairly|reasonably|relatively)\s+)?(?:low|moderate|medium|high)(?:[\s-]to[\s-](?:moderate|medium|high))?",
        r"\s+(?:(?:levels?|degrees?)\s+of\s+|analytic(?:al)?\s+)?confidence\b",
        r"|\b(?:our|my)\s+confidence\s+(?:in\s+[^.;]{1,80}?\s+)?(?:is|remains)\s+(?:very\s+)?(?:low|moderate|medium|high|limited)\b",
        r"|\b(?:we|i)\s+(?:are|am|remain)\s+(?:very\s+|fairly\s+|quite\s+|highly\s+|moderately\s+)?confident\b",
    ))
    .expect("a valid pattern")
});
