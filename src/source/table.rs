//! Reader for tables in text files: comma, semicolon, tab or bar between the cells.

use csv::{ReaderBuilder, StringRecord};

use super::limits::{LONGEST_HEADER, MOST_COLUMNS};
use super::marks::MarkKind;
use super::rendition::Rendition;
use super::{Content, ReadError};

/// How much of a file is looked at to find what parts its cells, in bytes.
const HEAD: usize = 4096;

pub fn read(text: &str) -> Result<Content, ReadError> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rendition = Rendition::default();
    let mut number = 0;
    let mut is_first = true;
    // One more than are kept, so that it is told.
    let cells = |row: &StringRecord| row.iter().take(MOST_COLUMNS + 1).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut record = StringRecord::new();
    while !rendition.is_full() && reader.read_record(&mut record).unwrap_or(true) {
        let row = cells(&record);
        if row.iter().all(String::is_empty) {
            continue;
        }
        let is_header = is_first && names_columns(&row);
        is_first = false;
        if !is_header {
            number += 1;
            rendition.mark(MarkKind::Row, &number.to_string());
        }
        rendition.row(&row, is_header);
    }
    if rendition.is_empty() {
        return Err(ReadError::Broken("it holds no rows".to_owned()));
    }
    Ok(Content::of_rendition(rendition))
}

/// Whether the first row of a table names its columns: no cell is a number, but for years.
pub fn names_columns<S: AsRef<str>>(cells: &[S]) -> bool {
    let is_year = |cell: &str| cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit()) && cell.starts_with(['1', '2']);
    let cells = || cells.iter().map(|cell| cell.as_ref().trim());
    cells().map(str::len).sum::<usize>() <= LONGEST_HEADER
        && cells()
            .all(|cell| !cell.trim_start_matches(['-', '+', '−']).starts_with(|c: char| c.is_ascii_digit()) || is_year(cell))
}

/// The mark that stands most often in the first lines, equally often in each.
fn delimiter(text: &str) -> u8 {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut lines = head.lines().filter(|line| !line.trim().is_empty()).take(5);
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let count = |line: &str, mark: u8| line.bytes().filter(|b| *b == mark).count();
    let score = |mark: u8| {
        let here = count(first, mark);
        (here > 0 && rest.iter().all(|line| count(line, mark) >= here), here)
    };
    // Of equals the last is taken.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|mark| score(*mark)).unwrap_or(b',')
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
}
