//! Reader for PDF: pages in reading order, with their labels.
//!
//! `pdf-extract` decodes fonts and places glyphs; from there on the work is ours: [`glyphs`] makes
//! lines of them, [`columns`] puts lines in reading order, [`paragraphs`] joins lines,
//! [`furniture`] finds running heads and feet, and [`labels`] the names of pages. The decoder may
//! panic or overflow on damaged files: a page that does costs only itself here, and the library
//! runs this reader in a process of its own.

mod columns;
mod forms;
mod furniture;
mod glyphs;
mod labels;
mod paragraphs;
mod widths;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, Object, output_doc_page};

use super::limits;
use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;
use glyphs::{Line, MOST_GLYPHS};
use paragraphs::Paragraph;

/// What stands before the items of a list.
const BULLETS: [char; 6] = ['•', '▪', '◦', '–', '‣', '●'];

/// More pages than this are not read.
const MOST_PAGES: usize = 20_000;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut document = load(bytes)?;
    let pruned = forms::prune(&mut document);
    let all = document.get_pages();
    let mut notices: Vec<String> =
        (all.len() > MOST_PAGES).then(|| limits::up_to(&format!("page {MOST_PAGES}"))).into_iter().collect();
    let numbers: Vec<u32> = all.into_keys().take(MOST_PAGES).collect();
    if numbers.is_empty() {
        return Err(ReadError::Broken("it has no pages".to_owned()));
    }
    let labels = labels::read(&document, numbers.len());
    let mut crowded = Vec::new();
    let mut pages: Vec<Vec<Line>> = numbers
        .iter()
        .map(|number| {
            let (lines, is_whole) = lines_of(&document, *number);
            crowded.extend((!is_whole).then_some(*number));
            lines
        })
        .collect();
    if let Some(first) = crowded.first() {
        notices.push(format!(
            "{} with more than {MOST_GLYPHS} glyphs read in part, the first is page {first}",
            pages_of(crowded.len())
        ));
    }
    if pruned > 0 {
        notices.push(format!("what {pruned} of its pictures draw of others without end was not read"));
    }
    if pages.iter().all(Vec::is_empty) {
        return Err(if pruned > 0 { ReadError::TooMuch } else { ReadError::NoText });
    }
    furniture::remove(&mut pages);
    let hyphenated = paragraphs::hyphenated_words(&pages);
    let body = paragraphs::body_size(&pages);
    let mut rendition = Rendition::default();
    let mut open = false;
    for (label, lines) in labels.iter().zip(pages) {
        rendition.page(label);
        let mut found = paragraphs::of(columns::in_order(lines), body, &hyphenated);
        let goes_on = open && found.first().is_some_and(Paragraph::may_go_on);
        open = found.last().map_or(open && goes_on, Paragraph::is_open);
        for (at, paragraph) in found.drain(..).enumerate() {
            write(&mut rendition, paragraph, at == 0 && goes_on);
        }
    }
    let (metadata, created) = metadata(&document);
    Ok(Content { metadata, created, notices, ..Content::of_rendition(rendition) })
}

fn pages_of(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

fn load(bytes: &[u8]) -> Result<Document, ReadError> {
    let loaded =
        catch_unwind(|| Document::load_mem(bytes)).map_err(|_| ReadError::Broken("its structure cannot be read".to_owned()))?;
    let mut document = match loaded {
        Ok(document) => document,
        Err(error) if error.to_string().to_lowercase().contains("crypt") || error.to_string().contains("password") => {
            return Err(ReadError::Encrypted);
        }
        Err(_) => return Err(ReadError::Broken("its structure cannot be read".to_owned())),
    };
    // Many files are encrypted with an empty password, only to forbid printing.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(ReadError::Encrypted);
    }
    widths::expand(&mut document);
    Ok(document)
}

/// The lines of a page, none where its content cannot be read, and whether these are all.
fn lines_of(document: &Document, number: u32) -> (Vec<Line>, bool) {
    let mut page = glyphs::Page::default();
    // Whatever came before a mistake in the page's content still counts.
    let _ = catch_unwind(AssertUnwindSafe(|| output_doc_page(document, &mut page, number)));
    let is_whole = !page.is_crowded();
    (page.into_lines(), is_whole)
}

fn write(rendition: &mut Rendition, paragraph: Paragraph, goes_on: bool) {
    match paragraph {
        Paragraph::Text { text, .. } if goes_on => rendition.go_on(&text),
        Paragraph::Text { text, kind: BlockKind::ListItem } => {
            rendition.block(BlockKind::ListItem, text.trim_start_matches(BULLETS));
        }
        Paragraph::Text { text, kind } => rendition.block(kind, &text),
        Paragraph::Table(rows) => {
            let has_header = paragraphs::has_header(&rows);
            for (at, row) in rows.iter().enumerate() {
                rendition.row(row, at == 0 && has_header);
            }
        }
    }
}

/// What the file says of itself, and the day on which it was made.
fn metadata(document: &Document) -> (Metadata, Option<String>) {
    let info = document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok());
    let info = info.and_then(|(_, info)| info.as_dict().ok());
    let get = |name: &[u8]| {
        let value = info?.get(name).ok()?;
        let (_, value) = document.dereference(value).ok()?;
        let text = crate::text::words::readable(&text_string(value)?);
        (!text.is_empty()).then_some(text)
    };
    let is_title = |title: &String| title.contains(' ') && !title.starts_with("Microsoft Word");
    let metadata = Metadata { title: get(b"Title").filter(is_title), author: get(b"Author"), ..Metadata::default() };
    (metadata, get(b"CreationDate").and_then(|date| iso_date(&date)))
}

/// A text string of a PDF: UTF-16 with a byte order mark, UTF-8 with one, or Latin.
fn text_string(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xef, 0xbb, 0xbf]) || std::str::from_utf8(bytes).is_ok() {
        return Some(super::charset::decode(bytes));
    }
    Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned())
}

/// The kind of a paragraph by how it is set.
fn kind(text: &str, size: f64, body: f64) -> BlockKind {
    const LONGEST_HEADING: usize = 200;
    let ends = text.ends_with(['.', ':', ';', ',', '”', '"']);
    if size > body * 1.12 && text.len() <= LONGEST_HEADING && !ends {
        BlockKind::Heading
    } else if text.starts_with(BULLETS) {
        BlockKind::ListItem
    } else {
        BlockKind::Paragraph
    }
}
