//! Selectors (Selectors Level 4) and their specificity.

use std::cell::Cell;
use std::sync::Arc;

use super::syntax::{identifier, length_up_to, split, string_or_identifier};

/// Compounds from the right to the left, each with the combinator on its left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selector {
    pub compounds: Vec<(Vec<Simple>, Combinator)>,
    pub specificity: Specificity,
}

/// Selectors of which one is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub selectors: Arc<[Selector]>,
    /// The greatest of theirs.
    specificity: Specificity,
}

/// Ids, classes, elements.
pub type Specificity = (u16, u16, u16);

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Combinator {
    /// There is nothing on the left.
    None,
    Descendant,
    Child,
    Next,
    Subsequent,
}

/// A condition on one element.
#[derive(Clone, Debug, PartialEq)]
pub enum Simple {
    Element(String),
    Id(String),
    Class(String),
    Attribute {
        name: String,
        operator: Operator,
        value: String,
        ignores_case: bool,
    },
    Root,
    /// The element whose inside is looked at (`:scope`, the start of `:has()`).
    Anchor,
    Nth {
        step: i32,
        offset: i32,
        from_end: bool,
        of_type: bool,
    },
    Empty,
    Is(List),
    Not(List),
    Has(List),
    /// True of no element at rest: `:hover`, `::before`.
    Never,
    /// Nothing here can tell: `:checked`, `:defined`.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operator {
    Exists,
    Equals,
    Word,
    Dash,
    Prefix,
    Suffix,
    Contains,
}

/// Compounds of one selector, selectors of one list, and lists inside lists: more make a rule count for nothing.
const MOST_COMPOUNDS: usize = 32;
const MOST_IN_LIST: usize = 4096;
const DEEPEST: usize = 8;

/// A list of selectors. `None` where one of them is none, as then none of them counts; `is_cut` says that it was too
/// much. `around` are those that `&` stands for.
pub fn list(text: &str, around: Option<&List>, is_cut: &mut bool) -> Option<List> {
    let is_too_much = Cell::new(false);
    let found = Parser { around, depth: 0, is_too_much: &is_too_much }.list(text, false);
    *is_cut |= is_too_much.get();
    found
}

#[derive(Clone, Copy)]
struct Parser<'a> {
    around: Option<&'a List>,
    depth: usize,
    is_too_much: &'a Cell<bool>,
}

