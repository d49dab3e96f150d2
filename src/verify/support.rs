//! Support: what was found and what is missing, as one score.
//!
//! A logistic regression over few features, each of which can only raise or only lower the
//! score. The weights are learned (`cargo bench --bench learn`), see [`super::weights`].

use super::items::{Items, What};
use super::meaning::is_negated;
use super::weights::{INTERCEPT, WEIGHTS};
use super::windows::Windows;
use super::{Claim, Conflict};
use crate::library::{Library, SentenceId};
use crate::text::words::{Term, Word};

/// How many features there are.
pub const COUNT: usize = 13;

/// The features' names and directions: whether more of it speaks for support.
pub const NAMES: [(&str, bool); COUNT] = [
    ("share of the claim's weight in the best window", true),
    ("share of the claim's weight in the best source", true),
    ("weight of the most telling term that the window lacks", false),
    ("share of slots that the window lacks", false),
    ("slots that the source lacks", false),
    ("share of name words that the source lacks", false),
    ("share of word pairs that stand together in the window too", true),
    ("longest run of words in common", true),
    ("longest common subsequence of words", true),
    ("negated on one side only", false),
    ("slots filled otherwise", false),
    ("items in the claim, logarithmic", false),
    ("terms that the source lacks", false),
];

/// The features of one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Features(pub [f32; COUNT]);

impl Features {
    pub fn of(claim: &Claim<'_>, items: &Items, windows: &Windows, conflicts: &[Conflict], library: &Library) -> Self {
        let Some(best) = windows.best.first() else {
            let mut nothing = Self::default();
            nothing.0[2] = 1.0;
            nothing.0[5] = 1.0;
            nothing.0[12] = 1.0;
            return nothing;
        };
        let held = best.mask | best.around;
        let lacking = |mask: u128| items.items.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 0);
        let heaviest = lacking(held).filter(|(_, i)| matches!(i.what, What::Term(_))).map(|(_, i)| i.weight).fold(0.0, f32::max);
        let slot_count = items.slots.count_ones() as f32;
        let slots_lacking = (items.slots & !best.mask).count_ones() as f32;
        let slots_gone = (items.slots & !windows.in_source).count_ones() as f32;
        let name_count = items.names.count_ones() as f32;
        let names_gone = (items.names & !windows.in_source).count_ones() as f32;
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let own: Vec<Word> = claim.analysis.words.clone();
        let theirs: Vec<Word> =
            (best.first..=best.last).flat_map(|at| library.sentence(SentenceId(at)).analysis.words.iter().copied()).collect();
        let terms_gone = lacking(windows.in_source).filter(|(_, i)| matches!(i.what, What::Term(_))).count();
        let negated = is_negated(claim.analysis)
            != (best.first..=best.last).any(|at| is_negated(&library.sentence(SentenceId(at)).analysis));
        Self([
            best.coverage,
            items.share(windows.in_source),
            heaviest,
            share(slots_lacking, slot_count),
            slots_gone.min(2.0) / 2.0,
            share(names_gone, name_count),
            pairs_in_common(&own, &theirs),
            longest_run(&own, &theirs) as f32 / own.len().clamp(1, 12) as f32,
            common_subsequence(&own, &theirs) as f32 / own.len().max(1) as f32,
            f32::from(u8::from(negated)),
            f32::from(u8::from(!conflicts.is_empty())),
            (items.items.len() as f32).ln_1p() / 3.0,
            terms_gone.min(4) as f32 / 4.0,
        ])
    }

    /// The score in [0, 1].
    #[must_use]
    pub fn score(&self) -> f32 {
        1.0 / (1.0 + (-self.logit()).exp())
    }

    /// The score before it is squeezed into [0, 1].
    #[must_use]
    pub fn logit(&self) -> f32 {
        INTERCEPT + self.0.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum::<f32>()
    }
}

/// The share of neighbouring informative words of the claim that stand near each other, in the
/// same order, in the window.
fn pairs_in_common(own: &[Word], theirs: &[Word]) -> f32 {
    const REACH: usize = 3;
    let own: Vec<Term> = own.iter().filter(|w| !w.is_stop).map(|w| w.term).collect();
    let theirs: Vec<Term> = theirs.iter().filter(|w| !w.is_stop).map(|w| w.term).collect();
    if own.len() < 2 {
        return 0.0;
    }
    let near =
        |a: Term, b: Term| theirs.iter().enumerate().any(|(i, t)| *t == a && theirs[i + 1..].iter().take(REACH).any(|u| *u == b));
    own.windows(2).filter(|pair| near(pair[0], pair[1])).count() as f32 / (own.len() - 1) as f32
}

/// The longest run of words in common, up to 12.
fn longest_run(own: &[Word], theirs: &[Word]) -> usize {
    let mut best = 0;
    let mut row = vec![0usize; theirs.len() + 1];
    for a in own {
        for j in (0..theirs.len()).rev() {
            row[j + 1] = if a.term == theirs[j].term { row[j] + 1 } else { 0 };
            best = best.max(row[j + 1]);
        }
    }
    best.min(12)
}

fn common_subsequence(own: &[Word], theirs: &[Word]) -> usize {
    let mut row = vec![0usize; theirs.len() + 1];
    for a in own {
        let mut diagonal = 0;
        for j in 0..theirs.len() {
            let above = row[j + 1];
            row[j + 1] = if a.term == theirs[j].term { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[theirs.len()]
}
