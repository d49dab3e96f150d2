//! The notes of a workspace, each checked as it lies on disk.
//!
//! A check is cached as long as the file and the state of the library are the same. What is open in an
//! editor is not looked up here.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxHashMap;

use super::Workspace;
use super::check::{Cancelled, CheckResult, check};
use crate::library::SourceId;
use crate::library::files;
use crate::library::resolve::CitationTarget;
use crate::note::{Citation, Sentence};
use crate::rules::Place;
use crate::text::Span;
use crate::verify::{Evidence, Verdict};

/// A note with everything that was found in it.
#[derive(Debug)]
pub struct CheckedNote {
    /// Relative to the root.
    pub path: String,
    pub text: String,
    pub checked: CheckResult,
}

/// A cache of checks of notes, by their names.
#[derive(Debug, Default)]
pub struct CheckedNoteCache(Mutex<FxHashMap<String, (Stamp, Arc<CheckedNote>)>>);

/// What changes with a file's content, nearly always.
type Stamp = (u64, Option<SystemTime>);

/// Larger notes are checked anew each time: a survey must not fill the memory.
const LARGEST_CACHED: usize = 1 << 20;
const MOST_CACHED: usize = 512;

impl Workspace {
    /// The note with this name as it lies on disk; `None` if it is no text.
    pub fn checked_note(
        &self,
        name: &str,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Arc<CheckedNote>>, Cancelled> {
        let Ok(metadata) = files::metadata(&self.root, name) else { return Ok(None) };
        let stamp = (metadata.len(), metadata.modified().ok());
        let cached = || self.checked_notes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, note)) = cached().get(name).filter(|(before, _)| *before == stamp) {
            return Ok(Some(Arc::clone(note)));
        }
        let Ok(text) = self.read_note(name) else { return Ok(None) };
        let checked = check(&text, name, self, is_cancelled)?;
        let is_cached = text.len() <= LARGEST_CACHED;
        let note = Arc::new(CheckedNote { path: name.to_owned(), text, checked });
        let mut cached = cached();
        if is_cached && (cached.len() < MOST_CACHED || cached.contains_key(name)) {
            cached.insert(name.to_owned(), (stamp, Arc::clone(&note)));
        }
        Ok(Some(note))
    }
}

impl CheckedNote {
    /// Its sentences that rest on words of a place, in order.
    pub fn resting_on(&self, place: Place) -> impl Iterator<Item = &Sentence> {
        let rests = move |evidence: &Evidence| evidence.source == place.source && evidence.span.overlaps(place.span);
        let judged = self.checked.note.sentences.iter().zip(&self.checked.verifications);
        judged
            .filter(move |(_, judged)| judged.as_ref().is_some_and(|v| v.is_borne_out() && v.supporting().any(rests)))
            .map(|(sentence, _)| sentence)
    }

    /// Its citations that lead to a source, in order.
    pub fn citing(&self, source: SourceId) -> impl Iterator<Item = &Citation> {
        let leads = move |cited: &CitationTarget| matches!(cited, CitationTarget::Sources(ids) if ids.contains(&source));
        self.checked.note.citations.iter().zip(&self.checked.cited).filter(move |(_, cited)| leads(cited)).map(|(c, _)| c)
    }
}

/// How the claims of a note were judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub claims: usize,
    pub supported: usize,
    pub partial: usize,
    pub unsupported: usize,
    pub contradicted: usize,
    pub misquoted: usize,
}

impl Counts {
    /// Of the claims inside a span of a note.
    #[must_use]
    pub fn of(checked: &CheckResult, within: Span) -> Self {
        let mut counts = Self::default();
        for at in (0..checked.note.sentences.len()).filter(|at| within.encloses(checked.note.sentences[*at].span)) {
            match checked.verdict(at) {
                Some(Verdict::Supported) => counts.supported += 1,
                Some(Verdict::Partial) => counts.partial += 1,
                Some(Verdict::Unsupported) => counts.unsupported += 1,
                Some(Verdict::Contradicted) => counts.contradicted += 1,
                Some(Verdict::Misquoted) => counts.misquoted += 1,
                Some(Verdict::NotAClaim) | None => continue,
            }
            counts.claims += 1;
        }
        counts
    }

    /// As people say it: `12 claims: 9 supported, 2 unsupported, 1 contradicted`.
    #[must_use]
    pub fn shown(&self) -> String {
        let parts = [
            (self.supported, "supported"),
            (self.partial, "partly supported"),
            (self.unsupported, "unsupported"),
            (self.contradicted, "contradicted"),
            (self.misquoted, "misquoted"),
        ];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let claims = format!("{} claim{}", self.claims, if self.claims == 1 { "" } else { "s" });
        if parts.is_empty() { claims } else { format!("{claims}: {}", parts.join(", ")) }
    }
}
