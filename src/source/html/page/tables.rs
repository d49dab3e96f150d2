//! Rows: which hold data, and which name the columns.

use crate::source::html::tree::{Element, Id, Kind, Tree};

/// A row with more text than this holds no data but the layout of a page, if blocks stand in its cells.
const LONGEST_ROW: usize = 1000;

impl Tree {
    /// Whether a row holds data. Else it lays out the page, and its cells hold blocks.
    pub fn is_data(&self, row: Id) -> bool {
        let (mut bytes, mut blocks) = (0, 0);
        for id in row + 1..self.nodes[row].end {
            match &self.nodes[id].kind {
                Kind::Element(element) => match element.name.as_str() {
                    "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section" | "blockquote" | "form"
                    | "main" => return false,
                    "p" | "div" | "ul" | "ol" => blocks += 1,
                    _ => {}
                },
                Kind::Text(text) => bytes += text.trim().len(),
            }
            if bytes > LONGEST_ROW && blocks > 0 {
                return false;
            }
        }
        true
    }

    /// A row of header cells alone names the columns.
    pub fn is_header(&self, row: Id) -> bool {
        let mut cells = self.cells(row).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.is("th"))
    }

    fn cells(&self, row: Id) -> impl Iterator<Item = &Element> {
        let first = (row + 1..self.nodes[row].end).find(|id| self.element(*id).is_some());
        let next = |id: &Id| self.element(*id).and_then(|element| element.next);
        std::iter::successors(first, next).filter_map(|id| self.element(id)).filter(|cell| cell.is("td") || cell.is("th"))
    }
}
