//! Reader for HTML: saved pages, exports, tables.
//!
//! A tokenizer rather than a tree, so that deep or broken nesting costs nothing and every
//! character keeps its place in the file. Scripts, comments and text that the page hides
//! (by `hidden`, by an inline style, or by a class that its own style sheet hides) are blank in
//! the visible text, so they can never be evidence.

use std::sync::LazyLock;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use regex::Regex;
use rustc_hash::FxHashSet;

use super::limits::{MOST_BLOCKS, MOST_CELLS, MOST_COLUMNS, MOST_MARKS};
use super::marks::MarkKind;
use super::metadata::Metadata;
use super::rendition::Rendition;
use super::{Content, Fields, boilerplate, json_ld};
use crate::text::Span;
use crate::text::blocks::{Block, BlockKind, Layout};
use crate::text::words::readable;

pub fn read(text: &str) -> Content {
    let mut rendition = Rendition::default();
    let metadata = render(text, &mut rendition);
    Content { metadata, ..Content::of_rendition(rendition) }
}

/// Adds what a page shows to a rendition.
pub fn render(text: &str, rendition: &mut Rendition) -> Metadata {
    let page = Page::read(text);
    let layout = &page.layout;
    let shown = |span: Span| readable(span.of(&layout.visible));
    let mut names = page.names.iter().peekable();
    for block in &layout.blocks {
        if rendition.is_full() {
            break;
        }
        while let Some((_, name)) = names.next_if(|(at, _)| *at <= block.span.start) {
            rendition.mark(MarkKind::Name, name);
        }
        match block.kind {
            BlockKind::TableRow | BlockKind::TableHeader if !block.cells.is_empty() => {
                let cells: Vec<String> = block.cells.iter().map(|cell| shown(*cell)).collect();
                rendition.row(&cells, block.kind == BlockKind::TableHeader);
            }
            kind => rendition.block(kind, &shown(block.span)),
        }
    }
    if page.is_full() {
        rendition.cut();
    }
    page.metadata()
}

/// An element that is open at the current place.
struct Open {
    name: String,
    /// The element hides its content.
    hides: bool,
    /// The element is not part of the content proper.
    is_boilerplate: bool,
}

struct Page<'t> {
    text: &'t str,
    visible: Vec<u8>,
    layout: Layout,
    fields: Fields,
    title: Option<String>,
    /// Everything before this offset has been dealt with.
    at: usize,
    open: Vec<Open>,
    hidden: usize,
    boilerplate: usize,
    /// How many links are open, and how many bytes of the open block stand in links.
    links: usize,
    linked: usize,
    /// Nothing was shown since the last line break.
    after_break: bool,
    /// The open script is metadata.
    is_json_ld: bool,
    /// The page sets the colour of some background, before which white text can be read.
    has_backgrounds: bool,
    block: Option<Block>,
    /// The cells of the open row so far, and the number of those before.
    cells: Vec<Span>,
    all_cells: usize,
    /// Kind of the next block, from the innermost element that says so.
    kind: BlockKind,
    /// Where elements with an `id` or `name` begin.
    names: Vec<(usize, String)>,
    /// Class names and ids that the page's style sheet hides, with their `.` or `#`.
    hidden_selectors: FxHashSet<String>,
}

/// A cell that says that it spans more columns is broken.
const MOST_SPANNED: usize = 64;

/// How far up an end tag looks for its start tag: broken pages must not cost more.
const DEEPEST_MATCH: usize = 256;

