//! Yardsticks: the words of likelihood that a desk may use, each with what it stands for in per cent.
//!
//! The tables are those of Intelligence Community Directive 203 (2015, D.6.e.2.a), of the PHIA Probability Yardstick
//! (Professional Head of Intelligence Assessment, 2019), and of the IPCC's guidance note on uncertainties (2010, table 1,
//! and the terms that the reports add to it).

use crate::cache::Key;
use crate::text::Span;

/// A table of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yardstick {
    /// Whose it is; `None` for a desk's own.
    standard: Option<Standard>,
    measures: Vec<Measure>,
}

/// A table that is known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    #[default]
    Icd203,
    Phia,
    Ipcc,
}

/// Words of a table, with the least and the most that they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// In small letters.
    pub words: String,
    pub range: Range,
}

/// From so many per cent to so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: u8,
    pub high: u8,
}

impl Standard {
    pub const ALL: [Self; 3] = [Self::Icd203, Self::Phia, Self::Ipcc];

    /// As the settings have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Icd203 => "icd203",
            Self::Phia => "phia",
            Self::Ipcc => "ipcc",
        }
    }

    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.name() == name)
    }

    const fn table(self) -> &'static [(&'static str, u8, u8)] {
        match self {
            Self::Icd203 => &[
                ("almost no chance", 1, 5),
                ("remote", 1, 5),
                ("very unlikely", 5, 20),
                ("highly improbable", 5, 20),
                ("unlikely", 20, 45),
                ("improbable", 20, 45),
                ("roughly even chance", 45, 55),
                ("roughly even odds", 45, 55),
                ("likely", 55, 80),
                ("probable", 55, 80),
                ("very likely", 80, 95),
                ("highly probable", 80, 95),
                ("almost certain", 95, 99),
                ("nearly certain", 95, 99),
            ],
            Self::Phia => &[
                ("remote chance", 0, 5),
                ("highly unlikely", 10, 20),
                ("unlikely", 25, 35),
                ("realistic possibility", 40, 50),
                ("likely", 55, 75),
                ("probable", 55, 75),
                ("highly likely", 80, 90),
                ("almost certain", 95, 100),
            ],
            Self::Ipcc => &[
                ("exceptionally unlikely", 0, 1),
                ("extremely unlikely", 0, 5),
                ("very unlikely", 0, 10),
                ("unlikely", 0, 33),
                ("about as likely as not", 33, 66),
                ("more likely than not", 50, 100),
                ("likely", 66, 100),
                ("very likely", 90, 100),
                ("extremely likely", 95, 100),
                ("virtually certain", 99, 100),
            ],
        }
    }
}

impl Range {
    /// How far apart both ends of two ranges are, in sum.
    #[must_use]
    pub const fn distance(self, other: Self) -> u8 {
        self.low.abs_diff(other.low).saturating_add(self.high.abs_diff(other.high))
    }
}

impl Default for Yardstick {
    fn default() -> Self {
        Self::of(Standard::default())
    }
}

impl Yardstick {
    #[must_use]
    pub fn of(standard: Standard) -> Self {
        let measure =
            |(words, low, high): &(&str, u8, u8)| Measure { words: (*words).to_owned(), range: Range { low: *low, high: *high } };
        Self { standard: Some(standard), measures: standard.table().iter().map(measure).collect() }
    }

    /// A desk's own.
    #[must_use]
    pub fn own(measures: Vec<Measure>) -> Self {
        Self { standard: None, measures }
    }

    #[must_use]
    pub const fn is(&self, standard: Standard) -> bool {
        matches!(
            (self.standard, standard),
            (Some(Standard::Icd203), Standard::Icd203)
                | (Some(Standard::Phia), Standard::Phia)
                | (Some(Standard::Ipcc), Standard::Ipcc)
        )
    }

    /// What people call it.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self.standard {
            Some(Standard::Icd203) => "ICD 203",
            Some(Standard::Phia) => "the PHIA yardstick",
            Some(Standard::Ipcc) => "the IPCC's guidance",
            None => "the desk's yardstick",
        }
    }

    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Where words of the table stand in a text, as they are or as adverbs ("probably", "almost certainly").
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<Span> {
        let words = tokens(text);
        let entries = self.measures.iter().map(|measure| measure.words.split_whitespace().collect::<Vec<_>>());
        let entries: Vec<Vec<&str>> = entries.filter(|entry| !entry.is_empty()).collect();
        let begins = |at: usize, entry: &[&str]| {
            let own = words.get(at..at + entry.len())?;
            let is_same = own.iter().zip(entry).all(|(span, word)| is_word(span.of(text), word));
            is_same.then(|| own[0].cover(own[own.len() - 1]))
        };
        (0..words.len()).flat_map(|at| entries.iter().filter_map(move |entry| begins(at, entry))).collect()
    }

    /// Writes what findings depend on.
    pub fn write(&self, key: &mut Key) {
        key.number(self.standard.map_or(0, |standard| standard as usize + 1)).number(self.measures.len());
        for Measure { words, range: Range { low, high } } in &self.measures {
            key.text(words).number(usize::from(*low)).number(usize::from(*high));
        }
    }
}

/// The adverb of an adjective that ends so: "probable" has "probably".
#[must_use]
pub fn adverb(adjective: &str) -> Option<String> {
    match adjective.strip_suffix("able") {
        Some(stem) => Some(format!("{stem}ably")),
        None => adjective.ends_with("certain").then(|| format!("{adjective}ly")),
    }
}

/// Whether a word of a note is one of the table, or its adverb.
fn is_word(own: &str, word: &str) -> bool {
    own.eq_ignore_ascii_case(word) || adverb(word).is_some_and(|adverb| own.eq_ignore_ascii_case(&adverb))
}

fn tokens(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => found.push(Span::new(at, end)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_table_are_found_as_adjectives_and_adverbs() {
        let places =
            |standard, text| -> Vec<&str> { Yardstick::of(standard).places(text).iter().map(|span| span.of(text)).collect() };
        let text = "Probably not; it is very\nlikely and almost certainly late, a roughly even chance.";
        assert_eq!(
            places(Standard::Icd203, text),
            ["Probably", "very\nlikely", "likely", "almost certainly", "roughly even chance"]
        );
        assert_eq!(places(Standard::Ipcc, "perhaps, probably, about as likely as not"), ["about as likely as not", "likely"]);
    }

    #[test]
    fn every_table_is_in_order_and_in_small_letters() {
        for standard in Standard::ALL {
            let yardstick = Yardstick::of(standard);
            assert!(yardstick.measures().is_sorted_by_key(|measure| measure.range.low), "{}", yardstick.title());
            assert!(yardstick.measures().iter().all(|it| it.range.low < it.range.high && it.words == it.words.to_lowercase()));
            assert_eq!(Standard::of(standard.name()), Some(standard));
        }
    }
}
