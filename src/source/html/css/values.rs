//! Declarations of the properties that decide whether text can be seen, and their values.

use super::syntax::{Part, length_up_to, parts, split, words};

/// Red, green, blue and how opaque, from 0 to 1.
pub type Colour = [f32; 4];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    Display,
    Visibility,
    ContentVisibility,
    Opacity,
    FontSize,
    Color,
    TextFill,
    TextShadow,
    Background,
    BackgroundImage,
    BackgroundClip,
    Position,
    Float,
    Left,
    Top,
    Right,
    Bottom,
    MarginLeft,
    MarginTop,
    TextIndent,
    Width,
    Height,
    MaxWidth,
    MaxHeight,
    OverflowX,
    OverflowY,
    Clip,
    ClipPath,
    Transform,
    Filter,
    VerticalAlign,
}

pub const PROPERTIES: usize = Property::VerticalAlign as usize + 1;

#[derive(Clone, Debug, PartialEq)]
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

#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    pub property: Property,
    pub value: Value,
    pub is_important: bool,
}

/// A value that is longer is of no property that counts here, or of one that nobody wrote by hand.
const LONGEST_VALUE: usize = 4096;

/// The declarations of a block.
pub fn declarations(block: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    for part in parts(block) {
        if let Part::Statement(text) = part {
            declaration(text, &mut found);
        }
    }
    found
}

/// Adds what `property: value` declares.
pub fn declaration(text: &str, found: &mut Vec<Declaration>) {
    let Some((name, value)) = text.split_once(':') else { return };
    let name = name.trim().to_ascii_lowercase();
    if value.len() > LONGEST_VALUE || !is_known(&name) {
        return;
    }
    let mut value = value.trim().to_ascii_lowercase();
    let mut is_important = false;
    if let Some((rest, flag)) = value.rsplit_once('!')
        && flag.trim() == "important"
    {
        is_important = true;
        value.truncate(rest.trim_end().len());
    }
    for (property, value) in longhands(&name, &value) {
        found.push(Declaration { property, value, is_important });
    }
}

fn is_known(name: &str) -> bool {
    longhand(name).is_some()
        || matches!(name, "font" | "background" | "overflow" | "margin" | "inset" | "scale" | "-webkit-transform" | "all")
}

fn longhand(name: &str) -> Option<Property> {
    Some(match name {
        "display" => Property::Display,
        "visibility" => Property::Visibility,
        "content-visibility" => Property::ContentVisibility,
        "opacity" => Property::Opacity,
        "font-size" => Property::FontSize,
        "color" => Property::Color,
        "-webkit-text-fill-color" => Property::TextFill,
        "text-shadow" => Property::TextShadow,
        "background-color" => Property::Background,
        "background-image" => Property::BackgroundImage,
        "background-clip" | "-webkit-background-clip" => Property::BackgroundClip,
        "position" => Property::Position,
        "float" => Property::Float,
        "left" | "inset-inline-start" => Property::Left,
        "top" | "inset-block-start" => Property::Top,
        "right" | "inset-inline-end" => Property::Right,
        "bottom" | "inset-block-end" => Property::Bottom,
        "margin-left" | "margin-inline-start" => Property::MarginLeft,
        "margin-top" | "margin-block-start" => Property::MarginTop,
        "text-indent" => Property::TextIndent,
        "width" | "inline-size" => Property::Width,
        "height" | "block-size" => Property::Height,
        "max-width" | "max-inline-size" => Property::MaxWidth,
        "max-height" | "max-block-size" => Property::MaxHeight,
        "overflow-x" | "overflow-inline" => Property::OverflowX,
        "overflow-y" | "overflow-block" => Property::OverflowY,
        "clip" => Property::Clip,
        "clip-path" | "-webkit-clip-path" => Property::ClipPath,
        "transform" => Property::Transform,
        "filter" => Property::Filter,
        "vertical-align" => Property::VerticalAlign,
        _ => return None,
    })
}

