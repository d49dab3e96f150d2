//! Signs of currencies, before or behind a number.

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

/// A currency sign directly before a number: its length in bytes, with the space behind it, and its unit.
pub(super) fn currency_before(before: &str) -> Option<(usize, &'static str)> {
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    let spaces = before.len() - trimmed.len();
    if spaces > 2 {
        return None;
    }
    SIGNS.iter().find(|(sign, _)| trimmed.ends_with(sign)).map(|(sign, unit)| (sign.len() + spaces, *unit))
}

/// The sign with which a text begins: its length in bytes and its unit.
pub(super) fn currency_at(text: &str) -> Option<(usize, &'static str)> {
    SIGNS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, unit)| (sign.len(), *unit))
}
