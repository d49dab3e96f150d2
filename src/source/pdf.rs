//! Reader for PDF: pages in reading order, with their labels.
//!
//! `hayro-syntax` reads files, broken ones too, and `hayro-font` their fonts; from there on the work is ours: [`content`]
//! follows what a page draws, [`fonts`] says which characters that is and [`glyphs`] where they stand. [`lines`] makes
//! lines of them, with [`raised`] signs and text in another [`direction`]; [`line_numbers`] and [`furniture`], running
//! heads and feet, are no text. [`columns`] puts lines in reading order, [`paragraphs`] joins them, and [`labels`] has
//! the names of pages. What is lost on the way is in [`losses`].
//!
//! A decoder may panic on damaged files: a page on which one does costs only itself here, and the library runs this
//! reader in a process of its own.

mod columns;
mod content;
mod direction;
mod fonts;
mod furniture;
mod glyphs;
mod labels;
mod layers;
mod line_numbers;
mod lines;
mod losses;
mod paragraphs;
mod raised;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_font::kurbo::Rect;
use hayro_syntax::object::Dict;
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use super::limits;
use super::marks::MarkKind;
use super::metadata::{Metadata, is_iso_date};
use super::rendition::Rendition;
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;
use content::Reader;
use glyphs::Glyphs;
use lines::Line;
use losses::Losses;
use paragraphs::Paragraph;

/// What stands before the items of a list.
const BULLETS: [char; 6] = ['•', '▪', '◦', '–', '‣', '●'];

/// More pages than this are not read.
const MOST_PAGES: usize = 20_000;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let document = load(bytes)?;
    let all = document.pages();
    let mut notices: Vec<String> =
        (all.len() > MOST_PAGES).then(|| limits::up_to(&format!("page {MOST_PAGES}"))).into_iter().collect();
    if all.is_empty() {
        return Err(ReadError::Broken("it has no pages".to_owned()));
    }
    let catalogue = document.xref().get::<Dict<'_>>(document.xref().root_id()).unwrap_or_default();
    let labels = labels::read(&catalogue, all.len().min(MOST_PAGES));
    let (fonts, layers) = (fonts::Fonts::new(), layers::Layers::of(&catalogue));
    let reader = Reader { fonts: &fonts, layers: &layers };
    let (mut pages, losses): (Vec<Vec<Line>>, Vec<Losses>) =
        all.iter().take(MOST_PAGES).map(|page| lines_of(&reader, page)).unzip();
    let losses: Vec<(String, Losses)> = labels.iter().cloned().zip(losses).collect();
    if pages.iter().all(Vec::is_empty) {
        return Err(without_text(&losses));
    }
    notices.extend(losses::notices(&losses));
    furniture::remove(&mut pages);
    let hyphenated = paragraphs::hyphenated_words(&pages);
    let body = paragraphs::body_size(&pages);
    let mut rendition = Rendition::default();
    let (mut open, mut gutters) = (false, Vec::new());
    for ((label, losses), lines) in losses.iter().zip(pages) {
        rendition.page(label);
        if let Some(reason) = losses.reason() {
            rendition.mark(MarkKind::Loss, &reason);
        }
        let mut found = paragraphs::of(columns::in_order(lines, &mut gutters), body, &hyphenated);
        let goes_on = open && found.first().is_some_and(Paragraph::may_go_on);
        open = found.last().map_or(open && goes_on, Paragraph::is_open);
        for (at, paragraph) in found.drain(..).enumerate() {
            write(&mut rendition, paragraph, at == 0 && goes_on);
        }
    }
    let (metadata, created) = metadata(&document);
    Ok(Content { metadata, created, notices, ..Content::of_rendition(rendition) })
}

fn load(bytes: &[u8]) -> Result<Pdf, ReadError> {
    let broken = || ReadError::Broken("its structure cannot be read".to_owned());
    // Many files are encrypted with an empty password, only to forbid printing: that one is tried.
    match catch_unwind(|| Pdf::new(bytes.to_vec())).map_err(|_| broken())? {
        Ok(document) => Ok(document),
        Err(LoadPdfError::Decryption(_)) => Err(ReadError::Encrypted),
        Err(LoadPdfError::Invalid) => Err(broken()),
    }
}

/// The lines of a page, and what of it is not in them.
fn lines_of<'a>(reader: &Reader<'a, '_>, page: &Page<'a>) -> (Vec<Line>, Losses) {
    let box_of = page.intersected_crop_box();
    let seen = Rect::new(box_of.x0, box_of.y0, box_of.x1, box_of.y1).abs();
    let whole = page.media_box();
    let whole = Rect::new(whole.x0, whole.y0, whole.x1, whole.y1).abs();
    let mut glyphs = Glyphs::new(if seen.area() > 0.0 { seen } else { whole });
    // Whatever came before a mistake in the page's content still counts.
    let failed = catch_unwind(AssertUnwindSafe(|| reader.draw(page, &mut glyphs))).is_err();
    let is_picture = glyphs.has_pictures && glyphs.known() == 0 && glyphs.losses.unknown == 0;
    let losses = Losses { failed, crowded: glyphs.is_crowded(), is_picture, ..glyphs.losses };
    let (glyphs, turned) = glyphs.upright();
    let mut lines = lines::of(glyphs);
    line_numbers::remove(&mut lines);
    (lines, Losses { turned, ..losses })
}

/// Why no page has text.
fn without_text(pages: &[(String, Losses)]) -> ReadError {
    let any = |is_lost: fn(&Losses) -> bool| pages.iter().any(|(_, losses)| is_lost(losses));
    if any(|losses| losses.endless) {
        ReadError::TooMuch
    } else if any(|losses| losses.unknown > 0) {
        ReadError::Broken("its fonts do not say which characters their glyphs are".to_owned())
    } else if any(|losses| losses.unreadable > 0) {
        ReadError::Broken("its fonts cannot be read".to_owned())
    } else {
        ReadError::NoText
    }
}

fn write(rendition: &mut Rendition, paragraph: Paragraph, goes_on: bool) {
    match paragraph {
        Paragraph::Text { text, .. } if goes_on => rendition.go_on(&text),
        Paragraph::Text { text, kind: BlockKind::ListItem, .. } => {
            rendition.block(BlockKind::ListItem, text.trim_start_matches(BULLETS));
        }
        Paragraph::Text { text, kind, .. } => rendition.block(kind, &text),
        Paragraph::Table(rows) => {
            let has_header = paragraphs::has_header(&rows);
            for (at, row) in rows.iter().enumerate() {
                rendition.row(row, at == 0 && has_header);
            }
        }
    }
}

/// What the file says of itself, and the day on which it was made.
fn metadata(document: &Pdf) -> (Metadata, Option<String>) {
    let told = document.metadata();
    let text = |bytes: &Option<Box<[u8]>>| {
        let text = crate::text::words::readable(&text_string(bytes.as_deref()?));
        (!text.is_empty()).then_some(text)
    };
    let is_title = |title: &String| title.contains(' ') && !title.starts_with("Microsoft Word");
    let metadata = Metadata { title: text(&told.title).filter(is_title), author: text(&told.author), ..Metadata::default() };
    let created = told.creation_date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    (metadata, created.filter(|date| is_iso_date(date)))
}

/// A text string of a PDF: UTF-16 with a byte order mark, UTF-8 with one, or Latin.
fn text_string(bytes: &[u8]) -> String {
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xef, 0xbb, 0xbf]) || std::str::from_utf8(bytes).is_ok() {
        return super::charset::decode(bytes);
    }
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
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
