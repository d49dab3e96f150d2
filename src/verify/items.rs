//! What a claim must have in its evidence: informative terms, and slots with a value.

use rustc_hash::FxHashMap;

use super::Claim;
use super::lexicon::foreign;
use super::polarity::is_negation;
use super::synonyms::synonyms;
use crate::library::{SourceSentence, View};
use crate::text::dates::Date;
use crate::text::eras::Era;
use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, term};
use crate::text::{Analysis, Span};

/// A set of items of one claim, by their index.
pub type Mask = u128;

/// One thing that the evidence should have too.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub span: Span,
    /// How much it tells; at most about 2.
    pub weight: f32,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Term(Term),
    /// Index into the analysis' numbers, dates, times or eras.
    Number(usize),
    /// The month, day and weekday of a date.
    Date(usize),
    /// The year of a date.
    Year(usize),
    Time(usize),
    /// A decade or century.
    Era(usize),
}

/// All items of a claim.
#[derive(Clone, Debug, Default)]
pub struct Items {
    pub items: Vec<Item>,
    pub total: f32,
    by_term: FxHashMap<Term, Mask>,
    /// Items by words that say nearly the same.
    by_synonym: FxHashMap<Term, Mask>,
    by_root: FxHashMap<Term, Mask>,
    /// Items by the word that they deny: "corroborated" of "uncorroborated".
    by_denied: FxHashMap<Term, Mask>,
    /// Items by the words of other languages, where the library has sources in any.
    by_foreign: FxHashMap<Term, Mask>,
    /// Items by the words of another name for the same thing, all of which must stand there.
    by_alias: Vec<(Mask, Vec<Term>)>,
    /// Items that are slots.
    pub slots: Mask,
    /// Items that are words of names.
    pub names: Mask,
    /// Items that a table or a calculation bears out.
    pub proved: Mask,
}

/// A longer sentence is judged by its first items.
const MOST_ITEMS: usize = 100;

/// What words of names and slots count more than others of the same rarity.
const NAME_BONUS: f32 = 1.4;
const SLOT_WEIGHT: f32 = 1.2;
/// How far before a word its "not" may stand.
const DENIAL_REACH: usize = 4;
/// Verbs of saying frame a claim and are seldom the same in its source.
const FRAME_SHARE: f32 = 0.25;

impl Items {
    #[must_use]
    pub fn of(claim: &Claim<'_>, library: &View<'_>) -> Self {
        let mut items = Self::default();
        let analysis = claim.analysis;
        for (i, number) in analysis.numbers.iter().enumerate().filter(|(_, n)| !n.label) {
            items.push(Item { span: number.span, weight: SLOT_WEIGHT, what: What::Number(i) });
        }
        for (i, date) in analysis.dates.iter().enumerate() {
            let has_year = date.year.is_some();
            let has_day = date.month.is_some() || date.weekday.is_some();
            let weight = if has_year && has_day { 0.6 * SLOT_WEIGHT } else { SLOT_WEIGHT };
            for (what, _) in [(What::Date(i), has_day), (What::Year(i), has_year)].into_iter().filter(|(_, has)| *has) {
                items.push(Item { span: date.span, weight, what });
            }
        }
        for (i, time) in analysis.times.iter().enumerate() {
            items.push(Item { span: time.span, weight: SLOT_WEIGHT, what: What::Time(i) });
        }
        for (i, era) in analysis.eras.iter().enumerate() {
            items.push(Item { span: era.span, weight: SLOT_WEIGHT, what: What::Era(i) });
        }
        let slots: Vec<Span> = items.items.iter().map(|item| item.span).collect();
        let counted = counted_in_fractions(claim);
        let is_foreign = library.has_foreign();
        for word in &analysis.words {
            // What a negation does is judged by itself.
            if word.is_stop
                || is_negation(word.form)
                || slots.iter().any(|s| s.overlaps(word.span)) && !counted.contains(&word.span)
                || items.by_term.contains_key(&word.term)
            {
                continue;
            }
            let in_name = analysis.names.iter().any(|n| n.span.encloses(word.span) && !n.is_doubtful);
            let mut weight = library.weight(word.term);
            if in_name {
                weight *= NAME_BONUS;
            } else if is_frame(word.term) {
                weight *= FRAME_SHARE;
            }
            let at = items.push(Item { span: word.span, weight, what: What::Term(word.term) });
            let Some(at) = at else { break };
            *items.by_root.entry(word.root).or_default() |= 1 << at;
            if let Some(denied) = denied_by_prefix(word.span.of(claim.text)) {
                *items.by_denied.entry(denied).or_default() |= 1 << at;
            }
            for other in foreign(word.term).iter().filter(|_| is_foreign) {
                *items.by_foreign.entry(*other).or_default() |= 1 << at;
            }
            if in_name {
                items.names |= 1 << at;
            } else {
                for synonym in synonyms(word.term) {
                    *items.by_synonym.entry(*synonym).or_default() |= 1 << at;
                }
            }
        }
        for (span, other) in library.aliases().in_words(&analysis.words) {
            let mask = items.mask_within(span) & !items.slots;
            if mask != 0 {
                items.by_alias.push((mask, other.to_vec()));
            }
        }
        items
    }

