//! The search index: an inverted index over sentences, ranked by BM25 (Robertson and Zaragoza,
//! "The Probabilistic Relevance Framework", 2009), in memory.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{SentenceId, SourceSentence};
use crate::text::words::Term;

/// BM25's saturation and length parameters; sentences differ little in length.
const K1: f32 = 1.2;
const B: f32 = 0.4;
/// What a sentence gains from the score of each neighbour: a passage is read with its context.
const NEIGHBOUR: f32 = 0.25;

#[derive(Debug, Default)]
pub struct Index {
    /// Sentences that hold a term, in order, with the number of times.
    postings: FxHashMap<Term, Vec<(u32, u16)>>,
    lengths: Vec<u16>,
    mean_length: f32,
}

impl Index {
    pub fn new(sentences: &[SourceSentence]) -> Self {
        let mut index = Self::default();
        let mut total = 0usize;
        for (at, sentence) in sentences.iter().enumerate() {
            for word in &sentence.analysis.words {
                let list = index.postings.entry(word.term).or_default();
                match list.last_mut() {
                    Some((last, times)) if *last == at as u32 => *times = times.saturating_add(1),
                    _ => list.push((at as u32, 1)),
                }
            }
            total += sentence.analysis.words.len();
            index.lengths.push(sentence.analysis.words.len().min(usize::from(u16::MAX)) as u16);
        }
        index.mean_length = total as f32 / sentences.len().max(1) as f32;
        index
    }

    pub fn frequency(&self, term: Term) -> usize {
        self.postings.get(&term).map_or(0, Vec::len)
    }

    pub fn weight(&self, term: Term) -> f32 {
        self.idf(self.frequency(term)) / self.idf(0)
    }

    fn idf(&self, frequency: usize) -> f32 {
        let (n, f) = (self.lengths.len() as f32, frequency as f32);
        (1.0 + (n - f + 0.5) / (f + 0.5)).ln()
    }

    pub fn search(
        &self,
        query: &[(Term, f32)],
        sentences: &[SourceSentence],
        within: Range<usize>,
        most: usize,
    ) -> Vec<(SentenceId, f32)> {
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        let mut terms = query.to_vec();
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        terms.dedup_by_key(|(term, _)| *term);
        for (term, boost) in terms {
            let Some(list) = self.postings.get(&term) else { continue };
            let weight = boost * self.idf(list.len());
            let first = list.partition_point(|(at, _)| (*at as usize) < within.start);
            for (at, times) in list[first..].iter().take_while(|(at, _)| (*at as usize) < within.end) {
                let times = f32::from(*times);
                let length = f32::from(self.lengths[*at as usize]) / self.mean_length;
                let gain = weight * times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length));
                *scores.entry(*at).or_default() += gain;
            }
        }
        let mut ranked: Vec<(SentenceId, f32)> = scores
            .iter()
            .map(|(at, score)| {
                let around = [at.wrapping_sub(1), at + 1]
                    .into_iter()
                    .filter(|near| sentences.get(*near as usize).is_some_and(|s| s.source == sentences[*at as usize].source));
                let context: f32 = around.filter_map(|near| scores.get(&near)).sum();
                (SentenceId(*at as usize), score + NEIGHBOUR * context)
            })
            .collect();
        let by_rank = |a: &(SentenceId, f32), b: &(SentenceId, f32)| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
        if ranked.len() > most && most > 0 {
            ranked.select_nth_unstable_by(most - 1, by_rank);
            ranked.truncate(most);
        }
        ranked.sort_by(by_rank);
        ranked
    }
}
