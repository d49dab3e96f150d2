//! A value while it is read, before its unit and its neighbours are known.

use super::{Kind, magnitudes};
use crate::text::tokens::Tokens;

pub(super) struct Value {
    pub value: f64,
    pub precision: f64,
    pub other_reading: Option<f64>,
    pub kind: Kind,
    /// The word behind it.
    pub next: usize,
}

impl Value {
    pub fn new(value: f64, precision: f64, kind: Kind, next: usize) -> Self {
        Self { value, precision, other_reading: None, kind, next }
    }

    /// Takes along "million" and the like behind the value.
    pub fn multiply(&mut self, tokens: Tokens<'_>) {
        while tokens.is_close(self.next - 1) {
            let Some(factor) = magnitudes::factor(&tokens.lower(self.next)) else { break };
            self.value *= factor;
            self.precision *= factor;
            self.other_reading = None;
            self.next += 1;
        }
    }
}

/// Half of the last place that is not zero: 40 000 was probably rounded, 317 was not.
pub(super) fn half_of_last_place(value: f64) -> f64 {
    let mut place = 1.0;
    while value >= 10.0 * place && (value / (10.0 * place)).fract() == 0.0 && place < 1e15 {
        place *= 10.0;
    }
    0.5 * place
}
