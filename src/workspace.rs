//! Floor 6: a workspace, its settings and library, and "check this note".
//!
//! A [`Workspace`] is an immutable snapshot: work on it may run anywhere while the session goes
//! on. *Architecture invariant:* the findings of a note are a pure function of the note's text
//! and path, the library's content, the settings, the list of findings that the desk accepts and its lock.

pub mod answers;
mod cache;
pub mod changes;
pub mod check;
mod checked_notes;
mod cited;
pub mod claims;
pub mod explain;
mod findings;
mod judge;
mod kinds;
mod locked;
mod own_model;
mod parallel;
mod part;
pub mod root;
mod sentence;
pub mod settings;
mod suppress;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use rustc_hash::FxHashSet;
use serde_json::Value;

use crate::entail::{MODEL, Model};
use crate::library::aliases;
use crate::library::bibliography::{self, Bibliographies};
use crate::library::cache::{CacheFolder, CacheProblem, SavedState};
use crate::library::files::{self, Refusal};
use crate::library::holdings::Holdings;
use crate::library::renditions::Renditions;
use crate::library::resolve::Surroundings;
use crate::library::scan::{self, Files, Globs};
use crate::library::sync::{Cancelled, Update};
use crate::library::{Library, SourceId, View, paths};
use crate::note::Note;
use crate::rules::lock::{self, Lock};
use crate::rules::store::{self, Store};
use crate::source::Source;
use answers::Answers;
use settings::model::Judge;
use settings::{Mistake, Settings, Step};

pub use check::{CheckResult, check, check_telling};
use checked_notes::CheckedNoteCache;
pub use checked_notes::{CheckedNote, Counts};
pub use findings::{Findings, PartFindings};
pub use suppress::{IgnoredFinding, IgnoredFindings};

/// A larger note is named as too large and not read. In bytes.
const LARGEST_NOTE: u64 = 16 << 20;

/// A root folder with everything that was read from it.
#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub settings: Settings,
    /// What is wrong with what was given, and does not count.
    pub mistakes: Vec<Mistake>,
    /// The findings that the desk accepts.
    pub store: Store,
    /// What bore the cited claims out when the desk last looked.
    pub lock: Arc<Lock>,
    pub files: Files,
    pub library: Library,
    globs: Globs,
    cache_folder: CacheFolder,
    renditions: Renditions,
    cache: Arc<cache::CheckCache>,
    answers: Arc<Answers>,
    checked_notes: CheckedNoteCache,
    /// What notes are called, made when a link leads to no source.
    note_names: OnceLock<FxHashSet<String>>,
    sums: Arc<locked::Sums>,
    /// What became of what was locked.
    changes: OnceLock<locked::Changes>,
    /// The comparison that is left out, to measure what it is worth.
    without: Option<&'static str>,
}

/// A workspace with a view of its library, for one part of work.
pub struct Reading<'w> {
    workspace: &'w Workspace,
    pub library: View<'w>,
}

impl Deref for Reading<'_> {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        self.workspace
    }
}

/// Opens workspaces, and brings them up to date.
pub struct Opener<'a> {
    /// Hears the number of sources read so far, and of all that must be read.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Asked before each source.
    pub is_cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Hears what the user should know of the cache.
    pub problem: &'a (dyn Fn(CacheProblem) + Sync),
    /// Hears of the workspace as far as it is, during a long first reading.
    pub so_far: Option<&'a (dyn Fn(Arc<Workspace>) + Sync)>,
    /// Sources that are open in the editor, with their texts there.
    pub open: BTreeMap<String, String>,
    /// The editor's settings, of its section `corroborate`.
    pub client: Option<&'a Value>,
    /// What the command line says of rules, which is the last word.
    pub last: Step,
}

impl Default for Opener<'_> {
    fn default() -> Self {
        Self {
            progress: &|_, _| (),
            is_cancelled: &|| false,
            problem: &|_| (),
            so_far: None,
            open: BTreeMap::new(),
            client: None,
            last: Step::default(),
        }
    }
}

