//! Signs and codes of currencies, before or behind a number.

const SIGNS: &[(&str, &str)] = &[
    ("$", "dollar"),
    ("€", "euro"),
    ("£", "pound"),
    ("¥", "yen"),
    ("₽", "ruble"),
    ("₹", "rupee"),
    ("₴", "hryvnia"),
    ("₩", "won"),
];

/// Codes of ISO 4217 and other letters that stand before a number. Behind it they are units like any other.
const CODES: &[(&str, &str)] = &[
    ("Rs.", "rupee"),
    ("Rs", "rupee"),
    ("INR", "rupee"),
    ("USD", "dollar"),
    ("EUR", "euro"),
    ("GBP", "pound"),
    ("CHF", "franc"),
    ("Fr.", "franc"),
    ("JPY", "yen"),
    ("CNY", "yuan"),
    ("RMB", "yuan"),
    ("RUB", "ruble"),
    ("SEK", "krona"),
];

/// A currency sign or code directly before a number: its length in bytes, with the space behind it, and its unit.
pub(super) fn currency_before(before: &str) -> Option<(usize, &'static str)> {
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    let spaces = before.len() - trimmed.len();
    if spaces > 2 {
        return None;
    }
    let is_word = |code: &str| trimmed.strip_suffix(code).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let sign = || SIGNS.iter().find(|(sign, _)| trimmed.ends_with(sign));
    let code = || CODES.iter().find(|(code, _)| is_word(code));
    sign().or_else(code).map(|(sign, unit)| (sign.len() + spaces, *unit))
}

/// The sign with which a text begins: its length in bytes and its unit.
pub(super) fn currency_at(text: &str) -> Option<(usize, &'static str)> {
    SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, unit)| (sign.len(), *unit))
}
