//! The cache folder: what is kept of a workspace between sessions, so that the next start is quick.
//!
//! Nothing in it cannot be made again from the sources. A state of the library is an index and a
//! file with the holdings. The holdings are written first, under the number of the new state; the
//! commit of the index names that number; then the old holdings go. So whoever opens the cache at
//! any moment, also after a crash, finds one whole state. One process writes at a time; the others
//! read what was there, and what they lack they keep in memory.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use etcetera::BaseStrategy;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::checked::{self, Unusable};
use super::disk::{Disk, Number, Writer, is_sealed, unseal};
use super::holdings::{Holdings, LibraryFile, LibrarySource, RecordPlace, Stamp};
use super::record::Summary;
use super::statistics::{self, Statistics};

/// Overrides the user's cache folder.
pub const VARIABLE: &str = "CORROBORATE_CACHE";

/// Where things are kept for the workspace at one root.
#[derive(Clone, Debug, Default)]
pub struct CacheFolder {
    /// `None` where the system has no cache folder, and for libraries without a root.
    folder: Option<PathBuf>,
}

/// What is kept of a library.
#[derive(Debug)]
pub enum SavedState {
    /// Nothing, or what another version made.
    Nothing,
    /// The last state, with the next free number.
    State(Holdings, Number),
    /// It is not what was written.
    Damaged,
}

/// What the user should know of the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheProblem {
    /// It was not what was written.
    Damaged,
    /// Nothing can be kept in it, for this reason.
    Unwritable(String),
}

impl fmt::Display for CacheProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => write!(f, "the cached index was damaged and is made again"),
            Self::Unwritable(reason) => {
                write!(f, "the cache cannot be written ({reason}): sources are kept in memory and read again at each start")
            }
        }
    }
}

impl CacheProblem {
    /// The reason is the system's, in its own words, without a path: paths have the names of folders.
    #[must_use]
    pub fn unwritable(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut causes = std::iter::successors(Some(error), |error| error.source());
        let kind = causes.find_map(|error| {
            // tantivy hands some errors round in an `Arc`, which hides them from `downcast_ref`.
            let shared = error.downcast_ref::<Arc<io::Error>>().map(|error| error.kind());
            shared.or_else(|| error.downcast_ref::<io::Error>().map(io::Error::kind))
        });
        Self::Unwritable(kind.map_or_else(|| "the index cannot be written".to_owned(), |kind| kind.to_string()))
    }
}

/// The right to write, which one process has at a time.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    index: PathBuf,
}

/// Holdings as they are kept.
#[derive(Serialize, Deserialize)]
struct SavedHoldings {
    made_by: String,
    /// The largest source that was read, in bytes.
    largest: u64,
    next: Number,
    files: Vec<SavedFile>,
    statistics: statistics::SavedStatistics,
}

#[derive(Serialize, Deserialize)]
struct SavedFile {
    path: String,
    stamp: Stamp,
    found: Result<Vec<(Summary, Number)>, String>,
}

/// The version with a hash of the code that reads, cuts and counts texts: what other code made may
/// differ in anything.
const MADE_BY: &str = concat!("corroborate ", env!("CARGO_PKG_VERSION"), " ", env!("CORROBORATE_CODE"));

const RENDITIONS: &str = "renditions";
const HOLDINGS: &str = "holdings-";

impl CacheFolder {
    /// The cache of the workspace at `root`.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { folder: everything().map(|cache| cache.join(name_of(root))) }
    }

    /// A folder of somebody's own.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// The folder with everything that is kept for the root.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The folder of the renditions.
    #[must_use]
    pub fn renditions(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(RENDITIONS))
    }

    /// The file with what models said before.
    #[must_use]
    pub fn answers(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("answers"))
    }

    /// The same file, to add to it.
    #[must_use]
    pub fn open_answers(&self) -> Option<File> {
        let file = self.answers()?;
        fs::create_dir_all(self.folder.as_ref()?).and_then(|()| self.make_private()).ok()?;
        File::options().create(true).append(true).open(file).ok()
    }

    /// Puts other content in the place of that file. Who adds to it meanwhile loses what is added, which is only time.
    pub fn replace_answers(&self, content: &[u8]) {
        let Some(file) = self.answers() else { return };
        let new = file.with_extension(std::process::id().to_string());
        if fs::write(&new, content).and_then(|()| fs::rename(&new, &file)).is_err() {
            let _ = fs::remove_file(new);
        }
    }

    fn index(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("library"))
    }

    /// What is kept of the library. Files that were too large or too small for `largest` count as
    /// changed.
    #[must_use]
    pub fn open(&self, largest: u64) -> SavedState {
        const TRIES: usize = 3;
        let Some(folder) = self.index() else { return SavedState::Nothing };
        if !folder.join("meta.json").exists() && !is_sealed(&folder) {
            return SavedState::Nothing;
        }
        for _ in 0..TRIES {
            // What is damaged in a way that nobody thought of may trip up whoever reads it.
            match catch_unwind(|| read(&folder, largest)).unwrap_or(Err(Unusable::Damaged)) {
                Ok(kept) => return kept,
                Err(Unusable::Other) => return SavedState::Nothing,
                // Another process may just have put a new state in its place.
                Err(Unusable::Damaged) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
        // Whoever wrote it for the first time was stopped before the end.
        if is_sealed(&folder) { SavedState::Damaged } else { SavedState::Nothing }
    }

    /// Takes the right to write. `None` if another process has it.
    pub fn lock(&self) -> io::Result<Option<Lock>> {
        let index = self.index().ok_or(io::ErrorKind::NotFound)?;
        fs::create_dir_all(&index)?;
        self.make_private()?;
        let file = File::options().create(true).truncate(false).write(true).open(index.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file, index })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Nobody else may look into the folder, also if another version made it.
    fn make_private(&self) -> io::Result<()> {
        #[cfg(unix)]
        if let Some(folder) = &self.folder {
            use std::os::unix::fs::PermissionsExt;
            const OWNER_ONLY: u32 = 0o700;
            fs::set_permissions(folder, fs::Permissions::from_mode(OWNER_ONLY))?;
        }
        Ok(())
    }

    /// Deletes everything that is kept for the root. Returns the number of bytes; none if a
    /// process is writing.
    pub fn clean(&self) -> io::Result<Option<u64>> {
        let Some(folder) = self.folder.as_deref().filter(|folder| folder.is_dir()) else { return Ok(Some(0)) };
        let Some(_lock) = self.lock()? else { return Ok(None) };
        let bytes = size_of(folder);
        self.index().map(|index| unseal(&index)).transpose()?;
        fs::remove_dir_all(folder)?;
        Ok(Some(bytes))
    }

    /// How many bytes are kept of the library.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.index().map_or(0, |folder| size_of(&folder))
    }
}

