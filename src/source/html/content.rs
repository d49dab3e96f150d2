//! Which elements hold a page's content, and which stand around it.

use super::tree::{Element, Id, Kind, Tree};
use crate::source::boilerplate;

/// What an element that is content in spite of its name must hold of a page's text, in hundredths: with the headline
/// or the main element in it, or alone.
const SHARE_WITH_HEADLINE: usize = 40;
const SHARE: usize = 80;

/// How the text of a page is spread over its elements.
pub struct Content {
    /// Bytes of text outside of links before each node.
    before: Vec<usize>,
    /// Where headlines and main elements begin.
    heads: Vec<Id>,
}

impl Content {
    pub fn of(tree: &Tree) -> Self {
        let mut before = Vec::with_capacity(tree.nodes.len() + 1);
        let (mut bytes, mut skipped_to, mut heads) = (0, 0, Vec::new());
        for (id, node) in tree.nodes.iter().enumerate() {
            before.push(bytes);
            match &node.kind {
                Kind::Element(element) => {
                    if matches!(
                        element.name.as_str(),
                        "a" | "script" | "style" | "template" | "noscript" | "head" | "svg" | "button"
                    ) {
                        skipped_to = skipped_to.max(node.end);
                    }
                    if element.is("h1") || element.is("main") || element.words("itemprop").any(|word| word == "articleBody") {
                        heads.push(id);
                    }
                }
                Kind::Text(text) if id >= skipped_to => bytes += text.trim().len(),
                Kind::Text(_) => {}
            }
        }
        before.push(bytes);
        Self { before, heads }
    }

    /// Whether an element stands around the content.
    pub fn is_boilerplate(&self, tree: &Tree, id: Id, element: &Element) -> bool {
        if element.is_foreign {
            return false;
        }
        let is_named = |is: fn(&str) -> bool| ["class", "id"].iter().filter_map(|name| element.attribute(name)).any(is);
        let is_one = boilerplate::is_element(&element.name)
            || element.attribute("role").is_some_and(boilerplate::is_role)
            || match element.name.as_str() {
                "article" => is_named(boilerplate::is_other_article),
                name => !boilerplate::holds_content(name) && is_named(boilerplate::is_name),
            };
        is_one && !self.holds_page(id, tree.nodes[id].end)
    }

    /// Whether so much of the page is in it that its name must be wrong.
    fn holds_page(&self, start: Id, end: Id) -> bool {
        let all = self.before.last().copied().unwrap_or_default();
        let share = (self.before[end] - self.before[start]) * 100;
        let has_head = self.heads[self.heads.partition_point(|head| *head < start)..].first().is_some_and(|head| *head < end);
        match has_head {
            true => share >= all * SHARE_WITH_HEADLINE,
            false => self.heads.is_empty() && share >= all * SHARE,
        }
    }
}
