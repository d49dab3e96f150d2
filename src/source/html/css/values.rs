//! Values of properties, as far as it matters whether text can be seen.

use super::lengths::{function, length, number};
use super::properties::Property;
use super::shapes::{clip, clip_path, faded, transform};
use super::syntax::words;

/// Red, green, blue and how opaque, from 0 to 1.
pub type Colour = [f32; 4];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Inherit,
    /// What it is where nobody says anything.
    Initial,
    Unset,
    /// Not to be known here.
    Unknown,
    Word(&'static str),
    Number(f32),
    Length(Length),
    Colour(Colour),
    /// Of a clip, a transformation or a filter: whether nothing is left to be seen.
    Vanishes(bool),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    Px(f32),
    Em(f32),
    Rem(f32),
    Percent(f32),
}

/// Values that every property has.
pub fn wide(text: &str) -> Option<Value> {
    Some(match text {
        "inherit" => Value::Inherit,
        "initial" => Value::Initial,
        "unset" => Value::Unset,
        "revert" | "revert-layer" => Value::Unknown,
        _ if ["var(", "env(", "attr(", "if("].iter().any(|function| text.contains(function)) => Value::Unknown,
        _ => return None,
    })
}

fn word(text: &str, known: &[&'static str]) -> Option<Value> {
    known.iter().find(|word| **word == text).map(|word| Value::Word(word))
}

pub fn value(property: Property, text: &str) -> Option<Value> {
    use Property as P;
    match property {
        P::Display => display(text),
        P::Visibility => word(text, &["visible", "hidden", "collapse"]),
        P::ContentVisibility => word(text, &["visible", "hidden", "auto"]),
        P::Opacity => match text.strip_suffix('%') {
            Some(percent) => number(percent).map(|number| Value::Number(number / 100.0)),
            None => number(text).map(Value::Number).or_else(|| function(text)),
        },
        P::FontSize => font_size(text),
        P::Color | P::TextFill => {
            colour(text).or_else(|| (text == "currentcolor").then_some(Value::Inherit)).or_else(|| function(text))
        }
        P::TextShadow => Some(if text == "none" { Value::Initial } else { Value::Unknown }),
        P::Background => colour(text).or_else(|| function(text)),
        P::BackgroundImage => Some(if text == "none" { Value::Initial } else { Value::Unknown }),
        P::BackgroundClip => Some(if text.contains("text") { Value::Word("text") } else { Value::Initial }),
        P::Position => word(text, &["static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"]),
        P::Float => word(text, &["none", "left", "right", "inline-start", "inline-end"]),
        P::OverflowX | P::OverflowY => word(text, &["visible", "hidden", "clip", "auto", "scroll", "overlay"]),
        P::Clip => clip(text),
        P::ClipPath => Some(clip_path(text)),
        P::Transform => Some(transform(text)),
        P::Filter => Some(faded(text)),
        P::VerticalAlign => word(text, &["super", "sub", "baseline"]).or(Some(Value::Initial)),
        P::TextIndent => length(words(text).next()?),
        P::Left
        | P::Top
        | P::Right
        | P::Bottom
        | P::MarginLeft
        | P::MarginTop
        | P::Width
        | P::Height
        | P::MaxWidth
        | P::MaxHeight => {
            if matches!(text, "auto" | "none") {
                Some(Value::Initial)
            } else {
                length(text)
            }
        }
    }
}

fn display(text: &str) -> Option<Value> {
    const KNOWN: &[&str] = &[
        "none",
        "contents",
        "inline",
        "block",
        "flow-root",
        "inline-block",
        "run-in",
        "list-item",
        "inline-list-item",
        "flex",
        "inline-flex",
        "-webkit-box",
        "-webkit-inline-box",
        "-webkit-flex",
        "-webkit-inline-flex",
        "grid",
        "inline-grid",
        "grid-lanes",
        "table",
        "inline-table",
        "table-row",
        "table-cell",
        "table-column",
        "table-column-group",
        "table-header-group",
        "table-footer-group",
        "table-row-group",
        "table-caption",
        "ruby",
        "ruby-base",
        "ruby-text",
        "math",
    ];
    // Two words say the outside and the inside.
    word(text, KNOWN).or_else(|| match words(text).collect::<Vec<_>>().as_slice() {
        ["block" | "inline", "flow" | "flow-root" | "flex" | "grid" | "table" | "ruby"] => Some(Value::Unknown),
        _ => None,
    })
}

fn font_size(text: &str) -> Option<Value> {
    let px = match text {
        "xx-small" => 9.0,
        "x-small" => 10.0,
        "small" => 13.0,
        "medium" => 16.0,
        "large" => 18.0,
        "x-large" => 24.0,
        "xx-large" => 32.0,
        "xxx-large" => 48.0,
        "smaller" => return Some(Value::Length(Length::Em(0.833))),
        "larger" => return Some(Value::Length(Length::Em(1.2))),
        _ => return length(text).filter(|size| !matches!(size, Value::Length(Length::Px(n) | Length::Em(n)) if *n < 0.0)),
    };
    Some(Value::Length(Length::Px(px)))
}

pub fn colour(text: &str) -> Option<Value> {
    const LONGEST: usize = 64;
    if text.len() > LONGEST || text.contains("from") {
        return None;
    }
    csscolorparser::parse(text)
        .ok()
        .filter(|_| !text.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(|c| Value::Colour([c.r, c.g, c.b, c.a]))
}