impl Parser<'_> {
    fn list(self, text: &str, is_relative: bool) -> Option<List> {
        let mut parts = split(text, b',');
        let all: Option<Vec<Selector>> = if self.is_deep() {
            None
        } else {
            parts.by_ref().take(MOST_IN_LIST).map(|part| self.selector(part, is_relative)).collect()
        };
        if all.is_some() && parts.next().is_some() {
            self.is_too_much.set(true);
            return None;
        }
        all.map(List::from)
    }

    /// The same, but what is wrong in it costs only itself (`:is()`, `:where()`).
    fn forgiving_list(self, text: &str) -> Option<List> {
        let mut parts = split(text, b',');
        let all: Vec<Selector> = if self.is_deep() {
            return None;
        } else {
            parts.by_ref().take(MOST_IN_LIST).filter_map(|part| self.selector(part, false)).collect()
        };
        if parts.next().is_some() {
            self.is_too_much.set(true);
            return None;
        }
        Some(all.into())
    }

    fn is_deep(self) -> bool {
        let is_deep = self.depth > DEEPEST;
        self.is_too_much.set(self.is_too_much.get() || is_deep);
        is_deep
    }

    fn selector(self, text: &str, is_relative: bool) -> Option<Selector> {
        let mut rest = text.trim();
        let mut compounds: Vec<(Vec<Simple>, Combinator)> = Vec::new();
        let mut left = Combinator::None;
        // A selector inside a rule is about what is inside the elements of that rule, unless it says where they stand.
        let implied = if is_relative {
            Some(Simple::Anchor)
        } else {
            self.around.filter(|_| self.depth == 0 && !mentions_parent(text)).map(|around| Simple::Is(around.clone()))
        };
        if let Some(simple) = implied {
            compounds.push((vec![simple], Combinator::None));
            left = Combinator::Descendant;
            if let Some((combinator, behind)) = combinator(rest) {
                (left, rest) = (combinator, behind);
            }
        }
        loop {
            let (simples, behind) = self.compound(rest)?;
            compounds.push((simples, left));
            if compounds.len() > MOST_COMPOUNDS {
                self.is_too_much.set(true);
                return None;
            }
            rest = behind.trim_start();
            if rest.is_empty() {
                break;
            }
            (left, rest) = combinator(rest).unwrap_or((Combinator::Descendant, rest));
        }
        compounds.reverse();
        let specificity = compounds.iter().flat_map(|(simples, _)| simples).map(Simple::specificity).fold((0, 0, 0), add);
        Some(Selector { compounds, specificity })
    }

    fn compound(self, text: &str) -> Option<(Vec<Simple>, &str)> {
        let mut simples = Vec::new();
        let mut rest = text;
        if let Some(behind) = rest.strip_prefix('*') {
            rest = behind;
        } else if let Some((name, behind)) = identifier(rest) {
            simples.push(Simple::Element(name.to_ascii_lowercase()));
            rest = behind;
        }
        // Namespaces are for other documents.
        if rest.starts_with('|') {
            return None;
        }
        while let Some(c) = rest.chars().next() {
            let simple = match c {
                '#' | '.' => {
                    let (name, behind) = identifier(&rest[1..])?;
                    rest = behind;
                    if c == '#' { Simple::Id(name) } else { Simple::Class(name) }
                }
                '&' => {
                    rest = &rest[1..];
                    self.around.map_or(Simple::Root, |around| Simple::Is(around.clone()))
                }
                '[' => {
                    let end = length_up_to(&rest[1..], b"]");
                    let simple = attribute(&rest[1..=end])?;
                    rest = rest.get(end + 2..)?;
                    simple
                }
                ':' => {
                    let (simple, behind) = self.pseudo(rest)?;
                    rest = behind;
                    simple
                }
                _ => break,
            };
            simples.push(simple);
        }
        (rest.len() < text.len()).then_some((simples, rest))
    }

    fn pseudo(self, text: &str) -> Option<(Simple, &str)> {
        let is_element = text.starts_with("::");
        let (name, mut rest) = identifier(text.trim_start_matches(':'))?;
        let name = name.to_ascii_lowercase();
        let mut inside = None;
        if let Some(arguments) = rest.strip_prefix('(') {
            let end = length_up_to(arguments, b")");
            inside = Some(arguments[..end].trim());
            rest = arguments.get(end + 1..)?;
        }
        if is_element || matches!(name.as_str(), "before" | "after" | "first-line" | "first-letter") {
            return Some((Simple::Never, rest));
        }
        let inner = Self { depth: self.depth + 1, ..self };
        let nth = |from_end, of_type| {
            let (step, offset) = formula(inside?)?;
            Some(Simple::Nth { step, offset, from_end, of_type })
        };
        let first = |from_end, of_type| Simple::Nth { step: 0, offset: 1, from_end, of_type };
        let only = |of_type| {
            let compounds = vec![(vec![first(false, of_type), first(true, of_type)], Combinator::None)];
            Simple::Is(vec![Selector { compounds, specificity: (0, 1, 0) }].into())
        };
        let simple = match name.as_str() {
            "root" => Simple::Root,
            "scope" => Simple::Anchor,
            "first-child" => first(false, false),
            "last-child" => first(true, false),
            "first-of-type" => first(false, true),
            "last-of-type" => first(true, true),
            "only-child" => only(false),
            "only-of-type" => only(true),
            "nth-child" | "nth-last-child" if inside?.contains(" of ") => Simple::Unknown,
            "nth-child" => nth(false, false)?,
            "nth-last-child" => nth(true, false)?,
            "nth-of-type" => nth(false, true)?,
            "nth-last-of-type" => nth(true, true)?,
            "empty" => Simple::Empty,
            "is" | "matches" | "-webkit-any" | "-moz-any" => Simple::Is(inner.forgiving_list(inside?)?),
            "where" => Simple::Is(List { specificity: (0, 0, 0), ..inner.forgiving_list(inside?)? }),
            "not" => Simple::Not(inner.list(inside?, false)?),
            "has" => Simple::Has(inner.list(inside?, true)?),
            "any-link" | "link" => Simple::Attribute {
                name: "href".to_owned(),
                operator: Operator::Exists,
                value: String::new(),
                ignores_case: false,
            },
            "hover" | "focus" | "focus-within" | "focus-visible" | "active" | "visited" | "target" | "target-within"
            | "popover-open" | "modal" | "fullscreen" | "picture-in-picture" | "host" | "host-context" | "current" | "past"
            | "future" | "playing" | "seeking" | "buffering" | "stalled" | "autofill" | "-webkit-autofill" => Simple::Never,
            "checked"
            | "indeterminate"
            | "default"
            | "disabled"
            | "enabled"
            | "read-only"
            | "read-write"
            | "required"
            | "optional"
            | "valid"
            | "invalid"
            | "user-valid"
            | "user-invalid"
            | "in-range"
            | "out-of-range"
            | "placeholder-shown"
            | "lang"
            | "dir"
            | "defined"
            | "open"
            | "state"
            | "paused"
            | "muted"
            | "active-view-transition"
            | "blank"
            | "local-link"
            | "nth-col"
            | "nth-last-col" => Simple::Unknown,
            _ => return None,
        };
        Some((simple, rest))
    }
}

