//! Agency: who does what to whom. "Merrow sued the town" against "the town sued Merrow", and a
//! deed given to somebody else than in the source.

use super::clauses::looks_past;
use super::items::{Items, Mask};
use super::polarity::is_negation;
use super::saying::{Said, Sayings};
use super::windows::Windows;
use super::{Claim, Conflict, Slot};
use crate::library::{SentenceId, View};
use crate::text::names::Name;
use crate::text::words::{Term, Word, term};
use crate::text::{Analysis, Span};

/// How much of a clause a sentence must say before its agents count.
const SAYS: f32 = 0.6;
/// How far agent and patient stand from the verb, in words.
const REACH: usize = 6;

/// Agent and patient of a verb the wrong way round.
pub fn swapped(claim: &Claim<'_>, clause: Span, said: &Sayings<'_>) -> Option<Conflict> {
    let words = &claim.analysis.words;
    let said = said.at_least(SAYS);
    for at in (0..words.len()).filter(|at| clause.encloses(words[*at].span) && is_verb_like(&words[*at])) {
        let Some(own) = Deed::of(claim.text, claim.analysis, at, Some(clause)) else { continue };
        let deeds = |s: &Said<'_>| {
            let theirs = s.analysis();
            let places = (0..theirs.words.len()).filter(|i| theirs.words[*i].term == words[at].term);
            places.filter_map(|i| Deed::of(s.text(), theirs, i, None)).collect::<Vec<_>>()
        };
        if said.iter().any(|s| deeds(s).iter().any(|deed| deed.is_same(&own))) {
            continue;
        }
        let turned = said.iter().find_map(|s| deeds(s).into_iter().find(|deed| deed.is_turned(&own)).map(|deed| (s, deed)));
        if let Some((found, deed)) = turned {
            return Some(found.conflict(Slot::Agent, own.agent.1, deed.agent.1));
        }
    }
    None
}

fn is_verb_like(word: &Word) -> bool {
    !word.is_stop && !word.is_capital && !word.has_digit && !is_negation(word.form) && !is_mutual(word.term)
}

/// Deeds that both sides do.
fn is_mutual(word: Term) -> bool {
    thread_local! {
        static MUTUAL: Vec<Term> = [
            "meet", "marry", "agree", "merge", "talk", "discuss", "join", "share", "draw", "compete", "negotiate", "deal", "match",
            "between", "face", "divorce", "partner", "cooperate", "trade", "border", "say", "tell",
        ]
        .iter()
        .map(|w| term(w))
        .collect();
    }
    MUTUAL.with(|mutual| mutual.contains(&word))
}

/// Nothing is done by "the end of March", though words say so.
fn is_time(word: Term) -> bool {
    thread_local! {
        static TIMES: Vec<Term> = [
            "end", "start", "beginning", "middle", "close", "deadline", "time", "moment", "minute", "hour", "morning", "noon",
            "afternoon", "evening", "night", "day", "week", "weekend", "month", "quarter", "season", "spring", "summer", "autumn",
            "winter", "year", "decade", "century", "date",
        ]
        .iter()
        .map(|w| term(w))
        .collect();
    }
    TIMES.with(|times| times.contains(&word))
}

/// A verb with the words for who does it and to whom.
struct Deed {
    agent: (Vec<Term>, Span),
    patient: (Vec<Term>, Span),
    /// Behind "to" or "from": who else takes part.
    other: Option<Vec<Term>>,
}

