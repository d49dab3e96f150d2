//! Proofs: items of a claim that a source bears out otherwise than by the same words, such as the
//! sum of its numbers, or the cell under a header.

use rustc_hash::FxHashMap;

use super::items::Mask;

/// What was borne out, and by which sentences of the library.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    held: FxHashMap<usize, Mask>,
    /// Every item that is borne out.
    pub all: Mask,
}

impl Proof {
    /// The sentence `at` bears out these items.
    pub fn add(&mut self, at: usize, items: Mask) {
        *self.held.entry(at).or_default() |= items;
        self.all |= items;
    }

    /// What the sentence `at` bears out.
    #[must_use]
    pub fn held_by(&self, at: usize) -> Mask {
        self.held.get(&at).copied().unwrap_or(0)
    }

    /// The sentences that bear something out, in their order.
    #[must_use]
    pub fn sentences(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.held.keys().copied().collect();
        found.sort_unstable();
        found
    }

    /// Adds all of another proof.
    pub fn join(&mut self, other: &Self) {
        other.held.iter().for_each(|(at, items)| self.add(*at, *items));
    }
}
