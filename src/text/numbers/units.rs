//! Units of a number: per cent, money, time and measures.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Kind;
use super::currencies::currency_at;
use super::value::Value;
use crate::text::Span;
use crate::text::language::{Language, Vocabulary};
use crate::text::tokens::Tokens;

/// A unit: its normal form, what it measures, and the words for it in the singular.
struct Unit {
    name: &'static str,
    kind: Kind,
    words: &'static str,
}

const fn unit(kind: Kind, name: &'static str, words: &'static str) -> Unit {
    Unit { name, kind, words }
}

/// English words, and signs that are the same in many languages.
const UNITS: &[Unit] = &[
    unit(Kind::Duration, "second", "second sec"),
    unit(Kind::Duration, "minute", "minute min"),
    unit(Kind::Duration, "hour", "hour"),
    unit(Kind::Duration, "day", "day"),
    unit(Kind::Duration, "week", "week"),
    unit(Kind::Duration, "month", "month"),
    unit(Kind::Duration, "year", "year"),
    unit(Kind::Duration, "decade", "decade"),
    unit(Kind::Money, "dollar", "dollar buck usd"),
    unit(Kind::Money, "euro", "euro eur"),
    unit(Kind::Money, "pound", "pound quid gbp"),
    unit(Kind::Money, "crown", "crown"),
    unit(Kind::Money, "florin", "florin"),
    unit(Kind::Money, "yen", "yen jpy"),
    unit(Kind::Money, "ruble", "ruble rouble rub"),
    unit(Kind::Money, "franc", "franc chf"),
    unit(Kind::Money, "rupee", "rupee inr"),
    unit(Kind::Money, "yuan", "yuan rmb cny"),
    unit(Kind::Money, "krona", "krona sek"),
    unit(Kind::Money, "peso", "peso"),
    unit(Kind::Measure, "millimetre", "mm"),
    unit(Kind::Measure, "centimetre", "cm"),
    unit(Kind::Measure, "metre", "metre meter"),
    unit(Kind::Measure, "kilometre", "km kilometre kilometer"),
    unit(Kind::Measure, "mile", "mile"),
    unit(Kind::Measure, "foot", "foot feet ft"),
    unit(Kind::Measure, "inch", "inch"),
    unit(Kind::Measure, "acre", "acre"),
    unit(Kind::Measure, "hectare", "hectare"),
    unit(Kind::Measure, "tonne", "tonne"),
    unit(Kind::Measure, "ton", "ton"),
    unit(Kind::Measure, "kilogram", "kg kilogram kilo"),
    unit(Kind::Measure, "gram", "gram"),
    unit(Kind::Measure, "milligram", "milligram mg"),
    unit(Kind::Measure, "microgram", "microgram"),
    unit(Kind::Measure, "litre", "litre liter"),
    unit(Kind::Measure, "millilitre", "millilitre milliliter ml"),
    unit(Kind::Measure, "barrel", "barrel"),
    unit(Kind::Measure, "watt", "watt"),
    unit(Kind::Measure, "kilowatt", "kilowatt kw"),
    unit(Kind::Measure, "megawatt", "megawatt mw"),
    unit(Kind::Measure, "gigawatt", "gigawatt gw"),
    unit(Kind::Measure, "kilowatt-hour", "kwh"),
    unit(Kind::Measure, "megawatt-hour", "mwh"),
    unit(Kind::Measure, "gigawatt-hour", "gwh"),
    unit(Kind::Measure, "volt", "volt"),
    unit(Kind::Measure, "hertz", "hertz"),
    unit(Kind::Measure, "terabyte", "terabyte"),
    unit(Kind::Measure, "gigabyte", "gigabyte"),
    unit(Kind::Measure, "degree", "degree"),
    unit(Kind::Measure, "knot", "knot"),
    unit(Kind::Measure, "mph", "mph"),
];

/// Signs of units behind a space. Without one they may be other things: "5m" millions.
const SPACED: &[(&str, &str)] = &[("m", "metre"), ("t", "tonne"), ("ha", "hectare"), ("l", "litre")];

