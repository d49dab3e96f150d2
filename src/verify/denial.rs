//! Denials: what the claim affirms and the source denies, or the other way round.

use super::items::{Items, Mask, What};
use super::polarity::{is_negation, negated_words};
use super::saying::Sayings;
use super::windows::{Looked, Windows};
use super::{Claim, Conflict, Slot};
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// How much of the claim a sentence must say before its denial counts.
const SAYS_THE_REST: f32 = 0.55;
/// The same where what it denies stands in the claim word for word.
const SAYS_THE_PHRASE: f32 = 0.35;
/// The same where it denies the verb.
const SAYS_THE_VERB: f32 = 0.65;
/// The share of what both say that one of them denies.
const DENIED: f32 = 0.6;

fn is_denial(word: &str) -> bool {
    matches!(
        word,
        "deny"
            | "denies"
            | "denied"
            | "denying"
            | "refuse"
            | "refuses"
            | "refused"
            | "declined"
            | "declines"
            | "avoid"
            | "avoids"
    )
}

/// The claim affirmed where the source denies, or the other way round.
pub fn denial(claim: &Claim<'_>, clause: Span, items: &Items, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    let mine = negated_words(claim.text, &claim.analysis.words);
    let of_clause = items.mask_within(clause);
    let terms = of_clause & !items.slots;
    let total = items.weight(terms);
    // "She denied it" reports a denial, and denies nothing itself.
    let reports_denial =
        claim.analysis.words.iter().any(|w| clause.encloses(w.span) && is_denial(&w.span.of(claim.text).to_lowercase()));
    if terms.count_ones() < 2 || total <= 0.0 || reports_denial {
        return None;
    }
    let says = |l: &Looked| items.weight((l.mask | l.around) & terms) / total;
    let mut agreed: f32 = 0.0;
    let is_affirmed = !mine.iter().zip(&claim.analysis.words).any(|(negated, w)| *negated && clause.encloses(w.span));
    let mut best: Option<(f32, &SourceSentence, Span)> = None;
    for looked in &windows.looked_at {
        let share = says(looked);
        // What denies another figure, or none, does not deny this one.
        if of_clause & items.slots & !looked.mask != 0 {
            continue;
        }
        if share < SAYS_THE_PHRASE {
            continue;
        }
        let sentence = library.sentence(SentenceId(looked.at));
        // Where both deny something, it is seldom clear that they deny different things.
        let denies = || sentence.analysis.words.iter().any(|w| is_negation(w.form));
        if sentence.is_question || !is_affirmed && denies() {
            continue;
        }
        let (mut denied, mut cue) = compare(claim, items, terms & looked.mask, &mine, sentence, library);
        if denied < DENIED
            && share >= SAYS_THE_VERB
            && is_affirmed
            && let Some(verb) = denied_verb(claim, clause, sentence, library)
        {
            (denied, cue) = (1.0, Some(verb));
        }
        if denied < DENIED {
            agreed = agreed.max(share);
        } else if (share >= SAYS_THE_REST
            || is_affirmed && cue.is_some_and(|cue| is_denied_phrase(claim, clause, cue, sentence, windows, library)))
            && best.as_ref().is_none_or(|(most, ..)| share > *most)
        {
            best = cue.map(|cue| (share, sentence, cue));
        }
    }
    let (share, sentence, value) = best?;
    (share >= agreed - 0.05).then(|| Conflict::with(sentence, Slot::Negation, clause, value))
}

fn is_value(analysis: &Analysis, word: &Word) -> bool {
    word.has_digit || analysis.numbers.iter().any(|n| n.span.encloses(word.span))
}

/// What the source sets apart with "…, not …" and the claim affirms.
pub fn contrast(claim: &Claim<'_>, clause: Span, said: &Sayings<'_>) -> Option<Conflict> {
    const SAYS: f32 = 0.5;
    const SAYS_A_NAME: f32 = 0.15;
    let words = &claim.analysis.words;
    if words.iter().any(|w| clause.encloses(w.span) && is_negation(w.form)) {
        return None;
    }
    let wanted = |term: Term| words.iter().find(|w| clause.encloses(w.span) && !w.is_stop && w.term == term);
    said.at_least(SAYS_A_NAME).iter().find_map(|said| {
        let theirs = &said.analysis().words;
        (1..theirs.len()).find_map(|at| {
            let gap = Span::new(theirs[at - 1].span.end, theirs[at].span.start).of(said.text());
            let is_not = theirs[at].span.of(said.text()) == "not" && gap.contains(',');
            let set_apart =
                theirs[at + 1..].iter().take(4).find(|w| !w.is_stop).filter(|w| is_not && !is_value(said.analysis(), w))?;
            // "Not only" and "not until" set nothing apart; nor does a word that stands elsewhere too.
            let next = theirs.get(at + 1).map_or("", |w| w.span.of(said.text()));
            let elsewhere = theirs[..at].iter().any(|w| w.term == set_apart.term);
            let is_enough = said.share >= SAYS || set_apart.is_capital;
            let own = wanted(set_apart.term)
                .filter(|_| is_enough && !matches!(next, "only" | "until" | "just" | "yet") && !elsewhere)?;
            Some(said.conflict(Slot::Negation, own.span, theirs[at].span.cover(set_apart.span)))
        })
    })
}

