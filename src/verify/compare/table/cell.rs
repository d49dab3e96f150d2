//! Cells: the number of a claim against the one in its row and under its header.

use super::reading::Reading;
use crate::library::SentenceId;
use crate::text::numbers::{Bound, Kind, Number};
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::grid::{Head, Row, SUM, Scope};
use crate::verify::gather::proof::Derivation;

pub const COMPARISON: Comparison =
    Comparison::new("table-cell", "a number with the cell in its row and under its header", Compare::Gathered);

/// Compares every number of the claim that the table can answer.
pub fn read(reading: &Reading<'_>, found: &mut Derivation) {
    for question in reading.questions() {
        reading.number(&question, found);
    }
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
            found.conflicts.push(Conflict { comparison: COMPARISON.id, ..conflict });
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
        let alone = self.counts().filter(|n| !place.overlaps(n.span)).count() == 1;
        let dated = self.claim.analysis.dates.iter().any(|d| d.month.is_some() || d.weekday.is_some())
            || !self.claim.analysis.times.is_empty();
        let slipped = (in_row || in_column) && !is_small;
        let other_words = self.unexplained(question, place, column, slipped);
        half_said && (alone || question.is_bound || is_paired) && !dated && other_words == 0 && (slipped || comparable && near)
    }

    /// How many words of the claim are neither label nor header nor of the table's surroundings. What is counted in a
    /// number that stands in the next cell need not be named there: "3,977 votes".
    fn unexplained(&self, question: &Question, place: Span, column: usize, slipped: bool) -> usize {
        let head = &self.grid.columns[column];
        let is_left = |w: &&Word| {
            let free = !w.is_stop && !w.has_digit && !place.encloses(w.span) && !question.number.span.overlaps(w.span);
            let of_other_column = self.grid.columns.iter().any(|h| h.terms.contains(&w.term));
            free && !head.terms.contains(&w.term)
                && !STATES.has(w)
                && (of_other_column && !question.is_bound || !self.grid.knows(w.term))
        };
        let is_unit = |w: &&Word| {
            (question.number.unit.is_some() || slipped)
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
    let readings = |n: &Number| [Some(n.value), n.other_reading].into_iter().flatten();
    readings(a).any(|a| readings(b).any(|b| (a - b).abs() <= 1e-9 * a.abs().max(1.0)))
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
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
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
