//! An inverted index in memory, over any units of text.

use rustc_hash::FxHashMap;

use crate::text::words::Term;

/// Units that hold a term, in order, with the number of times.
#[derive(Debug, Default)]
pub struct Postings(FxHashMap<Term, Vec<(u32, u16)>>);

impl Postings {
    /// Adds a term of the unit with the highest number so far.
    pub fn push(&mut self, unit: u32, term: Term) {
        let list = self.0.entry(term).or_default();
        match list.last_mut() {
            Some((last, times)) if *last == unit => *times = times.saturating_add(1),
            _ => list.push((unit, 1)),
        }
    }

    /// The units that hold a term, with the number of times.
    pub fn of(&self, term: Term) -> &[(u32, u16)] {
        self.0.get(&term).map_or(&[], Vec::as_slice)
    }
}
