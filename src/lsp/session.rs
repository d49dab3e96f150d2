//! The session: one task, one queue, all mutable state.
//!
//! Edits are applied at once. A check runs on the blocking pool over a snapshot of text and workspace, after a
//! burst of edits when that pauses, and comes back as an event; it is published only if nothing
//! newer has arrived. Requests that need a check which is still under way wait for it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel};
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions, FileEvent, FileSystemWatcher, GlobPattern,
    InitializeParams, MessageType, Registration, TextDocumentItem, Url, WorkspaceFoldersChangeEvent,
};

use super::capabilities::{Negotiated, Refreshes};
use super::diagnostics::Written;
use super::document::{Document, Snapshot, Token, text_of};
use super::loading::{self, Job, Loaded};
use super::outbox::{Outbox, Outgoing};
use super::request::{All, Ask, AskAll, Content, Need, OpenNote, Refusal, Seen};
use super::roots::{Root, Roots};
use super::status::{Health, Status};
use super::watching::Watcher;
use super::{convert, diagnostics};
use crate::library::cache::Trouble;
use crate::message;
use crate::rules::store;
use crate::text::Untrusted;
use crate::workspace::settings::Mistake;
use crate::workspace::{self, Checked, Workspace, settings};

/// Edits that come faster than this are gathered. The first one after a pause is checked at once.
const BURST: Duration = Duration::from_millis(40);

/// What a session begins with.
#[derive(Debug)]
pub struct Start {
    pub client: Negotiated,
    pub folders: Vec<PathBuf>,
    /// What the client gives as settings from the start.
    pub settings: Option<Value>,
}

/// Everything that can happen, from the client and from our own work.
#[derive(Debug)]
pub enum Event {
    Initialized,
    Open(TextDocumentItem),
    Change(DidChangeTextDocumentParams),
    Save(Url),
    Close(Url),
    FilesChanged(Vec<FileEvent>),
    /// What the client says its settings are, when it was asked.
    Settings(Option<Value>),
    /// The client's settings have changed, perhaps to these.
    SettingsChanged(Value),
    FoldersChanged(WorkspaceFoldersChangeEvent),
    Ask(Ask),
    AskAll(AskAll),
    /// Typing has paused since this version.
    Paused {
        uri: Url,
        version: i32,
    },
    /// The files of a root have been quiet since this change.
    Quiet {
        root: usize,
        change: u64,
    },
    /// Files below a root changed, as our own watcher saw it.
    Touched(Vec<PathBuf>),
    Loaded {
        root: usize,
        loaded: Loaded,
    },
    /// All sources are to be read again.
    Reindex,
    /// The user asked to see a file.
    Show(Url),
    /// The user does not want to wait for this work.
    CancelProgress(i32),
    Checked {
        uri: Url,
        snapshot: Arc<Snapshot>,
    },
    CheckFailed {
        uri: Url,
    },
}

/// The folders that a client opens, most telling source first.
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| folder.uri.clone());
    #[allow(deprecated)] // Older clients send nothing else.
    let root = params.root_uri.clone();
    let mut found: Vec<PathBuf> = folders.chain(root).filter_map(|uri| convert::path(&uri)).collect();
    found.dedup();
    found
}

/// Starts a session; it ends when the last sender of its queue is gone.
pub fn start(start: Start, outbox: Outbox) -> UnboundedSender<Event> {
    let (queue, events) = unbounded_channel();
    let mut roots = Roots::default();
    for folder in start.folders {
        roots.open(folder);
    }
    let session = Session {
        client: start.client,
        outbox,
        queue: queue.downgrade(),
        documents: HashMap::new(),
        waiting: HashMap::new(),
        waiting_for_all: Vec::new(),
        roots,
        generation: 0,
        settings: start.settings.filter(Value::is_object).map(Arc::new),
        is_ready: false,
        status: None,
    };
    tokio::spawn(session.run(events));
    queue
}

struct Session {
    client: Negotiated,
    outbox: Outbox,
    queue: WeakUnboundedSender<Event>,
    documents: HashMap<Url, Document>,
    /// Requests that wait for the check of a document.
    waiting: HashMap<Url, Vec<Ask>>,
    /// Requests that wait for the sources to be read.
    waiting_for_all: Vec<AskAll>,
    roots: Roots,
    /// Counts the states of all libraries.
    generation: u64,
    /// What the client gives as settings.
    settings: Option<Arc<Value>>,
    /// Whether they are known, as far as they will be.
    is_ready: bool,
    /// What clients that want to know were told last.
    status: Option<Status>,
}

