//! Opposites: pairs of words that cannot both be true in the same place.
//!
//! A curated table, and words that differ by a prefix that denies ("specified", "unspecified").

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, Word, term};

type Table = FxHashMap<Term, Vec<Term>>;

static ALL: LazyLock<Table> = LazyLock::new(|| table(&[STRONG, WEAK].concat()));
static ONLY_STRONG: LazyLock<Table> = LazyLock::new(|| table(STRONG));

/// The opposites of one word.
pub struct Opposites {
    listed: &'static [Term],
    prefixed: Vec<Term>,
}

impl Opposites {
    /// The opposites of a word of `text`: those of the table, and what a prefix makes of it.
    #[must_use]
    pub fn of(text: &str, word: &Word) -> Self {
        Self { listed: opposites(word.term), prefixed: prefixed(text, word) }
    }

    pub fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.listed.iter().chain(&self.prefixed).copied()
    }
}

fn opposites(word: Term) -> &'static [Term] {
    ALL.get(&word).map_or(&[], Vec::as_slice)
}

/// "unhappy" for "happy", and the other way round. Names have no opposites.
fn prefixed(text: &str, word: &Word) -> Vec<Term> {
    const PREFIXES: [&str; 7] = ["un", "in", "im", "non", "dis", "ir", "il"];
    const SHORTEST: usize = 4;
    let raw = word.span.of(text);
    if word.is_stop || word.is_capital || word.has_digit || raw.len() < SHORTEST || raw.len() > 20 {
        return Vec::new();
    }
    let lower = raw.to_lowercase();
    let without = PREFIXES.iter().filter_map(|p| lower.strip_prefix(p)).filter(|rest| rest.len() >= SHORTEST).map(term);
    let with = PREFIXES.iter().map(|p| term(&format!("{p}{lower}")));
    without.chain(with).filter(|t| *t != word.term).collect()
}

/// Its opposites that leave no doubt.
#[must_use]
pub fn strong_opposites(word: Term) -> &'static [Term] {
    ONLY_STRONG.get(&word).map_or(&[], Vec::as_slice)
}

