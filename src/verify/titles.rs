//! Titles: words that go before names.

use crate::text::words::{Term, term};

/// A word that goes before names and is none.
pub fn is_title(word: Term) -> bool {
    const TITLES: &[&str] = &[
        "judge",
        "minister",
        "president",
        "dr",
        "mr",
        "mrs",
        "ms",
        "sir",
        "lord",
        "lady",
        "professor",
        "prof",
        "senator",
        "governor",
        "mayor",
        "captain",
        "general",
        "colonel",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "councillor",
        "inspector",
        "bishop",
        "pope",
        "justice",
        "ambassador",
        "secretary",
        "chief",
        "director",
        "chairman",
        "prime",
        "deputy",
        "vice",
    ];
    thread_local! {
        static TERMS: Vec<Term> = TITLES.iter().map(|t| term(t)).collect();
    }
    TERMS.with(|terms| terms.contains(&word))
}
