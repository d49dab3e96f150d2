//! A table of a source: its columns by their headers, its rows by their labels.

use std::ops::Range;

use crate::library::{SentenceId, SourceSentence, View};
use crate::text::blocks::{Block, BlockKind};
use crate::text::numbers::{Kind, Number, numbers};
use crate::text::words::{Term, Word, words};
use crate::text::{Analysis, Span};
use crate::verify::words::WordSet;
use crate::verify::words::synonyms::synonyms;

/// A longer table is a database, and is looked at around the candidate only.
const MOST_ROWS: usize = 200;

/// What a header's four digits must be to be a year.
const YEARS: Range<i32> = 1500..2200;

pub struct Grid<'l> {
    library: &'l View<'l>,
    pub columns: Vec<Head>,
    pub rows: Vec<Row<'l>>,
    /// The column that has the rows' labels.
    pub names: usize,
    /// Whether these are all rows of the table.
    pub is_whole: bool,
    /// The sentences of the library that the table and its surroundings are.
    pub around: Range<usize>,
}

/// What stands above a column.
pub struct Head {
    /// Its informative words, without units and years.
    pub terms: Vec<Term>,
    pub years: Vec<i32>,
    unit: Option<(&'static str, Kind)>,
    /// What a header such as "in millions" multiplies by.
    factor: f64,
    /// "before", "previous": a column that must be asked for.
    is_past: bool,
}

pub struct Row<'l> {
    /// Which sentence of the library it is.
    pub at: usize,
    cells: &'l [Span],
    /// The words of its label, function words included.
    pub label: Vec<Term>,
    /// A sum over the others.
    pub is_total: bool,
    /// "Other lists": what has no row of its own.
    pub is_rest: bool,
}

impl<'l> Grid<'l> {
    /// The table around a sentence that is a row or a header; `None` where rows and header do not
    /// fit each other.
    pub fn around(library: &'l View<'l>, at: usize) -> Option<Self> {
        let sentence = library.sentence(SentenceId(at));
        let blocks = &library.source(sentence.source).layout.blocks;
        let header = match blocks[sentence.block].kind {
            BlockKind::TableHeader => sentence.block,
            BlockKind::TableRow => blocks[sentence.block].lead?,
            _ => return None,
        };
        let of_source = library.sentences_of(sentence.source);
        let belongs = |i: &usize| {
            let block = library.sentence(SentenceId(*i)).block;
            block == header || blocks[block].kind == BlockKind::TableRow && blocks[block].lead == Some(header)
        };
        let first = (of_source.start.max(at.saturating_sub(MOST_ROWS))..=at).rev().take_while(belongs).last()?;
        let end = (at..of_source.end.min(at + MOST_ROWS)).take_while(belongs).last()? + 1;
        let columns = heads(library, sentence, &blocks[header]);
        let visible = library.source(sentence.source).layout.visible.as_str();
        let is_row = |i: &usize| {
            let block = &blocks[library.sentence(SentenceId(*i)).block];
            block.kind == BlockKind::TableRow && block.cells.len() == columns.len()
        };
        let cells = |i: usize| blocks[library.sentence(SentenceId(i)).block].cells.as_slice();
        let rows: Vec<usize> = (first..end).filter(is_row).collect();
        let says_words = |column: usize| {
            let with_words = rows.iter().filter(|i| cells(**i)[column].of(visible).contains(char::is_alphabetic)).count();
            2 * with_words > rows.len()
        };
        let names = (0..columns.len()).find(|column| says_words(*column)).unwrap_or(0);
        let rows = rows
            .iter()
            .map(|i| {
                let label: Vec<Word> = library
                    .sentence(SentenceId(*i))
                    .analysis
                    .words
                    .iter()
                    .filter(|w| cells(*i)[names].encloses(w.span))
                    .copied()
                    .collect();
                Row {
                    at: *i,
                    cells: cells(*i),
                    is_total: label.first().is_some_and(|w| SUM.has(w)) && label.iter().skip(1).all(|w| !w.is_capital),
                    is_rest: label.first().is_some_and(|w| OTHERS.has(w)),
                    label: label.iter().map(|w| w.term).collect(),
                }
            })
            .collect();
        let is_whole = at - first < MOST_ROWS && end - at < MOST_ROWS;
        const REACH: usize = 3;
        let around = first.saturating_sub(REACH).max(of_source.start)..(end + REACH).min(of_source.end);
        (columns.len() >= 2).then_some(Self { library, columns, rows, names, is_whole, around })
    }

