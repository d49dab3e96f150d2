//! List items that run together in one paragraph: "1.) The first 2.) The second", "• one • two".

use super::abbreviations::leans_forward;
use super::characters::{dash, opening};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Series {
    Number,
    Small,
    Large,
    Roman,
}

/// The mark of an item: `2.`, `2)`, `2.)`, `(b)`, `iv.`
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    series: Series,
    value: u32,
    /// Whether a bracket closes it; a mark with a mere dot is told from a word less easily.
    bracket: bool,
}

pub(super) const BULLETS: [char; 8] = ['•', '⁃', '‣', '◦', '▪', '■', '●', '○'];

pub(super) const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

impl Mark {
    /// The mark that the token is, read as the one expected where there are two ways.
    pub(super) fn read(token: &str, expected: Option<Self>) -> Option<Self> {
        let token = token.trim_start_matches(|c| BULLETS.contains(&c) || matches!(c, '*' | '-' | '_'));
        if token.len() < 2 || token.len() > 7 {
            return None;
        }
        let bracket = token.ends_with(')');
        let label = token.strip_suffix(')').unwrap_or(token);
        let label = label.strip_prefix('(').filter(|_| bracket).unwrap_or(label);
        let dotted = label.strip_suffix('.');
        if dotted.is_none() && !bracket {
            return None;
        }
        let label = dotted.unwrap_or(label);
        let roman = ROMAN.iter().position(|roman| *roman == label);
        let (series, value) = match label.as_bytes() {
            [b'0'..=b'9', ..] if label.len() <= 3 => (Series::Number, label.parse().ok()?),
            _ if roman.is_some() && expected.is_none_or(|mark| mark.series == Series::Roman) => {
                (Series::Roman, roman.map_or(0, |at| at as u32 + 1))
            }
            [letter @ b'a'..=b'z'] => (Series::Small, u32::from(letter - b'a') + 1),
            [letter @ b'A'..=b'Z'] => (Series::Large, u32::from(letter - b'A') + 1),
            _ => return None,
        };
        Some(Self { series, value, bracket })
    }

    pub(super) fn succeeds(self, earlier: Self) -> bool {
        self.value == earlier.value + 1 && (self.series, self.bracket) == (earlier.series, earlier.bracket)
    }

    /// Whether an enumeration can begin with it in mid-paragraph.
    pub(super) fn is_first(self) -> bool {
        self.value == 1
    }
}

/// Where the items of an enumeration begin that opens at the start of the paragraph or of a line
/// of it and runs on: `1. Cranes 2. Rails`.
pub(super) fn enumeration(text: &str) -> Vec<usize> {
    let opens = |line: &str| {
        let mut tokens = line.split_whitespace();
        let first = tokens.next().filter(|token| token.len() < 12).unwrap_or_default();
        let bullet = !first.is_empty() && !first.contains(char::is_alphanumeric);
        Mark::read(if bullet { tokens.next().unwrap_or_default() } else { first }, None).is_some()
    };
    if !text.split(['\n', '\r']).any(opens) {
        return Vec::new();
    }
    let mut items = Vec::new();
    let mut last: Option<Mark> = None;
    // The word before, and the bullet between it and the token.
    let (mut prior, mut bullet) = ("", None);
    // Whether at most a bullet stands before the token in its line.
    let mut fresh = true;
    let mut words = tokens(text).peekable();
    while let Some((at, token, breaks)) = words.next() {
        fresh |= breaks;
        if token.chars().all(|c| BULLETS.contains(&c) || dash(c) || matches!(c, '*' | '+')) {
            bullet = Some(at);
            continue;
        }
        if let Some(mark) = Mark::read(token, last) {
            let next = words.peek().map_or("", |word| word.1);
            let goes_on = last.is_some_and(|last| mark.succeeds(last));
            let begins = prior.is_empty() || mark.is_first() && !leans_forward(prior);
            if fresh && (goes_on || begins) || goes_on && runs_on(mark, prior, next) {
                items.push(bullet.unwrap_or(at));
                last = Some(mark);
            }
        }
        (prior, bullet, fresh) = (token, None, false);
    }
    items
}

/// Whether a mark in the middle of a line, between the two words, begins an item.
pub(super) fn runs_on(mark: Mark, prior: &str, next: &str) -> bool {
    let opens = opening_letter(next).is_some_and(|c| c.is_uppercase() || mark.bracket);
    // `A. Tull` is a name.
    let name = mark.series == Series::Large && !mark.bracket;
    let ended = prior.ends_with(['.', ';', '!', '?', ')']) || !leans_forward(prior);
    opens && ended && !name
}

pub(super) fn opening_letter(word: &str) -> Option<char> {
    word.chars().find(|c| !opening(*c) && !matches!(c, '"' | '\'' | '*' | '_'))
}

/// The words of a text with their places, and whether a line break stands before them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let breaks = text[at..start].contains(['\n', '\r']);
        let token = text[start..].split(char::is_whitespace).next()?;
        at = start + token.len();
        (!token.is_empty()).then_some((start, token, breaks))
    })
}
