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
    let mut notices = notices_of(&page);
    if !page.has_content && !page.lines.is_empty() {
        notices.push("all its text looks like what stands around an article".to_owned());
    }
    let (metadata, guessed) = metadata::of(&tree, &page.lines);
    Content { metadata, guessed, notices, ..Content::of_rendition(rendition) }
}

/// Adds what a page shows that is part of a book or a mail, which says of itself what there is to say. What of the page
/// was not heeded, in words, comes back.
pub fn add(text: &str, rendition: &mut Rendition) -> Vec<String> {
    notices_of(&Page::render(&Tree::read(text), rendition))
}

fn notices_of(page: &Page<'_, '_>) -> Vec<String> {
    let all = [
        (page.has_cut_sheets(), "its style sheets are heeded in part, so that text which they hide may count"),
        (page.is_revealed, "it is hidden as a whole until a script runs, and read as if one had"),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, notice)| notice.to_owned()).collect()
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
