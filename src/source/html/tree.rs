//! A page as a tree, as far as the order of tags says one: elements that close others, tags that are left out, and
//! pictures (SVG) and formulas inside.
//!
//! It follows the tree construction of the HTML standard where that decides which words a page shows, but looks only
//! so far up for the start of what an end tag closes. The standard's own way, and the libraries that go it, take time
//! that grows with length times depth, which a hostile page makes as large as it likes.

use html5gum::{StartTag, State, Token, Tokenizer};

use super::elements::{
    breaks_out, ends_paragraph, is_formatting, is_heading, is_integration_point, is_metadata, is_scope, is_special, is_void,
};

/// How far up a tag looks for what it closes.
const DEEPEST_MATCH: usize = 128;

/// Elements that are opened once more because tags were closed in the wrong order.
const MOST_REOPENED: usize = 8;

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

struct Builder {
    tree: Tree,
    /// The open elements, outermost first. The document is always open.
    open: Vec<Id>,
    head: Option<Id>,
    body: Option<Id>,
    html: Option<Id>,
    /// Formatting elements that a block closed and that go on in the next one.
    pending: Vec<Id>,
    /// How many paragraphs are open: mostly none, and then none is looked for.
    paragraphs: usize,
    /// Of XML `<p/>` is a whole element, of HTML it is not.
    is_xml: bool,
}

impl Builder {
    fn new(text: &str) -> Self {
        let document = Node { parent: DOCUMENT, end: 0, kind: Kind::Element(Box::default()) };
        let tree = Tree { nodes: vec![document], is_cut: false, saved_from: None };
        let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
        Self { tree, open: vec![DOCUMENT], head: None, body: None, html: None, pending: Vec::new(), paragraphs: 0, is_xml }
    }

    fn finish(mut self) -> Tree {
        self.close_down_to(0);
        self.tree
    }

    fn current(&self) -> Id {
        self.open.last().copied().unwrap_or(DOCUMENT)
    }

    fn name(&self, id: Id) -> &str {
        self.tree.element(id).map_or("", |element| &element.name)
    }

    fn is_foreign(&self, id: Id) -> bool {
        self.tree.element(id).is_some_and(|element| element.is_foreign)
    }

    /// Whether what comes next belongs to a picture or a formula.
    fn is_in_foreign(&self) -> bool {
        self.is_foreign(self.current()) && !is_integration_point(self.name(self.current()))
    }

    fn push(&mut self, mut element: Element) -> Id {
        let (id, parent) = (self.tree.nodes.len(), self.current());
        if let Kind::Element(above) = &mut self.tree.nodes[parent].kind {
            above.children += 1;
            element.position = above.children;
            element.previous = above.last_child.replace(id);
        }
        if let Some(previous) = element.previous
            && let Kind::Element(previous) = &mut self.tree.nodes[previous].kind
        {
            previous.next = Some(id);
        }
        self.tree.nodes.push(Node { parent, end: id + 1, kind: Kind::Element(Box::new(element)) });
        id
    }

    fn open(&mut self, element: Element) -> Id {
        self.paragraphs += usize::from(element.name == "p");
        let id = self.push(element);
        self.open.push(id);
        id
    }

    /// Opens an element once more, with its attributes.
    fn reopen(&mut self, id: Id) -> Id {
        let known = self.tree.element(id).cloned().unwrap_or_default();
        let Element { name, attributes, is_foreign, .. } = known;
        self.open(Element { name, attributes, is_foreign, ..Element::default() })
    }

    fn close_down_to(&mut self, depth: usize) {
        let end = self.tree.nodes.len();
        for id in self.open.drain(depth..) {
            self.tree.nodes[id].end = end;
            self.paragraphs -= usize::from(self.tree.element(id).is_some_and(|element| element.name == "p"));
        }
    }

    /// Closes elements down to a depth on behalf of a block: formatting that is still open goes on behind it.
    fn close_block_down_to(&mut self, depth: usize) {
        for &id in &self.open[depth..] {
            let matters = self
                .tree
                .element(id)
                .is_some_and(|element| !element.is_foreign && is_formatting(&element.name) && !element.attributes.is_empty());
            if matters && self.pending.len() < MOST_REOPENED {
                self.pending.push(id);
            }
        }
        self.close_down_to(depth);
    }

