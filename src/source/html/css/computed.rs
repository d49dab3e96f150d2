//! What the values of an element come to below those of its parent, as far as they decide whether its text is seen.

use super::cascade::Cascaded;
use super::properties::Property;
use super::shapes::OFF_PAGE;
use super::values::{Colour, Length, Value};

/// The style of an element.
#[derive(Clone, Debug)]
pub struct Style {
    /// Nothing of it or inside it is shown, whatever that says: not displayed, cut to nothing, off the page.
    pub is_gone: bool,
    is_invisible: bool,
    opacity: f32,
    /// In pixels, where it can be known.
    font_size: Option<f32>,
    color: Paint,
    fill: Paint,
    has_shadow: bool,
    behind: Paint,
    indent: f32,
    pub display: Display,
    pub is_raised: bool,
    pub floats: bool,
}

/// How an element stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// As elements of its name do.
    Usual,
    Inline,
    Block,
    /// Its children stand apart from each other.
    Flex,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Paint {
    Unknown,
    Known(Colour),
}

/// Less can be read by nobody: opacity, and the size of letters in pixels.
const LEAST_OPACITY: f32 = 0.05;
const LEAST_SIZE: f32 = 2.0;

/// How much two colours that look the same may differ in red, green or blue.
const SAME: f32 = 8.5 / 255.0;

const USUAL_SIZE: f32 = 16.0;
const WHITE: Colour = [1.0, 1.0, 1.0, 1.0];
const BLACK: Colour = [0.0, 0.0, 0.0, 1.0];

impl Style {
    /// What is around the page. With sheets that are not there, nobody knows how it is painted.
    pub fn root(is_painted_elsewhere: bool) -> Self {
        let known = |colour| if is_painted_elsewhere { Paint::Unknown } else { Paint::Known(colour) };
        Self {
            is_gone: false,
            is_invisible: false,
            opacity: 1.0,
            font_size: Some(USUAL_SIZE),
            color: known(BLACK),
            fill: Paint::Unknown,
            has_shadow: false,
            behind: known(WHITE),
            indent: 0.0,
            display: Display::Usual,
            is_raised: false,
            floats: false,
        }
    }

    /// Whether text in the element can be seen.
    pub fn shows(&self) -> bool {
        let is_tiny = self.font_size.is_some_and(|size| size < LEAST_SIZE);
        !(self.is_gone
            || self.is_invisible
            || self.opacity < LEAST_OPACITY
            || is_tiny
            || self.indent <= OFF_PAGE
            || self.is_unpainted())
    }

    /// Text without colour, or in that of what is behind it.
    fn is_unpainted(&self) -> bool {
        if self.has_shadow {
            return false;
        }
        let front = if self.fill == Paint::Unknown { self.color } else { self.fill };
        match (front, self.behind) {
            (Paint::Known([.., alpha]), _) if alpha < LEAST_OPACITY => true,
            (Paint::Known(front), Paint::Known(behind)) => front.iter().zip(behind).take(3).all(|(a, b)| (a - b).abs() <= SAME),
            _ => false,
        }
    }

    /// The style of an element inside. `root_size` is the size of letters of the page. `is_inline` says what elements of
    /// its name are.
    pub fn inside(&self, own: &Cascaded, root_size: Option<f32>, is_inline: bool) -> Self {
        let get = |property| own.get(property);
        let display = display(get(Property::Display));
        let position = match get(Property::Position) {
            Some(Value::Word(word)) => *word,
            Some(Value::Inherit | Value::Unknown) => "unknown",
            _ => "static",
        };
        let is_taken_out = matches!(position, "absolute" | "fixed");
        let floats = matches!(get(Property::Float), Some(Value::Word(word)) if *word != "none");
        let is_box = match display {
            Display::Usual => !is_inline,
            Display::Inline => false,
            Display::Block | Display::Flex => true,
        } || is_taken_out
            || floats
            || self.display == Display::Flex
            || own.get(Property::Display) == Some(&Value::Word("inline-block"));
        let font_size = self.font_size(get(Property::FontSize), root_size);
        let is_vanished = |property| matches!(get(property), Some(Value::Vanishes(true)));
        let is_gone = get(Property::Display) == Some(&Value::Word("none"))
            || get(Property::ContentVisibility) == Some(&Value::Word("hidden"))
            || is_vanished(Property::ClipPath)
            || is_vanished(Property::Filter)
            || is_box && is_vanished(Property::Transform)
            || is_taken_out && is_vanished(Property::Clip)
            || is_box && is_cut_away(own)
            || is_off_page(own, position, is_box);
        let opacity = match get(Property::Opacity) {
            Some(Value::Number(number)) => self.opacity * number.clamp(0.0, 1.0),
            _ => self.opacity,
        };
        let behind = self.behind(own, position);
        let color = self.paint(get(Property::Color), self.color);
        let color = if get(Property::BackgroundClip) == Some(&Value::Word("text")) { Paint::Unknown } else { color };
        Self {
            is_gone: self.is_gone || is_gone,
            is_invisible: match get(Property::Visibility) {
                Some(Value::Word(word)) => *word != "visible",
                Some(Value::Initial | Value::Unknown) => false,
                _ => self.is_invisible,
            },
            opacity,
            font_size,
            color,
            fill: match get(Property::BackgroundClip) {
                Some(Value::Word("text")) => Paint::Unknown,
                _ => self.paint(get(Property::TextFill), self.fill),
            },
            has_shadow: match get(Property::TextShadow) {
                Some(Value::Initial) => false,
                Some(Value::Unknown) => true,
                _ => self.has_shadow,
            },
            behind,
            indent: match get(Property::TextIndent) {
                Some(Value::Length(Length::Px(n))) => *n,
                Some(Value::Length(Length::Em(n))) => n * font_size.unwrap_or(USUAL_SIZE),
                Some(Value::Length(Length::Rem(n))) => n * root_size.unwrap_or(USUAL_SIZE),
                // A whole line or more to the left.
                Some(Value::Length(Length::Percent(n))) => {
                    if *n <= -100.0 {
                        OFF_PAGE
                    } else {
                        0.0
                    }
                }
                Some(Value::Initial | Value::Unknown) => 0.0,
                _ => self.indent,
            },
            display,
            is_raised: get(Property::VerticalAlign) == Some(&Value::Word("super")),
            floats: floats || is_taken_out,
        }
    }

