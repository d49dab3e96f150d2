//! Words of other languages: what common words of news and reports are in Spanish, French and
//! German.
//!
//! A small curated table: English words, and behind the colon those of the other languages, in the forms in which
//! they are used. It is looked into for sources in another language only, where a word
//! found through it counts like one of nearly the same meaning. It bears claims out; nothing is
//! held against a claim by it alone.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

/// Words of other languages for an English one.
#[must_use]
pub fn translations(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<FxHashMap<Term, Vec<Term>>> = LazyLock::new(table);
    TABLE.get(&word).map_or(&[], Vec::as_slice)
}

fn table() -> FxHashMap<Term, Vec<Term>> {
    let mut found: FxHashMap<Term, Vec<Term>> = FxHashMap::default();
    for (english, others) in include_str!("translations.txt").lines().filter_map(|line| line.split_once(':')) {
        for word in english.split(' ') {
            let list = found.entry(term(word)).or_default();
            list.extend(others.split_whitespace().map(term));
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
    fn words_are_found_in_the_forms_in_which_they_are_used() {
        assert!(translations(term("drivers")).contains(&term("conductores")));
        assert!(translations(term("elections")).contains(&term("Wahlen")));
        assert!(translations(term("late")).contains(&term("retards")));
        assert!(translations(term("crane")).is_empty());
    }
}