impl Opener<'_> {
    /// Reads the workspace at `root`, as far as it changed since it was read last by anybody. It
    /// never fails: what cannot be read is listed.
    ///
    /// If that takes longer than a moment, the workspace is told as it is without its sources: whoever asks
    /// something meanwhile is answered.
    pub fn open(&self, root: &Path) -> Result<Arc<Workspace>, Cancelled> {
        const MOMENT: Duration = Duration::from_millis(500);
        let settings = self.settings(root);
        let (cache, largest) = (CacheFolder::of(root), settings.0.largest_source());
        let is_told = Mutex::new(false);
        let tell_first = |workspace, is_late: bool| {
            let mut is_told = is_told.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(so_far) = self.so_far.filter(|_| !is_late || !*is_told) {
                so_far(workspace);
                *is_told = true;
            }
        };
        let tell = |workspace| tell_first(workspace, false);
        let opener =
            Opener { so_far: self.so_far.map(|_| &tell as _), open: self.open.clone(), last: self.last.clone(), ..*self };
        thread::scope(|scope| {
            let known = scope.spawn(|| cache.open(largest));
            let workspace = Workspace::unread(root, settings);
            let bare = Arc::new(workspace.partly_read());
            let (ended, end) = mpsc::channel::<()>();
            scope.spawn(move || {
                if end.recv_timeout(MOMENT) == Err(mpsc::RecvTimeoutError::Timeout) {
                    tell_first(bare, true);
                }
            });
            let workspace = workspace.with_bibliographies(&Bibliographies::default());
            let opened = opener.open_with(workspace, known.join().unwrap_or(SavedState::Damaged));
            drop(ended);
            opened
        })
    }

    fn open_with(&self, workspace: Workspace, kept: SavedState) -> Result<Arc<Workspace>, Cancelled> {
        let workspace = Arc::new(match kept {
            SavedState::State(known, _) => {
                let is_partial = workspace.files.sources.iter().any(|path| known.file(path).is_none());
                workspace.with(known, is_partial)
            }
            SavedState::Nothing | SavedState::Damaged => workspace,
        });
        if let Some(so_far) = self.so_far.filter(|_| !workspace.library.is_empty()) {
            so_far(Arc::clone(&workspace));
        }
        let opened = self.update(Arc::clone(&workspace), None)?;
        // All that it lacked could not be read.
        Ok(if opened.library.is_partial() { Arc::new(opened.with(opened.library.holdings().clone(), false)) } else { opened })
    }

    /// Reads it again. Of bibliographies that are just being written it keeps what they said.
    pub fn reopen(&self, before: &Arc<Workspace>) -> Result<Arc<Workspace>, Cancelled> {
        let settings = self.settings(&before.root);
        let workspace = Workspace::unread(&before.root, settings).with_bibliographies(before.library.bibliographies());
        if workspace.is_same_around(before) && !before.library.is_partial() {
            let is_same = workspace.store == before.store && workspace.lock == before.lock;
            let same = if is_same { Arc::clone(before) } else { Arc::new(before.with_lists(workspace.store, workspace.lock)) };
            return self.update(same, None);
        }
        self.update(Arc::new(workspace.with(before.library.holdings().clone(), false)), None)
    }

    /// Reads those of its sources again that have these paths.
    pub fn refresh(&self, before: &Arc<Workspace>, paths: &BTreeSet<String>) -> Result<Arc<Workspace>, Cancelled> {
        let is_there = |path: &&String| before.globs.is_source(path) && files::is_there(&before.root, path);
        let there: BTreeSet<&String> = paths.iter().filter(is_there).collect();
        let is_known = |path: &String| before.files.sources.binary_search(path).is_ok();
        if paths.iter().all(|path| there.contains(path) == is_known(path)) {
            return self.update(Arc::clone(before), Some(paths));
        }
        let mut files = before.files.clone();
        files.sources.retain(|path| !paths.contains(path));
        files.sources.extend(there.into_iter().cloned());
        files.sources.sort();
        let workspace = Workspace { files, ..before.copy() };
        self.update(Arc::new(workspace.with(before.library.holdings().clone(), false)), Some(paths))
    }

    fn settings(&self, root: &Path) -> (Settings, Vec<Mistake>) {
        let (mut settings, mistakes) = Settings::load(root, self.client);
        settings.steps.extend(Some(self.last.clone()).filter(|last| *last != Step::default()));
        (settings, mistakes)
    }

    fn update(&self, workspace: Arc<Workspace>, only: Option<&BTreeSet<String>>) -> Result<Arc<Workspace>, Cancelled> {
        let frame = Arc::clone(&workspace);
        let so_far = self.so_far.map(|so_far| move |holdings| so_far(Arc::new(frame.with(holdings, true))));
        let update = Update {
            root: &workspace.root,
            files: &workspace.files,
            largest: workspace.settings.largest_source(),
            cache: &workspace.cache_folder,
            open: &self.open,
            progress: self.progress,
            is_cancelled: self.is_cancelled,
            problem: self.problem,
            so_far: so_far.as_ref().map(|so_far| so_far as &(dyn Fn(Holdings) + Sync)),
        };
        let known = workspace.library.holdings();
        let holdings = match only {
            Some(paths) => update.some(known, paths)?,
            None => update.all(known)?,
        };
        let updated = if holdings.is_same(known) { workspace } else { Arc::new(workspace.with(holdings, false)) };
        // Here nobody is typing.
        updated.changed_evidence();
        Ok(updated)
    }
}

