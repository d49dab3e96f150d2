//! From the tree of a page to its rendition: the words that a browser shows, block by block.
//!
//! Here is the walk over the elements: what each of them begins and ends. Nothing is guessed here: which of it is
//! content is for [`super::content`] to say, and what is hidden for [`super::css`].

mod draft;
mod notes;
mod tables;

use super::content::Content;
use super::css::{Cascade, Display, Style};
use super::elements::{block_kind, is_never_text, is_undrawn, is_void};
use super::raised::{is_raised_digit, part_raised_digits};
use super::tree::{DOCUMENT, Element, Id, Kind, Tree};
use crate::source::dateline::Line;
use crate::source::rendition::Rendition;
use crate::text::blocks::BlockKind;
use draft::{Draft, Row};

/// A cell that says that it spans more columns is broken.
const MOST_SPANNED: usize = 64;

/// An element that is open at the current place.
struct Open {
    end: Id,
    style: Style,
    kind: BlockKind,
    is_boilerplate: bool,
    is_link: bool,
    closes: Closes,
}

/// What the end of an element does.
#[derive(Clone, Copy, PartialEq)]
enum Closes {
    Nothing,
    Block,
    Row,
    Cell,
    /// A raised text, which began so far into the block.
    Raised {
        at: usize,
        leads_away: bool,
    },
    Quote,
    /// A word ends.
    Word,
}

pub struct Page<'t, 'r> {
    tree: &'t Tree,
    cascade: Cascade<'t>,
    content: Content,
    rendition: &'r mut Rendition,
    open: Vec<Open>,
    /// The page has scripts, which show what hides the page as a whole until they run.
    may_be_revealed: bool,
    root_size: Option<f32>,
    draft: Option<Draft>,
    row: Option<Row>,
    /// Elements with an `id` or a `name` that began since the last block.
    names: Vec<String>,
    /// Nothing was shown since the last line break.
    after_break: bool,
    in_headline: Id,
    time: Option<String>,
    pub lines: Vec<Line>,
    /// It is hidden as a whole, and read as if a script had shown it.
    pub is_revealed: bool,
    /// Whether anything was content.
    pub has_content: bool,
}

impl<'t, 'r> Page<'t, 'r> {
    /// Adds what a page shows to a rendition.
    pub fn render(tree: &'t Tree, rendition: &'r mut Rendition) -> Self {
        let cascade = Cascade::of(tree);
        let style = Style::root(cascade.has_other_sheets);
        let may_be_revealed = cascade.has_scripts;
        let root = Open {
            end: tree.nodes.len(),
            style,
            kind: BlockKind::Paragraph,
            is_boilerplate: false,
            is_link: false,
            closes: Closes::Nothing,
        };
        let mut page = Self {
            tree,
            cascade,
            content: Content::of(tree),
            rendition,
            open: vec![root],
            may_be_revealed,
            is_revealed: false,
            root_size: None,
            draft: None,
            row: None,
            names: Vec::new(),
            after_break: false,
            in_headline: 0,
            time: None,
            lines: Vec::new(),
            has_content: false,
        };
        page.walk();
        page
    }

    /// Whether style sheets were too much to be heeded whole.
    pub fn has_cut_sheets(&self) -> bool {
        self.cascade.is_cut()
    }

    fn walk(&mut self) {
        let tree = self.tree;
        let mut id = DOCUMENT + 1;
        while id < tree.nodes.len() && !self.rendition.is_full() {
            while self.open.len() > 1 && self.open.last().is_some_and(|open| open.end <= id) {
                self.close();
            }
            let node = &tree.nodes[id];
            id = match &node.kind {
                Kind::Text(text) => {
                    self.text(text);
                    id + 1
                }
                Kind::Element(element) => {
                    if self.enter(id, element) {
                        id + 1
                    } else {
                        node.end
                    }
                }
            };
        }
        while self.open.len() > 1 {
            self.close();
        }
        self.close_block();
        if tree.is_cut {
            self.rendition.cut();
        }
    }

