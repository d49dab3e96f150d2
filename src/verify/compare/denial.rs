//! Denials: what the claim affirms and the source denies, or the other way round.

use crate::verify::compare::comparison::prelude::*;
use crate::verify::words::negations::{ADVERBS, ALL, DENYING, OPEN};

pub const COMPARISON: Comparison = Comparison::new("denial", "what is affirmed with what is denied", Compare::Clause(compare));

/// The share of what both say that one of them denies.
const DENIED: f32 = 0.6;
/// A sentence that agrees must say nearly as much as the one that denies to outweigh it.
const AS_MUCH: f32 = 0.05;

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let terms = clause.word_items();
    // "She denied it" reports a denial, and denies nothing itself.
    if terms.count_ones() < 2 || DENYING.is_in(clause.words()) {
        return None;
    }
    let is_affirmed = clause.is_affirmed();
    let mut agreed: f32 = 0.0;
    let mut best: Option<(f32, &Candidate<'_>, Span)> = None;
    for candidate in clause.candidates() {
        let share = clause.share_of(candidate.held.literal(), terms);
        // What denies another figure, or none, does not deny this one; and where both deny something, it is
        // seldom clear that they deny different things.
        let is_other = clause.values() & !candidate.held.exact != 0;
        let both_deny = || !is_affirmed && NEGATIONS.is_in(candidate.words());
        if is_other || share < enough::SOME || candidate.sentence.is_question || both_deny() {
            continue;
        }
        let mut denied = denied_words(clause, terms & candidate.held.exact, candidate);
        if denied.is_none() && share >= enough::MOST && is_affirmed {
            denied = denied_verb(clause, candidate);
        }
        let Some(denied) = denied else {
            agreed = agreed.max(share);
            continue;
        };
        let is_enough = share >= enough::MORE_THAN_HALF || is_affirmed && is_denied_phrase(clause, denied, candidate);
        if is_enough && best.as_ref().is_none_or(|(most, ..)| share > *most) {
            best = Some((share, candidate, denied));
        }
    }
    let (share, candidate, value) = best?;
    (share >= agreed - AS_MUCH).then(|| candidate.conflict(Slot::Negation, clause.span, value))
}

/// The words that only one side denies, if they are most of what both have and no chance.
fn denied_words(clause: &Clause<'_>, common: Mask, candidate: &Candidate<'_>) -> Option<Span> {
    let tally = Tally::of(clause.context(), common, candidate.words(), candidate.negated());
    // One common word in a denial somewhere is chance, unless it is the only thing said.
    let is_chance = tally.denied < 2 && tally.agreed > 0 || tally.denied == 1 && common.count_ones() < 3;
    tally.span.filter(|_| !is_chance && tally.share() >= DENIED)
}

/// A word of the clause right behind a negation of the source: "did not exceed". "Not until" and
/// "not X but Y" deny less.
fn denied_verb(clause: &Clause<'_>, candidate: &Candidate<'_>) -> Option<Span> {
    static LIMITING: WordSet = WordSet::forms("but until only unless except because just before");
    let words = candidate.words();
    if LIMITING.is_in(words) {
        return None;
    }
    let is_verb = |w: &&Word| !w.is_capital && !w.has_digit && has_term(clause.words(), w.term);
    let is_open = |at: usize| at > 0 && OPEN.has(&words[at - 1]) || ALL.has_at(words, at + 1);
    let denies = |at: &usize| ADVERBS.has(&words[*at]) && !is_open(*at);
    (0..words.len()).filter(denies).find_map(|at| {
        let verb = words[at + 1..].iter().take(2).find(|w| !w.is_stop).filter(is_verb)?;
        Some(words[at].span.cover(verb.span))
    })
}

/// Whether the denied words are a phrase of the clause, two ordinary words side by side in both, that
/// no candidate affirms.
fn is_denied_phrase(clause: &Clause<'_>, denied: Span, candidate: &Candidate<'_>) -> bool {
    let ordinary = |words: &[Word]| words.iter().filter(|w| !w.is_stop).map(|w| (w.term, w.is_capital)).collect::<Vec<_>>();
    let mine = ordinary(clause.words());
    let inside: Vec<Word> = candidate.words().iter().filter(|w| denied.encloses(w.span)).copied().collect();
    let theirs = ordinary(&inside);
    let is_shared = |pair: &&[(Term, bool)]| !pair[0].1 && !pair[1].1 && mine.windows(2).any(|own| own == *pair);
    let is_affirmed_in = |other: &Candidate<'_>, pair: &[(Term, bool)]| {
        let words = other.words().iter().zip(other.negated()).filter(|(w, _)| !w.is_stop);
        let words: Vec<(Term, bool)> = words.map(|(w, negated)| (w.term, *negated)).collect();
        words.windows(2).any(|own| own[0] == (pair[0].0, false) && own[1] == (pair[1].0, false))
    };
    let mut shared = theirs.windows(2).filter(is_shared);
    shared.any(|pair| !clause.candidates().iter().any(|other| is_affirmed_in(other, pair)))
}

/// What claim and sentence say alike, and what one of them denies.
#[derive(Default)]
pub struct Tally {
    same: f32,
    other: f32,
    agreed: usize,
    denied: usize,
    /// The denied words of the source.
    span: Option<Span>,
}

impl Tally {
    /// Of items that claim and sentence have in common; `negated` tells which words of the sentence are denied.
    pub fn of(context: &Context<'_>, common: Mask, theirs: &[Word], negated: &[bool]) -> Self {
        let mut tally = Self::default();
        let is_negated = |words: &[Word], negated: &[bool], term| words.iter().zip(negated).any(|(w, n)| w.term == term && *n);
        // Names are who or where, and are never denied.
        for (_, item) in context.items.each(common & !context.items.names) {
            let Some(term) = item.term() else { continue };
            let in_claim = is_negated(&context.claim.analysis.words, &context.negated, term);
            // Both deny the same: "it was not told", "it did not tell the manager".
            if in_claim && is_negated(theirs, negated, term) {
                return Self::default();
            }
            let there = || theirs.iter().zip(negated).filter(|(w, _)| w.term == term);
            if there().next().is_some() && there().all(|(_, negated)| *negated != in_claim) {
                tally.other += item.weight;
                tally.denied += 1;
                tally.span = there().map(|(w, _)| w.span).chain(tally.span).reduce(Span::cover);
            } else {
                tally.same += item.weight;
                tally.agreed += 1;
            }
        }
        tally
    }

    /// The share of the common weight that is negated on one side only.
    pub fn share(&self) -> f32 {
        if self.same + self.other > 0.0 { self.other / (self.same + self.other) } else { 0.0 }
    }
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
            The board did not approve the sale of the northern quay.
            - [The board approved the sale of the northern quay]. = approve the sale of the northern quay
            - The board did not approve the sale of the northern quay.

            The board approved the sale of the northern quay.
            - The board approved the sale of the northern quay.

            The board might not sell the northern quay of Orlan.
            - The board will sell the northern quay of Orlan.

            Most members of the board approved the sale of the northern quay.
            - Not all members of the board approved the sale of the northern quay.
        "#,
        );
    }
}
