//! Numbers of paragraphs, by which documents without pages are cited.

use crate::text::Span;
use crate::text::blocks::{Block, BlockKind, Layout};

/// The paragraphs in order. Headings, lists, tables and what surrounds the content do not count.
pub fn paragraphs(layout: &Layout) -> impl Iterator<Item = &Block> {
    layout.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation))
}

/// The number of the paragraph at an offset or the last one before it, counted from 1.
pub fn number_at(layout: &Layout, offset: usize) -> Option<usize> {
    let before = paragraphs(layout).take_while(|block| block.span.start <= offset).count();
    (before > 0).then_some(before)
}

/// The paragraph with a number, counted from 1.
pub fn numbered(layout: &Layout, number: usize) -> Option<Span> {
    paragraphs(layout).nth(number.checked_sub(1)?).map(|block| block.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown::parse;

    #[test]
    fn headings_and_lists_do_not_count() {
        let text = "# A\n\nOne.\n\n- item\n\n## B\n\n> Two.\n";
        let layout = parse(text).layout;
        assert_eq!(numbered(&layout, 2).map(|span| span.of(text)), Some("Two."));
        assert_eq!(number_at(&layout, text.find("item").unwrap()), Some(1));
        assert_eq!((number_at(&layout, 0), numbered(&layout, 0), numbered(&layout, 3)), (None, None, None));
    }
}
