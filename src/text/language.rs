//! The languages whose words for numbers and dates are known, and the form of the tables of such words.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Spanish,
    French,
    German,
    Italian,
    Portuguese,
}

/// The words of one language for a list of things, such as the months of the year.
#[derive(Debug)]
pub struct Vocabulary {
    pub language: Language,
    /// In small letters: a bar between the things, a space between the words for one thing. A thing for which the language
    /// has no word, or we know none, has an empty place.
    pub words: &'static str,
    /// Every word of every text is looked up.
    table: OnceLock<FxHashMap<&'static str, usize>>,
}

impl Vocabulary {
    #[must_use]
    pub const fn new(language: Language, words: &'static str) -> Self {
        Self { language, words, table: OnceLock::new() }
    }

    /// Which of the things a word in small letters names.
    #[must_use]
    pub fn position(&self, word: &str) -> Option<usize> {
        let table = self.table.get_or_init(|| {
            let mut table = FxHashMap::default();
            self.entries().for_each(|(at, word)| _ = table.entry(word).or_insert(at));
            table
        });
        table.get(word).copied()
    }

    /// All the words, with the thing that each names.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &'static str)> {
        self.words.split('|').enumerate().flat_map(|(at, words)| words.split_whitespace().map(move |word| (at, word)))
    }
}

/// Which of the things a word names in any of the languages.
#[must_use]
pub fn position(vocabularies: &[Vocabulary], word: &str) -> Option<usize> {
    vocabularies.iter().find_map(|v| v.position(word))
}

/// Whether any of the languages has a word.
#[must_use]
pub fn has(vocabularies: &[Vocabulary], word: &str) -> bool {
    position(vocabularies, word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_its_thing() {
        let table =
            [Vocabulary::new(Language::English, "one | two pair | three"), Vocabulary::new(Language::Spanish, " | dos | tres")];
        for (word, expected) in [("one", Some(0)), ("pair", Some(1)), ("tres", Some(2)), ("four", None), ("", None), ("|", None)]
        {
            assert_eq!(position(&table, word), expected, "{word}");
        }
        assert_eq!(table[1].entries().collect::<Vec<_>>(), [(1, "dos"), (2, "tres")]);
    }
}
