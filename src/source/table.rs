//! Reader for tables in text files: comma, semicolon, tab or bar between the cells.

use std::sync::LazyLock;

use csv::{ReaderBuilder, StringRecord};
use regex::Regex;

use super::limits::{LONGEST_HEADER, MOST_COLUMNS};
use super::marks::MarkKind;
use super::rendition::Rendition;
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;

/// How much of a file is looked at to find what parts its cells, in bytes.
const HEAD: usize = 4096;

/// Rows that are looked at to find where the table begins.
const LOOKED_AT: usize = 50;

pub fn read(text: &str) -> Result<Content, ReadError> {
    let (said, text) = said_delimiter(text);
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rendition = Rendition::default();
    // One more than are kept, so that it is told.
    let cells = |row: &StringRecord| row.iter().take(MOST_COLUMNS + 1).map(|cell| cell.trim().to_owned()).collect::<Row>();
    let mut record = StringRecord::new();
    let mut next = || {
        while reader.read_record(&mut record).unwrap_or(true) {
            let row = cells(&record);
            if !row.iter().all(String::is_empty) {
                return Some(row);
            }
        }
        None
    };
    let first: Vec<Row> = std::iter::from_fn(&mut next).take(LOOKED_AT).collect();
    let head = Head::of(&first);
    for row in &first[..head.preamble] {
        let cells: Vec<&str> =
            row.iter().map(|cell| cell.trim_start_matches('#').trim()).filter(|cell| !cell.is_empty()).collect();
        rendition.block(BlockKind::Paragraph, &cells.join(if cells.len() == 2 { ": " } else { ", " }));
    }
    if let Some(header) = &head.header {
        rendition.row(header, true);
    }
    let rows = first[head.preamble + head.rows..].iter().cloned().chain(std::iter::from_fn(&mut next));
    for (at, row) in rows.enumerate() {
        if rendition.is_full() {
            break;
        }
        rendition.mark(MarkKind::Row, &(at + 1).to_string());
        rendition.row(&row, false);
    }
    if rendition.is_empty() {
        return Err(ReadError::Broken("it holds no rows".to_owned()));
    }
    Ok(Content::of_rendition(rendition))
}

type Row = Vec<String>;

/// What stands before the first row of values.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    /// Rows about the table, as portals put them above it.
    preamble: usize,
    /// Rows of the header.
    rows: usize,
    /// The names of the columns, of several rows in one.
    header: Option<Row>,
}

impl Head {
    fn of(rows: &[Row]) -> Self {
        let width = |row: &Row| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
        let is_comment = |row: &Row| row[0].starts_with('#');
        let widths: Vec<usize> = rows.iter().filter(|row| !is_comment(row)).map(width).collect();
        let count = |wanted: usize| widths.iter().filter(|width| **width == wanted).count();
        let usual = widths.iter().copied().max_by_key(|width| (count(*width), *width)).unwrap_or(0);
        // "# time, value" names columns.
        let names_more = |at: usize| width(&rows[at]) >= usual && !rows.get(at + 1).is_some_and(|next| names_columns(next));
        let is_about = |at: usize| {
            let row = &rows[at];
            let stands_above =
                || rows.get(at + 1).is_some_and(|next| width(next) >= usual && goes_on(row, next, rows.get(at + 2)));
            let is_narrow = || width(row) < usual && 2 * filled(row) <= usual.max(4) && usual > 1;
            if is_comment(row) { !names_more(at) } else { is_narrow() && !stands_above() }
        };
        let preamble = (0..rows.len()).take_while(|at| is_about(*at)).count();
        // A file of such rows alone is a table of them.
        let preamble = if preamble == rows.len() { 0 } else { preamble };
        let Some(first) = rows.get(preamble).filter(|first| names_columns(first)) else {
            return Self { preamble, ..Self::default() };
        };
        let mut head = Self { preamble, rows: 1, header: Some(first.clone()) };
        let mut header = first.clone();
        while let [above, next, rest @ ..] = &rows[preamble + head.rows - 1..]
            && head.rows < MOST_HEADERS
            && goes_on(above, next, rest.first())
        {
            header = joined(&header, next);
            head.rows += 1;
        }
        // "In thousand crowns" above a table holds for all of it.
        let unit = rows[..preamble].iter().filter(|row| filled(row) == 1).flatten().find(|cell| is_unit(cell));
        if let (Some(unit), Some(corner)) = (unit, header.first_mut()) {
            *corner = if corner.is_empty() { unit.clone() } else { format!("{corner}, {unit}") };
        }
        head.header = Some(header);
        head
    }
}