    pub fn sentence(&self, row: &Row<'_>) -> &'l SourceSentence {
        self.library.sentence(SentenceId(row.at))
    }

    /// The only number in a cell, with the unit that its header gives.
    pub fn value(&self, row: &Row<'_>, column: usize) -> Option<Number> {
        let visible = &self.library.source(self.sentence(row).source).layout.visible;
        let head = self.columns.get(column)?;
        let cell = *row.cells.get(column)?;
        let number = only_number(visible, cell);
        // Under a year "1402" is no year.
        let is_value = !head.years.is_empty() || head.unit.is_some() || head.factor != 1.0;
        let mut number = if is_value { number.or_else(|| bare_number(cell.of(visible))) } else { number }?;
        number.value *= head.factor;
        number.precision *= head.factor;
        // "Million marks" above the labels holds for the rows of money, and not for those of heads.
        let corner = self.columns.first().map_or(1.0, |head| head.factor);
        if head.factor == 1.0 && corner != 1.0 {
            number.other_reading = Some(number.value * corner);
        }
        if let (None, Kind::Count, Some((unit, kind))) = (number.unit, number.kind, head.unit) {
            (number.unit, number.kind) = (Some(unit), kind);
        }
        Some(number)
    }

    /// The terms of the headers, the heading, and the sentences around the table, and of its source's title and name.
    pub fn knows(&self, term: Term) -> bool {
        let source = self.rows.first().map(|row| self.library.source(self.sentence(row).source));
        let names = source.into_iter().flat_map(|source| [source.metadata.title.as_deref().unwrap_or_default(), source.stem()]);
        self.said_around(term) || names.flat_map(words).any(|word| word.term == term)
    }

    fn said_around(&self, term: Term) -> bool {
        self.around.clone().any(|at| {
            let sentence = self.library.sentence(SentenceId(at));
            sentence.context.contains(&term) || sentence.analysis.words.iter().any(|w| w.term == term)
        })
    }

    /// Where the label of a row stands in a cell.
    pub fn label_span(&self, row: &Row<'_>) -> Option<Span> {
        let words = &self.sentence(row).analysis.words;
        let first = words.windows(row.label.len().max(1)).find(|w| w.iter().map(|w| w.term).eq(row.label.iter().copied()))?;
        Some(first.first()?.span.cover(first.last()?.span))
    }
}

/// The number in a span of text, if there is only one.
fn only_number(text: &str, span: Span) -> Option<Number> {
    let mut numbers = Analysis::of(text, span.trimmed(text)).numbers;
    (numbers.len() == 1).then(|| numbers.remove(0))
}

/// The number that a text is, even if it could be a year.
fn bare_number(text: &str) -> Option<Number> {
    let found = numbers(text, &words(text), &[]);
    found.into_iter().next().filter(|number| number.span == Span::new(0, text.len()).trimmed(text))
}

fn heads(library: &View<'_>, sentence: &SourceSentence, header: &Block) -> Vec<Head> {
    let visible = &library.source(sentence.source).layout.visible;
    header.cells.iter().map(|cell| Head::of(cell.of(visible))).collect()
}

impl Head {
    pub fn of(text: &str) -> Self {
        let words = words(text);
        // "31.12.2021" is of 2021.
        let year = |w: &Word| w.span.of(text).rsplit('.').next()?.parse::<i32>().ok().filter(|y| YEARS.contains(y));
        let measure = measure(text);
        let is_unit = |w: &Word| measure.as_ref().is_some_and(|(_, said)| said.contains(&w.term));
        let informative = |w: &&Word| !w.is_stop && year(w).is_none() && !is_unit(w);
        Self {
            terms: words.iter().filter(informative).map(|w| w.term).collect(),
            years: words.iter().filter_map(year).collect(),
            unit: measure.as_ref().and_then(|(number, _)| Some((number.unit?, number.kind))),
            factor: measure.as_ref().map_or(1.0, |(number, _)| number.value),
            is_past: PAST.is_in(&words),
        }
    }

    /// The year of the column; what was "before" is earlier than any.
    pub fn time(&self) -> Option<i32> {
        self.years.first().copied().or(self.is_past.then_some(i32::MIN))
    }