impl<'t> Page<'t> {
    fn read(text: &'t str) -> Self {
        let mut page = Self::new(text);
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            if page.is_full() {
                break;
            }
            match token {
                Token::StartTag(tag) => {
                    page.text_up_to(tag.span.start);
                    page.at = tag.span.end;
                    page.start(&tag);
                }
                Token::EndTag(tag) => {
                    page.text_up_to(tag.span.start);
                    page.at = tag.span.end;
                    page.end(&String::from_utf8_lossy(&tag.name));
                }
                Token::Comment(comment) => page.skip(comment.span.start, comment.span.end),
                Token::Doctype(doctype) => page.skip(doctype.span.start, doctype.span.end),
                Token::String(_) | Token::Error(_) => {}
            }
        }
        if !page.is_full() {
            page.text_up_to(text.len());
        }
        page.close_block();
        page.layout.visible = String::from_utf8(std::mem::take(&mut page.visible)).unwrap_or_else(|_| " ".repeat(text.len()));
        page
    }

    fn new(text: &'t str) -> Self {
        Self {
            text,
            // Tags part no words: `<b>Monday</b>.` reads "Monday."
            visible: vec![0; text.len()],
            layout: Layout::default(),
            fields: Fields::default(),
            title: None,
            at: 0,
            open: Vec::new(),
            hidden: 0,
            boilerplate: 0,
            links: 0,
            linked: 0,
            after_break: false,
            is_json_ld: false,
            has_backgrounds: text.contains("background") || text.contains("bgcolor"),
            block: None,
            cells: Vec::new(),
            all_cells: 0,
            kind: BlockKind::Paragraph,
            names: Vec::new(),
            hidden_selectors: hidden_selectors(text),
        }
    }

    /// Whether it has more than any honest page.
    fn is_full(&self) -> bool {
        self.layout.blocks.len() >= MOST_BLOCKS || self.all_cells >= MOST_CELLS || self.names.len() >= MOST_MARKS
    }

    fn skip(&mut self, start: usize, end: usize) {
        self.text_up_to(start);
        self.at = end;
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |key: &str| tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        match name.as_str() {
            "meta" => {
                let key = attribute("name").or_else(|| attribute("property")).or_else(|| attribute("itemprop"));
                if let (Some(key), Some(value)) = (key, attribute("content")) {
                    self.fields.add(&key, &value);
                }
            }
            "time" if self.boilerplate == 0 => self.fields.add("time", &attribute("datetime").unwrap_or_default()),
            "html" => self.fields.add("lang", &attribute("lang").unwrap_or_default()),
            "link" if attribute("rel").as_deref() == Some("canonical") => {
                self.fields.add("canonical", &attribute("href").unwrap_or_default());
            }
            _ => {}
        }
        // A line ends; at the second one in a row a paragraph does.
        if name == "br" {
            if std::mem::replace(&mut self.after_break, true) {
                self.close_block();
            }
            self.visible[tag.span.start] = b' ';
        }
        if name == "sup" && self.text[..tag.span.start].ends_with(|c: char| c.is_ascii_digit()) {
            // "500" and a raised "1" are not 5001.
            self.visible[tag.span.start] = b' ';
        }
        if let Some(name) = attribute("id").or_else(|| attribute("name").filter(|_| name == "a")) {
            self.names.push((tag.span.start, name));
        }
        if let Some(kind) = block_kind(&name) {
            self.close_block();
            self.cells.clear();
            self.kind = kind;
        } else if matches!(name.as_str(), "th") && self.block.is_none() && self.kind == BlockKind::TableRow {
            // A row that opens with a header cell is a header unless a data cell follows.
            self.kind = BlockKind::TableHeader;
        } else if name == "td" && self.kind == BlockKind::TableHeader {
            self.kind = BlockKind::TableRow;
            if let Some(block) = &mut self.block {
                block.kind = BlockKind::TableRow;
            }
        }
        if matches!(name.as_str(), "td" | "th") {
            self.visible[tag.span.start] = b' ';
            let columns = attribute("colspan").and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_SPANNED);
            // One more than are kept, so that it is told.
            let columns = columns.min((MOST_COLUMNS + 1).saturating_sub(self.cells.len()));
            self.cells.extend(std::iter::repeat_n(Span::new(self.at, self.at), columns));
        }
        if is_void(&name) || tag.self_closing {
            return;
        }
        let hides = matches!(
            name.as_str(),
            "script" | "style" | "template" | "noscript" | "head" | "svg" | "textarea" | "select" | "iframe" | "object"
        ) || attribute("hidden").is_some()
            || attribute("style").is_some_and(|style| HIDING_STYLE.is_match(&style))
            || is_note_mark(&attribute)
            || self.is_hidden_by_sheet(attribute("class"), attribute("id"))
            || is_invisible_colour(&attribute("style").unwrap_or_default(), attribute("color"), self.has_backgrounds);
        let is_named = |value: Option<String>| value.is_some_and(|names| boilerplate::is_name(&names));
        let is_boilerplate = boilerplate::is_element(&name)
            || attribute("role").is_some_and(|role| boilerplate::is_role(&role))
            || !boilerplate::holds_content(&name) && (is_named(attribute("class")) || is_named(attribute("id")));
        self.hidden += usize::from(hides);
        self.boilerplate += usize::from(is_boilerplate);
        self.links += usize::from(name == "a");
        self.is_json_ld =
            name == "script" && attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
        self.open.push(Open { name, hides, is_boilerplate });
    }

    fn is_hidden_by_sheet(&self, class: Option<String>, id: Option<String>) -> bool {
        let classes = class.unwrap_or_default();
        let mut names = classes.split_whitespace().map(|c| format!(".{c}")).chain(id.map(|id| format!("#{id}")));
        !self.hidden_selectors.is_empty() && names.any(|name| self.hidden_selectors.contains(&name))
    }

    fn end(&mut self, name: &str) {
        if block_kind(name).is_some() {
            self.close_block();
            self.kind = BlockKind::Paragraph;
        }
        let Some(up) = self.open.iter().rev().take(DEEPEST_MATCH).position(|open| open.name == name) else {
            return;
        };
        for closed in self.open.drain(self.open.len() - up - 1..) {
            self.hidden -= usize::from(closed.hides);
            self.boilerplate -= usize::from(closed.is_boilerplate);
            self.links -= usize::from(closed.name == "a");
        }
    }

    /// Makes the raw text from the current place up to `end` visible, unless it is hidden.
    fn text_up_to(&mut self, end: usize) {
        let span = Span::new(self.at, end.max(self.at));
        self.at = span.end;
        let raw = span.of(self.text);
        if raw.trim().is_empty() {
            // A space between two tags still parts the words beside it.
            if self.hidden == 0 {
                self.visible[span.start..span.end].fill(b' ');
            }
            return;
        }
        if self.open.last().is_some_and(|open| open.name == "title") && self.title.is_none() {
            self.title = Some(crate::text::words::readable(&unescape(raw)));
        }
        if std::mem::take(&mut self.is_json_ld) {
            json_ld::read(raw, &mut self.fields);
        }
        if self.hidden > 0 {
            return;
        }
        self.after_break = false;
        self.linked += if self.links > 0 { raw.trim().len() } else { 0 };
        self.show(span, raw);
        let shown = span.trimmed(self.text);
        self.extend_cell(shown);
        let kind = if self.boilerplate > 0 { BlockKind::Boilerplate } else { self.kind };
        let block = self.block.get_or_insert(Block { kind, span: shown, lead: None, heading: None, cells: Vec::new() });
        block.span = block.span.cover(shown);
    }

    fn show(&mut self, span: Span, raw: &str) {
        let mut rest = 0;
        while let Some(found) = raw[rest..].find('&') {
            let entity = rest + found;
            self.copy(span.start + rest, &raw[rest..entity]);
            let length = entity_length(&raw[entity..]);
            let decoded = unescape(&raw[entity..entity + length]);
            let opens = raw[entity + length..].starts_with(char::is_alphanumeric);
            self.copy_padded(Span::new(span.start + entity, span.start + entity + length), &decoded, opens);
            rest = entity + length;
        }
        self.copy(span.start + rest, &raw[rest..]);
    }

    /// Puts a decoded entity in its place. The bytes that it does not need are blank: before an
    /// opening mark, behind a closing one, and NUL inside a word, which does not part it.
    fn copy_padded(&mut self, place: Span, decoded: &str, opens: bool) {
        if decoded.len() > place.len() {
            return;
        }
        let spare = place.len() - decoded.len();
        let in_word =
            decoded.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’') || crate::text::words::is_invisible(c));
        let is_space = decoded.chars().all(char::is_whitespace);
        let before = if opens && !in_word && !is_space { spare } else { 0 };
        let filler = if in_word { 0 } else { b' ' };
        self.visible[place.start..place.end].fill(filler);
        self.copy(place.start + before, decoded);
    }

    fn copy(&mut self, at: usize, text: &str) {
        self.visible[at..at + text.len()].copy_from_slice(text.as_bytes());
    }

    /// A cell over several columns stands in each of them.
    fn extend_cell(&mut self, shown: Span) {
        let Some(open) = self.cells.last().copied() else { return };
        let whole = if open.is_empty() { shown } else { open.cover(shown) };
        self.cells.iter_mut().rev().take_while(|cell| **cell == open).for_each(|cell| *cell = whole);
    }

    fn close_block(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let linked = std::mem::take(&mut self.linked);
        if let Some(mut block) = self.block.take() {
            let shown = readable(&String::from_utf8_lossy(&self.visible[block.span.start..block.span.end]));
            let is_link = linked * 10 > shown.len() * 9 && !shown.ends_with(['.', '!', '?']);
            let may_be = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            if may_be && (is_link || boilerplate::is_phrase(&shown)) {
                block.kind = BlockKind::Boilerplate;
            }
            if matches!(block.kind, BlockKind::TableRow | BlockKind::TableHeader) {
                self.all_cells += cells.len();
                block.cells = cells;
            }
            self.layout.blocks.push(block);
        }
    }

    fn metadata(&self) -> Metadata {
        let mut metadata = Metadata::from_fields(&self.fields);
        if let Some((title, site)) = self.title.as_deref().map(split_title) {
            metadata.title.get_or_insert(title.to_owned());
            if metadata.publisher.is_none() {
                metadata.publisher = site.map(str::to_owned);
            }
        }
        metadata
    }
}

