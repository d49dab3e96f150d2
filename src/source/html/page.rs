//! From the tree of a page to its rendition: the words that a browser shows, block by block.

use super::content::Content;
use super::css::{Cascade, Display, Style};
use super::elements::{block_kind, is_never_text, is_undrawn, is_void};
use super::raised::{Raised, is_raised_digit, part_raised_digits, raised};
use super::tree::{DOCUMENT, Element, Id, Kind, Tree};
use crate::source::boilerplate;
use crate::source::dateline::{LONGEST_LINE, Line};
use crate::source::limits::{LONGEST_CELL, MOST_COLUMNS};
use crate::source::marks::MarkKind;
use crate::source::rendition::Rendition;
use crate::text::blocks::BlockKind;
use crate::text::words::readable;

/// A cell that says that it spans more columns is broken.
const MOST_SPANNED: usize = 64;

/// A row with more text than this holds no data but the layout of a page, if blocks stand in its cells.
const LONGEST_ROW: usize = 1000;

const MOST_LINES: usize = 2000;

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

/// The block in the making.
struct Draft {
    kind: BlockKind,
    text: String,
    /// Bytes in links.
    linked: usize,
    /// How many of the pending names stand before it.
    names: usize,
    is_headline: bool,
    time: Option<String>,
}

/// The row in the making.
struct Row {
    /// The cells, with the columns over which they go.
    cells: Vec<(String, usize)>,
    is_header: bool,
    is_boilerplate: bool,
}

pub struct Page<'t, 'r> {
    tree: &'t Tree,
    cascade: Cascade<'t>,
    content: Content,
    rendition: &'r mut Rendition,
    open: Vec<Open>,
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
    /// Whether anything was content.
    pub has_content: bool,
}

