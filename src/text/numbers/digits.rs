//! Numbers in digits: "1,140", "6.5 million", "2½", "40k", "2nd"; and digits that are no numbers, such as "HG-07".

use super::Kind;
use super::currencies::{currency_at, currency_before};
use super::separators::{APOSTROPHES, Numeral, numeral};
use super::units::unit_of;
use super::value::Value;
use super::vulgar_fractions;
use crate::text::tokens::Tokens;

/// "1,140", "6.5 million", "9.800", "3,2", "40k", "2nd".
pub(super) fn digits(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    let raw = tokens.raw(at);
    if !raw.starts_with(|c: char| c.is_ascii_digit()) || is_code(tokens, at) {
        return None;
    }
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || APOSTROPHES.contains(&c);
    let end = raw.find(|c: char| !is_of_number(c)).unwrap_or(raw.len());
    let (number, suffix) = raw.split_at(end);
    let Numeral { value, precision, other_reading } = numeral(number)?;
    let (factor, kind) = match suffix.to_lowercase().as_str() {
        "" => (1.0, Kind::Count),
        fraction if vulgar_fractions::of_sign(fraction).is_some() => (1.0, Kind::Count),
        "st" | "nd" | "rd" | "th" => (1.0, Kind::Ordinal),
        "k" => (1e3, Kind::Count),
        "m" | "mn" if currency_before(tokens.before(at)).is_some() || suffix == "mn" => (1e6, Kind::Count),
        "bn" | "b" => (1e9, Kind::Count),
        "tn" => (1e12, Kind::Count),
        // "5km", "30s": the unit is read from the suffix later.
        other if unit_of(other).is_some() => (1.0, Kind::Count),
        _ => return None,
    };
    let mut found = Value { value: value * factor, precision: precision * factor, other_reading, kind, next: at + 1 };
    spaced_groups(tokens, at, &mut found);
    vulgar_fractions::add(tokens, suffix, &mut found)?;
    if let Some(factor) = short_magnitude(tokens, at, found.next) {
        (found.value, found.precision, found.next) = (found.value * factor, found.precision * factor, found.next + 1);
    }
    // "3.2 ± 0.4" says how exact a value is.
    if matches!(tokens.gap(found.next - 1).trim(), "±" | "+/-") && tokens.words.get(found.next).is_some_and(|w| w.has_digit) {
        found.next += 1;
    }
    found.multiply(tokens);
    Some(found)
}

/// "£5 m", "Rs 4,500 cr", "12 k€": what is short for a magnitude beside a currency alone.
fn short_magnitude(tokens: Tokens<'_>, at: usize, next: usize) -> Option<f64> {
    let factor = match tokens.raw(next) {
        "m" | "M" => 1e6,
        "cr" | "Cr" => 1e7,
        "k" | "K" => 1e3,
        _ => return None,
    };
    let is_money = currency_before(tokens.before(at)).is_some() || currency_at(tokens.behind(next)).is_some();
    (is_money && tokens.is_close(next - 1)).then_some(factor)
}

/// Thousands set apart by spaces: "1 234 567", "1 234,5".
fn spaced_groups(tokens: Tokens<'_>, at: usize, found: &mut Value) {
    let raw = tokens.raw(at);
    if raw.len() > 3 || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    while matches!(tokens.gap(found.next - 1), " " | "\u{a0}" | "\u{202f}" | "\u{2009}") {
        let group = tokens.raw(found.next);
        let (whole, fraction) = group.split_once([',', '.']).unwrap_or((group, ""));
        let is_group = whole.len() == 3 && [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let value = is_group.then(|| format!("{whole}.{fraction}0").parse::<f64>().ok()).flatten();
        let Some(value) = value.filter(|_| fraction.len() != 3) else { break };
        found.value = found.value * 1000.0 + value;
        found.next += 1;
        if !fraction.is_empty() {
            found.precision = 0.5 * 10f64.powi(-(fraction.len().min(12) as i32));
            break;
        }
    }
}

/// Part of an identifier: "HG-07", "MT/118/2024", "v2.1", "#5".
fn is_code(tokens: Tokens<'_>, at: usize) -> bool {
    let (before, after) = (tokens.before(at), tokens.behind(at));
    let glued_before = before.ends_with(['-', '‑', '\\'])
        && before.trim_end_matches(['-', '‑', '\\']).ends_with(char::is_alphabetic)
        || before.ends_with(['/', '_', '#', '@']);
    let glued_after = after.starts_with(['/', '_', '@']) && after[1..].starts_with(char::is_alphanumeric);
    let ratio = after.starts_with(':') && after[1..].starts_with(|c: char| c.is_ascii_digit())
        || before.ends_with(':') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    glued_before || glued_after || ratio
}
