//! Retrieval: from the terms of a claim to the sentences that are worth a look.
//!
//! It has two stages, as most search engines have. The first finds the best passages by the terms
//! that tell something, wherever they are kept. The second ranks the sentences of these passages by
//! all terms, with what their neighbours say. Both score by BM25 (Robertson and Zaragoza, "The
//! Probabilistic Relevance Framework", 2009) from exact counts, so that what is found depends on
//! what the library has and on nothing else: not on the order in which it came, nor on whether it
//! is on disk or in memory.

mod best;
mod memory;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::disk::Passage;
use super::loaded_source::{LoadedSource, with_neighbours};
use super::statistics::Statistics;
use super::view::View;
use super::{SentenceId, SourceId};
use crate::text::words::{Term, Word};
use best::Best;
pub use memory::Memory;

/// BM25's saturation and length parameters; sentences differ little in length, passages less.
const K1: f32 = 1.2;
const B: f32 = 0.4;
/// What a sentence gains from the score of each neighbour: a passage is read with its context.
const NEIGHBOUR: f32 = 0.25;

/// A term that stands in more than this share of the sentences is not searched for, unless it
/// stands in few.
const COMMON_SHARE: u64 = 20;
const FEW: u64 = 1_000;
/// However common they are, so many terms are searched for.
const LEAST_TERMS: usize = 4;
/// In how many sentences the terms of the first search may stand, all together.
const MOST_READ: u64 = 100_000;
/// How many more passages than wanted are looked at, to see whether the last one is better than
/// the next.
const SPARE: usize = 8;
/// So many passages are enough, if others cannot be told apart.
const ENOUGH: usize = 12;

/// A passage of a library: some sentences of a source, numbered in it. Their order is that of the
/// library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    source: SourceId,
    first: u32,
    count: u32,
}

/// A term that is searched for, with its weight: its boost and what it tells.
#[derive(Clone, Copy, Debug)]
pub struct QueryTerm {
    pub term: Term,
    weight: f32,
    frequency: u64,
}

impl QueryTerm {
    /// What the term adds to the score of a passage in which it stands so often.
    #[must_use]
    pub fn gain(&self, times: u32) -> f32 {
        let times = times as f32;
        self.weight * times * (K1 + 1.0) / (times + K1)
    }
}

/// The terms of a query in order, each once with its highest boost, as far as there are any.
fn wanted(query: &[(Term, f32)], statistics: &Statistics) -> Vec<QueryTerm> {
    let mut terms = query.to_vec();
    terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    terms.dedup_by_key(|(term, _)| *term);
    let weigh = |(term, boost)| {
        let frequency = statistics.frequency(term);
        QueryTerm { term, weight: boost * statistics.idf(frequency), frequency }
    };
    terms.into_iter().map(weigh).filter(|w| w.frequency > 0).collect()
}

/// Those that are searched for first: the rarest, in order.
fn telling(wanted: &[QueryTerm], statistics: &Statistics) -> Vec<QueryTerm> {
    let most = (statistics.sentences / COMMON_SHARE).max(FEW);
    let mut telling = wanted.to_vec();
    telling.sort_by_key(|w| (w.frequency, w.term));
    let mut read = 0;
    let is_affordable = |(at, w): (usize, &QueryTerm)| {
        read += w.frequency;
        at < LEAST_TERMS || w.frequency <= most && read <= MOST_READ
    };
    let count = telling.iter().enumerate().map(is_affordable).take_while(|x| *x).count();
    telling.truncate(count);
    telling.sort_by_key(|w| w.term);
    telling
}

/// The best sentences of one source.
pub fn within(view: &View<'_>, source: SourceId, query: &[(Term, f32)], most: usize) -> Vec<(SentenceId, f32)> {
    let statistics = view.statistics();
    let scale = Scale::of(statistics);
    let loaded = view.loaded(source);
    let first = view.sentences_of(source).start;
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for wanted in wanted(query, statistics) {
        for (at, times) in loaded.postings().of(wanted.term) {
            *scores.entry(*at).or_default() += scale.gain(&wanted, *times, loaded.length(*at as usize));
        }
    }
    let with_context = |(at, score): (&u32, &f32)| {
        let near = [at.wrapping_sub(1), at + 1];
        let context: f32 = near.iter().filter_map(|near| scores.get(near)).sum();
        (SentenceId(first + *at as usize), score + NEIGHBOUR * context)
    };
    best(scores.iter().map(with_context).collect(), most)
}

