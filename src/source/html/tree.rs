//! A page as a tree, as far as the order of tags says one: elements that close others, tags that are left out, and
//! pictures (SVG) and formulas inside.
//!
//! It follows the tree construction of the HTML standard where that decides which words a page shows, but looks only
//! so far up for the start of what an end tag closes. The standard's own way, and the libraries that go it, take time
//! that grows with length times depth, which a hostile page makes as large as it likes.
//!
//! Here are the tree and its nodes; how tags build it is in [`builder`], [`start`] and [`end`]. What of it is shown
//! is for others to say.

mod builder;
mod end;
mod start;

use html5gum::{Token, Tokenizer};

use builder::Builder;

/// Elements and texts of one page.
const MOST_NODES: usize = 3_000_000;

/// The place of a node in its tree.
pub type Id = usize;

/// The document, which is above the first element.
pub const DOCUMENT: Id = 0;

#[derive(Debug)]
pub struct Node {
    pub parent: Id,
    /// The first node behind it that is not inside it.
    pub end: Id,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Element(Box<Element>),
    Text(String),
}

#[derive(Clone, Debug, Default)]
pub struct Element {
    /// In lower case.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// It belongs to a picture or a formula.
    pub is_foreign: bool,
    pub previous: Option<Id>,
    pub next: Option<Id>,
    /// Its place among the elements of its parent, from 1, and how many are inside.
    pub position: usize,
    pub children: usize,
    last_child: Option<Id>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The words of an attribute such as `class`.
    pub fn words(&self, attribute: &str) -> impl Iterator<Item = &str> {
        self.attribute(attribute).unwrap_or_default().split_ascii_whitespace()
    }

    /// Whether it is an element of HTML with this name.
    pub fn is(&self, name: &str) -> bool {
        !self.is_foreign && self.name == name
    }
}

#[derive(Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// The page has more than is read.
    pub is_cut: bool,
    /// What browsers write into a page when they save it: where it comes from.
    pub saved_from: Option<String>,
}

impl Tree {
    pub fn read(text: &str) -> Self {
        let mut builder = Builder::new(text);
        let mut tokenizer = Tokenizer::new(text);
        while let Some(token) = tokenizer.next() {
            let Ok(token) = token;
            if builder.tree.nodes.len() >= MOST_NODES {
                builder.tree.is_cut = true;
                break;
            }
            match token {
                Token::StartTag(tag) => {
                    if let Some(state) = builder.start(tag) {
                        tokenizer.set_state(state);
                    }
                }
                Token::EndTag(tag) => builder.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => builder.text(&String::from_utf8_lossy(&text.value)),
                Token::Comment(comment) if builder.tree.saved_from.is_none() => {
                    builder.tree.saved_from = saved_from(&String::from_utf8_lossy(&comment.value));
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        builder.finish()
    }

    pub fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes.get(id)?.kind {
            Kind::Element(element) if id != DOCUMENT => Some(element),
            _ => None,
        }
    }

    /// All elements in order.
    pub fn elements(&self) -> impl Iterator<Item = (Id, &Element)> {
        (1..self.nodes.len()).filter_map(|id| self.element(id).map(|element| (id, element)))
    }

    pub fn parent(&self, id: Id) -> Id {
        self.nodes[id].parent
    }

    /// The elements around a node, from the inside out.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = (Id, &Element)> {
        let up = |id: &Id| Some(self.parent(*id)).filter(|parent| *parent != DOCUMENT);
        std::iter::successors(up(&id), up).filter_map(|id| self.element(id).map(|element| (id, element)))
    }

    /// The text inside a node as it stands, up to a length, and of no more nodes than that.
    pub fn text(&self, id: Id, most: usize) -> String {
        let mut found = String::new();
        for node in self.nodes[id..self.nodes[id].end].iter().take(most.saturating_add(2)) {
            if found.len() > most {
                break;
            }
            if let Kind::Text(text) = &node.kind {
                found.push_str(text);
            }
        }
        found
    }
}

/// `saved from url=(0042)https://…`, as browsers write, or ` url: https://…`.
fn saved_from(comment: &str) -> Option<String> {
    const HEAD: usize = 4096;
    let head = &comment[..comment.floor_char_boundary(HEAD)];
    let behind = |mark: &str| head.split_once(mark).map(|(_, rest)| rest.trim_start());
    let address = match behind("saved from url=") {
        Some(rest) => rest.split_once(')').map_or(rest, |(_, address)| address),
        None => behind("Page saved with SingleFile").and_then(|_| behind("url:"))?,
    };
    let address = address.split_whitespace().next().unwrap_or_default();
    address.starts_with("http").then(|| address.to_owned())
}
