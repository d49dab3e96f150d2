//! Opposites: pairs of words that cannot both be true in the same place.
//!
//! A curated table. Only pairs that are opposites in nearly every context are here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

type Table = FxHashMap<Term, Vec<Term>>;

static ALL: LazyLock<Table> = LazyLock::new(|| table(&[STRONG, WEAK].concat()));
static ONLY_STRONG: LazyLock<Table> = LazyLock::new(|| table(STRONG));

/// The opposites of a word.
#[must_use]
pub fn opposites(word: Term) -> &'static [Term] {
    ALL.get(&word).map_or(&[], Vec::as_slice)
}

/// Its opposites that leave no doubt.
#[must_use]
pub fn strong_opposites(word: Term) -> &'static [Term] {
    ONLY_STRONG.get(&word).map_or(&[], Vec::as_slice)
}

fn table(pairs: &[Pair]) -> Table {
    let mut found = Table::default();
    for (ones, others) in pairs {
        for (a, b) in ones.iter().flat_map(|a| others.iter().map(move |b| (term(a), term(b)))) {
            for (from, to) in [(a, b), (b, a)] {
                let list = found.entry(from).or_default();
                if !list.contains(&to) && from != to {
                    list.push(to);
                }
            }
        }
    }
    found
}

type Pair = (&'static [&'static str], &'static [&'static str]);

/// Opposites that contradict a claim wherever the rest of it is said.
const STRONG: &[Pair] = &[
    (&["before", "prior"], &["after", "following"]),
    (
        &["rise", "increase", "grow", "climb", "surge", "jump", "soar", "gain"],
        &["fall", "decrease", "drop", "decline", "shrink", "plunge", "slump", "reduce", "tumble"],
    ),
    (&["win", "victory"], &["lose", "defeat", "loss"]),
    (&["accept", "agree", "approve", "back", "endorse"], &["refuse", "reject", "oppose", "decline"]),
    (&["allow", "permit", "legal"], &["ban", "forbid", "prohibit", "illegal"]),
    (&["confirm", "admit"], &["deny", "denial"]),
    (&["support", "favour", "favor"], &["oppose", "against"]),
    (&["success", "succeed", "successful"], &["fail", "failure"]),
    (&["buy", "purchase", "acquire"], &["sell", "sale"]),
    (&["guilty", "convicted"], &["innocent", "acquitted", "cleared"]),
    (&["import"], &["export"]),
    (&["strengthen"], &["weaken"]),
    (&["improve"], &["worsen", "deteriorate"]),
    (&["alive", "survive"], &["dead", "die"]),
    (&["hire", "appoint"], &["fire", "sack", "dismiss"]),
    (&["profit", "earn"], &["loss", "lose"]),
    (&["release", "free"], &["arrest", "detain", "jail", "imprison"]),
    (&["abolish", "scrap", "cancel"], &["introduce", "keep", "retain"]),
];

/// Opposites that only speak against a claim: their words have other senses too.
const WEAK: &[Pair] = &[
    (&["higher", "more", "greater"], &["lower", "less", "fewer"]),
    (&["most", "highest", "largest", "biggest"], &["least", "lowest", "smallest", "fewest"]),
    (&["up"], &["down"]),
    (&["above", "over"], &["below", "under"]),
    (&["include"], &["exclude"]),
    (&["open", "reopen"], &["close", "shut"]),
    (&["begin", "start"], &["end", "finish", "cease"]),
    (&["north", "northern"], &["south", "southern"]),
    (&["east", "eastern"], &["west", "western"]),
    (&["first", "earliest"], &["last", "latest", "final"]),
    (&["early", "earlier"], &["late", "later"]),
    (&["best"], &["worst"]),
    (&["better"], &["worse"]),
    (&["true"], &["false", "untrue"]),
    (&["arrive", "enter"], &["leave", "depart", "exit"]),
    (&["majority"], &["minority"]),
    (&["minimum"], &["maximum"]),
    (&["male", "man", "father", "son", "brother", "husband"], &["female", "woman", "mother", "daughter", "sister", "wife"]),
    (&["public"], &["private"]),
    (&["possible", "able"], &["impossible", "unable"]),
    (&["present"], &["absent"]),
    (&["safe"], &["unsafe", "dangerous"]),
    (&["hot", "warm"], &["cold", "cool"]),
    (&["expand"], &["contract", "shrink"]),
    (&["accelerate"], &["slow"]),
    (&["upper"], &["lower"]),
    (&["positive"], &["negative"]),
    (&["old", "older", "oldest"], &["young", "younger", "youngest", "new"]),
    (&["cheap", "cheaper"], &["expensive", "dear"]),
    (&["easy"], &["difficult", "hard"]),
    (&["always"], &["never", "rarely", "seldom"]),
    (&["all", "every"], &["none", "no"]),
    (&["likely"], &["unlikely"]),
    (&["voluntary"], &["compulsory", "mandatory"]),
    (&["attack"], &["defend"]),
    (&["left"], &["right"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_go_both_ways_and_through_inflections() {
        assert!(opposites(term("rose")).contains(&term("falling")));
        assert!(opposites(term("fell")).contains(&term("rises")));
        assert!(opposites(term("before")).contains(&term("after")));
        assert!(opposites(term("mill")).is_empty());
    }
}
