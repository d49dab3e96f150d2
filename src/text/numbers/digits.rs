//! Numbers in digits: "1,140", "6.5 million", "2½", "40k", "2nd"; and digits that are no numbers, such as "HG-07".

use super::Kind;
use super::currencies::currency_before;
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
    if tokens.raw(found.next) == "m" && tokens.gap(found.next - 1).trim().is_empty() && currency_before(tokens.before(at)).is_some() {
        (found.value, found.precision, found.next) = (found.value * 1e6, found.precision * 1e6, found.next + 1);
    }
    // "3.2 ± 0.4" says how exact a value is.
    if matches!(tokens.gap(found.next - 1).trim(), "±" | "+/-") && tokens.words.get(found.next).is_some_and(|w| w.has_digit) {
        found.next += 1;
    }
    found.multiply(tokens);
    Some(found)
}

/// Thousands set apart by spaces: "1 234 567".
fn spaced_groups(tokens: Tokens<'_>, at: usize, found: &mut Value) {
    let raw = tokens.raw(at);
    if raw.len() > 3 || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    while matches!(tokens.gap(found.next - 1), " " | "\u{a0}" | "\u{202f}" | "\u{2009}") {
        let group = tokens.lower(found.next);
        let is_group = group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
        let Some(value) = is_group.then(|| group.parse::<f64>().ok()).flatten() else { break };
        found.value = found.value * 1000.0 + value;
        found.next += 1;
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