/// The best sentences of the whole library.
pub fn everywhere(view: &View<'_>, query: &[(Term, f32)], most: usize) -> Vec<(SentenceId, f32)> {
    let statistics = view.statistics();
    let wanted = wanted(query, statistics);
    let scale = Scale::of(statistics);
    let order: FxHashMap<Term, usize> = wanted.iter().enumerate().map(|(at, w)| (w.term, at)).collect();
    let score = |loaded: &LoadedSource, at: usize| {
        let words = &loaded.sentence(at).analysis.words;
        let times = times(words, &order);
        times.iter().zip(&wanted).filter(|(times, _)| **times > 0).map(|(times, w)| scale.gain(w, *times, words.len())).sum()
    };
    let mut found = Vec::new();
    for passage in best_passages(view, &wanted, most) {
        let loaded = view.loaded(passage.source);
        let own = passage.first as usize..(passage.first + passage.count) as usize;
        let around = with_neighbours(own.clone(), loaded.len());
        let scores: Vec<f32> = around.clone().map(|at| score(loaded, at)).collect();
        let of = |at: Option<usize>| at.and_then(|at| scores.get(at)).copied().unwrap_or_default();
        let start = view.sentences_of(passage.source).start;
        for at in own {
            let here = at - around.start;
            if scores[here] > 0.0 {
                let context = of(here.checked_sub(1)) + of(Some(here + 1));
                found.push((SentenceId(start + at), scores[here] + NEIGHBOUR * context));
            }
        }
    }
    best(found, most)
}

/// How often each of the wanted terms occurs among the words.
fn times(words: &[Word], order: &FxHashMap<Term, usize>) -> Vec<u16> {
    let mut times = vec![0u16; order.len()];
    for at in words.iter().filter_map(|word| order.get(&word.term)) {
        times[*at] = times[*at].saturating_add(1);
    }
    times
}

fn best(mut ranked: Vec<(SentenceId, f32)>, most: usize) -> Vec<(SentenceId, f32)> {
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(most);
    ranked
}

/// The scale on which sentences are scored.
struct Scale {
    mean_length: f32,
}

impl Scale {
    fn of(statistics: &Statistics) -> Self {
        Self { mean_length: statistics.words as f32 / statistics.sentences.max(1) as f32 }
    }

    fn gain(&self, wanted: &QueryTerm, times: u16, length: usize) -> f32 {
        let times = f32::from(times);
        wanted.weight * times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length as f32 / self.mean_length))
    }
}

/// The best passages, best first; ties in the order of the library.
///
/// At first only the rarest terms are searched for. If too many passages hold these alike, all
/// terms must tell them apart.
fn best_passages(view: &View<'_>, wanted: &[QueryTerm], most: usize) -> Vec<Place> {
    let asked = most + SPARE;
    let mut ranked = ranked(view, &telling(wanted, view.statistics()), asked);
    if ranked.len() == asked {
        // Of those that score as the last one does, there may be more.
        let floor = ranked[asked - 1].1;
        ranked.truncate(ranked.partition_point(|(_, score)| *score > floor));
        if ranked.len() < most.min(ENOUGH) {
            ranked = self::ranked(view, wanted, most);
        }
    }
    ranked.truncate(most);
    ranked.into_iter().map(|(place, _)| place).collect()
}

/// The best passages by these terms, wherever they are kept, with their scores. Every passage that
/// holds one of the terms is scored, and each score is summed up in the order of the terms, so
/// that passages that hold the same have the same score to the last bit.
fn ranked(view: &View<'_>, wanted: &[QueryTerm], most: usize) -> Vec<(Place, f32)> {
    let mut best = Best::new(most);
    view.memory().score(wanted, |place, score| best.offer(score, || Some(place)));
    if let Some(disk) = view.disk() {
        // What cannot be read is lacking here as it is everywhere; a damaged index is not opened.
        let _ = disk.score(wanted, |address, score| best.offer(score, || in_library(view, disk.passage(address))));
    }
    best.into_ranked()
}

/// A passage of the index, if its source is still what it was.
fn in_library(view: &View<'_>, passage: Passage) -> Option<Place> {
    let Passage { source, first, count } = passage;
    view.by_number(source).map(|source| Place { source, first, count })
}

/// The sentences in which a phrase begins.
pub fn phrase(view: &View<'_>, terms: &[Term], most: usize) -> Vec<SentenceId> {
    let Some(rarest) = terms.iter().min_by_key(|term| view.frequency(**term)) else { return Vec::new() };
    let memory = view.memory();
    let mut places: Vec<Place> = memory.holding(*rarest).collect();
    let on_disk = view.disk().and_then(|disk| disk.phrase(terms).ok()).unwrap_or_default();
    places.extend(on_disk.into_iter().filter_map(|passage| in_library(view, passage)));
    places.sort_unstable();
    places.into_iter().filter_map(|place| begin(view, place, terms)).take(most).collect()
}

/// The sentence of a passage in which a phrase begins.
fn begin(view: &View<'_>, place: Place, terms: &[Term]) -> Option<SentenceId> {
    let loaded = view.loaded(place.source);
    let start = view.sentences_of(place.source).start;
    let range = place.first as usize..((place.first + place.count) as usize).min(loaded.len());
    let words: Vec<(usize, Term)> =
        range.flat_map(|at| loaded.sentence(at).analysis.words.iter().map(move |word| (at, word.term))).collect();
    let is_here = |window: &&[(usize, Term)]| window.iter().map(|(_, term)| term).eq(terms);
    words.windows(terms.len()).find(is_here).map(|window| SentenceId(start + window[0].0))
}
