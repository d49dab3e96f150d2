//! Tables by column: the number of a claim against the cell in its row and under its header.
//!
//! A row is found by its label, which the claim must have word for word; a column by words of
//! its header. Only where both are without doubt is another number in the cell a conflict.
//! What agrees counts as found, label and header with it.

mod change;
mod extreme;

pub use change::COMPARISON as CHANGE;
pub use extreme::COMPARISON as EXTREME;

use crate::library::{SentenceId, View};
use crate::text::blocks::{Block, BlockKind};
use crate::text::numbers::{Bound, Kind, Number};
use crate::verify::claim::Claim;
use crate::verify::compare::prelude::*;
use crate::verify::gather::grid::{Grid, Head, Row, SUM, Scope};
use crate::verify::gather::items::Items;
use crate::verify::gather::proof::Derivation;

pub const CELL: Comparison =
    Comparison::new("table-cell", "a number with the cell in its row and under its header", Compare::Gathered);

/// How many tables are looked at for one claim.
const MOST_TABLES: usize = 6;
/// By how much the best column must lead.
const LEAD: f32 = 0.5;
/// What names a column at least: one word of its header.
const NAMED: f32 = 0.9;

/// Compares a claim with the tables among the candidates.
pub fn read(claim: &Claim<'_>, items: &Items, candidates: &[SentenceId], library: &View<'_>) -> Derivation {
    let mut found = Derivation::default();
    let mut seen: Vec<std::ops::Range<usize>> = Vec::new();
    for SentenceId(at) in candidates.iter().copied() {
        let sentence = library.sentence(SentenceId(at));
        let kind = library.source(sentence.source).layout.blocks[sentence.block].kind;
        let is_table = matches!(kind, BlockKind::TableRow | BlockKind::TableHeader);
        if !is_table || seen.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let Some(grid) = Grid::around(library, at) else { continue };
        seen.push(grid.rows.first().map_or(at, |r| r.at).min(at)..grid.rows.last().map_or(at, |r| r.at).max(at) + 1);
        Reading { claim, items, candidates, library, grid: &grid }.read(&mut found);
        if seen.len() == MOST_TABLES {
            break;
        }
    }
    // One table that bears a number out outweighs another that has it otherwise.
    let proved = |span: Span| items.within(span) & items.values & found.proof.all != 0;
    found.conflicts.retain(|c| c.slot != Slot::Number || !proved(c.claim));
    found.conflicts.sort_by_key(|c| (c.claim, c.source, c.value));
    found.conflicts.dedup_by_key(|c| c.claim);
    found
}

/// Whether a conflict rests on a row with several columns, in which only the header tells which
/// number is meant.
pub fn needs_a_column(conflict: &Conflict, library: &View<'_>) -> bool {
    const LABEL_AND_VALUE: usize = 2;
    let blocks = &library.source(conflict.source).layout.blocks;
    let at = blocks.partition_point(|block| block.span.end <= conflict.sentence.start);
    let is_row = |block: &Block| block.kind == BlockKind::TableRow && block.cells.len() > LABEL_AND_VALUE && block.lead.is_some();
    conflict.slot == Slot::Number && blocks.get(at).is_some_and(is_row)
}

/// One claim beside one table.
struct Reading<'a> {
    claim: &'a Claim<'a>,
    items: &'a Items,
    candidates: &'a [SentenceId],
    library: &'a View<'a>,
    grid: &'a Grid<'a>,
}

/// A number of the claim, and the words that say what it counts.
struct Question {
    item: usize,
    number: Number,
    scope: Scope,
    /// The label of the claim's row, or the whole claim if it is prose.
    label: Span,
    is_cell: bool,
    /// The words right behind the number name its column.
    is_bound: bool,
}

