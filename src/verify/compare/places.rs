//! Another value in the place of the claim's: what the comparisons of numbers, dates, years, times and eras
//! share.
//!
//! A value conflicts only if a sentence says the rest of its clause, has a comparable value next to the same
//! neighbours, and no passage has the value of the claim where it would settle the matter.

use crate::library::SourceId;
use crate::verify::compare::comparison::prelude::*;

/// A sentence that has the claimed value settles the matter if it says this much of what the best one says.
const SETTLES: f32 = 0.7;
/// What of the weight of words that the library does not know is left out.
const UNKNOWN_COUNTS_LESS: f32 = 0.5;
/// A value this near in the same source, in sentences, settles it as well.
const NEAR: usize = 2;

/// The best sentence that says the rest of the clause but has another value in the place of the item `at`, which
/// `other` finds.
pub fn other_value<'c>(
    clause: &Clause<'c>,
    at: usize,
    other: impl Fn(&Candidate<'c>) -> Option<Span>,
) -> Option<(&'c Candidate<'c>, Span)> {
    let items = clause.context().items;
    let own: Mask = 1 << at;
    let value = items.item(at).value()?;
    let terms = clause.word_items();
    let others = clause.values() & !own & !items.same_span(at);
    if terms.count_ones() < 2 {
        return None;
    }
    // A word that the library does not know is often another word for one that it knows.
    let unknown = items.unknown(clause.library) & terms;
    let total = items.weight(terms) - UNKNOWN_COUNTS_LESS * items.weight(unknown);
    // Words found in a dictionary bear a claim out, and settle nothing.
    let held = |c: &Candidate<'_>| if clause.library.is_foreign(c.source()) { c.held.literal() } else { c.held.any() };
    let rest = |c: &Candidate<'_>| items.weight(held(c) & terms) / total.max(f32::EPSILON);
    let having: Vec<&Candidate<'_>> = clause.candidates().iter().filter(|c| c.held.exact & own != 0).collect();
    // What a correction puts right is settled by the correction, whoever says otherwise.
    let corrects = |source: SourceId| clause.library.is_correction(source);
    if having.iter().any(|c| corrects(c.source())) {
        return None;
    }
    let settled = having.iter().map(|c| rest(c)).fold(0.0, f32::max);
    let is_near = |c: &Candidate<'_>| {
        let near = having.iter().filter(|h| h.source() == c.source() && h.at.abs_diff(c.at) <= NEAR);
        near.into_iter().any(|h| rest(h) >= enough::SOME)
    };
    let mine = Neighbours::of(clause.claim.analysis, items.item(at).span);
    let is_in_place = |c: &&Candidate<'_>| {
        let places = value.places(clause.claim.analysis, c.analysis());
        places.into_iter().any(|place| mine.agreement(&Neighbours::of(c.analysis(), place), false) >= 1)
    };
    // The value beside the same name settles it, whatever else is said there.
    let names = clause.items & items.names;
    let is_named = |c: &&Candidate<'_>| names != 0 && names & !c.held.literal() == 0;
    let is_cited = |c: &&Candidate<'_>| clause.claim.cited.contains(&c.source());
    let in_place = having.iter().any(|c| is_cited(c) || is_named(c) || is_in_place(c));
    let mut best: Option<(f32, &Candidate<'_>, Span)> = None;
    for candidate in clause.candidates() {
        let says = rest(candidate);
        let is_correction = corrects(candidate.source());
        let is_settled = !is_correction && (in_place || settled >= SETTLES * says);
        let has_it = candidate.held.exact & own != 0 || is_near(candidate);
        // What says nothing of the clause's other values speaks of something else.
        let is_about_it = 2 * (others & candidate.held.exact).count_ones() >= others.count_ones();
        if says < enough::HALF
            || has_it
            || is_settled
            || !is_about_it
            || candidate.sentence.is_question
            || best.as_ref().is_some_and(|(most, ..)| *most >= says)
            || speaks_of_another_year(clause.claim.analysis, candidate.analysis())
        {
            continue;
        }
        if let Some(value) = other(candidate) {
            best = Some((says, candidate, value));
        }
    }
    best.map(|(_, candidate, value)| (candidate, value))
}

/// The same as a conflict.
pub fn conflict<'c>(
    clause: &Clause<'c>,
    at: usize,
    slot: Slot,
    other: impl Fn(&Candidate<'c>) -> Option<Span>,
) -> Option<Conflict> {
    let (candidate, value) = other_value(clause, at, other)?;
    Some(candidate.conflict(slot, clause.context().items.item(at).span, value))
}

/// "In 2019 turnout was 66 per cent" says nothing against a claim on another year.
fn speaks_of_another_year(claim: &Analysis, theirs: &Analysis) -> bool {
    let years = || theirs.dates.iter().filter(|d| d.year.is_some());
    claim.dates.iter().all(|d| d.year.is_none()) && years().count() == 1 && years().all(|d| d.month.is_none())
}
