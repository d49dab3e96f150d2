//! What became of what was locked: which cited sources are other files now, and where in them the words are that bore
//! claims out.
//!
//! It is found out when the library was read, and not when a note is checked. Files are hashed only if the lock names them,
//! and once for each state in which the library has them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::Workspace;
use super::sentence::Work;
use crate::library::holdings::Stamp;
use crate::library::{SourceId, View, files};
use crate::rules::Finding;
use crate::rules::evidence_changed::{self, Change, ChangedEvidence, Now};
use crate::rules::lock::{self, Lock, LockKey, LockedPassage, Sum};
use crate::text::Span;
use crate::text::words::words;

/// For so many passages that are gone the nearest is looked for.
const MOST_NEAREST: usize = 200;

/// Hashes of the files of sources, as long as these are as they were.
#[derive(Debug, Default)]
pub struct Sums(Mutex<FxHashMap<String, (Stamp, Option<Sum>)>>);

/// What became of what was locked, by note.
pub type Changes = FxHashMap<String, ChangedEvidence>;

/// The lock of a workspace. What cannot be read is told like a wrong line.
pub fn read(root: &Path) -> Lock {
    match files::read_text(root, lock::FILE_NAME, lock::LARGEST) {
        Ok(text) => Lock::parse(&text),
        Err(refusal) if refusal.is_absence() => Lock::default(),
        Err(refusal) => Lock::unreadable(refusal.to_string()),
    }
}

/// What is said of the citations of a note.
pub fn findings(work: &Work<'_>) -> Vec<Finding> {
    let changed = work.workspace.changed_evidence().get(work.note.path);
    changed.map(|changed| evidence_changed::findings(&work.note, changed, &work.workspace.library.view())).unwrap_or_default()
}

impl Workspace {
    /// SHA-256 of the file of a source, as the library has it; `None` if it cannot be read now.
    #[must_use]
    pub fn sum_of(&self, id: SourceId) -> Option<Sum> {
        let held = self.library.file_of(id);
        // What is open in an editor is what its text there is.
        if held.stamp.is_open {
            let library = self.library.view();
            let source = library.source(id);
            return Some(Sha256::digest(source.text.as_bytes()).into()).filter(|_| !source.is_rendition);
        }
        let known = |stamp: &Stamp| {
            let sums = self.sums.0.lock().unwrap_or_else(PoisonError::into_inner);
            sums.get(&held.path).filter(|(known, _)| known == stamp).map(|(_, sum)| *sum)
        };
        if let Some(sum) = known(&held.stamp) {
            return sum;
        }
        let mut hasher = Hashing(Sha256::new());
        let read = files::hash(&self.root, &held.path, self.settings.largest_source().saturating_add(1), &mut hasher);
        let sum = read.is_ok().then(|| hasher.0.finalize().into());
        let mut sums = self.sums.0.lock().unwrap_or_else(PoisonError::into_inner);
        sums.insert(held.path.clone(), (held.stamp.clone(), sum));
        sum
    }

    /// What became of what was locked. Nothing is said while sources are still being read.
    pub(super) fn changed_evidence(&self) -> &Changes {
        self.changes
            .get_or_init(|| if self.lock.is_empty() || self.library.is_partial() { Changes::default() } else { changes(self) })
    }
}

fn changes(workspace: &Workspace) -> Changes {
    let mut sums: FxHashMap<SourceId, Option<Sum>> = FxHashMap::default();
    let mut changed: BTreeMap<SourceId, Vec<(&LockKey, &LockedPassage)>> = BTreeMap::new();
    for (key, entry) in workspace.lock.entries() {
        let Some(passage) = &entry.passage else { continue };
        let Some(id) = workspace.library.by_path(&key.source) else { continue };
        let sum = *sums.entry(id).or_insert_with(|| workspace.sum_of(id));
        if sum.is_some_and(|sum| sum != entry.sum) {
            changed.entry(id).or_default().push((key, passage));
        }
    }
    let (mut changes, mut nearest) = (Changes::default(), 0);
    let mut left = lock::MOST_HASHED;
    for (id, locked) in changed {
        // What one source needs may go when the next is opened.
        let library = workspace.library.view();
        let passages: Vec<&LockedPassage> = locked.iter().map(|(_, passage)| *passage).collect();
        let Some(found) = lock::find(&library.source(id).layout.visible, &passages, &mut left) else { continue };
        for ((key, passage), places) in locked.into_iter().zip(found) {
            let is_where_it_was = |span: &Span| library.place(id, span.start).plain() == passage.place;
            if places.iter().any(is_where_it_was) {
                continue;
            }
            let now = match places.first() {
                Some(span) => Now::Moved(*span),
                None => {
                    nearest += 1;
                    Now::Gone((nearest <= MOST_NEAREST).then(|| like(passage, id, &library)).flatten())
                }
            };
            let change = Change { words: passage.text.clone(), place: passage.place.clone(), now };
            changes.entry(key.note.clone()).or_default().insert((key.claim, id), change);
        }
    }
    changes
}

/// The sentence of a source that is most like the words that are known of a passage.
fn like(passage: &LockedPassage, id: SourceId, library: &View<'_>) -> Option<Span> {
    let query: Vec<_> = words(&passage.text).iter().filter(|word| !word.is_stop).take(16).map(|word| (word.term, 1.0)).collect();
    library.passages(&query, Some(id), 1).first().map(|(sentence, _)| library.sentence(*sentence).span)
}

/// SHA-256 where a hasher is asked for.
struct Hashing(Sha256);

impl std::hash::Hasher for Hashing {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
