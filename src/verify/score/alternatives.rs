//! Alternatives: words of one kind of which only one can stand in a place ("painter" or
//! "architect", "Maryland" or "Delaware").
//!
//! A curated table. That the source has another word of the kind where the claim has its own is a
//! sign against the claim, and no proof.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::words::{Term, Word, term};
use crate::verify::words::WordTable;

/// How many words of the claim the source has nowhere, while `theirs` has another word of the
/// same kind that the claim lacks.
#[must_use]
pub fn replaced(own: &[Word], theirs: &FxHashSet<Term>, is_in_source: impl Fn(Term) -> bool) -> usize {
    let in_claim = |t: Term| own.iter().any(|w| w.term == t);
    let mut rivals: Vec<u8> = theirs.iter().filter(|t| !in_claim(**t)).flat_map(|t| kinds(*t)).copied().collect();
    rivals.sort_unstable();
    own.iter()
        .filter(|w| {
            kinds(w.term).iter().any(|k| rivals.binary_search(k).is_ok()) && !theirs.contains(&w.term) && !is_in_source(w.term)
        })
        .count()
}

fn kinds(word: Term) -> &'static [u8] {
    static TABLE: LazyLock<WordTable<u8>> = LazyLock::new(|| {
        let lines = (0u8..).zip(include_str!("alternatives.txt").lines());
        WordTable::of(lines.flat_map(|(kind, words)| words.split(' ').map(move |word| (term(word), kind))))
    });
    TABLE.get(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn count(claim: &str, source: &str) -> usize {
        let theirs: FxHashSet<Term> = words(source).iter().map(|w| w.term).collect();
        replaced(&words(claim), &theirs, |_| false)
    }

    #[test]
    fn another_word_of_the_kind_replaces_the_claims() {
        assert_eq!(count("It is about an architect.", "The life of a painter."), 1);
        assert_eq!(count("He was born in Delaware.", "He was born in Maryland."), 1);
    }

    #[test]
    fn words_that_both_have_or_of_other_kinds_do_not() {
        assert_eq!(count("A painter and an architect met.", "The painter met the architect."), 0);
        assert_eq!(count("It is about an architect.", "It was born in Maryland."), 0);
    }
}
