//! Support: what was found and what is missing, as one score.
//!
//! A logistic regression over few features, each of which can only raise or only lower the
//! score. The weights are learned (`cargo bench --bench learn`), see [`super::weights`].

use rustc_hash::FxHashSet;

use super::alternatives;
use super::binding::{rival_names, rival_values, turned_words, weakest_name};
use super::denial::denied_share;
use super::items::Items;
use super::polarity::{lone_absolutes, lone_negations};
use super::weights::{INTERCEPT, SEARCHED, WEIGHTS};
use super::windows::Windows;
use super::{Claim, Conflict};
use crate::library::{SentenceId, View};
use crate::text::words::{Term, Word};

/// How many features there are.
pub const COUNT: usize = 15;

/// The features' names and directions: whether more of it speaks for support.
pub const NAMES: [(&str, bool); COUNT] = [
    ("share of the claim's weight in the best window", true),
    ("share of the claim's weight in the two best windows of its source", true),
    ("share of the claim's terms that the source has in any words", true),
    ("share of neighbouring words that stand together anywhere in the source", true),
    ("how much of the claim stands beside its least fitting name", true),
    ("values that the source lacks", false),
    ("names and values that the source lacks", false),
    ("share of the common weight that is negated on one side only", false),
    ("values or names that the source has otherwise", false),
    ("words whose opposite stands beside the same words in the source", false),
    ("negations that the source does not make", false),
    ("restricting, absolute or turning words that the best windows lack", false),
    ("words in whose place the best windows have another of the same kind", false),
    ("names in whose place the source has others", false),
    ("values in whose place the source has others", false),
];

/// The learned weights, in the order of [`NAMES`].
#[must_use]
pub fn weights() -> &'static [f32] {
    WEIGHTS
}

/// The features of one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Features {
    pub values: [f32; COUNT],
    /// The best passage was searched for in a whole library, where chance finds more than in one
    /// given document.
    pub is_searched: bool,
}

impl Features {
    pub fn of(claim: &Claim<'_>, items: &Items, windows: &Windows, conflicts: &[Conflict], library: &View<'_>) -> Self {
        let mut features = Self { values: [0.0; COUNT], is_searched: claim.only.is_none() };
        let Some(best) = windows.best.first() else { return features };
        let share = |part: u32, whole: u32| if whole > 0 { part as f32 / whole as f32 } else { 0.0 };
        let some = |count: usize| count.min(2) as f32 / 2.0;
        let own = &claim.analysis.words;
        let of_window = || (best.first..=best.last).map(|at| library.sentence(SentenceId(at)));
        let terms = items.all() & !items.slots;
        let values = items.slots & !items.firsts(claim);
        let in_any_words = windows.in_source | windows.near_in_source;
        let two_best = windows.best.iter().take(2).filter(|w| w.source == best.source).fold(0, |m, w| m | w.mask | w.near);
        let near_by = windows.best.iter().take(3).filter(|w| w.source == best.source);
        let words_near_by: Vec<Word> = near_by
            .flat_map(|w| w.first..=w.last)
            .flat_map(|at| library.sentence(SentenceId(at)).analysis.words.iter().copied())
            .collect();
        let terms_near_by: FxHashSet<Term> = words_near_by.iter().map(|w| w.term).collect();
        let forms_near_by: FxHashSet<Term> = words_near_by.iter().map(|w| w.form).collect();
        // Values are compared as values.
        let in_slot =
            |w: &Word| items.items.iter().enumerate().any(|(at, i)| items.slots >> at & 1 == 1 && i.span.overlaps(w.span));
        let ordinary: Vec<Word> = own.iter().filter(|w| !in_slot(w)).copied().collect();
        let is_in_source = |term| items.term_mask(term) & in_any_words != 0;
        features.values = [
            best.coverage,
            items.share(two_best),
            share((in_any_words & terms).count_ones(), terms.count_ones()),
            pairs_anywhere(own, windows, library),
            weakest_name(claim, items, windows),
            some((values & !windows.in_source).count_ones() as usize),
            ((values | items.names) & !in_any_words).count_ones().min(3) as f32 / 3.0,
            of_window().map(|s| denied_share(claim, items, s, library)).fold(0.0, f32::max),
            f32::from(u8::from(!conflicts.is_empty())),
            some(turned_words(claim, windows, library)),
            some(lone_negations(claim, windows, library)),
            // What stands otherwise tells most where the rest stands as it is.
            best.coverage * lone_absolutes(own, &forms_near_by).min(2.0) / 2.0,
            best.coverage * some(alternatives::replaced(&ordinary, &terms_near_by, is_in_source)),
            some(rival_names(claim, windows, library)),
            some(rival_values(claim, items, windows, library)),
        ];
        features
    }

    /// The share of the common weight that is negated on one side only.
    #[must_use]
    pub fn denied(&self) -> f32 {
        const DENIED: usize = 7;
        self.values[DENIED]
    }

    /// The score in [0, 1].
    #[must_use]
    pub fn score(&self) -> f32 {
        1.0 / (1.0 + (-self.logit()).exp())
    }

    /// The score before it is squeezed into [0, 1].
    #[must_use]
    pub fn logit(&self) -> f32 {
        let chance = if self.is_searched { SEARCHED } else { 0.0 };
        INTERCEPT + chance + self.values.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum::<f32>()
    }
}

/// The share of neighbouring words of the claim, function words included, that stand side by side
/// in some candidate sentence of the best source.
fn pairs_anywhere(own: &[Word], windows: &Windows, library: &View<'_>) -> f32 {
    let Some(best) = windows.best.first() else { return 0.0 };
    let mut pairs: Vec<(Term, Term)> = own.windows(2).map(|p| (p[0].term, p[1].term)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut seen = vec![false; pairs.len()];
    for looked in windows.looked_at.iter().filter(|l| l.source == best.source) {
        for pair in library.sentence(SentenceId(looked.at)).analysis.words.windows(2) {
            if let Ok(at) = pairs.binary_search(&(pair[0].term, pair[1].term)) {
                seen[at] = true;
            }
        }
    }
    if pairs.is_empty() { 0.0 } else { seen.iter().filter(|s| **s).count() as f32 / pairs.len() as f32 }
}
