//! "The union lost four seats": the change between two columns of a row, of which one is earlier.

use super::reading::Reading;
use crate::text::numbers::{Bound, Kind, Number};
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::grid::{Grid, Row, Scope};
use crate::verify::gather::proof::Derivation;

pub const COMPARISON: Comparison =
    Comparison::new("table-change", "a gain or loss with the change between two columns", Compare::Gathered);

/// Right before a number of things, these say that it is a change.
static UP: WordSet = WordSet::forms("gained gain gains added");
static DOWN: WordSet = WordSet::forms("lost lose loses shed");
/// Words for the row of all that have no row of their own.
static REST: WordSet = WordSet::forms("other others smaller remaining rest");
static JOINING: WordSet = WordSet::forms("and but while");

/// Compares every change that the claim counts with the table.
pub fn read(reading: &Reading<'_>, found: &mut Derivation) {
    for (item, i) in reading.items.each_number(reading.items.all()) {
        if let Some(change) = Change::of(reading, &reading.claim.analysis.numbers[i]) {
            change.compare(reading, 1 << item, found);
        }
    }
}

/// A change that the claim states, and where the table has both of its ends.
struct Change<'a> {
    number: &'a Number,
    cue: Word,
    rises: bool,
    row: &'a Row<'a>,
    place: Span,
    /// The columns of before and after.
    columns: [usize; 2],
}

impl<'a> Change<'a> {
    fn of(reading: &'a Reading<'_>, number: &'a Number) -> Option<Self> {
        let claim = reading.claim;
        let words = &claim.analysis.words;
        if number.label || number.kind != Kind::Count || !matches!(number.bound, Bound::Exact | Bound::About) {
            return None;
        }
        let cue = *words.iter().rfind(|w| w.span.end <= number.span.start)?;
        let rises = UP.has(&cue);
        if !rises && !DOWN.has(&cue) {
            return None;
        }
        let named = Scope::of(claim.text, reading.behind(number));
        let columns = two_times(reading.grid, &named)?;
        // A change since another year is another change.
        let years = claim.analysis.dates.iter().filter_map(|d| d.year);
        let times = columns.map(|column| reading.grid.columns[column].time());
        if !years.clone().all(|year| times.contains(&Some(year))) {
            return None;
        }
        let whole = words.first()?.span.cover(words.last()?.span);
        let (row, place) = match reading.rows(whole).as_slice() {
            [(row, place)] if !row.is_total => (*row, *place),
            [] => rest(reading)?,
            _ => return None,
        };
        Some(Self { number, cue, rises, row, place, columns })
    }

    fn compare(&self, reading: &Reading<'_>, own: Mask, found: &mut Derivation) {
        let [before, after] = self.columns.map(|column| reading.grid.value(self.row, column));
        let (Some(before), Some(after)) = (before, after) else { return };
        let change = after.value - before.value;
        let slack = if self.number.bound == Bound::About { self.number.precision } else { 0.0 };
        let fits = (change.abs() - self.number.value).abs() <= slack + 1e-9;
        let is_turned = change != 0.0 && self.rises != (change > 0.0);
        if fits && !is_turned {
            found.proof.add(self.row.at, own | self.said(reading));
        } else if self.says_no_more(reading) {
            let (slot, claim) = if fits { (Slot::Opposite, self.cue.span) } else { (Slot::Number, self.number.span) };
            let sentence = reading.grid.sentence(self.row);
            let conflict = Conflict::with(sentence, slot, claim, before.span.cover(after.span));
            found.conflicts.push(Conflict { comparison: COMPARISON.id, ..conflict });
        }
    }

    /// The items that label, headers and the word of change say.
    fn said(&self, reading: &Reading<'_>) -> Mask {
        let items = reading.items;
        let heads = self.columns.iter().flat_map(|column| &reading.grid.columns[*column].terms);
        let said = heads.chain(&self.row.label).fold(0, |mask, term| mask | items.mask_of(*term));
        said | items.mask_of(self.cue.term) | items.words_within(self.place)
    }

    /// "Lost four seats in Orlan" speaks of a part: the clause must have no word of its own.
    fn says_no_more(&self, reading: &Reading<'_>) -> bool {
        let claim = reading.claim;
        let words = &claim.analysis.words;
        let at = words.iter().position(|w| w.span == self.cue.span).unwrap_or(0);
        let ends = |i: usize| gap(claim.text, words, i).contains([',', ';', ':', '—']) || JOINING.has(&words[i]);
        let first = (1..=at).rev().find(|i| ends(*i)).unwrap_or(0);
        let last = (at + 1..words.len()).find(|i| ends(*i)).unwrap_or(words.len());
        let said = self.said(reading);
        let is_free = |w: &&Word| {
            !w.is_stop
                && !self.number.span.overlaps(w.span)
                && !self.place.encloses(w.span)
                && reading.items.mask_of(w.term) & !said != 0
                && !reading.grid.knows(w.term)
        };
        words[first..last].iter().find(is_free).is_none()
    }
}

/// The two columns of what is named, at different times, the earlier first.
fn two_times(grid: &Grid<'_>, named: &Scope) -> Option<[usize; 2]> {
    let is_named = |column: &usize| {
        let head = &grid.columns[*column];
        *column != grid.names && head.time().is_some() && head.terms.iter().any(|term| named.terms.contains(term))
    };
    let found: Vec<usize> = (0..grid.columns.len()).filter(is_named).collect();
    let [a, b] = <[usize; 2]>::try_from(found).ok()?;
    match grid.columns[a].time().cmp(&grid.columns[b].time()) {
        std::cmp::Ordering::Less => Some([a, b]),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some([b, a]),
    }
}

/// The row of "other lists", for a claim on "the smaller lists".
fn rest<'a>(reading: &'a Reading<'_>) -> Option<(&'a Row<'a>, Span)> {
    let words = &reading.claim.analysis.words;
    let row = reading.grid.rows.iter().find(|row| row.is_rest && row.label.len() > 1)?;
    let at = REST.position(words)?;
    let name = words.get(at + 1..at + row.label.len())?;
    let is_same = name.iter().map(|w| w.term).eq(row.label[1..].iter().copied());
    is_same.then(|| (row, words[at].span.cover(name[name.len() - 1].span)))
}

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
            | Party | Seats 2017 | Seats 2021 |
            |---|---|---|
            | Union | 31 | 27 |
            | League | 12 | 16 |
            - The Union lost [six] seats. = 31 27
            - The Union lost four seats.
        "#,
        );
    }
}
