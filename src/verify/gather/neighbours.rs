//! Neighbours: the words around a slot, by which places of two sentences are compared.

use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// The informative words around a slot, nearest first.
pub struct Neighbours {
    before: Vec<Term>,
    after: Vec<Term>,
}

impl Neighbours {
    const REACH: usize = 4;

    pub fn of(analysis: &Analysis, slot: Span) -> Self {
        let informative = |w: &&Word| !w.is_stop && !w.has_digit;
        let before = analysis.words.iter().rev().skip_while(|w| w.span.end > slot.start).filter(informative);
        let after = analysis.words.iter().skip_while(|w| w.span.start < slot.end).filter(informative);
        Self {
            before: before.take(Self::REACH).map(|w| w.term).collect(),
            after: after.take(Self::REACH).map(|w| w.term).collect(),
        }
    }

    /// Whether the word right before or right behind is the same.
    pub fn touches(&self, other: &Self) -> bool {
        let same = |a: &[Term], b: &[Term]| !a.is_empty() && a.first() == b.first();
        same(&self.before, &other.before) || same(&self.after, &other.after)
    }

    /// Whether the word right before is the same.
    pub fn follows_the_same(&self, other: &Self) -> bool {
        !self.before.is_empty() && self.before.first() == other.before.first()
    }

    /// How alike two places are: the word right behind counts double (it is what is counted),
    /// unless it is only the unit.
    pub fn agreement(&self, other: &Self, first_is_unit: bool) -> usize {
        let head = |n: &Self| n.after.first().copied();
        let same_head = head(self).is_some() && head(self) == head(other);
        let shared = |a: &[Term], b: &[Term]| a.iter().filter(|t| b.contains(t)).count();
        let around = shared(&self.before, &other.before) + shared(&self.after, &other.after);
        let crossed = shared(&self.before, &other.after) + shared(&self.after, &other.before);
        usize::from(same_head && !first_is_unit) + around + crossed / 2
    }
}