impl Workspace {
    /// Opens the workspace at `root`.
    #[must_use]
    pub fn open(root: &Path) -> Arc<Self> {
        let nobody_cancels = |Cancelled| Arc::new(Self::unread(root, Settings::load(root, None)));
        Opener::default().open(root).unwrap_or_else(nobody_cancels)
    }

    /// The workspace with its settings, and without bibliographies and sources.
    fn unread(root: &Path, (settings, mut mistakes): (Settings, Vec<Mistake>)) -> Self {
        let globs = settings.globs();
        let (own, problem) = own_model::of(&settings.model);
        mistakes.extend(problem);
        mistakes.extend(aliases::crowded(&settings.aliases).into_iter().map(Mistake::of_alias));
        let files = scan::list(root, &globs);
        Self {
            root: root.to_owned(),
            settings,
            mistakes,
            store: read_store(root),
            lock: Arc::new(locked::read(root)),
            files,
            library: Library::default(),
            globs,
            answers: Arc::new(Answers::of(&CacheFolder::of(root), own)),
            cache_folder: CacheFolder::of(root),
            renditions: Renditions::of(root),
            cache: Arc::default(),
            checked_notes: CheckedNoteCache::default(),
            note_names: OnceLock::new(),
            sums: Arc::default(),
            changes: OnceLock::new(),
            without: None,
        }
    }

    /// The same workspace with its bibliographies. Of those that are just being written it keeps what they
    /// said before.
    fn with_bibliographies(self, before: &Bibliographies) -> Self {
        let bibliographies = scan::read_bibliographies(&self.root, &self.files, before);
        Self { library: Library::of(Holdings::default(), bibliographies), ..self }
    }

    /// The same workspace without its library.
    fn copy(&self) -> Self {
        Self {
            root: self.root.clone(),
            settings: self.settings.clone(),
            mistakes: self.mistakes.clone(),
            store: self.store.clone(),
            lock: Arc::clone(&self.lock),
            files: self.files.clone(),
            library: Library::of(Holdings::default(), self.library.bibliographies().clone()),
            globs: self.globs.clone(),
            cache_folder: self.cache_folder.clone(),
            renditions: self.renditions.clone(),
            cache: Arc::default(),
            answers: Arc::clone(&self.answers),
            checked_notes: CheckedNoteCache::default(),
            note_names: OnceLock::new(),
            sums: Arc::clone(&self.sums),
            changes: OnceLock::new(),
            without: None,
        }
    }

