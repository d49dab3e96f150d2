//! Bringing the holdings up to date with the files: only what changed is read.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::cache::{Cache, Lock};
use super::disk::{Number, Writer};
use super::files;
use super::holdings::{Change, Held, HeldSource, Holdings, Shelved, Stamp};
use super::parallel;
use super::record::Prepared;
use super::scan::{self, Files};
use super::statistics::Delta;
use super::worker::{Workers, surviving};
use crate::source::Source;

/// A file system may not tell two changes within this time apart.
const FRESH: Duration = Duration::from_secs(2);

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
    pub cache: &'a Cache,
    /// Files that are open in the editor, with their texts there.
    pub open: &'a BTreeMap<String, String>,
    /// Hears the number of files read so far, and of all that must be read.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Asked before each file.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Hears what there is so far, from time to time during a long first reading.
    pub so_far: Option<&'a (dyn Fn(Holdings) + Sync)>,
}

/// A file that must be read.
struct Stale<'a> {
    path: &'a str,
    stamp: Stamp,
}

/// What the library makes of sources that were read. A slip costs only their file.
fn prepared(sources: Vec<Source>) -> Result<Vec<Prepared>, String> {
    surviving(|| sources.into_iter().map(Prepared::of).collect())
}

/// Sources without files, in memory.
#[must_use]
pub fn hold(sources: Vec<Source>) -> Holdings {
    let held = parallel::map(&sources, |source| {
        let found = Ok(vec![HeldSource::in_memory(Prepared::of(source.clone()))]);
        Held { path: source.path.clone(), stamp: Stamp::default(), found }
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
    fn stale(&self, known: &Holdings, only: Option<&BTreeSet<String>>) -> Vec<Stale<'_>> {
        let mut asked: Vec<&str> = self.files.sources.iter().map(String::as_str).collect();
        if let Some(only) = only {
            asked.retain(|path| only.contains(*path));
        }
        // Both are in order, and finding a path in many takes long.
        let mut files = known.files.iter().peekable();
        let asked: Vec<(&str, Option<&Arc<Held>>)> = asked
            .into_iter()
            .map(|path| {
                while files.next_if(|held| held.path.as_str() < path).is_some() {}
                (path, files.next_if(|held| held.path == path))
            })
            .collect();
        let looked = parallel::map(&asked, |(path, held)| {
            let stamp = self.stamp(path);
            let is_same = held.is_some_and(|held| self.is_same(path, &held.stamp, &stamp));
            (!is_same).then_some(Stale { path, stamp })
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
            stamp.is_fresh |= SystemTime::now().duration_since(modified).is_ok_and(|age| age < FRESH);
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

    fn read(&self, stale: &Stale<'_>, workers: &Workers) -> (Stamp, Result<Vec<Prepared>, String>) {
        let mut stamp = stale.stamp.clone();
        let found = scan::read_source(self.root, stale.path, self.files, self.largest, workers);
        if stamp.is_fresh {
            stamp.hash = self.hash(stale.path);
        }
        (stamp, found.and_then(prepared))
    }

    /// The holdings with changed files in memory.
    fn in_memory(&self, known: &Holdings, stale: Vec<Stale<'_>>, gone: Vec<String>) -> Result<Holdings, Cancelled> {
        if stale.is_empty() && gone.is_empty() {
            return Ok(known.clone());
        }
        let workers = Workers::new();
        let done = AtomicUsize::new(0);
        let held = parallel::map(&stale, |file| {
            if (self.is_cancelled)() {
                return None;
            }
            let (stamp, found) = self.read(file, &workers);
            (self.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, stale.len());
            let found = found.map(|sources| sources.into_iter().map(HeldSource::in_memory).collect());
            Some(Held { path: file.path.to_owned(), stamp, found })
        });
        let held: Vec<Held> = held.into_iter().collect::<Option<_>>().ok_or(Cancelled)?;
        let mut changes: Vec<Change> = gone.into_iter().map(|path| (path, None)).collect();
        changes.extend(held.into_iter().map(|held| (held.path.clone(), Some(held))));
        Ok(known.with(changes, Delta::default()))
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
            let found = found.map(|sources| sources.into_iter().map(HeldSource::in_memory).collect());
            changes.push((path.clone(), Some(Held { path: path.clone(), stamp, found })));
        }
        let is_closed = |held: &&Arc<Held>| held.stamp.is_open && !self.open.contains_key(&held.path);
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
            Some((found, next)) => (found, next),
            None => (Holdings::default(), 0),
        };
        let (stale, gone) = (self.stale(&known, None), self.gone(&known));
        if known.disk.is_some() && stale.is_empty() && gone.is_empty() {
            return Ok(Some(known));
        }
        match self.write(&lock, known, stale, gone, next) {
            Ok(kept) => kept.map(Some),
            Err(_) => Ok(None),
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
                Ok(None) | Err(_) => return Ok(None),
            }
        }
    }

    fn write(
        &self,
        lock: &Lock,
        mut known: Holdings,
        stale: Vec<Stale<'_>>,
        mut gone: Vec<String>,
        next: Number,
    ) -> tantivy::Result<Result<Holdings, Cancelled>> {
        let mut writer = lock.writer(known.disk.is_none())?;
        let next = AtomicU32::new(next);
        let (workers, done, all) = (Workers::new(), AtomicUsize::new(0), stale.len());
        let mut left = stale.as_slice();
        loop {
            let wave;
            (wave, left) = left.split_at(self.wave(done.load(Ordering::Relaxed)).min(left.len()));
            let read = self.add(wave, &writer, &workers, &next, &|| {
                (self.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, all);
            })?;
            let Ok((mut changes, counted)) = read else { return Ok(Err(Cancelled)) };
            changes.extend(std::mem::take(&mut gone).into_iter().map(|path| (path, None)));
            let holdings = known.with(changes, counted);
            (known, writer) = lock.keep(writer, &holdings, self.largest, next.load(Ordering::Relaxed))?;
            if left.is_empty() {
                break;
            }
            if let Some(so_far) = self.so_far {
                so_far(known.clone());
            }
        }
        writer.close()?;
        Ok(Ok(known))
    }

    /// How many files to read before what there is may be used: few at first.
    fn wave(&self, done: usize) -> usize {
        const FIRST: usize = 2_000;
        const LAST: usize = 20_000;
        match self.so_far {
            Some(_) if done < LAST => (3 * done).max(FIRST),
            _ => usize::MAX,
        }
    }

    /// Reads files and gives them to the index.
    #[allow(clippy::type_complexity)]
    fn add(
        &self,
        files: &[Stale<'_>],
        writer: &Writer,
        workers: &Workers,
        next: &AtomicU32,
        progress: &(dyn Fn() + Sync),
    ) -> tantivy::Result<Result<(Vec<Change>, Delta), Cancelled>> {
        /// Files whose terms are counted together.
        const TOGETHER: usize = 64;
        let counted = Mutex::new(Delta::default());
        let chunks: Vec<&[Stale<'_>]> = files.chunks(TOGETHER).collect();
        let changes = parallel::map(&chunks, |chunk| {
            let mut delta = Delta::default();
            let mut changes: Vec<Change> = Vec::with_capacity(chunk.len());
            for file in *chunk {
                if (self.is_cancelled)() {
                    return Ok(None);
                }
                let (stamp, found) = self.read(file, workers);
                let add = |prepared: Prepared| {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    delta.count(&prepared.summary, &prepared.terms, 1);
                    let held = HeldSource { summary: prepared.summary.clone(), place: Shelved::OnDisk(number) };
                    writer.add(number, prepared).map(|()| held)
                };
                let found = match found {
                    Ok(sources) => Ok(sources.into_iter().map(add).collect::<tantivy::Result<Vec<_>>>()?),
                    Err(reason) => Err(reason),
                };
                changes.push((file.path.to_owned(), Some(Held { path: file.path.to_owned(), stamp, found })));
                progress();
            }
            counted.lock().unwrap_or_else(PoisonError::into_inner).join(delta);
            Ok(Some(changes))
        });
        let changes: Option<Vec<Vec<Change>>> = changes.into_iter().collect::<tantivy::Result<_>>()?;
        let counted = counted.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(changes.map(|changes| (changes.into_iter().flatten().collect(), counted)).ok_or(Cancelled))
    }
}
