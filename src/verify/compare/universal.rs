//! "All" or "every" where the source says "most", "some", or "five of the seven".

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("universal", "“all” or “every” with a word or number for a part", Compare::Clause(compare));

static UNIVERSAL: WordSet = WordSet::forms("all every each everyone everybody none nobody always entire whole unanimously");
static PARTIAL: WordSet = WordSet::forms("most mostly many some several few majority minority half partly nearly almost");
/// "Not all", "nearly all", "above all".
static LIMITED: WordSet = WordSet::forms("not nearly almost at in above of");
static NOT_WHOLE: WordSet = WordSet::forms("nearly almost not");
static OF: WordSet = WordSet::forms("of");
static RECENT: WordSet = WordSet::forms("recent");

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let words = clause.words();
    let at = UNIVERSAL.position(words)?;
    // "For us all": nothing is counted.
    let is_counting = at + 1 < words.len();
    let is_limited = at > 0 && LIMITED.has(&words[at - 1]) || PARTIAL.is_in(words);
    let statements = clause.statements(enough::MORE_THAN_HALF);
    if !is_counting || is_limited || statements.iter().any(says_all) {
        return None;
    }
    let first = statements.first()?;
    Some(first.conflict(Slot::Extent, words[at].span, part(clause, first)?))
}

/// Whether a sentence says "all" too, and not "nearly all".
fn says_all(statement: &Statement<'_>) -> bool {
    let words = statement.words();
    (0..words.len()).any(|at| UNIVERSAL.has(&words[at]) && (at == 0 || !NOT_WHOLE.has(&words[at - 1])))
}

/// A word or number for a part of a whole, near a word that the claim has too.
fn part(clause: &Clause<'_>, statement: &Statement<'_>) -> Option<Span> {
    const NEAR: usize = 4;
    let (words, numbers) = (statement.words(), &statement.analysis().numbers);
    let is_near = |at: usize| {
        let around = &words[at.saturating_sub(NEAR)..(at + NEAR + 1).min(words.len())];
        around.iter().any(|w| !w.is_stop && !w.has_digit && has_term(&clause.claim.analysis.words, w.term))
    };
    let number = numbers.iter().find(|n| {
        let Some(of) = words.iter().position(|w| w.span.start >= n.span.end) else { return false };
        let behind = &words[of + 1..(of + 4).min(words.len())];
        let is_whole = |span: Span| numbers.iter().any(|m| m.span.encloses(span) && m.value > n.value);
        OF.has(&words[of]) && behind.iter().any(|w| is_whole(w.span)) && is_near(of)
    });
    let word = || (0..words.len()).find(|at| PARTIAL.has(&words[*at]) && !RECENT.has_at(words, at + 1) && is_near(*at));
    number.map(|n| n.span).or_else(|| word().map(|at| words[at].span))
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
            Most of the ferries were late on Monday.
            - [All] of the ferries were late on Monday. = Most

            All of the ferries were late on Monday.
            - All of the ferries were late on Monday.

            Most of the ferries were late on Monday.
            - Nearly all of the ferries were late on Monday.
        "#,
        );
    }
}
