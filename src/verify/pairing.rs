//! Pairing: the right value in the wrong slot of the same sentence. "30,000 in May, 36,000 in
//! September" does not say that it was 30,000 in September.

use super::items::{Items, What};
use super::saying::{Said, Sayings};
use super::{Claim, Conflict, Slot};
use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// How much of a clause a sentence must say before its pairs count.
const SAYS: f32 = 0.5;

/// A number of the clause that its source pairs with other words, while it pairs the clause's words
/// with another number.
pub fn mispaired(claim: &Claim<'_>, clause: Span, items: &Items, said: &Sayings<'_>) -> Option<Conflict> {
    let said = said.at_least(SAYS);
    let in_clause = (0..items.items.len()).filter(|at| clause.encloses(items.items[*at].span));
    in_clause.filter(|at| matches!(items.items[*at].what, What::Number(_))).find_map(|at| {
        let span = items.items[at].span;
        let own = Segment::around(claim.text, claim.analysis, span)?;
        let values = |within: Span| claim.analysis.numbers.iter().filter(|n| counts(n) && within.encloses(n.span)).count();
        // Where the clause has one number, all its words go with it; of two side by side each goes
        // with the words behind it.
        let words = match (values(clause), values(own.span)) {
            (1, _) => informative(&claim.analysis.words, clause),
            (_, 1) => informative(&claim.analysis.words, own.span),
            _ => informative(&claim.analysis.words, own.behind(claim.analysis, span)),
        };
        // What says nothing of the clause's other values speaks of something else.
        let others = items.mask_within(clause) & items.slots & !items.same_span(at);
        let mut found = None;
        for s in said.iter().filter(|s| 2 * (s.mask & others).count_ones() >= others.count_ones()) {
            match s.pair(claim, items, at, &words) {
                Pair::Right => return None,
                Pair::Wrong(value) => found = found.or(Some(s.conflict(Slot::Number, span, value))),
                Pair::Open => {}
            }
        }
        found
    })
}

/// "First" and "Terminal 3" say which, and not how much.
fn counts(number: &Number) -> bool {
    !number.label && number.kind != Kind::Ordinal
}

enum Pair {
    /// The value stands with words of the claim.
    Right,
    /// Another value does, and the claim's stands with other words.
    Wrong(Span),
    Open,
}

impl Said<'_> {
    fn pair(&self, claim: &Claim<'_>, items: &Items, at: usize, wanted: &[Term]) -> Pair {
        let analysis = self.analysis();
        let values = || analysis.numbers.iter().filter(|n| counts(n)).map(|n| n.span);
        let Some(first) = values().map(|v| v.start).min() else { return Pair::Open };
        let mut places = items.places(claim, at, analysis).peekable();
        if places.peek().is_none() {
            return Pair::Open;
        }
        // What stands before the first value goes with all of them.
        let specific = |value: Span| {
            let segment = Segment::around(self.text(), analysis, value)?;
            let crowded = values().filter(|v| segment.span.encloses(*v)).count() > 1;
            let segment = if crowded { Segment { span: segment.behind(analysis, value) } } else { segment };
            let own = informative_words(&analysis.words, segment.span)
                .filter(|w| w.span.start >= first || !segment.span.touches(first));
            // "Crowns" behind every figure goes with none of them.
            let is_unit = |w: &&Word| {
                let behind = |n: &Number| {
                    w.span.start >= n.span.end && w.span.start - n.span.end <= 1 && n.unit.is_some() && n.kind != Kind::Percent
                };
                let counted = analysis.numbers.iter().filter(|n| n.counted == Some(w.term)).count();
                counted > 1 || analysis.numbers.iter().any(behind)
            };
            let own = own.filter(|w| !is_unit(w));
            Some(
                own.filter(|w| !value.overlaps(w.span) && !values().any(|v| v.overlaps(w.span)))
                    .map(|w| w.term)
                    .collect::<Vec<Term>>(),
            )
        };
        let mut bound_elsewhere = true;
        for place in places {
            let Some(words) = specific(place) else { return Pair::Open };
            if words.iter().any(|w| wanted.contains(w)) {
                return Pair::Right;
            }
            bound_elsewhere &= !words.is_empty();
        }
        let matching = |value: &Span| specific(*value).is_some_and(|words| words.iter().any(|w| wanted.contains(w)));
        let mut others = items.others(claim, at, analysis).filter(matching);
        match (others.next(), others.next()) {
            (Some(value), None) if bound_elsewhere => Pair::Wrong(value),
            _ => Pair::Open,
        }
    }
}

/// The words around a value up to the next mark or conjunction.
struct Segment {
    span: Span,
}

impl Segment {
    /// The part behind a value, up to the next one.
    fn behind(&self, analysis: &Analysis, value: Span) -> Span {
        let next = analysis.numbers.iter().filter(|n| counts(n)).map(|n| n.span.start).filter(|start| *start >= value.end).min();
        Span::new(value.end, next.unwrap_or(self.span.end).clamp(value.end, self.span.end.max(value.end)))
    }

    fn around(text: &str, analysis: &Analysis, value: Span) -> Option<Self> {
        let words = &analysis.words;
        let at = words.iter().position(|w| w.span.end > value.start)?;
        let ends = |i: usize| {
            let gap = Span::new(words[i - 1].span.end, words[i].span.start).of(text);
            let inside = value.start < words[i].span.start && words[i - 1].span.end < value.end;
            let word = words[i].span.of(text).to_lowercase();
            !inside
                && (gap.contains([',', ';', ':', '(', ')', '—', '–', '|'])
                    || matches!(word.as_str(), "and" | "but" | "while" | "against" | "whereas" | "compared" | "than"))
        };
        let first = (1..=at).rev().find(|i| ends(*i)).unwrap_or(0);
        let last = (at + 1..words.len()).find(|i| ends(*i)).unwrap_or(words.len());
        Some(Self { span: words[first].span.cover(words[last - 1].span) })
    }
}

fn informative_words(words: &[Word], within: Span) -> impl Iterator<Item = &Word> {
    words.iter().filter(move |w| within.encloses(w.span) && !w.is_stop)
}

fn informative(words: &[Word], within: Span) -> Vec<Term> {
    informative_words(words, within).map(|w| w.term).collect()
}
