//! Rows to paragraphs and tables.

use rustc_hash::FxHashSet;

use super::columns::{Flow, Row};
use super::kind;
use super::lines::Line;
use crate::text::blocks::BlockKind;

#[derive(Debug)]
pub enum Paragraph {
    Text {
        text: String,
        kind: BlockKind,
        /// A caption or a note: the text goes on behind it.
        is_aside: bool,
    },
    Table(Vec<Vec<String>>),
}

impl Paragraph {
    /// Whether its last sentence goes on elsewhere.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Text { text, kind: BlockKind::Paragraph | BlockKind::ListItem, .. } => {
                !text.trim_end_matches(['”', '"', '’', ')', ']']).ends_with(['.', '!', '?', ':', ';', '…'])
            }
            _ => false,
        }
    }

    /// Whether it may be the rest of an open one.
    pub fn may_go_on(&self) -> bool {
        matches!(self, Self::Text { kind: BlockKind::Paragraph, is_aside: false, .. })
    }

    fn is_aside(&self) -> bool {
        matches!(self, Self::Text { is_aside: true, .. })
    }

    /// Whether it starts inside a sentence.
    fn starts_small(&self) -> bool {
        matches!(self, Self::Text { text, .. } if text.trim_start().starts_with(char::is_lowercase))
    }
}

/// The size in which most of the text is set, in points.
pub fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pages.iter().flatten().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut so_far = 0;
    for (size, length) in &sizes {
        so_far += length;
        if so_far > half {
            return *size;
        }
    }
    10.0
}

/// Words with a hyphen inside a line: such a word keeps it at the end of a line too.
pub fn hyphenated_words(pages: &[Vec<Line>]) -> FxHashSet<String> {
    let inner = |line: &Line| {
        let words = line.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        words.filter(|word| word.contains('-')).collect::<Vec<_>>()
    };
    pages.iter().flatten().flat_map(inner).collect()
}

/// The paragraphs and tables of a page's flows.
pub fn of(flows: Vec<Flow>, body: f64, hyphenated: &FxHashSet<String>) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for flow in flows {
        let flow = with_whole_cells(flow, hyphenated);
        let pitch = pitch(&flow);
        let (left, right) = (
            flow.iter().map(Row::left).fold(f64::INFINITY, f64::min),
            flow.iter().map(Row::right).fold(f64::NEG_INFINITY, f64::max),
        );
        let mut open = Open::default();
        let mut at = 0;
        let mut first = true;
        while at < flow.len() {
            let length = table_length(&flow[at..]);
            if length > 0 {
                found.extend(open.close(body));
                found.push(Paragraph::Table(flow[at..at + length].iter().map(cells).collect()));
                at += length;
                continue;
            }
            let row = &flow[at];
            let starts = open.last.as_ref().is_some_and(|last| starts_paragraph(last, row, pitch, (left, right)));
            if starts {
                found.extend(open.close(body));
            }
            // A column may go on where the one before ended, and not in a caption at its head.
            if first
                && open.text.is_empty()
                && row.size() >= 0.93 * body
                && !is_caption(&cells(row).join(" "))
                && let Some(Paragraph::Text { text, .. }) = found.pop_if(|last| last.is_open() && !last.is_aside())
            {
                open.text = text;
            }
            first = false;
            open.add(row, hyphenated);
            at += 1;
        }
        found.extend(open.close(body));
    }
    around_asides(found, hyphenated)
}

/// Joins sentences that a caption or a note at the foot of a column parts, and puts such notes before a sentence that
/// goes on overleaf.
fn around_asides(paragraphs: Vec<Paragraph>, hyphenated: &FxHashSet<String>) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for paragraph in paragraphs {
        let before = found.iter().rposition(|it| !it.is_aside()).filter(|at| at + 1 < found.len());
        let rest = |at: &usize| paragraph.may_go_on() && paragraph.starts_small() && found[*at].is_open();
        match (before.filter(rest), paragraph) {
            (Some(at), Paragraph::Text { text: rest, .. }) => {
                if let Paragraph::Text { text, .. } = &mut found[at] {
                    join(text, rest.trim(), hyphenated);
                }
            }
            (_, paragraph) => found.push(paragraph),
        }
    }
    let last = found.iter().rposition(|it| !it.is_aside());
    if let Some(last) = last.filter(|at| found[*at].is_open() && found[*at].may_go_on()) {
        let open = found.remove(last);
        found.push(open);
    }
    found
}

