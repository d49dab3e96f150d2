//! Certainty: what the source only alleges, suspects or leaves open, and the claim gives as fact.

use super::polarity::negated_words;
use super::saying::{Said, Sayings};
use super::{Claim, Conflict, Slot};
use crate::text::words::Word;
use crate::text::{Analysis, Span};

/// How much of a clause a sentence must say before its hedges count.
const SAYS: f32 = 0.55;
/// The same where the word that differs is one of the clause's.
const SAYS_THE_REST: f32 = 0.5;

/// A clause that its only sources hedge: the first words of the clause's predicate that both have,
/// and the hedge.
pub fn overstated(claim: &Claim<'_>, clause: Span, said: &Sayings<'_>) -> Option<Conflict> {
    if hedges_itself(claim.text, claim.analysis, clause) {
        return None;
    }
    let said = said.at_least(SAYS);
    let hedges: Vec<Span> = said.iter().map(|s| hedge(s, claim.analysis, clause)).collect::<Option<_>>()?;
    Some(said.first()?.conflict(Slot::Certainty, clause, *hedges.first()?))
}

/// A cause where the source has only a link: the claim's word for the cause, and the source's word.
pub fn caused(claim: &Claim<'_>, clause: Span, said: &Sayings<'_>) -> Option<Conflict> {
    let causes =
        |word: &str| matches!(word, "cause" | "caused" | "causes" | "causing" | "because" | "due" | "owing" | "led" | "leads");
    let links = |word: &str| {
        matches!(
            word,
            "linked"
                | "links"
                | "link"
                | "associated"
                | "association"
                | "correlated"
                | "correlates"
                | "correlation"
                | "coincided"
        )
    };
    let words = claim.analysis.words.iter().filter(|w| clause.encloses(w.span));
    let own = words.clone().find(|w| causes(&w.span.of(claim.text).to_lowercase()))?;
    if words.clone().any(|w| links(&w.span.of(claim.text).to_lowercase())) || hedges_itself(claim.text, claim.analysis, clause) {
        return None;
    }
    let said = said.at_least(SAYS_THE_REST);
    let first = said.first()?;
    let linked = first.analysis().words.iter().find(|w| links(&w.span.of(first.text()).to_lowercase()))?;
    Some(first.conflict(Slot::Extent, own.span, linked.span))
}

/// The hedge that stands over the words that sentence and clause share.
fn hedge(said: &Said<'_>, claim: &Analysis, clause: Span) -> Option<Span> {
    const REACH: usize = 9;
    const SHARED: usize = 2;
    let words = &said.analysis().words;
    let in_claim = |w: &Word| !w.is_stop && claim.words.iter().any(|c| c.term == w.term && clause.encloses(c.span));
    (0..words.len())
        .find(|at| {
            let Some(reach) = hedges(said.text(), words, *at) else { return false };
            let behind = words[at + 1..]
                .iter()
                .take(REACH.min(reach))
                .take_while(|w| !Span::new(words[*at].span.end, w.span.start).of(said.text()).contains([';', '“']));
            // "may appeal" leaves open an appeal, and nothing else in the sentence.
            let verb = words[at + 1..].iter().take(3).find(|w| !w.is_stop);
            let opens =
                !matches!(said.words().nth(*at).as_deref(), Some("may" | "might" | "could")) || verb.is_some_and(in_claim);
            opens && behind.filter(|w| in_claim(w)).count() >= SHARED
        })
        .map(|at| words[at].span)
}

/// Whether a word hedges what follows, and how far.
fn hedges(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let lower = |at: usize| words.get(at).map_or_else(String::new, |w| w.span.of(text).to_lowercase());
    let word = lower(at);
    match word.as_str() {
        "may" | "might" if words[at].span.of(text) != "May" => Some(5),
        "could" => Some(5),
        "allegedly" | "reportedly" | "probably" | "possibly" | "perhaps" | "supposedly" | "purportedly" => Some(5),
        "whether" => Some(9),
        "alleged" | "alleges" | "alleging" | "rumoured" | "rumored" | "suspected" | "suspects" | "accused" | "accuses" => Some(9),
        "allegation" | "allegations" | "accusation" | "accusations" => Some(9),
        "suspect" | "suggest" | "suggests" | "suggested" | "believe" | "believes" | "fear" | "fears"
            if lower(at + 1) == "that" =>
        {
            Some(9)
        }
        "thought" | "believed" | "feared" | "said" if lower(at + 1) == "to" => Some(6),
        _ => None,
    }
}

/// Whether the claim says by itself that it is not certain, or whose word it is.
fn hedges_itself(text: &str, analysis: &Analysis, clause: Span) -> bool {
    let words = &analysis.words;
    super::disputed::is_attributed(text, analysis)
        || (0..words.len()).any(|at| hedges(text, words, at).is_some())
        || negated_words(text, words).iter().zip(words).any(|(negated, w)| *negated && clause.encloses(w.span))
        || words.iter().any(|w| {
            let lower = w.span.of(text).to_lowercase();
            matches!(
                lower.as_str(),
                "can"
                    | "would"
                    | "likely"
                    | "unlikely"
                    | "suspicion"
                    | "suspicions"
                    | "possible"
                    | "possibility"
                    | "doubt"
                    | "doubts"
                    | "question"
                    | "open"
                    | "unclear"
                    | "seems"
                    | "appears"
                    | "rumoured"
                    | "if"
            )
        })
}
