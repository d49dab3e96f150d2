//! What a number is: its value, with what the words around it make of it.

use super::Bound;
use crate::text::Span;
use crate::text::words::Term;

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The words of the value: currency sign, digits, magnitude, per cent sign.
    pub span: Span,
    pub value: f64,
    pub kind: Kind,
    /// Normalised unit: "percent", "hour", "dollar"; `None` where things are only counted.
    pub unit: Option<&'static str>,
    pub bound: Bound,
    /// Half a unit of the last place that was written: 50 000 for "6.5 million".
    pub precision: f64,
    /// The value if the decimal point is a thousands separator ("9.800").
    pub other_reading: Option<f64>,
    /// Part of a name, such as the 3 of "Terminal 3".
    pub label: bool,
    /// The word behind it, where it has no unit: what is counted.
    pub counted: Option<Term>,
    /// The value with its comparator: "at least 40".
    pub with_bound: Span,
}

/// What is counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Count,
    Percent,
    Money,
    /// A part of a whole: "two thirds", "one in thirteen".
    Fraction,
    Ordinal,
    Duration,
    Measure,
    /// "dozens", "hundreds": the value is the least that it means.
    Vague,
}

impl Kind {
    /// Whether it is a part of a whole.
    pub(super) fn is_part(self) -> bool {
        matches!(self, Self::Percent | Self::Fraction)
    }
}
