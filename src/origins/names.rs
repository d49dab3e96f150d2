//! Names of those whose word something is: people, bodies, papers.

use crate::source::Source;
use crate::text::words::{Term, Word, words};
use crate::verify::words::WordSet;
use crate::verify::words::offices::{is_position, is_title};

/// A name by the words that tell it apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name(Vec<Term>);

/// What bodies are called, which says by itself not which one.
pub static BODIES: WordSet = WordSet::forms(
    "ministry ministries department agency authority authorities police prosecutors prosecutor court tribunal government \
     council commission committee company firm bank union party embassy navy army inquiry inquest parliament office \
     bureau regulator operator institute university hospital team newspaper paper magazine station broadcaster charity \
     laboratory registry registrar observatory group association foundation corporation board fund service",
);

impl Name {
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::of_words(&words(name))
    }

    /// Titles, offices, initials and particles are no part of it.
    #[must_use]
    pub fn of_words(words: &[Word]) -> Self {
        Self(
            words
                .iter()
                .filter(|word| word.span.len() > 1 && !word.is_stop && !is_title(word) && !is_position(word))
                .map(|word| word.term)
                .collect(),
        )
    }

    /// Its word, if it has just one.
    #[must_use]
    pub fn only(&self) -> Option<Term> {
        match self.0[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether it says enough to be nobody else's.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.0.len() > 2
    }

    #[must_use]
    pub fn has(&self, word: Term) -> bool {
        self.0.contains(&word)
    }

    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether both can be the name of one: all words of the shorter one are in the other in their order, and it is a
    /// surname or says enough.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        let mut rest = long.iter();
        let is_within = !short.is_empty() && short.iter().all(|term| rest.any(|other| other == term));
        is_within && (short.len() > 1 || long.len() <= 2)
    }
}

/// The names by which others may call a source: of who published or wrote it, of the paper at its head, of its file.
pub fn of_source(source: &Source) -> Vec<Name> {
    /// A masthead is one of the first lines: "The Northern Courier", "By Oriel Pashko, Tarna Sentinel, March 15".
    const LINES: usize = 4;
    const LONGEST: usize = 5;
    let metadata = [&source.metadata.publisher, &source.metadata.author].into_iter().flatten().map(String::as_str);
    let authors = source.metadata.author.iter().flat_map(|authors| authors.split([',', ';'])).filter(|name| name.contains(' '));
    let lines = source.layout.visible.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    // The head of a mail names whom it is for.
    let is_mail = source.file.ends_with(".eml") || source.file.ends_with(".mbox");
    let lines = lines.take(if is_mail { 0 } else { LINES });
    let parts = lines.flat_map(|line| line.split(['—', '–', '|', ',', '(', ')', '·', ':'])).map(str::trim);
    let is_name = |part: &&str| {
        let words = words(part);
        let (named, all) =
            (words.iter().filter(|word| word.is_capital).count(), words.iter().filter(|word| !word.is_stop).count());
        named >= 2 && named >= all && all <= LONGEST && !part.contains(|c: char| c.is_ascii_digit())
    };
    let stem: String = source
        .stem()
        .split(['_', '-', ' '])
        .filter(|part| !part.contains(|c: char| c.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ");
    let title = source.metadata.title.as_deref().unwrap_or_default();
    let site = title.rsplit_once(" - ").or_else(|| title.rsplit_once(" | ")).map(|(_, site)| site);
    let all = metadata.chain(authors).chain(parts.filter(is_name)).chain(site);
    all.map(Name::of).chain(Some(Name::of(&stem))).filter(Name::is_known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_by_its_file() {
        let source = Source { path: "sources/01_meridian_post.txt".to_owned(), ..Source::default() };
        assert!(of_source(&source).iter().any(|name| name.is(&Name::of("Meridian Post"))), "{:?}", of_source(&source));
    }

    #[test]
    fn short_forms_are_the_same_name() {
        for (one, two, same) in [
            ("the Ansel Lantern", "Ansel Lantern", true),
            ("Lantern", "Ansel Lantern", true),
            ("Minister Tobin Achterlund", "Achterlund", true),
            ("Ministry of Transport", "Ministry of Transport of Calverra", true),
            ("Calverra", "Ministry of Transport of Calverra", false),
            ("Ines Varga", "Ada Varga", false),
            ("the", "Ansel Lantern", false),
        ] {
            assert_eq!(Name::of(one).is(&Name::of(two)), same, "{one} / {two}");
            assert_eq!(Name::of(two).is(&Name::of(one)), same, "{two} / {one}");
        }
    }
}
