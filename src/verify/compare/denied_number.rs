//! A value that the source names only to deny it: "not 41 but 39", "not in the 109th".

use crate::verify::compare::comparison::prelude::*;
use crate::verify::words::negations::NOT_ONLY;

pub const COMPARISON: Comparison =
    Comparison::new("denied-number", "a number with one that the source names only to deny it", Compare::Value(compare));

/// How many words before a value may deny it.
const REACH: usize = 3;

fn compare(clause: &Clause<'_>, at: usize, value: Value) -> Option<Conflict> {
    let Value::Number(_) = value else { return None };
    let claim = clause.claim.analysis;
    let items = clause.context().items;
    let span = items.item(at).span;
    if before(&claim.words, span).any(|w| NEGATIONS.has(w)) {
        return None;
    }
    let terms = items.all() & !items.values;
    let has_it = |c: &&Candidate<'_>| c.held.exact >> at & 1 == 1 && items.share_of(c.held.any(), terms) >= enough::SOME;
    clause.candidates().iter().filter(has_it).find_map(|candidate| {
        let theirs = candidate.analysis();
        let mut places = value.places(claim, theirs).peekable();
        places.peek()?;
        let all_denied = places.all(|place| is_denied(&theirs.words, place));
        let other = value.others(claim, theirs).next()?;
        all_denied.then(|| candidate.conflict(Slot::Number, span, other))
    })
}

/// The words before a value, the nearest first.
fn before(words: &[Word], place: Span) -> impl Iterator<Item = &Word> {
    let end = words.partition_point(|w| w.span.end <= place.start);
    words[..end].iter().rev().take(REACH)
}

fn is_denied(words: &[Word], place: Span) -> bool {
    static NOT: WordSet = WordSet::forms("not");
    before(words, place).take_while(|w| w.is_stop || NEGATIONS.has(w)).any(|w| NOT.has(w))
        && !before(words, place).any(|w| NOT_ONLY.has(w))
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
            The committee has not 41 but 39 members, the clerk wrote.
            - The committee has [41] members. = 39

            The committee has 39 members, the clerk wrote.
            - The committee has not 41 members.
        "#,
        );
    }
}
