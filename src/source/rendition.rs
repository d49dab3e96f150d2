//! Renditions: the text of a source whose file is not text.
//!
//! A rendition looks like Markdown and has page marks, and the metadata stands at its head. It is
//! never parsed: text, visible text and blocks are written side by side, so no word of a hostile
//! document can turn into markup.

use super::limits::{self, LARGEST_RENDITION, LONGEST_CELL, MOST_BLOCKS, MOST_CELLS, MOST_COLUMNS, MOST_MARKS};
use super::marks::{Mark, MarkKind};
use super::metadata::Metadata;
use crate::text::Span;
use crate::text::blocks::{Block, BlockKind, Layout};
use crate::text::words::readable;

/// A rendition in the making.
#[derive(Debug, Default)]
pub struct Rendition {
    text: String,
    /// As long as `text`, with everything blank that is not the document's own.
    visible: String,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    /// Cells so far, of all tables.
    cells: usize,
    /// Where it ends before the document does, as nothing has more.
    end: Option<String>,
    has_long_rows: bool,
    has_long_cells: bool,
}

impl Rendition {
    /// Whether nothing can be added any more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.end.is_some()
    }

    /// The document goes on, but what is here is all that is read of it.
    pub fn cut(&mut self) {
        if self.end.is_none() {
            let place = self.marks.iter().rev().find_map(Mark::shown);
            self.end = Some(place.unwrap_or_else(|| format!("number {} of its paragraphs and rows", self.blocks.len())));
        }
    }

    /// Whether there is room for so many bytes and cells more. If not, it is cut here.
    fn has_room(&mut self, bytes: usize, cells: usize) -> bool {
        let fits = self.blocks.len() < MOST_BLOCKS
            && self.marks.len() < MOST_MARKS
            && self.cells + cells <= MOST_CELLS
            && self.text.len() + bytes <= LARGEST_RENDITION;
        if !fits {
            self.cut();
        }
        !self.is_full()
    }

    /// What is written so far, with its markup.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of its blocks, with an empty line between them.
    #[must_use]
    pub fn plain(&self) -> String {
        self.blocks.iter().map(|block| block.span.of(&self.text)).collect::<Vec<_>>().join("\n\n")
    }

    /// What of the document is not here, in words.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let rows = format!("of rows with more than {MOST_COLUMNS} cells it is the first ones that are read");
        let cells = format!("cells of more than {} KB are read up to there", LONGEST_CELL >> 10);
        let end = self.end.as_deref().map(limits::up_to);
        let rows = self.has_long_rows.then_some(rows);
        end.into_iter().chain(rows).chain(self.has_long_cells.then_some(cells)).collect()
    }

    /// Adds a block. White space is made single; a block without words is nothing.
    pub fn block(&mut self, kind: BlockKind, text: &str) {
        self.labelled_block(kind, "", text);
    }

    /// A block behind a label that is not part of its words, such as `[0:04:10] `.
    pub fn labelled_block(&mut self, kind: BlockKind, label: &str, text: &str) {
        let text = readable(text);
        if text.is_empty() || !self.has_room(text.len() + label.len(), 0) {
            return;
        }
        self.part();
        self.add_markup(match kind {
            BlockKind::Heading => "## ",
            BlockKind::ListItem => "- ",
            BlockKind::Quotation => "> ",
            _ => "",
        });
        self.add_markup(label);
        let span = self.add(&text);
        self.blocks.push(Block { kind, span, lead: None, heading: None, cells: Vec::new() });
    }

    /// The last block goes on: behind a page mark, or after a mark inside it.
    pub fn go_on(&mut self, text: &str) {
        let text = readable(text);
        if self.blocks.is_empty() {
            return self.block(BlockKind::Paragraph, &text);
        }
        if !self.has_room(text.len(), 0) {
            return;
        }
        if !self.text.ends_with('\n') {
            self.add(" ");
        }
        let span = self.add(&text);
        if let Some(last) = self.blocks.last_mut() {
            last.span = last.span.cover(span);
        }
    }

    /// A row of a table, or its header.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S], is_header: bool) {
        let kind = if is_header { BlockKind::TableHeader } else { BlockKind::TableRow };
        self.has_long_rows |= cells.len() > MOST_COLUMNS;
        self.has_long_cells |= cells.iter().any(|cell| cell.as_ref().len() > LONGEST_CELL);
        let read = |cell: &S| readable(&cell.as_ref()[..cell.as_ref().floor_char_boundary(LONGEST_CELL)]);
        let cells: Vec<String> = cells.iter().take(MOST_COLUMNS).map(read).collect();
        let length = cells.iter().map(String::len).sum();
        if length == 0 || !self.has_room(length, cells.len()) {
            return;
        }
        self.cells += cells.len();
        let follows = self.blocks.last().is_some_and(|b| matches!(b.kind, BlockKind::TableRow | BlockKind::TableHeader));
        if follows && self.text.ends_with(" |") {
            self.add_markup("\n")
        } else {
            self.part()
        }
        let start = self.text.len();
        let mut spans = Vec::with_capacity(cells.len());
        for cell in &cells {
            self.add_markup("| ");
            spans.push(self.add(cell));
            self.add_markup(" ");
        }
        self.add_markup("|");
        let span = Span::new(start, self.text.len());
        if is_header {
            self.add_markup("\n");
            self.add_markup(&"| --- ".repeat(cells.len()));
            self.add_markup("|");
        }
        self.blocks.push(Block { kind, span, lead: None, heading: None, cells: spans });
    }

    /// A page begins.
    pub fn page(&mut self, label: &str) {
        let label = readable(label);
        if !self.has_room(label.len(), 0) {
            return;
        }
        self.part();
        self.add_markup(&format!("— page {label} —\n\n"));
        self.mark(MarkKind::Page, &label);
    }

    /// Something begins at the current place that shows no words of its own.
    pub fn mark(&mut self, kind: MarkKind, label: &str) {
        let label = readable(label);
        if !label.is_empty() && self.has_room(0, 0) {
            self.marks.push(Mark { kind, label, at: self.text.len() });
        }
    }

    /// The bytes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether any word was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text with its layout and marks. Its head names the file and what is known of it.
    #[must_use]
    pub fn finish(self, file: &str, metadata: &Metadata) -> (String, Layout, Vec<Mark>) {
        let head = head(file, metadata);
        let by = head.len();
        let shift = |span: Span| span.shifted(by);
        let mut layout = Layout { visible: blank(&head) + &self.visible + "\n", blocks: self.blocks };
        for block in &mut layout.blocks {
            block.span = shift(block.span);
            block.cells.iter_mut().for_each(|cell| *cell = shift(*cell));
        }
        layout.connect();
        let marks = self.marks.into_iter().map(|mark| Mark { at: mark.at + by, ..mark }).collect();
        (head + &self.text + "\n", layout, marks)
    }

    fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.add_markup(if self.text.ends_with('\n') { "\n" } else { "\n\n" });
        }
    }

    fn add(&mut self, text: &str) -> Span {
        let start = self.text.len();
        for part in text.split_inclusive(is_note_mark) {
            let mark = part.chars().next_back().filter(|c| is_note_mark(*c));
            let words = &part[..part.len() - mark.map_or(0, char::len_utf8)];
            self.text.push_str(words);
            self.visible.push_str(words);
            if let Some(mark) = mark.and_then(|c| char::from_u32(c as u32 - NOTE_MARKS)) {
                self.add_markup(mark.encode_utf8(&mut [0; 4]));
            }
        }
        Span::new(start, self.text.len())
    }

    fn add_markup(&mut self, text: &str) {
        self.text.push_str(text);
        self.visible.push_str(&blank(text));
    }
}

