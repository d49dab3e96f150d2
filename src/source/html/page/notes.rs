//! Marks of footnotes, which are no text of the sentence in which they stand.

use super::Page;
use crate::source::html::tree::{Element, Id};

impl Page<'_, '_> {
    /// Whether an element is a link to a place of the page, stands in one or has one in it.
    pub fn leads_away(&self, id: Id) -> bool {
        let is_link = |element: &Element| element.name == "a" && element.attribute("href").is_some_and(|href| href.contains('#'));
        let inside = id..self.tree.nodes[id].end.min(id + 8);
        inside.filter_map(|id| self.tree.element(id)).any(is_link)
            || self.tree.ancestors(id).take(4).any(|(_, above)| is_link(above))
    }

    /// The number that leads to a footnote would else become part of a number before it.
    pub fn is_note_mark(&self, id: Id, element: &Element) -> bool {
        const LONGEST: usize = 12;
        let has = |name: &str, values: &[&str]| element.words(name).any(|word| values.contains(&word));
        let is_named = has("role", &["doc-noteref", "doc-backlink"])
            || has("epub:type", &["noteref"])
            || has("class", &["reference", "footnote-ref", "footnote-back", "mw-cite-backlink", "mw-editsection"]);
        let is_link = || {
            let text = self.tree.text(id, LONGEST);
            let number = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            element.name == "a"
                && element.attribute("href").is_some_and(|href| href.contains('#'))
                && number.is_some_and(|number| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
        };
        (is_named || element.name == "a" && is_link())
            && matches!(element.name.as_str(), "a" | "sup" | "span" | "cite")
            && self.tree.text(id, 2 * LONGEST).trim().len() <= 2 * LONGEST
    }
}
