//! What other sources make of a claim that is borne out: a correction that takes its source back, a newer figure, or
//! simply another one. What is told is few and sure: a hint that is wrong is worse than none.
//!
//! A claim that one source bears out is not contradicted because another one says otherwise, and an analyst wants to know
//! that it does. Only numbers are compared here: of the same unit and kind, about what the claim is about. Corrections are
//! also heard where they name what they correct and not the value.

use super::claim::Claim;
use super::verification::{Evidence, Later, LaterKind, Verification};
use super::words::WordSet;
use crate::library::{SentenceId, SourceId, SourceSentence, View};
use crate::text::Span;
use crate::text::numbers::Number;
use crate::text::relative_dates::Day;
use crate::text::words::{Term, Word, fold};

/// So many passages are looked at.
const MOST: usize = 24;
/// What is about less could be about anything.
const FEWEST: usize = 3;
/// The share of what a claim is about that another sentence must be about, with what stands around it.
const ABOUT: f32 = 0.6;
/// Of that, what the sentence must have itself.
const ITSELF: f32 = 0.4;
/// A correction names what it corrects in few words.
const NAMED: f32 = 0.35;
/// A name counts as much as so many other words.
const NAME: f32 = 2.0;
/// Who writes within so many days says otherwise.
const AT_ONCE: i64 = 3;

/// Words of a change: what was so is not so any more.
static CHANGING: WordSet = WordSet::forms(
    "risen rose rises rising now grown grew climbed climbs increased increases up fallen fell dropped drops revised latest \
     postponed extended delayed thus final finally meanwhile updated still remaining unaccounted stands stood total totals \
     newest brought so",
);

/// Words of those who take something back.
static TAKING_BACK: WordSet = WordSet::forms(
    "correct corrected correction corrections corrects corrigendum erratum errata wrong wrongly incorrect incorrectly \
     mistakenly erroneously misstated misstates error mistake mistaken retract retracts retracted retraction withdraw \
     withdrawn withdraws withdrew apologise apologises apologize regret regrets stated kill revised reissued",
);

/// Words of those who take back all of it.
static RETRACTING: WordSet =
    WordSet::forms("retract retracts retracted retraction withdraw withdrawn withdraws withdrew kill forgery");

/// The first of each kind of what other sources make of a claim.
pub fn of(claim: &Claim<'_>, v: &Verification, library: &View<'_>) -> Vec<Later> {
    if !v.is_borne_out() || claim.only.is_some() || library.len() < 2 {
        return Vec::new();
    }
    // The passage that has most of the claim's numbers.
    let numbers_in = |evidence: &Evidence| -> Vec<&Number> {
        claim.analysis.numbers.iter().filter(|number| !number.label && is_borne_out(number, evidence, library)).collect()
    };
    let supporting = v.supporting().map(|evidence| (evidence, numbers_in(evidence)));
    let Some((best, numbers)) = supporting.rev().max_by_key(|(_, numbers)| numbers.len()) else { return Vec::new() };
    let topic = Topic::of(claim, &numbers, best, library);
    // Another search for each claim would be felt while typing; without a number hardly anything is told.
    if numbers.is_empty() || topic.terms.is_empty() || claim.is_judgement {
        return Vec::new();
    }
    let mut found: Vec<Later> = Vec::new();
    for (id, _) in library.passages(&topic.terms, None, MOST) {
        let sentence = library.sentence(id);
        if sentence.source == best.source || sentence.is_question || sentence.is_heading {
            continue;
        }
        let other = Other { id, sentence, best, library };
        found.extend(other.on(claim, &numbers, &topic));
    }
    found.sort_by_key(|later| later.kind);
    found.dedup_by_key(|later| later.kind);
    // What is taken back is not disputed as well.
    found.truncate(1);
    found
}

/// Whether the evidence has a number of the claim.
fn is_borne_out(number: &Number, best: &Evidence, library: &View<'_>) -> bool {
    library
        .sentences_at(best.source, best.span)
        .flat_map(|at| &library.sentence(at).analysis.numbers)
        .any(|own| is_same(own, number))
}

fn is_same(one: &Number, two: &Number) -> bool {
    one.kind == two.kind && is_same_value(one, two)
}

/// "Not 1.9 million" leaves out what it is of.
fn is_same_value(one: &Number, two: &Number) -> bool {
    (one.value - two.value).abs() <= one.precision.max(two.precision)
}

