//! Comparators: "at least five", "more than 40", "about a dozen", "ten or more".

use crate::text::language::{Language, Vocabulary, has};
use crate::text::tokens::Tokens;

/// What the words around a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

impl Bound {
    /// Whether one is a floor and the other a ceiling.
    #[must_use]
    pub fn opposes(self, other: Self) -> bool {
        let floor = |b: Self| matches!(b, Self::AtLeast | Self::MoreThan);
        let ceiling = |b: Self| matches!(b, Self::AtMost | Self::LessThan);
        floor(self) && ceiling(other) || ceiling(self) && floor(other)
    }
}

/// Words before a number that was rounded.
static ABOUT: [Vocabulary; 4] = [
    Vocabulary::new(Language::English, "about some roughly nearly almost around approximately approx circa estimated perhaps"),
    Vocabulary::new(Language::Spanish, "unas unos"),
    Vocabulary::new(Language::French, "environ"),
    Vocabulary::new(Language::German, "etwa rund"),
];

/// Comparators before the number at `at` or at `next`, behind it, and how many words they take before it.
pub(super) fn bound(tokens: Tokens<'_>, at: usize, next: usize) -> (Bound, usize) {
    match bound_before(tokens, at) {
        (Bound::Exact, _) => (bound_behind(tokens, next), 0),
        before => before,
    }
}

fn bound_before(tokens: Tokens<'_>, at: usize) -> (Bound, usize) {
    let word = |back: usize| if at >= back { tokens.lower(at - back) } else { String::new() };
    let (one, two, three) = (word(1), word(2), word(3));
    match (three.as_str(), two.as_str(), one.as_str()) {
        ("no" | "not", "more", "than") => (Bound::AtMost, 3),
        (_, "at", "most") | (_, "up", "to") | (_, "a", "maximum") => (Bound::AtMost, 2),
        ("no" | "not", "fewer" | "less", "than") => (Bound::AtLeast, 3),
        (_, "at", "least") | (_, "a", "minimum") => (Bound::AtLeast, 2),
        (_, "more" | "greater" | "higher", "than") => (Bound::MoreThan, 2),
        (_, "fewer" | "less" | "lower", "than") => (Bound::LessThan, 2),
        (_, _, "over" | "above" | "exceeding" | "exceeded" | "topped") => (Bound::MoreThan, 1),
        (_, _, "under" | "below") => (Bound::LessThan, 1),
        (_, _, one) if has(&ABOUT, one) => (Bound::About, 1),
        _ => (Bound::Exact, 0),
    }
}

fn bound_behind(tokens: Tokens<'_>, next: usize) -> Bound {
    match (tokens.lower(next).as_str(), tokens.lower(next + 1).as_str()) {
        ("or", "more") => Bound::AtLeast,
        ("or", "less" | "fewer") => Bound::AtMost,
        ("or", "so") => Bound::About,
        _ => Bound::Exact,
    }
}
