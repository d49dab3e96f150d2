//! Negations, and words that restrict, generalise or turn, which the claim has alone.

use rustc_hash::FxHashSet;

use crate::text::words::{Term, Word};
use crate::verify::context::Context;
use crate::verify::words::WordSet;
use crate::verify::words::negations::NEGATIONS;

/// Words that leave no exception; words that leave out everything else, which weigh more, since
/// "only" changes what is said of all others too; and the marked ones of opposites, which, other
/// than "after" or "more", are not said without need.
static ABSOLUTES: WordSet = WordSet::forms(
    "all every always none entirely completely totally fully must nobody everyone everybody any impossible unless except",
);
static MARKED: WordSet = WordSet::forms("before last less fewer lower lowest least smallest worst down below against");
static RESTRICTIONS: WordSet = WordSet::forms("only solely exclusively merely sole");

/// How many negations of the claim no candidate sentence of the best source makes: none of them
/// denies the word that follows the claim's "not".
pub fn lone_negations(context: &Context<'_>) -> usize {
    const FOLLOWS: usize = 4;
    const NEAR: usize = 6;
    let words = &context.claim.analysis.words;
    let follows = |at: usize| words[at + 1..].iter().take(FOLLOWS).find(|w| !w.is_stop && !NEGATIONS.has(w));
    let denied: Vec<&Word> = (0..words.len()).filter(|at| NEGATIONS.has(&words[*at])).filter_map(follows).collect();
    if denied.is_empty() {
        return 0;
    }
    let mut made = vec![false; denied.len()];
    for candidate in context.windows.of_best_source() {
        let theirs = candidate.words();
        for (at, word) in theirs.iter().enumerate() {
            let is_denied = || NEGATIONS.is_in(&theirs[at.saturating_sub(NEAR)..at]);
            for (i, wanted) in denied.iter().enumerate().filter(|(_, w)| w.term == word.term || w.root == word.root) {
                made[i] |= wanted.term == word.term && NEGATIONS.has(word) || is_denied();
            }
        }
    }
    made.iter().filter(|made| !**made).count()
}

/// How much the claim restricts, generalises or turns by words that none of the given sentences has.
pub fn lone_absolutes(own: &[Word], theirs: &FxHashSet<Term>) -> f32 {
    let count = |set: &WordSet| {
        let lone: FxHashSet<Term> = own.iter().filter(|w| set.has(w) && !theirs.contains(&w.form)).map(|w| w.form).collect();
        lone.len() as f32
    };
    0.5 * (count(&ABSOLUTES) + count(&MARKED)) + count(&RESTRICTIONS)
}
