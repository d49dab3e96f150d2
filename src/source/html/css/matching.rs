//! Which elements a selector means.

use std::cell::Cell;

use super::certainty::Certainty;
use super::selector::{Combinator, List, Operator, Selector, Simple};
use crate::source::html::tree::{DOCUMENT, Element, Id, Kind, Tree};

/// How many elements and conditions are looked at for all rules of a page. An honest page needs a hundredth of it.
pub const MOST_STEPS: u32 = 20_000_000;

/// A page, whose elements are matched until that costs too much.
pub struct Matcher<'t> {
    pub tree: &'t Tree,
    steps: Cell<u32>,
}

impl<'t> Matcher<'t> {
    pub fn new(tree: &'t Tree) -> Self {
        Self { tree, steps: Cell::new(MOST_STEPS) }
    }

    /// Whether there was too much to match. Then nothing more is known to match.
    pub fn is_exhausted(&self) -> bool {
        self.steps.get() == 0
    }

    /// How many elements and conditions were looked at.
    #[cfg(test)]
    pub fn steps(&self) -> u32 {
        MOST_STEPS - self.steps.get()
    }

    fn step(&self) -> bool {
        self.steps.set(self.steps.get().saturating_sub(1));
        self.steps.get() > 0
    }

    /// Long values take longer.
    fn value<'e>(&self, element: &'e Element, name: &str) -> Option<&'e str> {
        const A_STEP: usize = 64;
        let value = element.attribute(name)?;
        let steps = u32::try_from(value.len() / A_STEP).unwrap_or(u32::MAX);
        self.steps.set(self.steps.get().saturating_sub(steps));
        Some(value)
    }

    pub fn matches(&self, selector: &Selector, id: Id) -> Certainty {
        self.matches_from(selector, 0, id, None)
    }

    /// Whether an element is meant by the compound at `at` with all on the left of it. It goes as deep as the selector
    /// is long.
    fn matches_from(&self, selector: &Selector, at: usize, id: Id, anchor: Option<Id>) -> Certainty {
        if !self.step() {
            return Certainty::Maybe;
        }
        let Some(element) = self.tree.element(id) else { return Certainty::No };
        let Some((simples, left)) = selector.compounds.get(at) else { return Certainty::Yes };
        let mut own = Certainty::Yes;
        for simple in simples {
            if own == Certainty::No {
                break;
            }
            own = if self.step() { own.and(|| self.holds(simple, id, element, anchor)) } else { Certainty::Maybe };
        }
        let next = |id: Id| self.matches_from(selector, at + 1, id, anchor);
        own.and(|| match left {
            Combinator::None => Certainty::Yes,
            Combinator::Child => self.parent(id).map_or(Certainty::No, next),
            Combinator::Descendant => Certainty::any(std::iter::successors(self.parent(id), |id| self.parent(*id)).map(next)),
            Combinator::Next => element.previous.map_or(Certainty::No, next),
            Combinator::Subsequent => Certainty::any(self.before(element).map(next)),
        })
    }

    fn parent(&self, id: Id) -> Option<Id> {
        Some(self.tree.parent(id)).filter(|parent| *parent != DOCUMENT)
    }

    /// The elements before one in the same parent, nearest first.
    fn before(&self, element: &Element) -> impl Iterator<Item = Id> {
        std::iter::successors(element.previous, |id| self.tree.element(*id)?.previous)
    }

    /// The elements behind one in the same parent.
    fn behind(&self, element: &Element) -> impl Iterator<Item = Id> {
        std::iter::successors(element.next, |id| self.tree.element(*id)?.next)
    }

    fn holds(&self, simple: &Simple, id: Id, element: &Element, anchor: Option<Id>) -> Certainty {
        let any = |all: &List| Certainty::any(all.selectors.iter().map(|one| self.matches_from(one, 0, id, anchor)));
        let is = match simple {
            Simple::Element(name) => element.name == *name,
            Simple::Id(name) => element.attribute("id") == Some(name),
            Simple::Class(name) => {
                self.value(element, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == name))
            }
            Simple::Attribute { name, operator, value, ignores_case } => {
                self.value(element, name).is_some_and(|found| compare(found, *operator, value, *ignores_case))
            }
            Simple::Root => self.tree.parent(id) == DOCUMENT,
            Simple::Anchor => anchor.map_or_else(|| self.tree.parent(id) == DOCUMENT, |anchor| anchor == id),
            Simple::Nth { step, offset, from_end, of_type } => {
                let Some(position) = self.position(id, element, *from_end, *of_type) else { return Certainty::Maybe };
                let distance = i64::from(position) - i64::from(*offset);
                if *step == 0 { distance == 0 } else { distance % i64::from(*step) == 0 && distance / i64::from(*step) >= 0 }
            }
            Simple::Empty => {
                let inside = &self.tree.nodes[id + 1..self.tree.nodes[id].end];
                !inside.iter().any(|node| match &node.kind {
                    Kind::Element(_) => true,
                    Kind::Text(text) => !text.is_empty(),
                })
            }
            Simple::Is(all) => return any(all),
            Simple::Not(all) => return !any(all),
            Simple::Has(all) => return Certainty::any(all.selectors.iter().map(|one| self.has(one, id, element))),
            Simple::Never => false,
            Simple::Unknown => return Certainty::Maybe,
        };
        is.into()
    }

    /// Whether an element inside or behind is meant, counted from this one.
    fn has(&self, selector: &Selector, id: Id, element: &Element) -> Certainty {
        let looks_behind = selector
            .compounds
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|(_, combinator)| matches!(combinator, Combinator::Next | Combinator::Subsequent));
        let meant = |inside: Id| self.matches_from(selector, 0, inside, Some(id));
        if looks_behind {
            let inside = |id: Id| id..self.tree.nodes[id].end;
            return Certainty::any(self.behind(element).flat_map(inside).map(meant));
        }
        Certainty::any((id + 1..self.tree.nodes[id].end).map(meant))
    }

    /// The place among the elements of the parent, from 1. `None` where there are too many to count.
    fn position(&self, id: Id, element: &Element, from_end: bool, of_type: bool) -> Option<u32> {
        if !of_type {
            let all = self.tree.nodes.get(self.tree.parent(id)).map_or(element.position, |node| match &node.kind {
                Kind::Element(parent) => parent.children,
                Kind::Text(_) => element.position,
            });
            let position = if from_end { all + 1 - element.position.min(all) } else { element.position };
            return u32::try_from(position).ok();
        }
        let is_same = |id: &Id| self.tree.element(*id).is_some_and(|other| other.name == element.name);
        let mut position = 1;
        let siblings: &mut dyn Iterator<Item = Id> = if from_end { &mut self.behind(element) } else { &mut self.before(element) };
        for sibling in siblings {
            if !self.step() {
                return None;
            }
            position += u32::from(is_same(&sibling));
        }
        Some(position)
    }
}

fn compare(found: &str, operator: Operator, value: &str, ignores_case: bool) -> bool {
    if ignores_case {
        return compare(&found.to_ascii_lowercase(), operator, &value.to_ascii_lowercase(), false);
    }
    match operator {
        Operator::Exists => true,
        Operator::Equals => found == value,
        Operator::Word => !value.is_empty() && found.split_ascii_whitespace().any(|word| word == value),
        Operator::Dash => found.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        Operator::Prefix => !value.is_empty() && found.starts_with(value),
        Operator::Suffix => !value.is_empty() && found.ends_with(value),
        Operator::Contains => !value.is_empty() && found.contains(value),
    }
}
