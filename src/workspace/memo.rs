//! What was found out before against the same library: one keystroke changes one sentence, and
//! only that one is looked at again.
//!
//! A memo belongs to one state of one library, so nothing in it can be stale. Its entries are
//! found by everything that they depend on, and hold spans relative to their place.

use std::sync::Arc;

use crate::library::SourceId;
use crate::library::resolve::Cited;
use crate::note::{self, Quotation};
use crate::recent::{self, Recent};
use crate::rules::Finding;
use crate::text::words::Term;
use crate::verify::{Cell, Verification};

use super::outcome::Outcome;
use super::piece::Held;

/// Findings, and what is left of them.
pub type AllAndLeft = (Arc<[Finding]>, Arc<[Finding]>);

/// What is known of notes, and of their parts, sentences and citations.
#[derive(Debug)]
pub struct Memo {
    pub blocks: note::Memo,
    /// By the sentence's words, where they stand in the note.
    pub sentences: Recent<Outcome>,
    pub citations: Recent<Arc<[Finding]>>,
    /// What the citations of the parts of notes lead to.
    pub cited: Recent<Arc<[Cited]>>,
    /// By the content of the parts of notes, and what they depend on.
    pub pieces: Recent<Arc<Held>>,
    /// Where some are ignored.
    pub left: Recent<AllAndLeft>,
    verifications: Recent<Arc<Verification>>,
}

/// All that bears on the verification of a sentence.
#[derive(Clone, Debug)]
pub struct Key {
    /// The sentence's visible text.
    pub text: String,
    /// Relative to that text.
    pub quotations: Vec<Quotation>,
    pub context: Vec<Term>,
    pub cells: Vec<Cell>,
    pub cited: Vec<SourceId>,
    pub is_judgement: bool,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            blocks: note::Memo::default(),
            sentences: Recent::weighing(Outcome::weight),
            citations: Recent::default(),
            cited: Recent::default(),
            pieces: Recent::weighing(Held::weight),
            left: Recent::weighing(|(all, left)| (all.len() + left.len()) * size_of::<Finding>()),
            verifications: Recent::default(),
        }
    }
}

impl Memo {
    /// The verification of a sentence, from memory or by `verify`.
    pub fn verification(&self, key: &Key, verify: impl FnOnce() -> Verification) -> Arc<Verification> {
        self.verifications.get_or(&key.written(), || Arc::new(verify()))
    }
}

impl Key {
    fn written(&self) -> recent::Key {
        let mut key = recent::Key::default();
        key.text(&self.text).number(usize::from(self.is_judgement));
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
