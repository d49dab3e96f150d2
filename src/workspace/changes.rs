//! What changed: which sentences stand otherwise since sources came, went or were corrected.
//!
//! Two states of a workspace are compared, and the notes are those of now. Nothing is kept for it: whoever has the state
//! before (an older copy, or the same files without those that are new) can ask.

use std::collections::BTreeMap;

use super::check::Cancelled;
use super::{CheckedNote, Workspace, check};
use crate::library::SourceId;
use crate::note::Sentence;
use crate::rules::{ClaimVerification, Place};
use crate::verify::{LaterKind, Role, Verdict};

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A source speaks against it now.
    Contradicted,
    /// Whoever said it took it back.
    Corrected,
    /// A later source has a newer figure.
    Superseded,
    /// No source bears it out any more.
    Loses,
    /// The sources disagree on it now.
    Disputed,
    /// A source bears it out now.
    Gains,
}

impl Change {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Corrected => "corrected",
            Self::Superseded => "superseded",
            Self::Loses => "loses",
            Self::Disputed => "disputed",
            Self::Gains => "gains",
        }
    }

    /// As people say it of a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Contradicted => "is contradicted now",
            Self::Corrected => "rests on what was corrected",
            Self::Superseded => "rests on what was superseded",
            Self::Loses => "has lost its support",
            Self::Disputed => "is disputed among the sources now",
            Self::Gains => "has support now",
        }
    }
}

/// How a source differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceChange {
    New,
    Changed,
    Gone,
}

impl SourceChange {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// A sentence that stands otherwise.
#[derive(Clone, Debug)]
pub struct AffectedSentence {
    /// Index into the note's sentences.
    pub at: usize,
    pub change: Change,
    /// The passage that does it, in the library of now; of before for one that lost its support.
    pub place: Option<Place>,
}

/// A note with the sentences that stand otherwise.
#[derive(Debug)]
pub struct AffectedNote {
    pub note: CheckedNote,
    pub sentences: Vec<AffectedSentence>,
}

/// The sources that differ between two states, by path.
#[must_use]
pub fn of_sources(before: &Workspace, now: &Workspace) -> BTreeMap<String, SourceChange> {
    let (old, new) = (before.library.view(), now.library.view());
    let mut found = BTreeMap::new();
    for id in now.library.ids() {
        let path = now.library.path(id);
        match before.library.by_path(path) {
            None => _ = found.insert(path.to_owned(), SourceChange::New),
            Some(other) if old.source(other).text != new.source(id).text => {
                found.insert(path.to_owned(), SourceChange::Changed);
            }
            Some(_) => {}
        }
    }
    let gone = before.library.ids().map(|id| before.library.path(id)).filter(|path| now.library.by_path(path).is_none());
    found.extend(gone.map(|path| (path.to_owned(), SourceChange::Gone)));
    found
}

/// The notes of now with sentences that stand otherwise than they stood before, in the order of their paths. Notes that
/// cannot be read are left out.
pub fn of_notes(before: &Workspace, now: &Workspace) -> Result<Vec<AffectedNote>, Cancelled> {
    let mut found = Vec::new();
    for path in &now.files.notes {
        let Ok(text) = now.read_note(path) else { continue };
        let (old, new) = (check(&text, path, before, &|| false)?, check(&text, path, now, &|| false)?);
        let both = old.verifications.iter().zip(&new.verifications).enumerate();
        let affected = |(at, (old, new)): (usize, (&Option<ClaimVerification>, &Option<ClaimVerification>))| {
            let (change, place) = of_claim(old.as_ref()?, new.as_ref()?)?;
            Some(AffectedSentence { at, change, place })
        };
        let sentences: Vec<AffectedSentence> = both.filter_map(affected).collect();
        if !sentences.is_empty() {
            found.push(AffectedNote { note: CheckedNote { path: path.clone(), text, checked: new }, sentences });
        }
    }
    Ok(found)
}

impl AffectedNote {
    #[must_use]
    pub fn sentence(&self, affected: &AffectedSentence) -> &Sentence {
        &self.note.checked.note.sentences[affected.at]
    }
}

fn of_claim(old: &ClaimVerification, new: &ClaimVerification) -> Option<(Change, Option<Place>)> {
    let is_against = |verdict| matches!(verdict, Verdict::Contradicted | Verdict::Misquoted);
    let first =
        |judged: &ClaimVerification, role: Role| judged.evidence.iter().find(|evidence| evidence.role == role).map(Place::from);
    if is_against(new.verdict) && !is_against(old.verdict) {
        return Some((Change::Contradicted, first(new, Role::Conflicts)));
    }
    let later = new.later.iter().find(|later| !old.later.iter().any(|before| before.kind == later.kind));
    if let Some(later) = later {
        let change = match later.kind {
            LaterKind::Corrected => Change::Corrected,
            LaterKind::Superseded => Change::Superseded,
            LaterKind::Disputed => Change::Disputed,
        };
        return Some((change, Some(Place { source: later.source, span: later.sentence })));
    }
    match (old.is_borne_out(), new.is_borne_out()) {
        (true, false) => Some((Change::Loses, None)),
        (false, true) => Some((Change::Gains, first(new, Role::Supports))),
        _ => None,
    }
}

/// The source of a place, for who lists them by source.
impl AffectedSentence {
    #[must_use]
    pub fn source(&self) -> Option<SourceId> {
        self.place.map(|place| place.source)
    }
}
