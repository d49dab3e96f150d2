//! Parts of a whole: "two thirds", "half of", "one in thirteen".

use super::digits::digits;
use super::number_words::cardinal;
use super::spelled::spelled;
use super::units::is_duration;
use super::value::Value;
use super::{Kind, magnitudes};
use crate::text::language::{Language, Vocabulary, has, position};
use crate::text::tokens::Tokens;

const DENOMINATORS: [f64; 8] = [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0];

/// In the order of [`DENOMINATORS`].
static PARTS: [Vocabulary; 1] = [Vocabulary::new(
    Language::English,
    "half halves | third thirds | quarter quarters fourth fourths | fifth fifths | sixths | sevenths | eighths | tenth tenths",
)];

/// Words behind "half" that make it a part of something.
static BEHIND_HALF: [Vocabulary; 1] = [Vocabulary::new(Language::English, "of the its their his her all that")];

/// Words behind "half" with which it is no part: "half past", "half way".
static NO_HALF: [Vocabulary; 1] = [Vocabulary::new(Language::English, "hour past time dozen way")];

/// How exactly a part is meant.
const PRECISION: f64 = 0.005;

/// "two thirds", "a third", "half of", "three-quarters", "one in thirteen".
pub(super) fn fraction(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    let (first, second) = (tokens.lower(at), tokens.lower(at + 1));
    if first == "half" && !has(&NO_HALF, &second) {
        return half(tokens, at, &second);
    }
    let numerator = if first == "a" { 1.0 } else { cardinal(&first)?.into() };
    if tokens.is_close(at)
        && let Some(denominator) = position(&PARTS, &second).map(|at| DENOMINATORS[at])
    {
        // "a third man"
        let is_counted = matches!(second.as_str(), "third" | "fifth" | "fourth" | "quarter")
            && first == "a"
            && !matches!(tokens.lower(at + 2).as_str(), "of" | "the" | "more" | "less" | "as" | "");
        return if is_counted { None } else { part(numerator / denominator, at + 2) };
    }
    if first == "one" { one_in(tokens, at) } else { None }
}

fn part(value: f64, next: usize) -> Option<Value> {
    Some(Value::new(value, PRECISION, Kind::Fraction, next))
}

/// "half of", "half a million".
fn half(tokens: Tokens<'_>, at: usize, second: &str) -> Option<Value> {
    if matches!(second, "a" | "an")
        && let Some(factor) = magnitudes::factor(&tokens.lower(at + 2))
    {
        return Some(Value::new(0.5 * factor, 0.05 * factor, Kind::Count, at + 3));
    }
    if has(&BEHIND_HALF, second) { part(0.5, at + 1) } else { None }
}

/// "one in thirteen", "one polling station in thirteen", "one of every five".
fn one_in(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    const REACH: usize = 4;
    for skip in 1..=REACH {
        let word = tokens.lower(at + skip);
        let is_every = tokens.lower(at + skip + 1) == "every";
        if word == "in" || word == "of" && is_every {
            let after = at + skip + 1 + usize::from(is_every);
            let whole = digits(tokens, after).or_else(|| spelled(tokens, after));
            let whole = whole.filter(|v| v.kind == Kind::Count && (2.0..1000.0).contains(&v.value))?;
            // "one in five years"
            return if is_duration(&tokens.lower(whole.next)) { None } else { part(1.0 / whole.value, whole.next) };
        }
        if !tokens.is_close(at + skip - 1) {
            break;
        }
    }
    None
}
