//! What is in the making: the block or the row to which text is added, and what becomes of it at its end.
//!
//! Which element begins and ends them is not known here.

use super::Page;
use crate::source::boilerplate;
use crate::source::dateline::{LONGEST_LINE, Line};
use crate::source::html::raised::{Raised, raised};
use crate::source::limits::{LONGEST_CELL, MOST_COLUMNS};
use crate::source::marks::MarkKind;
use crate::text::blocks::BlockKind;
use crate::text::words::readable;

const MOST_LINES: usize = 2000;

/// The block in the making.
pub struct Draft {
    pub kind: BlockKind,
    pub text: String,
    /// Bytes in links.
    pub linked: usize,
    /// How many of the pending names stand before it.
    pub names: usize,
    pub is_headline: bool,
    pub time: Option<String>,
}

/// The row in the making.
pub struct Row {
    /// The cells, with the columns over which they go.
    pub cells: Vec<(String, usize)>,
    pub is_header: bool,
    pub is_boilerplate: bool,
}

impl Page<'_, '_> {
    /// The text that grows here, if there is one already.
    pub fn target(&mut self) -> Option<&mut String> {
        match &mut self.row {
            Some(row) => row.cells.last_mut().map(|(text, _)| text),
            None => self.draft.as_mut().map(|draft| &mut draft.text),
        }
    }

    /// Tags part no words (`<b>Monday</b>.` reads "Monday."), but some elements do.
    pub fn part_words(&mut self) {
        if let Some(text) = self.target() {
            text.push(' ');
        }
    }

    pub fn show(&mut self, text: &str) {
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

    pub fn settle_raised(&mut self, at: usize, leads_away: bool) {
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

    pub fn mark_names(&mut self, count: usize) {
        for name in self.names.drain(..count) {
            self.rendition.mark(MarkKind::Name, &name);
        }
    }

    pub fn close_row(&mut self) {
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

    pub fn close_block(&mut self) {
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
