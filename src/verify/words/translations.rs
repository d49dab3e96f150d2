//! Words of other languages: what common words of news and reports are in Spanish, French and
//! German.
//!
//! A small curated table: English words, and behind the colon those of the other languages, in the forms in which
//! they are used. It is looked into for sources in another language only, where a word
//! found through it counts like one of nearly the same meaning. It bears claims out; nothing is
//! held against a claim by it alone.

use std::sync::LazyLock;

use super::WordTable;
use crate::text::words::{Term, term};

/// Words of other languages for an English one.
#[must_use]
pub fn translations(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<WordTable<Term>> = LazyLock::new(|| {
        let lines = include_str!("translations.txt").lines().filter_map(|line| line.split_once(':'));
        WordTable::of(lines.flat_map(|(english, others)| {
            let others = move || others.split_whitespace().map(term);
            english.split(' ').flat_map(move |word| others().map(move |other| (term(word), other)))
        }))
    });
    TABLE.get(word)
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
