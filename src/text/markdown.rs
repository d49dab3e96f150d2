//! Markdown to blocks, for notes and for sources alike.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::Span;
use super::blocks::{Block, BlockKind, Layout, connect};

/// An inline thing that points somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// `[text](target)`; the span covers all of it.
    Link { span: Span, target: String },
    /// `[^label]` where a definition of the label exists.
    FootnoteMark { span: Span, label: String },
    /// `[^label]: text`; the span covers the definition with its text.
    FootnoteDefinition { span: Span, label: String },
}

/// A Markdown text: its layout, and the links and footnotes that the parser recognised.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    pub layout: Layout,
    pub pointers: Vec<Pointer>,
    /// Code spans and comments between words, in which nothing is a citation or a quotation.
    pub code: Vec<Span>,
    /// All comments.
    pub comments: Vec<Span>,
    /// Which blocks lead in what follows.
    pub leading: Vec<bool>,
    /// Whether its last block is one that goes on over empty lines, such as code, and so may not have
    /// ended.
    pub may_go_on: bool,
    /// Whether it defines targets of links that may be used anywhere.
    pub has_link_definitions: bool,
}

impl Markdown {
    /// In these spans, which follow each other, nothing is a citation or a quotation either.
    pub fn leave_out(&mut self, spans: &[Span]) {
        if !spans.is_empty() {
            let last_before = |end: usize| spans[..spans.partition_point(|span| span.start < end)].last();
            self.code.retain(|code| !last_before(code.end).is_some_and(|span| span.overlaps(*code)));
            self.code.extend(spans);
            self.code.sort_unstable();
        }
    }
}

/// `> [!note] Title`: a block quotation of which the first line says what it is.
struct Callout {
    /// Where its label ends, counted from the start of the block quotation.
    label: usize,
    /// Whether it holds the words of others.
    is_quotation: bool,
}

impl Callout {
    fn of(block: &str) -> Option<Self> {
        // One in another one may stand behind some marks; a bound keeps deep nesting cheap.
        const MARKS: usize = 16;
        let head = &block[..block.floor_char_boundary(MARKS)];
        let marks = head.len() - head.trim_start_matches(['>', ' ', '\t']).len();
        let rest = block[marks..].strip_prefix("[!")?;
        let line = &block[..block.find('\n').unwrap_or(block.len())];
        let kind = rest.split_once(']')?.0.lines().next()?;
        let kind = kind.split('|').next().unwrap_or_default().to_ascii_lowercase();
        let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        is_kind.then_some(Self { label: line.len(), is_quotation: matches!(kind.as_str(), "quote" | "cite") })
    }
}

/// Parses CommonMark with tables, footnotes, task lists and YAML front matter.
#[must_use]
pub fn parse(text: &str) -> Markdown {
    parse_with(text, text.len())
}

/// Parses a part of a text, in other parts of which there are footnotes with these labels.
#[must_use]
pub fn parse_part(text: &str, footnotes: &str) -> Markdown {
    // Definitions behind it are known in it, and are looked at no further.
    parse_with(&format!("{text}\n\n{footnotes}"), text.len())
}

/// Parses a text of which only the first `end` bytes count.
fn parse_with(text: &str, end: usize) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut walk = Walk::new(&text[..end]);
    let events = Parser::new_ext(text, options).into_offset_iter();
    walk.out.has_link_definitions = events.reference_definitions().iter().next().is_some();
    for (event, range) in events.take_while(|(_, range)| range.start < end || end == text.len()) {
        walk.event(event, Span::new(range.start, range.end.min(end)));
    }
    walk.finish()
}