/// The properties that a declaration sets, with their values. What no browser would take sets none.
fn longhands(name: &str, text: &str) -> Vec<(Property, Value)> {
    use Property::{
        Background, BackgroundClip, BackgroundImage, Bottom, FontSize, Left, MarginLeft, MarginTop, OverflowX, OverflowY, Right,
        Top, Transform,
    };
    let whole = |properties: &[Property], value: &Value| properties.iter().map(|property| (*property, value.clone())).collect();
    let sides: &[Property] = match name {
        "overflow" => &[OverflowX, OverflowY],
        "margin" => &[MarginTop, MarginLeft],
        "inset" => &[Top, Right, Bottom, Left],
        "font" => &[FontSize],
        "background" => &[Background, BackgroundImage, BackgroundClip],
        "scale" | "-webkit-transform" => &[Transform],
        "all" => return Vec::new(),
        name => match longhand(name) {
            Some(property) => {
                return wide(text).or_else(|| value(property, text)).map(|value| (property, value)).into_iter().collect();
            }
            None => return Vec::new(),
        },
    };
    if let Some(value) = wide(text) {
        return whole(sides, &value);
    }
    let parts: Vec<&str> = words(text).take(8).collect();
    let side = |at: usize| parts.get(at).copied();
    match name {
        "overflow" => {
            let (Some(x), y) = (side(0), side(1)) else { return Vec::new() };
            [(OverflowX, x), (OverflowY, y.unwrap_or(x))].into_iter().filter_map(|(p, text)| Some((p, value(p, text)?))).collect()
        }
        "margin" | "inset" => {
            let Some(top) = side(0) else { return Vec::new() };
            let right = side(1).unwrap_or(top);
            let bottom = side(2).unwrap_or(top);
            let left = side(3).unwrap_or(right);
            let all = [(Top, top), (Right, right), (Bottom, bottom), (Left, left), (MarginTop, top), (MarginLeft, left)];
            all.into_iter().filter(|(p, _)| sides.contains(p)).filter_map(|(p, text)| Some((p, value(p, text)?))).collect()
        }
        // The size stands before the slash and the family.
        "font" => {
            let size = parts.iter().rev().skip(1).find_map(|part| {
                let part = part.split('/').next().unwrap_or_default();
                let is_weight = part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
                value(FontSize, part).filter(|_| !is_weight)
            });
            size.map(|size| (FontSize, size)).into_iter().collect()
        }
        "background" => {
            let clip = if parts.contains(&"text") { Value::Word("text") } else { Value::Initial };
            let has_image = parts.iter().any(|part| part.contains('(') && colour(part).is_none());
            let image = if has_image { Value::Unknown } else { Value::Initial };
            let painted = parts.iter().find_map(|part| colour(part)).unwrap_or(Value::Initial);
            vec![(Background, painted), (BackgroundImage, image), (BackgroundClip, clip)]
        }
        "scale" => vec![(Transform, Value::Vanishes(parts.iter().take(2).any(|part| is_zero(part))))],
        _ => value(Transform, text).map(|value| (Transform, value)).into_iter().collect(),
    }
}

