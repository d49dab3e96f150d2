//! Contrasts: what the source sets apart with "…, not …" and the claim affirms.

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("contrast", "a word with what the source sets apart with “…, not …”", Compare::Clause(compare));

static NOT: WordSet = WordSet::forms("not");
/// "Not only" and "not until" set nothing apart.
static LIMITING: WordSet = WordSet::forms("only until just yet");

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    /// A name that is set apart is meant, whatever else is said.
    const SAYS_A_NAME: f32 = 0.15;
    if clause.has_negation() {
        return None;
    }
    clause.statements(SAYS_A_NAME).iter().find_map(|statement| {
        (1..statement.words().len()).find_map(|at| {
            let apart = set_apart(statement, at)?;
            let own = informative(clause.words()).find(|w| w.term == apart.term)?;
            let is_enough = statement.share >= enough::MORE_THAN_HALF || apart.is_capital;
            let not = statement.words()[at].span;
            is_enough.then(|| statement.conflict(Slot::Negation, own.span, not.cover(apart.span)))
        })
    })
}

/// The word that a "not" behind a comma sets apart, which stands nowhere before it.
fn set_apart<'s>(statement: &Statement<'s>, at: usize) -> Option<&'s Word> {
    const REACH: usize = 4;
    let words = statement.words();
    if !NOT.has(&words[at]) || !gap(statement.text, words, at).contains(',') || LIMITING.has_at(words, at + 1) {
        return None;
    }
    let numbers = &statement.analysis().numbers;
    let is_value = |span: Span| numbers.iter().any(|n| n.span.encloses(span));
    let apart = words[at + 1..].iter().take(REACH).find(|w| !w.is_stop)?;
    (!apart.has_digit && !is_value(apart.span) && !has_term(&words[..at], apart.term)).then_some(apart)
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
            The fire began in the granary, not in the stable, the inspector found.
            - The fire began in the [stable], the inspector found. = not in the stable
            - The fire began in the granary, the inspector found.
        "#,
        );
    }
}
