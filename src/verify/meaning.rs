//! Meaning: what the model makes of a claim, and which words of which clause it means.

use super::claim::Claim;
use super::gather::passage;
use super::gather::windows::Windows;
use super::verification::{Conflict, Reading, Slot};
use super::words::estimates::is_estimate;
use crate::entail::{Entailment, MODEL, Reader};
use crate::library::{SentenceId, View};
use crate::text::Span;

/// From these probabilities on the model alone says that a source says otherwise.
const CONTRADICTED: f32 = 0.6;
const AT_MOST_ENTAILED: f32 = 0.2;
/// How many clauses are judged apart. Each costs as much time as the claim.
const MOST_CLAUSES: usize = 3;

/// What the model makes of the claim beside the passage for it. Of a judgement it reads the clause that states something;
/// of other languages and of rows of tables it knows nothing.
pub fn read(
    claim: &Claim<'_>,
    clauses: &[Span],
    windows: &Windows<'_>,
    library: &View<'_>,
    reader: &dyn Reader,
) -> Option<Reading> {
    let stated = if claim.is_judgement { premise(claim, clauses)? } else { claim.span };
    let is_foreign = windows.best.first().is_some_and(|window| library.is_foreign(window.source)) || is_foreign(claim);
    if is_foreign || !claim.cells.is_empty() || claim.without == Some(MODEL) {
        return None;
    }
    let passage = passage::of(claim, windows, library, reader);
    (!passage.is_empty()).then(|| {
        let entailment = reader.entailment(claim.before, stated.of(claim.text), &passage);
        Reading { entailment, passage }
    })
}

/// The first clause of a premise that is no estimate.
fn premise(claim: &Claim<'_>, clauses: &[Span]) -> Option<Span> {
    let stated = clauses.iter().find(|clause| !is_estimate(clause.of(claim.text)));
    stated.copied().filter(|_| claim.is_premise && clauses.len() > 1)
}

/// A sentence of some length without a single English function word.
fn is_foreign(claim: &Claim<'_>) -> bool {
    const ENOUGH_WORDS: usize = 8;
    let words = &claim.analysis.words;
    words.len() >= ENOUGH_WORDS && !words.iter().any(|word| word.is_stop)
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
