//! Reader for Word documents (ECMA-376): headings, lists, tables and notes, with tracked changes
//! as accepted. Hidden runs are left out.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::table::names_columns;
use super::xml::{Element, Node, fields, walk};
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut archive = Archive::open(bytes)?;
    let document = archive.needed("word/document.xml")?;
    let styles = archive.part("word/styles.xml")?.map(|text| styles(&text)).unwrap_or_default();
    let mut rendition = Rendition::default();
    Body::new(&styles).read(&document, &mut rendition);
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = archive.part(part)? {
            Body { all: Some(BlockKind::Footnote), ..Body::new(&styles) }.read(&notes, &mut rendition);
        }
    }
    let names = [("title", "title"), ("creator", "author"), ("created", "created"), ("language", "lang")];
    let core = archive.part("docProps/core.xml")?.map(|text| fields(&text, &names)).unwrap_or_default();
    let created = core.get("created").and_then(|date| iso_date(&date));
    Ok(Content { metadata: Metadata::from_fields(&core), created, ..Content::of_rendition(rendition) })
}

/// The names of the paragraph styles by their ids.
fn styles(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = None;
    for node in walk(text) {
        if let Node::Start(element) = node {
            match element.name.as_str() {
                "style" => open = element.attribute("styleId"),
                "name" => {
                    if let (Some(id), Some(name)) = (open.take(), element.attribute("val")) {
                        found.insert(id, name.to_lowercase());
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// A part of the document as it is read.
struct Body<'s> {
    styles: &'s BTreeMap<String, String>,
    /// The kind of all paragraphs, for parts that hold nothing else.
    all: Option<BlockKind>,
    text: String,
    kind: BlockKind,
    /// How many elements are open in which nothing counts.
    skipped: usize,
    /// The open run is hidden.
    hidden: bool,
    /// How many rows are open, one in the other; only the outermost is a row.
    rows: usize,
    cells: Vec<String>,
    first_row: bool,
}

impl<'s> Body<'s> {
    fn new(styles: &'s BTreeMap<String, String>) -> Self {
        Self {
            styles,
            all: None,
            text: String::new(),
            kind: BlockKind::Paragraph,
            skipped: 0,
            hidden: false,
            rows: 0,
            cells: Vec::new(),
            first_row: false,
        }
    }

    fn read(mut self, text: &str, out: &mut Rendition) {
        let mut in_text = false;
        for node in walk(text) {
            match node {
                Node::Start(element) if self.skipped > 0 || is_skipped(&element.name) => self.skipped += 1,
                Node::Start(element) => {
                    in_text = element.name == "t";
                    self.start(&element, out);
                }
                Node::End(_) if self.skipped > 0 => self.skipped -= 1,
                Node::End(name) => {
                    in_text = false;
                    self.end(&name, out);
                }
                Node::Text(text) if in_text && self.skipped == 0 && !self.hidden => self.text.push_str(&text),
                Node::Text(_) => {}
            }
        }
        self.close_paragraph(out);
    }

    fn start(&mut self, element: &Element<'_>, out: &mut Rendition) {
        match element.name.as_str() {
            "p" if self.rows == 0 => self.close_paragraph(out),
            "p" => self.text.push(' '),
            "r" => self.hidden = false,
            "vanish" | "webHidden" => self.hidden = element.attribute("val").is_none_or(|v| !matches!(v.as_str(), "0" | "false")),
            // Half points: smaller letters are not there to be read.
            "sz" => self.hidden |= element.attribute("val").and_then(|v| v.parse::<f64>().ok()).is_some_and(|size| size <= 4.0),
            "tab" | "br" | "cr" => self.text.push(' '),
            "noBreakHyphen" => self.text.push('-'),
            "pStyle" => {
                let id = element.attribute("val").unwrap_or_default();
                let name = self.styles.get(&id).cloned().unwrap_or_else(|| id.to_lowercase());
                if name.starts_with("heading") || matches!(name.as_str(), "title" | "subtitle") {
                    self.kind = BlockKind::Heading;
                } else if name.contains("quote") {
                    self.kind = BlockKind::Quotation;
                } else if name.starts_with("list") {
                    self.kind = BlockKind::ListItem;
                }
            }
            "numPr" if self.kind == BlockKind::Paragraph => self.kind = BlockKind::ListItem,
            "tbl" if self.rows == 0 => {
                self.close_paragraph(out);
                self.first_row = true;
            }
            "tr" => {
                self.rows += 1;
                if self.rows == 1 {
                    self.cells.clear();
                }
            }
            "tc" if self.rows == 1 => self.text.clear(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, out: &mut Rendition) {
        match name {
            "p" if self.rows == 0 => self.close_paragraph(out),
            "r" => self.hidden = false,
            "tc" if self.rows == 1 => self.cells.push(std::mem::take(&mut self.text)),
            "tr" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    out.row(&self.cells, self.first_row && names_columns(&self.cells));
                    self.first_row = false;
                    self.kind = BlockKind::Paragraph;
                }
            }
            _ => {}
        }
    }

    fn close_paragraph(&mut self, out: &mut Rendition) {
        out.block(self.all.unwrap_or(self.kind), &std::mem::take(&mut self.text));
        self.kind = BlockKind::Paragraph;
    }
}

/// Deleted and moved text, codes of fields, and the second copy of text boxes.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "pict" | "pPrChange" | "rPrChange")
}
