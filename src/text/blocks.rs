//! The outline of a text: paragraphs, headings, list items, table rows and the rest.
//!
//! Notes and sources share it, whatever their format. Readers produce it; [`super::markdown`]
//! does so for Markdown, [`plain`] for text without markup.

use serde::{Deserialize, Serialize};

use super::Span;

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    Heading,
    Paragraph,
    ListItem,
    /// A list item with a check box.
    Task,
    TableHeader,
    TableRow,
    /// A paragraph of a block quotation.
    Quotation,
    Footnote,
    Code,
    /// Front matter, comments, raw markup: text that is not prose.
    Markup,
    /// Words around the content: navigation, share bars, captions of buttons.
    Boilerplate,
}

impl BlockKind {
    /// Whether the block is running text, which people count when they cite paragraphs.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Paragraph | Self::Quotation | Self::ListItem | Self::Task)
    }

    /// Whether the block holds sentences that can assert something.
    #[must_use]
    pub const fn is_prose(self) -> bool {
        !matches!(self, Self::Code | Self::Markup)
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    /// The block that says what this one is about: the header of a table row, the paragraph
    /// that leads a list in. An index into [`Layout::blocks`].
    pub lead: Option<usize>,
    /// The nearest heading above. An index into [`Layout::blocks`].
    pub heading: Option<usize>,
    /// The cells of a table's row or header, in order, empty ones too.
    pub cells: Vec<Span>,
}

/// A text, what a reader sees of it, and its blocks in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The text with every byte that is markup replaced by a space: same length, same offsets.
    pub visible: String,
    pub blocks: Vec<Block>,
}

impl Layout {
    /// Fills in `lead` and `heading` from the order of the blocks.
    pub fn connect(&mut self) {
        let leading = self.leading();
        connect(&mut self.blocks, &leading);
    }

    /// Which blocks lead in what follows: paragraphs that end with a colon.
    #[must_use]
    pub fn leading(&self) -> Vec<bool> {
        let leads = |b: &Block| b.kind == BlockKind::Paragraph && b.span.of(&self.visible).trim_end().ends_with(':');
        self.blocks.iter().map(leads).collect()
    }
}

/// Fills in `lead` and `heading` from the order of the blocks. `leading` says of each whether it leads
/// in what follows.
pub fn connect(blocks: &mut [Block], leading: &[bool]) {
    let (mut heading, mut header, mut paragraph) = (None, None, None);
    for (at, block) in blocks.iter_mut().enumerate() {
        block.heading = heading;
        match block.kind {
            BlockKind::Heading => (heading, header, paragraph) = (Some(at), None, None),
            BlockKind::TableHeader => header = Some(at),
            BlockKind::TableRow => block.lead = header,
            BlockKind::ListItem | BlockKind::Task => block.lead = paragraph,
            BlockKind::Paragraph => paragraph = Some(at).filter(|_| leading[at]),
            _ => {}
        }
    }
}

/// The blocks of text without markup: paragraphs at empty lines, and at line ends that no
/// line-wrapping explains.
#[must_use]
pub fn plain(text: &str) -> Layout {
    let mut layout = Layout { visible: text.to_owned(), blocks: Vec::new() };
    let width = wrap_width(text);
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if span.is_empty() {
            layout.blocks.extend(open.take().map(|span| plain_block(text, span)));
            continue;
        }
        open = match open {
            Some(before) if is_wrapped(text, before, span, width) => Some(before.cover(span)),
            Some(before) => {
                layout.blocks.push(plain_block(text, before));
                Some(span)
            }
            None => Some(span),
        };
    }
    layout.blocks.extend(open.map(|span| plain_block(text, span)));
    layout.connect();
    layout
}

/// The column at which the text is wrapped, if all its lines fit into one screen and some are
/// long enough to have been wrapped at all.
fn wrap_width(text: &str) -> Option<usize> {
    const WRAPS: std::ops::RangeInclusive<usize> = 36..=120;
    let longest = text.lines().map(|line| line.chars().count()).max()?;
    WRAPS.contains(&longest).then_some(longest)
}

/// A line goes on with the one above where its first word would not have fitted there.
fn is_wrapped(text: &str, before: Span, line: Span, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let last_line = before.of(text).lines().next_back().unwrap_or_default();
    let first_word = line.of(text).split_whitespace().next().unwrap_or_default();
    let starts_item = first_word.starts_with(['-', '*', '•', '–'])
        || first_word.trim_end_matches(['.', ')']).parse::<u16>().is_ok() && first_word.ends_with(['.', ')']);
    !starts_item && !is_field(line.of(text)) && last_line.chars().count() + 1 + first_word.chars().count() > width
}

/// A line such as `Subject: Oats` or `[10:06] MR HALE: Then four.`
fn is_field(line: &str) -> bool {
    let label = line.split_once(": ").map_or("", |(label, _)| label);
    line.starts_with('[')
        || (1..=24).contains(&label.len())
            && label.starts_with(char::is_uppercase)
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ' ' | '.'))
            && label.split(' ').all(|part| part.starts_with(char::is_uppercase))
}

fn plain_block(text: &str, span: Span) -> Block {
    let kind = if is_plain_heading(span.of(text)) { BlockKind::Heading } else { BlockKind::Paragraph };
    Block { kind, span, lead: None, heading: None, cells: Vec::new() }
}

/// A short line without a full stop is a headline or a cross-head.
fn is_plain_heading(line: &str) -> bool {
    const LONGEST_HEADLINE: usize = 120;
    line.len() <= LONGEST_HEADLINE
        && !line.ends_with(['.', '!', '?', ':', ';', ',', '”', '"', '’', '»', ')', '…'])
        && line.starts_with(char::is_uppercase)
        && !line.contains(". ")
        && !is_field(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(BlockKind, &str)> {
        plain(text).blocks.iter().map(|b| (b.kind, b.span.of(text))).collect()
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let text = "The quay was closed for most of the\nnight because a spreader hung there.\n\nNobody was hurt.\n";
        assert_eq!(shown(text).len(), 2);
    }

    #[test]
    fn lines_that_could_have_gone_on_are_paragraphs_of_their_own() {
        let text = "From: Office\nTo: Minister of Transport and Harbours\nDate: Tue, 2 April 2024\n";
        assert_eq!(shown(text).len(), 3);
    }

    #[test]
    fn a_short_line_without_a_stop_is_a_heading() {
        let text = "Listing\n\nIt said so.";
        assert_eq!(shown(text), [(BlockKind::Heading, "Listing"), (BlockKind::Paragraph, "It said so.")]);
    }
}
