//! Decades and centuries: "the 1960s", "the 80s", "the 19th century".

use super::Span;
use super::numbers::ORDINALS;
use super::words::Word;

/// A run of years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    pub span: Span,
    pub first: i32,
    pub last: i32,
}

impl Era {
    /// Whether a year is one of it.
    #[must_use]
    pub fn has(&self, year: i32) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// Whether all of another one lies in it.
    #[must_use]
    pub fn encloses(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether they share no year.
    #[must_use]
    pub fn is_apart(&self, other: &Self) -> bool {
        self.last < other.first || other.last < self.first
    }
}

/// The eras of a text, given its words.
#[must_use]
pub fn eras(text: &str, words: &[Word]) -> Vec<Era> {
    (0..words.len()).filter_map(|at| decade(text, words, at).or_else(|| century(text, words, at))).collect()
}

/// "1960s", "1960's", and "80s" behind "the". The 1900s may be ten years or a hundred.
fn decade(text: &str, words: &[Word], at: usize) -> Option<Era> {
    let word = &words[at];
    if !word.has_digit {
        return None;
    }
    let raw = word.span.of(text);
    let digits = raw.trim_end_matches('s').trim_end_matches(['\'', '’']);
    let year: i32 = digits.parse().ok().filter(|year| year % 10 == 0)?;
    let behind = &text[word.span.start + digits.len()..];
    let mark = if behind.starts_with('s') { 0 } else { ["'", "’"].iter().find(|mark| behind.starts_with(**mark))?.len() };
    let is_run = behind[mark..].starts_with('s') && !behind[mark + 1..].starts_with(char::is_alphanumeric);
    // "1970's winter" belongs to one year.
    let is_named = at > 0 && matches!(words[at - 1].span.of(text), "the" | "early" | "late" | "mid");
    let first = match digits.len() {
        4 if (1000..2100).contains(&year) && (mark == 0 || is_named) => year,
        2 if is_named => 1900 + year,
        _ => return None,
    };
    let last = if first % 100 == 0 && digits.len() == 4 { first + 99 } else { first + 9 };
    let end = word.span.start + digits.len() + mark + 1;
    is_run.then(|| Era { span: Span::new(word.span.start, end.max(word.span.end)), first, last })
}

/// "19th century", "nineteenth-century".
fn century(text: &str, words: &[Word], at: usize) -> Option<Era> {
    let (word, noun) = (&words[at], words.get(at + 1)?);
    if !matches!(noun.span.of(text), "century" | "Century") {
        return None;
    }
    let lower = word.span.of(text).to_lowercase();
    let number = match lower.find(|c: char| !c.is_ascii_digit()) {
        Some(0) => ORDINALS.iter().position(|o| *o == lower)? as i32 + 1,
        Some(end) if matches!(&lower[end..], "st" | "nd" | "rd" | "th") => lower[..end].parse().ok()?,
        _ => return None,
    };
    // Before our era the years count backwards.
    let is_before = words.get(at + 2).is_some_and(|w| w.span.of(text).starts_with("BC") || w.span.of(text) == "B");
    let is_known = (1..=21).contains(&number) && !is_before;
    is_known.then(|| Era { span: word.span.cover(noun.span), first: 100 * (number - 1), last: 100 * number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn shown(text: &str) -> Vec<(i32, i32)> {
        eras(text, &words(text)).iter().map(|e| (e.first, e.last)).collect()
    }

    #[test]
    fn decades_and_centuries() {
        assert_eq!(shown("It was built in the 1960s."), [(1960, 1969)]);
        assert_eq!(shown("a film of the late 1970's"), [(1970, 1979)]);
        assert_eq!(shown("music of the 80s"), [(1980, 1989)]);
        assert_eq!(shown("in the 19th century, the 1800s"), [(1800, 1900), (1800, 1899)]);
        assert_eq!(shown("a seventeenth-century house"), [(1600, 1700)]);
    }

    #[test]
    fn other_words_are_no_eras() {
        for text in [
            "He is in his 80s.",
            "two centuries",
            "the 5s",
            "1963's film",
            "1970's film",
            "the 4th century BC",
            "a century",
            "30s later",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
