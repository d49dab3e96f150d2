//! Clips, transformations and filters: only whether they leave anything to be seen.

use super::lengths::{is_zero, length, pixels};
use super::syntax::{length_up_to, split, words};
use super::values::{Length, Value};

/// What stands in the brackets of a function, anywhere in a value.
fn arguments<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let at = text.find(name)?;
    let is_start = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let inside = text[at + name.len()..].strip_prefix('(').filter(|_| is_start)?;
    Some(&inside[..length_up_to(inside, b")")])
}

/// `rect(top, right, bottom, left)`: a pixel of it shows no words.
pub fn clip(text: &str) -> Option<Value> {
    let Some(inside) = arguments(text, "rect") else { return (text == "auto").then_some(Value::Initial) };
    let sides: Vec<Option<f32>> = inside.split([',', ' ']).filter(|part| !part.is_empty()).map(pixels).collect();
    let is_nothing = match sides[..] {
        [Some(top), Some(right), Some(bottom), Some(left)] => bottom - top <= 1.0 || right - left <= 1.0,
        _ => false,
    };
    Some(Value::Vanishes(is_nothing))
}

/// `opacity()` among filters.
pub fn faded(text: &str) -> Value {
    Value::Vanishes(arguments(text, "opacity").is_some_and(is_zero))
}

pub fn clip_path(text: &str) -> Value {
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
        let points: Vec<Vec<&str>> = split(inside, b',').take(64).map(|point| words(point).collect()).collect();
        let is_line =
            |axis: usize| points.iter().all(|point| point.get(axis).is_some() && point.get(axis) == points[0].get(axis));
        return Value::Vanishes(!points.is_empty() && (is_line(0) || is_line(1)));
    }
    Value::Vanishes(false)
}

/// Made to nothing, or pushed off the page.
pub fn transform(text: &str) -> Value {
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