/// Rows of a header.
const MOST_HEADERS: usize = 4;

/// Whether a line above a table says in what it counts.
fn is_unit(cell: &str) -> bool {
    let cell = cell.trim_start_matches(['(', '[']).to_lowercase();
    let begins = ["in ", "figures in ", "values in ", "amounts in ", "all figures in "].iter().any(|word| cell.starts_with(word));
    begins && ["thousand", "million", "billion", "'000", "’000"].iter().any(|word| cell.contains(word))
}

/// Whether the second row names columns too: under cells that stand for several columns, or with units.
fn goes_on(first: &Row, second: &Row, third: Option<&Row>) -> bool {
    let own = || second.iter().skip(1).filter(|cell| !cell.is_empty());
    let stands_for_several = first.iter().zip(second).skip(1).any(|(above, below)| above.is_empty() && !below.is_empty());
    let repeats = own().any(|cell| own().filter(|other| *other == cell).count() > 1);
    let is_label_empty = second.first().is_some_and(String::is_empty);
    let has_values_below = third.is_some_and(|third| !names_columns(third));
    names_columns(second)
        && own().next().is_some()
        && (stands_for_several && (is_label_empty || repeats) || is_label_empty && (has_values_below || repeats))
}

/// The names of both rows; a cell of the first one counts for the empty ones behind it.
fn joined(first: &Row, second: &Row) -> Row {
    let mut last = "";
    let mut header = Row::new();
    for at in 0..first.len().max(second.len()) {
        let cell = |row: &'_ Row| row.get(at).cloned().unwrap_or_default();
        let (above, below) = (first.get(at).map_or("", String::as_str), cell(second));
        if !above.is_empty() || below.is_empty() {
            last = above;
        }
        header.push(if last.is_empty() || below.is_empty() { last.to_owned() + &below } else { format!("{last}, {below}") });
    }
    header
}

/// The delimiter that a first line "sep=;" names, as spreadsheets write it, and the text behind it.
fn said_delimiter(text: &str) -> (Option<u8>, &str) {
    let text = text.trim_start_matches('\u{feff}');
    let Some((line, rest)) = text.split_once('\n') else { return (None, text) };
    match line.trim_matches(['"', '\r', ' ']).strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), rest),
        Some(b"\\t" | b"") => (Some(b'\t'), rest),
        _ => (None, text),
    }
}

/// Whether the first row of a table names its columns: no cell is a number, but for years, months and days.
pub fn names_columns<S: AsRef<str>>(cells: &[S]) -> bool {
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[12]\d{3}(?:[-/.]\d{1,2}(?:[-/.]\d{1,2})?|[ -]?[QTHW]\d{1,2})?|(?:\d{1,2}[./-]){1,2}[12]\d{3})$")
            .expect("a valid pattern")
    });
    let cells = || cells.iter().map(|cell| cell.as_ref().trim());
    cells().map(str::len).sum::<usize>() <= LONGEST_HEADER
        && cells().all(|cell| {
            !cell.trim_start_matches(['-', '+', '−']).starts_with(|c: char| c.is_ascii_digit()) || PERIOD.is_match(cell)
        })
}