/// Thousandths: a kind of per cent.
pub(super) const PER_MILLE: &str = "per mille";

/// A word for per cent, and the two words of which it may be made.
static PER_CENT: [Vocabulary; 3] = [
    Vocabulary::new(Language::English, "percent pct | per | cent"),
    Vocabulary::new(Language::Spanish, "| por | ciento"),
    Vocabulary::new(Language::German, "prozent | |"),
];

/// A unit's normal form and what it measures.
pub(super) fn unit_of(word: &str) -> Option<(&'static str, Kind)> {
    static BY_WORD: LazyLock<FxHashMap<&str, (&str, Kind)>> = LazyLock::new(|| {
        let mut table = FxHashMap::default();
        for unit in UNITS {
            unit.words.split(' ').for_each(|word| _ = table.entry(word).or_insert((unit.name, unit.kind)));
        }
        table
    });
    let find = |word: &str| BY_WORD.get(word).copied();
    find(word).or_else(|| word.strip_suffix('s').and_then(find)).or_else(|| word.strip_suffix("es").and_then(find))
}

/// Whether a word is a unit of time.
pub(super) fn is_duration(word: &str) -> bool {
    unit_of(word).is_some_and(|(_, kind)| kind == Kind::Duration)
}

/// The unit behind a value, what it makes of it, and the word that follows; the span takes in per cent and signs of
/// currencies.
pub(super) fn read_unit(tokens: Tokens<'_>, value: &Value, at: usize, span: &mut Span) -> (Option<&'static str>, Kind, usize) {
    let next = value.next;
    let after = &tokens.text[span.end..];
    let trimmed = after.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    if trimmed.starts_with(['%', '٪']) {
        span.end += after.len() - trimmed.len() + trimmed.chars().next().map_or(0, char::len_utf8);
        return (Some("percent"), Kind::Percent, next);
    }
    if trimmed.starts_with('‰') {
        span.end += after.len() - trimmed.len() + '‰'.len_utf8();
        return (Some(PER_MILLE), Kind::Percent, next);
    }
    if let Some((length, unit)) = currency_at(trimmed) {
        span.end += after.len() - trimmed.len() + length;
        return (Some(unit), Kind::Money, next);
    }
    // "5km"
    let suffix = tokens.raw(at).trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if next == at + 1
        && !suffix.is_empty()
        && let Some((unit, kind)) = unit_of(&suffix.to_lowercase())
    {
        return (Some(unit), kind, next);
    }
    if matches!(value.kind, Kind::Ordinal | Kind::Fraction) || !tokens.is_close(next - 1) {
        return (None, value.kind, next);
    }
    let (word, second) = (tokens.lower(next), tokens.lower(next + 1));
    if let Some(words) = per_cent(&word, &second) {
        span.end = tokens.words[next + words - 1].span.end;
        return (Some("percent"), Kind::Percent, next + words);
    }
    if word == "percentage" && second.starts_with("point") {
        return (Some("point"), Kind::Measure, next);
    }
    if word == "per" && second == "thousand" {
        span.end = tokens.words[next + 1].span.end;
        return (Some(PER_MILLE), Kind::Percent, next + 2);
    }
    if let Some((_, unit)) = SPACED.iter().find(|(sign, _)| value.kind == Kind::Count && *sign == tokens.raw(next)) {
        return (Some(unit), Kind::Measure, next);
    }
    match unit_of(&word) {
        Some((unit, kind)) if value.kind != Kind::Vague => (Some(unit), kind, next),
        _ => (None, value.kind, next),
    }
}

/// How many words say per cent here.
fn per_cent(word: &str, second: &str) -> Option<usize> {
    PER_CENT.iter().find_map(|v| match (v.position(word), v.position(second)) {
        (Some(0), _) => Some(1),
        (Some(1), Some(2)) => Some(2),
        _ => None,
    })
}
