//! Words by what they do in a sentence: one type for sets of words, and the sets that more than one
//! comparison looks into. What only one comparison needs stands in its own file.

pub mod antonyms;
pub mod estimates;
pub mod negations;
pub mod offices;
pub mod saying;
pub mod synonyms;
pub mod translations;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::text::Span;
use crate::text::words::{Term, Word, form, term};

/// A set of words, written as one text with spaces between them.
pub struct WordSet {
    words: &'static str,
    key: fn(&Word) -> Term,
    of: fn(&str) -> Term,
    /// Sorted.
    members: OnceLock<Vec<Term>>,
}

impl WordSet {
    /// These very words, in any case.
    pub const fn forms(words: &'static str) -> Self {
        Self { words, key: |word| word.form, of: form, members: OnceLock::new() }
    }

    /// These words in all their inflections.
    pub const fn stems(words: &'static str) -> Self {
        Self { words, key: |word| word.term, of: term, members: OnceLock::new() }
    }

    pub fn has(&self, word: &Word) -> bool {
        let members = self.members.get_or_init(|| {
            let mut members: Vec<Term> = self.words.split_whitespace().map(self.of).collect();
            members.sort_unstable();
            members
        });
        members.binary_search(&(self.key)(word)).is_ok()
    }

    pub fn is_in(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether the word at this place is there and one of the set.
    pub fn has_at(&self, words: &[Word], at: usize) -> bool {
        words.get(at).is_some_and(|word| self.has(word))
    }

    pub fn position(&self, words: &[Word]) -> Option<usize> {
        words.iter().position(|word| self.has(word))
    }
}

/// What belongs to each of some words, such as their synonyms: sorted, and each once.
pub struct WordTable<T>(FxHashMap<Term, Vec<T>>);

impl<T: Ord> WordTable<T> {
    pub fn of(entries: impl Iterator<Item = (Term, T)>) -> Self {
        let mut table: FxHashMap<Term, Vec<T>> = FxHashMap::default();
        for (word, entry) in entries {
            let list = table.entry(word).or_default();
            if let Err(at) = list.binary_search(&entry) {
                list.insert(at, entry);
            }
        }
        Self(table)
    }

    pub fn get(&self, word: Term) -> &[T] {
        self.0.get(&word).map_or(&[], Vec::as_slice)
    }
}

/// Whether a word is one of a few that only one place asks for: `is_one_of!(word, "and or but")`.
macro_rules! is_one_of {
    ($word:expr, $words:literal) => {{
        static WORDS: $crate::verify::words::WordSet = $crate::verify::words::WordSet::forms($words);
        WORDS.has($word)
    }};
}
pub(crate) use is_one_of;

/// What stands between a word and the one before it.
pub fn gap<'t>(text: &'t str, words: &[Word], at: usize) -> &'t str {
    Span::new(words[at - 1].span.end, words[at].span.start).of(text)
}

/// Words that tell something by themselves.
pub fn informative(words: &[Word]) -> impl DoubleEndedIterator<Item = &Word> {
    words.iter().filter(|word| !word.is_stop)
}

/// Whether one of some words is the word itself.
pub fn has_term(words: &[Word], term: Term) -> bool {
    words.iter().any(|word| word.term == term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn forms_are_the_words_themselves_and_stems_all_their_inflections() {
        static FORMS: WordSet = WordSet::forms("deny can't");
        static STEMS: WordSet = WordSet::stems("deny");
        let has = |set: &WordSet, word: &str| set.is_in(&words(word));
        assert!(has(&FORMS, "Deny") && has(&FORMS, "can’t") && !has(&FORMS, "denied"));
        assert!(has(&STEMS, "denied") && has(&STEMS, "denies") && !has(&STEMS, "allow"));
    }
}
