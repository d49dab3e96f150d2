//! Disputed statements: what a source gives only as somebody's word, against somebody else's.

use super::Claim;
use super::windows::Windows;
use crate::library::{SentenceId, SourceId, SourceSentence, View};
use crate::text::{Analysis, Span};

/// The best passage, if it gives the claim only as somebody's disputed statement and the claim
/// does not say so, and if no other passage gives it as a fact.
pub fn contested(claim: &Claim<'_>, windows: &Windows, library: &View<'_>) -> Option<(SourceId, Span)> {
    const AS_GOOD: f32 = 0.9;
    let first = windows.best.first()?;
    if is_attributed(claim.text, claim.analysis) {
        return None;
    }
    let is_contested = |w: &super::windows::Window| {
        (w.first..=w.last).any(|at| {
            let sentence = library.sentence(SentenceId(at));
            is_disputed(&library.source(sentence.source).layout.visible, sentence)
        })
    };
    let rivals = windows.best.iter().filter(|w| w.coverage >= AS_GOOD * first.coverage);
    rivals.clone().all(is_contested).then(|| (first.source, first.span(library)))
}

/// Whether the claim says whose word it is.
pub fn is_attributed(text: &str, analysis: &Analysis) -> bool {
    const CUES: &[&str] = &[
        "said",
        "says",
        "say",
        "saying",
        "told",
        "claims",
        "claimed",
        "claim",
        "alleges",
        "alleged",
        "allegedly",
        "allegation",
        "allegations",
        "accuses",
        "accused",
        "accusation",
        "according",
        "reportedly",
        "reports",
        "reported",
        "believes",
        "believed",
        "argues",
        "argued",
        "insists",
        "insisted",
        "suggests",
        "suggested",
        "charge",
        "charged",
        "charges",
        "denies",
        "denied",
        "rejects",
        "rejected",
        "account",
        "version",
        "disputed",
        "wrote",
        "writes",
        "thinks",
        "holds",
        "calls",
        "called",
        "post",
        "asserts",
        "asserted",
        "maintains",
        "contends",
        "testified",
        "warned",
        "warns",
        "speaks",
        "spoke",
        "puts",
        "asked",
        "suspects",
        "suspected",
        "suspicion",
        "view",
        "opinion",
        "doubts",
        "doubted",
        "hopes",
        "hoped",
        "fears",
        "feared",
        "expects",
        "considers",
        "considered",
        "feels",
        "felt",
        "predicts",
        "predicted",
        "regards",
        "believing",
        "thinking",
        "thought",
        "impression",
        "complains",
        "complained",
        "criticised",
        "criticized",
    ];
    analysis.words.iter().any(|w| CUES.contains(&w.span.of(text).to_lowercase().as_str()))
}

/// Whether a sentence reports an allegation together with its denial, or a belief without proof.
fn is_disputed(visible: &str, sentence: &SourceSentence) -> bool {
    let text = sentence.span.of(visible).to_lowercase();
    let has = |cues: &[&str]| cues.iter().any(|cue| text.contains(cue));
    let alleges = has(&["alleg", "accus", "claim", "a charge", "the charge"]);
    let disputes = has(&[
        "rejected",
        "rejects",
        "denied",
        "denies",
        "disputed",
        "disputes",
        "unverified",
        "not be verified",
        "without evidence",
        "no evidence",
        "unproven",
        "unsubstantiated",
        "can account for",
    ]);
    let believes = has(&["i believe", "i do not believe", "i think", "i will say", "i suspect", "i cannot show", "i predict"]);
    alleges && disputes || believes
}
