//! Corrections: a statement that a later source takes back ("The article said that …").

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("correction", "a statement with corrections that take it back", Compare::Clause(compare))
        .with(Effect::Retracts);

static CORRECTION: WordSet = WordSet::forms("correction corrections clarification");
static OPENING: WordSet = WordSet::forms("the an a our this earlier previous");
static VERSION: WordSet = WordSet::forms("article story report version headline post notice item piece dispatch caption table");
static SAID: WordSet = WordSet::forms(
    "said stated misstated gave reported claimed put misidentified described incorrectly wrongly mistakenly erroneously",
);
static WE: WordSet = WordSet::forms("we");
static WROTE: WordSet = WordSet::forms("wrote");

/// The share of the words of what is taken back that the claim must have.
const ABOUT: f32 = 0.4;

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let values = clause.values();
    let has_values = |c: &&Candidate<'_>| values != 0 && values & !c.held.exact == 0;
    let says = |c: &&Candidate<'_>| clause.share_of(c.held.exact, clause.items) >= enough::SOME;
    let mut retracting = clause.candidates().iter().filter(|c| clause.library.is_correction(c.source()));
    let found = retracting.find(|c| has_values(c) && says(c) && takes_back(clause, c))?;
    Some(found.conflict(Slot::Correction, clause.span, found.sentence.span))
}

/// Whether the sentence reports what an earlier version said, as corrections do, and that is about what the claim
/// says.
fn takes_back(clause: &Clause<'_>, candidate: &Candidate<'_>) -> bool {
    let Some(statement) = retracted(candidate.words()) else { return false };
    let all = informative(statement).count();
    informative(statement).filter(|w| clause.has(w.term)).count() as f32 >= ABOUT * all as f32
}

/// What an earlier version said, by the words of a correction.
fn retracted(words: &[Word]) -> Option<&[Word]> {
    const REACH: usize = 9;
    // "Correction: A report said that …"
    let words = if CORRECTION.has_at(words, 0) { &words[1..] } else { words };
    let opening = &words[..words.len().min(REACH)];
    // "We wrote that …", "On 18 September we reported that …"
    if let Some(we) = WE.position(opening) {
        return words.get(we + 2..).filter(|_| WROTE.has_at(words, we + 1) || SAID.has_at(words, we + 1));
    }
    let version = VERSION.position(opening).filter(|_| OPENING.has_at(words, 0))?;
    let said = version + SAID.position(&opening[version..])?;
    words.get(said + 1..)
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
            //- a.txt
            The dam at Orlan holds 40 million litres of water.
            //- correction.txt
            Correction: The article said that the dam at Orlan holds 40 million litres. It holds 14 million litres.
            - [The dam at Orlan holds 40 million litres of water]. = Correction: The article said that the dam at Orlan holds 40 million litres.

            //- a.txt
            The dam at Orlan holds 40 million litres of water.
            //- other.txt
            The ferry of Vesk is closed.
            - The dam at Orlan holds 40 million litres of water.
        "#,
        );
    }
}
