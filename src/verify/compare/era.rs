//! Decades and centuries: another one with the same neighbours.

use super::places::conflict;
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("era", "a decade or century with the one in its place", Compare::Value(compare));

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Era(i) = value else { return None };
    conflict(clause, at, Slot::Date, |candidate| other(clause, i, candidate))
}

/// The only time of the sentence, if it is another era with the same neighbours.
fn other(clause: &Clause<'_>, i: usize, candidate: &Candidate<'_>) -> Option<Span> {
    let (claim, theirs) = (clause.claim.analysis, candidate.analysis());
    let wanted = &claim.eras[i];
    let [other] = theirs.eras.as_slice() else { return None };
    let agrees = Neighbours::of(claim, wanted.span).agreement(&Neighbours::of(theirs, other.span), false) >= 2;
    (agrees && other.is_apart(wanted) && theirs.dates.iter().all(|d| d.year.is_none())).then_some(other.span)
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
            The chapel of Orlan was rebuilt of brick in the 16th century.
            - The chapel of Orlan was rebuilt of brick in the [18th century]. = 16th century
            - The chapel of Orlan was rebuilt of brick in the 16th century.
        "#,
        );
    }
}
