//! Reading many files: what was read is kept from time to time, so that it can be used and is not read
//! again after an interruption, and what takes long comes last.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{StaleFile, Update};
use crate::library::holdings::{Change, LibraryFile, LibrarySource};
use crate::library::parallel;
use crate::library::record::PreparedSource;
use crate::library::statistics::Delta;
use crate::library::worker::{TimeLimit, Workers};
use crate::source::Format;

/// How long the first wave takes where somebody waits for it, and where nobody does. Each further one takes
/// twice as long, as keeping what there is takes the longer the more there is.
const FIRST_FOR_SOMEBODY: Duration = Duration::from_secs(1);
const FIRST_FOR_NOBODY: Duration = Duration::from_secs(10);

/// Files that one thread takes at a time: their terms are counted together.
const MANY: usize = 64;

/// Files that are still to be read.
pub struct Waves<'u> {
    update: &'u Update<'u>,
    workers: Workers,
    /// What our own readers read, at once.
    quick: Vec<StaleFile<'u>>,
    /// What is read in another process.
    intricate: Vec<StaleFile<'u>>,
    /// What took too long while others waited.
    slow: Vec<StaleFile<'u>>,
    length: Duration,
    done: AtomicUsize,
    all: usize,
}

/// What was read of them.
#[derive(Default)]
pub struct Wave {
    pub changes: Vec<Change>,
    /// What the sources count for that are on disk.
    pub counted: Delta,
}

/// What one thread did.
#[derive(Default)]
struct Part<'u> {
    wave: Wave,
    left: Vec<StaleFile<'u>>,
    slow: Vec<StaleFile<'u>>,
}

/// Where a source goes that was read.
pub type Put<'a> = dyn Fn(PreparedSource, &mut Delta) -> tantivy::Result<LibrarySource> + Sync + 'a;

impl<'u> Waves<'u> {
    pub fn new(update: &'u Update<'u>, stale: Vec<StaleFile<'u>>) -> Self {
        let all = stale.len();
        let is_quick = |file: &StaleFile<'_>| Format::of(file.path).is_none_or(Format::is_text);
        let (quick, mut intricate): (Vec<_>, Vec<_>) = stale.into_iter().partition(is_quick);
        // Small files are read sooner.
        intricate.sort_by_key(|file| file.stamp.size);
        Self {
            update,
            workers: Workers::new(),
            quick,
            intricate,
            slow: Vec::new(),
            length: if update.so_far.is_some() { FIRST_FOR_SOMEBODY } else { FIRST_FOR_NOBODY },
            done: AtomicUsize::new(0),
            all,
        }
    }

    pub fn is_done(&self) -> bool {
        self.quick.is_empty() && self.intricate.is_empty() && self.slow.is_empty()
    }

    /// Reads as many files as there is time for in a wave; at least one, unless that is cancelled.
    pub fn next(&mut self, put: &Put<'_>) -> tantivy::Result<Wave> {
        let end = Instant::now() + self.length;
        self.length *= 2;
        let mut wave = Wave::default();
        let quick = std::mem::take(&mut self.quick);
        self.quick = self.batch(quick, MANY, TimeLimit::Short, end, put, &mut wave)?;
        if Instant::now() < end {
            let intricate = std::mem::take(&mut self.intricate);
            self.intricate = self.batch(intricate, 1, TimeLimit::Short, end, put, &mut wave)?;
        }
        if self.quick.is_empty() && self.intricate.is_empty() && wave.changes.is_empty() {
            // Each may take a minute, and what was read after one is worth keeping.
            let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let rest = self.slow.split_off(self.slow.len().min(threads));
            let slow = std::mem::replace(&mut self.slow, rest);
            let left = self.batch(slow, 1, TimeLimit::Long, end, put, &mut wave)?;
            self.slow.extend(left);
        }
        Ok(wave)
    }

    /// Reads files until the end of the wave, side by side. Returns those that are left.
    fn batch(
        &mut self,
        files: Vec<StaleFile<'u>>,
        together: usize,
        limit: TimeLimit,
        end: Instant,
        put: &Put<'_>,
        wave: &mut Wave,
    ) -> tantivy::Result<Vec<StaleFile<'u>>> {
        let chunks: Vec<&[StaleFile<'_>]> = files.chunks(together).collect();
        let work = |chunk: &&[StaleFile<'u>]| self.read(chunk, limit, end, put);
        let parts = if together == 1 { parallel::side_by_side(&chunks, work) } else { parallel::map(&chunks, work) };
        let mut all_left = Vec::new();
        for part in parts {
            let Part { wave: Wave { changes, counted }, left, slow } = part?;
            wave.changes.extend(changes);
            wave.counted.join(counted);
            all_left.extend(left);
            self.slow.extend(slow);
        }
        Ok(all_left)
    }

    fn read(&self, files: &[StaleFile<'u>], limit: TimeLimit, end: Instant, put: &Put<'_>) -> tantivy::Result<Part<'u>> {
        let mut part = Part::default();
        for file in files {
            if (self.update.is_cancelled)() || Instant::now() > end && limit == TimeLimit::Short {
                part.left.push(file.clone());
                continue;
            }
            let Some((stamp, found)) = self.update.read(file, &self.workers, limit) else {
                part.slow.push(file.clone());
                continue;
            };
            let mut add = |prepared| put(prepared, &mut part.wave.counted);
            let found = match found {
                Ok(sources) => Ok(sources.into_iter().map(&mut add).collect::<tantivy::Result<Vec<_>>>()?),
                Err(reason) => Err(reason),
            };
            part.wave.changes.push((file.path.to_owned(), Some(LibraryFile { path: file.path.to_owned(), stamp, found })));
            (self.update.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1, self.all);
        }
        Ok(part)
    }
}