/// `Figure 3`, `Table II`, `Source:`.
fn is_caption(text: &str) -> bool {
    const NAMES: [&str; 12] =
        ["fig", "fig.", "figure", "table", "chart", "box", "exhibit", "map", "plate", "tableau", "abb.", "tab."];
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let first = first.to_lowercase();
    let number = second.trim_end_matches(['.', ':', ')', '|', '—', '–']);
    let is_number = number.len() < second.len() || first.ends_with('.');
    NAMES.contains(&first.as_str())
        && is_number
        && number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'A'..='D'))
        || matches!(first.as_str(), "source:" | "sources:" | "note:" | "notes:")
}

/// A paragraph in the making.
#[derive(Default)]
struct Open {
    text: String,
    size: f64,
    last: Option<Row>,
}

impl Open {
    fn add(&mut self, row: &Row, hyphenated: &FxHashSet<String>) {
        let line = cells(row).join(" ");
        join(&mut self.text, line.trim(), hyphenated);
        self.size = self.size.max(row.size());
        self.last = Some(row.clone());
    }

    fn close(&mut self, body: f64) -> Option<Paragraph> {
        let Self { text, size, .. } = std::mem::take(self);
        let is_aside = size < 0.93 * body || is_caption(&text);
        (!text.trim().is_empty()).then(|| Paragraph::Text { kind: kind(text.trim(), size, body), text, is_aside })
    }
}

/// Puts a line behind others. A hyphen at their end goes where it only parts a word.
fn join(text: &mut String, line: &str, hyphenated: &FxHashSet<String>) {
    let parts_word = text.strip_suffix(['-', '\u{ad}', '‐']).is_some_and(|head| head.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase);
    if parts_word {
        let head = text.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let tail = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
        if text.ends_with('\u{ad}') || !hyphenated.contains(&format!("{head}{tail}")) {
            text.pop();
        }
    } else if !text.is_empty() && !is_split_at_hyphen(text, line) {
        text.push(' ');
    }
    text.push_str(line);
}

/// "CF-" and "31": the hyphen belongs to what follows.
fn is_split_at_hyphen(text: &str, line: &str) -> bool {
    text.strip_suffix('-').is_some_and(|head| head.ends_with(char::is_alphanumeric)) && line.starts_with(char::is_alphanumeric)
}

fn cells(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.text.trim().to_owned()).collect()
}

