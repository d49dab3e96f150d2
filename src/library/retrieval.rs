//! Retrieval: from the terms of a claim to the sentences that are worth a look.
//!
//! It has two stages, as most search engines have. The first finds the best passages by the terms
//! that tell something, wherever they are kept. The second ranks the sentences of these passages by
//! all terms, with what their neighbours say. Both score by BM25 (Robertson and Zaragoza, "The
//! Probabilistic Relevance Framework", 2009) from exact counts, so that what is found depends on
//! what the library has and on nothing else: not on the order in which it came, nor on whether it
//! is on disk or in memory.

use rustc_hash::FxHashMap;

use super::disk::Passage;
use super::postings::Postings;
use super::record::Terms;
use super::shelf::{Opened, with_neighbours};
use super::statistics::Statistics;
use super::view::View;
use super::{SentenceId, SourceId, passages};
use crate::text::words::{Term, Word};

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
/// Among more passages than this that score alike, any may be the last one.
const MOST_ALIKE: usize = 2_000;
/// How far the index's scores may be off, which it sums up in any order.
const ROUNDING: f32 = 1e-5;
/// So many passages are enough, if others cannot be told apart.
const ENOUGH: usize = 12;

/// The passages in memory.
#[derive(Debug, Default)]
pub struct Memory {
    passages: Vec<Found>,
    postings: Postings,
}

/// A passage of a library: some sentences of a source, numbered in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    source: SourceId,
    first: u32,
    count: u32,
}

impl Memory {
    pub fn add(&mut self, source: SourceId, terms: &Terms) {
        for passage in passages::passages(terms.iter().map(|sentence| sentence.len())) {
            let unit = self.passages.len() as u32;
            self.passages.push(Found { source, first: passage.start as u32, count: passage.len() as u32 });
            for term in terms[passage].iter().flatten() {
                self.postings.push(unit, *term);
            }
        }
    }
}

/// A term that is searched for: its boost, and its weight with what it tells.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    term: Term,
    boost: f32,
    weight: f32,
    frequency: u64,
}

/// The terms of a query in order, each once with its highest boost, as far as there are any.
fn wanted(query: &[(Term, f32)], statistics: &Statistics) -> Vec<Wanted> {
    let mut terms = query.to_vec();
    terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    terms.dedup_by_key(|(term, _)| *term);
    let weigh = |(term, boost)| {
        let frequency = statistics.frequency(term);
        Wanted { term, boost, weight: boost * statistics.idf(frequency), frequency }
    };
    terms.into_iter().map(weigh).filter(|w| w.frequency > 0).collect()
}

/// Those that are searched for first: the rarest, in order.
fn telling(wanted: &[Wanted], statistics: &Statistics) -> Vec<Wanted> {
    let most = (statistics.sentences / COMMON_SHARE).max(FEW);
    let mut telling = wanted.to_vec();
    telling.sort_by_key(|w| (w.frequency, w.term));
    let mut read = 0;
    let is_affordable = |(at, w): (usize, &Wanted)| {
        read += w.frequency;
        at < LEAST_TERMS || w.frequency <= most && read <= MOST_READ
    };
    let count = telling.iter().enumerate().map(is_affordable).take_while(|x| *x).count();
    telling.truncate(count);
    telling.sort_by_key(|w| w.term);
    telling
}

/// What a term adds to the score of a passage.
fn in_passage(wanted: &Wanted, times: f32) -> f32 {
    wanted.weight * times * (K1 + 1.0) / (times + K1)
}

