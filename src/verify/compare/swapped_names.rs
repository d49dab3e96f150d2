//! Two names that the claim has the wrong way round: a clause is said, nearly word for word, of the name in
//! another one.

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison = Comparison::new(
    "swapped-names",
    "the names of two clauses with those of which the source says the same",
    Compare::Claim(compare),
);

fn compare(context: &Context<'_>, clauses: &[Clause<'_>]) -> Vec<Conflict> {
    let named: Vec<(&Clause<'_>, Span, Mask)> =
        clauses.iter().filter_map(|clause| named(context, clause).map(|(span, own)| (clause, span, own))).collect();
    let others = |own: Mask| named.iter().map(|(.., other)| *other).filter(move |other| other & own == 0);
    named.iter().filter_map(|(clause, span, own)| others(*own).find_map(|other| swapped(clause, *span, *own, other))).collect()
}

/// The first name of a clause, with its items.
fn named(context: &Context<'_>, clause: &Clause<'_>) -> Option<(Span, Mask)> {
    let name = context.claim.analysis.names.iter().find(|n| clause.span.encloses(n.span))?;
    let own = context.items.words_within(name.span);
    (own != 0).then_some((name.span, own))
}

fn swapped(clause: &Clause<'_>, span: Span, own: Mask, other: Mask) -> Option<Conflict> {
    let rest = clause.word_items() & !own;
    if rest.count_ones() < 2 {
        return None;
    }
    let says = |held: Mask| clause.share_of(held, rest);
    if clause.candidates().iter().any(|c| c.held.exact & own != 0 && says(c.held.inside()) >= enough::MORE_THAN_HALF) {
        return None;
    }
    let is_of_other = |held: Mask| held & other != 0 && held & own == 0;
    let mut candidates = clause.candidates().iter();
    let place = candidates.find(|c| is_of_other(c.held.exact) && says(c.held.inside()) >= enough::NEARLY_ALL)?;
    let value = clause.context().items.first_found(other, place.analysis()).unwrap_or(place.sentence.span);
    Some(place.conflict(Slot::Name, span, value))
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
            Corlin voted for the harbour tax. Sauvel left the chamber before the count.
            - [Sauvel] voted for the harbour tax, and Corlin left the chamber before the count. = Corlin
            - Corlin voted for the harbour tax, and Sauvel left the chamber before the count.
        "#,
        );
    }
}