/// "Headline | Site" in a page's title.
fn split_title(title: &str) -> (&str, Option<&str>) {
    match title.rsplit_once(" | ").or_else(|| title.rsplit_once(" — ")).or_else(|| title.rsplit_once(" – ")) {
        Some((headline, site)) if headline.len() > site.len() => (headline.trim(), Some(site.trim())),
        _ => (title, None),
    }
}

fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "tr" => BlockKind::TableRow,
        "blockquote" => BlockKind::Quotation,
        "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "ul" | "ol" | "dl" | "table"
        | "thead" | "tbody" | "tfoot" | "caption" | "figure" | "figcaption" | "pre" | "body" | "form" | "fieldset" | "hr"
        | "address" | "details" | "summary" | "title" => BlockKind::Paragraph,
        _ => return None,
    })
}

/// The number that leads to a footnote would else become part of a number before it.
fn is_note_mark(attribute: &impl Fn(&str) -> Option<String>) -> bool {
    let is =
        |key: &str, values: &[&str]| attribute(key).is_some_and(|value| value.split_whitespace().any(|v| values.contains(&v)));
    is("role", &["doc-noteref", "doc-backlink"])
        || is("epub:type", &["noteref"])
        || is("class", &["reference", "footnote-ref", "footnote-back", "mw-cite-backlink"])
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

static HIDING_STYLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0*(\.0*)?\s*(;|!|$)|font-size\s*:\s*(?:0[a-z%]*|0?\.\d+(?:px|pt|r?em)|[12](?:\.\d+)?p[xt])\s*(;|!|$)|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(\s*0\s*[,)]|(left|top|right|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0[a-z%]*\s*(;|!|$)")
        .expect("a valid pattern")
});

