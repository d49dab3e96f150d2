//! Opposites: pairs of words that cannot both be true in the same place.
//!
//! A curated table, and words that differ by a prefix that denies ("specified", "unspecified").

use std::sync::LazyLock;

use super::WordTable;
use crate::text::words::{Term, Word, term};

static ALL: LazyLock<WordTable<Term>> = LazyLock::new(|| table(&[STRONG, WEAK]));
static ONLY_STRONG: LazyLock<WordTable<Term>> = LazyLock::new(|| table(&[STRONG]));

/// The opposites of one word.
pub struct Opposites {
    listed: &'static [Term],
    prefixed: Vec<Term>,
}

impl Opposites {
    /// The opposites of a word of `text`: those of the table, and what a prefix makes of it.
    #[must_use]
    pub fn of(text: &str, word: &Word) -> Self {
        Self { listed: opposites(word.term), prefixed: prefixed(text, word) }
    }

    pub fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.listed.iter().chain(&self.prefixed).copied()
    }
}

fn opposites(word: Term) -> &'static [Term] {
    ALL.get(word)
}

/// "unhappy" for "happy", and the other way round. Names have no opposites.
fn prefixed(text: &str, word: &Word) -> Vec<Term> {
    const PREFIXES: [&str; 7] = ["un", "in", "im", "non", "dis", "ir", "il"];
    const SHORTEST: usize = 4;
    let raw = word.span.of(text);
    if word.is_stop || word.is_capital || word.has_digit || raw.len() < SHORTEST || raw.len() > 20 {
        return Vec::new();
    }
    let lower = raw.to_lowercase();
    let without = PREFIXES.iter().filter_map(|p| lower.strip_prefix(p)).filter(|rest| rest.len() >= SHORTEST).map(term);
    let with = PREFIXES.iter().map(|p| term(&format!("{p}{lower}")));
    without.chain(with).filter(|t| *t != word.term).collect()
}

/// Its opposites that leave no doubt.
#[must_use]
pub fn strong_opposites(word: Term) -> &'static [Term] {
    ONLY_STRONG.get(word)
}

fn table(lists: &[&'static str]) -> WordTable<Term> {
    let pairs = lists.iter().flat_map(|list| list.lines()).filter_map(|pair| pair.split_once(" / "));
    let words =
        pairs.flat_map(|(ones, others)| ones.split(' ').flat_map(move |a| others.split(' ').map(move |b| (term(a), term(b)))));
    WordTable::of(words.filter(|(a, b)| a != b).flat_map(|(a, b)| [(a, b), (b, a)]))
}

/// Opposites that contradict a claim wherever the rest of it is said.
const STRONG: &str = include_str!("strong-antonyms.txt");

/// Opposites that only speak against a claim: their words have other senses too.
const WEAK: &str = include_str!("weak-antonyms.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn a_prefix_makes_an_opposite() {
        let of = |text: &str| Opposites::of(text, &words(text)[0]).terms().collect::<Vec<_>>();
        assert!(of("unspecified").contains(&term("specified")));
        assert!(of("legal").contains(&term("illegal")));
        assert!(of("Unity").is_empty());
    }

    #[test]
    fn opposites_go_both_ways_and_through_inflections() {
        assert!(opposites(term("rose")).contains(&term("falling")));
        assert!(opposites(term("fell")).contains(&term("rises")));
        assert!(opposites(term("before")).contains(&term("after")));
        assert!(opposites(term("mill")).is_empty());
    }
}
