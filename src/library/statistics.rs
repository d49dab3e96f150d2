//! How often terms occur in the sentences of a library, exactly, whatever was added and removed.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::record::{Summary, Terms};
use crate::text::words::Term;

/// Counts of sentences and words, and in how many sentences each term occurs.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    pub sentences: u64,
    pub words: u64,
    /// What is on disk.
    kept: Arc<SavedStatistics>,
    /// What has come and gone since.
    since: FxHashMap<Term, i64>,
}

/// Terms in order, with the number of sentences they occur in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SavedStatistics {
    pub sentences: u64,
    pub words: u64,
    terms: Vec<u64>,
    counts: Vec<u32>,
}

/// Differences, to be added up on several threads.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    pub sentences: i64,
    pub words: i64,
    pub terms: FxHashMap<Term, i64>,
}

impl Delta {
    /// Counts the sentences of a source in (`sign` 1) or out (-1).
    pub fn count(&mut self, summary: &Summary, terms: &Terms, sign: i64) {
        self.sentences += sign * i64::from(summary.sentences);
        self.words += sign * i64::from(summary.words);
        let mut seen: Vec<Term> = Vec::new();
        for sentence in terms {
            seen.clear();
            seen.extend_from_slice(sentence);
            seen.sort_unstable();
            seen.dedup();
            for term in &seen {
                *self.terms.entry(*term).or_default() += sign;
            }
        }
    }

    pub fn join(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        #[expect(clippy::iter_over_hash_type, reason = "sums have no order")]
        for (term, count) in other.terms {
            *self.terms.entry(term).or_default() += count;
        }
    }
}

impl Statistics {
    /// In how many sentences a term occurs.
    #[must_use]
    pub fn frequency(&self, term: Term) -> u64 {
        let kept = self.kept.terms.binary_search(&term.0).map_or(0, |at| self.kept.counts[at]);
        let since = if self.since.is_empty() { 0 } else { self.since.get(&term).copied().unwrap_or_default() };
        u64::try_from(i64::from(kept) + since).unwrap_or_default()
    }

    /// BM25's inverse document frequency over sentences.
    #[must_use]
    pub fn idf(&self, frequency: u64) -> f32 {
        let (n, f) = (self.sentences as f32, frequency as f32);
        (1.0 + (n - f + 0.5) / (f + 0.5)).ln()
    }

    pub fn add(&mut self, delta: Delta) {
        self.sentences = self.sentences.saturating_add_signed(delta.sentences);
        self.words = self.words.saturating_add_signed(delta.words);
        #[expect(clippy::iter_over_hash_type, reason = "sums have no order")]
        for (term, count) in delta.terms {
            *self.since.entry(term).or_default() += count;
        }
        self.since.retain(|_, count| *count != 0);
    }

    /// The same counts in the form that is kept on disk.
    #[must_use]
    pub fn to_kept(&self) -> SavedStatistics {
        let mut since: Vec<(u64, i64)> = self.since.iter().map(|(term, count)| (term.0, *count)).collect();
        since.sort_unstable();
        let mut kept = SavedStatistics { sentences: self.sentences, words: self.words, ..SavedStatistics::default() };
        let mut push = |term: u64, count: i64| {
            if let Some(count) = u32::try_from(count).ok().filter(|count| *count > 0) {
                kept.terms.push(term);
                kept.counts.push(count);
            }
        };
        let mut since = since.into_iter().peekable();
        for (term, count) in self.kept.terms.iter().copied().zip(&self.kept.counts) {
            while let Some((new, count)) = since.next_if(|(new, _)| *new < term) {
                push(new, count);
            }
            let more = since.next_if(|(new, _)| *new == term).map_or(0, |(_, count)| count);
            push(term, i64::from(*count) + more);
        }
        since.for_each(|(term, count)| push(term, count));
        kept
    }

    #[must_use]
    pub fn of_kept(kept: SavedStatistics) -> Self {
        Self { sentences: kept.sentences, words: kept.words, kept: Arc::new(kept), since: FxHashMap::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delta(terms: &[(u64, i64)]) -> Delta {
        Delta { sentences: 1, words: 2, terms: terms.iter().map(|(term, count)| (Term(*term), *count)).collect() }
    }

    #[test]
    fn what_is_kept_counts_the_same() {
        let mut statistics = Statistics::default();
        statistics.add(delta(&[(5, 2), (9, 1)]));
        statistics = Statistics::of_kept(statistics.to_kept());
        statistics.add(delta(&[(3, 1), (5, -2), (9, 4), (12, 1)]));
        let kept = Statistics::of_kept(statistics.to_kept());
        for statistics in [statistics, kept] {
            let counts: Vec<u64> = [3, 5, 9, 12, 13].map(|term| statistics.frequency(Term(term))).to_vec();
            assert_eq!(counts, [1, 0, 5, 1, 0]);
            assert_eq!((statistics.sentences, statistics.words), (2, 4));
        }
    }
}
