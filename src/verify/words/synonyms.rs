//! Words that say nearly the same: a curated table of groups, for matching only.
//!
//! A word found through this table counts less than the word itself. The groups were written for
//! news and reports; country names stand with their adjectives.

use std::sync::LazyLock;

use super::WordTable;
use crate::text::words::{Term, term};

/// Words with nearly the meaning of this one.
#[must_use]
pub fn synonyms(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<WordTable<Term>> = LazyLock::new(|| {
        let groups = include_str!("synonyms.txt").lines().map(|group| group.split(' ').map(term).collect::<Vec<_>>());
        WordTable::of(groups.flat_map(|group| {
            let pairs = group.iter().flat_map(|a| group.iter().filter(move |b| *b != a).map(|b| (*a, *b)));
            pairs.collect::<Vec<_>>()
        }))
    });
    TABLE.get(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_go_both_ways_and_through_inflections() {
        assert!(synonyms(term("vessels")).contains(&term("ship")));
        assert!(synonyms(term("French")).contains(&term("France")));
        assert!(synonyms(term("crane")).is_empty());
    }
}
