//! Years: another year in the same place.

use super::places::conflict;
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("year", "a year with the only one of the sentence that says the rest", Compare::Value(compare));

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Year(i) = value else { return None };
    let claim = clause.claim;
    let span = claim.analysis.dates[i].span;
    // "The 1900s" are many years.
    let is_many = claim.text[span.end..].starts_with(['s', '\'', '’']);
    let is_only = claim.analysis.dates.iter().filter(|d| d.year.is_some()).count() == 1;
    if is_many || !is_only {
        return None;
    }
    conflict(clause, at, Slot::Date, |candidate| other(clause, i, candidate))
}

/// The only year of the sentence, if it is another one.
fn other(clause: &Clause<'_>, i: usize, candidate: &Candidate<'_>) -> Option<Span> {
    let wanted = &clause.claim.analysis.dates[i];
    let mut years = candidate.analysis().dates.iter().filter(|d| d.year.is_some());
    let (only, None) = (years.next()?, years.next()) else { return None };
    let same_day = only.month == wanted.month && (wanted.month.is_none() || only.day == wanted.day);
    (only.year != wanted.year && same_day).then_some(only.span)
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
            The mill at Orlan burned down in 1911.
            - The mill at Orlan burned down in [1912]. = 1911
            - The mill at Orlan burned down in the 1910s.
        "#,
        );
    }
}
