//! Meaning: what the model makes of a claim, and which words of which clause it means.

use super::claim::Claim;
use super::gather::excerpt;
use super::gather::windows::Windows;
use super::verification::{Conflict, Excerpt, Slot};
use super::words::estimates::is_estimate;
use crate::entail::{Entailment, MODEL, Model};
use crate::library::{SentenceId, View};
use crate::text::Span;
use crate::text::words::Word;

/// From these probabilities on the model alone says that a source says otherwise.
const CONTRADICTED: f32 = 0.6;
const AT_MOST_ENTAILED: f32 = 0.2;
/// How many clauses are read apart, beside the best window. Each costs a third of what the claim costs.
const MOST_CLAUSES: usize = 2;

/// What the model makes of the claim beside the sources. Of a judgement it reads the clause that states something; of
/// other languages and of rows of tables it knows nothing.
pub fn read(
    claim: &Claim<'_>,
    clauses: &[Span],
    windows: &Windows<'_>,
    library: &View<'_>,
    model: &dyn Model,
) -> Option<Excerpt> {
    let stated = if claim.is_judgement { premise(claim, clauses)? } else { claim.span };
    let is_best_foreign = windows.best.first().is_some_and(|window| {
        library.is_foreign(window.source) || is_foreign(&library.sentence(SentenceId(window.first)).analysis.words)
    });
    if is_best_foreign || is_foreign(&claim.analysis.words) || !claim.cells.is_empty() {
        return None;
    }
    let stated = stated.of(claim.text);
    let text = excerpt::of(claim, stated, windows, library, excerpt::MOST);
    if text.is_empty() {
        return None;
    }
    let entailment = model.entailment(claim.before, stated, &text)?;
    Some(Excerpt { entailment, text: text.into() })
}

/// The first clause of a premise that is no estimate.
fn premise(claim: &Claim<'_>, clauses: &[Span]) -> Option<Span> {
    let stated = clauses.iter().find(|clause| !is_estimate(clause.of(claim.text)));
    stated.copied().filter(|_| claim.is_premise && clauses.len() > 1)
}

/// A sentence of some length without a single English function word.
fn is_foreign(words: &[Word]) -> bool {
    const ENOUGH_WORDS: usize = 8;
    words.len() >= ENOUGH_WORDS && !words.iter().any(|word| word.is_stop)
}

/// The conflict of a claim that the sources contradict as the model reads them: the clause that it means, with the
/// best passage. While sources are still being read, one that bears the claim out may come yet.
pub fn conflict(
    claim: &Claim<'_>,
    read: Entailment,
    clauses: &[Span],
    windows: &Windows<'_>,
    library: &View<'_>,
    model: &dyn Model,
) -> Option<Conflict> {
    if read.contradicted < CONTRADICTED || read.entailed > AT_MOST_ENTAILED || library.is_partial() {
        return None;
    }
    let best = windows.best.first()?;
    let sentence = library.sentence(SentenceId(best.first));
    let found = best.span(library);
    let passage = found.of(&library.source(sentence.source).layout.visible);
    let mut meant = claim.span.trimmed(claim.text);
    if (2..=MOST_CLAUSES).contains(&clauses.len()) {
        let is_contradicted = |clause: &&Span| {
            let read = model.entailment(claim.before, clause.of(claim.text), passage);
            read.is_some_and(|read| read.contradicted >= CONTRADICTED)
        };
        if let [only] = clauses.iter().filter(is_contradicted).collect::<Vec<_>>()[..] {
            meant = *only;
        }
    }
    Some(Conflict { comparison: MODEL, ..Conflict::at(sentence.source, Slot::Meaning, meant, found) })
}
