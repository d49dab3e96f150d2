//! Bringing the holdings up to date with the files: only what changed is read.

mod waves;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use super::cache::{CacheFolder, CacheProblem, Lock, SavedState};
use super::disk::Number;
use super::files;
use super::holdings::{Change, Holdings, LibraryFile, LibrarySource, RecordPlace, Stamp};
use super::parallel;
use super::record::PreparedSource;
use super::scan::{self, Files};
use super::statistics::Delta;
use super::worker::{TimeLimit, Workers, surviving};
use crate::source::Source;
use waves::Waves;

/// So many changed sources are kept in memory; more go to disk.
const MOST_IN_MEMORY: usize = 256;

/// For so many changed files it is worth waiting until another process has indexed them.
const WORTH_WAITING: usize = 1_000;

/// Work that its owner no longer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Where to look, and whom to tell.
pub struct Update<'a> {
    pub root: &'a Path,
    pub files: &'a Files,
    /// Larger files are not read. In bytes.
    pub largest: u64,
    pub cache: &'a CacheFolder,
    /// Files that are open in the editor, with their texts there.
    pub open: &'a BTreeMap<String, String>,
    /// Hears the number of files read so far, and of all that must be read.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Asked before each file.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Hears what the user should know of the cache.
    pub problem: &'a (dyn Fn(CacheProblem) + Sync),
    /// Hears what there is so far, from time to time during a long first reading.
    pub so_far: Option<&'a (dyn Fn(Holdings) + Sync)>,
}

/// A file that must be read.
#[derive(Clone)]
struct StaleFile<'a> {
    path: &'a str,
    stamp: Stamp,
}

/// What the library makes of sources that were read. A slip costs only their file.
fn prepared(sources: Vec<Source>) -> Result<Vec<PreparedSource>, String> {
    surviving(|| sources.into_iter().map(PreparedSource::of).collect())
}

/// Sources without files, in memory.
#[must_use]
pub fn hold(sources: Vec<Source>) -> Holdings {
    let held = parallel::map(&sources, |source| {
        let found = Ok(vec![LibrarySource::in_memory(PreparedSource::of(source.clone()))]);
        LibraryFile { path: source.path.clone(), stamp: Stamp::default(), found }
    });
    let changes = held.into_iter().map(|held| (held.path.clone(), Some(held))).collect::<BTreeMap<_, _>>();
    Holdings::default().with(changes.into_iter().collect(), Delta::default())
}

