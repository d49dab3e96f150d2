//! Meaning: what the model makes of a claim, and which words of which clause it means.

use super::claim::Claim;
use super::gather::passage;
use super::gather::windows::Windows;
use super::verification::{Conflict, Reading, Slot};
use crate::entail::{Entailment, MODEL, Reader};
use crate::library::{SentenceId, View};
use crate::text::Span;

/// From these probabilities on the model alone says that a source says otherwise.
const CONTRADICTED: f32 = 0.6;
const AT_MOST_ENTAILED: f32 = 0.2;
/// How many clauses are judged apart. Each costs as much time as the claim.
const MOST_CLAUSES: usize = 3;

/// What the model makes of the claim beside the passage for it. A judgement states nothing as a whole.
pub fn read(claim: &Claim<'_>, windows: &Windows<'_>, library: &View<'_>, reader: &dyn Reader) -> Option<Reading> {
    if claim.is_judgement || claim.without == Some(MODEL) {
        return None;
    }
    let passage = passage::of(claim, windows, library, reader);
    (!passage.is_empty()).then(|| {
        let entailment = reader.entailment(claim.before, claim.span.of(claim.text), &passage);
        Reading { entailment, passage }
    })
}

/// The conflict of a claim that the sources contradict as the model reads them: the clause that it means, with the
/// best passage.
pub fn conflict(
    claim: &Claim<'_>,
    reading: Entailment,
    clauses: &[Span],
    windows: &Windows<'_>,
    library: &View<'_>,
    reader: &dyn Reader,
) -> Option<Conflict> {
    if reading.contradicted < CONTRADICTED || reading.entailed > AT_MOST_ENTAILED {
        return None;
    }
    let best = windows.best.first()?;
    let sentence = library.sentence(SentenceId(best.first));
    let found = best.span(library);
    let passage = found.of(&library.source(sentence.source).layout.visible);
    let mut meant = claim.span.trimmed(claim.text);
    if (2..=MOST_CLAUSES).contains(&clauses.len()) {
        let shares = clauses.iter().map(|clause| reader.entailment(claim.before, clause.of(claim.text), passage).contradicted);
        let shares: Vec<f32> = shares.collect();
        let over: Vec<usize> = (0..shares.len()).filter(|at| shares[*at] >= CONTRADICTED).collect();
        if let [only] = over[..] {
            meant = clauses[only];
        }
    }
    Some(Conflict { comparison: MODEL, ..Conflict::at(sentence.source, Slot::Meaning, meant, found) })
}
