//! Reader for OpenDocument texts and tables (ISO 26300), with tracked changes as accepted.

use rustc_hash::FxHashSet;

use super::archive::Archive;
use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::table::names_columns;
use super::xml::{Element, Node, fields, walk};
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;

/// A cell may say that it stands for many; beyond this it only fills the sheet.
const MOST_REPEATED: usize = 64;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if archive.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted);
    }
    let content = archive.needed("content.xml")?;
    let mut body = Body { hidden_styles: hidden_styles(&content), ..Body::default() };
    for node in walk(&content) {
        body.node(node);
    }
    body.close();
    let names = [
        ("title", "title"),
        ("initial-creator", "author"),
        ("creator", "creator"),
        ("creation-date", "created"),
        ("language", "lang"),
    ];
    let meta = archive.part("meta.xml")?.map(|text| fields(&text, &names)).unwrap_or_default();
    let created = meta.get("created").and_then(|date| iso_date(&date));
    let mut rendition = body.out;
    for note in body.notes {
        rendition.block(BlockKind::Footnote, &note);
    }
    Ok(Content { metadata: Metadata::from_fields(&meta), created, ..Content::of_rendition(rendition) })
}

#[derive(Default)]
struct Body {
    out: Rendition,
    hidden_styles: FxHashSet<String>,
    text: String,
    kind: Option<BlockKind>,
    /// How many paragraphs are open, one in the other, as in text boxes.
    paragraphs: usize,
    lists: usize,
    /// How many elements are open in which nothing counts.
    skipped: usize,
    /// The text around an open note, and how deep the note lies.
    around_note: Option<String>,
    notes: Vec<String>,
    rows: usize,
    cells: Vec<String>,
    repeated: usize,
    first_row: bool,
}

impl Body {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Start(element) if self.skipped > 0 || is_skipped(&element.name) || self.is_hidden(&element) => {
                self.skipped += 1
            }
            Node::Start(element) => self.start(&element),
            Node::End(_) if self.skipped > 0 => self.skipped -= 1,
            Node::End(name) => self.end(&name),
            Node::Text(text) if self.skipped == 0 && self.paragraphs > 0 => self.text.push_str(&text),
            Node::Text(_) => {}
        }
    }

    fn is_hidden(&self, element: &Element<'_>) -> bool {
        !self.hidden_styles.is_empty()
            && matches!(element.name.as_str(), "span" | "p" | "h")
            && element.attribute("style-name").is_some_and(|name| self.hidden_styles.contains(&name))
    }

    fn start(&mut self, element: &Element<'_>) {
        match element.name.as_str() {
            name @ ("p" | "h") => {
                if self.paragraphs == 0 && self.rows == 0 {
                    self.close();
                    self.kind = Some(if name == "h" {
                        BlockKind::Heading
                    } else if self.lists > 0 {
                        BlockKind::ListItem
                    } else {
                        kind_of_style(&element.attribute("style-name").unwrap_or_default())
                    });
                } else {
                    self.text.push(' ');
                }
                self.paragraphs += 1;
            }
            "s" | "tab" | "line-break" => self.text.push(' '),
            "list-item" => self.lists += 1,
            "note-body" if self.around_note.is_none() => self.around_note = Some(std::mem::take(&mut self.text)),
            "table" => {
                self.close();
                self.first_row = true;
            }
            "table-row" => {
                self.rows += 1;
                if self.rows == 1 {
                    self.cells.clear();
                }
            }
            "table-cell" | "covered-table-cell" if self.rows == 1 => {
                self.text.clear();
                let count = element.attribute("number-columns-repeated").and_then(|n| n.parse().ok());
                self.repeated = count.unwrap_or(1);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.paragraphs == 0 && self.rows == 0 && self.around_note.is_none() {
                    self.close();
                }
            }
            "list-item" => self.lists = self.lists.saturating_sub(1),
            "note-body" => {
                if let Some(around) = self.around_note.take() {
                    self.notes.push(std::mem::replace(&mut self.text, around));
                }
            }
            "table-cell" | "covered-table-cell" if self.rows == 1 => {
                let text = std::mem::take(&mut self.text);
                if self.repeated <= MOST_REPEATED {
                    self.cells.extend(std::iter::repeat_n(text, self.repeated));
                }
            }
            "table-row" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    while self.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                        self.cells.pop();
                    }
                    self.out.row(&self.cells, self.first_row && names_columns(&self.cells));
                    self.first_row &= self.cells.is_empty();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        self.out.block(self.kind.take().unwrap_or(BlockKind::Paragraph), &std::mem::take(&mut self.text));
    }
}

/// The names of the styles whose text is not displayed.
fn hidden_styles(content: &str) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    let mut open = None;
    for node in walk(content) {
        let Node::Start(element) = node else { continue };
        match element.name.as_str() {
            "style" => open = element.attribute("name"),
            "text-properties" if element.attribute("display").as_deref() == Some("none") => found.extend(open.take()),
            "text" => break,
            _ => {}
        }
    }
    found
}

fn kind_of_style(name: &str) -> BlockKind {
    if matches!(name, "Title" | "Subtitle") {
        BlockKind::Heading
    } else if name.starts_with("Quot") {
        BlockKind::Quotation
    } else {
        BlockKind::Paragraph
    }
}

/// Deleted text lies under `tracked-changes`; remarks and marks of notes are not the text's own.
fn is_skipped(name: &str) -> bool {
    matches!(name, "tracked-changes" | "annotation" | "note-citation" | "hidden-text" | "hidden-paragraph" | "forms")
}