/// The words of a sentence and of its paragraph, heading and title.
fn around(id: SentenceId, library: &View<'_>) -> Vec<Term> {
    const NEAR: usize = 2;
    let sentence = library.sentence(id);
    let near = library.sentences_of(sentence.source).map(SentenceId).filter(|at| id.0.abs_diff(at.0) <= NEAR);
    let near = near.map(|at| library.sentence(at)).filter(|it| it.block == sentence.block || it.is_heading);
    let mut terms: Vec<Term> = near.flat_map(|it| &it.analysis.words).map(|word| word.term).collect();
    terms.extend(&sentence.context);
    terms.extend(crate::text::words::words(library.source(sentence.source).title().plain()).iter().map(|word| word.term));
    terms
}

/// Whether two numbers count or measure the same kind of thing.
fn is_alike(one: &Number, two: &Number) -> bool {
    let is_of_one_thing = one.unit.is_some() || one.counted.is_some() && one.counted == two.counted;
    one.kind == two.kind && one.unit == two.unit && one.label == two.label && is_of_one_thing
}

/// What a claim is about: its words but for values, each with its weight.
struct Topic {
    terms: Vec<(Term, f32)>,
    weight: f32,
    /// The names in it, which another sentence on the same must have around it.
    names: Vec<Term>,
}

impl Topic {
    fn of(claim: &Claim<'_>, numbers: &[&Number], best: &Evidence, library: &View<'_>) -> Self {
        let analysis = claim.analysis;
        let is_value = |span: Span| {
            numbers.iter().any(|number| number.span.overlaps(span)) || analysis.dates.iter().any(|date| date.span.overlaps(span))
        };
        let own = analysis.words.iter().filter(|word| claim.span.encloses(word.span) && !word.is_stop && !is_value(word.span));
        // Words that the claim alone has are its writer's; nobody else can be asked for them.
        let known: Vec<Term> = library.sentences_at(best.source, best.span).flat_map(|at| around(at, library)).collect();
        let own = own.filter(|word| known.contains(&word.term));
        let weight = |word: &Word| if word.is_capital { NAME } else { 1.0 };
        let mut terms: Vec<(Term, f32)> = own.map(|word| (word.term, weight(word))).collect();
        terms.sort_unstable_by_key(|(term, _)| *term);
        terms.dedup_by_key(|(term, _)| *term);
        let named = analysis.names.iter().filter(|name| !name.is_doubtful && claim.span.encloses(name.span));
        let names = named.flat_map(|name| &analysis.words[name.first..name.last]).filter(|word| !word.is_stop && !word.has_digit);
        Self { weight: terms.iter().map(|(_, weight)| weight).sum(), names: names.map(|word| word.term).collect(), terms }
    }

    /// The share of it among some words.
    fn share(&self, has: impl Fn(Term) -> bool) -> f32 {
        self.terms.iter().filter(|(term, _)| has(*term)).map(|(_, weight)| weight).sum::<f32>() / self.weight.max(f32::EPSILON)
    }
}

/// A sentence of another source than the one that bears the claim out.
struct Other<'a, 'l> {
    id: SentenceId,
    sentence: &'a SourceSentence,
    best: &'a Evidence,
    library: &'a View<'l>,
}

impl Other<'_, '_> {
    fn on(&self, claim: &Claim<'_>, numbers: &[&Number], topic: &Topic) -> Option<Later> {
        let words = &self.sentence.analysis.words;
        let around: Vec<Term> = around(self.id, self.library);
        let itself = topic.share(|term| words.iter().any(|word| word.term == term));
        let about = topic.share(|term| around.contains(&term));
        let days = self.days_later()?;
        let publisher = self.library.source(self.sentence.source).metadata.publisher.as_deref().unwrap_or_default();
        let made: Vec<Term> = crate::text::words::words(publisher).iter().map(|word| word.term).collect();
        let is_told = |name: &Term| around.contains(name) || made.contains(name) || self.is_in_source(*name);
        let has_names = topic.names.iter().all(is_told);
        let (takes_back, is_same_outlet) = (self.takes_back(), self.is_same_outlet());
        if days < 0 || !has_names {
            return None;
        }
        let (number, value) = self.other_value(numbers).map_or((None, None), |(own, other)| (Some(own), Some(other)));
        if takes_back && is_same_outlet && about >= NAMED {
            let span = number.map_or(claim.span, |number| number.span);
            let value = value.map_or(self.sentence.span, |value| value.span);
            // A correction of something else names other values of other kinds, or none at all.
            let is_whole = RETRACTING.is_in(words) || self.is_retraction();
            let is_meant = number.is_some_and(|number| self.is_told(number)) || is_whole;
            return is_meant.then(|| self.later(LaterKind::Corrected, span, value));
        }
        let (number, value) = number.zip(value)?;
        if topic.terms.len() < FEWEST || about < ABOUT || itself < ITSELF || self.is_of_another_time(claim) {
            return None;
        }
        // Who writes days later without a word of a change need not mean the same.
        let kind = match (CHANGING.is_in(words) && days > 0, days <= AT_ONCE) {
            (true, _) => LaterKind::Superseded,
            (false, true) => LaterKind::Disputed,
            (false, false) => return None,
        };
        Some(self.later(kind, number.span, value.span))
    }

