//! "The only reason" where the source says "not the only reason".

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison = Comparison::new("only", "“only” with “not only”", Compare::Clause(compare));

static ONLY: WordSet = WordSet::forms("only sole solely alone");

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    /// How far before "only" its "not" stands.
    const REACH: usize = 3;
    let own = &clause.words()[ONLY.position(clause.words())?];
    if clause.has_negation() {
        return None;
    }
    let first = clause.statements(enough::MORE_THAN_HALF).first()?;
    let words = first.words();
    let is_denied = |at: &usize| ONLY.has(&words[*at]) && NEGATIONS.is_in(&words[at.saturating_sub(REACH)..*at]);
    let place = (0..words.len()).find(is_denied)?;
    Some(first.conflict(Slot::Extent, own.span, words[place.saturating_sub(2)].span.cover(words[place].span)))
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
            Snow was not the only reason for the delay of the ferry.
            - Snow was the [only] reason for the delay of the ferry. = not the only

            Snow was the only reason for the delay of the ferry.
            - Snow was the only reason for the delay of the ferry.
        "#,
        );
    }
}