static COLOURS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[;{\s])(color|background(?:-color)?)\s*:\s*([^;!}]+)").expect("a valid pattern"));

/// Whether text has the colour of what is behind it: the same two colours in one style, no colour
/// at all, or white on a page that never sets a background.
fn is_invisible_colour(style: &str, attribute: Option<String>, has_backgrounds: bool) -> bool {
    if attribute.is_none() && !style.to_ascii_lowercase().contains("color") {
        return false;
    }
    let (mut front, mut back) = (attribute.map(|colour| plain_colour(&colour)), None);
    for found in COLOURS.captures_iter(style) {
        let slot = if found[1].eq_ignore_ascii_case("color") { &mut front } else { &mut back };
        *slot = Some(plain_colour(&found[2]));
    }
    match (front.as_deref(), back.as_deref()) {
        (Some("transparent"), _) => true,
        (Some(front), Some(back)) => front == back,
        (Some("#ffffff"), None) => !has_backgrounds,
        _ => false,
    }
}

/// The usual ways to write white, black and nothing as one each.
fn plain_colour(colour: &str) -> String {
    let colour: String = colour.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match colour.as_str() {
        "white" | "#fff" | "rgb(255,255,255)" => "#ffffff".to_owned(),
        "black" | "#000" | "rgb(0,0,0)" => "#000000".to_owned(),
        c if c.starts_with("rgba(") && (c.ends_with(",0)") || c.ends_with(",0.0)")) => "transparent".to_owned(),
        _ => colour,
    }
}

