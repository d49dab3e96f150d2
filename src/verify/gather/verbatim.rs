//! Words of the claim that stand in a source one behind the other: what is said there in the same words.

use super::items::Items;
use super::windows::Windows;
use crate::library::{SentenceId, View};
use crate::text::words::{Term, Word};
use crate::verify::claim::Claim;
use crate::verify::gather::candidate::Mask;

/// Fewer words stand together somewhere by chance.
const FEWEST: usize = 4;

/// The sentences in which some words of the claim, with these items, stand word for word.
pub fn places(words: &[Word], items: Mask, windows: &Windows<'_>, library: &View<'_>) -> Vec<usize> {
    if words.len() < FEWEST {
        return Vec::new();
    }
    let wanted: Vec<Term> = words.iter().map(|w| w.form).collect();
    let has_all = |at: usize| {
        let own = &library.sentence(SentenceId(at)).analysis.words;
        own.windows(wanted.len()).any(|run| run.iter().map(|w| w.form).eq(wanted.iter().copied()))
    };
    let likely = windows.candidates.iter().filter(|c| items & !c.held.literal() == 0);
    likely.map(|c| c.at).filter(|at| has_all(*at)).collect()
}

/// The sentences of a source that the claim is, word for word from the first to the last of them.
pub fn sentences(claim: &Claim<'_>, items: &Items, windows: &Windows<'_>, library: &View<'_>) -> Vec<usize> {
    let wanted = &claim.analysis.words;
    let is_there = |first: usize, end: usize| {
        let mut left = wanted.iter();
        let mut own = (first..end).flat_map(|at| &library.sentence(SentenceId(at)).analysis.words);
        own.all(|w| left.next().is_some_and(|mine| mine.form == w.form)) && left.next().is_none()
    };
    for candidate in windows.candidates.iter().filter(|c| c.held.exact != 0 || items.all() == 0) {
        let range = library.sentences_of(candidate.source());
        let from = candidate.at.saturating_sub(1).max(range.start);
        for first in from..=candidate.at {
            let count = |at: usize| library.sentence(SentenceId(at)).analysis.words.len();
            let (mut end, mut length) = (first, 0);
            while end < range.end && length < wanted.len() {
                length += count(end);
                end += 1;
            }
            if !wanted.is_empty() && length == wanted.len() && is_there(first, end) {
                return (first..end).collect();
            }
        }
    }
    Vec::new()
}
