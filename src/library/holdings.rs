//! Holdings: what a library has, file by file, and where it is kept.
//!
//! A [`Holdings`] is never changed; [`Holdings::with`] makes the next one, which shares with it
//! all that stayed the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Number};
use super::record::{PreparedSource, Record, Summary, Terms, terms_of};
use super::statistics::{Delta, Statistics};

/// How a file looked when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// In nanoseconds since 1970.
    pub modified: u64,
    /// A hash of its bytes, and of its sidecar's.
    pub hash: u64,
    /// It was read so soon after it was changed that another change may have left size and time
    /// as they were.
    pub is_fresh: bool,
    /// It is open in the editor, and its text there is what counts.
    pub is_open: bool,
}

/// A file of the library.
#[derive(Clone, Debug)]
pub struct LibraryFile {
    /// Relative to the root.
    pub path: String,
    pub stamp: Stamp,
    /// The sources in it, or why it could not be read.
    pub found: Result<Vec<LibrarySource>, String>,
}

/// A source of a file.
#[derive(Clone, Debug)]
pub struct LibrarySource {
    pub summary: Summary,
    pub place: RecordPlace,
}

/// Where the record of a source is.
#[derive(Clone, Debug)]
pub enum RecordPlace {
    OnDisk(Number),
    InMemory(Arc<MemoryRecord>),
}

/// A record with the terms of its sentences.
#[derive(Debug)]
pub struct MemoryRecord {
    pub record: Record,
    pub terms: Terms,
}

impl LibrarySource {
    /// A source that is kept in memory.
    #[must_use]
    pub fn in_memory(prepared: PreparedSource) -> Self {
        let PreparedSource { record, terms, summary } = prepared;
        Self { summary, place: RecordPlace::InMemory(Arc::new(MemoryRecord { record, terms })) }
    }
}

/// What a library has.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    /// In the order of their paths.
    pub files: Vec<Arc<LibraryFile>>,
    pub statistics: Statistics,
    pub disk: Option<Arc<Disk>>,
}

/// A file that came, changed or went (`None`).
pub type Change = (String, Option<LibraryFile>);

impl Holdings {
    /// The file with this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Arc<LibraryFile>> {
        self.files.binary_search_by(|held| held.path.as_str().cmp(path)).ok().map(|at| &self.files[at])
    }

    /// Whether the other holdings are these.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let same = |(own, their): (&Arc<LibraryFile>, &Arc<LibraryFile>)| Arc::ptr_eq(own, their);
        self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(same)
    }

    /// How many sources are in memory, and not on disk.
    #[must_use]
    pub fn in_memory(&self) -> usize {
        let sources = self.files.iter().filter_map(|held| held.found.as_ref().ok()).flatten();
        sources.filter(|source| matches!(source.place, RecordPlace::InMemory(_))).count()
    }

    /// The holdings after some changes. What sources count for that come and are on disk is in
    /// `counted`.
    #[must_use]
    pub fn with(&self, mut changes: Vec<Change>, counted: Delta) -> Self {
        changes.sort_by(|a, b| a.0.cmp(&b.0));
        let mut delta = counted;
        let mut files = Vec::with_capacity(self.files.len() + changes.len());
        let mut changes = changes.into_iter().peekable();
        let come = |files: &mut Vec<Arc<LibraryFile>>, delta: &mut Delta, held: Option<LibraryFile>| {
            let Some(held) = held else { return };
            for source in held.found.iter().flatten() {
                if let RecordPlace::InMemory(it) = &source.place {
                    delta.count(&source.summary, &it.terms, 1);
                }
            }
            files.push(Arc::new(held));
        };
        for held in &self.files {
            while let Some((_, new)) = changes.next_if(|(path, _)| *path < held.path) {
                come(&mut files, &mut delta, new);
            }
            let Some((_, new)) = changes.next_if(|(path, _)| *path == held.path) else {
                files.push(Arc::clone(held));
                continue;
            };
            for source in held.found.iter().flatten() {
                self.count_out(source, &mut delta);
            }
            come(&mut files, &mut delta, new);
        }
        changes.for_each(|(_, new)| come(&mut files, &mut delta, new));
        let mut statistics = self.statistics.clone();
        statistics.add(delta);
        Self { files, statistics, disk: self.disk.clone() }
    }

    fn count_out(&self, source: &LibrarySource, delta: &mut Delta) {
        match &source.place {
            RecordPlace::InMemory(it) => delta.count(&source.summary, &it.terms, -1),
            RecordPlace::OnDisk(number) => {
                if let Some(record) = self.disk.as_ref().and_then(|disk| disk.record(*number)) {
                    delta.count(&source.summary, &terms_of(&record), -1);
                }
            }
        }
    }
}