fn table(pairs: &[&str]) -> Table {
    let mut found = Table::default();
    for (ones, others) in pairs.iter().filter_map(|pair| pair.split_once(" / ")) {
        for (a, b) in ones.split(' ').flat_map(|a| others.split(' ').map(move |b| (term(a), term(b)))) {
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

/// Opposites that contradict a claim wherever the rest of it is said.
const STRONG: &[&str] = &[
    "before prior / after following",
    "rise increase grow climb surge jump soar gain / fall decrease drop decline shrink plunge slump reduce tumble",
    "win victory / lose defeat loss",
    "accept agree approve back endorse / refuse reject oppose decline",
    "allow permit legal / ban forbid prohibit illegal",
    "confirm admit / deny denial",
    "support favour favor / oppose against",
    "success succeed successful / fail failure",
    "guilty convicted / innocent acquitted cleared",
    "import / export",
    "strengthen / weaken",
    "improve / worsen deteriorate",
    "alive survive / dead die",
    "uphold allow grant / dismiss reject overturn refuse deny",
    "welcome praise / dismiss criticise criticize condemn",
    "hire appoint / sack dismiss",
    "profit earn / loss lose",
    "release free / arrest detain jail imprison",
    "abolish scrap cancel / introduce keep retain",
];

/// Opposites that only speak against a claim: their words have other senses too.
const WEAK: &[&str] = &[
    "rise rose increase increased grow grew climb climbed surge gain gained up higher more greater raise raised expand \
     expanded improve improved enhance boost / fall fell decrease decreased drop dropped decline declined shrink \
     plunge reduce reduced lose lost down lower less fewer cut contract worsen deteriorate degrade weaken hinder",
    "win won victory success successful succeed / lose lost defeat failure unsuccessful fail failed",
    "accept accepted agree agreed approve approved allow allowed permit support supported favour / refuse refused \
     reject rejected disagree deny denied oppose opposed forbid ban banned prohibit prevent prevented against",
    "before prior earlier previously / after following later subsequently since",
    "first initial beginning begin began start started open opened / last final end ended finish finished close closed \
     stop stopped",
    "old older elderly ancient / young younger new modern recent",
    "large largest big bigger biggest great major highest most best high top / small smallest little tiny minor lowest \
     least worst low bottom",
    "good positive happy favourable like liked love loved enjoy enjoyed praise praised popular / bad negative sad \
     unhappy unfavourable dislike disliked hate hated criticise criticised criticized unpopular poor",
    "easy easier simple / difficult hard complex complicated",
    "fast faster quick quickly rapid / slow slower slowly",
    "strong stronger / weak weaker",
    "public / private",
    "male man boy father son brother husband he / female woman girl mother daughter sister wife she",
    "true real genuine / false fake untrue",
    "rich wealthy / poor",
    "hot warm / cold cool",
    "long longer / short shorter brief",
    "early / late",
    "near close / far distant",
    "inside indoor internal / outside outdoor external",
    "include included including / exclude excluded excluding except",
    "buy bought purchase acquire / sell sold",
    "arrive arrived enter entered join joined / leave left depart exit quit",
    "live alive survive survived / die died dead killed",
    "guilty convicted / innocent acquitted cleared",
    "safe / dangerous unsafe risky",
    "same similar identical / different distinct unlike",
    "full complete / empty partial incomplete",
    "always often frequently / never rarely seldom",
    "all every everyone / none some few no",
    "present / absent",
    "possible able can / impossible unable cannot",
    "likely / unlikely",
    "legal / illegal",
    "rural / urban",
    "domestic national local / foreign international global",
    "married / divorced single unmarried",
    "peace / war",
    "friend ally / enemy rival opponent",
    "remember / forget",
    "hide hidden / reveal revealed",
    "attack / defend",
    "input / output",
    "cause / effect",
    "teacher / student",
    "employer / employee",
    "client customer buyer / agent seller",
    "lend / borrow",
    "import / export",
    "supply / demand",
    "question / answer",
    "majority / minority",
    "minimum / maximum",
    "permanent / temporary",
    "expensive / cheap",
    "linear / nonlinear",
    "discrete / continuous",
    "static / dynamic",
    "online / offline",
    "offline / online",
    "single / multiple",
    "global / local",
    "upper / lower",
    "left / right",
    "wet / dry",
    "light / heavy dark",
    "thick / thin",
    "wide broad / narrow",
    "deep / shallow",
    "confirmed confirm / denied deny",
    "together / apart separately",
    "optimistic / pessimistic",
    "confident / unsure uncertain",
    "interested / uninterested",
    "comfortable / uncomfortable",
    "accurate / inaccurate",
    "agree / disagree",
    "specified / unspecified",
    "professional / amateur",
    "civilian / military",
    "ancestor / descendant",
    "predecessor / successor",
    "famous / unknown obscure",
    "fiction / nonfiction",
    "critical / uncritical",
    "free / captive",
    "higher more greater / lower less fewer",
    "most highest largest biggest / least lowest smallest fewest",
    "up / down",
    "above over / below under",
    "include / exclude",
    "open reopen / close shut",
    "begin start / end finish cease",
    "north northern / south southern",
    "east eastern / west western",
    "first earliest / last latest final",
    "early earlier / late later",
    "best / worst",
    "better / worse",
    "true / false untrue",
    "arrive enter / leave depart exit",
    "male man father son brother husband / female woman mother daughter sister wife",
    "possible able / impossible unable",
    "safe / unsafe dangerous",
    "expand / contract shrink",
    "accelerate / slow",
    "positive / negative",
    "old older oldest / young younger youngest new",
    "cheap cheaper / expensive dear",
    "easy / difficult hard",
    "always / never rarely seldom",
    "all every / none no",
    "voluntary / compulsory mandatory",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn a_prefix_makes_an_opposite() {
        let of = |text: &str| Opposites::of(text, &words(text)[0]).terms().collect::<Vec<_>>();
        assert!(of("unspecified").contains(&term("specified")));
        assert!(of("legal").contains(&term("illegal")));
        assert!(of("Unity").is_empty());
    }

    #[test]
    fn opposites_go_both_ways_and_through_inflections() {
        assert!(opposites(term("rose")).contains(&term("falling")));
        assert!(opposites(term("fell")).contains(&term("rises")));
        assert!(opposites(term("before")).contains(&term("after")));
        assert!(opposites(term("mill")).is_empty());
    }
}
