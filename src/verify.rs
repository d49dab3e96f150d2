//! Floor 4, the heart: does the library say what a claim says?
//!
//! The way of a claim: what the library has to say to it is gathered ([`gather`]), the claim's words are compared
//! with those in their place ([`compare`]) and its quotations word by word ([`quotation`]), what was found and what is
//! missing becomes a score ([`score`]), what the model makes of it is asked for ([`meaning`]),
//! and all of it becomes one verdict ([`settle`]).
//!
//! *Architecture invariant:* everything here is a pure function of claim and library. Nothing
//! words messages or decides severities; that is the business of `rules`. Of these modules each uses only those before it:
//! [`features`], [`verification`], [`claim`], [`words`], [`gather`], [`context`], [`quotation`], [`compare`],
//! [`score`], [`meaning`], [`settle`], [`later`].

mod claim;
mod compare;
mod context;
pub mod features;
mod gather;
mod later;
mod meaning;
mod quotation;
pub mod score;
mod settle;
mod verification;
pub(crate) mod words;

use crate::entail::Model;
use crate::library::{SentenceId, SourceId, View};
use crate::text::Span;
use context::Context;
use gather::calculation;
use gather::excerpt;
use gather::items::Items;
use gather::proof::{Derivation, Proof};
use gather::windows::{self, Windows};
use settle::MOST_EVIDENCE;

pub use claim::{Cell, Claim, leans};
pub use compare::{COMPARISONS, Comparison, Effect};
pub use gather::excerpt::MOST as MOST_READ;
pub use quotation::MOST_QUOTED;
pub use verification::{
    Change, Confidence, Conflict, Evidence, Excerpt, Later, LaterKind, QuotationCheck, QuotationMatch, Role, Slot, Verdict,
    Verification, WrongSpeaker,
};
pub use words::estimates::is_estimate;
pub use words::saying::{is_attributed, is_saying};

/// Judges a claim. Without a model only words are compared.
#[must_use]
pub fn verify(claim: &Claim<'_>, library: &View<'_>, model: Option<&dyn Model>) -> Verification {
    // Gather.
    let mut items = Items::of(claim, library);
    let found = gather::candidates(claim, &items, library);
    let Derivation { mut proof, conflicts: mut derived } = compare::read_tables(claim, &items, &found, library);
    items.proved = proof.all;
    let mut windows = windows::best(&items, claim, &found, &proof, library);
    let calculated = calculation::read(claim, &items, &windows, library);
    derived.extend(calculated.conflicts);
    if calculated.proof.all != 0 {
        proof.join(&calculated.proof);
        items.proved = proof.all;
        windows = windows::best(&items, claim, &found, &proof, library);
    }
    // Compare.
    let context = Context::of(claim, &items, &windows, library);
    let parts = context.parts();
    let mut conflicts = compare::conflicts(&context, &context.clauses(&parts), derived);
    let quotations = compare::quotations(claim, library);
    let wrong_speaker = compare::wrong_speaker(&context, &quotations);
    // Settle.
    let excerpt = model.and_then(|model| meaning::read(claim, &parts, &windows, library, model));
    let features = score::features(&context, &conflicts, excerpt.as_ref().map(|excerpt| excerpt.entailment));
    let score = score::score(&features);
    // An estimate needs no source.
    let is_stated = |clause: &Span| !claim.is_judgement || !is_estimate(clause.of(claim.text));
    let unsupported: Vec<Span> = windows.unsupported(&items, claim, &parts).into_iter().filter(is_stated).collect();
    let may_read_otherwise = conflicts.is_empty() && unsupported.is_empty() && score < settle::LIKELY;
    if let (Some(excerpt), Some(model), true) = (&excerpt, model, may_read_otherwise) {
        conflicts.extend(meaning::conflict(claim, excerpt.entailment, &parts, &windows, library, model));
    }
    let mut verification = Verification {
        verdict: Verdict::Unsupported,
        score,
        evidence: windows.evidence(&items, claim, &proof, library, MOST_EVIDENCE),
        conflicts,
        quotations,
        missing: windows.missing(&items),
        lacks_facts: windows.lacks_facts(&items, claim),
        unsupported,
        is_denied: features.denied >= DENIED,
        wrong_speaker,
        cited_support: None,
        excerpt,
        confidence: Confidence::Sure,
        features,
        later: Vec::new(),
    };
    let is_verbatim = !context.verbatim.is_empty();
    settle::settle(claim, &mut verification, is_verbatim, || windows.in_another_language(&items, claim, library));
    verification.cited_support = cited_support(claim, &items, &windows, &verification);
    verification.later = later::of(claim, &verification, library);
    verification
}

/// Which share of the common words must be denied.
const DENIED: f32 = 0.6;

/// Whether one of the cited sources holds about as much of the claim as the best source does.
fn cited_support(claim: &Claim<'_>, items: &Items, windows: &Windows<'_>, v: &Verification) -> Option<bool> {
    const AS_GOOD: f32 = 0.75;
    const SAYS_IT: f32 = 0.5;
    const SURELY_ELSEWHERE: f32 = 0.6;
    if claim.cited.is_empty() {
        return None;
    }
    let verbatim: Vec<SourceId> = v.quotations.iter().filter_map(|q| q.found.verbatim_in()).collect();
    if !verbatim.is_empty() {
        return Some(verbatim.iter().all(|source| claim.cited.contains(source)));
    }
    let best = windows.best.iter().map(|w| w.coverage).fold(0.0, f32::max);
    let cited = windows.best_of(claim.cited, items);
    Some(cited >= SAYS_IT || cited >= AS_GOOD * best || best < SURELY_ELSEWHERE)
}

/// What the model would read beside a claim, of at most so many wordpieces.
#[must_use]
pub fn excerpt(claim: &Claim<'_>, library: &View<'_>, most: usize) -> String {
    let items = Items::of(claim, library);
    let found = gather::candidates(claim, &items, library);
    let windows = windows::best(&items, claim, &found, &Proof::default(), library);
    excerpt::of(claim, claim.span.of(claim.text), &windows, library, most)
}

/// The sentences of the library that are worth a look for a claim, best first.
#[must_use]
pub fn candidates(claim: &Claim<'_>, library: &View<'_>, most: usize) -> Vec<SentenceId> {
    let items = Items::of(claim, library);
    gather::search(claim, &items.query(claim, library), most, most, library)
}
