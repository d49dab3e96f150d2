//! Opposites: pairs of words that cannot both be true in the same place.
//!
//! A curated table. Only pairs that are opposites in nearly every context are here.

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

/// The opposites of a word.
#[must_use]
pub fn opposites(word: Term) -> &'static [Term] {
    thread_local! {
        static TABLE: &'static FxHashMap<Term, Vec<Term>> = Box::leak(Box::new(table()));
    }
    TABLE.with(|table| table.get(&word).map_or(&[][..], Vec::as_slice))
}

fn table() -> FxHashMap<Term, Vec<Term>> {
    let mut found: FxHashMap<Term, Vec<Term>> = FxHashMap::default();
    for (ones, others) in PAIRS {
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

const PAIRS: &[Pair] = &[
    (&["before", "prior"], &["after", "following"]),
    (
        &["rise", "increase", "grow", "climb", "surge", "jump", "soar", "gain"],
        &["fall", "decrease", "drop", "decline", "shrink", "plunge", "slump", "reduce", "tumble"],
    ),
    (&["higher", "more", "greater"], &["lower", "less", "fewer"]),
    (&["most", "highest", "largest", "biggest"], &["least", "lowest", "smallest", "fewest"]),
    (&["up"], &["down"]),
    (&["above", "over"], &["below", "under"]),
    (&["win", "victory"], &["lose", "defeat", "loss"]),
    (&["accept", "agree", "approve", "back", "endorse"], &["refuse", "reject", "oppose", "decline"]),
    (&["allow", "permit", "legal"], &["ban", "forbid", "prohibit", "illegal"]),
    (&["confirm", "admit"], &["deny", "denial"]),
    (&["support", "favour", "favor"], &["oppose", "against"]),
    (&["include"], &["exclude"]),
    (&["success", "succeed", "successful"], &["fail", "failure"]),
    (&["buy", "purchase", "acquire"], &["sell", "sale"]),
    (&["open", "reopen"], &["close", "shut"]),
    (&["begin", "start"], &["end", "finish", "cease"]),
    (&["north", "northern"], &["south", "southern"]),
    (&["east", "eastern"], &["west", "western"]),
    (&["first", "earliest"], &["last", "latest", "final"]),
    (&["early", "earlier"], &["late", "later"]),
    (&["best"], &["worst"]),
    (&["better"], &["worse"]),
    (&["true"], &["false", "untrue"]),
    (&["guilty", "convicted"], &["innocent", "acquitted", "cleared"]),
    (&["import"], &["export"]),
    (&["arrive", "enter"], &["leave", "depart", "exit"]),
    (&["strengthen"], &["weaken"]),
    (&["improve"], &["worsen", "deteriorate"]),
    (&["majority"], &["minority"]),
    (&["minimum"], &["maximum"]),
    (&["male", "man", "father", "son", "brother", "husband"], &["female", "woman", "mother", "daughter", "sister", "wife"]),
    (&["alive", "survive"], &["dead", "die"]),
    (&["hire", "appoint"], &["fire", "sack", "dismiss"]),
    (&["public"], &["private"]),
    (&["possible", "able"], &["impossible", "unable"]),
    (&["present"], &["absent"]),
    (&["safe"], &["unsafe", "dangerous"]),
    (&["hot", "warm"], &["cold", "cool"]),
    (&["expand"], &["contract", "shrink"]),
    (&["accelerate"], &["slow"]),
    (&["profit"], &["loss"]),
    (&["upper"], &["lower"]),
    (&["positive"], &["negative"]),
    (&["old", "older", "oldest"], &["young", "younger", "youngest", "new"]),
    (&["cheap", "cheaper"], &["expensive", "dear"]),
    (&["easy"], &["difficult", "hard"]),
    (&["always"], &["never", "rarely", "seldom"]),
    (&["all", "every"], &["none", "no"]),
    (&["likely"], &["unlikely"]),
    (&["voluntary"], &["compulsory", "mandatory"]),
    (&["release", "free"], &["arrest", "detain", "jail", "imprison"]),
    (&["attack"], &["defend"]),
    (&["left"], &["right"]),
    (&["abolish", "scrap", "cancel"], &["introduce", "keep", "retain"]),
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
