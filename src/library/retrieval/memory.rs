//! The passages of sources that are in memory.

use rustc_hash::FxHashMap;

use super::{Place, QueryTerm};
use crate::library::postings::Postings;
use crate::library::record::Terms;
use crate::library::{SourceId, passages};
use crate::text::words::Term;

/// Passages by their terms.
#[derive(Debug, Default)]
pub struct Memory {
    passages: Vec<Place>,
    postings: Postings,
}

impl Memory {
    pub fn add(&mut self, source: SourceId, terms: &Terms) {
        for passage in passages::passages(terms.iter().map(|sentence| sentence.len())) {
            let unit = self.passages.len() as u32;
            self.passages.push(Place { source, first: passage.start as u32, count: passage.len() as u32 });
            for term in terms[passage].iter().flatten() {
                self.postings.push(unit, *term);
            }
        }
    }

    /// The passages that hold a term.
    pub(super) fn holding(&self, term: Term) -> impl Iterator<Item = Place> {
        self.postings.of(term).iter().map(|(unit, _)| self.passages[*unit as usize])
    }

    /// Scores all passages that hold any of the terms.
    pub(super) fn score(&self, wanted: &[QueryTerm], mut scored: impl FnMut(Place, f32)) {
        let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
        for wanted in wanted {
            for (unit, times) in self.postings.of(wanted.term) {
                *scores.entry(*unit).or_default() += wanted.gain(u32::from(*times));
            }
        }
        scores.into_iter().for_each(|(unit, score)| scored(self.passages[unit as usize], score));
    }
}
