//! What a claim must have in its evidence: informative terms, and values.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::values::Value;
use crate::library::{SourceSentence, View};
use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, Word, term};
use crate::text::{Analysis, Span};
use crate::verify::claim::Claim;
use crate::verify::gather::candidate::Mask;
use crate::verify::words::WordSet;
use crate::verify::words::negations::NEGATIONS;
use crate::verify::words::synonyms::synonyms;
use crate::verify::words::translations::translations;

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
    Value(Value),
}

impl Item {
    pub fn value(&self) -> Option<Value> {
        match self.what {
            What::Value(value) => Some(value),
            What::Term(_) => None,
        }
    }

    pub fn term(&self) -> Option<Term> {
        match self.what {
            What::Term(term) => Some(term),
            What::Value(_) => None,
        }
    }
}

type ByTerm = FxHashMap<Term, Mask>;

/// All items of a claim.
#[derive(Clone, Debug, Default)]
pub struct Items {
    all: Vec<Item>,
    total: f32,
    by_term: ByTerm,
    /// Items by words that say nearly the same.
    by_synonym: ByTerm,
    by_root: ByTerm,
    /// Items by the word that they deny: "corroborated" of "uncorroborated".
    by_denied: ByTerm,
    /// Items by the words of other languages, where the library has sources in any.
    by_translation: ByTerm,
    /// Items by the words of another name for the same thing, all of which must stand there.
    by_alias: Vec<(Mask, Vec<Term>)>,
    /// Items that are values.
    pub values: Mask,
    /// Items that are words of names.
    pub names: Mask,
    /// Items that a table or a calculation bears out.
    pub proved: Mask,
}

/// A longer sentence is judged by its first items.
const MOST_ITEMS: usize = 100;
/// What words of names and values count more than others of the same rarity.
const NAME_BONUS: f32 = 1.4;
const VALUE_WEIGHT: f32 = 1.2;
/// Verbs of saying frame a claim and are seldom the same in its source.
const FRAME_SHARE: f32 = 0.25;
/// How far before a word its "not" may stand.
const DENIAL_REACH: usize = 4;

/// Words with which claims report what somebody said.
static FRAME: WordSet = WordSet::stems(
    "according add announce believe declare describe explain mention say speak stated tell testify write itself himself \
     themselves own",
);

impl Items {
    pub fn of(claim: &Claim<'_>, library: &View<'_>) -> Self {
        let mut items = Self::default();
        let analysis = claim.analysis;
        let value = |span, weight, value| Item { span, weight, what: What::Value(value) };
        for (i, number) in analysis.numbers.iter().enumerate().filter(|(_, n)| !n.label) {
            items.push(value(number.span, VALUE_WEIGHT, Value::Number(i)));
        }
        for (i, date) in analysis.dates.iter().enumerate() {
            let (has_year, has_day) = (date.year.is_some(), date.month.is_some() || date.weekday.is_some());
            let weight = if has_year && has_day { 0.6 * VALUE_WEIGHT } else { VALUE_WEIGHT };
            for (part, _) in [(Value::Date(i), has_day), (Value::Year(i), has_year)].into_iter().filter(|(_, has)| *has) {
                items.push(value(date.span, weight, part));
            }
        }
        for (i, time) in analysis.times.iter().enumerate() {
            items.push(value(time.span, VALUE_WEIGHT, Value::Time(i)));
        }
        for (i, era) in analysis.eras.iter().enumerate() {
            items.push(value(era.span, VALUE_WEIGHT, Value::Era(i)));
        }
        items.push_words(claim, library);
        for (span, other) in library.aliases().in_words(&analysis.words) {
            let mask = items.words_within(span);
            if mask != 0 {
                items.by_alias.push((mask, other.to_vec()));
            }
        }
        items
    }

    fn push_words(&mut self, claim: &Claim<'_>, library: &View<'_>) {
        let analysis = claim.analysis;
        let values: Vec<Span> = self.all.iter().map(|item| item.span).collect();
        let counted = counted_in_fractions(claim);
        let is_foreign = library.has_foreign();
        for word in &analysis.words {
            let in_value = || values.iter().any(|s| s.overlaps(word.span)) && !counted.contains(&word.span);
            // What a negation does is judged by itself.
            if word.is_stop || NEGATIONS.has(word) || in_value() || self.by_term.contains_key(&word.term) {
                continue;
            }
            let in_name = analysis.names.iter().any(|n| n.span.encloses(word.span) && !n.is_doubtful);
            let mut weight = library.weight(word.term);
            if in_name {
                weight *= NAME_BONUS;
            } else if FRAME.has(word) {
                weight *= FRAME_SHARE;
            }
            let Some(own) = self.push(Item { span: word.span, weight, what: What::Term(word.term) }) else { break };
            *self.by_root.entry(word.root).or_default() |= own;
            if let Some(denied) = denied_by_prefix(word.span.of(claim.text)) {
                *self.by_denied.entry(denied).or_default() |= own;
            }
            for other in translations(word.term).iter().filter(|_| is_foreign) {
                *self.by_translation.entry(*other).or_default() |= own;
            }
            if in_name {
                self.names |= own;
            } else {
                for synonym in synonyms(word.term) {
                    *self.by_synonym.entry(*synonym).or_default() |= own;
                }
            }
        }
    }