impl Deed {
    fn of(text: &str, analysis: &Analysis, verb: usize, within: Option<Span>) -> Option<Self> {
        let words = &analysis.words;
        let inside = |at: &usize| within.is_none_or(|span| span.encloses(words[*at].span));
        let lower = |at: usize| words[at].span.of(text).to_lowercase();
        let is_led = verb > 0
            && matches!(
                lower(verb - 1).as_str(),
                "will" | "would" | "to" | "has" | "have" | "had" | "was" | "were" | "been" | "can" | "could" | "may" | "not"
            );
        if !is_led && !looks_past(&lower(verb)) {
            return None;
        }
        // "its coach", "Brennick's coach": a noun does nothing to anybody.
        let owned = verb > 0 && {
            let gap = Span::new(words[verb - 1].span.end, words[verb].span.start).of(text);
            gap.contains(['\'', '’'])
                || matches!(
                    lower(verb - 1).as_str(),
                    "the" | "a" | "an" | "its" | "his" | "her" | "their" | "of" | "this" | "that" | "no"
                )
        };
        if owned {
            return None;
        }
        let joined = |from: usize, to: usize| {
            !Span::new(words[from].span.end, words[to].span.start).of(text).contains([';', ':', '.', '“', '”', '"'])
        };
        let before = (verb.saturating_sub(REACH)..verb)
            .rev()
            .filter(inside)
            .find(|at| is_party(text, analysis, *at) && joined(*at, verb))?;
        let after = (verb + 1..(verb + 1 + REACH).min(words.len()))
            .filter(inside)
            .find(|at| is_party(text, analysis, *at) && joined(verb, *at))?;
        // "between them", "and": no one acts on the other.
        let between = |from: usize, to: usize, is: &[&str]| (from + 1..to).any(|at| is.contains(&lower(at).as_str()));
        if between(before, verb, &["and", "or", "who", "which", "that", "of"])
            || between(verb, after, &["and", "or", "that", "after", "when"])
        {
            return None;
        }
        let passive = between(verb, after, &["by"])
            && (verb.saturating_sub(3)..verb)
                .any(|at| matches!(lower(at).as_str(), "was" | "were" | "been" | "being" | "be" | "is" | "are"));
        let active = after - verb <= 3
            || !between(verb, after, &["by", "with", "in", "at", "from", "on", "for", "to", "about", "against"]);
        let (first, second) = (party(analysis, before), party(analysis, after));
        let other = (after + 1..(verb + 3 * REACH).min(words.len()))
            .filter(inside)
            .find(|at| matches!(lower(at - 1).as_str(), "to" | "from") && is_party(text, analysis, *at) && joined(verb, *at))
            .map(|at| party(analysis, at).0);
        if passive {
            Some(Self { agent: second, patient: first, other })
        } else if active {
            Some(Self { agent: first, patient: second, other })
        } else {
            None
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        alike(&self.agent.0, &other.agent.0) && alike(&self.patient.0, &other.patient.0)
    }

    fn is_turned(&self, other: &Self) -> bool {
        // "A sold it to B" against "B sold it to A".
        let theirs = self.other.as_deref().unwrap_or_default();
        let own = other.other.as_deref().unwrap_or_default();
        if alike(&self.patient.0, &other.patient.0) {
            return alike(theirs, &other.agent.0) && alike(&self.agent.0, own) && !alike(&self.agent.0, &other.agent.0);
        }
        alike(&self.agent.0, &other.patient.0)
            && alike(&self.patient.0, &other.agent.0)
            && !alike(&self.agent.0, &other.agent.0)
            && !alike(&self.patient.0, &other.patient.0)
    }
}

fn alike(a: &[Term], b: &[Term]) -> bool {
    a.iter().any(|t| b.contains(t))
}

/// A word of a name, or a noun behind "the".
fn is_party(text: &str, analysis: &Analysis, at: usize) -> bool {
    let word = &analysis.words[at];
    let named = analysis.names.iter().any(|n| n.span.encloses(word.span));
    let definite = at > 0
        && !word.is_stop
        && !word.has_digit
        && !is_time(word.term)
        && analysis.words[at - 1].span.of(text).eq_ignore_ascii_case("the");
    named && !word.is_stop || definite
}

fn party(analysis: &Analysis, at: usize) -> (Vec<Term>, Span) {
    let word = &analysis.words[at];
    match analysis.names.iter().find(|n| n.span.encloses(word.span)) {
        Some(name) => (name_terms(&analysis.words, name), name.span),
        None => (vec![word.term], word.span),
    }
}

fn name_terms(words: &[Word], name: &Name) -> Vec<Term> {
    words[name.first..name.last].iter().filter(|w| !w.is_stop).map(|w| w.term).collect()
}

/// A deed that the source gives to another name, in the same place, where it knows the claim's name
/// too and says nothing of the kind of it.
pub fn other_agent(claim: &Claim<'_>, clause: Span, items: &Items, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    const SAYS_NEARLY_ALL: f32 = 0.75;
    let words = &claim.analysis.words;
    let name = claim.analysis.names.iter().find(|n| clause.encloses(n.span))?;
    let first = words.iter().position(|w| clause.encloses(w.span) && !w.is_stop)?;
    let leads = name.first <= first + 1 && words[..name.first].iter().filter(|w| clause.encloses(w.span)).all(|w| w.is_stop);
    let own = items.name_mask(name.span);
    let rest = items.mask_within(clause) & !own;
    let total = items.weight(rest);
    if !leads || own == 0 || rest.count_ones() < 3 || total <= 0.0 || rest & items.slots != 0 && rest.count_ones() < 4 {
        return None;
    }
    let own_terms = name_terms(words, name);
    let predicate: Vec<Term> =
        words[name.last..].iter().filter(|w| clause.encloses(w.span) && !w.is_stop).take(3).map(|w| w.term).collect();
    let share = |mask: Mask| items.weight(mask & rest) / total;
    let mut best: Option<(f32, Conflict)> = None;
    for looked in &windows.looked_at {
        let says = share(looked.mask | looked.near);
        let sentence = library.sentence(SentenceId(looked.at));
        let has_own = |at: usize| library.sentence(SentenceId(at)).analysis.words.iter().any(|w| own_terms.contains(&w.term));
        let range = library.sentences_of(looked.source);
        let near = looked.at.saturating_sub(2).max(range.start)..(looked.at + 2).min(range.end);
        if says >= 0.6 && near.clone().any(has_own) {
            return None;
        }
        if says < SAYS_NEARLY_ALL
            || sentence.is_heading
            || rest & items.slots & !looked.mask != 0
            || best.as_ref().is_some_and(|(most, _)| *most >= says)
        {
            continue;
        }
        let theirs = &sentence.analysis;
        let place = theirs.words.iter().position(|w| predicate.contains(&w.term));
        let other = place.and_then(|place| {
            theirs.names.iter().filter(|n| n.last <= place && place - n.last <= 2).find(|n| {
                let terms = name_terms(&theirs.words, n);
                !terms.is_empty() && !terms.iter().any(|t| words.iter().any(|w| w.term == *t))
            })
        });
        let surely = |at: usize| {
            let analysis = &library.sentence(SentenceId(at)).analysis;
            let sure = analysis.names.iter().filter(|n| !n.is_doubtful);
            sure.flat_map(|n| &analysis.words[n.first..n.last]).any(|w| own_terms.contains(&w.term))
        };
        let knows_own = || windows.looked_at.iter().any(|l| l.source == looked.source && surely(l.at));
        if let Some(other) = other.filter(|_| knows_own()) {
            let conflict = Conflict::with(sentence, Slot::Name, name.span, other.span);
            best = Some((says, conflict));
        }
    }
    best.map(|(_, conflict)| conflict)
}