    fn push(&mut self, item: Item) -> Option<usize> {
        let at = self.items.len();
        if at >= MOST_ITEMS {
            return None;
        }
        match item.what {
            What::Term(term) => *self.by_term.entry(term).or_default() |= 1 << at,
            _ => self.slots |= 1 << at,
        }
        self.total += item.weight;
        self.items.push(item);
        Some(at)
    }

    /// The terms to search for, with their boosts.
    #[must_use]
    pub fn query(&self, claim: &Claim<'_>, library: &View<'_>) -> Vec<(Term, f32)> {
        const CONTEXT_BOOST: f32 = 0.3;
        const ALIAS_BOOST: f32 = 0.7;
        const FOREIGN_BOOST: f32 = 0.5;
        let own = claim.analysis.words.iter().filter(|w| !w.is_stop).map(|w| (w.term, if is_frame(w.term) { 0.3 } else { 1.0 }));
        let mut query: Vec<(Term, f32)> = own.collect();
        query.extend(self.by_alias.iter().flat_map(|(_, other)| other).map(|t| (*t, ALIAS_BOOST)));
        query.extend(self.by_foreign.keys().filter(|t| library.frequency(**t) > 0).map(|t| (*t, FOREIGN_BOOST)));
        query.extend(self.by_denied.keys().filter(|t| library.frequency(**t) > 0).map(|t| (*t, ALIAS_BOOST)));
        query.extend(claim.context.iter().filter(|t| library.frequency(**t) > 0).map(|t| (*t, CONTEXT_BOOST)));
        query
    }

    /// Which items a sentence of the library has.
    #[must_use]
    pub fn found_in(&self, claim: &Claim<'_>, sentence: &SourceSentence) -> Mask {
        let mut mask = 0;
        for word in &sentence.analysis.words {
            if let Some(items) = self.by_term.get(&word.term) {
                mask |= items;
            }
        }
        for (items, other) in &self.by_alias {
            if items & !mask != 0 && other.iter().all(|t| sentence.analysis.words.iter().any(|w| w.term == *t)) {
                mask |= items;
            }
        }
        for (at, item) in self.items.iter().enumerate() {
            let there = match item.what {
                What::Term(_) => continue,
                What::Number(i) => sentence.analysis.numbers.iter().any(|n| claim.analysis.numbers[i].satisfied_by(n)),
                What::Date(i) => sentence.analysis.dates.iter().any(|d| claim.analysis.dates[i].same_day(d)),
                What::Year(i) => sentence.analysis.dates.iter().any(|d| d.year == claim.analysis.dates[i].year),
                What::Time(i) => {
                    let wanted = &claim.analysis.times[i];
                    sentence.analysis.times.iter().any(|t| same_time(wanted, t))
                }
                What::Era(i) => times_in(&claim.analysis.eras[i], &sentence.analysis).next().is_some(),
            };
            mask |= Mask::from(there) << at;
        }
        mask
    }

    /// Items for which a sentence has a word of the same family or of nearly the same meaning, or
    /// the word of its language.
    #[must_use]
    pub fn nearly_in(&self, sentence: &SourceSentence, library: &View<'_>) -> Mask {
        let words = &sentence.analysis.words;
        if library.is_foreign(sentence.source) {
            return words.iter().fold(0, |mask, word| mask | self.by_foreign.get(&word.term).copied().unwrap_or(0));
        }
        let related = words.iter().fold(0, |mask, word| {
            let related =
                self.by_root.get(&word.root).copied().unwrap_or(0) | self.by_synonym.get(&word.term).copied().unwrap_or(0);
            mask | related
        });
        if self.by_denied.is_empty() {
            return related;
        }
        let is_denied = |at: usize| words[at.saturating_sub(DENIAL_REACH)..at].iter().any(|w| is_negation(w.form));
        let denied = |at: usize| self.by_denied.get(&words[at].term).filter(|_| is_denied(at)).copied().unwrap_or(0);
        (0..words.len()).fold(related, |mask, at| mask | denied(at))
    }

