//! Extent: "all" where the source says "most", "the first" where it says "the longest", "the only"
//! where it says "not the only".

use super::saying::{Said, Sayings};
use super::{Claim, Conflict, Slot};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// How much of a clause a sentence must say before its extent counts.
const SAYS: f32 = 0.55;
/// How far a word of extent stands from a word that both have.
const NEAR: usize = 4;

/// A word of extent in the clause that its source has otherwise.
pub fn overstated(claim: &Claim<'_>, clause: Span, said: &Sayings<'_>) -> Option<Conflict> {
    let said = said.at_least(SAYS);
    universal(claim, clause, said)
        .or_else(|| only(claim, clause, said))
        .or_else(|| superlative(claim, clause, said))
        .map(|(word, found, value)| found.conflict(Slot::Extent, word, value))
}

fn lower(text: &str, words: &[Word], at: usize) -> String {
    words.get(at).map_or_else(String::new, |w| w.span.of(text).to_lowercase())
}

fn within<'c>(claim: &'c Claim<'_>, clause: Span) -> impl Iterator<Item = usize> + 'c {
    let words = &claim.analysis.words;
    (0..words.len()).filter(move |at| clause.encloses(words[*at].span))
}

fn is_universal(word: &str) -> bool {
    matches!(
        word,
        "all" | "every" | "each" | "everyone" | "everybody" | "none" | "nobody" | "always" | "entire" | "whole" | "unanimously"
    )
}

type Otherwise<'s, 'l> = Option<(Span, &'s Said<'l>, Span)>;