impl Reading<'_> {
    fn read(&self, found: &mut Derivation) {
        for question in self.questions() {
            self.number(&question, found);
        }
        if self.claim.cells.is_empty() {
            extreme::read(self, found);
            change::read(self, found);
        }
    }

    /// The numbers of the claim that a table can answer.
    fn questions(&self) -> Vec<Question> {
        let numbers = &self.claim.analysis.numbers;
        let is_plain = |i: usize| !matches!(numbers[i].kind, Kind::Ordinal | Kind::Vague);
        let plain = self.items.each_number(self.items.all()).filter(|(_, i)| is_plain(*i));
        plain.filter_map(|(item, i)| self.ask(item, &numbers[i])).collect()
    }

    fn ask(&self, item: usize, number: &Number) -> Option<Question> {
        let claim = self.claim;
        let words = &claim.analysis.words;
        let mut number = number.clone();
        if claim.cells.is_empty() {
            let label = words.first()?.span.cover(words.last()?.span);
            let behind = Scope::of(claim.text, self.behind(&number));
            let is_bound = self.column(&behind).is_some();
            let all = || Scope::of(claim.text, words.iter().filter(|w| !number.span.overlaps(w.span)));
            let scope = if is_bound { behind } else { all() };
            return Some(Question { item, number, scope, label, is_cell: false, is_bound });
        }
        let column = claim.cells.iter().position(|cell| cell.span.encloses(number.span)).filter(|column| *column > 0)?;
        // In "71 of 140" the second number says what the first one is a part of.
        let is_first =
            !claim.analysis.numbers.iter().any(|n| n.span.start < number.span.start && claim.cells[column].span.encloses(n.span));
        let label = claim.cells[0].span;
        let head = &claim.cells[column].header;
        Head::of(head).lend_unit(&mut number);
        let scope = Scope::of(claim.text, words.iter().filter(|w| label.encloses(w.span))).with(head);
        is_first.then_some(Question { item, number, scope, label, is_cell: true, is_bound: true })
    }

    /// The words right behind a number, up to the next one.
    fn behind(&self, number: &Number) -> impl Iterator<Item = &Word> {
        const REACH: usize = 3;
        let claim = self.claim;
        let end = number.span.end;
        let next = claim.analysis.numbers.iter().map(|n| n.span.start).find(|start| *start >= end).unwrap_or(claim.text.len());
        claim.analysis.words.iter().filter(move |w| w.span.start >= end && w.span.end <= next).take(REACH)
    }

    /// The words of the claim in which a label is looked for.
    fn words_in(&self, part: Span) -> &[Word] {
        let words = &self.claim.analysis.words;
        let first = words.iter().position(|w| part.encloses(w.span)).unwrap_or(words.len());
        let last = words.iter().rposition(|w| part.encloses(w.span)).map_or(first, |at| at + 1);
        &words[first..last.max(first)]
    }

    /// The rows whose labels stand in a part of the claim, each with the label's place; a label
    /// inside a longer one does not count.
    fn rows(&self, part: Span) -> Vec<(&Row<'_>, Span)> {
        let words = self.words_in(part);
        let mut found: Vec<(&Row<'_>, Span)> = Vec::new();
        for row in self.grid.rows.iter().filter(|row| !row.is_total) {
            if let Some(place) = place_of(&row.label, words) {
                found.push((row, place));
            }
        }
        let longest = found.clone();
        found.retain(|(_, place)| !longest.iter().any(|(_, other)| other.encloses(*place) && other != place));
        if found.is_empty() {
            let total = self.grid.rows.iter().filter(|row| row.is_total);
            let said = words.iter().find(|w| SUM.has(w));
            found.extend(total.zip(said).map(|(row, word)| (row, word.span)));
        }
        found
    }

    /// The column that some words name, with its score; none if two do about as well.
    fn column(&self, scope: &Scope) -> Option<usize> {
        let mut scores: Vec<f32> = self.grid.columns.iter().map(|head| head.score(scope).unwrap_or(0.0)).collect();
        scores[self.grid.names] = 0.0;
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
        let next = (0..scores.len()).filter(|at| *at != best).map(|at| scores[at]).fold(0.0, f32::max);
        (scores[best] >= NAMED && scores[best] - next >= LEAD).then_some(best)
    }

    fn number(&self, question: &Question, found: &mut Derivation) {
        let mut rows = self.rows(question.label);
        let Some(column) = self.column(&question.scope) else { return };
        let own = self.own_row(question, &rows);
        rows = own.map_or(rows, |row| vec![row]);
        let agreeing =
            rows.iter().find(|(row, _)| self.grid.value(row, column).is_some_and(|cell| agrees(&question.number, &cell)));
        if let Some((row, place)) = agreeing {
            found.proof.add(row.at, 1 << question.item | self.said_of(question, row, *place, column));
            return;
        }
        let [(row, place)] = rows.as_slice() else { return };
        if row.is_total && !question.is_cell {
            return;
        }
        let Some(cell) = self.grid.value(row, column) else { return };
        let sentence = self.grid.sentence(row);
        if self.is_slip(question, (row, *place), column, &cell, own.is_some()) && !self.is_said_elsewhere(question, *place) {
            let conflict = Conflict::with(sentence, Slot::Number, question.number.span, cell.span);
            found.conflicts.push(Conflict { comparison: CELL.id, ..conflict });
        }
    }

    /// The row of a number where labels and numbers take turns: "in Orlan 56, in Vesk 53".
    fn own_row<'r>(&self, question: &Question, rows: &[(&'r Row<'r>, Span)]) -> Option<(&'r Row<'r>, Span)> {
        if question.is_cell || rows.len() < 2 {
            return None;
        }
        let is_inside = |span: Span| rows.iter().any(|(_, label)| label.overlaps(span));
        let numbers: Vec<Span> = self.counts().map(|n| n.span).filter(|span| !is_inside(*span)).collect();
        let mut labels = rows.to_vec();
        labels.sort_by_key(|(_, place)| *place);
        let starts = labels.iter().skip(1).map(|(_, place)| place.start).chain([usize::MAX]);
        let take_turns = numbers.len() == labels.len()
            && labels.iter().zip(&numbers).zip(starts).all(|(((_, label), n), next)| label.end <= n.start && n.end <= next);
        let at = numbers.iter().position(|span| *span == question.number.span)?;
        take_turns.then(|| labels[at])
    }

    /// The claim's numbers that count or measure.
    fn counts(&self) -> impl Iterator<Item = &Number> {
        self.claim.analysis.numbers.iter().filter(|n| !n.label && n.kind != Kind::Ordinal)
    }

    /// The items of the claim that label and header say.
    fn said_of(&self, question: &Question, row: &Row<'_>, place: Span, column: usize) -> Mask {
        let words = self.words_in(question.label);
        let head = &self.grid.columns[column];
        let in_label =
            |w: &&Word| place.encloses(w.span) || row.label.contains(&w.term) || row.is_total && (COUNTRY.has(w) || SUM.has(w));
        let items = words.iter().filter(in_label).fold(0, |mask, w| mask | self.items.mask_of(w.term));
        head.terms.iter().fold(items, |mask, term| mask | self.items.mask_of(*term))
    }

    /// Whether the claim asks for nothing but this cell, and cannot mean what it says instead.
    fn is_slip(
        &self,
        question: &Question,
        (row, place): (&Row<'_>, Span),
        column: usize,
        cell: &Number,
        is_paired: bool,
    ) -> bool {
        const TWICE: f64 = 2.0;
        let wanted = &question.number;
        if !differs(wanted, cell) {
            return false;
        }
        let head = &self.grid.columns[column];
        let half_said = head.coverage(&question.scope) >= 0.5;
        let same = |n: Option<Number>| n.is_some_and(|n| same_figure(wanted, &n));
        let in_row = (0..self.grid.columns.len()).any(|c| c != column && same(self.grid.value(row, c)));
        let in_column = self.grid.rows.iter().any(|r| r.at != row.at && same(self.grid.value(r, column)));
        let comparable = wanted.comparable(cell);
        if question.is_cell {
            return comparable || in_row || in_column;
        }
        let near = wanted.value <= TWICE * cell.value && cell.value <= TWICE * wanted.value;
        let is_small = wanted.unit.is_none() && wanted.value <= 12.0;
        let other_words = self.unexplained(question, place, column);
        let alone = self.counts().filter(|n| !place.overlaps(n.span)).count() == 1;
        let dated = self.claim.analysis.dates.iter().any(|d| d.month.is_some() || d.weekday.is_some())
            || !self.claim.analysis.times.is_empty();
        let slipped = (in_row || in_column) && !is_small;
        half_said && (alone || question.is_bound || is_paired) && !dated && other_words == 0 && (slipped || comparable && near)
    }

    /// How many words of the claim are neither label nor header nor of the table's surroundings.
    fn unexplained(&self, question: &Question, place: Span, column: usize) -> usize {
        let head = &self.grid.columns[column];
        let is_left = |w: &&Word| {
            let free = !w.is_stop && !w.has_digit && !place.encloses(w.span) && !question.number.span.overlaps(w.span);
            let of_other_column = self.grid.columns.iter().any(|h| h.terms.contains(&w.term));
            free && !head.terms.contains(&w.term)
                && !STATES.has(w)
                && (of_other_column && !question.is_bound || !self.grid.knows(w.term))
        };
        let is_unit = |w: &&Word| {
            question.number.unit.is_some()
                && w.span.start >= question.number.span.end
                && w.span.start <= question.number.span.end + 2
        };
        self.claim.analysis.words.iter().filter(|w| is_left(w) && !is_unit(w)).count()
    }

    /// Whether a sentence beside the table has the number and the row's name.
    fn is_said_elsewhere(&self, question: &Question, place: Span) -> bool {
        let name = self.items.words_within(place);
        let prose = self.candidates.iter().filter(|SentenceId(at)| !self.grid.rows.iter().any(|row| row.at == *at));
        prose.map(|id| self.items.found_in(self.claim, self.library.sentence(*id))).any(|mask| {
            let has_name = mask & name == name || question.is_cell;
            mask >> question.item & 1 == 1 && has_name
        })
    }
}

