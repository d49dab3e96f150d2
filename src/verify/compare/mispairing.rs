//! Pairs: the right value with the wrong words of the same sentence. "30,000 in May, 36,000 in September" does not
//! say that it was 30,000 in September.

use crate::text::numbers::{Kind, Number};
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison = Comparison::new(
    "mispairing",
    "a value and its words with the pairs of a sentence that has several",
    Compare::Clause(compare),
);

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    clause.context().items.each_value(clause.items).find_map(|(at, value)| mispaired(clause, at, value))
}

fn mispaired(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let kind = Kinship::of(value)?;
    let (claim, items) = (clause.claim, clause.context().items);
    let span = items.item(at).span;
    let own = segment(claim.text, claim.analysis, span)?;
    let count = |within: Span| kind.spans(claim.analysis).filter(|span| within.encloses(*span)).count();
    // Where the clause has one number, all its words go with it; of two side by side each goes
    // with the words behind it.
    let part = match (count(clause.span), count(own)) {
        (1, _) => clause.span,
        (_, 1) => own,
        _ => behind(own, claim.analysis, span, kind),
    };
    let words: Vec<Term> = informative_in(&claim.analysis.words, part).map(|w| w.term).collect();
    // What says nothing of the clause's other values speaks of something else.
    let others = clause.values() & !items.same_span(at);
    let is_about_it = |s: &&Statement<'_>| 2 * (s.held.exact & others).count_ones() >= others.count_ones();
    let mut found = None;
    for statement in clause.statements(enough::HALF).iter().filter(is_about_it) {
        match pair(clause, statement, value, kind, &words) {
            Pair::Right => return None,
            Pair::Wrong(other) => found = found.or_else(|| Some(statement.conflict(kind.slot(), span, other))),
            Pair::Open => {}
        }
    }
    found
}

/// Which values stand in one another's place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinship {
    Numbers,
    Dates,
    Times,
}

impl Kinship {
    fn of(value: Value) -> Option<Self> {
        match value {
            Value::Number(_) => Some(Self::Numbers),
            Value::Date(_) => Some(Self::Dates),
            Value::Time(_) => Some(Self::Times),
            Value::Year(_) | Value::Era(_) => None,
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
        // "First" and "Terminal 3" say which, and not how much.
        let counts = move |n: &&Number| self == Self::Numbers && !n.label && n.kind != Kind::Ordinal;
        let dates = analysis.dates.iter().filter(move |d| self == Self::Dates && (d.month.is_some() || d.weekday.is_some()));
        let times = analysis.times.iter().filter(move |_| self == Self::Times).map(|t| t.span);
        analysis.numbers.iter().filter(counts).map(|n| n.span).chain(dates.map(|d| d.span)).chain(times)
    }
}

enum Pair {
    /// The value stands with words of the claim.
    Right,
    /// Another value does, and the claim's stands with other words.
    Wrong(Span),
    Open,
}

fn pair(clause: &Clause<'_>, statement: &Statement<'_>, value: Value, kind: Kinship, wanted: &[Term]) -> Pair {
    let theirs = statement.analysis();
    let mut places = value.places(clause.claim.analysis, theirs).peekable();
    if places.peek().is_none() {
        return Pair::Open;
    }
    let pairs = Pairs::of(statement, kind);
    let is_wanted = |words: &[Term]| words.iter().any(|w| wanted.contains(w));
    let mut bound_elsewhere = true;
    for place in places {
        let Some(words) = pairs.words_of(place) else { return Pair::Open };
        if is_wanted(&words) {
            return Pair::Right;
        }
        bound_elsewhere &= !words.is_empty();
    }
    let matching = |value: &Span| pairs.words_of(*value).is_some_and(|words| is_wanted(&words));
    let mut others = value.others(clause.claim.analysis, theirs).filter(matching);
    match (others.next(), others.next()) {
        (Some(value), None) if bound_elsewhere => Pair::Wrong(value),
        _ => Pair::Open,
    }
}

/// The values of one kind in a sentence, and the words that go with each.
struct Pairs<'a> {
    statement: &'a Statement<'a>,
    kind: Kinship,
    values: Vec<Span>,
    /// Events stand before their times, each in a clause of its own.
    take_turns: bool,
}

