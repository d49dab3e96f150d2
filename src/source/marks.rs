//! Marks: the places of a source by the names that people cite them with.

use serde::{Deserialize, Serialize};

/// What a mark begins. Headings and paragraphs are not marked, as the layout knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MarkKind {
    /// A page by its label, which need not be a number (`iv`).
    Page,
    /// A row of a table file, a record of an export; counted from 1, the header not counted.
    Row,
    /// A time in a recording, as `h:mm:ss`.
    Time,
    /// Words of somebody, by the name that a transcript gives.
    Speaker,
    /// An element of a web page by its `id`.
    Name,
    /// A page of which text was lost; the label says why, in words that follow "it".
    Loss,
}

/// A place that has a name. It lasts until the next mark of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub kind: MarkKind,
    pub label: String,
    /// Where it begins: a byte offset in the source's text.
    pub at: usize,
}

impl Mark {
    /// The mark as a reader would cite it; `None` for names that only machines know.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        match self.kind {
            MarkKind::Page => Some(format!("p. {}", self.label)),
            MarkKind::Row => Some(format!("row {}", self.label)),
            MarkKind::Time | MarkKind::Speaker => Some(self.label.clone()),
            MarkKind::Name | MarkKind::Loss => None,
        }
    }
}