/// "All" or "every" against "most", "some", or "five of the seven".
fn universal<'s, 'l>(claim: &Claim<'_>, clause: Span, said: &'s [Said<'l>]) -> Otherwise<'s, 'l> {
    let words = &claim.analysis.words;
    let at = within(claim, clause).find(|at| is_universal(&lower(claim.text, words, *at)))?;
    // "For us all": nothing is counted.
    words.get(at + 1).filter(|w| clause.encloses(w.span))?;
    let denied =
        at > 0 && matches!(lower(claim.text, words, at - 1).as_str(), "not" | "nearly" | "almost" | "at" | "in" | "above" | "of");
    let has_part = within(claim, clause).any(|at| is_partial(&lower(claim.text, words, at)));
    if denied || has_part || said.iter().any(says_all) {
        return None;
    }
    let found = said.first()?;
    let value = partial(found, claim.analysis)?;
    Some((words[at].span, found, value))
}

/// Whether a sentence says "all" too, and not "nearly all".
fn says_all(said: &Said<'_>) -> bool {
    let words: Vec<String> = said.words().collect();
    let is_whole = |at: usize| at == 0 || !matches!(words[at - 1].as_str(), "nearly" | "almost" | "not");
    (0..words.len()).any(|at| is_universal(&words[at]) && is_whole(at))
}

fn is_partial(word: &str) -> bool {
    matches!(
        word,
        "most"
            | "mostly"
            | "many"
            | "some"
            | "several"
            | "few"
            | "majority"
            | "minority"
            | "half"
            | "partly"
            | "nearly"
            | "almost"
    )
}

/// A word for a part of a whole, near a word that the claim has too.
fn partial(found: &Said<'_>, claim: &Analysis) -> Option<Span> {
    let words = found.analysis();
    let text = found.text();
    let is_near = |at: usize| {
        let around = &words.words[at.saturating_sub(NEAR)..(at + NEAR + 1).min(words.words.len())];
        around.iter().any(|w| !w.is_stop && !w.has_digit && claim.words.iter().any(|c| c.term == w.term))
    };
    let of_number = words.numbers.iter().find_map(|n| {
        let at = words.words.iter().position(|w| w.span.start >= n.span.end)?;
        let is_part = lower(text, &words.words, at) == "of"
            && (at + 1..at + 4).any(|i| {
                words.numbers.iter().any(|m| words.words.get(i).is_some_and(|w| m.span.encloses(w.span)) && m.value > n.value)
            });
        (is_part && is_near(at)).then_some(n.span)
    });
    of_number.or_else(|| {
        (0..words.words.len())
            .find(|at| {
                is_partial(&lower(text, &words.words, *at)) && lower(text, &words.words, at + 1) != "recent" && is_near(*at)
            })
            .map(|at| words.words[at].span)
    })
}

/// "The only reason" against "not the only reason".
fn only<'s, 'l>(claim: &Claim<'_>, clause: Span, said: &'s [Said<'l>]) -> Otherwise<'s, 'l> {
    let words = &claim.analysis.words;
    let is_only = |w: &str| matches!(w, "only" | "sole" | "solely" | "alone");
    let at = within(claim, clause).find(|at| is_only(&lower(claim.text, words, *at)))?;
    if within(claim, clause).any(|at| super::polarity::is_negation(words[at].form)) {
        return None;
    }
    let found = said.first()?;
    let theirs = &found.analysis().words;
    let place = (0..theirs.len()).find(|i| {
        is_only(&lower(found.text(), theirs, *i))
            && theirs[i.saturating_sub(3)..*i].iter().any(|w| super::polarity::is_negation(w.form))
    })?;
    Some((words[at].span, found, theirs[place.saturating_sub(2)].span.cover(theirs[place].span)))
}

/// "The first trial" against "the longest trial": another superlative or ordinal before the same
/// noun.
fn superlative<'s, 'l>(claim: &Claim<'_>, clause: Span, said: &'s [Said<'l>]) -> Otherwise<'s, 'l> {
    let words = &claim.analysis.words;
    if let Some(found) = first_ever(claim, clause, said) {
        return Some(found);
    }
    for at in within(claim, clause).filter(|at| is_superlative(claim.text, words, *at)) {
        let nouns: Vec<Term> = words[at + 1..].iter().take(3).filter(|w| !w.is_stop).map(|w| w.term).collect();
        let own = words[at].term;
        if nouns.is_empty() || said.iter().any(|s| s.analysis().words.iter().any(|w| w.term == own)) {
            continue;
        }
        for found in said {
            let theirs = &found.analysis().words;
            let other = (0..theirs.len()).find(|i| {
                is_superlative(found.text(), theirs, *i)
                    && theirs[i + 1..].iter().take(3).any(|w| nouns.contains(&w.term))
                    && !words.iter().any(|w| w.term == theirs[*i].term)
            });
            if let Some(other) = other {
                return Some((words[at].span, found, theirs[other].span));
            }
        }
    }
    None
}

/// "The first time ever" against "the first time since 2016".
fn first_ever<'s, 'l>(claim: &Claim<'_>, clause: Span, said: &'s [Said<'l>]) -> Otherwise<'s, 'l> {
    let words = &claim.analysis.words;
    let is_since = |words: &[Word], text: &str, at: usize| (at + 1..at + 5).any(|i| lower(text, words, i) == "since");
    let at = within(claim, clause).find(|at| lower(claim.text, words, *at) == "first")?;
    let ever = within(claim, clause).find(|at| matches!(lower(claim.text, words, *at).as_str(), "ever" | "history"))?;
    if is_since(words, claim.text, at) {
        return None;
    }
    said.iter().find_map(|found| {
        let theirs = &found.analysis().words;
        let place =
            (0..theirs.len()).find(|i| lower(found.text(), theirs, *i) == "first" && is_since(theirs, found.text(), *i))?;
        let since = (place + 1..place + 5).find(|i| lower(found.text(), theirs, *i) == "since")?;
        Some((words[ever].span, found, theirs[since].span.cover(theirs[(since + 1).min(theirs.len() - 1)].span)))
    })
}

fn is_superlative(text: &str, words: &[Word], at: usize) -> bool {
    let word = lower(text, words, at);
    let is_one = matches!(word.as_str(), "first" | "second" | "third" | "fourth" | "fifth" | "last" | "only" | "sole")
        || word.len() > 5
            && word.ends_with("est")
            && !matches!(
                word.as_str(),
                "request"
                    | "interest"
                    | "protest"
                    | "arrest"
                    | "forest"
                    | "harvest"
                    | "contest"
                    | "honest"
                    | "modest"
                    | "suggest"
                    | "invest"
                    | "behest"
                    | "conquest"
                    | "digest"
                    | "manifest"
                    | "northwest"
                    | "southwest"
            );
    let behind_article = at > 0 && matches!(lower(text, words, at - 1).as_str(), "the" | "its" | "his" | "her" | "their" | "s");
    is_one && (behind_article || at > 0 && text[..words[at].span.start].trim_end().ends_with(['’', '\'', 's']))
}