/// Whether a selector inside a rule says by `&` where the elements of that rule stand.
fn mentions_parent(text: &str) -> bool {
    text.contains('&')
}

fn combinator(text: &str) -> Option<(Combinator, &str)> {
    let combinator = match text.chars().next()? {
        '>' => Combinator::Child,
        '+' => Combinator::Next,
        '~' => Combinator::Subsequent,
        _ => return None,
    };
    Some((combinator, text[1..].trim_start()))
}

/// `name`, `name=value`, `name^="value" i`
fn attribute(text: &str) -> Option<Simple> {
    let (name, rest) = identifier(text.trim())?;
    let name = name.to_ascii_lowercase();
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(Simple::Attribute { name, operator: Operator::Exists, value: String::new(), ignores_case: false });
    }
    let (operator, value) = [
        ("=", Operator::Equals),
        ("~=", Operator::Word),
        ("|=", Operator::Dash),
        ("^=", Operator::Prefix),
        ("$=", Operator::Suffix),
        ("*=", Operator::Contains),
    ]
    .into_iter()
    .find_map(|(sign, operator)| Some((operator, rest.strip_prefix(sign)?.trim())))?;
    let flag = value.rsplit_once([' ', '"', '\'']).map(|(_, flag)| flag).filter(|flag| matches!(*flag, "i" | "I" | "s" | "S"));
    let value = flag.map_or(value, |flag| value[..value.len() - flag.len()].trim());
    // HTML compares the values of these attributes without case.
    let ignores_case = flag.is_some_and(|flag| flag.eq_ignore_ascii_case("i"))
        || flag.is_none()
            && matches!(
                name.as_str(),
                "type" | "lang" | "dir" | "rel" | "media" | "align" | "color" | "method" | "checked" | "disabled"
            );
    Some(Simple::Attribute { name, operator, value: string_or_identifier(value)?, ignores_case })
}

/// `2n+1`, `odd`, `3`: the step and the offset.
fn formula(text: &str) -> Option<(i32, i32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    match text.as_str() {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let number = |text: &str| text.strip_prefix('+').unwrap_or(text).parse::<i32>().ok();
    let Some((step, offset)) = text.split_once('n') else { return Some((0, number(&text)?)) };
    let step = match step {
        "" | "+" => 1,
        "-" => -1,
        step => number(step)?,
    };
    Some((step, if offset.is_empty() { 0 } else { number(offset)? }))
}

fn add(a: Specificity, b: Specificity) -> Specificity {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1), a.2.saturating_add(b.2))
}

impl Simple {
    fn specificity(&self) -> Specificity {
        match self {
            Self::Id(_) => (1, 0, 0),
            Self::Element(_) | Self::Never => (0, 0, 1),
            Self::Is(all) | Self::Not(all) | Self::Has(all) => all.specificity,
            Self::Anchor => (0, 0, 0),
            _ => (0, 1, 0),
        }
    }
}

impl From<Vec<Selector>> for List {
    fn from(all: Vec<Selector>) -> Self {
        let specificity = all.iter().map(|one| one.specificity).max().unwrap_or_default();
        Self { selectors: all.into(), specificity }
    }
}
