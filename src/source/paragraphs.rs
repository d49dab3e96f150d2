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

/// The numbers that the paragraphs themselves begin with (`12. The Ministry …`), with their starts,
/// if the text is numbered through.
pub fn printed(text: &str, layout: &Layout) -> Option<Vec<(usize, usize)>> {
    const FEWEST: usize = 3;
    let blocks: Vec<&Block> = layout.blocks.iter().filter(|block| block.kind.is_text()).collect();
    let numbers: Vec<(usize, usize)> =
        blocks.iter().filter_map(|block| Some((printed_number(text, block)?, block.span.start))).collect();
    let is_through = numbers.len() >= FEWEST && 2 * numbers.len() >= blocks.len() && numbers.is_sorted_by(|a, b| a.0 < b.0);
    is_through.then_some(numbers)
}

fn printed_number(text: &str, block: &Block) -> Option<usize> {
    // Of a list item the number is markup, and stands before its words.
    let line = text[..block.span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..block.span.start].trim();
    let words = if before.is_empty() { block.span.of(text) } else { before };
    let words = words.trim_start_matches(['¶', '§', '[', '(', ' ']);
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = words[digits..].chars();
    let is_number = (1..=4).contains(&digits) && matches!(behind.next(), Some('.' | ')' | ']'));
    // "3.1 million" is no number of a paragraph.
    let ends = behind.next().is_none_or(char::is_whitespace);
    words[..digits].parse().ok().filter(|_| is_number && ends)
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
