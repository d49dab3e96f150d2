//! Opposites: "fell" where the source says "rose".

use super::antonyms::strong_opposites;
use super::items::Items;
use super::polarity::negated_words;
use super::windows::{Looked, Windows};
use super::{Claim, Conflict, Slot};
use crate::library::{SentenceId, View};
use crate::text::Span;
use crate::text::words::Term;

/// A word of the clause whose opposite stands in its place in a source that says the rest.
pub fn opposed(claim: &Claim<'_>, clause: Span, items: &Items, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    const SAYS: f32 = 0.65;
    const REACH: usize = 6;
    let mine = negated_words(claim.text, &claim.analysis.words);
    let of_clause = items.mask_within(clause);
    for (at, word) in claim.analysis.words.iter().enumerate().filter(|(_, w)| clause.encloses(w.span)) {
        let in_claim = |term: &Term| claim.analysis.words.iter().any(|w| w.term == *term);
        let against: Vec<Term> = strong_opposites(word.term).iter().copied().filter(|t| !in_claim(t)).collect();
        if against.is_empty() {
            continue;
        }
        let own = items.term_mask(word.term);
        let rest = of_clause & !own;
        let total = items.weight(rest);
        let says = |l: &Looked| items.weight((l.mask | l.near | l.around) & rest) / total.max(f32::EPSILON);
        let near_word = |l: &Looked| {
            library.sentence(SentenceId(l.at)).analysis.words.iter().any(|w| w.term == word.term) || l.near & own != 0
        };
        let said = windows.looked_at.iter().filter(|l| near_word(l)).map(says).fold(0.0, f32::max);
        if total <= 0.0 {
            continue;
        }
        for looked in windows.looked_at.iter().filter(|l| !near_word(l)) {
            let share = says(looked);
            // Few words must all be there, in a sentence that says little else.
            let informative = || library.sentence(SentenceId(looked.at)).analysis.words.iter().filter(|w| !w.is_stop).count();
            if rest.count_ones() < 3 && (share < 0.99 || rest == 0 || informative() > 8) {
                continue;
            }
            // The same figures must stand there, and nowhere may the word itself say nearly as much.
            if share < SAYS || said >= 0.7 * share || rest & items.slots & !looked.mask != 0 {
                continue;
            }
            let sentence = library.sentence(SentenceId(looked.at));
            if sentence.is_question {
                continue;
            }
            let visible = &library.source(sentence.source).layout.visible;
            let theirs = negated_words(visible, &sentence.analysis.words);
            // The opposite says something of the clause only beside its words.
            let words = &sentence.analysis.words;
            let is_beside = |at: usize| {
                let near = &words[at.saturating_sub(REACH)..(at + REACH + 1).min(words.len())];
                near.iter().filter(|w| items.term_mask(w.term) & rest != 0).count() + near.iter().filter(|w| w.has_digit).count()
                    > 0
            };
            let place = words.iter().zip(&theirs).enumerate();
            let place = place.filter(|(at, (w, _))| against.contains(&w.term) && is_beside(*at)).map(|(_, found)| found).next();
            if let Some((other, _)) = place.filter(|(_, negated)| **negated == mine[at]) {
                return Some(Conflict {
                    slot: Slot::Opposite,
                    claim: word.span,
                    source: sentence.source,
                    value: other.span,
                    sentence: sentence.span,
                });
            }
        }
    }
    None
}