    /// Opens an element; false where nothing of it is shown.
    fn enter(&mut self, id: Id, element: &Element) -> bool {
        let Some(above) = self.open.last() else { return false };
        let name = element.name.as_str();
        let is_hidden = if element.is_foreign { is_undrawn(name) } else { is_never_text(name) };
        if is_hidden || self.is_note_mark(id, element) {
            return false;
        }
        let own = self.cascade.of_element(id, element);
        let kind = if element.is_foreign { None } else { block_kind(name) };
        let is_cell = element.is("td") || element.is("th");
        let style = above.style.inside(&own, self.root_size, kind.is_none() && !is_cell);
        let is_whole = self.may_be_revealed && (element.is("html") || element.is("body"));
        let revealed = if is_whole { style.revealed() } else { None };
        self.is_revealed |= revealed.is_some();
        let style = revealed.unwrap_or(style);
        let (is_inside_flex, kind_above, boilerplate_above) =
            (above.style.display == Display::Flex, above.kind, above.is_boilerplate);
        let is_over_others = style.floats && !style.is_gone;
        if let (true, Some(above)) = (is_over_others && kind.is_some(), self.open.last_mut()) {
            above.style.is_covered();
        }
        if style.is_gone {
            return false;
        }
        if self.tree.parent(id) == DOCUMENT {
            self.root_size = style.size();
        }
        if is_inside_flex {
            self.part_words();
        }
        self.void(element);
        if is_void(name) && !element.is_foreign {
            return false;
        }
        let name_of_place = element.attribute("id").or_else(|| element.attribute("name").filter(|_| name == "a"));
        self.names.extend(name_of_place.map(str::to_owned));
        if name == "time" && style.shows() {
            self.time = element.attribute("datetime").map(str::to_owned).or_else(|| self.time.take());
        }
        let is_picture_text = element.is_foreign && name == "text";
        let is_boilerplate = boilerplate_above || is_picture_text || self.content.is_boilerplate(self.tree, id, element);
        let is_block = kind.is_some() || is_picture_text || style.display == Display::Block && !style.floats && !is_cell;
        let kind = self.kind_inside(name, kind, kind_above);
        if element.is("h1") {
            self.in_headline = self.in_headline.max(self.tree.nodes[id].end);
        }
        let closes = self.begin(id, element, &style, is_block, is_boilerplate);
        let closes = if closes == Closes::Nothing && is_inside_flex { Closes::Word } else { closes };
        let is_link = name == "a";
        let is_link = is_link || self.open.last().is_some_and(|above| above.is_link);
        self.open.push(Open { end: self.tree.nodes[id].end, style, kind, is_boilerplate, is_link, closes });
        true
    }

    /// The kind of the blocks inside an element: paragraphs of a quotation or an item are parts of it.
    fn kind_inside(&self, name: &str, own: Option<BlockKind>, above: BlockKind) -> BlockKind {
        let is_part = matches!(name, "p" | "div" | "pre" | "center");
        match own {
            Some(BlockKind::Paragraph)
                if is_part && matches!(above, BlockKind::Quotation | BlockKind::ListItem | BlockKind::Heading) =>
            {
                above
            }
            // The cells of a row that lays out a page.
            Some(BlockKind::TableRow) => BlockKind::Paragraph,
            Some(own) => own,
            None => above,
        }
    }

    /// What an element begins, and so what its end does.
    fn begin(&mut self, id: Id, element: &Element, style: &Style, is_block: bool, is_boilerplate: bool) -> Closes {
        if element.is("tr") && self.row.is_none() && self.tree.is_data(id) {
            self.close_block();
            let is_head = self.tree.element(self.tree.parent(id)).is_some_and(|parent| parent.name == "thead");
            self.row = Some(Row { cells: Vec::new(), is_header: is_head || self.tree.is_header(id), is_boilerplate });
            return Closes::Row;
        }
        if element.is("td") || element.is("th") {
            let columns = element.attribute("colspan").and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_SPANNED);
            match &mut self.row {
                Some(row) => row.cells.push((String::new(), columns)),
                None => self.close_block(),
            }
            return Closes::Cell;
        }
        if is_block {
            if self.row.is_some() {
                self.part_words()
            } else {
                self.close_block()
            }
            return Closes::Block;
        }
        let is_raised = element.is("sup") || style.is_raised;
        if is_raised && !self.open.iter().rev().take(8).any(|open| matches!(open.closes, Closes::Raised { .. })) {
            let at = self.target().map_or(0, |text| text.len());
            return Closes::Raised { at, leads_away: self.leads_away(id) };
        }
        if element.is("q") {
            self.add_mark("“");
            return Closes::Quote;
        }
        Closes::Nothing
    }

    fn void(&mut self, element: &Element) {
        match element.name.as_str() {
            "hr" if self.row.is_none() => self.close_block(),
            // A line ends; at the second one in a row a paragraph does.
            "br" => {
                if std::mem::replace(&mut self.after_break, true) && self.row.is_none() {
                    self.close_block();
                }
                self.part_words();
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.closes {
            Closes::Nothing => {}
            Closes::Block if self.row.is_some() => self.part_words(),
            Closes::Block => self.close_block(),
            Closes::Row => self.close_row(),
            Closes::Cell if self.row.is_some() => {}
            Closes::Cell => self.close_block(),
            Closes::Raised { at, leads_away } => self.settle_raised(at, leads_away),
            Closes::Quote => self.add_mark("”"),
            Closes::Word => self.part_words(),
        }
    }

    fn add_mark(&mut self, mark: &str) {
        if self.open.last().is_some_and(|open| open.style.shows()) {
            self.show(mark);
        }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().all(|b| b.is_ascii_whitespace()) {
            // A space between two tags still parts the words beside it.
            return self.part_words();
        }
        if !self.open.last().is_some_and(|open| open.style.shows()) {
            return;
        }
        self.after_break = false;
        if !text.is_ascii() && text.contains(is_raised_digit) { self.show(&part_raised_digits(text)) } else { self.show(text) }
    }
}