    /// The same workspace with other holdings, which may not be all.
    fn with(&self, holdings: Holdings, is_partial: bool) -> Self {
        let library = Library::of(holdings, self.library.bibliographies().clone()).with_aliases(&self.settings.aliases);
        Self { library: if is_partial { library.partial() } else { library }, ..self.copy() }
    }

    /// The same workspace with another list of accepted findings, and with another lock. What is kept of checks
    /// stays, as it does not depend on these.
    fn with_lists(&self, store: Store, lock: Arc<Lock>) -> Self {
        let workspace = self.with(self.library.holdings().clone(), false);
        Self { store, lock, cache: Arc::clone(&self.cache), ..workspace }
    }

    /// The same workspace without the sources of some files, which are held in memory.
    #[must_use]
    pub fn without_sources(&self, is_out: impl Fn(&str) -> bool) -> Self {
        let view = self.library.view();
        let sources = self.library.ids().map(|id| view.source(id)).filter(|source| !is_out(&source.file)).cloned().collect();
        let library = Library::new(sources, self.library.bibliographies().clone()).with_aliases(&self.settings.aliases);
        Self { library, ..self.copy() }
    }

    /// A workspace that holds only a library, for checking claims against given documents.
    #[must_use]
    pub fn of_library(library: Library) -> Self {
        let settings = Settings::default();
        let globs = settings.globs();
        Self {
            root: PathBuf::new(),
            settings,
            mistakes: Vec::new(),
            store: Store::default(),
            lock: Arc::default(),
            files: Files::default(),
            library,
            globs,
            cache_folder: CacheFolder::default(),
            renditions: Renditions::default(),
            cache: Arc::default(),
            answers: Arc::default(),
            checked_notes: CheckedNoteCache::default(),
            note_names: OnceLock::new(),
            sums: Arc::default(),
            changes: OnceLock::new(),
            without: None,
        }
    }

    /// The same workspace as it is while more sources are being read for the first time.
    #[must_use]
    pub fn partly_read(&self) -> Self {
        self.with(self.library.holdings().clone(), true)
    }

    /// The model, if not only words are to be compared.
    #[must_use]
    pub fn model(&self) -> Option<&dyn Model> {
        (self.without != Some(MODEL) && self.settings.model.judge == Judge::Model).then(|| &*self.answers as &dyn Model)
    }

    /// What the model says and said before.
    pub(crate) fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The same workspace, whose verifier does without a comparison, or without the model.
    #[must_use]
    pub fn without(&self, comparison: Option<&'static str>) -> Self {
        Self { without: comparison, ..self.with(self.library.holdings().clone(), false) }
    }

