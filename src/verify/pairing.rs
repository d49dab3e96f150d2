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
/// How many words tell an event.
const OWN_WORDS: usize = 2;

/// A number of the clause that its source pairs with other words, while it pairs the clause's words
/// with another number.
pub fn mispaired(claim: &Claim<'_>, clause: Span, items: &Items, said: &Sayings<'_>) -> Option<Conflict> {
    let said = said.at_least(SAYS);
    let in_clause = (0..items.items.len()).filter(|at| clause.encloses(items.items[*at].span));
    in_clause.filter_map(|at| Some((at, Values::of(items.items[at].what)?))).find_map(|(at, kind)| {
        let span = items.items[at].span;
        let own = Segment::around(claim.text, claim.analysis, span)?;
        let values = |within: Span| kind.spans(claim.analysis).filter(|span| within.encloses(*span)).count();
        // Where the clause has one number, all its words go with it; of two side by side each goes
        // with the words behind it.
        let words = match (values(clause), values(own.span)) {
            (1, _) => informative(&claim.analysis.words, clause),
            (_, 1) => informative(&claim.analysis.words, own.span),
            _ => informative(&claim.analysis.words, own.behind(claim.analysis, span, kind)),
        };
        // What says nothing of the clause's other values speaks of something else.
        let others = items.mask_within(clause) & items.slots & !items.same_span(at);
        let mut found = None;
        for s in said.iter().filter(|s| 2 * (s.mask & others).count_ones() >= others.count_ones()) {
            match s.pair(claim, items, at, kind, &words) {
                Pair::Right => return None,
                Pair::Wrong(value) => found = found.or(Some(s.conflict(kind.slot(), span, value))),
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

/// Which values stand in one another's place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    Numbers,
    Dates,
    Times,
}

impl Values {
    fn of(what: What) -> Option<Self> {
        match what {
            What::Number(_) => Some(Self::Numbers),
            What::Date(_) => Some(Self::Dates),
            What::Time(_) => Some(Self::Times),
            What::Term(_) | What::Year(_) | What::Era(_) => None,
        }
    }

    fn slot(self) -> Slot {
        match self {
            Self::Numbers => Slot::Number,
            Self::Dates => Slot::Date,
            Self::Times => Slot::Time,
        }
    }

    fn spans(self, analysis: &Analysis) -> impl Iterator<Item = Span> + '_ {
        let numbers = analysis.numbers.iter().filter(move |n| self == Self::Numbers && counts(n)).map(|n| n.span);
        let dates = analysis.dates.iter().filter(move |d| self == Self::Dates && (d.month.is_some() || d.weekday.is_some()));
        let times = analysis.times.iter().filter(move |_| self == Self::Times).map(|t| t.span);
        numbers.chain(dates.map(|d| d.span)).chain(times)
    }
}

enum Pair {
    /// The value stands with words of the claim.
    Right,
    /// Another value does, and the claim's stands with other words.
    Wrong(Span),
    Open,
}

impl Said<'_> {
    fn pair(&self, claim: &Claim<'_>, items: &Items, at: usize, kind: Values, wanted: &[Term]) -> Pair {
        let analysis = self.analysis();
        let values = || kind.spans(analysis);
        let Some(first) = values().map(|v| v.start).min() else { return Pair::Open };
        let has_clause = |value: Span| {
            let segment = Segment::around(self.text(), analysis, value).map(|s| s.span);
            let before =
                |segment: Span| informative_words(&analysis.words, segment).filter(|w| w.span.end <= value.start).count();
            segment.is_some_and(|segment| before(segment) >= OWN_WORDS)
        };
        // Events stand before their times, each in a clause of its own.
        let take_turns = kind != Values::Numbers && values().all(has_clause);
        let mut places = items.places(claim, at, analysis).peekable();
        if places.peek().is_none() {
            return Pair::Open;
        }
        // What stands before the first value goes with all of them.
        let specific = |value: Span| {
            let segment = Segment::around(self.text(), analysis, value)?;
            // "Its contract, which ends in May": the words that matter stand before.
            let leads = analysis.words.iter().find(|w| segment.span.encloses(w.span)).map_or("", |w| w.span.of(self.text()));
            if kind != Values::Numbers && matches!(leads, "which" | "who" | "whose" | "that" | "when" | "where") {
                return None;
            }
            let crowded = values().filter(|v| segment.span.encloses(*v)).count() > 1;
            let segment = if crowded { Segment { span: segment.behind(analysis, value, kind) } } else { segment };
            let own = informative_words(&analysis.words, segment.span)
                .filter(|w| take_turns || w.span.start >= first || !segment.span.touches(first));
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
    fn behind(&self, analysis: &Analysis, value: Span, kind: Values) -> Span {
        let next = kind.spans(analysis).map(|span| span.start).filter(|start| *start >= value.end).min();
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