/// Values that every property has.
fn wide(text: &str) -> Option<Value> {
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

fn value(property: Property, text: &str) -> Option<Value> {
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
        P::Clip => match arguments(text, "rect") {
            Some(inside) => Some(clipped(inside)),
            None => (text == "auto").then_some(Value::Initial),
        },
        P::ClipPath => Some(clip_path(text)),
        P::Transform => Some(transform(text)),
        P::Filter => Some(match arguments(text, "opacity") {
            Some(inside) => Value::Vanishes(is_zero(inside)),
            None => Value::Vanishes(false),
        }),
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
fn function(text: &str) -> Option<Value> {
    text.ends_with(')').then_some(Value::Unknown)
}

fn colour(text: &str) -> Option<Value> {
    const LONGEST: usize = 64;
    if text.len() > LONGEST || text.contains("from") {
        return None;
    }
    csscolorparser::parse(text)
        .ok()
        .filter(|_| !text.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(|c| Value::Colour([c.r, c.g, c.b, c.a]))
}

/// What stands in the brackets of a function, anywhere in a value.
fn arguments<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let at = text.find(name)?;
    let is_start = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let inside = text[at + name.len()..].strip_prefix('(').filter(|_| is_start)?;
    Some(&inside[..length_up_to(inside, &[')'])])
}

/// Numbers of CSS have digits.
fn number(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|number: &f32| number.is_finite())
}

fn pixels(text: &str) -> Option<f32> {
    match length(text)? {
        Value::Length(Length::Px(n) | Length::Em(n) | Length::Rem(n) | Length::Percent(n)) => Some(n),
        _ => None,
    }
}

fn is_zero(text: &str) -> bool {
    pixels(text.trim()).or_else(|| number(text)).is_some_and(|n| n.abs() < 0.01)
}

/// `rect(top, right, bottom, left)`: a pixel of it shows no words.
fn clipped(inside: &str) -> Value {
    let sides: Vec<Option<f32>> = inside.split([',', ' ']).filter(|part| !part.is_empty()).map(pixels).collect();
    match sides[..] {
        [Some(top), Some(right), Some(bottom), Some(left)] => Value::Vanishes(bottom - top <= 1.0 || right - left <= 1.0),
        _ => Value::Vanishes(false),
    }
}

fn clip_path(text: &str) -> Value {
    if let Some(inside) = arguments(text, "inset") {
        let inside = inside.split("round").next().unwrap_or_default();
        let percent = |part: &str| part.strip_suffix('%').and_then(|number| number.parse::<f32>().ok());
        let sides: Vec<f32> = words(inside).take(4).map(|part| percent(part).unwrap_or(0.0)).collect();
        let side = |at: usize| sides.get(at).copied();
        let top = side(0).unwrap_or(0.0);
        let right = side(1).unwrap_or(top);
        let (bottom, left) = (side(2).unwrap_or(top), side(3).unwrap_or(right));
        return Value::Vanishes(top + bottom >= 100.0 || left + right >= 100.0);
    }
    if let Some(inside) = arguments(text, "circle").or_else(|| arguments(text, "ellipse")) {
        return Value::Vanishes(words(inside).next().is_some_and(is_zero));
    }
    if let Some(inside) = arguments(text, "polygon") {
        let points: Vec<Vec<&str>> = split(inside, ',').take(64).map(|point| words(point).collect()).collect();
        let is_line =
            |axis: usize| points.iter().all(|point| point.get(axis).is_some() && point.get(axis) == points[0].get(axis));
        return Value::Vanishes(!points.is_empty() && (is_line(0) || is_line(1)));
    }
    Value::Vanishes(false)
}

/// Made to nothing, or pushed off the page.
fn transform(text: &str) -> Value {
    let first = |name: &str| arguments(text, name).map(|inside| inside.split(',').next().unwrap_or_default().trim());
    let scaled = ["scale", "scalex", "scaley", "scale3d"].iter().any(|name| first(name).is_some_and(is_zero))
        || arguments(text, "scale").and_then(|inside| inside.split(',').nth(1)).is_some_and(is_zero);
    let far = |part: &str| matches!(length(part.trim()), Some(Value::Length(Length::Px(n))) if n <= OFF_PAGE);
    let moved = ["translate", "translatex", "translatey", "translate3d"]
        .iter()
        .any(|name| arguments(text, name).is_some_and(|inside| inside.split(',').take(2).any(far)));
    Value::Vanishes(scaled || moved)
}

/// Nobody sees what stands so far to the left of a page or above it, in CSS pixels.
pub const OFF_PAGE: f32 = -900.0;
