//! Gathering: what the library has to say to a claim, before anything is compared.
//!
//! The claim's informative terms and values become [`items`]; the sentences found by them are the
//! [`candidate`]s; runs of one to three of them are [`windows`]; and what tables and calculations bear out is a
//! [`proof`].

pub mod calculation;
pub mod candidate;
pub mod clauses;
pub mod excerpt;
pub mod grid;
pub mod items;
pub mod neighbours;
pub mod proof;
pub mod values;
pub mod verbatim;
pub mod windows;

use super::claim::Claim;
use crate::library::{SentenceId, View};
use crate::text::words::Term;
use items::Items;

/// How many passages are looked at for one claim, and how many per cited source.
const MOST: usize = 40;
const MOST_CITED: usize = 12;

/// The sentences of the library that are worth a look for a claim, best first.
pub fn candidates(claim: &Claim<'_>, items: &Items, library: &View<'_>) -> Vec<SentenceId> {
    if items.all() == 0 {
        // "That is so" can only be found as it stands.
        let terms: Vec<Term> = claim.analysis.words.iter().map(|w| w.term).collect();
        return library
            .phrase(&terms, MOST)
            .into_iter()
            .filter(|id| claim.only.is_none_or(|only| library.source_of(*id) == only))
            .collect();
    }
    search(claim, &items.query(claim, library), MOST_CITED, MOST, library)
}

/// The best passages for a query, those of each cited source before those of the library.
pub fn search(claim: &Claim<'_>, query: &[(Term, f32)], most_cited: usize, most: usize, library: &View<'_>) -> Vec<SentenceId> {
    let mut found: Vec<SentenceId> = Vec::new();
    let cited = claim.cited.iter().flat_map(|id| library.passages(query, Some(*id), most_cited));
    for (id, _) in cited.chain(library.passages(query, claim.only, most)) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found
}
