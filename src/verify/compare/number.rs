//! Numbers: another value of the same kind with the same neighbours.

use super::places::other_value;
use crate::text::numbers::{Kind, Number};
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("number", "a number with the one of its kind beside the same words", Compare::Value(compare));

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Number(i) = value else { return None };
    let (candidate, value) = other_value(clause, at, |candidate| other(clause, i, candidate))?;
    let own = clause.context().items.item(at).span;
    let is_same_figure = own.of(clause.claim.text).to_lowercase() == value.of(candidate.text).to_lowercase();
    let (own, value) = if is_same_figure {
        (with_words(clause.claim.analysis, own), with_words(candidate.analysis(), value))
    } else {
        (own, value)
    };
    Some(candidate.conflict(Slot::Number, own, value))
}

/// The comparable number of the sentence whose place is most like that of the claim's; of several that are alike
/// none is meant.
fn other(clause: &Clause<'_>, i: usize, candidate: &Candidate<'_>) -> Option<Span> {
    let (claim, theirs) = (clause.claim.analysis, candidate.analysis());
    let wanted = &claim.numbers[i];
    if is_score(clause.claim.text, wanted) {
        return None;
    }
    let is_other = |n: &&Number| {
        !n.label
            && !is_score(candidate.text, n)
            && (n.kind != Kind::Vague || wanted.kind == Kind::Vague)
            && (wanted.comparable(n) && !wanted.satisfied_by(n) || wanted.differs_in_unit(n))
            && !claim.numbers.iter().enumerate().any(|(j, other)| j != i && other.satisfied_by(n))
            && !is_other_part(clause, candidate, n, wanted)
    };
    let mine = Neighbours::of(claim, wanted.span);
    let agreement = |n: &Number| mine.agreement(&Neighbours::of(theirs, n.span), wanted.unit.is_some());
    let ranked: Vec<(usize, &Number)> =
        theirs.numbers.iter().filter(is_other).map(|n| (agreement(n), n)).filter(|(agreement, _)| *agreement >= 2).collect();
    let most = ranked.iter().map(|(agreement, _)| *agreement).max()?;
    let mut best = ranked.iter().filter(|(agreement, _)| *agreement == most).map(|(_, n)| *n);
    let first = best.next()?;
    best.all(|n| n.same_value(first)).then_some(first.span)
}

/// "At least 600" against "up to 600", "410 miles" against "410 kilometres": where the figures are
/// the same, the words around them are what differs.
fn with_words(analysis: &Analysis, span: Span) -> Span {
    let number = analysis.numbers.iter().find(|n| n.span == span);
    let unit = analysis.words.iter().find(|w| w.span.start >= span.end).filter(|w| w.span.start - span.end <= 1);
    number.map_or(span, |n| unit.map_or(n.with_bound, |w| n.with_bound.cover(w.span)))
}

/// "Costs include 17 million for the hall": a part says nothing against a total, unless the claim
/// speaks of what it is a part for.
fn is_other_part(clause: &Clause<'_>, candidate: &Candidate<'_>, number: &Number, wanted: &Number) -> bool {
    static INCLUDE: WordSet = WordSet::stems("include");
    let is_part = |analysis: &Analysis, value: Span| {
        analysis.words.iter().take_while(|w| w.span.end <= value.start).any(|w| INCLUDE.has(w))
    };
    let (claim, theirs) = (clause.claim.analysis, candidate.analysis());
    if !is_part(theirs, number.span) || is_part(claim, wanted.span) {
        return false;
    }
    let next = theirs.numbers.iter().map(|n| n.span.start).filter(|start| *start >= number.span.end).min().unwrap_or(usize::MAX);
    let has_unit = matches!(number.kind, Kind::Money | Kind::Duration | Kind::Measure);
    let behind = theirs.words.iter().filter(|w| w.span.start >= number.span.end && w.span.end <= next && !w.is_stop);
    let mut behind = behind.filter(|w| !(has_unit && w.span.start - number.span.end <= 1));
    !behind.any(|w| has_term(&claim.words, w.term))
}

/// One half of "10–7": a result or a range counts nothing by itself.
fn is_score(text: &str, number: &Number) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '‑');
    let digit = |c: char| c.is_ascii_digit();
    let (before, after) = (&text[..number.span.start], &text[number.span.end..]);
    number.unit.is_none()
        && (before.ends_with(dash) && before.trim_end_matches(dash).ends_with(digit)
            || after.starts_with(dash) && after.trim_start_matches(dash).starts_with(digit))
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
            The flood destroyed 41 houses in Orlan.
            - The flood destroyed [43] houses in Orlan. = 41
            - The flood destroyed 41 houses in Orlan.

            The flood destroyed 41 houses in Orlan and 12 barns in Vesk.
            - The flood destroyed about 40 houses in Orlan.

            The toll rose to 6.25%.
            - The toll rose to [6.75%]. = 6.25%
            - The toll rose to 6¼ per cent.
        "#,
        );
    }
}
