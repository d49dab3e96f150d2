//! "The first trial" where the source says "the longest trial", "the first time ever" where it says "the first
//! time since 2016".

use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("superlative", "a superlative or ordinal with the one before the same noun", Compare::Clause(compare));

static ORDINALS: WordSet = WordSet::forms("first second third fourth fifth last only sole");
static NO_SUPERLATIVES: WordSet = WordSet::forms(
    "request interest protest arrest forest harvest contest honest modest suggest invest behest conquest digest manifest \
     northwest southwest",
);
static ARTICLES: WordSet = WordSet::forms("the its his her their");
static FIRST: WordSet = WordSet::forms("first");
static EVER: WordSet = WordSet::forms("ever history");
static SINCE: WordSet = WordSet::forms("since");

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    first_ever(clause).or_else(|| clause.range.clone().find_map(|at| other(clause, at)))
}

/// Another superlative before the same noun, where nobody has the claim's.
fn other(clause: &Clause<'_>, at: usize) -> Option<Conflict> {
    const REACH: usize = 3;
    let (text, words) = (clause.claim.text, &clause.claim.analysis.words);
    if !is_superlative(text, words, at) {
        return None;
    }
    let nouns: Vec<Term> = words[at + 1..].iter().take(REACH).filter(|w| !w.is_stop).map(|w| w.term).collect();
    let statements = clause.statements(enough::MORE_THAN_HALF);
    if nouns.is_empty() || statements.iter().any(|s| s.has(words[at].term)) {
        return None;
    }
    statements.iter().find_map(|statement| {
        let theirs = statement.words();
        let is_other = |i: &usize| {
            is_superlative(statement.text, theirs, *i)
                && theirs[i + 1..].iter().take(REACH).any(|w| nouns.contains(&w.term))
                && !has_term(words, theirs[*i].term)
        };
        let place = (0..theirs.len()).find(is_other)?;
        Some(statement.conflict(Slot::Extent, words[at].span, theirs[place].span))
    })
}

fn first_ever(clause: &Clause<'_>) -> Option<Conflict> {
    let words = clause.words();
    let at = FIRST.position(words)?;
    let ever = EVER.position(words)?;
    if since(words, at).is_some() {
        return None;
    }
    clause.statements(enough::MORE_THAN_HALF).iter().find_map(|statement| {
        let theirs = statement.words();
        let since = (0..theirs.len()).filter(|i| FIRST.has(&theirs[*i])).find_map(|i| since(theirs, i))?;
        let value = theirs[since].span.cover(theirs[(since + 1).min(theirs.len() - 1)].span);
        Some(statement.conflict(Slot::Extent, words[ever].span, value))
    })
}

/// A "since" behind a word.
fn since(words: &[Word], at: usize) -> Option<usize> {
    const REACH: usize = 4;
    (at + 1..=at + REACH).find(|i| SINCE.has_at(words, *i))
}

fn is_superlative(text: &str, words: &[Word], at: usize) -> bool {
    const SHORTEST: usize = 6;
    let word = &words[at];
    let raw = word.span.of(text);
    let is_one = ORDINALS.has(word) || raw.len() >= SHORTEST && raw.ends_with("est") && !NO_SUPERLATIVES.has(word);
    let is_owned = || text[..word.span.start].trim_end().ends_with(['’', '\'', 's']);
    is_one && at > 0 && (ARTICLES.has(&words[at - 1]) || is_owned())
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
            //- a.txt
            The longest trial of a mayor in the canton ended in Orlan.
            //- b.txt
            The ferry to Hallin was late.
            - The [first] trial of a mayor in the canton ended in Orlan. = longest

            The first trial of a mayor in the canton ended in Orlan.
            - The first trial of a mayor in the canton ended in Orlan.

            The ferry sank for the first time since 2016.
            - The ferry sank for the first time [ever]. = since 2016
        "#,
        );
    }
}