struct Walk<'t> {
    text: &'t str,
    visible: Vec<u8>,
    out: Markdown,
    /// Block kinds that enclose the current place.
    around: Vec<BlockKind>,
    open: Option<Block>,
    /// Inside an image, whose text is not shown.
    images: usize,
    /// Where the label of the last callout ends.
    label_end: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        let visible = text.bytes().map(|b| if matches!(b, b'\n' | b'\r') { b } else { b' ' }).collect();
        Self { text, visible, out: Markdown::default(), around: Vec::new(), open: None, images: 0, label_end: 0 }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.show(span, &text),
            Event::Code(_) => {
                self.out.code.push(span);
                let inner = span.of(self.text).trim_matches('`');
                let start = span.start + span.of(self.text).find(inner).unwrap_or(0);
                self.show(Span::new(start, start + inner.len()), inner);
            }
            Event::FootnoteReference(label) => {
                self.extend(span);
                self.out.pointers.push(Pointer::FootnoteMark { span, label: label.into_string() });
            }
            Event::TaskListMarker(_) => {
                self.open_implicitly(span);
                if let Some(block) = &mut self.open {
                    block.kind = BlockKind::Task;
                    block.span.start = span.end;
                }
            }
            Event::InlineHtml(_) => {
                self.extend(span);
                if span.of(self.text).starts_with("<!--") {
                    self.out.code.push(span);
                    self.out.comments.push(span);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.extend(span),
            Event::Html(_) | Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if is_block(&tag) {
            self.out.may_go_on = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_));
        }
        match tag {
            Tag::Paragraph => {
                let kind = self.around.last().copied().unwrap_or(BlockKind::Paragraph);
                self.open_block(kind, span);
            }
            Tag::Heading { .. } => self.open_block(BlockKind::Heading, span),
            Tag::BlockQuote(_) => {
                let callout = Callout::of(span.of(self.text));
                self.label_end = callout.as_ref().map_or(self.label_end, |callout| span.start + callout.label);
                let is_own = callout.is_some_and(|callout| !callout.is_quotation);
                self.enter(if is_own { BlockKind::Paragraph } else { BlockKind::Quotation });
            }
            Tag::Item => self.enter(BlockKind::ListItem),
            Tag::FootnoteDefinition(label) => {
                self.enter(BlockKind::Footnote);
                self.out.pointers.push(Pointer::FootnoteDefinition { span, label: label.into_string() });
            }
            Tag::TableHead => self.open_block(BlockKind::TableHeader, span),
            Tag::TableRow => self.open_block(BlockKind::TableRow, span),
            Tag::TableCell => {
                if let Some(row) = &mut self.open {
                    row.cells.push(span);
                }
            }
            Tag::CodeBlock(_) => self.open_block(BlockKind::Code, span),
            Tag::HtmlBlock => {
                self.comments(span);
                self.open_block(BlockKind::Markup, span);
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => {
                self.open_block(BlockKind::Markup, span);
            }
            Tag::List(_) | Tag::Table(_) => self.close(),
            Tag::Link { dest_url, .. } => {
                self.extend(span);
                self.out.pointers.push(Pointer::Link { span, target: dest_url.into_string() });
            }
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close();
                self.around.pop();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => self.close(),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    /// The comments in a block of markup.
    fn comments(&mut self, block: Span) {
        let (text, mut at) = (block.of(self.text), 0);
        while let Some(start) = text[at..].find("<!--").map(|found| at + found) {
            let Some(end) = text[start..].find("-->").map(|found| start + found + "-->".len()) else { return };
            self.out.comments.push(Span::new(start, end).shifted(block.start));
            at = end;
        }
    }

    fn enter(&mut self, kind: BlockKind) {
        self.close();
        self.around.push(kind);
    }

    fn open_block(&mut self, kind: BlockKind, span: Span) {
        self.close();
        let span = Span::new(span.start.max(self.label_end.min(span.end)), span.end);
        self.open = Some(Block { kind, span: span.trimmed(self.text), lead: None, heading: None, cells: Vec::new() });
    }

    /// A tight list item has text without a paragraph around it.
    fn open_implicitly(&mut self, span: Span) {
        if self.open.is_none() {
            let kind = self.around.last().copied().unwrap_or(BlockKind::Paragraph);
            self.open = Some(Block { kind, span, lead: None, heading: None, cells: Vec::new() });
        }
    }

    fn extend(&mut self, span: Span) {
        if span.start < self.label_end {
            return;
        }
        self.open_implicitly(span);
        if let Some(block) = &mut self.open {
            block.span = block.span.cover(span);
        }
    }

    fn close(&mut self) {
        if let Some(mut block) = self.open.take() {
            block.span = block.span.trimmed(self.text);
            if !block.span.is_empty() {
                self.out.layout.blocks.push(block);
            }
        }
    }

    /// Makes text visible, at its place. An entity is shorter than its source: the rest stays
    /// blank. Anything that would not fit is left out rather than moved.
    fn show(&mut self, span: Span, text: &str) {
        self.extend(span);
        let in_code = self.open.as_ref().is_some_and(|b| !b.kind.is_prose());
        if self.images == 0 && !in_code && span.start >= self.label_end && text.len() <= span.len() {
            self.visible[span.start..span.start + text.len()].copy_from_slice(text.as_bytes());
        }
    }

    fn finish(mut self) -> Markdown {
        self.close();
        self.out.layout.visible = String::from_utf8(self.visible)
            .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).chars().filter(char::is_ascii).collect());
        self.out.leading = self.out.layout.leading();
        connect(&mut self.out.layout.blocks, &self.out.leading);
        self.out
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(BlockKind, String)> {
        let layout = parse(text).layout;
        assert_eq!(layout.visible.len(), text.len());
        layout
            .blocks
            .iter()
            .map(|b| (b.kind, b.span.of(&layout.visible).split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect()
    }

    #[test]
    fn blocks_have_their_kinds_and_no_markup() {
        let text = "---\ntitle: x\n---\n\n# Head\n\nA **bold** [link](http://x.y/z) &amp; `code`.\n\n- one\n- [ ] two\n  - three\n\n> said\n\n| a | b |\n|---|---|\n| c | d |\n\n<!-- note -->\n\n[^1]: there\n\n```\nlet x\n```\n";
        use BlockKind::*;
        let expected = [
            (Markup, ""),
            (Heading, "Head"),
            (Paragraph, "A bold link & code ."),
            (ListItem, "one"),
            (Task, "two"),
            (ListItem, "three"),
            (Quotation, "said"),
            (TableHeader, "a b"),
            (TableRow, "c d"),
            (Markup, ""),
            (Footnote, "there"),
            (Code, ""),
        ];
        let found = shown(text);
        assert_eq!(found, expected.map(|(k, t)| (k, t.to_owned())));
    }

    #[test]
    fn rows_know_their_header_and_items_their_lead_in() {
        let layout = parse("We ask for:\n\n- one\n\n| a |\n|---|\n| b |\n").layout;
        let leads: Vec<_> = layout.blocks.iter().map(|b| b.lead).collect();
        assert_eq!(leads, [None, Some(0), None, Some(2)]);
    }

    #[test]
    fn links_and_footnotes_are_pointers() {
        let found = parse("See [this](a.txt).[^1]\n\n[^1]: b.txt\n").pointers;
        assert!(matches!(&found[0], Pointer::Link { target, .. } if target == "a.txt"));
        assert!(matches!(&found[1], Pointer::FootnoteMark { label, .. } if label == "1"));
        assert!(matches!(&found[2], Pointer::FootnoteDefinition { label, .. } if label == "1"));
    }
}