/// Where a label stands in a claim, word for word.
fn place_of(label: &[Term], words: &[Word]) -> Option<Span> {
    if label.is_empty() {
        return None;
    }
    let place = words.windows(label.len()).find(|part| part.iter().map(|w| w.term).eq(label.iter().copied()))?;
    // A rank or a count is no name; a year is.
    let is_name =
        place.iter().any(|w| !w.has_digit && !w.is_stop) || label.len() > 1 || place[0].span.len() == 4 && place[0].has_digit;
    is_name.then(|| place[0].span.cover(place[place.len() - 1].span))
}

/// The words that stand for all rows together, beside those for a sum.
static COUNTRY: WordSet = WordSet::forms("country nation national in");

/// Whether the cell bears the number out; a unit that the table does not give may be any, and
/// decimals may be rounded.
fn agrees(wanted: &Number, cell: &Number) -> bool {
    let is_rounded = cell.value.fract() != 0.0 && wanted.precision > cell.precision && wanted.bound == Bound::Exact;
    if is_rounded
        && wanted.comparable(cell)
        && (wanted.value - cell.value).abs() <= wanted.precision.min(0.05 * wanted.value.abs())
    {
        return true;
    }
    wanted.satisfied_by(cell) || (wanted.unit.is_none() || cell.unit.is_none()) && same_figure(wanted, cell)
}

