//! Clock times: another one in the same place.

use super::places::conflict;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::values::same_time;

pub const COMPARISON: Comparison = Comparison::new("time", "a time of day with the one in its place", Compare::Value(compare));

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Time(i) = value else { return None };
    conflict(clause, at, Slot::Time, |candidate| other(clause, i, candidate))
}

/// The only clock time of the sentence, or the one behind the same word, if it is another one.
fn other(clause: &Clause<'_>, i: usize, candidate: &Candidate<'_>) -> Option<Span> {
    let (claim, theirs) = (clause.claim.analysis, candidate.analysis());
    let wanted = &claim.times[i];
    let mine = Neighbours::of(claim, wanted.span);
    let only = theirs.times.len() == 1;
    let is_in_place = |span: Span| only || mine.follows_the_same(&Neighbours::of(theirs, span));
    theirs.times.iter().find(|t| is_in_place(t.span)).filter(|t| !same_time(wanted, t)).map(|t| t.span)
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
            The last ferry left Orlan at 21:40.
            - The last ferry left Orlan at [22:40]. = 21:40
            - The last ferry left Orlan at 9.40 pm.
        "#,
        );
    }
}
