//! Binding: whether the claim's names, values and turning words stand beside the same words as in the
//! source. The right word in the wrong place is a wrong word.

use rustc_hash::FxHashSet;

use crate::text::Span;
use crate::text::names::Name;
use crate::text::words::{Term, Word};
use crate::verify::context::Context;
use crate::verify::gather::candidate::Mask;
use crate::verify::words::antonyms::Opposites;
use crate::verify::words::informative;

/// How near two words stand to belong together.
const NEAR: usize = 4;

/// For the name of the claim that fits least: how much of the rest stands in a sentence that has
/// it. The right name in the wrong place stands beside other words.
pub fn weakest_name(context: &Context<'_>) -> f32 {
    let masks = context.sure_names().map(|name| context.items.within(name.span) & context.items.names);
    masks.filter(|mask| *mask != 0).map(|mask| beside(context, mask)).fold(1.0, f32::min)
}

/// The largest share of the other items in a sentence, or its neighbours, that has all of `own`.
fn beside(context: &Context<'_>, own: Mask) -> f32 {
    let rest = context.items.all() & !own;
    if rest == 0 {
        return 1.0;
    }
    let having = context.candidates().iter().filter(|c| own & !c.held.literal() == 0);
    having.map(|c| context.share_of(c.held.any(), rest)).fold(0.0, f32::max)
}

/// How many names of the claim stand nowhere beside the words next to them, while other names do.
pub fn rival_names(context: &Context<'_>) -> usize {
    context.sure_names().filter(|name| has_rival(context, name)).count()
}

fn has_rival(context: &Context<'_>, name: &Name) -> bool {
    const MOST_NEIGHBOURS: usize = 3;
    let words = &context.claim.analysis.words;
    let around = words[name.first.saturating_sub(NEAR)..name.first].iter().chain(words[name.last..].iter().take(NEAR));
    let ordinary = around.filter(|w| !w.is_stop && !w.is_capital && !w.has_digit);
    let beside: Vec<Term> = ordinary.map(|w| w.term).take(MOST_NEIGHBOURS).collect();
    let own: Vec<Term> = informative(&words[name.first..name.last]).map(|w| w.term).collect();
    let mut rival = false;
    for candidate in context.windows.of_best_source() {
        let (theirs, names) = (candidate.words(), &candidate.analysis().names);
        let places = positions(theirs, |w| beside.contains(&w.term));
        if places.is_empty() {
            continue;
        }
        if theirs.iter().any(|w| own.contains(&w.term)) {
            return false;
        }
        rival |= names.iter().filter(|n| !n.is_doubtful).any(|n| {
            let is_other = theirs[n.first..n.last].iter().all(|w| !context.has(w.term));
            is_other && places.iter().any(|at| at.abs_diff(n.first).min(at.abs_diff(n.last - 1)) <= NEAR)
        });
    }
    rival
}

/// How many values of the claim stand nowhere beside the words next to them, while other values of
/// the same kind do.
pub fn rival_values(context: &Context<'_>) -> usize {
    let items = context.items;
    items.each_value(items.all() & !items.proved).filter(|(at, _)| has_rival_value(context, *at)).count()
}

fn has_rival_value(context: &Context<'_>, at: usize) -> bool {
    const FURTHER: usize = 2 * NEAR;
    let claim = context.claim.analysis;
    let item = context.items.item(at);
    let Some(value) = item.value() else { return false };
    let words = &claim.words;
    let ordinary = |w: &&Word| !w.is_stop && !w.has_digit;
    let before = words.iter().rev().skip_while(|w| w.span.end > item.span.start).filter(ordinary).take(2);
    let after = words.iter().skip_while(|w| w.span.start < item.span.end).filter(ordinary).take(2);
    let beside: Vec<Term> = before.chain(after).map(|w| w.term).collect();
    let mut rival = false;
    for candidate in context.windows.of_best_source() {
        let theirs = candidate.analysis();
        let places = positions(&theirs.words, |w| beside.contains(&w.term));
        let is_near = |value: Span, reach: usize| {
            let value = theirs.words.iter().position(|w| w.span.end > value.start).unwrap_or(usize::MAX);
            places.iter().any(|place| place.abs_diff(value) <= reach)
        };
        if value.places(claim, theirs).any(|value| is_near(value, FURTHER)) {
            return false;
        }
        rival |= value.others(claim, theirs).any(|value| is_near(value, NEAR));
    }
    rival
}

fn positions(words: &[Word], is: impl Fn(&Word) -> bool) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, w)| is(w)).map(|(at, _)| at).collect()
}

/// How many words of the claim have their opposite ("before" for "after") beside the same words in
/// the source, which has the word itself beside fewer of them.
pub fn turned_words(context: &Context<'_>) -> usize {
    const BESIDE: usize = 3;
    let words = &context.claim.analysis.words;
    let mut seen: FxHashSet<Term> = FxHashSet::default();
    let mut count = 0;
    for (at, word) in words.iter().enumerate() {
        let against: Vec<Term> = Opposites::of(context.claim.text, word).terms().filter(|t| !context.has(*t)).collect();
        if against.is_empty() || !seen.insert(word.term) {
            continue;
        }
        let other = |w: &&Word| w.term != word.term;
        let before = informative(&words[..at]).rev().filter(other).take(BESIDE);
        let beside: Vec<Term> = before.chain(informative(&words[at + 1..]).filter(other).take(BESIDE)).map(|w| w.term).collect();
        let (mut own, mut turned) = (0, 0);
        for candidate in context.windows.of_best_source() {
            own = own.max(company(candidate.words(), &beside, |t| t == word.term));
            turned = turned.max(company(candidate.words(), &beside, |t| against.contains(&t)));
        }
        count += usize::from(turned > own);
    }
    count
}

/// How many of some words stand near a word of a sentence.
fn company(words: &[Word], beside: &[Term], is: impl Fn(Term) -> bool) -> usize {
    const REACH: usize = 7;
    let around = |at: usize| &words[at.saturating_sub(REACH)..(at + REACH + 1).min(words.len())];
    let count = |at: usize| beside.iter().filter(|t| around(at).iter().any(|w| w.term == **t)).count();
    positions(words, |w| is(w.term)).into_iter().map(count).max().unwrap_or(0)
}