/// Where characters are that mean marks of footnotes, in a plane that is for private use.
const NOTE_MARKS: u32 = 0xf_0000;

/// A mark of a footnote for a block: it is shown, and no part of the words.
#[must_use]
pub fn note_mark(c: char) -> char {
    char::from_u32(NOTE_MARKS + c as u32).filter(|_| (c as u32) < 0xfff0).unwrap_or(c)
}

fn is_note_mark(c: char) -> bool {
    (NOTE_MARKS..NOTE_MARKS + 0xfff0).contains(&(c as u32))
}

/// As many bytes, but only line ends and spaces.
fn blank(text: &str) -> String {
    text.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect()
}

/// YAML front matter, each value in quotation marks.
fn head(file: &str, metadata: &Metadata) -> String {
    let mut head = format!("---\nrendition-of: {}\n", quoted(file));
    for (name, value) in metadata.fields() {
        head.push_str(&format!("{name}: {}\n", quoted(value)));
    }
    head + "---\n\n"
}

fn quoted(value: &str) -> String {
    serde_json::Value::from(readable(value)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_footnotes_are_shown_and_no_words() {
        let mut rendition = Rendition::default();
        rendition.block(BlockKind::Paragraph, &format!("in 2005{} and{} 2006", note_mark('⁵'), note_mark('*')));
        let (text, layout, _) = rendition.finish("a.pdf", &Metadata::default());
        assert!(text.ends_with("in 2005⁵ and* 2006\n"), "{text}");
        assert_eq!(readable(&layout.visible), "in 2005 and 2006");
        assert_eq!(layout.visible.len(), text.len());
    }

    #[test]
    fn text_and_visible_text_go_side_by_side() {
        let mut rendition = Rendition::default();
        rendition.page("iv");
        rendition.block(BlockKind::Heading, "Tides\n*and* moons");
        rendition.block(BlockKind::Paragraph, "The tide rose until");
        rendition.page("5");
        rendition.go_on("the moon set. <b>");
        rendition.row(&["Port", "Metres"], true);
        rendition.row(&["Vesk", "4"], false);
        let (text, layout, marks) = rendition.finish("a.pdf", &Metadata::default());
        assert_eq!(
            text,
            "---\nrendition-of: \"a.pdf\"\n---\n\n— page iv —\n\n## Tides *and* moons\n\nThe tide rose until\n\n— page 5 —\n\nthe moon set. <b>\n\n| Port | Metres |\n| --- | --- |\n| Vesk | 4 |\n"
        );
        assert_eq!(layout.visible.len(), text.len());
        let shown: Vec<String> = layout.blocks.iter().map(|b| readable(b.span.of(&layout.visible))).collect();
        assert_eq!(shown, ["Tides *and* moons", "The tide rose until the moon set. <b>", "Port Metres", "Vesk 4"]);
        assert_eq!(layout.blocks[3].cells[1].of(&text), "4");
        assert_eq!(
            marks.iter().map(|m| (m.label.as_str(), &text[m.at..m.at + 3])).collect::<Vec<_>>(),
            [("iv", "## "), ("5", "the")]
        );
    }
}