/// The mark that stands as often in more of the first lines than any other.
fn delimiter(text: &str) -> u8 {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let lines: Vec<&str> =
        head.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).take(LOOKED_AT).collect();
    let score = |mark: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, mark)).collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (alike(*count), *count)).max()
    };
    // Of equals the last is taken.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|mark| score(*mark)).unwrap_or(b',')
}

fn count_outside_quotes(line: &str, mark: u8) -> usize {
    let mut is_quoted = false;
    let is_counted = |byte: &u8| {
        is_quoted ^= *byte == b'"';
        !is_quoted && *byte == mark
    };
    line.as_bytes().iter().copied().filter(is_counted).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_may_name_columns() {
        for (cells, names) in [(["Port", "Level in 2019"], true), (["Port", "2019"], true), (["Vesk", "41 cm"], false)] {
            assert_eq!(names_columns(&cells), names, "{cells:?}");
        }
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, mark) in [("a,b\n1,2\n", b','), ("a;b\n1,5;2,5\n", b';'), ("a\tb\n1\t2\n", b'\t'), ("one\ntwo\n", b',')] {
            assert_eq!(delimiter(text), mark, "{text}");
        }
    }

    fn head(text: &str) -> (usize, usize, Option<String>) {
        let rows: Vec<Row> = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let Head { preamble, rows, header } = Head::of(&rows);
        (preamble, rows, header.map(|header| header.join("|")))
    }

    #[test]
    fn a_table_begins_behind_what_is_said_of_it() {
        for (text, preamble, rows, header) in [
            ("Port,Boats\nTern,12\nOsk,14", 0, 1, Some("Port|Boats")),
            ("Boats by port\nPort,Year,Boats\nTern,2021,12\nOsk,2021,14", 1, 1, Some("Port|Year|Boats")),
            ("Source,Auditor,\nUpdated,2024-05-30,\nPort,A,B,C\nTern,1,2,3", 2, 1, Some("Port|A|B|C")),
            ("# by port, of all\n# made in May\nPort,Year,Boats\nTern,2021,12", 2, 1, Some("Port|Year|Boats")),
            ("# time,level\n1,12\n2,14", 0, 1, Some("# time|level")),
            (
                "Region,Passengers,,Freight,\n,2021,2022,2021,2022\nNorth,1,2,3,4\nSouth,1,2,3,4",
                0,
                2,
                Some("Region|Passengers, 2021|Passengers, 2022|Freight, 2021|Freight, 2022"),
            ),
            ("Port,Fish,Freight\n,tonnes,crowns\nTern,12,14", 0, 2, Some("Port|Fish, tonnes|Freight, crowns")),
            (
                "Year,2021,,2022,\nPort,In,Out,In,Out\nTern,1,2,3,4",
                0,
                2,
                Some("Year, Port|2021, In|2021, Out|2022, In|2022, Out"),
            ),
            (
                "Hotels,,,,\nin thousand crowns,,,,\n,Sales,,Profit,\nHotel,2021,2022,2021,2022\nTarn,1,2,3,4\nUll,1,2,3,4",
                2,
                2,
                Some("Hotel, in thousand crowns|Sales, 2021|Sales, 2022|Profit, 2021|Profit, 2022"),
            ),
            (
                "Isles,31.12.2021,31.12.2021,31.12.2022\n,men,women,men\n,number,number,number\nTern,1,2,3",
                0,
                3,
                Some("Isles|31.12.2021, men, number|31.12.2021, women, number|31.12.2022, men, number"),
            ),
            ("Port,Master,Home\nTern,Ann,Vesk\nOsk,Ben,Vesk", 0, 1, Some("Port|Master|Home")),
            ("Tern,12\nOsk,14", 0, 0, None),
            ("Only\nlines\nhere", 0, 1, Some("Only")),
        ] {
            assert_eq!(head(text), (preamble, rows, header.map(str::to_owned)), "{text}");
        }
    }
}
