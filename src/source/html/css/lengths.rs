//! Lengths and numbers.
//!
//! Nothing is measured here: what a length comes to below a parent is in [`super::computed`].

use super::values::{Length, Value};

/// A length or a percentage. Of functions and of units that depend on a font or a window nothing is known.
pub fn length(text: &str) -> Option<Value> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).len();
    let Ok(number) = text[..digits].parse::<f32>() else { return function(text) };
    let px = |scale: f32| Length::Px(number * scale);
    Some(Value::Length(match &text[digits..] {
        "" if number == 0.0 => px(1.0),
        "px" => px(1.0),
        "pt" => px(96.0 / 72.0),
        "pc" => px(16.0),
        "in" => px(96.0),
        "cm" => px(96.0 / 2.54),
        "mm" => px(96.0 / 25.4),
        "q" => px(96.0 / 101.6),
        "em" => Length::Em(number),
        "rem" => Length::Rem(number),
        "%" => Length::Percent(number),
        "vw" | "svw" | "lvw" | "dvw" | "vi" | "vmax" => px(12.8),
        "vh" | "svh" | "lvh" | "dvh" | "vb" | "vmin" => px(8.0),
        "ex" | "rex" | "ch" | "rch" | "ic" | "ric" | "cap" | "rcap" | "lh" | "rlh" if number == 0.0 => px(1.0),
        "ex" | "rex" | "ch" | "rch" | "ic" | "ric" | "cap" | "rcap" | "lh" | "rlh" | "cqw" | "cqh" | "cqi" | "cqb" | "cqmin"
        | "cqmax" => {
            return Some(Value::Unknown);
        }
        _ => return None,
    }))
}

/// What a function comes to is not worked out.
pub fn function(text: &str) -> Option<Value> {
    text.ends_with(')').then_some(Value::Unknown)
}

/// Numbers of CSS have digits.
pub fn number(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|number: &f32| number.is_finite())
}

pub fn pixels(text: &str) -> Option<f32> {
    match length(text)? {
        Value::Length(Length::Px(n) | Length::Em(n) | Length::Rem(n) | Length::Percent(n)) => Some(n),
        _ => None,
    }
}

pub fn is_zero(text: &str) -> bool {
    pixels(text.trim()).or_else(|| number(text)).is_some_and(|n| n.abs() < 0.01)
}
