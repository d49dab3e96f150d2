//! Slots: a number, date, time or name of the claim against the one in its place in a source.
//!
//! A slot conflicts only if a source sentence says the rest of the claim, has a comparable value
//! next to the same neighbours, and has nowhere the value of the claim.

mod dates;
mod names;
mod neighbours;
mod numbers;

use super::items::{Items, Mask, What};
use super::windows::{Looked, Windows};
use super::{Claim, Conflict, Slot};
use crate::library::SentenceId;
use crate::library::{SourceSentence, View};
use crate::text::Span;
use neighbours::Neighbours;

/// How much of the rest of the claim a sentence must say before its values can contradict it.
const SAYS_THE_REST: f32 = 0.5;
/// A sentence that has the claimed value settles the matter if it says this much of what the
/// best one says.
const SETTLES: f32 = 0.7;

/// What of the weight of words that the library does not know is left out.
const UNKNOWN_COUNTS_LESS: f32 = 0.5;
/// What a sentence with the value must say of the rest to settle what its neighbours say.
const SAYS_SOMETHING: f32 = 0.25;
/// A value this near in the same source, in sentences, settles it as well.
const NEAR: usize = 2;

/// All slots of the claim that a source fills otherwise.
pub fn conflicts(claim: &Claim<'_>, items: &Items, windows: &Windows, clauses: &[Span], library: &View<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (at, item) in items.items.iter().enumerate() {
        let clause = clauses.iter().find(|c| c.encloses(item.span)).map_or(items.all(), |c| items.mask_within(*c));
        let conflict = match item.what {
            What::Term(_) => None,
            What::Number(i) => slot(claim, items, windows, library, (at, clause), |s| numbers::number(claim, i, s, library))
                .map(|c| (Slot::Number, c)),
            What::Date(i) => {
                slot(claim, items, windows, library, (at, clause), |s| dates::date(claim, i, s, library)).map(|c| (Slot::Date, c))
            }
            What::Year(i) => {
                slot(claim, items, windows, library, (at, clause), |s| dates::year(claim, i, s)).map(|c| (Slot::Date, c))
            }
            What::Time(i) => {
                slot(claim, items, windows, library, (at, clause), |s| dates::time(claim, i, s)).map(|c| (Slot::Time, c))
            }
            What::Era(i) => {
                slot(claim, items, windows, library, (at, clause), |s| dates::era(claim, i, s)).map(|c| (Slot::Date, c))
            }
        };
        if conflict.is_none() && matches!(item.what, What::Number(_)) {
            found.extend(numbers::denied_value(claim, items, at, windows, library));
        }
        found.extend(conflict.map(|(slot, (sentence, value))| {
            let text = sentence_text(library, sentence);
            if slot == Slot::Number && item.span.of(claim.text).to_lowercase() == value.of(text).to_lowercase() {
                Conflict::with(
                    sentence,
                    slot,
                    numbers::with_words(claim.analysis, item.span),
                    numbers::with_words(&sentence.analysis, value),
                )
            } else {
                Conflict::with(sentence, slot, item.span, value)
            }
        }));
    }
    found.extend(names::names(claim, items, windows, library));
    // A date is one thing, whatever of it is wrong.
    found.dedup_by_key(|c: &mut Conflict| c.claim);
    for conflict in dates::weekdays(claim, windows, library) {
        if !found.iter().any(|c| c.claim.overlaps(conflict.claim)) {
            found.push(conflict);
        }
    }
    found.extend(names::swapped(claim, items, windows, clauses, library));
    found.sort_by_key(|c| (c.claim, c.slot));
    found
}

/// The best sentence that says the rest of the claim but has another value in slot `at`.
fn slot<'l>(
    claim: &Claim<'_>,
    items: &Items,
    windows: &Windows,
    library: &'l View<'l>,
    (at, clause): (usize, Mask),
    other_value: impl Fn(&SourceSentence) -> Option<Span>,
) -> Option<(&'l SourceSentence, Span)> {
    let own: Mask = 1 << at;
    let terms = clause & !items.slots;
    let others = clause & items.slots & !own & !items.same_span(at);
    if terms.count_ones() < 2 {
        return None;
    }
    // A word that the library does not know is often another word for one that it knows.
    let unknown = items.unknown(library) & terms;
    let total = items.weight(terms) - UNKNOWN_COUNTS_LESS * items.weight(unknown);
    // Words found in a dictionary bear a claim out, and settle nothing.
    let near = |l: &Looked| if library.is_foreign(l.source) { 0 } else { l.near };
    let rest = |l: &Looked| items.weight((l.mask | near(l) | l.around) & terms) / total.max(f32::EPSILON);
    let having: Vec<&Looked> = windows.looked_at.iter().filter(|l| l.mask & own != 0).collect();
    // What a correction puts right is settled by the correction, whoever says otherwise.
    let corrects = |l: &Looked| library.is_correction(l.source);
    let corrected = having.iter().any(|l| corrects(l));
    if corrected {
        return None;
    }
    let settled = having.iter().map(|l| rest(l)).fold(0.0, f32::max);
    let near =
        |l: &Looked| having.iter().any(|h| h.source == l.source && h.at.abs_diff(l.at) <= NEAR && rest(h) >= SAYS_SOMETHING);
    let span = items.items[at].span;
    let mine = Neighbours::of(claim.analysis, span);
    let in_its_place = |l: &&Looked| {
        let theirs = &library.sentence(SentenceId(l.at)).analysis;
        items.places(claim, at, theirs).any(|place| mine.agreement(&Neighbours::of(theirs, place), false) >= 1)
    };
    let cited_has_it = having.iter().any(|l| claim.cited.contains(&l.source));
    // The value beside the same name settles it, whatever else is said there.
    let names = clause & items.names;
    let is_named = |l: &Looked| names != 0 && names & !(l.mask | l.around) == 0;
    let in_place = cited_has_it || having.iter().any(|l| is_named(l)) || having.iter().copied().any(|l| in_its_place(&l));
    let mut best: Option<(f32, &SourceSentence, Span)> = None;
    for looked in &windows.looked_at {
        let says = rest(looked);
        let is_settled = settled >= SETTLES * says && !corrects(looked);
        let too_little = says < SAYS_THE_REST || looked.mask & own != 0 || is_settled || near(looked);
        if too_little || best.as_ref().is_some_and(|(most, _, _)| *most >= says) {
            continue;
        }
        let sentence = library.sentence(SentenceId(looked.at));
        // What says nothing of the clause's other values speaks of something else.
        let said = (others & looked.mask).count_ones();
        if sentence.is_question
            || in_place && !corrects(looked)
            || 2 * said < others.count_ones()
            || dates::speaks_of_another_year(claim, sentence)
        {
            continue;
        }
        if let Some(value) = other_value(sentence) {
            best = Some((says, sentence, value));
        }
    }
    best.map(|(_, sentence, value)| (sentence, value))
}

fn share_of(items: &Items, mask: Mask, of: Mask) -> f32 {
    let total = items.weight(of);
    if total > 0.0 { items.weight(mask & of) / total } else { 0.0 }
}

fn sentence_text<'l>(library: &'l View<'l>, sentence: &SourceSentence) -> &'l str {
    &library.source(sentence.source).layout.visible
}
