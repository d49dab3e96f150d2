//! The properties that decide whether text can be seen, and which of them a declaration sets.
//!
//! What their values mean is in [`super::values`]; a property that hides nothing has no place here.

use super::lengths::is_zero;
use super::syntax::words;
use super::values::{Value, colour, value, wide};

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

pub fn is_known(name: &str) -> bool {
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
pub fn longhands(name: &str, text: &str) -> Vec<(Property, Value)> {
    use Property::{
        Background, BackgroundClip, BackgroundImage, Bottom, FontSize, Left, MarginLeft, MarginTop, OverflowX, OverflowY, Right,
        Top, Transform,
    };
    let whole = |properties: &[Property], value: &Value| properties.iter().map(|property| (*property, *value)).collect();
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
