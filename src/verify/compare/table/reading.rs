//! One claim beside one table: which rows and columns it names.

use crate::library::{SentenceId, View};
use crate::text::numbers::Number;
use crate::verify::claim::Claim;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::grid::{Grid, Row, SUM, Scope};
use crate::verify::gather::items::Items;

/// By how much the best column must lead.
const LEAD: f32 = 0.5;
/// What names a column at least: one word of its header.
const NAMED: f32 = 0.9;

/// One claim beside one table.
pub struct Reading<'a> {
    pub claim: &'a Claim<'a>,
    pub items: &'a Items,
    pub candidates: &'a [SentenceId],
    pub library: &'a View<'a>,
    pub grid: &'a Grid<'a>,
}

impl Reading<'_> {
    /// The words right behind a number, up to the next one.
    pub fn behind(&self, number: &Number) -> impl Iterator<Item = &Word> {
        const REACH: usize = 3;
        let claim = self.claim;
        let end = number.span.end;
        let next = claim.analysis.numbers.iter().map(|n| n.span.start).find(|start| *start >= end).unwrap_or(claim.text.len());
        claim.analysis.words.iter().filter(move |w| w.span.start >= end && w.span.end <= next).take(REACH)
    }

    /// The words of the claim in which a label is looked for.
    pub fn words_in(&self, part: Span) -> &[Word] {
        let words = &self.claim.analysis.words;
        let first = words.iter().position(|w| part.encloses(w.span)).unwrap_or(words.len());
        let last = words.iter().rposition(|w| part.encloses(w.span)).map_or(first, |at| at + 1);
        &words[first..last.max(first)]
    }

    /// The rows whose labels stand in a part of the claim, each with the label's place; a label
    /// inside a longer one does not count.
    pub fn rows(&self, part: Span) -> Vec<(&Row<'_>, Span)> {
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
    pub fn column(&self, scope: &Scope) -> Option<usize> {
        let mut scores: Vec<f32> = self.grid.columns.iter().map(|head| head.score(scope).unwrap_or(0.0)).collect();
        scores[self.grid.names] = 0.0;
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
        let next = (0..scores.len()).filter(|at| *at != best).map(|at| scores[at]).fold(0.0, f32::max);
        (scores[best] >= NAMED && scores[best] - next >= LEAD).then_some(best)
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