/// A word of the clause right behind a negation of the source: "did not exceed". "Not until" and
/// "not X but Y" deny less.
fn denied_verb(claim: &Claim<'_>, clause: Span, sentence: &SourceSentence, library: &View<'_>) -> Option<Span> {
    let visible = &library.source(sentence.source).layout.visible;
    let words = &sentence.analysis.words;
    let is_limited = words.iter().any(|w| {
        matches!(
            w.span.of(visible).to_lowercase().as_str(),
            "but" | "until" | "only" | "unless" | "except" | "because" | "just" | "before"
        )
    });
    let in_clause = |w: &Word| claim.analysis.words.iter().any(|c| c.term == w.term && clause.encloses(c.span));
    (0..words.len()).filter(|_| !is_limited).find_map(|at| {
        let auxiliary = matches!(words[at].span.of(visible).to_lowercase().as_str(), "not" | "never")
            || words[at].span.of(visible).ends_with("n't");
        let verb = words[at + 1..].iter().take(2).find(|w| !w.is_stop).filter(|w| auxiliary && !w.is_capital && !w.has_digit)?;
        in_clause(verb).then(|| words[at].span.cover(verb.span))
    })
}

/// Whether the denied words are a phrase of the clause, two ordinary words side by side in both, that
/// no candidate affirms.
fn is_denied_phrase(
    claim: &Claim<'_>,
    clause: Span,
    denied: Span,
    sentence: &SourceSentence,
    windows: &Windows,
    library: &View<'_>,
) -> bool {
    let ordinary = |words: &[Word], within: Span| {
        let inside = words.iter().filter(|w| within.encloses(w.span) && !w.is_stop);
        inside.map(|w| (w.term, w.is_capital)).collect::<Vec<_>>()
    };
    let mine = ordinary(&claim.analysis.words, clause);
    let theirs = ordinary(&sentence.analysis.words, denied);
    let is_shared = |pair: &&[(Term, bool)]| !pair[0].1 && !pair[1].1 && mine.windows(2).any(|own| own == *pair);
    theirs.windows(2).filter(is_shared).any(|pair| {
        !windows.looked_at.iter().any(|l| {
            let other = library.sentence(SentenceId(l.at));
            let visible = &library.source(l.source).layout.visible;
            let negated = negated_words(visible, &other.analysis.words);
            let words: Vec<(Term, bool)> =
                other.analysis.words.iter().zip(&negated).filter(|(w, _)| !w.is_stop).map(|(w, n)| (w.term, *n)).collect();
            words.windows(2).any(|own| own[0] == (pair[0].0, false) && own[1] == (pair[1].0, false))
        })
    })
}

/// The share of what claim and sentence have in common that is negated on one side only.
pub fn denied_share(claim: &Claim<'_>, items: &Items, sentence: &SourceSentence, library: &View<'_>) -> f32 {
    let mine = negated_words(claim.text, &claim.analysis.words);
    let common = items.found_in(claim, sentence) & !items.slots;
    tally(claim, items, common, &mine, sentence, library).share()
}

/// What is said alike and what is denied.
#[derive(Default)]
struct Tally {
    same: f32,
    other: f32,
    agreed: usize,
    denied: usize,
    /// The denied words of the source.
    span: Option<Span>,
}

impl Tally {
    fn share(&self) -> f32 {
        if self.same + self.other > 0.0 { self.other / (self.same + self.other) } else { 0.0 }
    }
}

/// The share of the common weight that is negated on one side only, if that is no chance, and
/// the words that are negated.
fn compare(
    claim: &Claim<'_>,
    items: &Items,
    common: Mask,
    mine: &[bool],
    sentence: &SourceSentence,
    library: &View<'_>,
) -> (f32, Option<Span>) {
    let tally = tally(claim, items, common, mine, sentence, library);
    // One common word in a denial somewhere is chance, unless it is the only thing said.
    let is_chance = tally.denied < 2 && tally.agreed > 0 || tally.denied == 1 && common.count_ones() < 3;
    (if is_chance { 0.0 } else { tally.share() }, tally.span)
}

fn tally(claim: &Claim<'_>, items: &Items, common: Mask, mine: &[bool], sentence: &SourceSentence, library: &View<'_>) -> Tally {
    let visible = &library.source(sentence.source).layout.visible;
    let theirs = negated_words(visible, &sentence.analysis.words);
    let mut tally = Tally::default();
    let negated_in = |words: &[Word], negated: &[bool], term: Term| words.iter().zip(negated).any(|(w, n)| w.term == term && *n);
    for (at, item) in items.items.iter().enumerate().filter(|(at, _)| common >> at & 1 == 1) {
        let What::Term(term) = item.what else { continue };
        // Names are who or where, and are never denied.
        if items.names >> at & 1 == 1 {
            continue;
        }
        let in_claim = negated_in(&claim.analysis.words, mine, term);
        // Both deny the same: "it was not told", "it did not tell the manager".
        if in_claim && negated_in(&sentence.analysis.words, &theirs, term) {
            return Tally::default();
        }
        let there: Vec<(Span, bool)> =
            sentence.analysis.words.iter().zip(&theirs).filter(|(w, _)| w.term == term).map(|(w, n)| (w.span, *n)).collect();
        if there.iter().all(|(_, negated)| *negated != in_claim) && !there.is_empty() {
            tally.other += item.weight;
            tally.denied += 1;
            tally.span = Some(there.iter().fold(tally.span.unwrap_or(there[0].0), |span, (s, _)| span.cover(*s)));
        } else {
            tally.same += item.weight;
            tally.agreed += 1;
        }
    }
    tally
}
