//! Decades and centuries: "the 1960s", "the 80s", "the 19th century".

use crate::text::Span;
use crate::text::numbers::number_words::{continues_number, number_words};
use crate::text::tokens::Tokens;
use crate::text::words::Word;

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
    let tokens = Tokens { text, words };
    (0..words.len()).filter_map(|at| decade(text, words, at).or_else(|| century(tokens, at))).collect()
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

/// "19th century", "nineteenth-century", "twenty-first century", by the noun.
fn century(tokens: Tokens<'_>, noun: usize) -> Option<Era> {
    if !matches!(tokens.raw(noun), "century" | "Century") {
        return None;
    }
    let (first, number) = in_figures(tokens, noun).or_else(|| in_words(tokens, noun))?;
    // Before our era the years count backwards.
    let behind = tokens.raw(noun + 1);
    let is_before = behind.starts_with("BC") || behind == "B";
    let is_known = (1..=21).contains(&number) && !is_before;
    is_known.then(|| Era { span: tokens.span(first, noun + 1), first: 100 * (number - 1), last: 100 * number })
}

/// "19th" before a word, with its place.
fn in_figures(tokens: Tokens<'_>, before: usize) -> Option<(usize, i32)> {
    let at = before.checked_sub(1)?;
    let lower = tokens.lower(at);
    let (number, suffix) = lower.split_at(lower.find(|c: char| !c.is_ascii_digit())?);
    matches!(suffix, "st" | "nd" | "rd" | "th").then(|| Some((at, number.parse().ok()?))).flatten()
}

/// "nineteenth" before a word, with the place where it begins.
fn in_words(tokens: Tokens<'_>, before: usize) -> Option<(usize, i32)> {
    const LONGEST: usize = 2;
    (1..=LONGEST).rev().filter_map(|words| before.checked_sub(words)).find_map(|at| {
        let number = number_words(tokens, at).filter(|n| n.is_ordinal && n.next == before && !continues_number(tokens, at))?;
        Some((at, number.value as i32))
    })
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
        assert_eq!(shown("the first century, the twenty-first century"), [(0, 100), (2000, 2100)]);
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
            "the thirty-first century",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