    /// The depth of the innermost open element that is asked for, unless one stands in the way.
    fn depth_of(&self, is_it: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (up, &id) in self.open.iter().rev().take(DEEPEST_MATCH).enumerate() {
            let name = self.name(id);
            if is_it(name) {
                return Some(self.open.len() - 1 - up);
            }
            if stops(name) {
                return None;
            }
        }
        None
    }

    fn close(&mut self, name: &str, stops: impl Fn(&str) -> bool) {
        if let Some(depth) = self.depth_of(|open| open == name, stops) {
            self.close_block_down_to(depth);
        }
    }

    fn start(&mut self, tag: StartTag<()>) -> Option<State> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes: Vec<_> = tag.attributes.iter().map(|(key, value)| (owned(key), owned(&value.value))).collect();
        if self.is_in_foreign() {
            let is_html_font =
                name == "font" && attributes.iter().any(|(key, _)| matches!(key.as_str(), "color" | "face" | "size"));
            if !breaks_out(&name) && !is_html_font {
                let element = Element { name, attributes, is_foreign: true, ..Element::default() };
                if tag.self_closing {
                    self.push(element)
                } else {
                    self.open(element)
                };
                return None;
            }
            let depth = self.open.iter().rposition(|&id| !self.is_foreign(id) || is_integration_point(self.name(id)));
            self.close_down_to(depth.unwrap_or(0) + 1);
        }
        if !self.makes_room(&name, &attributes) {
            return None;
        }
        let is_foreign = matches!(name.as_str(), "svg" | "math");
        let is_whole = is_void(&name) || tag.self_closing && (is_foreign || self.is_xml);
        let state = if is_whole { None } else { state_behind(&name) };
        let element = Element { name, attributes, is_foreign, ..Element::default() };
        if is_whole {
            self.push(element)
        } else {
            self.open(element)
        };
        state
    }

    /// Opens and closes what a start tag implies. False where the tag opens nothing itself.
    fn makes_room(&mut self, name: &str, attributes: &[(String, String)]) -> bool {
        match name {
            "html" if self.html.is_some() => self.add_attributes(self.html, attributes),
            "html" => {
                self.html =
                    Some(self.open(Element { name: name.to_owned(), attributes: attributes.to_vec(), ..Element::default() }));
            }
            "head" if self.body.is_none() && self.head.is_none() => {
                self.needs_html();
                self.head =
                    Some(self.open(Element { name: name.to_owned(), attributes: attributes.to_vec(), ..Element::default() }));
            }
            "head" => {}
            "body" if self.body.is_some() => self.add_attributes(self.body, attributes),
            "body" => {
                self.needs_body();
                self.add_attributes(self.body, attributes);
            }
            _ => {
                if is_metadata(name) {
                    self.needs_html();
                } else {
                    self.needs_body();
                    self.closes_before(name);
                }
                return true;
            }
        }
        false
    }

    fn add_attributes(&mut self, id: Option<Id>, attributes: &[(String, String)]) {
        if let Some(id) = id
            && let Kind::Element(element) = &mut self.tree.nodes[id].kind
        {
            let known = std::mem::take(&mut element.attributes);
            let is_new = |(key, _): &&(String, String)| !known.iter().any(|(known, _)| known == key);
            let new: Vec<_> = attributes.iter().filter(is_new).cloned().collect();
            element.attributes = known.into_iter().chain(new).collect();
        }
    }

    fn needs_html(&mut self) {
        if self.html.is_none() {
            self.html = Some(self.open(Element { name: "html".to_owned(), ..Element::default() }));
        }
    }

    fn needs_body(&mut self) {
        if self.body.is_none() {
            self.needs_html();
            self.close_down_to(2);
            self.body = Some(self.open(Element { name: "body".to_owned(), ..Element::default() }));
        }
    }

    /// Closes the elements that end where one of this name begins.
    fn closes_before(&mut self, name: &str) {
        let is_table = |open: &str| matches!(open, "table" | "template" | "html");
        if ends_paragraph(name) && self.paragraphs > 0 {
            self.close("p", |open| is_scope(open) || open == "button");
        }
        if is_heading(name) && is_heading(self.name(self.current())) {
            self.close_block_down_to(self.open.len() - 1);
        }
        match name {
            "li" => self.close("li", |open| is_special(open) && !matches!(open, "li" | "address" | "div" | "p")),
            "dd" | "dt" => {
                let stops = |open: &str| is_special(open) && !matches!(open, "dd" | "dt" | "address" | "div" | "p");
                if let Some(depth) = self.depth_of(|open| matches!(open, "dd" | "dt"), stops) {
                    self.close_block_down_to(depth);
                }
            }
            "option" | "optgroup" => self.close("option", |open| open == "select"),
            "a" | "button" | "nobr" => self.close(name, is_scope),
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" | "col" => {
                let closed = |open: &str| match name {
                    "td" | "th" => matches!(open, "td" | "th" | "caption"),
                    "tr" => matches!(open, "tr" | "caption" | "colgroup"),
                    _ => matches!(open, "tbody" | "thead" | "tfoot" | "caption" | "colgroup"),
                };
                if let Some(depth) = self.depth_of(closed, is_table) {
                    self.close_down_to(depth);
                } else if let Some(depth) = self.depth_of(|open| matches!(open, "tr" | "td" | "th"), is_table)
                    && !matches!(name, "td" | "th")
                {
                    self.close_down_to(depth);
                }
                self.pending.clear();
            }
            "table" => self.pending.clear(),
            _ if !ends_paragraph(name) => self.goes_on(),
            _ => {}
        }
    }

    /// Formatting that a block closed goes on.
    fn goes_on(&mut self) {
        for id in std::mem::take(&mut self.pending) {
            self.reopen(id);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            // What comes behind them still belongs to the body.
            "body" | "html" => return,
            "br" => {
                self.needs_body();
                self.push(Element { name: name.to_owned(), ..Element::default() });
                return;
            }
            "head" => {
                if self.body.is_none() && self.head.is_some() {
                    self.close_down_to(2);
                }
                return;
            }
            _ => {}
        }
        if self.current() != DOCUMENT && self.name(self.current()) == name {
            self.close_down_to(self.open.len() - 1);
            return;
        }
        if is_heading(name) {
            if let Some(depth) = self.depth_of(is_heading, is_scope) {
                self.close_block_down_to(depth);
            }
        } else if is_formatting(name) {
            self.end_formatting(name);
        } else if matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption") {
            self.close(name, |open| matches!(open, "table" | "template" | "html"));
            self.pending.clear();
        } else if is_special(name) || matches!(name, "svg" | "math") {
            self.close(name, is_scope);
        } else if let Some(depth) = self.depth_of(|open| open == name, is_special) {
            self.close_down_to(depth);
        }
    }

    /// A formatting element ends although blocks that began in it are open: they go on without it.
    fn end_formatting(&mut self, name: &str) {
        if let Some(at) = self.pending.iter().rposition(|id| self.name(*id) == name) {
            self.pending.remove(at);
            return;
        }
        let Some(depth) = self.depth_of(|open| open == name, is_scope) else { return };
        let inside: Vec<Id> = self.open[depth + 1..].to_vec();
        if inside.len() > MOST_REOPENED {
            return;
        }
        self.close_down_to(depth);
        let first_block = inside.iter().position(|id| is_special(self.name(*id))).unwrap_or(inside.len());
        for (at, id) in inside.into_iter().enumerate() {
            if at >= first_block || is_formatting(self.name(id)) {
                self.reopen(id);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let is_space = text.bytes().all(|b| b.is_ascii_whitespace());
        if self.body.is_none() && !self.open.iter().skip(2).any(|id| !matches!(self.name(*id), "head" | "html")) {
            if is_space {
                return;
            }
            self.needs_body();
        }
        if !is_space && !self.is_in_foreign() {
            self.goes_on();
        }
        let (id, parent) = (self.tree.nodes.len(), self.current());
        match self.tree.nodes.last_mut() {
            // Long texts come in pieces.
            Some(Node { parent: before, kind: Kind::Text(known), .. }) if *before == parent => known.push_str(text),
            _ => self.tree.nodes.push(Node { parent, end: id + 1, kind: Kind::Text(text.to_owned()) }),
        }
    }
}

/// How the tokenizer reads what stands behind a start tag.
fn state_behind(name: &str) -> Option<State> {
    Some(match name {
        "textarea" | "title" => State::RcData,
        "plaintext" => State::PlainText,
        "script" => State::ScriptData,
        "style" | "iframe" | "xmp" | "noembed" | "noframes" | "noscript" => State::RawText,
        _ => return None,
    })
}
