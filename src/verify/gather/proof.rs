//! Proofs: items of a claim that a source bears out otherwise than by the same words, such as the
//! sum of its numbers, or the cell under a header.

use std::collections::BTreeMap;

use crate::verify::gather::candidate::Mask;
use crate::verify::verification::Conflict;

/// What was borne out, and by which sentences of the library.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    held: BTreeMap<usize, Mask>,
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
    pub fn held_by(&self, at: usize) -> Mask {
        self.held.get(&at).copied().unwrap_or(0)
    }

    /// The sentences that bear something out, in their order.
    pub fn sentences(&self) -> impl Iterator<Item = usize> + '_ {
        self.held.keys().copied()
    }

    /// Adds all of another proof.
    pub fn join(&mut self, other: &Self) {
        other.held.iter().for_each(|(at, items)| self.add(*at, *items));
    }
}

/// What was read out of tables or calculated: what agrees is evidence, what does not is a conflict.
#[derive(Debug, Default)]
pub struct Derivation {
    pub proof: Proof,
    pub conflicts: Vec<Conflict>,
}
