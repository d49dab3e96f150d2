//! Words that say nearly the same: a curated table of groups, for matching only.
//!
//! A word found through this table counts less than the word itself. The groups were written for
//! news and reports; country names stand with their adjectives.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

/// Words with nearly the meaning of this one.
#[must_use]
pub fn synonyms(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<FxHashMap<Term, Vec<Term>>> = LazyLock::new(table);
    TABLE.get(&word).map_or(&[], Vec::as_slice)
}

fn table() -> FxHashMap<Term, Vec<Term>> {
    let mut found: FxHashMap<Term, Vec<Term>> = FxHashMap::default();
    for group in include_str!("synonyms.txt").lines() {
        let terms: Vec<Term> = group.split(' ').map(term).collect();
        for a in &terms {
            let list = found.entry(*a).or_default();
            list.extend(terms.iter().filter(|b| *b != a));
            list.sort_unstable();
            list.dedup();
        }
    }
    found
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
