//! Gathering: what the library has to say to a claim, before anything is compared.
//!
//! The claim's informative terms and values become [`items`]; the sentences found by them are the
//! [`Candidate`]s; runs of one to three of them are [`windows`]; and what tables and calculations bear out is a
//! [`proof`].

pub mod calculation;
pub mod clauses;
pub mod grid;
pub mod items;
pub mod neighbours;
pub mod proof;
pub mod values;
pub mod verbatim;
pub mod windows;

use std::cell::OnceCell;

use super::claim::Claim;
use super::verification::{Conflict, Slot};
use super::words::negations::negated_words;
use crate::library::{SentenceId, SourceId, SourceSentence, View};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};
use items::Items;

/// A set of items of one claim, by their index.
pub type Mask = u128;

/// How much of a clause a sentence must say before a comparison looks at it: the steps of one scale. Each is a
/// share of the weight of the clause's words.
pub mod enough {
    pub const SOME: f32 = 0.35;
    /// Enough for a value, which is the same or another;
    pub const HALF: f32 = 0.5;
    /// words leave more doubt.
    pub const MORE_THAN_HALF: f32 = 0.55;
    pub const MOST: f32 = 0.65;
    pub const NEARLY_ALL: f32 = 0.75;
}

/// How many passages are looked at for one claim, and how many per cited source.
const MOST: usize = 40;
const MOST_CITED: usize = 12;

/// Which items of a claim are there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// As they are.
    pub exact: Mask,
    /// In other words.
    pub near: Mask,
    /// In the headings or table headers around.
    pub around: Mask,
}

impl Held {
    /// In any of the ways.
    pub fn any(self) -> Mask {
        self.exact | self.near | self.around
    }

    /// In the text itself, in these or other words.
    pub fn inside(self) -> Mask {
        self.exact | self.near
    }

    /// In these words, in the text or around it.
    pub fn literal(self) -> Mask {
        self.exact | self.around
    }

    pub fn join(self, other: Self) -> Self {
        Self { exact: self.exact | other.exact, near: self.near | other.near, around: self.around | other.around }
    }
}

/// A sentence of the library that may speak of the claim's matter.
#[derive(Debug)]
pub struct Candidate<'l> {
    pub at: usize,
    pub sentence: &'l SourceSentence,
    /// The visible text of its source.
    pub text: &'l str,
    pub held: Held,
    negated: OnceCell<Vec<bool>>,
}

impl<'l> Candidate<'l> {
    fn of(at: usize, held: Held, library: &'l View<'_>) -> Self {
        let sentence = library.sentence(SentenceId(at));
        Self { at, sentence, text: &library.source(sentence.source).layout.visible, held, negated: OnceCell::new() }
    }

    pub fn source(&self) -> SourceId {
        self.sentence.source
    }

    pub fn analysis(&self) -> &'l Analysis {
        &self.sentence.analysis
    }

    pub fn words(&self) -> &'l [Word] {
        &self.sentence.analysis.words
    }

    pub fn has(&self, term: Term) -> bool {
        self.words().iter().any(|w| w.term == term)
    }

    /// For each word, whether something denies it.
    pub fn negated(&self) -> &[bool] {
        self.negated.get_or_init(|| negated_words(self.text, self.words()))
    }

    /// The conflict of words of the claim with words of this sentence.
    pub fn conflict(&self, slot: Slot, claim: Span, value: Span) -> Conflict {
        Conflict::with(self.sentence, slot, claim, value)
    }
}

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
