//! Hedges: what all sources that say it only allege, suspect or leave open, and the claim gives as fact.

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("hedge", "a fact with what the source alleges, suspects or leaves open", Compare::Clause(compare))
        .with(Effect::Overstates);

static MODALS: WordSet = WordSet::forms("may might could");
static ADVERBS: WordSet = WordSet::forms("allegedly reportedly probably possibly perhaps supposedly purportedly");
static ALLEGING: WordSet = WordSet::forms(
    "whether alleged alleges alleging rumoured rumored suspected suspects accused accuses allegation allegations accusation \
     accusations",
);
static BEFORE_THAT: WordSet = WordSet::forms("suspect suggest suggests suggested believe believes fear fears");
static BEFORE_TO: WordSet = WordSet::forms("thought believed feared said");
static THAT: WordSet = WordSet::forms("that");
static TO: WordSet = WordSet::forms("to");
/// What shows that a claim does not pretend to certainty.
static UNCERTAIN: WordSet = WordSet::forms(
    "can would likely unlikely suspicion suspicions possible possibility doubt doubts question open unclear seems appears \
     rumoured if",
);

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let statements = clause.statements(enough::MORE_THAN_HALF);
    let first = statements.first().filter(|_| !hedges_itself(clause))?;
    let hedges: Vec<Span> = statements.iter().map(|s| hedge(clause, s)).collect::<Option<_>>()?;
    Some(first.conflict(Slot::Certainty, clause.span, *hedges.first()?))
}

/// The hedge that stands over the words that sentence and clause share.
fn hedge(clause: &Clause<'_>, statement: &Statement<'_>) -> Option<Span> {
    const SHARED: usize = 2;
    let words = statement.words();
    let in_claim = |w: &Word| !w.is_stop && has_term(clause.words(), w.term);
    let is_over = |at: &usize| {
        let Some(reach) = hedges(statement.text, words, *at) else { return false };
        let is_within = |w: &&Word| !Span::new(words[*at].span.end, w.span.start).of(statement.text).contains([';', '“']);
        let behind = words[at + 1..].iter().take(reach).take_while(is_within);
        // "may appeal" leaves open an appeal, and nothing else in the sentence.
        let verb = words[at + 1..].iter().take(3).find(|w| !w.is_stop);
        let opens = !MODALS.has(&words[*at]) || verb.is_some_and(in_claim);
        opens && behind.filter(|w| in_claim(w)).count() >= SHARED
    };
    (0..words.len()).find(is_over).map(|at| words[at].span)
}

/// Whether a word hedges what follows, and how far.
fn hedges(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let word = &words[at];
    if MODALS.has(word) && word.span.of(text) != "May" || ADVERBS.has(word) {
        Some(5)
    } else if ALLEGING.has(word) || BEFORE_THAT.has(word) && THAT.has_at(words, at + 1) {
        Some(9)
    } else if BEFORE_TO.has(word) && TO.has_at(words, at + 1) {
        Some(6)
    } else {
        None
    }
}

/// Whether the claim says by itself that it is not certain, or whose word it is.
pub fn hedges_itself(clause: &Clause<'_>) -> bool {
    let words = &clause.claim.analysis.words;
    clause.is_attributed
        || !clause.is_affirmed()
        || UNCERTAIN.is_in(words)
        || (0..words.len()).any(|at| hedges(clause.claim.text, words, at).is_some())
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
            The driver allegedly took money from the harbour fund.
            - [The driver took money from the harbour fund]. = allegedly

            The driver took money from the harbour fund.
            - The driver took money from the harbour fund.

            The driver allegedly took money from the harbour fund.
            - The driver is said to have taken money from the harbour fund.
        "#,
        );
    }
}
