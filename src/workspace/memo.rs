//! What was judged before against the same library: one keystroke changes one sentence, and only
//! that one is verified again.
//!
//! A memo belongs to one state of one library, so nothing in it can be stale. Its entries are
//! keyed by everything that a verification depends on, and hold spans relative to the sentence.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::library::SourceId;
use crate::note::Quotation;
use crate::text::words::Term;
use crate::verify::{Cell, Verification};

/// A sentence with all that bears on its verification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Verifications by sentence.
#[derive(Debug, Default)]
pub struct Memo(Mutex<FxHashMap<Key, Arc<Verification>>>);

/// Enough for every sentence of a desk's open notes; then it starts afresh.
const MOST_ENTRIES: usize = 20_000;

impl Memo {
    /// The verification of a sentence, from memory or by `verify`.
    pub fn get_or_insert(&self, key: Key, verify: impl FnOnce(&Key) -> Verification) -> Arc<Verification> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        // Not under the lock: two threads may do the same work, with the same result.
        let found = Arc::new(verify(&key));
        let mut memo = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if memo.len() >= MOST_ENTRIES {
            memo.clear();
        }
        memo.insert(key, Arc::clone(&found));
        found
    }
}