    /// The new item as a mask, if there is room for it.
    fn push(&mut self, item: Item) -> Option<Mask> {
        let at = self.all.len();
        if at >= MOST_ITEMS {
            return None;
        }
        let own = 1 << at;
        match item.what {
            What::Term(term) => *self.by_term.entry(term).or_default() |= own,
            What::Value(_) => self.values |= own,
        }
        self.total += item.weight;
        self.all.push(item);
        Some(own)
    }

    /// The terms to search for, with their boosts.
    pub fn query(&self, claim: &Claim<'_>, library: &View<'_>) -> Vec<(Term, f32)> {
        const FRAME_BOOST: f32 = 0.3;
        const CONTEXT_BOOST: f32 = 0.3;
        const ALIAS_BOOST: f32 = 0.7;
        const TRANSLATION_BOOST: f32 = 0.5;
        let is_known = |t: &&Term| library.frequency(**t) > 0;
        let own = claim.analysis.words.iter().filter(|w| !w.is_stop);
        let mut query: Vec<(Term, f32)> = own.map(|w| (w.term, if FRAME.has(w) { FRAME_BOOST } else { 1.0 })).collect();
        query.extend(self.by_alias.iter().flat_map(|(_, other)| other).map(|t| (*t, ALIAS_BOOST)));
        query.extend(self.by_translation.keys().filter(is_known).map(|t| (*t, TRANSLATION_BOOST)));
        query.extend(self.by_denied.keys().filter(is_known).map(|t| (*t, ALIAS_BOOST)));
        query.extend(claim.context.iter().filter(is_known).map(|t| (*t, CONTEXT_BOOST)));
        query
    }

    /// Which items a sentence of the library has as they are.
    pub fn found_in(&self, claim: &Claim<'_>, sentence: &SourceSentence) -> Mask {
        let words = &sentence.analysis.words;
        let mut mask = words.iter().fold(0, |mask, word| mask | self.mask_of(word.term));
        for (items, other) in &self.by_alias {
            if items & !mask != 0 && other.iter().all(|t| words.iter().any(|w| w.term == *t)) {
                mask |= items;
            }
        }
        for (at, value) in self.each_value(self.values) {
            mask |= Mask::from(value.places(claim.analysis, &sentence.analysis).next().is_some()) << at;
        }
        mask
    }

    /// Items for which a sentence has a word of the same family or of nearly the same meaning, or
    /// the word of its language.
    pub fn nearly_in(&self, sentence: &SourceSentence, library: &View<'_>) -> Mask {
        let of = |map: &ByTerm, term: Term| map.get(&term).copied().unwrap_or(0);
        let words = &sentence.analysis.words;
        if library.is_foreign(sentence.source) {
            return words.iter().fold(0, |mask, word| mask | of(&self.by_translation, word.term));
        }
        let related = words.iter().fold(0, |mask, word| mask | of(&self.by_root, word.root) | of(&self.by_synonym, word.term));
        if self.by_denied.is_empty() {
            return related;
        }
        let is_denied = |at: usize| NEGATIONS.is_in(&words[at.saturating_sub(DENIAL_REACH)..at]);
        let denied = |at: usize| self.by_denied.get(&words[at].term).filter(|_| is_denied(at)).copied().unwrap_or(0);
        (0..words.len()).fold(related, |mask, at| mask | denied(at))
    }

    /// Which items the sentence's surroundings have (headings, table headers).
    pub fn found_around(&self, sentence: &SourceSentence) -> Mask {
        sentence.context.iter().fold(0, |mask, term| mask | self.mask_of(*term))
    }

    /// Where the first of some items stands in a sentence.
    pub fn first_found(&self, of: Mask, sentence: &Analysis) -> Option<Span> {
        sentence.words.iter().find(|w| self.mask_of(w.term) & of != 0).map(|w| w.span)
    }

    pub fn item(&self, at: usize) -> &Item {
        &self.all[at]
    }

