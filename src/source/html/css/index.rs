//! Rules by what their element must have, so that an element meets only those that may mean it.
//!
//! Nothing is decided here: whether a rule means an element is for [`super::matching`].

use rustc_hash::FxHashMap;

use super::selector::{Selector, Simple};
use crate::source::html::tree::Element;

/// A compound with more alternatives than this is looked at for every element.
const MOST_KEYS: usize = 16;

/// Places of rules, in the order in which they count.
#[derive(Debug, Default)]
pub struct Index {
    ids: Places,
    classes: Places,
    elements: Places,
    attributes: Places,
    /// Of those that ask for nothing by name.
    rest: Vec<usize>,
}

type Places = FxHashMap<String, Vec<usize>>;

enum Key<'s> {
    Id(&'s str),
    Class(&'s str),
    Element(&'s str),
    Attribute(&'s str),
}

impl Index {
    pub fn add(&mut self, selector: &Selector, at: usize) {
        let mut keys = Vec::new();
        if !add_keys(selector, &mut keys) {
            return self.rest.push(at);
        }
        for key in keys {
            let (places, name) = match key {
                Key::Id(name) => (&mut self.ids, name),
                Key::Class(name) => (&mut self.classes, name),
                Key::Element(name) => (&mut self.elements, name),
                Key::Attribute(name) => (&mut self.attributes, name),
            };
            match places.get_mut(name) {
                Some(known) => known.push(at),
                None => drop(places.insert(name.to_owned(), vec![at])),
            }
        }
    }

    /// The rules that may mean an element, in order.
    pub fn find(&self, element: &Element, found: &mut Vec<usize>) {
        found.clear();
        found.extend_from_slice(&self.rest);
        let mut add = |places: &Places, name: &str| found.extend(places.get(name).into_iter().flatten());
        add(&self.elements, &element.name);
        if !self.attributes.is_empty() {
            element.attributes.iter().for_each(|(name, _)| add(&self.attributes, name));
        }
        if !self.ids.is_empty() {
            element.attribute("id").into_iter().for_each(|id| add(&self.ids, id));
        }
        if !self.classes.is_empty() {
            element.words("class").for_each(|class| add(&self.classes, class));
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// Adds what an element must have one of to be meant; false where that is nothing.
fn add_keys<'s>(selector: &'s Selector, keys: &mut Vec<Key<'s>>) -> bool {
    let Some((simples, _)) = selector.compounds.first() else { return false };
    let key = |simple: &'s Simple| {
        Some(match simple {
            Simple::Id(name) => (0, Key::Id(name)),
            Simple::Class(name) => (1, Key::Class(name)),
            Simple::Element(name) => (2, Key::Element(name)),
            Simple::Attribute { name, .. } => (3, Key::Attribute(name)),
            _ => return None,
        })
    };
    if let Some((_, key)) = simples.iter().filter_map(key).min_by_key(|(rank, _)| *rank) {
        keys.push(key);
        return true;
    }
    let alternatives = simples.iter().find_map(|simple| match simple {
        Simple::Is(all) if all.selectors.len() <= MOST_KEYS => Some(&all.selectors),
        _ => None,
    });
    alternatives.is_some_and(|all| all.iter().all(|one| keys.len() < MOST_KEYS && add_keys(one, keys)))
}