impl Lock {
    /// A writer that goes on from the state that is there, or begins anew.
    pub fn writer(&self, anew: bool) -> tantivy::Result<Writer> {
        const THREADS: usize = 2;
        if anew {
            unseal(&self.index)?;
            for entry in fs::read_dir(&self.index)?.flatten().filter(|entry| entry.file_name() != "lock") {
                // On Windows a file that another process has open stays, and is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
        Writer::open(&self.index, THREADS)
    }

    /// Keeps a state: everything that `writer` was given, and `holdings`, whose sources must all be
    /// on disk. Returns the holdings as they are now.
    pub fn keep(&self, writer: &mut Writer, holdings: &Holdings, largest: u64, next: Number) -> tantivy::Result<Holdings> {
        let generation = holdings.disk.as_ref().map_or(0, |disk| disk.generation()) + 1;
        let mut used: FxHashSet<Number> = FxHashSet::default();
        let files = holdings.files.iter().map(|held| {
            let numbered = |source: &LibrarySource| match source.place {
                RecordPlace::OnDisk(number) => {
                    used.insert(number);
                    Some((source.summary.clone(), number))
                }
                RecordPlace::InMemory(_) => None,
            };
            let found = held.found.as_ref().map(|sources| sources.iter().filter_map(numbered).collect());
            SavedFile { path: held.path.clone(), stamp: held.stamp.clone(), found: found.map_err(Clone::clone) }
        });
        let files = files.collect();
        if let Some(disk) = &holdings.disk {
            disk.numbers().filter(|number| !used.contains(number)).for_each(|number| writer.remove(number));
        }
        let statistics = holdings.statistics.to_kept();
        let saved = SavedHoldings { made_by: MADE_BY.to_owned(), largest, next, files, statistics };
        let file = holdings_file(&self.index, generation);
        let new = file.with_extension("new");
        fs::write(&new, checked::encode(&saved))?;
        fs::rename(&new, &file)?;
        writer.commit(generation)?;
        self.remove_old(generation);
        let disk = Some(Arc::new(Disk::open(&self.index)?));
        let statistics = Statistics::of_kept(saved.statistics);
        Ok(Holdings { files: holdings.files.clone(), statistics, disk })
    }

    fn remove_old(&self, generation: u64) {
        let current = holdings_file(&self.index, generation);
        let entries = fs::read_dir(&self.index).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_old = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(HOLDINGS)) && *path != current
        };
        entries.filter(is_old).for_each(|path| drop(fs::remove_file(path)));
    }
}

fn holdings_file(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("{HOLDINGS}{generation}.bin"))
}

fn read(folder: &Path, largest: u64) -> Result<SavedState, Unusable> {
    let disk = Disk::open(folder).map_err(|error| match error {
        tantivy::TantivyError::SchemaError(_) | tantivy::TantivyError::IncompatibleIndex(_) => Unusable::Other,
        _ => Unusable::Damaged,
    })?;
    let bytes = fs::read(holdings_file(folder, disk.generation())).map_err(|_| Unusable::Damaged)?;
    let saved: SavedHoldings = checked::decode(&bytes)?;
    if saved.made_by != MADE_BY {
        return Err(Unusable::Other);
    }
    let mut is_whole = true;
    let files = saved.files.into_iter().map(|SavedFile { path, mut stamp, found }| {
        if saved.largest != largest && (found.is_err() || stamp.size > largest) {
            stamp = Stamp::default();
        }
        let found = found.map(|sources| {
            let on_disk = |(summary, number)| {
                is_whole &= disk.holds(number);
                LibrarySource { summary, place: RecordPlace::OnDisk(number) }
            };
            sources.into_iter().map(on_disk).collect()
        });
        Arc::new(LibraryFile { path, stamp, found })
    });
    let files = files.collect();
    let statistics = Statistics::of_kept(saved.statistics);
    if !is_whole {
        return Err(Unusable::Damaged);
    }
    Ok(SavedState::State(Holdings { files, statistics, disk: Some(Arc::new(disk)) }, saved.next))
}

/// The folder in which everything of this program is cached.
fn everything() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("corroborate"))
}

/// Whether a file is one that this program made for reading, for whatever root.
#[must_use]
pub fn holds(file: &Path) -> bool {
    let inside = everything().and_then(|folder| folder.canonicalize().ok()).and_then(|folder| file.strip_prefix(folder).ok());
    inside.is_some_and(|inside| inside.iter().any(|part| part == RENDITIONS))
}

/// A folder name for a root: its own name, for people, and a hash of its path.
fn name_of(root: &Path) -> String {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    root.hash(&mut hasher);
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{name}-{:016x}", hasher.finish())
}

fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size_of(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