impl Session {
    async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            // One bad message must not end the session.
            if catch_unwind(AssertUnwindSafe(|| self.handle(event))).is_err() {
                self.outbox.send(Outgoing::Log(MessageType::ERROR, "an internal error was caught; please report it".into()));
            }
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Initialized => self.initialized(),
            Event::Open(item) => self.open(item),
            Event::Change(params) => self.change(params),
            Event::Save(uri) => self.save(&uri),
            Event::Close(uri) => self.close(&uri),
            Event::FilesChanged(files) => {
                self.touched(&files.iter().filter_map(|file| convert::path(&file.uri)).collect::<Vec<_>>())
            }
            Event::Settings(settings) => self.settings(settings),
            Event::SettingsChanged(settings) => self.settings_changed(settings),
            Event::FoldersChanged(change) => self.folders_changed(change),
            Event::Ask(ask) => self.ask(ask),
            Event::AskAll(ask) => self.ask_all(ask),
            Event::Paused { uri, version } => {
                if self.documents.get(&uri).is_some_and(|d| d.version == version) {
                    self.check(&uri);
                }
            }
            Event::Quiet { root, change } => {
                if self.roots.get(root).is_some_and(|root| change == root.changes || root.loading.is_overdue()) {
                    self.load(root);
                }
            }
            Event::Touched(files) => self.touched(&files),
            Event::Loaded { root, loaded } => self.loaded(root, loaded),
            Event::Reindex => self.reindex(),
            Event::Show(uri) => self.outbox.send(Outgoing::Document(uri)),
            Event::CancelProgress(token) => self.roots.iter().for_each(|root| root.loading.cancel(token)),
            Event::Checked { uri, snapshot } => self.checked(&uri, snapshot),
            Event::CheckFailed { uri } => self.check_failed(&uri),
        }
    }

    fn initialized(&mut self) {
        let mut registrations = Vec::new();
        if self.client.watches_files {
            let watchers = vec![FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".to_owned()), kind: None }];
            registrations.push(Registration {
                id: "files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok(),
            });
        }
        if self.client.registers_configuration {
            registrations.push(Registration {
                id: "settings".to_owned(),
                method: "workspace/didChangeConfiguration".to_owned(),
                register_options: Some(serde_json::json!({ "section": "corroborate" })),
            });
        }
        if !registrations.is_empty() {
            self.outbox.send(Outgoing::Register(registrations));
        }
        // Sources are read once, when it is known how.
        if !self.ask_for_settings() {
            self.is_ready = true;
            self.load_all();
        }
    }

    /// Asks the client for its settings, if it tells them.
    fn ask_for_settings(&self) -> bool {
        let queue = self.queue.upgrade().filter(|_| self.client.configuration);
        queue.map(|queue| self.outbox.send(Outgoing::Settings(queue))).is_some()
    }

    fn settings(&mut self, settings: Option<Value>) {
        let settings = settings.filter(Value::is_object).map(Arc::new);
        if self.is_ready && (settings == self.settings || settings.is_none()) {
            return;
        }
        self.settings = settings.or(self.settings.take());
        self.is_ready = true;
        self.load_all();
    }

    fn settings_changed(&mut self, settings: Value) {
        if !self.ask_for_settings() {
            let own = settings.get("corroborate").cloned().unwrap_or(settings);
            self.settings(Some(own));
        }
    }

    /// Reads all roots, those that were never read or may have changed.
    fn load_all(&mut self) {
        let ids: Vec<usize> = self
            .roots
            .iter_mut()
            .map(|root| {
                root.loading.want_all();
                root.id
            })
            .collect();
        ids.into_iter().for_each(|id| self.load(id));
    }

    fn open(&mut self, item: TextDocumentItem) {
        let TextDocumentItem { uri, version, text, language_id } = item;
        let (root, name) = self.home(&uri);
        self.documents.insert(uri.clone(), Document::new(&text, version, root, name, &language_id));
        self.source_changed(&uri);
        self.check(&uri);
    }

    /// The root to which a document belongs, with its name there.
    fn home(&mut self, uri: &Url) -> (usize, String) {
        let Some(path) = convert::path(uri) else { return (self.roots.first().map_or(0, |root| root.id), String::new()) };
        let (id, is_new) = self.roots.home(&path);
        if is_new {
            if let Some(root) = self.roots.get_mut(id) {
                root.loading.want_all();
            }
            self.load(id);
        }
        let workspace = self.workspace(id);
        (id, workspace.and_then(|workspace| workspace.name_of(&path)).unwrap_or_default())
    }

    fn workspace(&self, root: usize) -> Option<&Arc<Workspace>> {
        self.roots.get(root)?.workspace.as_ref()
    }

    fn folders_changed(&mut self, change: WorkspaceFoldersChangeEvent) {
        for folder in change.removed.iter().filter_map(|folder| convert::path(&folder.uri)) {
            let Some(root) = self.roots.close(&folder) else { continue };
            for uri in root.mistakes_shown.into_iter().chain(root.unreadable_shown) {
                self.outbox.send(Outgoing::Diagnostics { uri, diagnostics: Vec::new(), version: None });
            }
        }
        for folder in change.added.iter().filter_map(|folder| convert::path(&folder.uri)) {
            if let Some(root) = self.roots.open(folder).and_then(|id| self.roots.get_mut(id)) {
                root.loading.want_all();
                let id = root.id;
                self.load(id);
            }
        }
        let open: Vec<Url> = self.documents.keys().cloned().collect();
        for uri in open {
            self.rehouse(&uri);
            self.check(&uri);
        }
    }

    /// Looks anew where a document belongs.
    fn rehouse(&mut self, uri: &Url) {
        let (root, name) = self.home(uri);
        if let Some(document) = self.documents.get_mut(uri) {
            (document.root, document.name) = (root, name);
        }
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.apply(&params.content_changes, params.text_document.version, self.client.encoding);
        let version = document.version;
        let is_burst = document.edited.replace(Instant::now()).is_some_and(|before| before.elapsed() < BURST);
        if let Some(running) = document.running.take() {
            running.cancel();
        }
        // They asked about places in a text that is no more. Diagnostics are wanted of any text.
        for ask in self.waiting.remove(&uri).unwrap_or_default() {
            if ask.need == Need::Diagnostics { self.wait(ask) } else { ask.refuse(Refusal::Modified) }
        }
        self.source_changed(&uri);
        if is_burst { self.later(BURST, Event::Paused { uri, version }) } else { self.check(&uri) }
    }

    /// A save shows everything, also the sentence at the cursor. Clients that watch no files
    /// tell us of changed sources in no other way.
    fn save(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.typing_at = None;
        let id = document.root;
        let note = document.snapshot.as_ref().map(|snapshot| &snapshot.checked.note);
        let workspace = self.roots.get(id).and_then(|root| root.workspace.as_ref());
        let lacks = note.zip(workspace).is_some_and(|(note, workspace)| workspace.lacks_bibliography(&document.name, note));
        self.publish(uri);
        if let Some(root) = self.roots.get_mut(id).filter(|_| lacks) {
            root.loading.want_all();
            self.load_later(id);
        } else {
            self.touched(&convert::path(uri).into_iter().collect::<Vec<_>>());
        }
    }

    fn close(&mut self, uri: &Url) {
        if let Some(running) = self.documents.remove(uri).and_then(|d| d.running) {
            running.cancel();
        }
        for ask in self.waiting.remove(uri).unwrap_or_default() {
            ask.refuse(Refusal::Nothing);
        }
        self.source_changed(uri);
        self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
    }

    /// A source counts as the editor has it, saved or not.
    fn source_changed(&mut self, uri: &Url) {
        let Some(path) = convert::path(uri) else { return };
        let mut changed = Vec::new();
        for root in self.roots.iter_mut() {
            let Some(workspace) = &root.workspace else { continue };
            if let Some(name) = workspace.name_of(&path).filter(|name| workspace.is_source(name)) {
                root.loading.want(name);
                changed.push(root.id);
            }
        }
        changed.into_iter().for_each(|id| self.load_later(id));
    }

    /// Finds out what must be read again after files changed, came or went.
    fn touched(&mut self, files: &[PathBuf]) {
        let is_touched = |root: &mut Root| files.iter().filter(|file| root.touched(file)).count() > 0;
        let touched: Vec<usize> = self.roots.iter_mut().filter_map(|root| is_touched(root).then_some(root.id)).collect();
        touched.into_iter().for_each(|id| self.load_later(id));
    }

    fn load_later(&mut self, id: usize) {
        let Some(root) = self.roots.get_mut(id) else { return };
        root.changes += 1;
        let change = root.changes;
        self.later(loading::QUIET, Event::Quiet { root: id, change });
    }

    /// Reads what is wanted of a root, in the background.
    fn load(&mut self, id: usize) {
        let (Some(root), Some(queue)) = (self.roots.get_mut(id), self.queue.upgrade()) else { return };
        if !self.is_ready {
            return;
        }
        let workspace = root.workspace.clone();
        let open = self.documents.iter().filter_map(|(uri, document)| {
            let path = convert::path(uri)?;
            let is_source = |workspace: &Arc<Workspace>| workspace.name_of(&path).is_some_and(|name| workspace.is_source(&name));
            let is_source = workspace.as_ref().is_none_or(is_source);
            is_source.then(|| (path, document.rope.to_string()))
        });
        root.loading.start(Job {
            folder: root.folder.clone(),
            before: workspace.clone(),
            open: open.collect(),
            settings: self.settings.clone(),
            outbox: self.outbox.clone(),
            with_progress: self.client.work_done_progress,
            tell: Box::new(move |loaded| drop(queue.send(Event::Loaded { root: id, loaded }))),
        });
        self.tell_status();
    }

    fn reindex(&mut self) {
        let read_anew = |root: &mut Root| {
            root.workspace = None;
            root.loading.want_anew();
            root.id
        };
        let ids: Vec<usize> = self.roots.iter_mut().map(read_anew).collect();
        ids.into_iter().for_each(|id| self.load(id));
    }

    fn loaded(&mut self, id: usize, loaded: Loaded) {
        let workspace = match loaded {
            Loaded::SoFar(workspace) => return self.install(id, workspace),
            Loaded::Trouble(trouble) => return self.say_trouble(id, trouble),
            Loaded::Whole(workspace) => Some(workspace),
            Loaded::Same | Loaded::Cancelled => None,
            Loaded::Failed => {
                let text = "corroborate could not read the sources; please report it".into();
                self.outbox.send(Outgoing::Show(MessageType::ERROR, text));
                None
            }
        };
        let Some(root) = self.roots.get_mut(id) else { return };
        root.loading.ended();
        let is_without = workspace.is_none() && root.workspace.is_none();
        if let Some(workspace) = workspace {
            self.install(id, workspace);
        }
        if is_without {
            let lost: Vec<Url> = self.documents.iter().filter(|(_, d)| d.root == id).map(|(uri, _)| uri.clone()).collect();
            for ask in lost.iter().filter_map(|uri| self.waiting.remove(uri)).flatten() {
                ask.refuse(Refusal::Nothing);
            }
        }
        // What changed meanwhile.
        self.load(id);
        for ask in std::mem::take(&mut self.waiting_for_all) {
            self.ask_all(ask);
        }
        self.tell_status();
    }

    /// Says once what the user should know of the cache of a root.
    fn say_trouble(&mut self, id: usize, trouble: Trouble) {
        let Some(root) = self.roots.get_mut(id).filter(|root| !root.trouble_said.contains(&trouble)) else { return };
        self.outbox.send(Outgoing::Show(MessageType::WARNING, message!("corroborate: {}", trouble.to_string())));
        root.trouble_said.push(trouble);
    }

    /// Goes on with another state of a workspace.
    fn install(&mut self, id: usize, workspace: Arc<Workspace>) {
        self.generation += 1;
        let generation = self.generation;
        let Some(root) = self.roots.get_mut(id) else { return };
        root.generation = generation;
        root.written = Written::default();
        root.workspace = Some(Arc::clone(&workspace));
        self.show_mistakes(id, &workspace);
        self.show_unreadable(id, &workspace);
        self.watch(id, &workspace);
        // A document may be one of this root's renditions, or lie behind settings that are new.
        let open: Vec<Url> = self.documents.keys().cloned().collect();
        for uri in open {
            self.rehouse(&uri);
            if self.documents.get(&uri).is_some_and(|document| document.root == id) {
                self.check(&uri);
            }
        }
        if !workspace.library.is_partial() {
            self.outbox.send(Outgoing::Refresh(self.client.refreshes));
        }
    }

    /// Watches the files of a root, unless the client does.
    fn watch(&mut self, id: usize, workspace: &Workspace) {
        let Some(root) = self.roots.get_mut(id) else { return };
        if self.client.watches_files || root.watcher.as_ref().is_some_and(|watcher| watcher.root() == workspace.root) {
            return;
        }
        let queue = self.queue.clone();
        let tell = move |files| {
            if let Some(queue) = queue.upgrade() {
                let _ = queue.send(Event::Touched(files));
            }
        };
        match Watcher::start(&workspace.root, tell) {
            Ok(watcher) => root.watcher = Some(watcher),
            Err(error) => {
                let text = message!("changed files are only seen when they are saved in this editor: {}", error.to_string());
                self.outbox.send(Outgoing::Log(MessageType::WARNING, text));
            }
        }
    }

    /// Mistakes in the settings and in the list of what is ignored are said once, and marked in their
    /// files.
    fn show_mistakes(&mut self, id: usize, workspace: &Workspace) {
        let said: Vec<Untrusted> = workspace.mistakes.iter().map(Mistake::told).collect();
        // What an editor gives is wrong for all roots alike.
        let is_known = |(mistake, words): &(&Mistake, &Untrusted)| {
            let mut roots = self.roots.iter().filter(|root| root.id == id || mistake.line.is_none());
            roots.any(|root| root.mistakes_said.contains(words))
        };
        if let Some((_, first)) = workspace.mistakes.iter().zip(&said).find(|mistake| !is_known(mistake)) {
            self.outbox.send(Outgoing::Show(MessageType::ERROR, first.clone()));
        }
        let Some(root) = self.roots.get_mut(id) else { return };
        root.mistakes_said = said;
        let of_settings = workspace.mistakes.iter().filter_map(|mistake| Some((mistake.line?, &mistake.message)));
        let of_store = workspace.store.mistakes.iter().map(|mistake| (mistake.line, &mistake.message));
        let marked = [
            (settings::FILE_NAME, of_settings.map(diagnostics::mistake).collect::<Vec<_>>()),
            (store::FILE_NAME, of_store.map(diagnostics::mistake).collect()),
        ];
        for (name, diagnostics) in marked {
            let Some(uri) = convert::uri(&workspace.root.join(name)) else { continue };
            if diagnostics.is_empty() && !root.mistakes_shown.contains(&uri) {
                continue;
            }
            root.mistakes_shown.retain(|shown| *shown != uri);
            if !diagnostics.is_empty() {
                root.mistakes_shown.push(uri.clone());
            }
            self.outbox.send(Outgoing::Diagnostics { uri, diagnostics, version: None });
        }
    }

    /// Sources that cannot be read are marked on their files, and those that now can are cleared.
    fn show_unreadable(&mut self, id: usize, workspace: &Workspace) {
        let Some(root) = self.roots.get_mut(id) else { return };
        for unreadable in workspace.library.unreadable_files() {
            let text = message!("{} was not read: {}", unreadable.path, unreadable.reason);
            self.outbox.send(Outgoing::Log(MessageType::WARNING, text));
        }
        for (path, notice) in workspace.library.notices() {
            self.outbox.send(Outgoing::Log(MessageType::WARNING, message!("{}: {}", path, notice)));
        }
        let found = diagnostics::unreadable(&workspace.reading(), &self.client);
        let shown: Vec<Url> = found.iter().map(|(uri, _)| uri.clone()).collect();
        let before = std::mem::replace(&mut root.unreadable_shown, shown);
        let cleared = before.into_iter().filter(|uri| !root.unreadable_shown.contains(uri)).map(|uri| (uri, Vec::new()));
        for (uri, diagnostics) in cleared.collect::<Vec<_>>().into_iter().chain(found) {
            self.outbox.send(Outgoing::Diagnostics { uri, diagnostics, version: None });
        }
    }

    /// Tells clients that want to know how things are.
    fn tell_status(&mut self) {
        if !self.client.status {
            return;
        }
        let workspaces = || self.roots.iter().filter_map(|root| root.workspace.as_ref());
        let unreadable: usize = workspaces().map(|workspace| workspace.library.unreadable_files().len()).sum();
        let error = workspaces().find_map(|workspace| workspace.mistakes.first());
        let status = Status {
            health: if error.is_some() || unreadable > 0 { Health::Warning } else { Health::Ok },
            quiescent: self.roots.iter().all(|root| !root.loading.is_running() && root.workspace.is_some()),
            message: error.map(|error| error.told().notification()),
            sources: workspaces().map(|workspace| workspace.library.len()).sum(),
            unreadable,
            notes: workspaces().map(|workspace| workspace.files.notes.len()).sum(),
        };
        if self.status.as_ref() != Some(&status) {
            self.status = Some(status.clone());
            self.outbox.send(Outgoing::Status(status));
        }
    }

    /// Checks a document's current version, in the background.
    fn check(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let Some(root) = self.roots.get(document.root) else { return };
        let (Some(workspace), Some(queue)) = (root.workspace.clone(), self.queue.upgrade()) else { return };
        let generation = root.generation;
        if !is_note(uri, document, &workspace) {
            self.outbox.send(Outgoing::Diagnostics {
                uri: uri.clone(),
                diagnostics: Vec::new(),
                version: Some(document.version),
            });
            self.reconsider(uri);
            return;
        }
        if let Some(running) = document.running.take() {
            running.cancel();
        }
        // Later ones show no less than was shown before.
        let is_first = document.snapshot.as_ref().is_none_or(|snapshot| !snapshot.checked.is_whole);
        let token = Token::default();
        document.running = Some(token.clone());
        let (written, client) = (root.written.clone(), self.client);
        let (rope, version, name, uri) = (document.rope.clone(), document.version, document.name.clone(), uri.clone());
        tokio::task::spawn_blocking(move || {
            let work = || {
                let text = text_of(&rope);
                let snapshot = |text: String, checked: Checked| {
                    let written = written.of(&checked.findings, &text, &workspace, &client);
                    Arc::new(Snapshot::new(text, version, generation, checked, written))
                };
                let so_far = |checked| {
                    if !token.is_cancelled() {
                        let _ = queue.send(Event::Checked { uri: uri.clone(), snapshot: snapshot(text.clone(), checked) });
                    }
                };
                let is_cancelled = || token.is_cancelled();
                let so_far: Option<&dyn Fn(Checked)> = if is_first { Some(&so_far) } else { None };
                workspace::check_telling(&text, &name, &workspace, &is_cancelled, so_far)
                    .ok()
                    .map(|checked| snapshot(text, checked))
            };
            let event = match catch_unwind(AssertUnwindSafe(work)) {
                Ok(Some(snapshot)) => Event::Checked { uri, snapshot },
                // Cancelled: a newer check is under way or about to begin.
                Ok(None) => return,
                Err(_) => Event::CheckFailed { uri },
            };
            let _ = queue.send(event);
        });
    }

    fn checked(&mut self, uri: &Url, snapshot: Arc<Snapshot>) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let generation = self.roots.get(document.root).map_or(0, |root| root.generation);
        if snapshot.version != document.version || snapshot.generation != generation {
            return;
        }
        if snapshot.checked.is_whole {
            document.running = None;
        }
        let id = document.root;
        // What was there before is large; it goes when the client has been told.
        let _before = document.snapshot.replace(snapshot);
        self.publish(uri);
        self.reconsider(uri);
        self.mend(id);
    }

    /// If the cache of a root was damaged since it was opened, it is made again. Only once: what damages it may
    /// go on.
    fn mend(&mut self, id: usize) {
        let is_damaged = |root: &&mut Root| {
            root.workspace.as_ref().is_some_and(|workspace| workspace.library.has_lost())
                && !root.trouble_said.contains(&Trouble::Damaged)
        };
        let Some(root) = self.roots.get_mut(id).filter(is_damaged) else { return };
        root.loading.want_anew();
        self.say_trouble(id, Trouble::Damaged);
        self.load(id);
    }

    fn check_failed(&mut self, uri: &Url) {
        self.outbox.send(Outgoing::Log(MessageType::ERROR, "a check ended with an internal error; please report it".into()));
        for ask in self.waiting.remove(uri).unwrap_or_default() {
            ask.refuse(Refusal::Nothing);
        }
        if let Some(document) = self.documents.get_mut(uri) {
            document.running = None;
        }
    }

    /// Publishes the last check if it is of the document's current version. Who pulls diagnostics is
    /// told when there are more of them.
    fn publish(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let Some(root) = self.roots.get(document.root) else { return };
        // Before the first source is read an empty list would look like a clean note.
        let Some(workspace) = root.workspace.as_ref().filter(|workspace| !workspace.is_unread()) else { return };
        let Some(snapshot) = document.snapshot.as_ref().filter(|s| s.version == document.version) else { return };
        if document.is_pulled {
            if std::mem::take(&mut document.pulled_too_early) {
                self.outbox.send(Outgoing::Refresh(Refreshes { diagnostics: true, ..Refreshes::default() }));
            }
            return;
        }
        let unfinished = snapshot.unfinished(document.typing_at);
        let message = root.written.message(uri, snapshot, unfinished, workspace, &self.client);
        self.outbox.send(Outgoing::Published(message));
    }

    /// Looks again at the requests that wait for a document.
    fn reconsider(&mut self, uri: &Url) {
        for ask in self.waiting.remove(uri).unwrap_or_default() {
            self.ask(ask);
        }
    }

    /// Answers a request as soon as all that it needs is known.
    fn ask(&mut self, ask: Ask) {
        let Some(document) = self.documents.get_mut(&ask.uri) else { return ask.refuse(Refusal::Nothing) };
        let Some(root) = self.roots.get(document.root) else { return ask.refuse(Refusal::Nothing) };
        let Some(workspace) = &root.workspace else {
            return if root.loading.is_running() || !self.is_ready { self.wait(ask) } else { ask.refuse(Refusal::Nothing) };
        };
        let fresh = |s: &&Arc<Snapshot>| s.version == document.version && s.generation == root.generation;
        let snapshot = document.snapshot.as_ref().filter(fresh).cloned();
        let is_note = is_note(&ask.uri, document, workspace);
        if is_note && ask.need != Need::Text && !snapshot.as_ref().is_some_and(|s| ask.can_be_answered(s, self.client.encoding)) {
            return self.wait(ask);
        }
        let seen = Seen {
            uri: ask.uri.clone(),
            name: document.name.clone(),
            is_note,
            workspace: Arc::clone(workspace),
            client: self.client,
            content: snapshot.map_or_else(|| Content::plain(document.rope.clone()), Content::Checked),
            typing_at: document.typing_at,
            written: root.written.clone(),
        };
        if ask.need == Need::Diagnostics {
            self.pulled(&ask.uri);
        }
        ask.answer(seen);
    }

    fn wait(&mut self, ask: Ask) {
        self.waiting.entry(ask.uri.clone()).or_default().push(ask);
    }

    /// A client that asks for a document's diagnostics has no use for being told them as well.
    fn pulled(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri).filter(|_| self.client.refreshes.diagnostics) else { return };
        document.pulled_too_early = document.snapshot.as_ref().is_none_or(|snapshot| !snapshot.checked.is_whole);
        if !document.is_pulled {
            document.is_pulled = true;
            self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
        }
    }

    /// Answers a request about all roots, when their sources are read.
    fn ask_all(&mut self, ask: AskAll) {
        if self.roots.iter().any(|root| (root.loading.is_running() || !self.is_ready) && root.workspace.is_none()) {
            self.waiting_for_all.push(ask);
            return;
        }
        let open = self.documents.iter().filter_map(|(uri, document)| {
            let workspace = self.workspace(document.root).filter(|workspace| is_note(uri, document, workspace))?;
            let (root, name) = (workspace.root.clone(), document.name.clone());
            Some((uri.clone(), OpenNote { root, name, version: document.version, rope: document.rope.clone() }))
        });
        let all = All {
            workspaces: self.roots.iter().filter_map(|root| root.workspace.clone()).collect(),
            open: open.collect(),
            client: self.client,
            token: ask.token.clone(),
        };
        ask.answer(all);
    }

    fn later(&self, pause: Duration, event: Event) {
        let queue = self.queue.clone();
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            if let Some(queue) = queue.upgrade() {
                let _ = queue.send(event);
            }
        });
    }
}

/// Sources are read, not checked, and bibliographies and settings are neither.
fn is_note(uri: &Url, document: &Document, workspace: &Workspace) -> bool {
    (document.is_markdown || workspace.is_note(&document.name))
        && !workspace.is_source(&document.name)
        && !convert::path(uri).is_some_and(|path| workspace.is_rendition(&path))
}