/// Classes and ids (`.skip`, `#promo`) that the page's own style sheets hide by a simple rule.
fn hidden_selectors(text: &str) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    let mut rest = text;
    while let Some(at) = rest.find("<style") {
        let sheet = &rest[at..];
        let end = sheet.find("</style").unwrap_or(sheet.len());
        // Rules inside `@media` begin behind its brace, so the last part before the brace counts.
        // Rules for paper and for certain widths hide nothing from a reader at a desk.
        let mut is_conditional = false;
        for rule in sheet[..end].split('}') {
            if let Some((_, query)) = rule.rsplit_once("@media") {
                let query = query.split('{').next().unwrap_or_default();
                is_conditional = query.contains("print") || query.contains("width");
            } else if rule.trim().is_empty() {
                is_conditional = false;
            }
            if is_conditional {
                continue;
            }
            let mut parts = rule.rsplit('{');
            let (body, selectors) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            if HIDING_STYLE.is_match(body) || is_invisible_colour(body, None, true) {
                let selectors = selectors.rsplit('>').next().unwrap_or_default().split(',');
                let simple = |s: &&str| s.starts_with(['.', '#']) && !s.contains(' ');
                found.extend(selectors.map(str::trim).filter(simple).map(str::to_owned));
            }
        }
        rest = &sheet[end.max(1)..];
    }
    found
}

