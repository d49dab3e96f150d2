//! How much of a source is read: more than any honest document has, and no more than a library can hold. What is
//! left out is told in the source's notices.

/// Lines of a text. In bytes a text is bounded by the size of its file.
pub const MOST_LINES: usize = 1_000_000;

/// Paragraphs, headings and rows.
pub const MOST_BLOCKS: usize = 500_000;

/// Places that have names.
pub const MOST_MARKS: usize = 1_000_000;

/// Cells of all tables, and of one row.
pub const MOST_CELLS: usize = 2_000_000;
pub const MOST_COLUMNS: usize = 1_000;

/// A cell, in bytes. Spreadsheets allow as much.
pub const LONGEST_CELL: usize = 32 << 10;

/// Rows whose cells are longer in all name no columns: their words stand with every row. In bytes.
pub const LONGEST_HEADER: usize = 16 << 10;

/// The text of a rendition, in bytes.
pub const LARGEST_RENDITION: usize = 64 << 20;

/// The lines of a text that are read, with a notice if these are not all.
pub fn lines(mut text: String) -> (String, Option<String>) {
    let Some((end, _)) = text.match_indices('\n').nth(MOST_LINES - 1) else { return (text, None) };
    if end + 1 >= text.len() {
        return (text, None);
    }
    text.truncate(end + 1);
    (text, Some(up_to(&format!("line {MOST_LINES}"))))
}

/// The notice of a source that was read up to a place.
pub fn up_to(place: &str) -> String {
    format!("it is read up to {place} and no further")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_very_many_lines_ends_at_a_line() {
        let (text, notice) = lines("a\n".repeat(MOST_LINES));
        assert_eq!((text.len(), notice), (2 * MOST_LINES, None));
        let (text, notice) = lines("a\n".repeat(MOST_LINES + 1));
        assert_eq!((text.len(), notice.as_deref()), (2 * MOST_LINES, Some("it is read up to line 1000000 and no further")));
    }
}