    /// The items of a mask with their indices.
    pub fn each(&self, mask: Mask) -> impl Iterator<Item = (usize, &Item)> {
        self.all.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1)
    }

    /// The values of a mask with their indices.
    pub fn each_value(&self, mask: Mask) -> impl Iterator<Item = (usize, Value)> {
        self.each(mask & self.values).filter_map(|(at, item)| Some((at, item.value()?)))
    }

    /// The numbers of a mask, with their indices here and in the analysis.
    pub fn each_number(&self, mask: Mask) -> impl Iterator<Item = (usize, usize)> {
        self.each_value(mask).filter_map(|(at, value)| if let Value::Number(i) = value { Some((at, i)) } else { None })
    }

    fn mask_where(&self, is: impl Fn(&Item) -> bool) -> Mask {
        self.each(self.all()).filter(|(_, item)| is(item)).fold(0, |mask, (at, _)| mask | 1 << at)
    }

    /// The items that stand in the same words: the day and the year of one date.
    pub fn same_span(&self, at: usize) -> Mask {
        self.mask_where(|item| item.span.overlaps(self.all[at].span))
    }

    pub fn small_counts(&self, claim: &Claim<'_>) -> Mask {
        self.mask_where(|item| item.value().is_some_and(|value| value.is_small_count(claim.analysis)))
    }

    pub fn firsts(&self, claim: &Claim<'_>) -> Mask {
        self.mask_where(|item| item.value().is_some_and(|value| value.is_first(claim.analysis)))
    }

    /// Terms that the library does not know.
    pub fn unknown(&self, library: &View<'_>) -> Mask {
        self.mask_where(|item| item.term().is_some_and(|term| library.frequency(term) == 0))
    }

    /// The items that stand in a part of the claim.
    pub fn within(&self, part: Span) -> Mask {
        // A part ends with its last word; a sign of per cent stands behind it.
        self.mask_where(|item| part.overlaps(item.span))
    }

    /// The same without values.
    pub fn words_within(&self, part: Span) -> Mask {
        self.within(part) & !self.values
    }

    /// The items that a term stands for.
    pub fn mask_of(&self, term: Term) -> Mask {
        self.by_term.get(&term).copied().unwrap_or(0)
    }

    /// The items that some words stand for.
    pub fn mask_of_words<'w>(&self, words: impl IntoIterator<Item = &'w Word>) -> Mask {
        words.into_iter().fold(0, |mask, word| mask | self.mask_of(word.term))
    }

    /// The words of names.
    pub fn name_terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.each(self.names).filter_map(|(_, item)| item.term())
    }

    /// All terms.
    pub fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.all.iter().filter_map(Item::term)
    }

    pub fn spans(&self, mask: Mask) -> impl Iterator<Item = Span> + '_ {
        self.each(mask).map(|(_, item)| item.span)
    }

    /// Whether a value at this place is borne out by a table or a calculation.
    pub fn is_proved(&self, place: Span) -> bool {
        self.within(place) & self.values & self.proved != 0
    }

    /// The summed weight of the items in a mask.
    pub fn weight(&self, mask: Mask) -> f32 {
        self.each(mask).map(|(_, item)| item.weight).sum()
    }

    /// The share of the weight of some items that the mask has; 0 where there is nothing to have.
    pub fn share_of(&self, mask: Mask, of: Mask) -> f32 {
        let total = self.weight(of);
        if total > 0.0 { self.weight(mask & of) / total } else { 0.0 }
    }

    /// The share of the claim's weight that the mask has; 0 for a claim without items.
    pub fn share(&self, mask: Mask) -> f32 {
        if self.total > 0.0 { self.weight(mask) / self.total } else { 0.0 }
    }

    pub fn all(&self) -> Mask {
        if self.all.is_empty() { 0 } else { Mask::MAX >> (Mask::BITS as usize - self.all.len()) }
    }
}

/// "Uncorroborated" is what is not corroborated.
fn denied_by_prefix(word: &str) -> Option<Term> {
    const SHORTEST: usize = 5;
    let denied = word.strip_prefix("un").filter(|rest| rest.len() >= SHORTEST)?;
    Some(term(denied))
}

/// What is counted inside of a number: the station of "one polling station in thirteen".
fn counted_in_fractions(claim: &Claim<'_>) -> Vec<Span> {
    let inside = |n: &Number| -> Range<usize> { words_of(claim, n.span) };
    let fractions = claim.analysis.numbers.iter().filter(|n| n.kind == Kind::Fraction && inside(n).len() > 3);
    let counted = fractions.flat_map(|n| {
        let words = claim.analysis.words[inside(n)].iter().skip(1).map(|w| w.span);
        words.take_while(|span| !matches!(span.of(claim.text), "in" | "of" | "out"))
    });
    counted.collect()
}

/// Which words of the claim stand in a part of it.
pub fn words_of(claim: &Claim<'_>, part: Span) -> Range<usize> {
    let words = &claim.analysis.words;
    let first = words.partition_point(|w| w.span.start < part.start);
    first..words.partition_point(|w| w.span.end <= part.end).max(first)
}