    /// Where in a sentence the value of the slot `at` stands.
    pub fn places<'s>(&self, claim: &'s Claim<'_>, at: usize, sentence: &'s Analysis) -> Box<dyn Iterator<Item = Span> + 's> {
        match self.items[at].what {
            What::Term(_) => Box::new(std::iter::empty()),
            What::Number(i) => {
                Box::new(sentence.numbers.iter().filter(move |n| claim.analysis.numbers[i].satisfied_by(n)).map(|n| n.span))
            }
            What::Date(i) => Box::new(sentence.dates.iter().filter(move |d| claim.analysis.dates[i].same_day(d)).map(|d| d.span)),
            What::Year(i) => {
                Box::new(sentence.dates.iter().filter(move |d| claim.analysis.dates[i].year == d.year).map(|d| d.span))
            }
            What::Time(i) => {
                Box::new(sentence.times.iter().filter(move |t| same_time(&claim.analysis.times[i], t)).map(|t| t.span))
            }
            What::Era(i) => Box::new(times_in(&claim.analysis.eras[i], sentence)),
        }
    }

    /// Where in a sentence other values stand that could fill the slot `at`.
    pub fn others<'s>(&self, claim: &'s Claim<'_>, at: usize, sentence: &'s Analysis) -> Box<dyn Iterator<Item = Span> + 's> {
        let claim = claim.analysis;
        match self.items[at].what {
            What::Term(_) => Box::new(std::iter::empty()),
            What::Number(i) => {
                let wanted = &claim.numbers[i];
                let is_other = move |n: &&Number| !n.label && wanted.comparable(n) && !wanted.satisfied_by(n);
                Box::new(sentence.numbers.iter().filter(is_other).map(|n| n.span))
            }
            What::Date(i) => Box::new(sentence.dates.iter().filter(move |d| claim.dates[i].conflicts(d)).map(|d| d.span)),
            What::Year(i) => {
                let is_other = move |d: &&Date| d.year.is_some() && d.year != claim.dates[i].year;
                Box::new(sentence.dates.iter().filter(is_other).map(|d| d.span))
            }
            What::Time(i) => Box::new(sentence.times.iter().filter(move |t| !same_time(&claim.times[i], t)).map(|t| t.span)),
            What::Era(i) => {
                let dates = sentence.dates.iter().filter(move |d| d.year.is_some_and(|year| !claim.eras[i].has(year)));
                let eras = sentence.eras.iter().filter(move |e| e.is_apart(&claim.eras[i]));
                Box::new(dates.map(|d| d.span).chain(eras.map(|e| e.span)))
            }
        }
    }

    /// The items that stand in the same words: the day and the year of one date.
    #[must_use]
    pub fn same_span(&self, at: usize) -> Mask {
        let span = self.items[at].span;
        self.items.iter().enumerate().filter(|(_, item)| item.span.overlaps(span)).fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// Counts of up to a dozen things, and "one week", which prove little by themselves.
    #[must_use]
    pub fn small_counts(&self, claim: &Claim<'_>) -> Mask {
        let is_small = |item: &Item| match item.what {
            What::Number(i) => {
                let number = &claim.analysis.numbers[i];
                number.unit.is_none() && number.value <= 12.0 || number.kind == Kind::Duration && number.value == 1.0
            }
            _ => false,
        };
        self.items.iter().enumerate().filter(|(_, item)| is_small(item)).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// "First", for which sources have many other words: new, never before, a debut.
    #[must_use]
    pub fn firsts(&self, claim: &Claim<'_>) -> Mask {
        let is_first = |item: &Item| match item.what {
            What::Number(i) => claim.analysis.numbers[i].kind == Kind::Ordinal && claim.analysis.numbers[i].value == 1.0,
            _ => false,
        };
        self.items.iter().enumerate().filter(|(_, item)| is_first(item)).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// Terms that the library does not know.
    #[must_use]
    pub fn unknown(&self, library: &View<'_>) -> Mask {
        let is_unknown = |item: &Item| matches!(item.what, What::Term(term) if library.frequency(term) == 0);
        self.items.iter().enumerate().filter(|(_, item)| is_unknown(item)).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// Which items the sentence's surroundings have (headings, table headers).
    #[must_use]
    pub fn found_around(&self, sentence: &SourceSentence) -> Mask {
        sentence.context.iter().filter_map(|term| self.by_term.get(term)).fold(0, |mask, items| mask | items)
    }

    /// The summed weight of the items in a mask.
    #[must_use]
    pub fn weight(&self, mask: Mask) -> f32 {
        self.items.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, item)| item.weight).sum()
    }

    /// The share of the claim's weight that the mask has; 0 for a claim without items.
    #[must_use]
    pub fn share(&self, mask: Mask) -> f32 {
        if self.total > 0.0 { self.weight(mask) / self.total } else { 0.0 }
    }

    /// The words of names.
    pub fn name_terms(&self) -> impl Iterator<Item = Term> + '_ {
        let named = self.items.iter().enumerate().filter(|(at, _)| self.names >> at & 1 == 1);
        named.filter_map(|(_, item)| if let What::Term(term) = item.what { Some(term) } else { None })
    }

    /// The words of a name as items, also of one at the start of a sentence.
    #[must_use]
    pub fn name_mask(&self, name: Span) -> Mask {
        self.mask_within(name) & !self.slots
    }

    /// Where the first of some items stands in a sentence.
    #[must_use]
    pub fn first_found(&self, of: Mask, sentence: &Analysis) -> Option<Span> {
        sentence.words.iter().find(|w| self.by_term.get(&w.term).is_some_and(|items| items & of != 0)).map(|w| w.span)
    }

    /// The items that a term stands for.
    #[must_use]
    pub fn term_mask(&self, term: Term) -> Mask {
        self.by_term.get(&term).copied().unwrap_or(0)
    }

    /// Whether a value at this place is borne out by a table or a calculation.
    #[must_use]
    pub fn is_proved(&self, place: Span) -> bool {
        self.mask_within(place) & self.slots & self.proved != 0
    }

    /// The items that stand in a part of the claim.
    #[must_use]
    pub fn mask_within(&self, part: Span) -> Mask {
        self.items.iter().enumerate().filter(|(_, item)| part.encloses(item.span)).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    #[must_use]
    pub fn all(&self) -> Mask {
        if self.items.is_empty() { 0 } else { Mask::MAX >> (Mask::BITS as usize - self.items.len()) }
    }
}

/// The years and eras of a sentence that lie within an era.
fn times_in<'s>(era: &'s Era, sentence: &'s Analysis) -> impl Iterator<Item = Span> + 's {
    let dates = sentence.dates.iter().filter(|d| d.year.is_some_and(|year| era.has(year))).map(|d| d.span);
    dates.chain(sentence.eras.iter().filter(|e| era.encloses(e)).map(|e| e.span))
}

/// "Uncorroborated" is what is not corroborated.
fn denied_by_prefix(word: &str) -> Option<Term> {
    const SHORTEST: usize = 5;
    let denied = word.strip_prefix("un").filter(|rest| rest.len() >= SHORTEST)?;
    Some(term(denied))
}

/// What is counted inside of a number: the station of "one polling station in thirteen".
fn counted_in_fractions(claim: &Claim<'_>) -> Vec<Span> {
    let fractions = claim.analysis.numbers.iter().filter(|n| n.kind == Kind::Fraction);
    let inside = |n: &Number| {
        let words = claim.analysis.words.iter().filter(|w| n.span.encloses(w.span)).map(|w| w.span);
        let counted = words.skip(1).take_while(|span| !matches!(span.of(claim.text), "in" | "of" | "out"));
        counted.collect::<Vec<_>>()
    };
    let has_more = |n: &&Number| claim.analysis.words.iter().filter(|w| n.span.encloses(w.span)).count() > 3;
    fractions.filter(has_more).flat_map(inside).collect()
}

/// Equal to the minute; "seven" without morning or evening may be either.
pub fn same_time(a: &crate::text::dates::ClockTime, b: &crate::text::dates::ClockTime) -> bool {
    let half_day = |t: u16| t % 720;
    a.minute_of_day == b.minute_of_day || ((a.ambiguous || b.ambiguous) && half_day(a.minute_of_day) == half_day(b.minute_of_day))
}

fn is_frame(word: Term) -> bool {
    thread_local! {
        static FRAME_TERMS: Vec<Term> = FRAME_WORDS.iter().map(|w| term(w)).collect();
    }
    FRAME_TERMS.with(|terms| terms.contains(&word))
}

/// Words with which claims report what somebody said.
const FRAME_WORDS: &[&str] = &[
    "according",
    "add",
    "announce",
    "believe",
    "declare",
    "describe",
    "explain",
    "mention",
    "say",
    "speak",
    "stated",
    "tell",
    "testify",
    "write",
    "itself",
    "himself",
    "themselves",
    "own",
];