    fn later(&self, kind: LaterKind, claim: Span, value: Span) -> Later {
        let (old_source, old) = (self.best.source, self.best.span);
        Later { kind, claim, old_source, old, source: self.sentence.source, value, sentence: self.sentence.span }
    }

    /// A number of the claim for which the sentence has another one of its kind, and not that one.
    fn other_value<'n>(&self, numbers: &[&'n Number]) -> Option<(&'n Number, &Number)> {
        let theirs = &self.sentence.analysis.numbers;
        numbers.iter().copied().find_map(|number| {
            let alike: Vec<&Number> = theirs.iter().filter(|other| is_alike(number, other)).collect();
            // Where it has the number, too, both may be true, unless it takes the one back.
            let has_it = alike.iter().any(|other| is_same(number, other));
            let other = alike.into_iter().find(|other| !is_same(number, other) && !other.label)?;
            let is_one = theirs.iter().filter(|it| is_alike(number, it)).count() <= 2;
            (is_one && (self.takes_back() || !has_it && !self.is_told(number))).then_some((number, other))
        })
    }

    /// Whether the sentence or one near it has a number of the claim, too.
    fn is_told(&self, number: &Number) -> bool {
        const NEAR: usize = 2;
        let mut near =
            self.library.sentences_of(self.sentence.source).map(SentenceId).filter(|at| self.id.0.abs_diff(at.0) <= NEAR);
        near.any(|at| self.library.sentence(at).analysis.numbers.iter().any(|own| is_same_value(own, number)))
    }

    /// Whether the source speaks of a name anywhere near its beginning.
    fn is_in_source(&self, name: Term) -> bool {
        const HEAD: usize = 6;
        let head = self.library.sentences_of(self.sentence.source).map(SentenceId).take(HEAD);
        head.flat_map(|at| &self.library.sentence(at).analysis.words).any(|word| word.term == name)
    }

    /// Whether the sentence or one beside it says that something was wrong.
    fn takes_back(&self) -> bool {
        let beside = self.library.sentences_of(self.sentence.source).map(SentenceId).filter(|at| self.id.0.abs_diff(at.0) <= 1);
        self.library.is_correction(self.sentence.source)
            || beside.map(|at| self.library.sentence(at)).any(|it| TAKING_BACK.is_in(&it.analysis.words))
    }

    /// Whether the source as a whole, by its first sentences, takes something back altogether.
    fn is_retraction(&self) -> bool {
        const HEAD: usize = 5;
        let head = self.library.sentences_of(self.sentence.source).map(SentenceId).take(HEAD);
        head.map(|at| self.library.sentence(at)).any(|it| RETRACTING.is_in(&it.analysis.words))
    }

    /// How many days after the source that bears the claim out; nothing if one has no day.
    fn days_later(&self) -> Option<i64> {
        let day = |id: SourceId| self.library.source(id).metadata.date.as_deref().and_then(Day::parse);
        Some(day(self.best.source)?.until(day(self.sentence.source)?))
    }

    fn is_same_outlet(&self) -> bool {
        let (one, two) = (self.library.source(self.best.source), self.library.source(self.sentence.source));
        let maker = |publisher: &Option<String>| publisher.as_deref().map(fold);
        match (maker(&one.metadata.publisher), maker(&two.metadata.publisher)) {
            (Some(one), Some(two)) => one == two,
            // A text without metadata names its paper at its head.
            _ => shares_head(&one.layout.visible, &two.layout.visible),
        }
    }

    /// Whether claim and sentence name days, months or years that differ.
    fn is_of_another_time(&self, claim: &Claim<'_>) -> bool {
        let (own, theirs) = (&claim.analysis.dates, &self.sentence.analysis.dates);
        own.iter().any(|own| !theirs.is_empty() && theirs.iter().all(|other| own.conflicts(other)))
    }
}

/// Whether one of the first lines of two texts begins with the same words: "The Tanfield Courier — Saturday, 2 March".
fn shares_head(one: &str, two: &str) -> bool {
    const LINES: usize = 4;
    let heads = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
        let parts = |line: &'_ str| -> Vec<String> {
            line.split(['—', '–', '|', ',', '(', ')']).map(|part| fold(part.trim())).collect()
        };
        let is_name = |part: &String| !part.contains(|c: char| c.is_ascii_digit());
        lines.flat_map(parts).filter(is_name).filter(|name| name.len() > 4 && name.split(' ').count() <= 6).collect()
    };
    let (one, two) = (heads(one), heads(two));
    one.iter().any(|name| two.contains(name))
}
