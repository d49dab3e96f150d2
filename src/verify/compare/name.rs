//! Names: another one in the place of the claim's. The same surname with another forename, or the only name
//! beside the same word in a sentence that says all the rest.

use crate::text::names::Name;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::words::offices::is_title;

pub const COMPARISON: Comparison =
    Comparison::new("name", "a name that no source has with the one in its place", Compare::Claim(compare));

fn compare(context: &Context<'_>, _: &[Clause<'_>]) -> Vec<Conflict> {
    context.sure_names().filter_map(|name| other(context, name)).collect()
}

fn words_of<'w>(words: &'w [Word], name: &Name) -> Vec<&'w Word> {
    words[name.first..name.last].iter().filter(|w| !w.is_stop && !w.has_digit).collect()
}

fn other(context: &Context<'_>, name: &Name) -> Option<Conflict> {
    let words = words_of(&context.claim.analysis.words, name);
    let own = context.items.within(name.span);
    let rest = context.items.all() & !context.items.values & !own;
    let is_known = |word: &&Word| context.candidates().iter().any(|c| c.has(word.term));
    // The source may call it by another name.
    let is_found = context.candidates().iter().any(|c| own & !c.held.exact == 0);
    if rest == 0 || is_found || words.iter().all(is_known) {
        return None;
    }
    let mine = Neighbours::of(context.claim.analysis, name.span);
    let says = |c: &Candidate<'_>| context.share_of(c.held.literal(), rest);
    let named = context.candidates().iter().filter(|c| says(c) >= enough::MOST);
    let named = named.filter_map(|c| Some((says(c), c, in_place(context, &words, &mine, c)?)));
    let (_, candidate, value) = named.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.sentence.span.cmp(&a.1.sentence.span)))?;
    Some(candidate.conflict(Slot::Name, name.span, value))
}

/// The name of a sentence in the place of the claim's.
fn in_place(context: &Context<'_>, words: &[&Word], mine: &Neighbours, candidate: &Candidate<'_>) -> Option<Span> {
    let theirs = candidate.analysis();
    let is_other = |name: &&Name| {
        let other = words_of(&theirs.words, name);
        let is_new = other.iter().all(|w| !context.has(w.term));
        let place = Neighbours::of(theirs, name.span);
        let is_replaced = is_new && mine.touches(&place) && mine.agreement(&place, false) >= 3;
        let is_misspelt =
            words.iter().any(|w| other.iter().any(|t| are_spellings(w.span.of(context.claim.text), t.span.of(candidate.text))));
        !other.is_empty() && (has_other_forename(words, &other) || is_replaced) && !is_misspelt
    };
    let names = theirs.names.iter().filter(|n| !n.is_doubtful || n.last - n.first > 1);
    names.into_iter().find(is_other).map(|n| n.span)
}

fn has_other_forename(own: &[&Word], other: &[&Word]) -> bool {
    let forename = |of: &[&Word]| of.len().checked_sub(2).filter(|_| of.len() <= 3).map(|i| *of[i]);
    let surname = |of: &[&Word]| -> Option<Term> { of.last().map(|w| w.term) };
    let (Some(mine), Some(theirs)) = (forename(own), forename(other)) else { return false };
    surname(own) == surname(other) && mine.term != theirs.term && !is_title(&mine) && !is_title(&theirs)
}

/// Two spellings of one name, such as "Sauvel" and "Sauvell" or "Frân" and "Frn".
fn are_spellings(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    longest > 2 && a != b && prefix + suffix + 1 >= longest
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
            The report was signed by Greta Lind for the harbour board.
            - The report was signed by [Marta Lind] for the harbour board. = Greta Lind
            - The report was signed by Greta Lindh for the harbour board.
        "#,
        );
    }
}
