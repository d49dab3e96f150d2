//! The score: what was found and what is missing, as one number.
//!
//! A logistic regression over few features, each of which can only raise or only lower the
//! score. The weights are learned (`cargo bench --bench learn`), see [`weights`].

mod absolutes;
mod alternatives;
mod bindings;
mod weights;

use rustc_hash::FxHashSet;

use super::compare::{Effect, Tally, effect_of};
use super::context::Context;
use super::features::Features;
use super::verification::Conflict;
use super::words::negations::negated_words;
use crate::entail::Entailment;
use crate::library::SentenceId;
use crate::text::words::{Term, Word};
use weights::{WITH_MODEL, WORDS_ONLY, Weights};

/// The learned weights for a claim with these features.
#[must_use]
pub fn weights(features: &Features) -> &'static Weights {
    if features.is_read { &WITH_MODEL } else { &WORDS_ONLY }
}

/// The score in [0, 1].
#[must_use]
pub fn score(features: &Features) -> f32 {
    let weights = weights(features);
    let chance = if features.is_searched { weights.searched } else { 0.0 };
    let logit = weights.intercept + chance + features.values().iter().zip(weights.each).map(|(x, w)| x * w).sum::<f32>();
    1.0 / (1.0 + (-logit).exp())
}

/// Measures a claim.
pub fn features(context: &Context<'_>, conflicts: &[Conflict], read: Option<Entailment>) -> Features {
    let (claim, items, windows, library) = (context.claim, context.items, context.windows, context.library);
    let is_searched = claim.only.is_none();
    let Some(best) = windows.best.first() else {
        return Features { is_searched, ..Features::default() }.read(read);
    };
    let some = |count: usize| count.min(2) as f32 / 2.0;
    let own = &claim.analysis.words;
    let values = items.values & !items.firsts(claim);
    let in_any_words = windows.in_source | windows.near_in_source;
    let of_source = |most: usize| windows.best.iter().take(most).filter(|w| w.source == best.source);
    let two_best = of_source(2).fold(0, |mask, w| mask | w.held.inside());
    let near_by = of_source(3).flat_map(|w| w.first..=w.last).map(|at| library.sentence(SentenceId(at)));
    let words_near_by: Vec<&Word> = near_by.flat_map(|sentence| &sentence.analysis.words).collect();
    let terms_near_by: FxHashSet<Term> = words_near_by.iter().map(|w| w.term).collect();
    let forms_near_by: FxHashSet<Term> = words_near_by.iter().map(|w| w.form).collect();
    // Values are compared as values.
    let in_value = |w: &Word| items.spans(items.values).any(|span| span.overlaps(w.span));
    let ordinary: Vec<Word> = own.iter().filter(|w| !in_value(w)).copied().collect();
    let is_in_source = |term| items.mask_of(term) & in_any_words != 0;
    let denied = (best.first..=best.last).map(|at| denied_share(context, at)).fold(0.0, f32::max);
    Features {
        coverage: best.coverage,
        coverage_of_two: items.share(two_best),
        pairs: pairs_anywhere(context),
        weakest_name: bindings::weakest_name(context),
        lacking_values: some((values & !windows.in_source).count_ones() as usize),
        lacking_facts: ((values | items.names) & !in_any_words).count_ones().min(3) as f32 / 3.0,
        denied,
        conflicts: f32::from(u8::from(conflicts.iter().any(is_contradiction))),
        turned_words: some(bindings::turned_words(context)),
        lone_negations: some(absolutes::lone_negations(context)),
        // What stands otherwise tells most where the rest stands as it is.
        lone_absolutes: best.coverage * absolutes::lone_absolutes(own, &forms_near_by).min(2.0) / 2.0,
        replaced_words: best.coverage * some(alternatives::replaced(&ordinary, &terms_near_by, is_in_source)),
        rival_names: some(bindings::rival_names(context)),
        rival_values: some(bindings::rival_values(context)),
        is_searched,
        ..Features::default()
    }
    .read(read)
}

impl Features {
    /// With what the model says.
    fn read(self, read: Option<Entailment>) -> Self {
        let Some(read) = read else { return self };
        // How far from even, in units of about what a sure model says.
        const SURE: f32 = 5.0;
        const LEAST: f32 = 1e-3;
        let odds = |share: f32| ((share + LEAST) / (1.0 - share + LEAST)).ln() / SURE;
        Self { entailed: odds(read.entailed), contradicted: odds(read.contradicted), is_read: true, ..self }
    }
}

fn is_contradiction(conflict: &Conflict) -> bool {
    matches!(effect_of(conflict.comparison), Effect::Contradicts | Effect::Retracts)
}

/// The share of the common weight that is negated on one side only.
fn denied_share(context: &Context<'_>, at: usize) -> f32 {
    let sentence = context.library.sentence(SentenceId(at));
    let common = context.items.found_in(context.claim, sentence) & !context.items.values;
    let words = &sentence.analysis.words;
    let negated = negated_words(&context.library.source(sentence.source).layout.visible, words);
    Tally::of(context, common, words, &negated).share()
}

/// The share of neighbouring words of the claim, function words included, that stand side by side
/// in some candidate sentence of the best source.
fn pairs_anywhere(context: &Context<'_>) -> f32 {
    let pair = |words: &[Word]| (words[0].term, words[1].term);
    let mut pairs: Vec<(Term, Term)> = context.claim.analysis.words.windows(2).map(pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut seen = vec![false; pairs.len()];
    let theirs = context.windows.of_best_source().flat_map(|c| c.words().windows(2));
    for at in theirs.filter_map(|words| pairs.binary_search(&pair(words)).ok()) {
        seen[at] = true;
    }
    if pairs.is_empty() { 0.0 } else { seen.iter().filter(|s| **s).count() as f32 / pairs.len() as f32 }
}
