//! Vulgar fractions: "½", "2½ million", "4 3/4 per cent", "3/4 of".

use super::Kind;
use super::magnitudes;
use super::value::Value;
use crate::text::tokens::Tokens;

const SIGNS: &[(&str, f64, f64)] = &[
    ("½", 1.0, 2.0),
    ("⅓", 1.0, 3.0),
    ("⅔", 2.0, 3.0),
    ("¼", 1.0, 4.0),
    ("¾", 3.0, 4.0),
    ("⅕", 1.0, 5.0),
    ("⅖", 2.0, 5.0),
    ("⅗", 3.0, 5.0),
    ("⅘", 4.0, 5.0),
    ("⅙", 1.0, 6.0),
    ("⅚", 5.0, 6.0),
    ("⅛", 1.0, 8.0),
    ("⅜", 3.0, 8.0),
    ("⅝", 5.0, 8.0),
    ("⅞", 7.0, 8.0),
];

/// What a value that ends in a fraction is known to.
const PRECISION: f64 = 0.005;

/// The value of a sign.
pub(super) fn of_sign(sign: &str) -> Option<f64> {
    SIGNS.iter().find(|(own, ..)| *own == sign).map(|(_, part, whole)| part / whole)
}

pub(super) fn signs() -> impl Iterator<Item = &'static str> {
    SIGNS.iter().map(|(sign, ..)| *sign)
}

/// Adds the fraction behind a whole number, whose word ends in `suffix`: "2½", "2 ½", "2 1/2". `None` where it is
/// not told what the two are together.
pub(super) fn add(tokens: Tokens<'_>, suffix: &str, value: &mut Value) -> Option<()> {
    let part = of_sign(suffix).map(|part| (part, value.next)).or_else(|| {
        let is_beside = suffix.is_empty() && matches!(tokens.gap(value.next - 1), " " | "-" | "\u{a0}" | "\u{202f}" | "\u{2009}");
        let behind = || of_sign(tokens.raw(value.next)).map(|part| (part, value.next + 1));
        if is_beside { behind().or_else(|| slashed(tokens, value.next)) } else { None }
    });
    if let Some((part, next)) = part {
        if value.value.fract() != 0.0 || value.kind != Kind::Count {
            return None;
        }
        (value.value, value.precision, value.next) = (value.value + part, PRECISION, next);
    }
    Some(())
}

/// "½ million", "¾ of the vote", "3/4 of the vote".
pub(super) fn alone(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    let (part, next) = of_sign(tokens.raw(at)).map(|part| (part, at + 1)).or_else(|| slashed(tokens, at))?;
    let behind = tokens.lower(next);
    let mut value = Value::new(part, PRECISION, Kind::Fraction, next);
    if magnitudes::factor(&behind).is_some() {
        value.kind = Kind::Count;
        value.multiply(tokens);
    } else if next > at + 1 && behind != "of" {
        // Days and marks are written so too.
        return None;
    }
    Some(value)
}

/// "3/4", and the word behind it.
fn slashed(tokens: Tokens<'_>, at: usize) -> Option<(f64, usize)> {
    let of = |at: usize, most: u32| tokens.raw(at).parse::<u32>().ok().filter(|n| (1..=most).contains(n));
    let is_slash = matches!(tokens.gap(at), "/" | "⁄") && !tokens.behind(at + 1).starts_with(['/', '⁄']);
    let (part, whole) = (of(at, 15)?, of(at + 1, 16)?);
    (is_slash && part < whole).then(|| (f64::from(part) / f64::from(whole), at + 2))
}
