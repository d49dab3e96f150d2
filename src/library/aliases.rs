//! Aliases: other names of one thing. Some are given in the settings, some are common knowledge, and
//! sources define most acronyms themselves: "the Food Agency of Ilvane (FAI)".

use rustc_hash::FxHashMap;

use crate::text::Span;
use crate::text::words::{Term, Word, words};

/// Aliases by the first informative word of each of their names.
#[derive(Debug, Default)]
pub struct Aliases(FxHashMap<Term, Vec<Alias>>);

/// A name, and the informative words of another name for the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub name: Vec<Term>,
    pub other: Vec<Term>,
}

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

    /// Adds two names of one thing, in words.
    pub fn add_named(&mut self, name: &str, other: &str) {
        self.add(&informative(name), &informative(other));
    }

    fn add(&mut self, a: &[Term], b: &[Term]) {
        for (name, other) in [(a, b), (b, a)] {
            let Some(first) = name.first() else { return };
            let alias = Alias { name: name.to_vec(), other: other.to_vec() };
            let known = self.0.entry(*first).or_default();
            if !other.is_empty() && !known.contains(&alias) {
                known.push(alias);
            }
        }
    }

    /// The aliases that stand in a text, with the words that are the name.
    pub fn in_words<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = (Span, &'a [Term])> + 'a {
        let informative: Vec<&Word> = words.iter().filter(|w| !w.is_stop).collect();
        (0..informative.len()).flat_map(move |at| {
            let stands_here = |alias: &'a Alias| {
                let run = informative.get(at..at + alias.name.len())?;
                let same = run.iter().zip(&alias.name).all(|(w, t)| w.term == *t);
                same.then(|| (run[0].span.cover(run[run.len() - 1].span), alias.other.as_slice()))
            };
            self.0.get(&informative[at].term).into_iter().flatten().filter_map(stands_here).collect::<Vec<_>>()
        })
    }
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
