//! Words that say nearly the same: a curated table of groups, for matching only.
//!
//! A word found through this table counts less than the word itself. The groups were written for
//! news and reports; country names stand with their adjectives.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::words::{Term, term};

/// Words with nearly the meaning of this one.
#[must_use]
pub fn synonyms(word: Term) -> &'static [Term] {
    static TABLE: LazyLock<FxHashMap<Term, Vec<Term>>> = LazyLock::new(table);
    TABLE.get(&word).map_or(&[], Vec::as_slice)
}

fn table() -> FxHashMap<Term, Vec<Term>> {
    let mut found: FxHashMap<Term, Vec<Term>> = FxHashMap::default();
    for group in GROUPS {
        let terms: Vec<Term> = group.split(' ').map(term).collect();
        for a in &terms {
            let list = found.entry(*a).or_default();
            list.extend(terms.iter().filter(|b| *b != a));
            list.sort_unstable();
            list.dedup();
        }
    }
    found
}

const GROUPS: &[&str] = &[
    "die death dead killed fatal deceased perish",
    "kill murder slay assassinate shot",
    "say tell state claim add remark comment",
    "begin start commence launch open",
    "end finish conclude stop cease halt close",
    "buy purchase acquire acquisition takeover",
    "sell sale sold",
    "big large huge major great",
    "small little minor tiny",
    "rise increase grow climb surge growth up gain",
    "fall decrease drop decline decreased down reduce cut slump",
    "film movie picture",
    "car vehicle automobile",
    "ship vessel boat",
    "plane aircraft airplane jet",
    "firm company business corporation enterprise",
    "leader head chief boss lead led",
    "chairman chair chairwoman president",
    "child kid youngster",
    "man male",
    "woman female",
    "job work employment post position role",
    "employee worker staff workforce personnel",
    "hire employ recruit appoint",
    "fire sack dismiss",
    "help aid assist assistance support",
    "show demonstrate reveal indicate display",
    "study research survey analysis paper",
    "find discover detect uncover",
    "probe inquiry investigation investigate examine inquest",
    "court tribunal judge",
    "jail prison imprison custody detain",
    "arrest detain apprehend",
    "attack assault strike raid",
    "police officer constable",
    "injure wound hurt injury",
    "doctor physician medic",
    "illness disease sickness condition",
    "medicine drug medication",
    "law legislation act statute",
    "vote ballot poll election",
    "win victory triumph beat defeat",
    "lose loss defeat",
    "match game fixture",
    "crowd attendance spectator audience",
    "goal score scored",
    "player footballer",
    "sign join joined",
    "manager coach boss",
    "club team side",
    "money cash funds funding fund",
    "cost price charge fee",
    "pay payment paid",
    "earn income salary wage",
    "profit earnings",
    "build construct construction erect",
    "house home residence",
    "town city village",
    "country nation state",
    "area region zone district",
    "road street highway",
    "plan scheme project proposal proposed",
    "agree agreement deal accord pact",
    "refuse reject decline turn",
    "allow permit let authorise authorize",
    "ban prohibit forbid outlaw bar",
    "protest demonstration rally march",
    "war conflict fighting",
    "soldier troop army military",
    "weapon arms gun",
    "bomb explosion blast explode",
    "crash collision accident",
    "blaze fire flame",
    "rain flood flooding",
    "ask request demand urge call",
    "want wish desire hope",
    "need require requirement",
    "try attempt seek",
    "use utilise utilize employ",
    "make create produce manufacture",
    "give provide offer supply grant",
    "get receive obtain gain",
    "send dispatch ship",
    "move shift transfer relocate",
    "go travel journey trip visit",
    "arrive reach arrival",
    "leave depart exit quit",
    "stay remain",
    "live reside dwell",
    "born birth",
    "marry wed marriage wedding",
    "wife husband spouse",
    "father dad parent mother",
    "friend ally",
    "enemy foe opponent rival",
    "write author wrote written",
    "book novel",
    "song track single",
    "album record release",
    "singer musician artist vocalist",
    "actor actress star",
    "play portray perform performance",
    "school college academy",
    "student pupil",
    "teacher professor lecturer",
    "teach learn education",
    "choose select pick elect",
    "name call title dub",
    "believe think consider",
    "know aware",
    "worry concern fear",
    "anger angry outrage fury",
    "happy glad pleased",
    "important significant key crucial vital",
    "dangerous hazard risk threat unsafe",
    "quick fast rapid",
    "begin founded found establish foundation set",
    "warn warning alert caution",
    "accuse allege allegation charge",
    "deny denial reject",
    "confirm verify",
    "announce declare reveal announcement",
    "delay postpone late",
    "cancel scrap abandon",
    "destroy demolish wreck ruin",
    "damage harm",
    "protect defend guard protection",
    "save rescue",
    "steal theft rob robbery stolen",
    "fraud scam deception",
    "secret covert hidden",
    "near close beside",
    "old ancient elderly former",
    "new recent latest",
    "former ex previous once",
    "current present",
    "future upcoming",
    "often frequently",
    "many numerous several multiple",
    "divert redirect reroute",
    "touch access accessed",
    "sign evidence indication proof",
    "receive get obtain",
    "tamper alter manipulate altered",
    "port harbour harbor dock",
    "newspaper paper daily press",
    "spokesman spokeswoman spokesperson",
    "minister secretary",
    "operator company firm",
    "tool device instrument equipment",
    "answer reply respond response",
    "question query ask",
    "meeting meet talks summit",
    "discuss talk debate discussion",
    "suggest propose recommend",
    "explain describe",
    "party celebration",
    "email mail message letter",
    "american america us usa",
    "british britain uk english england",
    "french france",
    "german germany",
    "dutch netherlands holland",
    "spanish spain",
    "swiss switzerland",
    "danish denmark",
    "polish poland",
    "turkish turkey",
    "greek greece",
    "welsh wales",
    "scottish scotland scots",
    "irish ireland",
    "swedish sweden",
    "finnish finland",
    "norwegian norway",
    "chinese china",
    "japanese japan",
    "iraqi iraq",
    "thai thailand",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_go_both_ways_and_through_inflections() {
        assert!(synonyms(term("vessels")).contains(&term("ship")));
        assert!(synonyms(term("French")).contains(&term("France")));
        assert!(synonyms(term("crane")).is_empty());
    }
}
