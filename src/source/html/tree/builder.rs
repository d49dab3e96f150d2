//! The tree in the making: which elements are open, and how they are opened and closed.
//!
//! Which tag opens and closes what is not known here, but in [`super::start`] and [`super::end`].

use super::{DOCUMENT, Element, Id, Kind, Node, Tree};
use crate::source::html::elements::{is_formatting, is_integration_point};

/// How far up a tag looks for what it closes.
const DEEPEST_MATCH: usize = 128;

/// Elements that are opened once more because tags were closed in the wrong order.
pub const MOST_REOPENED: usize = 8;

pub struct Builder {
    pub tree: Tree,
    /// The open elements, outermost first. The document is always open.
    pub open: Vec<Id>,
    pub head: Option<Id>,
    pub body: Option<Id>,
    pub html: Option<Id>,
    /// Formatting elements that a block closed and that go on in the next one.
    pub pending: Vec<Id>,
    /// How many paragraphs are open: mostly none, and then none is looked for.
    pub paragraphs: usize,
    /// Of XML `<p/>` is a whole element, of HTML it is not.
    pub is_xml: bool,
}

impl Builder {
    pub fn new(text: &str) -> Self {
        let document = Node { parent: DOCUMENT, end: 0, kind: Kind::Element(Box::default()) };
        let tree = Tree { nodes: vec![document], is_cut: false, saved_from: None };
        let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
        Self { tree, open: vec![DOCUMENT], head: None, body: None, html: None, pending: Vec::new(), paragraphs: 0, is_xml }
    }

    pub fn finish(mut self) -> Tree {
        self.close_down_to(0);
        self.tree
    }

    pub fn current(&self) -> Id {
        self.open.last().copied().unwrap_or(DOCUMENT)
    }

    pub fn name(&self, id: Id) -> &str {
        self.tree.element(id).map_or("", |element| &element.name)
    }

    pub fn is_foreign(&self, id: Id) -> bool {
        self.tree.element(id).is_some_and(|element| element.is_foreign)
    }

    /// Whether what comes next belongs to a picture or a formula.
    pub fn is_in_foreign(&self) -> bool {
        self.is_foreign(self.current()) && !is_integration_point(self.name(self.current()))
    }

    pub fn push(&mut self, mut element: Element) -> Id {
        let (id, parent) = (self.tree.nodes.len(), self.current());
        if let Kind::Element(above) = &mut self.tree.nodes[parent].kind {
            above.children += 1;
            element.position = above.children;
            element.previous = above.last_child.replace(id);
        }
        if let Some(previous) = element.previous
            && let Kind::Element(previous) = &mut self.tree.nodes[previous].kind
        {
            previous.next = Some(id);
        }
        self.tree.nodes.push(Node { parent, end: id + 1, kind: Kind::Element(Box::new(element)) });
        id
    }

    pub fn open(&mut self, element: Element) -> Id {
        self.paragraphs += usize::from(element.name == "p");
        let id = self.push(element);
        self.open.push(id);
        id
    }

    /// Opens an element once more, with its attributes.
    pub fn reopen(&mut self, id: Id) -> Id {
        let known = self.tree.element(id).cloned().unwrap_or_default();
        let Element { name, attributes, is_foreign, .. } = known;
        self.open(Element { name, attributes, is_foreign, ..Element::default() })
    }

    pub fn close_down_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len();
        for id in self.open.drain(depth..) {
            self.tree.nodes[id].end = end;
            self.paragraphs -= usize::from(self.tree.element(id).is_some_and(|element| element.name == "p"));
        }
    }

    /// Closes elements down to a depth on behalf of a block: formatting that is still open goes on behind it.
    pub fn close_block_down_to(&mut self, depth: usize) {
        for &id in &self.open[depth..] {
            let matters = self
                .tree
                .element(id)
                .is_some_and(|element| !element.is_foreign && is_formatting(&element.name) && !element.attributes.is_empty());
            if matters && self.pending.len() < MOST_REOPENED {
                self.pending.push(id);
            }
        }
        self.close_down_to(depth);
    }

    /// The depth of the innermost open element that is asked for, unless one stands in the way.
    pub fn depth_of(&self, is_it: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (up, &id) in self.open.iter().rev().take(DEEPEST_MATCH).enumerate() {
            let name = self.name(id);
            if is_it(name) {
                return Some(self.open.len() - 1 - up);
            }
            if stops(name) {
                return None;
            }
        }
        None
    }

    pub fn close(&mut self, name: &str, stops: impl Fn(&str) -> bool) {
        if let Some(depth) = self.depth_of(|open| open == name, stops) {
            self.close_block_down_to(depth);
        }
    }

    pub fn text(&mut self, text: &str) {
        let is_space = text.bytes().all(|b| b.is_ascii_whitespace());
        if self.body.is_none() && !self.open.iter().skip(2).any(|id| !matches!(self.name(*id), "head" | "html")) {
            if is_space {
                return;
            }
            self.needs_body();
        }
        if !is_space && !self.is_in_foreign() {
            self.goes_on();
        }
        let (id, parent) = (self.tree.nodes.len(), self.current());
        match self.tree.nodes.last_mut() {
            // Long texts come in pieces.
            Some(Node { parent: before, kind: Kind::Text(known), .. }) if *before == parent => known.push_str(text),
            _ => self.tree.nodes.push(Node { parent, end: id + 1, kind: Kind::Text(text.to_owned()) }),
        }
    }
}
