//! A cause where the source has only a link.

use super::hedge::hedges_itself;
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison = Comparison::new("cause", "a word for a cause with one for a link", Compare::Clause(compare));

static CAUSES: WordSet = WordSet::forms("cause caused causes causing because due owing led leads");
static LINKS: WordSet = WordSet::forms("linked links link associated association correlated correlates correlation coincided");

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let own = &clause.words()[CAUSES.position(clause.words())?];
    if LINKS.is_in(clause.words()) || hedges_itself(clause) {
        return None;
    }
    let first = clause.statements(enough::MORE_THAN_HALF).first()?;
    let link = &first.words()[LINKS.position(first.words())?];
    Some(first.conflict(Slot::Extent, own.span, link.span))
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
            Damp housing is linked to asthma in children in the towns of Orlan.
            - Damp housing [causes] asthma in children in the towns of Orlan. = linked

            Damp housing causes asthma in children, the study found.
            - Damp housing causes asthma in children.
        "#,
        );
    }
}
