//! Aliases: other names of one thing. Some are given in the settings, some are common knowledge, and
//! sources define most acronyms themselves: "the Food Agency of Ilvane (FAI)".

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;
use crate::text::words::{Term, Word, words};

/// Aliases by the informative words of each of their names, which are a tree of words.
#[derive(Debug, Default)]
pub struct Aliases {
    /// The place behind another one and a word.
    next: FxHashMap<(u32, Term), u32>,
    /// The other names of the name that ends at a place.
    others: FxHashMap<u32, Vec<Other>>,
    known: FxHashSet<(u32, Box<[Term]>)>,
    places: u32,
}

/// Another name for the same thing, in informative words.
#[derive(Debug)]
struct Other {
    /// The how manieth alias it is.
    number: usize,
    words: Box<[Term]>,
}

/// A name has at most this many others; what is called by more is no name.
pub const MOST_OTHERS: usize = 100;

/// A library defines at most this many by itself.
const MOST_DEFINED: usize = 5_000;

impl Aliases {
    /// What everybody knows, and what the sources define.
    pub fn of<'a>(defined: impl Iterator<Item = &'a (Vec<Term>, Vec<Term>)>) -> Self {
        const COMMON: &[(&str, &str)] = &[
            ("US", "United States"),
            ("USA", "United States"),
            ("UK", "United Kingdom"),
            ("UN", "United Nations"),
            ("EU", "European Union"),
            ("WHO", "World Health Organization"),
            ("NYC", "New York City"),
            ("MP", "member of parliament"),
            ("CEO", "chief executive"),
            ("PM", "prime minister"),
        ];
        let mut found = Self::default();
        for (short, long) in COMMON {
            found.add(&informative(short), &informative(long));
        }
        for (short, long) in defined.take(MOST_DEFINED) {
            found.add(short, long);
        }
        found
    }

    /// Adds two names of one thing, in words. Says which of them has too many others already.
    pub fn add_named<'n>(&mut self, name: &'n str, other: &'n str) -> Option<&'n str> {
        let (a, b) = (informative(name), informative(other));
        let [left, right] = self.add(&a, &b);
        if !left { Some(name) } else { Some(other).filter(|_| !right) }
    }

    /// Whether there was room, for each of the two.
    fn add(&mut self, a: &[Term], b: &[Term]) -> [bool; 2] {
        if a.is_empty() {
            return [true; 2];
        }
        [(a, b), (b, a)].map(|(name, other)| {
            if name.is_empty() || other.is_empty() {
                return true;
            }
            let place = self.place(name);
            let others = self.others.entry(place).or_default();
            if self.known.contains(&(place, other.into())) {
                return true;
            }
            if others.len() == MOST_OTHERS {
                return false;
            }
            others.push(Other { number: self.known.len(), words: other.into() });
            self.known.insert((place, other.into()))
        })
    }

    /// The place at which a name ends.
    fn place(&mut self, name: &[Term]) -> u32 {
        name.iter().fold(0, |at, word| {
            let places = &mut self.places;
            *self.next.entry((at, *word)).or_insert_with(|| {
                *places += 1;
                *places
            })
        })
    }

    /// The aliases that stand in a text, with the words that are the name.
    pub fn in_words<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = (Span, &'a [Term])> + 'a {
        let informative: Vec<&Word> = words.iter().filter(|w| !w.is_stop).collect();
        (0..informative.len()).flat_map(move |first| {
            let mut found: Vec<(usize, Span, &[Term])> = Vec::new();
            let mut place = 0;
            for word in &informative[first..] {
                let Some(next) = self.next.get(&(place, word.term)) else { break };
                place = *next;
                let span = informative[first].span.cover(word.span);
                found.extend(self.others.get(&place).into_iter().flatten().map(|other| (other.number, span, &*other.words)));
            }
            // In the order in which they became known.
            found.sort_by_key(|(number, _, _)| *number);
            found.into_iter().map(|(_, span, other)| (span, other))
        })
    }
}

/// Names that are given more others than count.
pub fn crowded<'a>(pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> BTreeSet<&'a str> {
    let mut given = Aliases::default();
    pairs.into_iter().filter_map(|(name, other)| given.add_named(name, other)).collect()
}

fn informative(name: &str) -> Vec<Term> {
    words(name).iter().filter(|w| !w.is_stop).map(|w| w.term).collect()
}

/// "Long Name (LN)": an acronym in brackets behind the name whose initials it has.
pub fn defined(visible: &str, words: &[Word]) -> Vec<(Vec<Term>, Vec<Term>)> {
    let mut found = Vec::new();
    for at in 1..words.len() {
        let raw = words[at].span.of(visible);
        let gap = Span::new(words[at - 1].span.end, words[at].span.start).of(visible);
        let is_acronym = (2..=8).contains(&raw.len()) && raw.chars().all(|c| c.is_uppercase() || c == '.');
        if !is_acronym || !gap.ends_with('(') {
            continue;
        }
        let letters: Vec<char> = raw.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
        let mut left = letters.len();
        let mut first = at;
        while left > 0 && first > 0 && at - first < 2 * letters.len() + 2 {
            first -= 1;
            let initial = words[first].span.of(visible).chars().next().and_then(|c| c.to_lowercase().next());
            if initial == Some(letters[left - 1]) {
                left -= 1;
            } else if !words[first].is_stop {
                break;
            }
        }
        let long: Vec<Term> = words[first..at].iter().filter(|w| !w.is_stop).map(|w| w.term).collect();
        if left == 0 && long.len() > 1 {
            found.push((vec![words[at].term], long));
        }
    }
    found
}

#[cfg(test)]
mod tests {

    use crate::library::Library;
    use crate::source::{Fields, read};
    use crate::text::words::words;

    #[test]
    fn sources_define_acronyms_in_brackets() {
        let text = "The Medicines Agency of Ilvane (MAI) met. The old mill (BIG) burned.";
        let library = Library::new(read("a.txt", text.as_bytes(), &Fields::default()).unwrap_or_default(), Default::default());
        let others = |text: &str| {
            let words = words(text);
            library.aliases().in_words(&words).map(|(span, other)| (span.of(text).to_owned(), other.len())).collect::<Vec<_>>()
        };
        assert_eq!(others("Yesterday the MAI said no."), [("MAI".to_owned(), 3)]);
        assert_eq!(others("The Medicines Agency of Ilvane said no."), [("Medicines Agency of Ilvane".to_owned(), 1)]);
        assert_eq!(
            others("The BIG mill is in the United States."),
            [("United States".to_owned(), 1), ("United States".to_owned(), 1)]
        );
    }
}