/// The usual distance of base lines.
fn pitch(flow: &Flow) -> f64 {
    let mut steps: Vec<f64> = flow.windows(2).map(|pair| pair[1].base() - pair[0].base()).filter(|step| *step > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    // Lines of a paragraph stand closer than anything else.
    steps.get(steps.len() / 3).copied().unwrap_or(0.0)
}

fn starts_paragraph(last: &Row, row: &Row, pitch: f64, (left, right): (f64, f64)) -> bool {
    let size = row.size();
    let step = row.base() - last.base();
    let is_other_size = (size - last.size()).abs() > 0.12 * size.max(last.size());
    // Headings are set with more room between their lines.
    let is_apart = step > 1.35 * pitch.max(1.15 * size);
    let is_indented = row.left() > left + 0.8 * size && last.left() < left + 0.5 * size && row.left() < left + 5.0 * size;
    let text = |row: &Row| row.cells.first().map(|cell| cell.text.clone()).unwrap_or_default();
    let is_item = text(row).starts_with(['•', '▪', '◦', '‣', '●']) || starts_with_number(&text(row));
    let ends_early = last.right() < right - 0.25 * (right - left);
    let ends = last.cells.last().is_some_and(|cell| cell.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"']));
    is_other_size || is_apart || is_indented && ends || is_item || ends_early && ends
}

/// `12. ` or `(3) ` before a capital: a numbered paragraph.
fn starts_with_number(text: &str) -> bool {
    let rest = text.trim_start_matches('(');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &rest[digits..];
    (1..=3).contains(&digits)
        && rest
            .strip_prefix(['.', ')'])
            .is_some_and(|tail| tail.starts_with(' ') && tail.trim_start().starts_with(char::is_uppercase))
}

/// Puts the further lines of a cell into its row: they stand close below, each under a cell, and not under all or with
/// parts of sentences.
fn with_whole_cells(flow: Flow, hyphenated: &FxHashSet<String>) -> Flow {
    let mut rows: Flow = Vec::new();
    let mut base = f64::NEG_INFINITY;
    for row in flow {
        let is_under = |cell: &Line, above: &Row, at: usize| {
            let own = &above.cells[at];
            let meets = |other: &Line| cell.left < other.right && cell.right > other.left;
            // A line of prose below a wide gap runs under both sides of it.
            ((cell.left - own.left).abs() < 4.0 || (cell.right - own.right).abs() < 4.0)
                && !above.cells.iter().enumerate().any(|(other, it)| other != at && meets(it))
        };
        let columns = |above: &Row| -> Option<Vec<usize>> {
            row.cells.iter().map(|cell| (0..above.cells.len()).find(|at| is_under(cell, above, *at))).collect()
        };
        let close = row.base() - base < 1.45 * row.size();
        base = row.base();
        let is_part = |above: &Row| above.cells.len() > row.cells.len().max(1) || goes_on(above, &row);
        let target = rows.last_mut().filter(|above| close && is_part(above));
        match target.and_then(|above| columns(above).map(|columns| (above, columns))) {
            Some((above, columns)) => {
                for (cell, column) in row.cells.iter().zip(columns) {
                    let above = &mut above.cells[column];
                    above.text.truncate(above.text.trim_end().len());
                    join(&mut above.text, cell.text.trim(), hyphenated);
                }
            }
            None => rows.push(row),
        }
    }
    rows
}

/// Whether all cells of a row go on with what stands in those above.
fn goes_on(above: &Row, row: &Row) -> bool {
    let begins_small = |cell: &Line| cell.text.trim_start().starts_with(char::is_lowercase);
    let has_words = |cell: &Line| cell.text.split_whitespace().count() > 1;
    let is_rest = |cell: &Line| begins_small(cell) || cell.text.starts_with(|c: char| c.is_ascii_digit()) && has_words(cell);
    let ends = |cell: &Line| cell.text.trim_end().ends_with(['.', '!', '?', ';']);
    above.cells.len() == row.cells.len()
        && row.cells.len() > 1
        && row.cells.iter().all(is_rest)
        && row.cells.iter().any(begins_small)
        && above.cells.iter().filter(|cell| has_words(cell)).count() * 2 > above.cells.len()
        && !above.cells.iter().all(ends)
}

/// How many rows from here on are a table: two or more with equally many cells, between which the same gaps are.
fn table_length(rows: &[Row]) -> usize {
    let columns = rows[0].cells.len();
    if columns < 2 {
        return 0;
    }
    let gap = |row: &Row, at: usize| {
        let (a, b) = (&row.cells[at], &row.cells[at + 1]);
        (a.right.min(b.right), a.left.max(b.left))
    };
    let share_gaps = |a: &Row, b: &Row| {
        (0..columns - 1).all(|at| {
            let ((start, end), (other_start, other_end)) = (gap(a, at), gap(b, at));
            start < other_end && other_start < end
        })
    };
    let pairs = rows.windows(2).take_while(|pair| pair[1].cells.len() == columns && share_gaps(&pair[0], &pair[1]));
    let length = pairs.count() + 1;
    if length >= 2 { length } else { 0 }
}

/// Whether the first row of a table names its columns.
pub fn has_header(rows: &[Vec<String>]) -> bool {
    let has_number = |row: &Vec<String>| row.iter().any(|cell| cell.contains(|c: char| c.is_ascii_digit()));
    rows.len() > 1 && !has_number(&rows[0]) && rows[1..].iter().any(has_number)
}
