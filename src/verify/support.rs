//! Support: what was found and what is missing, as one score.
//!
//! A logistic regression over few features, each of which can only raise or only lower the
//! score. The weights are learned (`cargo bench --bench learn`), see [`super::weights`].

use super::antonyms::opposites;
use super::items::{Items, Mask, What};
use super::meaning::denied_share;
use super::weights::{INTERCEPT, WEIGHTS};
use super::windows::Windows;
use super::{Claim, Conflict};
use crate::library::{Library, SentenceId};
use crate::text::Span;
use crate::text::words::{Term, Word};

/// How many features there are.
pub const COUNT: usize = 21;

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
    ("share of the common weight that is negated on one side only", false),
    ("slots filled otherwise", false),
    ("items in the claim, logarithmic", false),
    ("terms that the source lacks", false),
    ("how much of the claim stands beside its least fitting value", true),
    ("how much of the claim stands beside its least fitting name", true),
    ("words whose opposite stands in the window", false),
    ("share of the weakest clause in the window", true),
    ("names and values that the source lacks", false),
    ("share of the claim's terms that the source has in any words", true),
    ("share of neighbouring words that stand together anywhere in the source", true),
    ("share of the claim's weight in the two best windows", true),
];

/// The features of one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Features(pub [f32; COUNT]);

impl Features {
    pub fn of(
        claim: &Claim<'_>,
        items: &Items,
        windows: &Windows,
        clauses: &[Span],
        conflicts: &[Conflict],
        library: &Library,
    ) -> Self {
        let Some(best) = windows.best.first() else {
            let mut nothing = Self::default();
            nothing.0[2] = 1.0;
            nothing.0[5] = 1.0;
            nothing.0[12] = 1.0;
            return nothing;
        };
        let held = best.mask | best.near | best.around;
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
        let terms_gone =
            lacking(windows.in_source | windows.near_in_source).filter(|(_, i)| matches!(i.what, What::Term(_))).count();
        let terms = items.all() & !items.slots;
        let of_window = (best.first..=best.last).map(|at| library.sentence(SentenceId(at)));
        let denied = of_window.map(|s| denied_share(claim, items, s, library)).fold(0.0, f32::max);
        Self([
            best.coverage,
            items.share(windows.in_source) + 0.7 * items.share(windows.near_in_source),
            heaviest,
            share(slots_lacking, slot_count),
            slots_gone.min(2.0) / 2.0,
            share(names_gone, name_count),
            pairs_in_common(&own, &theirs),
            longest_run(&own, &theirs) as f32 / own.len().clamp(1, 12) as f32,
            common_subsequence(&own, &theirs) as f32 / own.len().max(1) as f32,
            denied,
            f32::from(u8::from(!conflicts.is_empty())),
            (items.items.len() as f32).ln_1p() / 3.0,
            terms_gone.min(4) as f32 / 4.0,
            weakest_slot(items, windows),
            weakest_name(claim, items, windows),
            opposites_in(&own, &theirs).min(2) as f32 / 2.0,
            weakest_clause(items, windows, clauses),
            ((items.slots | items.names) & !windows.in_source & !windows.near_in_source).count_ones().min(3) as f32 / 3.0,
            share(((windows.in_source | windows.near_in_source) & terms).count_ones() as f32, terms.count_ones() as f32),
            pairs_anywhere(&own, windows, library),
            items.share(windows.best.iter().take(2).filter(|w| w.source == best.source).fold(0, |m, w| m | w.mask | w.near)),
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

/// For the value of the claim that fits least: how much of the rest stands in a sentence that has
/// it. The right number in the wrong place stands beside other words.
fn weakest_slot(items: &Items, windows: &Windows) -> f32 {
    (0..items.items.len()).filter(|at| items.slots >> at & 1 == 1).map(|at| beside(items, windows, 1 << at)).fold(1.0, f32::min)
}

/// The same for names.
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

/// How much of the clause that fares worst the best window holds.
fn weakest_clause(items: &Items, windows: &Windows, clauses: &[Span]) -> f32 {
    let held = windows.best.first().map_or(0, |w| w.mask | w.near | w.around);
    let share = |clause: &Span| {
        let of = items.mask_within(*clause);
        let total = items.weight(of);
        if total > 0.0 { items.weight(of & held) / total } else { 1.0 }
    };
    clauses.iter().map(share).fold(1.0, f32::min)
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