fn same_figure(a: &Number, b: &Number) -> bool {
    (a.value - b.value).abs() <= 1e-9 * a.value.abs().max(1.0)
}

/// Whether the two differ by more than rounding, or in the direction that the claim rules out.
fn differs(wanted: &Number, cell: &Number) -> bool {
    const FAR: f64 = 0.1;
    let apart = (wanted.value - cell.value).abs();
    if wanted.unit.is_some() && cell.unit.is_some() && wanted.unit != cell.unit {
        return false;
    }
    match wanted.bound {
        Bound::Exact => apart > wanted.precision * 0.999 && !same_figure(wanted, cell),
        Bound::About => apart > FAR * wanted.value.abs().max(cell.value.abs()) && apart > wanted.precision,
        Bound::AtLeast => cell.value < wanted.value,
        Bound::MoreThan => cell.value <= wanted.value,
        Bound::AtMost => cell.value > wanted.value,
        Bound::LessThan => cell.value >= wanted.value,
    }
}

/// Verbs and nouns that say no more than that a figure stands there.
static STATES: WordSet = WordSet::stems(
    "record report register count number figure stand reach come win won get got take took hold held amount see saw show \
     according table per cent percent receive list total average mean post deliver sell sold buy bought produce include",
);

#[cfg(test)]
mod tests {
    use super::CELL;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &CELL,
            r#"
            //- a.md
            | District | Votes | Turnout |
            |---|---|---|
            | Orlan | 4,100 | 61 |
            | Vesk | 3,900 | 58 |
            - Votes in Orlan were [4,500]. = 4,100
            - Votes in Orlan were 4,100.
        "#,
        );
    }
}