impl Update<'_> {
    /// The holdings after everything that changed since `known`, kept on disk.
    pub fn all(&self, known: &Holdings) -> Result<Holdings, Cancelled> {
        let known = self.closed(known);
        let known = match self.on_disk(&known)? {
            Some(kept) => kept,
            None => self.in_memory(&known, self.stale(&known, None), self.gone(&known))?,
        };
        self.opened(&known)
    }

    /// The same for files that may have changed. A few of them are kept in memory.
    pub fn some(&self, known: &Holdings, paths: &BTreeSet<String>) -> Result<Holdings, Cancelled> {
        if known.in_memory() + paths.len() > MOST_IN_MEMORY {
            return self.all(known);
        }
        let stale = self.stale(known, Some(paths));
        let is_gone = |path: &&String| self.files.sources.binary_search(path).is_err() && known.file(path).is_some();
        let gone = paths.iter().filter(is_gone).cloned().collect();
        self.opened(&self.in_memory(known, stale, gone)?)
    }

    /// Files that are not as they were when they were read.
    fn stale(&self, known: &Holdings, only: Option<&BTreeSet<String>>) -> Vec<StaleFile<'_>> {
        let mut asked: Vec<&str> = self.files.sources.iter().map(String::as_str).collect();
        if let Some(only) = only {
            asked.retain(|path| only.contains(*path));
        }
        // Both are in order, and finding a path in many takes long.
        let mut files = known.files.iter().peekable();
        let asked: Vec<(&str, Option<&Arc<LibraryFile>>)> = asked
            .into_iter()
            .map(|path| {
                while files.next_if(|held| held.path.as_str() < path).is_some() {}
                (path, files.next_if(|held| held.path == path))
            })
            .collect();
        let looked = parallel::map(&asked, |(path, held)| {
            let stamp = self.stamp(path);
            let is_same = held.is_some_and(|held| self.is_same(path, &held.stamp, &stamp));
            (!is_same).then_some(StaleFile { path, stamp })
        });
        looked.into_iter().flatten().collect()
    }

    fn gone(&self, known: &Holdings) -> Vec<String> {
        let mut there = self.files.sources.iter().peekable();
        let is_gone = |path: &&String| {
            while there.next_if(|source| source < path).is_some() {}
            there.peek() != Some(path)
        };
        known.files.iter().map(|held| &held.path).filter(is_gone).cloned().collect()
    }

    fn stamp(&self, path: &str) -> Stamp {
        let mut stamp = Stamp::default();
        let sidecar = scan::sidecar(path, self.files);
        for file in std::iter::once(path).chain(sidecar.as_deref()) {
            let Ok(metadata) = files::metadata(self.root, file) else { continue };
            let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
            stamp.size += metadata.len();
            // Any change of either time changes the sum.
            let nanoseconds = modified.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos() as u64;
            stamp.modified = stamp.modified.wrapping_add(nanoseconds);
            stamp.is_fresh |= files::is_fresh(modified);
        }
        stamp
    }

    /// Whether a file is as it was; where its time leaves a doubt, its bytes are compared.
    fn is_same(&self, path: &str, before: &Stamp, now: &Stamp) -> bool {
        if before.is_open || before.size != now.size {
            return false;
        }
        let is_untouched = before.modified == now.modified;
        if is_untouched && !before.is_fresh {
            return true;
        }
        before.hash != 0 && self.hash(path) == before.hash
    }

    /// A hash of what is read of a file and its sidecar; 0 if that cannot be read.
    fn hash(&self, path: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        for file in std::iter::once(path.to_owned()).chain(scan::sidecar(path, self.files)) {
            if files::hash(self.root, &file, self.largest.saturating_add(1), &mut hasher).is_err() {
                return 0;
            }
        }
        hasher.finish()
    }

    /// Reads a file; `None` if that takes longer than the limit.
    fn read(
        &self,
        stale: &StaleFile<'_>,
        workers: &Workers,
        limit: TimeLimit,
    ) -> Option<(Stamp, Result<Vec<PreparedSource>, String>)> {
        let mut stamp = stale.stamp.clone();
        let found = scan::read_source(self.root, stale.path, self.files, self.largest, (workers, limit)).transpose()?;
        if stamp.is_fresh {
            stamp.hash = self.hash(stale.path);
        }
        Some((stamp, found.and_then(prepared)))
    }

    /// The holdings with changed files in memory.
    fn in_memory(&self, known: &Holdings, stale: Vec<StaleFile<'_>>, gone: Vec<String>) -> Result<Holdings, Cancelled> {
        if stale.is_empty() && gone.is_empty() {
            return Ok(known.clone());
        }
        let so_far = self.so_far.filter(|_| known.files.is_empty());
        let mut known = known.with(gone.into_iter().map(|path| (path, None)).collect(), Delta::default());
        let mut waves = Waves::new(self, stale);
        while !waves.is_done() {
            let wave = waves.next(&|prepared, _| Ok(LibrarySource::in_memory(prepared))).map_err(|_| Cancelled)?;
            if (self.is_cancelled)() {
                return Err(Cancelled);
            }
            known = known.with(wave.changes, wave.counted);
            if let Some(so_far) = so_far.filter(|_| !waves.is_done()) {
                so_far(known.clone());
            }
        }
        Ok(known)
    }

    /// The holdings without what is open in the editor: these files are read again.
    fn closed(&self, known: &Holdings) -> Holdings {
        let open = known.files.iter().filter(|held| held.stamp.is_open);
        known.with(open.map(|held| (held.path.clone(), None)).collect(), Delta::default())
    }

    /// The holdings with what is open in the editor as it is there.
    fn opened(&self, known: &Holdings) -> Result<Holdings, Cancelled> {
        let mut changes: Vec<Change> = Vec::new();
        let workers = Workers::new();
        for (path, text) in self.open.iter().filter(|(path, _)| self.files.sources.binary_search(path).is_ok()) {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            let stamp = Stamp { hash: hasher.finish(), is_open: true, ..Stamp::default() };
            let before = known.file(path).map(|held| &held.stamp);
            // An editor shows the file as it is until somebody types.
            let is_as_on_disk = || files::holds(self.root, path, text.as_bytes());
            if before == Some(&stamp) || before.is_some_and(|before| !before.is_open) && is_as_on_disk() {
                continue;
            }
            let found = scan::read_text(self.root, path, text, self.files, &workers).and_then(prepared);
            let found = found.map(|sources| sources.into_iter().map(LibrarySource::in_memory).collect());
            changes.push((path.clone(), Some(LibraryFile { path: path.clone(), stamp, found })));
        }
        let is_closed = |held: &&Arc<LibraryFile>| held.stamp.is_open && !self.open.contains_key(&held.path);
        let closed: BTreeSet<String> = known.files.iter().filter(is_closed).map(|held| held.path.clone()).collect();
        let known = known.with(changes, Delta::default());
        self.in_memory(&known, self.stale(&known, Some(&closed)), Vec::new())
    }

    /// The holdings with everything on disk, or `None` if that cannot be.
    fn on_disk(&self, known: &Holdings) -> Result<Option<Holdings>, Cancelled> {
        if known.disk.is_some() && known.in_memory() == 0 && self.stale(known, None).is_empty() && self.gone(known).is_empty() {
            return Ok(Some(known.clone()));
        }
        let Some(lock) = self.wait_for_lock(known)? else { return Ok(None) };
        // Another process may have written since.
        let (known, next) = match self.cache.open(self.largest) {
            SavedState::State(found, next) => (found, next),
            SavedState::Nothing => (Holdings::default(), 0),
            SavedState::Damaged => {
                (self.problem)(CacheProblem::Damaged);
                (Holdings::default(), 0)
            }
        };
        let (stale, gone) = (self.stale(&known, None), self.gone(&known));
        if known.disk.is_some() && stale.is_empty() && gone.is_empty() {
            return Ok(Some(known));
        }
        match self.write(&lock, known, stale, gone, next) {
            Ok(kept) => kept.map(Some),
            Err(error) => {
                (self.problem)(CacheProblem::unwritable(&error));
                Ok(None)
            }
        }
    }

    fn wait_for_lock(&self, known: &Holdings) -> Result<Option<Lock>, Cancelled> {
        const PAUSE: Duration = Duration::from_millis(100);
        loop {
            match self.cache.lock() {
                Ok(Some(lock)) => return Ok(Some(lock)),
                Ok(None) if self.files.sources.len().abs_diff(known.files.len()) > WORTH_WAITING => {
                    if (self.is_cancelled)() {
                        return Err(Cancelled);
                    }
                    std::thread::sleep(PAUSE);
                }
                Ok(None) => return Ok(None),
                Err(error) => {
                    (self.problem)(CacheProblem::unwritable(&error));
                    return Ok(None);
                }
            }
        }
    }

    /// Reads files into the index. What was read before it was cancelled is kept.
    fn write(
        &self,
        lock: &Lock,
        mut known: Holdings,
        stale: Vec<StaleFile<'_>>,
        mut gone: Vec<String>,
        next: Number,
    ) -> tantivy::Result<Result<Holdings, Cancelled>> {
        let mut writer = lock.writer(known.disk.is_none())?;
        let next = AtomicU32::new(next);
        let mut waves = Waves::new(self, stale);
        loop {
            let mut wave = waves.next(&|prepared, counted| {
                let number = next.fetch_add(1, Ordering::Relaxed);
                counted.count(&prepared.summary, &prepared.terms, 1);
                let held = LibrarySource { summary: prepared.summary.clone(), place: RecordPlace::OnDisk(number) };
                writer.add(number, prepared).map(|()| held)
            })?;
            wave.changes.extend(gone.drain(..).map(|path| (path, None)));
            let holdings = known.with(wave.changes, wave.counted);
            known = lock.keep(&mut writer, &holdings, self.largest, next.load(Ordering::Relaxed))?;
            if (self.is_cancelled)() {
                return Ok(Err(Cancelled));
            }
            if waves.is_done() {
                writer.close()?;
                return Ok(Ok(known));
            }
            if let Some(so_far) = self.so_far {
                so_far(known.clone());
            }
        }
    }
}