/// The best sentences of one source.
pub fn within(view: &View<'_>, source: SourceId, query: &[(Term, f32)], most: usize) -> Vec<(SentenceId, f32)> {
    let statistics = view.statistics();
    let scale = Scale::of(statistics);
    let opened = view.opened(source);
    let first = view.sentences_of(source).start;
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for wanted in wanted(query, statistics) {
        for (at, times) in opened.postings().of(wanted.term) {
            *scores.entry(*at).or_default() += scale.gain(&wanted, *times, opened.length(*at as usize));
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
    let score = |opened: &Opened, at: usize| {
        let words = &opened.sentence(at).analysis.words;
        let times = times(words, &order);
        times.iter().zip(&wanted).filter(|(times, _)| **times > 0).map(|(times, w)| scale.gain(w, *times, words.len())).sum()
    };
    let mut found = Vec::new();
    for passage in best_passages(view, &wanted, most) {
        let opened = view.opened(passage.source);
        let own = passage.first as usize..(passage.first + passage.count) as usize;
        let around = with_neighbours(own.clone(), opened.len());
        let scores: Vec<f32> = around.clone().map(|at| score(opened, at)).collect();
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

    fn gain(&self, wanted: &Wanted, times: u16, length: usize) -> f32 {
        let times = f32::from(times);
        wanted.weight * times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length as f32 / self.mean_length))
    }
}

/// The best passages, best first; ties in the order of the library.
///
/// At first only the rarest terms are searched for. If too many passages hold these alike, the
/// others must tell them apart.
fn best_passages(view: &View<'_>, wanted: &[Wanted], most: usize) -> Vec<Found> {
    let few = telling(wanted, view.statistics());
    if let Some(best) = clearly_best(view, &few, most, most + SPARE) {
        return best;
    }
    let mut asked = most + SPARE;
    loop {
        if let Some(best) = clearly_best(view, wanted, most, asked) {
            return best;
        }
        if asked > MOST_ALIKE {
            return fetch(view, wanted, most).ranked.into_iter().map(|(found, _)| found).collect();
        }
        asked *= 8;
    }
}

/// The passages that score higher than the one behind the first `asked`, if these are enough. Of
/// those that score as it does, there may be more than were looked at.
fn clearly_best(view: &View<'_>, wanted: &[Wanted], most: usize, asked: usize) -> Option<Vec<Found>> {
    let Fetched { mut ranked, is_all } = fetch(view, wanted, asked);
    if !is_all {
        let floor = ranked.last()?.1 * (1.0 + ROUNDING);
        ranked.truncate(ranked.partition_point(|(_, score)| *score > floor));
        if ranked.len() < most.min(ENOUGH) {
            return None;
        }
    }
    ranked.truncate(most);
    Some(ranked.into_iter().map(|(found, _)| found).collect())
}

/// Passages with their exact scores, best first.
struct Fetched {
    ranked: Vec<(Found, f32)>,
    /// There are no others.
    is_all: bool,
}

/// The best passages, wherever they are.
fn fetch(view: &View<'_>, wanted: &[Wanted], asked: usize) -> Fetched {
    let mut ranked = best_in_memory(view.memory(), wanted, asked);
    let mut is_all = ranked.len() < asked;
    if let Some(disk) = view.disk() {
        let order: FxHashMap<Term, usize> = wanted.iter().enumerate().map(|(at, w)| (w.term, at)).collect();
        let query: Vec<(Term, f32)> = wanted.iter().map(|w| (w.term, w.boost)).collect();
        let mut with_gone = asked;
        loop {
            let hits = disk.passages(&query, with_gone, view.statistics()).unwrap_or_default();
            let found: Vec<Found> = hits.iter().filter_map(|(passage, _)| in_library(view, *passage)).collect();
            if found.len() >= asked || hits.len() < with_gone {
                is_all &= hits.len() < with_gone;
                ranked.extend(found.into_iter().map(|found| (found, exact(view, found, wanted, &order))));
                break;
            }
            with_gone += hits.len() - found.len();
        }
    }
    rank(&mut ranked, asked);
    is_all &= ranked.len() < asked;
    Fetched { ranked, is_all }
}

fn rank(ranked: &mut Vec<(Found, f32)>, most: usize) {
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(most);
}

fn best_in_memory(memory: &Memory, wanted: &[Wanted], most: usize) -> Vec<(Found, f32)> {
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for wanted in wanted {
        for (unit, times) in memory.postings.of(wanted.term) {
            *scores.entry(*unit).or_default() += in_passage(wanted, f32::from(*times));
        }
    }
    let mut ranked: Vec<(Found, f32)> = scores.into_iter().map(|(unit, score)| (memory.passages[unit as usize], score)).collect();
    rank(&mut ranked, most);
    ranked
}

/// A passage of the index, if its source is still what it was.
fn in_library(view: &View<'_>, passage: Passage) -> Option<Found> {
    let Passage { source, first, count } = passage;
    view.by_number(source).map(|source| Found { source, first, count })
}

/// The score of a passage from its words. Sums are made in the order of the terms, as in memory.
fn exact(view: &View<'_>, found: Found, wanted: &[Wanted], order: &FxHashMap<Term, usize>) -> f32 {
    let opened = view.opened(found.source);
    let mut all = vec![0u16; order.len()];
    for at in found.first as usize..((found.first + found.count) as usize).min(opened.len()) {
        for (all, here) in all.iter_mut().zip(times(&opened.sentence(at).analysis.words, order)) {
            *all = all.saturating_add(here);
        }
    }
    all.iter().zip(wanted).filter(|(times, _)| **times > 0).map(|(times, w)| in_passage(w, f32::from(*times))).sum()
}

/// The sentences in which a phrase begins.
pub fn phrase(view: &View<'_>, terms: &[Term], most: usize) -> Vec<SentenceId> {
    let Some(rarest) = terms.iter().min_by_key(|term| view.frequency(**term)) else { return Vec::new() };
    let memory = view.memory();
    let mut places: Vec<Found> = memory.postings.of(*rarest).iter().map(|(unit, _)| memory.passages[*unit as usize]).collect();
    let on_disk = view.disk().and_then(|disk| disk.phrase(terms).ok()).unwrap_or_default();
    places.extend(on_disk.into_iter().filter_map(|passage| in_library(view, passage)));
    places.sort_unstable();
    places.into_iter().filter_map(|found| begin(view, found, terms)).take(most).collect()
}

/// The sentence of a passage in which a phrase begins.
fn begin(view: &View<'_>, found: Found, terms: &[Term]) -> Option<SentenceId> {
    let opened = view.opened(found.source);
    let start = view.sentences_of(found.source).start;
    let range = found.first as usize..((found.first + found.count) as usize).min(opened.len());
    let words: Vec<(usize, Term)> =
        range.flat_map(|at| opened.sentence(at).analysis.words.iter().map(move |word| (at, word.term))).collect();
    let is_here = |window: &&[(usize, Term)]| window.iter().map(|(_, term)| term).eq(terms);
    words.windows(terms.len()).find(is_here).map(|window| SentenceId(start + window[0].0))
}
