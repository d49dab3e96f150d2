//! Binding: whether the claim's names and turning words stand beside the same words as in the
//! source. The right word in the wrong place is a wrong word.

use rustc_hash::FxHashSet;

use super::Claim;
use super::antonyms::Opposites;
use super::items::{Items, Mask};
use super::windows::Windows;
use crate::library::{SentenceId, View};
use crate::text::names::Name;
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// For the name of the claim that fits least: how much of the rest stands in a sentence that has
/// it. The right name in the wrong place stands beside other words.
pub fn weakest_name(claim: &Claim<'_>, items: &Items, windows: &Windows) -> f32 {
    let of_name = |span: Span| items.mask_within(span) & items.names;
    let masks = claim.analysis.names.iter().filter(|n| !n.is_doubtful).map(|n| of_name(n.span)).filter(|mask| *mask != 0);
    masks.map(|mask| beside(items, windows, mask)).fold(1.0, f32::min)
}

/// The largest share of the other items in a sentence, or its neighbours, that has all of `own`.
fn beside(items: &Items, windows: &Windows, own: Mask) -> f32 {
    let rest = items.all() & !own;
    let total = items.weight(rest);
    if total <= 0.0 {
        return 1.0;
    }
    let having = windows.looked_at.iter().filter(|l| (l.mask | l.around) & own == own);
    having.map(|l| items.weight((l.mask | l.near | l.around) & rest) / total).fold(0.0, f32::max)
}

/// How near two words stand to belong together.
const NEAR: usize = 4;

/// How many names of the claim stand nowhere beside the words next to them, while other names do.
pub fn rival_names(claim: &Claim<'_>, windows: &Windows, library: &View<'_>) -> usize {
    let names = claim.analysis.names.iter().filter(|n| !n.is_doubtful);
    names.filter(|name| has_rival(claim, name, windows, library)).count()
}

fn has_rival(claim: &Claim<'_>, name: &Name, windows: &Windows, library: &View<'_>) -> bool {
    const MOST_NEIGHBOURS: usize = 3;
    let words = &claim.analysis.words;
    let around = words[name.first.saturating_sub(NEAR)..name.first].iter().chain(words[name.last..].iter().take(NEAR));
    let beside: Vec<Term> =
        around.filter(|w| !w.is_stop && !w.is_capital && !w.has_digit).map(|w| w.term).take(MOST_NEIGHBOURS).collect();
    let own: Vec<Term> = words[name.first..name.last].iter().filter(|w| !w.is_stop).map(|w| w.term).collect();
    let in_claim = |term: Term| words.iter().any(|w| w.term == term);
    let Some(best) = windows.best.first().filter(|_| !beside.is_empty()) else { return false };
    let mut rival = false;
    for looked in windows.looked_at.iter().filter(|l| l.source == best.source) {
        let theirs = &library.sentence(SentenceId(looked.at)).analysis;
        let places: Vec<usize> = positions(theirs, |w| beside.contains(&w.term));
        if places.is_empty() {
            continue;
        }
        if theirs.words.iter().any(|w| own.contains(&w.term)) {
            return false;
        }
        rival |= theirs.names.iter().filter(|n| !n.is_doubtful).any(|n| {
            let is_other = theirs.words[n.first..n.last].iter().all(|w| !in_claim(w.term));
            is_other && places.iter().any(|at| at.abs_diff(n.first).min(at.abs_diff(n.last - 1)) <= NEAR)
        });
    }
    rival
}

/// How many values of the claim stand nowhere beside the words next to them, while other values of
/// the same kind do.
pub fn rival_values(claim: &Claim<'_>, items: &Items, windows: &Windows, library: &View<'_>) -> usize {
    let is_slot = |at: &usize| (items.slots & !items.proved) >> at & 1 == 1;
    (0..items.items.len()).filter(is_slot).filter(|at| has_rival_value(claim, items, *at, windows, library)).count()
}

fn has_rival_value(claim: &Claim<'_>, items: &Items, at: usize, windows: &Windows, library: &View<'_>) -> bool {
    const FURTHER: usize = 2 * NEAR;
    let span = items.items[at].span;
    let words = &claim.analysis.words;
    let before = words.iter().rev().skip_while(|w| w.span.end > span.start).filter(|w| !w.is_stop && !w.has_digit).take(2);
    let after = words.iter().skip_while(|w| w.span.start < span.end).filter(|w| !w.is_stop && !w.has_digit).take(2);
    let beside: Vec<Term> = before.chain(after).map(|w| w.term).collect();
    let Some(best) = windows.best.first() else { return false };
    let mut rival = false;
    for looked in windows.looked_at.iter().filter(|l| l.source == best.source) {
        let theirs = &library.sentence(SentenceId(looked.at)).analysis;
        let places = positions(theirs, |w| beside.contains(&w.term));
        let is_near = |value: Span, reach: usize| {
            let value = theirs.words.iter().position(|w| w.span.end > value.start).unwrap_or(usize::MAX);
            places.iter().any(|place| place.abs_diff(value) <= reach)
        };
        if items.places(claim, at, theirs).any(|value| is_near(value, FURTHER)) {
            return false;
        }
        rival |= items.others(claim, at, theirs).any(|value| is_near(value, NEAR));
    }
    rival
}

fn positions(analysis: &Analysis, is: impl Fn(&Word) -> bool) -> Vec<usize> {
    analysis.words.iter().enumerate().filter(|(_, w)| is(w)).map(|(at, _)| at).collect()
}

/// How many words of the claim have their opposite ("before" for "after") beside the same words in
/// the source, which has the word itself beside fewer of them.
pub fn turned_words(claim: &Claim<'_>, windows: &Windows, library: &View<'_>) -> usize {
    let words = &claim.analysis.words;
    let Some(best) = windows.best.first() else { return 0 };
    let in_claim = |term: Term| words.iter().any(|w| w.term == term);
    let mut seen: FxHashSet<Term> = FxHashSet::default();
    let mut count = 0;
    for (at, word) in words.iter().enumerate() {
        let against: Vec<Term> = Opposites::of(claim.text, word).terms().filter(|t| !in_claim(*t)).collect();
        if against.is_empty() || !seen.insert(word.term) {
            continue;
        }
        let informative = |w: &&Word| !w.is_stop && w.term != word.term;
        let before = words[..at].iter().rev().filter(informative).take(3);
        let beside: Vec<Term> = before.chain(words[at + 1..].iter().filter(informative).take(3)).map(|w| w.term).collect();
        let (mut own, mut other) = (0, 0);
        for looked in windows.looked_at.iter().filter(|l| l.source == best.source) {
            let theirs = &library.sentence(SentenceId(looked.at)).analysis;
            own = own.max(company(theirs, &beside, |t| t == word.term));
            other = other.max(company(theirs, &beside, |t| against.contains(&t)));
        }
        count += usize::from(other > own);
    }
    count
}

/// How many of some words stand near a word of a sentence.
fn company(analysis: &Analysis, beside: &[Term], is: impl Fn(Term) -> bool) -> usize {
    const REACH: usize = 7;
    let around = |at: usize| &analysis.words[at.saturating_sub(REACH)..(at + REACH + 1).min(analysis.words.len())];
    let count = |at: usize| beside.iter().filter(|t| around(at).iter().any(|w| w.term == **t)).count();
    positions(analysis, |w| is(w.term)).into_iter().map(count).max().unwrap_or(0)
}