    /// The style without what hides the whole element, if that does.
    pub fn revealed(&self) -> Option<Self> {
        let is_hidden = self.is_gone || self.is_invisible || self.opacity < LEAST_OPACITY;
        is_hidden.then(|| Self { is_gone: false, is_invisible: false, opacity: 1.0, ..self.clone() })
    }

    /// The size of letters, for what counts in them.
    pub fn size(&self) -> Option<f32> {
        self.font_size
    }

    /// Something without a known place lies over what is painted here.
    pub fn is_covered(&mut self) {
        self.behind = Paint::Unknown;
    }

    fn font_size(&self, value: Option<&Value>, root_size: Option<f32>) -> Option<f32> {
        match value {
            Some(Value::Length(Length::Px(n))) => Some(*n),
            Some(Value::Length(Length::Em(n))) => self.font_size.map(|size| size * n),
            Some(Value::Length(Length::Percent(n))) => self.font_size.map(|size| size * n / 100.0),
            // A zero is one in any unit.
            Some(Value::Length(Length::Rem(n))) => root_size.map(|size| size * n).or((*n == 0.0).then_some(0.0)),
            Some(Value::Initial) => Some(USUAL_SIZE),
            Some(Value::Unknown) => None,
            _ => self.font_size,
        }
    }

    fn paint(&self, value: Option<&Value>, inherited: Paint) -> Paint {
        match value {
            Some(Value::Colour(colour)) => Paint::Known(*colour),
            Some(Value::Initial) => Paint::Known(BLACK),
            Some(Value::Unknown) => Paint::Unknown,
            _ => inherited,
        }
    }

    fn behind(&self, own: &Cascaded, position: &str) -> Paint {
        let below = if matches!(position, "static" | "relative") { self.behind } else { Paint::Unknown };
        if own.get(Property::BackgroundImage).is_some_and(|image| *image != Value::Initial) {
            return Paint::Unknown;
        }
        match own.get(Property::Background) {
            Some(Value::Colour(colour)) if colour[3] >= 1.0 => Paint::Known(*colour),
            Some(Value::Colour(colour)) if colour[3] <= 0.0 => below,
            Some(Value::Colour(_) | Value::Inherit | Value::Unknown) => Paint::Unknown,
            _ => below,
        }
    }
}

fn display(value: Option<&Value>) -> Display {
    match value {
        Some(Value::Word("inline" | "contents" | "inline-block" | "ruby" | "math") | Value::Initial | Value::Unset) => {
            Display::Inline
        }
        Some(Value::Word("flex" | "inline-flex" | "grid" | "inline-grid" | "-webkit-flex" | "-webkit-box")) => Display::Flex,
        Some(Value::Word("block" | "flow-root" | "list-item" | "table" | "table-row")) => Display::Block,
        _ => Display::Usual,
    }
}

/// No size, and nothing may stand out of it.
fn is_cut_away(own: &Cascaded) -> bool {
    let cuts = |property| matches!(own.get(property), Some(Value::Word("hidden" | "clip")));
    let is_nothing = |property| match own.get(property) {
        Some(Value::Length(Length::Px(n))) => *n <= 1.0,
        Some(Value::Length(Length::Em(n) | Length::Rem(n) | Length::Percent(n))) => *n <= 0.0,
        _ => false,
    };
    cuts(Property::OverflowX) && (is_nothing(Property::Width) || is_nothing(Property::MaxWidth))
        || cuts(Property::OverflowY) && (is_nothing(Property::Height) || is_nothing(Property::MaxHeight))
}

/// So far to the left or above that no window reaches it, or beyond the other ends, where nobody looks.
fn is_off_page(own: &Cascaded, position: &str, is_box: bool) -> bool {
    let is_far = |property, factor: f32| match own.get(property) {
        Some(Value::Length(Length::Px(n))) => *n <= OFF_PAGE * factor,
        Some(Value::Length(Length::Em(n) | Length::Rem(n))) => n * USUAL_SIZE <= OFF_PAGE * factor,
        Some(Value::Length(Length::Percent(n))) => *n <= OFF_PAGE * factor,
        _ => false,
    };
    let is_placed = matches!(position, "absolute" | "fixed" | "relative" | "sticky" | "-webkit-sticky");
    is_placed
        && (is_far(Property::Left, 1.0)
            || is_far(Property::Top, 1.0)
            || is_far(Property::Right, 2.0)
            || is_far(Property::Bottom, 2.0))
        || is_box && (is_far(Property::MarginLeft, 1.0) || is_far(Property::MarginTop, 2.0))
}