/// The bytes of the entity at the start of `raw`; 1 where it is only an ampersand.
fn entity_length(raw: &str) -> usize {
    const LONGEST_ENTITY: usize = 34;
    let name = raw.bytes().skip(1).take(LONGEST_ENTITY).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    match raw.as_bytes().get(1 + name) {
        Some(b';') if name > 0 => name + 2,
        _ => 1,
    }
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
mod tests {
    use super::*;
    use crate::text::words::readable;

    fn shown(text: &str) -> Vec<(BlockKind, String)> {
        let layout = Page::read(text).layout;
        assert_eq!(layout.visible.len(), text.len());
        layout.blocks.iter().map(|b| (b.kind, readable(b.span.of(&layout.visible)))).collect()
    }

    #[test]
    fn blocks_keep_their_place_in_the_file() {
        let text = "<p>The <b>quay</b> was&nbsp;closed.</p><p>&ldquo;So it&rsquo;s true,&rdquo; he said.</p>";
        let layout = Page::read(text).layout;
        assert_eq!(layout.blocks[0].span.of(text), "The <b>quay</b> was&nbsp;closed.");
        assert_eq!(readable(layout.blocks[1].span.of(&layout.visible)), "“So it’s true,” he said.");
    }

    #[test]
    fn tags_part_no_words_but_spaces_and_breaks_do() {
        let text = "<p><b>Mon</b>day<i>.</i> <a>One</a> <a>two</a><br>three<sup><a role=doc-noteref>4</a></sup>.<br><br>500<sup>1</sup></p>";
        let words: Vec<_> = shown(text).into_iter().map(|(_, t)| t).collect();
        assert_eq!(words, ["Monday. One two three.", "500 1"]);
    }

    #[test]
    fn what_only_paper_or_narrow_screens_hide_is_visible() {
        let text = "<style>@media print{.p{display:none}.r{display:none}} @media (max-width:600px){.q{display:none}} .x{display:none}</style><p class=p>one</p><p class=r>two</p><p class=q>three</p><p class=x>secret</p>";
        let words: Vec<_> = shown(text).into_iter().map(|(_, t)| t).collect();
        assert_eq!(words, ["one", "two", "three"]);
    }

    #[test]
    fn what_the_page_hides_is_never_visible() {
        let hidden = [
            "<p style='display: none'>secret</p>",
            "<p hidden>secret</p>",
            "<div style='visibility:hidden'><p>secret</p></div>",
            "<span style='font-size:0'>secret</span>",
            "<style>.x, .y{color:red;display:none}</style><p class='z y'>secret</p>",
            "<style>@media screen { .q { display:none } }</style><p class=q>secret</p>",
            "<script>secret</script>",
            "<!-- secret -->",
            "<template><p>secret</p></template>",
            "<p style='position:absolute;left:-9999px'>secret</p>",
            "<textarea>secret</textarea>",
        ];
        for html in hidden {
            let text = format!("<body>{html}<p>open</p>");
            let words: Vec<_> = shown(&text).into_iter().map(|(_, t)| t).collect();
            assert_eq!(words.join(" "), "open", "{html}");
        }
    }

    #[test]
    fn rows_headers_and_navigation_are_told_apart() {
        use BlockKind::*;
        let text = "<nav>Home</nav><h2>Seats</h2><table><tr><th>List</th><th>Now</th></tr><tr><th>Union</th><td>71</td></tr></table><ul><li>one<li>two</ul>";
        let expected = [
            (Boilerplate, "Home"),
            (Heading, "Seats"),
            (TableHeader, "List Now"),
            (TableRow, "Union 71"),
            (ListItem, "one"),
            (ListItem, "two"),
        ];
        assert_eq!(shown(text), expected.map(|(k, t)| (k, t.to_owned())));
    }

    #[test]
    fn metadata_from_the_head() {
        let Content { metadata, .. } = read(
            "<html lang=en><head><title>Mill closes &amp; reopens | The Valley Post</title><meta name=date content=2024-03-30><meta property='og:url' content='https://x.example/a'></head>",
        );
        assert_eq!(metadata.title.as_deref(), Some("Mill closes & reopens"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Valley Post"));
        assert_eq!(metadata.date.as_deref(), Some("2024-03-30"));
        assert_eq!(metadata.url.as_deref(), Some("https://x.example/a"));
        assert_eq!(metadata.lang.as_deref(), Some("en"));
    }

    #[test]
    fn broken_and_deep_pages_are_read_to_the_end() {
        let deep = "<div>".repeat(200_000) + "deep" + &"</p></span>".repeat(1000);
        assert_eq!(shown(&deep).len(), 1);
        for text in ["<p", "<p a='", "&", "&#;", "&#x110000;", "a & b &notanentity; c", "</b></i>x", "<!--"] {
            shown(text);
        }
    }
}
