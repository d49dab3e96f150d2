//! Opposites: "fell" where the source says "rose".

use crate::verify::compare::comparison::prelude::*;
use crate::verify::words::antonyms::strong_opposites;

pub const COMPARISON: Comparison =
    Comparison::new("opposite", "a word with its opposite in the same place", Compare::Clause(compare));

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    clause.range.clone().find_map(|at| opposed(clause, at))
}

/// The opposite of a word in a sentence that says the rest, where none with the word itself says nearly as much.
fn opposed(clause: &Clause<'_>, at: usize) -> Option<Conflict> {
    const AS_MUCH: f32 = 0.7;
    let word = &clause.claim.analysis.words[at];
    let against: Vec<Term> = strong_opposites(word.term).iter().copied().filter(|t| !clause.has(*t)).collect();
    if against.is_empty() {
        return None;
    }
    let own = clause.context().items.mask_of(word.term);
    let rest = clause.items & !own;
    let says = |c: &Candidate<'_>| clause.share_of(c.held.any(), rest);
    let has_word = |c: &Candidate<'_>| c.has(word.term) || c.held.near & own != 0;
    let said = clause.candidates().iter().filter(|c| has_word(c)).map(says).fold(0.0, f32::max);
    clause.candidates().iter().filter(|c| !has_word(c) && !c.sentence.is_question).find_map(|candidate| {
        let share = says(candidate);
        // The same figures must stand there.
        let is_enough = share >= enough::MOST && said < AS_MUCH * share && rest & clause.values() & !candidate.held.exact == 0;
        if !is_enough || !says_enough(candidate, rest, share) {
            return None;
        }
        let (place, other) = beside(clause, candidate, rest, &against)?;
        (candidate.negated()[place] == clause.negated[at]).then(|| candidate.conflict(Slot::Opposite, word.span, other))
    })
}

/// Few words must all be there, in a sentence that says little else.
fn says_enough(candidate: &Candidate<'_>, rest: Mask, share: f32) -> bool {
    const FEW: u32 = 3;
    const SHORT: usize = 8;
    rest.count_ones() >= FEW || rest != 0 && share >= 0.99 && informative(candidate.words()).count() <= SHORT
}

/// The first opposite that stands beside words of the clause: elsewhere it says nothing of it.
fn beside(clause: &Clause<'_>, candidate: &Candidate<'_>, rest: Mask, against: &[Term]) -> Option<(usize, Span)> {
    const REACH: usize = 6;
    let words = candidate.words();
    let is_own = |w: &Word| w.has_digit || clause.context().items.mask_of(w.term) & rest != 0;
    let is_beside = |at: &usize| words[at.saturating_sub(REACH)..(at + REACH + 1).min(words.len())].iter().any(is_own);
    let place = (0..words.len()).filter(|at| against.contains(&words[*at].term)).find(is_beside)?;
    Some((place, words[place].span))
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
            Exports of salt from Orlan rose last year.
            - Exports of salt from Orlan [fell] last year. = rose
            - Exports of salt from Orlan grew last year.
        "#,
        );
    }
}