    /// The workspace for one part of work.
    #[must_use]
    pub fn reading(&self) -> Reading<'_> {
        Reading { workspace: self, library: self.library.view() }
    }

    /// Whether what is not found now is not there: sources are there, and all are read.
    #[must_use]
    pub fn is_all_known(&self) -> bool {
        !self.library.is_partial() && !self.library.is_empty()
    }

    /// Whether sources are being read, and none of them is known yet.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.library.is_partial() && self.library.is_empty()
    }

    /// What is kept of the workspace between sessions.
    #[must_use]
    pub fn cache_folder(&self) -> &CacheFolder {
        &self.cache_folder
    }

    /// The file that shows a source's text: its own, or its rendition. `None` where that cannot be
    /// written.
    #[must_use]
    pub fn file_of(&self, source: &Source) -> Option<PathBuf> {
        if source.is_rendition { self.renditions.file(source).ok() } else { Some(self.root.join(&source.path)) }
    }

    /// The text of a note as it lies on disk.
    pub fn read_note(&self, name: &str) -> Result<String, Refusal> {
        files::read_text(&self.root, name, LARGEST_NOTE)
    }

    /// Writes a text that the user asked to read into the user's cache, and nowhere else.
    pub fn write_for_reading(&self, name: &str, text: &str) -> std::io::Result<PathBuf> {
        self.renditions.write(name, text)
    }

    /// Whether a file shows the text of a source in place of its own.
    #[must_use]
    pub fn is_rendition(&self, file: &Path) -> bool {
        self.renditions.holds(file)
    }

    /// The source that a file shows: its own, or the one of a rendition.
    #[must_use]
    pub fn source_at(&self, file: &Path) -> Option<SourceId> {
        let path = self.renditions.source_of(file).or_else(|| self.name_of(file).filter(|name| self.is_source(name)))?;
        self.library.by_path(&path)
    }

    /// The name of a file below the root, as notes and sources are called.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> Option<String> {
        scan::relative(&self.root, path)
    }

    /// Whether a file is a source by its path.
    #[must_use]
    pub fn is_source(&self, name: &str) -> bool {
        self.globs.is_source(name)
    }

    /// Whether a file is checked when its folder is, by its path.
    #[must_use]
    pub fn is_note(&self, name: &str) -> bool {
        self.globs.is_note(name)
    }

    /// Whether a note names a bibliography that is there but was not read.
    #[must_use]
    pub fn lacks_bibliography(&self, name: &str, note: &Note) -> bool {
        let places = note.bibliographies.iter().flat_map(|file| bibliography::places(name, file));
        let is_new = |place: &String| self.files.bibliographies.binary_search(place).is_err();
        places.filter(is_new).any(|place| files::is_there(&self.root, &place))
    }

    /// Whether a change of the file means that the library changes.
    #[must_use]
    pub fn concerns_library(&self, name: &str) -> bool {
        let is_read = || self.files.bibliographies.iter().any(|path| path == name);
        self.globs.is_source(name)
            || self.globs.is_bibliography(name)
            || is_read()
            || [settings::FILE_NAME, store::FILE_NAME, lock::FILE_NAME].contains(&name)
    }

    /// What has to be read again if a file or folder changed, came or went.
    #[must_use]
    pub fn affected(&self, file: &Path) -> ChangeScope {
        let Some(name) = self.name_of(file).filter(|name| !name.is_empty()) else { return ChangeScope::Nothing };
        if name.split('/').any(|part| part.starts_with('.')) {
            return ChangeScope::Nothing;
        }
        let is_known = |names: &[String]| names.binary_search(&name).is_ok();
        let is_known_note = is_known(&self.files.notes);
        if file.is_dir() || !file.exists() && !is_known(&self.files.sources) && !is_known_note {
            return ChangeScope::Everything;
        }
        if self.globs.is_source(&name) && !scan::is_yaml(&name) && !is_known(&self.files.bibliographies) {
            return ChangeScope::Source(name);
        }
        let is_note_that_came_or_went = self.globs.is_note(&name) && file.exists() != is_known_note;
        if self.concerns_library(&name) || is_note_that_came_or_went { ChangeScope::Everything } else { ChangeScope::Nothing }
    }

    /// Whether the other state has the same bibliographies, notes and settings, and sources of the
    /// same names.
    fn is_same_around(&self, other: &Self) -> bool {
        self.library.bibliographies() == other.library.bibliographies()
            && self.files == other.files
            && self.settings == other.settings
            && self.mistakes == other.mistakes
    }
}

/// The desk's list of findings that it accepts. What cannot be read is told like a wrong line.
fn read_store(root: &Path) -> Store {
    match files::read_text(root, store::FILE_NAME, store::LARGEST) {
        Ok(text) => Store::parse(&text),
        Err(refusal) if refusal.is_absence() => Store::default(),
        Err(refusal) => Store::unreadable(refusal.to_string()),
    }
}

/// What a changed file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeScope {
    Nothing,
    /// Only the source with this name.
    Source(String),
    Everything,
}

impl Surroundings for Workspace {
    fn is_source_path(&self, path: &str) -> bool {
        self.globs.is_source(path)
    }

    fn is_note(&self, target: &str) -> bool {
        let names = |note: &String| {
            let names = [note.as_str(), paths::name(note), paths::stem(note)].into_iter().chain(note.strip_suffix(".md"));
            names.map(str::to_owned).collect::<Vec<String>>()
        };
        self.note_names.get_or_init(|| self.files.notes.iter().flat_map(names).collect()).contains(target)
    }
}
