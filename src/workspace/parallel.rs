//! Many sentences are judged on all processors at once, and who waits hears how far that is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use super::check::Cancelled;
use super::sentence::{SentenceEntry, Work};

/// What stands already is told first after this time, and then each time that twice as much time has
/// passed.
const FIRST: Duration = Duration::from_millis(250);
/// So few are told all at once.
const SHORT: usize = 24;
const MOST_THREADS: usize = 8;
/// Fewer are judged sooner than threads begin.
const FEW: usize = 4;

/// Judges the sentences in `new`, and puts their entries at their places.
pub fn judge(
    new: &[usize],
    work: &Work<'_>,
    entries: &mut [Option<SentenceEntry>],
    is_cancelled: &(dyn Fn() -> bool + Sync),
    so_far: &dyn Fn(&[Option<SentenceEntry>]),
) -> Result<(), Cancelled> {
    if new.len() <= FEW {
        for at in new {
            if is_cancelled() {
                return Err(Cancelled);
            }
            entries[*at] = Some(work.judge(*at));
        }
        return Ok(());
    }
    let next = AtomicUsize::new(0);
    let take = || new.get(next.fetch_add(1, Ordering::Relaxed)).copied().filter(|_| !is_cancelled());
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MOST_THREADS);
    thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..threads {
            let (sender, take) = (sender.clone(), &take);
            // Whoever receives is there until all senders are gone.
            scope.spawn(move || {
                while let Some(at) = take() {
                    let _ = sender.send((at, work.judge(at)));
                }
            });
        }
        drop(sender);
        let (begun, mut due) = (Instant::now(), FIRST);
        for (at, entry) in receiver {
            entries[at] = Some(entry);
            if new.len() > SHORT && begun.elapsed() >= due {
                so_far(entries);
                due = 2 * begun.elapsed();
            }
        }
    });
    if new.iter().all(|at| entries[*at].is_some()) { Ok(()) } else { Err(Cancelled) }
}
