//! "Vesk had the lowest turnout": the extreme of a column against the row that the claim names.

use super::reading::Reading;
use crate::text::numbers::{Kind, Number};
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::grid::{Grid, Row, Scope};
use crate::verify::gather::proof::Derivation;

pub const COMPARISON: Comparison =
    Comparison::new("table-extreme", "who has the most or least of a column with the table", Compare::Gathered);

/// How far behind a superlative the words of its column stand.
const REACH: usize = 5;
/// What the claim may say besides.
const MOST_OTHER_WORDS: usize = 1;

pub fn read(reading: &Reading<'_>, found: &mut Derivation) {
    let claim = reading.claim;
    let words = &claim.analysis.words;
    if !reading.grid.is_whole {
        return;
    }
    let Some((cue, is_most)) = superlative(words) else { return };
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let rows = reading.rows(first.span.cover(last.span));
    let [(row, place)] = rows.as_slice() else { return };
    let behind = &words[cue + 1..(cue + 1 + REACH).min(words.len())];
    let scope = Scope::of(claim.text, behind.iter().filter(|w| !place.encloses(w.span)));
    let Some(column) = reading.column(&scope) else { return };
    if row.is_total || row.is_rest || !counts_the_rows(reading, *place) {
        return;
    }
    let said = said(reading, *place, column, cue);
    let counts = said & reading.items.values & !reading.items.within(*place);
    let Some((extreme, value)) = extreme(reading.grid, column, is_most) else { return };
    if extreme.at == row.at {
        found.proof.add(row.at, said);
        return;
    }
    let is_other = |w: &&Word| !w.is_stop && reading.items.mask_of(w.term) & !said != 0 && !reading.grid.knows(w.term);
    if words.iter().filter(is_other).count() > MOST_OTHER_WORDS {
        return;
    }
    found.proof.add(row.at, counts);
    let sentence = reading.grid.sentence(extreme);
    let value = reading.grid.label_span(extreme).unwrap_or(value.span);
    let conflict = Conflict::with(sentence, Slot::Name, *place, value);
    found.conflicts.push(Conflict { comparison: COMPARISON.id, ..conflict });
}

/// The only superlative of a claim, and whether it asks for the most; none where the claim
/// denies it, shares it or limits it in time.
fn superlative(words: &[Word]) -> Option<(usize, bool)> {
    static LIMITS: WordSet = WordSet::forms("not no never nor second third among one since ever nearly almost than neither if");
    static MOST: WordSet = WordSet::forms("highest most largest biggest greatest longest");
    static LEAST: WordSet = WordSet::forms("lowest fewest smallest least shortest");
    static AT: WordSet = WordSet::forms("at");
    static OF: WordSet = WordSet::forms("of");
    let is_cue = |at: &usize| {
        let is_one = MOST.has(&words[*at]) || LEAST.has(&words[*at]);
        is_one && !(*at > 0 && AT.has(&words[at - 1])) && !OF.has_at(words, at + 1)
    };
    let mut cues = (0..words.len()).filter(is_cue);
    let (only, None) = (cues.next()?, cues.next()) else { return None };
    (!LIMITS.is_in(words)).then(|| (only, MOST.has(&words[only])))
}

/// A number in the claim must be that of the rows: "of the six districts".
fn counts_the_rows(reading: &Reading<'_>, label: Span) -> bool {
    let rows = reading.grid.rows.iter().filter(|row| !row.is_total).count();
    let named = reading.grid.rows.iter().filter(|row| !row.is_total && !row.is_rest).count();
    let is_count = |n: &Number| n.kind == Kind::Count && (n.value == rows as f64 || n.value == named as f64);
    let numbers = reading.claim.analysis.numbers.iter().filter(|n| !n.label && !label.overlaps(n.span));
    numbers.clone().all(is_count) && reading.claim.analysis.times.is_empty()
}

/// The row with the largest or smallest value; none if some row has no value, or two share it.
fn extreme<'g, 'l>(grid: &'g Grid<'l>, column: usize, is_most: bool) -> Option<(&'g Row<'l>, Number)> {
    const ENOUGH: usize = 3;
    let values: Option<Vec<(&Row<'l>, Number)>> =
        grid.rows.iter().filter(|row| !row.is_total && !row.is_rest).map(|row| Some((row, grid.value(row, column)?))).collect();
    let mut values = values.filter(|values| values.len() >= ENOUGH)?;
    values.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    if is_most {
        values.reverse();
    }
    let is_tie = values[0].1.value == values[1].1.value;
    (!is_tie).then(|| values.swap_remove(0))
}

/// The items that a comparison uses: label, header, superlative, and the number of the rows.
fn said(reading: &Reading<'_>, label: Span, column: usize, cue: usize) -> Mask {
    let items = reading.items;
    let words = &reading.claim.analysis.words;
    let head = reading.grid.columns[column].terms.iter().fold(0, |mask, term| mask | items.mask_of(*term));
    let counts = items.each_number(items.all()).fold(0, |mask, (at, _)| mask | 1 << at);
    items.within(label) | head | items.mask_of(words[cue].term) | counts
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
            | District | Turnout |
            |---|---|
            | Orlan | 61 |
            | Vesk | 58 |
            | Hallin | 49 |
            - [Orlan] had the lowest turnout. = Hallin
            - Hallin had the lowest turnout.
        "#,
        );
    }
}
