//! Support: what was found and what is missing, as one score.
//!
//! A logistic regression over few features, each of which can only raise or only lower the
//! score. The weights are learned (`cargo bench --bench learn`), see [`super::weights`].

use super::antonyms::opposites;
use super::items::{Items, Mask};
use super::meaning::denied_share;
use super::weights::{INTERCEPT, SEARCHED, WEIGHTS};
use super::windows::Windows;
use super::{Claim, Conflict};
use crate::library::{Library, SentenceId};
use crate::text::Span;
use crate::text::words::{Term, Word};

/// How many features there are.
pub const COUNT: usize = 10;

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
    ("words whose opposite stands in the window", false),
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
    pub fn of(claim: &Claim<'_>, items: &Items, windows: &Windows, conflicts: &[Conflict], library: &Library) -> Self {
        let mut features = Self { values: [0.0; COUNT], is_searched: claim.only.is_none() };
        let Some(best) = windows.best.first() else { return features };
        let share = |part: u32, whole: u32| if whole > 0 { part as f32 / whole as f32 } else { 0.0 };
        let own: Vec<Word> = claim.analysis.words.clone();
        let of_window = || (best.first..=best.last).map(|at| library.sentence(SentenceId(at)));
        let theirs: Vec<Word> = of_window().flat_map(|s| s.analysis.words.iter().copied()).collect();
        let terms = items.all() & !items.slots;
        let in_any_words = windows.in_source | windows.near_in_source;
        let of_source = windows.best.iter().take(2).filter(|w| w.source == best.source);
        features.values = [
            best.coverage,
            items.share(of_source.fold(0, |m, w| m | w.mask | w.near)),
            share((in_any_words & terms).count_ones(), terms.count_ones()),
            pairs_anywhere(&own, windows, library),
            weakest_name(claim, items, windows),
            (items.slots & !windows.in_source).count_ones().min(2) as f32 / 2.0,
            ((items.slots | items.names) & !in_any_words).count_ones().min(3) as f32 / 3.0,
            of_window().map(|s| denied_share(claim, items, s, library)).fold(0.0, f32::max),
            f32::from(u8::from(!conflicts.is_empty())),
            opposites_in(&own, &theirs).min(2) as f32 / 2.0,
        ];
        features
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

/// For the name of the claim that fits least: how much of the rest stands in a sentence that has
/// it. The right name in the wrong place stands beside other words.
fn weakest_name(claim: &Claim<'_>, items: &Items, windows: &Windows) -> f32 {
    let of_name = |span: Span| items.mask_within(span) & items.names;
    let masks = claim.analysis.names.iter().filter(|n| !n.is_doubtful).map(|n| of_name(n.span)).filter(|mask| *mask != 0);
    masks.map(|mask| beside(items, windows, mask)).fold(1.0, f32::min)
}

/// The largest share of the other items in a sentence, or its neighbours, that has all of `own`.
fn beside(items: &Items, windows: &Windows, own: Mask) -> f32 {
    let rest = items.all() & !own;
    let total = items.weight(rest);
    if total <= 0.0 {
        return 1.0;
    }
    let having = windows.looked_at.iter().filter(|l| (l.mask | l.around) & own == own);
    having.map(|l| items.weight((l.mask | l.near | l.around) & rest) / total).fold(0.0, f32::max)
}

/// Words of the claim that the window has not, but whose opposite it has.
fn opposites_in(own: &[Word], theirs: &[Word]) -> usize {
    let has = |term: &Term| theirs.iter().any(|w| w.term == *term);
    let in_claim = |term: &Term| own.iter().any(|w| w.term == *term);
    own.iter().filter(|w| !has(&w.term) && opposites(w.term).iter().any(|o| has(o) && !in_claim(o))).count()
}

/// The share of neighbouring words of the claim, function words included, that stand side by side
/// in some candidate sentence of the best source.
fn pairs_anywhere(own: &[Word], windows: &Windows, library: &Library) -> f32 {
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