    /// How well some words name this column; `None` if they name another year.
    pub fn score(&self, scope: &Scope) -> Option<f32> {
        const NEAR: f32 = 0.7;
        const PAST: f32 = 0.6;
        let years_agree = self.years.iter().any(|y| scope.years.contains(y));
        if !self.years.is_empty() && !scope.years.is_empty() && !years_agree {
            return None;
        }
        let of_term = |term: &Term| {
            if scope.terms.contains(term) {
                1.0
            } else if synonyms(*term).iter().any(|s| scope.terms.contains(s)) {
                NEAR
            } else {
                0.0
            }
        };
        let named: f32 = self.terms.iter().map(of_term).sum();
        let past = match (self.is_past, scope.is_past) {
            (true, Some(true)) => PAST,
            (true, Some(false)) => -PAST,
            _ => 0.0,
        };
        Some(named + f32::from(u8::from(years_agree)) + past)
    }

    /// The share of the header that some words say.
    pub fn coverage(&self, scope: &Scope) -> f32 {
        let all = self.terms.len() + usize::from(!self.years.is_empty());
        self.score(scope).unwrap_or(0.0) / all.max(1) as f32
    }

    /// Puts the header's unit to a number that has none.
    pub fn lend_unit(&self, number: &mut Number) {
        if let (None, Kind::Count, Some((unit, kind))) = (number.unit, number.kind, self.unit) {
            (number.unit, number.kind) = (Some(unit), kind);
        }
    }
}

/// Words with which a claim names a column.
#[derive(Debug)]
pub struct Scope {
    pub terms: Vec<Term>,
    pub years: Vec<i32>,
    /// Whether they speak of an earlier time; "had" may do so or not.
    is_past: Option<bool>,
}

impl Scope {
    pub fn of<'w>(text: &str, words: impl Iterator<Item = &'w Word>) -> Self {
        let mut scope = Self { terms: Vec::new(), years: Vec::new(), is_past: Some(false) };
        for word in words {
            let raw = word.span.of(text);
            scope.years.extend(raw.parse::<i32>().ok().filter(|y| YEARS.contains(y)));
            if PAST.has(word) {
                scope.is_past = Some(true);
            } else if HAD.has(word) && scope.is_past == Some(false) {
                scope.is_past = None;
            }
            if !word.is_stop {
                scope.terms.push(word.term);
            }
        }
        scope
    }

    /// Also the words of a header above the claim's own column.
    pub fn with(mut self, head: &str) -> Self {
        let other = Self::of(head, words(head).iter());
        self.terms.extend(other.terms);
        // The nearer year counts: a column for 2019 in a note on 2024.
        if !other.years.is_empty() {
            self.years = other.years;
        }
        if other.is_past == Some(true) {
            self.is_past = other.is_past;
        }
        self
    }
}

/// The unit or magnitude that a header gives, as one of it, and the words that say so.
fn measure(header: &str) -> Option<(Number, Vec<Term>)> {
    let parts: Vec<&str> =
        header.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']')).filter(|p| !p.is_empty()).collect();
    (0..parts.len()).find_map(|from| {
        let mut text = "1 ".to_owned();
        text.push_str(&parts[from..parts.len().min(from + 3)].join(" "));
        // "in thousands": one thousand.
        if let Some(one) = ["thousands", "millions", "billions"].iter().find(|w| parts[from].eq_ignore_ascii_case(w)) {
            text.remove(1 + one.len());
        }
        let number = Analysis::of(&text, Span::new(0, text.len())).numbers.into_iter().next()?;
        // "Second half" measures nothing.
        let is_ordinal = number.kind == Kind::Ordinal || parts[from].eq_ignore_ascii_case("second");
        let says = number.span.start == 0 && !is_ordinal && (number.unit.is_some() || number.value != 1.0);
        let said = match number.span.len() {
            // The unit stands behind the span of the value.
            len if number.unit.is_some() && len <= 1 => words(parts[from]).iter().map(|w| w.term).collect(),
            len => words(&text[..len]).iter().skip(1).map(|w| w.term).collect(),
        };
        says.then_some((number, said))
    })
}