impl<'t, 'r> Page<'t, 'r> {
    /// Adds what a page shows to a rendition.
    pub fn render(tree: &'t Tree, rendition: &'r mut Rendition) -> Self {
        let cascade = Cascade::of(tree);
        let style = Style::root(cascade.has_other_sheets);
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
        let own = self.cascade.of_element(id);
        let kind = if element.is_foreign { None } else { block_kind(name) };
        let is_cell = element.is("td") || element.is("th");
        let style = above.style.inside(&own, self.root_size, kind.is_none() && !is_cell);
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
        if element.is("tr") && self.row.is_none() && self.is_data(id) {
            self.close_block();
            let is_head = self.tree.element(self.tree.parent(id)).is_some_and(|parent| parent.name == "thead");
            self.row = Some(Row { cells: Vec::new(), is_header: is_head || self.is_header(id), is_boilerplate });
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

    /// The text that grows here, if there is one already.
    fn target(&mut self) -> Option<&mut String> {
        match &mut self.row {
            Some(row) => row.cells.last_mut().map(|(text, _)| text),
            None => self.draft.as_mut().map(|draft| &mut draft.text),
        }
    }

    /// Tags part no words (`<b>Monday</b>.` reads "Monday."), but some elements do.
    fn part_words(&mut self) {
        if let Some(text) = self.target() {
            text.push(' ');
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
        if text.contains(is_raised_digit) { self.show(&part_raised_digits(text)) } else { self.show(text) }
    }

    fn show(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        if let Some(row) = &mut self.row {
            if row.cells.is_empty() {
                row.cells.push((String::new(), 1));
            }
            if let Some((cell, _)) = row.cells.last_mut() {
                // A byte more than is kept, so that it is told.
                let room = (LONGEST_CELL + 1).saturating_sub(cell.len());
                cell.push_str(&text[..text.floor_char_boundary(room)]);
            }
            return;
        }
        let kind = if open.is_boilerplate { BlockKind::Boilerplate } else { open.kind };
        let names = self.names.len();
        let is_headline = self.open.last().is_some_and(|open| open.end <= self.in_headline);
        let draft =
            self.draft.get_or_insert_with(|| Draft { kind, text: String::new(), linked: 0, names, is_headline, time: None });
        draft.time = self.time.take().or(draft.time.take());
        draft.linked += if open.is_link { text.trim().len() } else { 0 };
        draft.text.push_str(text);
    }

    fn settle_raised(&mut self, at: usize, leads_away: bool) {
        let Some(text) = self.target() else { return };
        let Some((before, inside)) = text.split_at_checked(at) else { return };
        if inside.trim().is_empty() {
            return;
        }
        match raised(before, inside, leads_away) {
            Raised::Joined => {}
            Raised::Apart => {
                text.insert(at, ' ');
                text.push(' ');
            }
            Raised::Mark => text.truncate(at),
        }
    }

    /// Whether an element is a link to a place of the page, stands in one or has one in it.
    fn leads_away(&self, id: Id) -> bool {
        let is_link = |element: &Element| element.name == "a" && element.attribute("href").is_some_and(|href| href.contains('#'));
        let inside = id..self.tree.nodes[id].end.min(id + 8);
        inside.filter_map(|id| self.tree.element(id)).any(is_link)
            || self.tree.ancestors(id).take(4).any(|(_, above)| is_link(above))
    }

    /// The number that leads to a footnote would else become part of a number before it.
    fn is_note_mark(&self, id: Id, element: &Element) -> bool {
        const LONGEST: usize = 12;
        let has = |name: &str, values: &[&str]| element.words(name).any(|word| values.contains(&word));
        let is_named = has("role", &["doc-noteref", "doc-backlink"])
            || has("epub:type", &["noteref"])
            || has("class", &["reference", "footnote-ref", "footnote-back", "mw-cite-backlink", "mw-editsection"]);
        let is_link = || {
            let text = self.tree.text(id, LONGEST);
            let number = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            element.name == "a"
                && element.attribute("href").is_some_and(|href| href.contains('#'))
                && number.is_some_and(|number| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
        };
        (is_named || element.name == "a" && is_link())
            && matches!(element.name.as_str(), "a" | "sup" | "span" | "cite")
            && self.tree.text(id, 2 * LONGEST).trim().len() <= 2 * LONGEST
    }

    /// Whether a row holds data. Else it lays out the page, and its cells hold blocks.
    fn is_data(&self, row: Id) -> bool {
        let (mut bytes, mut blocks) = (0, 0);
        for id in row + 1..self.tree.nodes[row].end {
            match &self.tree.nodes[id].kind {
                Kind::Element(element) => match element.name.as_str() {
                    "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section" | "blockquote" | "form"
                    | "main" => return false,
                    "p" | "div" | "ul" | "ol" => blocks += 1,
                    _ => {}
                },
                Kind::Text(text) => bytes += text.trim().len(),
            }
            if bytes > LONGEST_ROW && blocks > 0 {
                return false;
            }
        }
        true
    }

    /// A row of header cells alone names the columns.
    fn is_header(&self, row: Id) -> bool {
        let mut cells = self.cells(row).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.is("th"))
    }

    fn cells(&self, row: Id) -> impl Iterator<Item = &Element> {
        let first = (row + 1..self.tree.nodes[row].end).find(|id| self.tree.element(*id).is_some());
        let next = |id: &Id| self.tree.element(*id).and_then(|element| element.next);
        std::iter::successors(first, next).filter_map(|id| self.tree.element(id)).filter(|cell| cell.is("td") || cell.is("th"))
    }

    fn mark_names(&mut self, count: usize) {
        for name in self.names.drain(..count) {
            self.rendition.mark(MarkKind::Name, &name);
        }
    }

    fn close_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        self.mark_names(self.names.len());
        if row.is_boilerplate {
            let text: Vec<&str> = row.cells.iter().map(|(text, _)| text.as_str()).collect();
            return self.rendition.block(BlockKind::Boilerplate, &text.join(" "));
        }
        let shown: Vec<(String, usize)> = row.cells.iter().map(|(text, columns)| (readable(text), *columns)).collect();
        // A cell over several columns stands in each of them. One column more than are kept, so that it is told.
        let cells = shown.iter().flat_map(|(text, columns)| std::iter::repeat_n(text.as_str(), *columns));
        let cells: Vec<&str> = cells.take(MOST_COLUMNS + 1).collect();
        self.has_content |= cells.iter().any(|cell| !cell.is_empty());
        self.rendition.row(&cells, row.is_header);
    }

    fn close_block(&mut self) {
        let Some(draft) = self.draft.take() else { return };
        let Draft { mut kind, text, linked, names, is_headline, time } = draft;
        let text = readable(&text);
        if text.is_empty() {
            return;
        }
        self.mark_names(names.min(self.names.len()));
        let is_link = linked * 10 > text.len() * 9 && !text.ends_with(['.', '!', '?']);
        let may_be = matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
        if may_be && (is_link || boilerplate::is_phrase(&text)) {
            kind = BlockKind::Boilerplate;
        }
        self.has_content |= kind != BlockKind::Boilerplate;
        if self.lines.len() < MOST_LINES {
            let head = text[..text.floor_char_boundary(LONGEST_LINE)].to_owned();
            self.lines.push(Line { text: head, is_headline, is_boilerplate: kind == BlockKind::Boilerplate, time });
        }
        self.rendition.block(kind, &text);
    }
}
