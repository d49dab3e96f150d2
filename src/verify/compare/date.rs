//! Dates: another day in the same place.

use super::places::conflict;
use crate::text::dates::Date;
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison = Comparison::new("date", "a day or month with the one in its place", Compare::Value(compare));

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Date(i) = value else { return None };
    conflict(clause, at, Slot::Date, |candidate| other(clause, i, candidate))
}

/// The only date of the sentence of the same grain, if it is another one.
fn other(clause: &Clause<'_>, i: usize, candidate: &Candidate<'_>) -> Option<Span> {
    let (claim, theirs) = (clause.claim.analysis, candidate.analysis());
    let wanted = &claim.dates[i];
    let grain = |d: &Date| (d.month.is_some() || d.either.is_some(), d.day.is_some() || d.either.is_some());
    let same_grain = |d: &&Date| grain(d) == grain(wanted);
    let dates: Vec<&Date> = theirs.dates.iter().filter(same_grain).collect();
    let mine = Neighbours::of(claim, wanted.span);
    let is_only = dates.len() == 1 && (wanted.day.is_some() || wanted.weekday.is_some());
    let is_in_place = |d: &Date| is_only || mine.agreement(&Neighbours::of(theirs, d.span), false) >= 2;
    let is_of_document =
        |d: &Date| is_published(&theirs.words, d) && !is_published(&claim.words, wanted) || is_dateline(d, candidate);
    let is_known = |d: &Date| claim.dates.iter().any(|other| other.agrees(d));
    let is_other = |d: &&&Date| wanted.conflicts(d) && is_in_place(d) && !is_of_document(d) && !is_known(d);
    dates.iter().find(is_other).map(|d| d.span)
}

/// When something was published or written, which is not when it happened.
fn is_published(words: &[Word], date: &Date) -> bool {
    const REACH: usize = 3;
    static PUBLISHING: WordSet = WordSet::stems("published article report story issue edition dated");
    let end = words.partition_point(|w| w.span.end <= date.span.start);
    words[..end].iter().rev().take(REACH).any(|w| PUBLISHING.has(w))
}

/// "TAVASK, 3 February 2025 — The board said": when it was written.
fn is_dateline(date: &Date, candidate: &Candidate<'_>) -> bool {
    const LONGEST: usize = 60;
    let start = candidate.sentence.span.start;
    let before = Span::new(start, date.span.start.max(start)).of(candidate.text);
    let behind = candidate.text[date.span.end..].trim_start_matches([')', ',', '.', ' ']);
    before.len() < LONGEST && before.chars().next().is_none_or(char::is_uppercase) && behind.starts_with(['—', '–'])
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
            The bridge over the Vesk opened on 4 May 2021.
            - The bridge over the Vesk opened on [5 May 2021]. = 4 May 2021
            - The bridge over the Vesk opened on the 4th of May 2021.

            The report on the bridge is dated 27.08.2019. The bridge opened on 03/04/2021, and the tunnel on 15/04/2021.
            - The report on the bridge is dated [8 July 2019]. = 27.08.2019
            - The bridge opened on [4 March 2021]. = 03/04/2021
            - The bridge opened on 3 April 2021.

            The bridge opened on 03/04/2021.
            - The bridge opened on [5 April 2021]. = 03/04/2021
            - The bridge opened on 4 March 2021.
            - The bridge opened on 3 April 2021.

            ORLAN, 3 May 2021 — The bridge over the Vesk was opened.
            - The bridge over the Vesk was opened on 2 May 2021.
        "#,
        );
    }
}