impl<'a> Pairs<'a> {
    fn of(statement: &'a Statement<'a>, kind: Kinship) -> Self {
        /// How many words tell an event.
        const OWN_WORDS: usize = 2;
        let analysis = statement.analysis();
        let values: Vec<Span> = kind.spans(analysis).collect();
        let has_clause = |value: &Span| {
            let before = |part: Span| informative_in(&analysis.words, part).filter(|w| w.span.end <= value.start).count();
            segment(statement.text, analysis, *value).is_some_and(|part| before(part) >= OWN_WORDS)
        };
        let take_turns = kind != Kinship::Numbers && values.iter().all(has_clause);
        Self { statement, kind, values, take_turns }
    }

    /// The words that go with one value and not with all of them; `None` where that cannot be said.
    fn words_of(&self, value: Span) -> Option<Vec<Term>> {
        static RELATIVE: WordSet = WordSet::forms("which who whose that when where");
        let analysis = self.statement.analysis();
        let part = segment(self.statement.text, analysis, value)?;
        // "Its contract, which ends in May": the words that matter stand before.
        let leads = analysis.words.iter().find(|w| part.encloses(w.span));
        if self.kind != Kinship::Numbers && leads.is_some_and(|w| RELATIVE.has(w)) {
            return None;
        }
        let is_crowded = self.values.iter().filter(|v| part.encloses(**v)).count() > 1;
        let part = if is_crowded { behind(part, analysis, value, self.kind) } else { part };
        // What stands before the first value goes with all of them.
        let first = self.values.iter().map(|v| v.start).min().unwrap_or(value.start);
        let is_own = |w: &&Word| self.take_turns || w.span.start >= first || !part.touches(first);
        let is_value = |w: &Word| value.overlaps(w.span) || self.values.iter().any(|v| v.overlaps(w.span));
        let own = informative_in(&analysis.words, part).filter(is_own).filter(|w| !is_value(w) && !is_unit(analysis, w));
        Some(own.map(|w| w.term).collect())
    }
}

/// "Crowns" behind every figure goes with none of them.
fn is_unit(analysis: &Analysis, word: &Word) -> bool {
    let is_behind = |n: &Number| {
        word.span.start >= n.span.end && word.span.start - n.span.end <= 1 && n.unit.is_some() && n.kind != Kind::Percent
    };
    let counted = analysis.numbers.iter().filter(|n| n.counted == Some(word.term)).count();
    counted > 1 || analysis.numbers.iter().any(is_behind)
}

/// The words around a value up to the next mark or conjunction.
fn segment(text: &str, analysis: &Analysis, value: Span) -> Option<Span> {
    static JOINING: WordSet = WordSet::forms("and but while against whereas compared than");
    let words = &analysis.words;
    let at = words.iter().position(|w| w.span.end > value.start)?;
    let ends = |i: usize| {
        let inside = value.start < words[i].span.start && words[i - 1].span.end < value.end;
        !inside && (gap(text, words, i).contains([',', ';', ':', '(', ')', '—', '–', '|']) || JOINING.has(&words[i]))
    };
    let first = (1..=at).rev().find(|i| ends(*i)).unwrap_or(0);
    let last = (at + 1..words.len()).find(|i| ends(*i)).unwrap_or(words.len());
    Some(words[first].span.cover(words[last - 1].span))
}

/// The part of a segment behind a value, up to the next one.
fn behind(segment: Span, analysis: &Analysis, value: Span, kind: Kinship) -> Span {
    let next = kind.spans(analysis).map(|span| span.start).filter(|start| *start >= value.end).min();
    Span::new(value.end, next.unwrap_or(segment.end).clamp(value.end, segment.end.max(value.end)))
}

fn informative_in(words: &[Word], within: Span) -> impl Iterator<Item = &Word> {
    words.iter().filter(move |w| within.encloses(w.span) && !w.is_stop)
}

#[cfg(test)]
mod tests {
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            The mill at Orlan sold 30,000 sacks in May and 36,000 in September.
            - The mill at Orlan sold [36,000] sacks in May. = 30,000
            - The mill at Orlan sold 36,000 sacks in September.
        "#,
        );
    }
}