/// A column or a claim on what was before.
static PAST: WordSet = WordSet::forms("before previous previously prior earlier last former old");
static HAD: WordSet = WordSet::forms("had");
/// A row that sums the others up.
pub static SUM: WordSet = WordSet::forms("total totals all sum overall altogether whole entire together combined nationwide");
static OTHERS: WordSet = WordSet::forms("other others");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::source::{Fields, read};
    use crate::text::words::term;

    fn library(path: &str, text: &str) -> Library {
        Library::new(read(path, text.as_bytes(), &Fields::default()).unwrap_or_default(), Default::default())
    }

    #[test]
    fn cells_stand_in_the_columns_of_their_headers() {
        for (path, text) in [
            (
                "a.md",
                "| Pond | Eels (thousands) | Depth in metres |\n|---|---|---|\n| Upper Mere | 12 | 4.5 |\n| Total | | 7 |\n",
            ),
            (
                "a.html",
                "<table><tr><th>Pond<th>Eels (thousands)<th>Depth in metres</tr><tr><td>Upper <i>Mere</i></td><td>12</td><td>4.5</td></tr><tr><td>Total<td></td><td>7</td></tr></table>",
            ),
        ] {
            let library = library(path, text);
            let library = library.view();
            let grid = Grid::around(&library, 1).expect("a table");
            assert_eq!(grid.names, 0);
            let values = |row: &Row<'_>| (1..3).map(|c| grid.value(row, c).map(|n| (n.value, n.unit))).collect::<Vec<_>>();
            assert_eq!(grid.rows[0].label, [term("upper"), term("mere")]);
            assert_eq!(values(&grid.rows[0]), [Some((12_000.0, None)), Some((4.5, Some("metre")))]);
            assert_eq!(values(&grid.rows[1]), [None, Some((7.0, Some("metre")))]);
            assert!(grid.rows[1].is_total && !grid.rows[0].is_total);
        }
    }

    #[test]
    fn under_a_year_stands_a_value() {
        let library = library("a.csv", "Port,2021,Built\nTern,1402,1850\n");
        let library = library.view();
        let grid = Grid::around(&library, 1).expect("a table");
        let values: Vec<_> = (1..3).map(|c| grid.value(&grid.rows[0], c).map(|n| n.value)).collect();
        assert_eq!(values, [Some(1402.0), None]);
    }

    #[test]
    fn a_cell_over_two_columns_stands_in_both() {
        let text = "<table><tr><th>Pond<th>Eels<th>Carp<th>Pike</tr><tr><td>Mere<td colspan=2>12<td>4</tr></table>";
        let library = library("a.html", text);
        let library = library.view();
        let grid = Grid::around(&library, 0).expect("a table");
        let values: Vec<_> = (1..4).map(|c| grid.value(&grid.rows[0], c).map(|n| n.value)).collect();
        assert_eq!(values, [Some(12.0), Some(12.0), Some(4.0)]);
    }

    #[test]
    fn rows_of_another_length_and_broken_tables_are_left_out() {
        let odd = library("a.md", "| a b | c d |\n|---|---|\n| x y | 1 | 2 |\n\n| only |\n|---|\n| one |\n");
        let odd = odd.view();
        for at in 0..odd.sentences_of(crate::library::SourceId(0)).end {
            let _ = Grid::around(&odd, at);
        }
        let spans = library("b.html", "<table><tr><th>a<th>b</tr><tr><td colspan=99999999>1<td>2</tr></table>");
        let spans = spans.view();
        assert!(Grid::around(&spans, 0).is_some_and(|grid| grid.rows.is_empty()));
    }

    #[test]
    fn headers_give_units_magnitudes_and_years() {
        let head = |text: &str| {
            let head = Head::of(text);
            (head.unit.map(|(unit, _)| unit), head.factor, head.years)
        };
        assert_eq!(head("Turnout (per cent)"), (Some("percent"), 1.0, vec![]));
        assert_eq!(head("Share, %, 2019"), (Some("percent"), 1.0, vec![2019]));
        assert_eq!(head("Sales (million euros)"), (Some("euro"), 1e6, vec![]));
        assert_eq!(head("Second half"), (None, 1.0, vec![]));
        assert_eq!(head("Length, months"), (Some("month"), 1.0, vec![]));
        assert_eq!(head(""), (None, 1.0, vec![]));
    }

    #[test]
    fn another_year_is_another_column() {
        let score = |head: &str, words: &str| Head::of(head).score(&Scope::of(words, crate::text::words::words(words).iter()));
        assert_eq!(score("Loans 2021", "loans in 2022"), None);
        assert!(score("Loans 2021", "loans in 2021") > score("Loans 2021", "loans"));
        assert!(score("Loans before", "loans") < score("Loans now", "loans"));
        assert!(score("Loans before", "loans before") > score("Loans now", "loans before"));
    }
}
