//! Reader for HTML: saved pages, exports, tables.
//!
//! A page becomes a tree ([`tree`]); its style sheets and attributes say which of its words a browser shows ([`css`]);
//! these become the rendition ([`page`]). So what a page hides can never be evidence, and what it shows always can.
//! What the page says of itself is in [`metadata`].

mod content;
mod css;
mod elements;
mod metadata;
mod page;
mod raised;
mod tree;

use html5gum::{Token, Tokenizer};

use super::Content;
use super::rendition::Rendition;
use page::Page;
use tree::Tree;

pub fn read(text: &str) -> Content {
    let mut rendition = Rendition::default();
    let tree = Tree::read(text);
    let page = Page::render(&tree, &mut rendition);
    let mut notices = sheet_notices(&page);
    if !page.has_content && !page.lines.is_empty() {
        notices.push("all its text looks like what stands around an article".to_owned());
    }
    let (metadata, guessed) = metadata::of(&tree, &page.lines);
    Content { metadata, guessed, notices, ..Content::of_rendition(rendition) }
}

/// Adds what a page shows that is part of a book or a mail, which says of itself what there is to say. What of the page
/// was not heeded, in words, comes back.
pub fn add(text: &str, rendition: &mut Rendition) -> Vec<String> {
    sheet_notices(&Page::render(&Tree::read(text), rendition))
}

fn sheet_notices(page: &Page<'_, '_>) -> Vec<String> {
    let is_cut = page.has_cut_sheets();
    let notice = || "its style sheets are heeded in part, so that text which they hide may count".to_owned();
    is_cut.then(notice).into_iter().collect()
}

/// Decodes entities by the tokenizer's own table.
pub(super) fn unescape(raw: &str) -> String {
    let mut decoded = Vec::new();
    for token in Tokenizer::new(raw) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.extend_from_slice(&text.value);
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests;
