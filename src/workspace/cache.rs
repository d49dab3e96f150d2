//! The cache of checks: what was found out before against the same library. One keystroke changes one sentence, and
//! only that one is looked at again.
//!
//! A cache belongs to one state of one library, so nothing in it can be stale. Its entries are
//! found by everything that they depend on, and hold spans relative to their place.

use std::sync::Arc;

use crate::cache::{self, Cache};
use crate::library::SourceId;
use crate::library::resolve::CitationTarget;
use crate::note::{self, Quotation, SentenceKind};
use crate::rules::Finding;
use crate::text::words::Term;
use crate::verify::{Cell, Verification};

use super::part::PartEntry;
use super::sentence::SentenceEntry;

/// Findings, and what is left of them.
pub type SuppressionEntry = (Arc<[Finding]>, Arc<[Finding]>);

/// What is known of notes, and of their parts, sentences and citations.
#[derive(Debug)]
pub struct CheckCache {
    pub notes: note::NoteCache,
    /// By the sentence's words, where they stand in the note.
    pub sentences: Cache<SentenceEntry>,
    pub citations: Cache<Arc<[Finding]>>,
    /// What the citations of the parts of notes lead to.
    pub cited: Cache<Arc<[CitationTarget]>>,
    /// By the content of the parts of notes, and what they depend on.
    pub parts: Cache<Arc<PartEntry>>,
    /// Where some are ignored.
    pub left: Cache<SuppressionEntry>,
    /// What sentences do, by their words and those around them.
    pub kinds: Cache<SentenceKind>,
    verifications: Cache<Arc<Verification>>,
}

/// All that bears on the verification of a sentence.
#[derive(Clone, Debug)]
pub struct VerificationKey {
    /// The sentence's visible text.
    pub text: String,
    /// Relative to that text.
    pub quotations: Vec<Quotation>,
    pub context: Vec<Term>,
    pub cells: Vec<Cell>,
    pub cited: Vec<SourceId>,
    pub is_judgement: bool,
    pub is_premise: bool,
    /// What it leans on.
    pub before: String,
}

impl Default for CheckCache {
    fn default() -> Self {
        Self {
            notes: note::NoteCache::default(),
            sentences: Cache::weighing(SentenceEntry::weight),
            citations: Cache::default(),
            cited: Cache::default(),
            parts: Cache::weighing(PartEntry::weight),
            left: Cache::weighing(|(all, left)| (all.len() + left.len()) * size_of::<Finding>()),
            kinds: Cache::default(),
            verifications: Cache::default(),
        }
    }
}

impl CheckCache {
    /// The verification of a sentence, from the cache or by `verify`.
    pub fn verification(&self, key: &VerificationKey, verify: impl FnOnce() -> Verification) -> Arc<Verification> {
        self.verifications.get_or(&key.key(), || Arc::new(verify()))
    }
}

impl VerificationKey {
    fn key(&self) -> cache::Key {
        let mut key = cache::Key::default();
        key.text(&self.text).number(usize::from(self.is_judgement)).number(usize::from(self.is_premise)).text(&self.before);
        key.number(self.quotations.len());
        for quotation in &self.quotations {
            quotation.write(&mut key, 0);
        }
        key.number(self.context.len());
        for term in &self.context {
            key.number(term.0 as usize);
        }
        key.number(self.cells.len());
        for cell in &self.cells {
            key.span(cell.span, 0).text(&cell.header);
        }
        key.number(self.cited.len());
        for id in &self.cited {
            key.number(id.0);
        }
        key
    }
}
