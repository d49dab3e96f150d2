//! The candidate sentences that say most of a clause: where meaning is compared.

use super::items::{Items, Mask};
use super::windows::Windows;
use super::{Claim, Conflict, Slot};
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::{Analysis, Span};

/// A sentence that says a share of a clause.
pub struct Said<'l> {
    /// The share of the weight of the clause's words.
    pub share: f32,
    /// The items that stand in the sentence as they are.
    pub mask: Mask,
    pub sentence: &'l SourceSentence,
    visible: &'l str,
}

impl<'l> Said<'l> {
    /// The visible text of the source.
    pub fn text(&self) -> &'l str {
        self.visible
    }

    pub fn analysis(&self) -> &'l Analysis {
        &self.sentence.analysis
    }

    /// The sentence's words in lower case.
    pub fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.sentence.analysis.words.iter().map(|w| w.span.of(self.visible).to_lowercase())
    }

    /// The conflict of words of the claim with words of this sentence.
    pub fn conflict(&self, slot: Slot, claim: Span, value: Span) -> Conflict {
        Conflict::with(self.sentence, slot, claim, value)
    }
}

/// The candidates that say something of a clause, best first.
pub struct Sayings<'l>(Vec<Said<'l>>);

/// Gathers what the candidates say of a clause, once for all who ask.
pub fn saying<'l>(claim: &Claim<'_>, clause: Span, items: &Items, windows: &Windows, library: &'l View<'l>) -> Sayings<'l> {
    let of_clause = items.mask_within(clause);
    let total = items.weight(of_clause);
    if total <= 0.0 || of_clause.count_ones() < 2 || library.is_empty() {
        return Sayings(Vec::new());
    }
    let mut found: Vec<Said<'l>> = windows
        .looked_at
        .iter()
        .map(|l| {
            let sentence = library.sentence(SentenceId(l.at));
            let share = items.weight((l.mask | l.near | l.around) & of_clause) / total;
            // The headline says what the text below says better.
            let share = if sentence.is_heading { 0.8 * share } else { share };
            let cited = if claim.cited.contains(&sentence.source) { 1.1 } else { 1.0 };
            Said { share: share * cited, mask: l.mask, sentence, visible: &library.source(l.source).layout.visible }
        })
        .filter(|s| !s.sentence.is_question)
        .collect();
    found.sort_by(|a, b| b.share.total_cmp(&a.share));
    Sayings(found)
}

impl<'l> Sayings<'l> {
    /// Those that say at least this share, and nearly as much as the best one.
    pub fn at_least(&self, least: f32) -> &[Said<'l>] {
        const NEARLY: f32 = 0.8;
        let best = self.0.first().map_or(0.0, |s| s.share);
        let line = least.max(NEARLY * best);
        &self.0[..self.0.partition_point(|s| s.share >= line)]
    }
}
