//! Reading the workspace in the background: one reading at a time, and what changes meanwhile is
//! read in the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::document::Token;
use super::outbox::{Outbox, Outgoing};
use crate::library::cache::{CacheFolder, CacheProblem};
use crate::workspace::{Opener, Workspace, settings};

/// How long files must be quiet before they are read: saving one makes several events.
pub const QUIET: Duration = Duration::from_millis(50);
/// However much goes on, files are read after this time.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// What must be read again.
#[derive(Debug, Default, PartialEq, Eq)]
enum PendingReading {
    #[default]
    Nothing,
    /// Sources, by their names.
    Sources(BTreeSet<String>),
    All,
    /// Everything, and nothing of what is known of it is used again.
    Anew,
}

/// What is wanted, and whether it is being read.
#[derive(Debug, Default)]
pub struct Loading {
    wanted: PendingReading,
    since: Option<Instant>,
    /// The reading that is under way.
    running: Option<(i32, Token)>,
    readings: i32,
}

/// A workspace that was read.
#[derive(Debug)]
pub enum Loaded {
    /// As far as it is.
    SoFar(Arc<Workspace>),
    Whole(Arc<Workspace>),
    /// It goes on, and this is to be said of the cache.
    Problem(CacheProblem),
    /// Nothing had changed.
    Same,
    Cancelled,
    Failed,
}

impl Loading {
    /// Loadings of different roots name their progress differently.
    pub fn numbered(root: usize) -> Self {
        const ROOM: i32 = 1 << 20;
        Self { readings: (root as i32).wrapping_mul(ROOM), ..Self::default() }
    }

    /// Everything must be read again.
    pub fn want_all(&mut self) {
        self.since.get_or_insert_with(Instant::now);
        if self.wanted != PendingReading::Anew {
            self.wanted = PendingReading::All;
        }
    }

    /// Everything must be read as if it had never been.
    pub fn want_anew(&mut self) {
        self.since.get_or_insert_with(Instant::now);
        self.wanted = PendingReading::Anew;
    }

    /// A source must be read again.
    pub fn want(&mut self, name: String) {
        self.since.get_or_insert_with(Instant::now);
        match &mut self.wanted {
            PendingReading::Nothing => self.wanted = PendingReading::Sources(BTreeSet::from([name])),
            PendingReading::Sources(names) => drop(names.insert(name)),
            PendingReading::All | PendingReading::Anew => {}
        }
    }

    /// Whether reading may not wait any longer, though files go on changing.
    pub fn is_overdue(&self) -> bool {
        self.since.is_some_and(|since| since.elapsed() > LONGEST_WAIT)
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// A reading ended.
    pub fn ended(&mut self) {
        self.running = None;
    }

    /// Stops the reading whose progress has this token.
    pub fn cancel(&self, token: i32) {
        if let Some((running, stop)) = &self.running
            && *running == token
        {
            stop.cancel();
        }
    }

    /// Begins to read what is wanted, unless something is being read.
    pub fn start(&mut self, job: Job) {
        if self.running.is_some() || self.wanted == PendingReading::Nothing {
            return;
        }
        self.since = None;
        self.readings = self.readings.wrapping_add(1);
        let stop = Token::default();
        self.running = Some((self.readings, stop.clone()));
        let (wanted, token) = (std::mem::take(&mut self.wanted), self.readings);
        tokio::task::spawn_blocking(move || {
            let loaded = catch_unwind(AssertUnwindSafe(|| job.run(&wanted, token, &stop))).unwrap_or(Loaded::Failed);
            (job.tell)(loaded);
        });
    }
}

/// A reading, with all that it needs.
pub struct Job {
    pub folder: PathBuf,
    pub before: Option<Arc<Workspace>>,
    /// Sources that are open in the editor, by their files.
    pub open: BTreeMap<PathBuf, String>,
    /// What the editor gives as settings.
    pub settings: Option<Arc<Value>>,
    pub outbox: Outbox,
    pub with_progress: bool,
    pub tell: Box<dyn Fn(Loaded) + Send + Sync>,
}

impl Job {
    fn run(&self, wanted: &PendingReading, token: i32, stop: &Token) -> Loaded {
        let root = &self.folder;
        let open = self.open.iter().filter_map(|(file, text)| Some((name(root, file)?, text.clone()))).collect();
        let progress = Progress { outbox: &self.outbox, token, is_shown: self.with_progress };
        let report = |done: usize, all: usize| progress.report(done, all);
        let so_far = |workspace| (self.tell)(Loaded::SoFar(workspace));
        let problem = |problem| (self.tell)(Loaded::Problem(problem));
        let opener = Opener {
            progress: &report,
            problem: &problem,
            is_cancelled: &|| stop.is_cancelled(),
            so_far: Some(&so_far),
            open,
            client: self.settings.as_deref(),
            ..Opener::default()
        };
        let before = self.before.as_ref().filter(|before| before.root == *root);
        let workspace = match (before, wanted) {
            (_, PendingReading::Anew) => {
                // What cannot be removed is in use by another process, and true.
                let _ = CacheFolder::of(root).clean();
                opener.open(root)
            }
            (Some(before), PendingReading::Sources(names)) => opener.refresh(before, names),
            (Some(before), _) => opener.reopen(before),
            (None, _) => opener.open(root),
        };
        match workspace {
            Ok(workspace) if before.is_some_and(|before| Arc::ptr_eq(before, &workspace)) => Loaded::Same,
            Ok(workspace) => Loaded::Whole(workspace),
            Err(_) => {
                progress.end("stopped".to_owned());
                Loaded::Cancelled
            }
        }
    }
}

/// A folder that says itself that it is a workspace is one, whatever lies above.
pub fn has_library(folder: &Path) -> bool {
    folder.join(settings::FILE_NAME).is_file() || folder.join("sources").is_dir()
}

fn name(root: &Path, file: &Path) -> Option<String> {
    crate::library::scan::relative(root, file)
}

/// Progress that is shown as soon as there is much to read.
struct Progress<'a> {
    outbox: &'a Outbox,
    token: i32,
    is_shown: bool,
}

impl Progress<'_> {
    fn report(&self, done: usize, all: usize) {
        if !self.is_shown {
            return;
        }
        if done == 1 {
            self.outbox.send(Outgoing::ProgressBegin { token: self.token, title: "Indexing sources".to_owned() });
        }
        if done == all || done.is_multiple_of(all / 50 + 1) {
            self.outbox.send(Outgoing::ProgressReport { token: self.token, done, all });
        }
        if done == all {
            self.end(format!("{all} sources indexed"));
        }
    }

    fn end(&self, message: String) {
        if self.is_shown {
            self.outbox.send(Outgoing::ProgressEnd { token: self.token, message });
        }
    }
}
