//! The session: one task, one queue, all mutable state.
//!
//! Edits are applied at once. A check waits until typing pauses, runs on the blocking pool over
//! a snapshot of text and workspace, and comes back as an event; it is published only if nothing
//! newer has arrived. Requests that need a check which is still under way wait for it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp::lsp_types::{
    CodeActionContext, CodeActionResponse, Diagnostic, DiagnosticSeverity, DidChangeTextDocumentParams,
    DidChangeWatchedFilesRegistrationOptions, FileEvent, FileSystemWatcher, GlobPattern, GotoDefinitionResponse, Hover,
    InitializeParams, MessageType, Position, Range, Registration, TextDocumentItem, Url,
};

use super::capabilities::Negotiated;
use super::diagnostics::Written;
use super::document::{Document, Snapshot, Token, text_of};
use super::loading::{self, Job, Loaded, Loading};
use super::outbox::{Outbox, Outgoing};
use super::watching::Watcher;
use super::{code_action, convert, definition, diagnostics, hover};
use crate::text::words::readable;
use crate::text::{Encoding, Span};
use crate::workspace::{self, Affected, Checked, Workspace, root, settings};

/// How long typing must pause before a check begins.
const DEBOUNCE: Duration = Duration::from_millis(40);

/// What a session begins with.
#[derive(Debug)]
pub struct Start {
    pub client: Negotiated,
    pub folders: Vec<PathBuf>,
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
    Hover {
        uri: Url,
        position: Position,
        reply: oneshot::Sender<Option<Hover>>,
    },
    Definition {
        uri: Url,
        position: Position,
        reply: oneshot::Sender<Option<GotoDefinitionResponse>>,
    },
    CodeActions {
        uri: Url,
        range: Range,
        context: CodeActionContext,
        reply: oneshot::Sender<Option<CodeActionResponse>>,
    },
    /// Typing has paused since this version.
    Paused {
        uri: Url,
        version: i32,
    },
    /// Files have been quiet since this change.
    Quiet {
        change: u64,
    },
    /// Files below the root changed, as our own watcher saw it.
    Touched(Vec<PathBuf>),
    Loaded(Loaded),
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

/// A request that waits for a check.
enum Waiting {
    Hover(Position, oneshot::Sender<Option<Hover>>),
    Definition(Position, oneshot::Sender<Option<GotoDefinitionResponse>>),
    CodeActions(Range, CodeActionContext, oneshot::Sender<Option<CodeActionResponse>>),
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
    let session = Session {
        client: start.client,
        folders: start.folders,
        outbox,
        queue: queue.downgrade(),
        documents: HashMap::new(),
        waiting: HashMap::new(),
        workspace: None,
        generation: 0,
        written: Written::default(),
        loading: Loading::default(),
        watcher: None,
        changes: 0,
        settings_shown: None,
        unreadable_shown: Vec::new(),
    };
    tokio::spawn(session.run(events));
    queue
}

struct Session {
    client: Negotiated,
    folders: Vec<PathBuf>,
    outbox: Outbox,
    queue: tokio::sync::mpsc::WeakUnboundedSender<Event>,
    documents: HashMap<Url, Document>,
    waiting: HashMap<Url, Vec<Waiting>>,
    workspace: Option<Arc<Workspace>>,
    /// Counts the states of the library.
    generation: u64,
    /// The diagnostics of that state.
    written: Written,
    loading: Loading,
    /// Watches the root for clients that do not.
    watcher: Option<Watcher>,
    /// Counts changes of files, to find the moment when they stop.
    changes: u64,
    /// The settings file with a mistake that was shown last.
    settings_shown: Option<Url>,
    /// Files with a diagnostic that says why they cannot be read.
    unreadable_shown: Vec<Url>,
}

impl Session {
    async fn run(mut self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            // One bad message must not end the session.
            if catch_unwind(AssertUnwindSafe(|| self.handle(event))).is_err() {
                self.outbox.send(Outgoing::Log(MessageType::ERROR, "an internal error was caught; please report it".to_owned()));
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
            Event::FilesChanged(files) => self.files_changed(&files),
            Event::Hover { uri, position, reply } => self.answer(&uri, Waiting::Hover(position, reply)),
            Event::Definition { uri, position, reply } => self.answer(&uri, Waiting::Definition(position, reply)),
            Event::CodeActions { uri, range, context, reply } => self.answer(&uri, Waiting::CodeActions(range, context, reply)),
            Event::Paused { uri, version } => {
                if self.documents.get(&uri).is_some_and(|d| d.version == version) {
                    self.check(&uri);
                }
            }
            Event::Quiet { change } => {
                if change == self.changes || self.loading.is_overdue() {
                    self.load();
                }
            }
            Event::Touched(files) => self.touched(files),
            Event::Loaded(loaded) => self.loaded(loaded),
            Event::CancelProgress(token) => self.loading.cancel(token),
            Event::Checked { uri, snapshot } => self.checked(&uri, snapshot),
            Event::CheckFailed { uri } => self.check_failed(&uri),
        }
    }

    fn initialized(&mut self) {
        if self.client.watches_files {
            let watchers = vec![FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".to_owned()), kind: None }];
            let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok();
            let registration = Registration {
                id: "files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: options,
            };
            self.outbox.send(Outgoing::Register(vec![registration]));
        }
        if !self.folders.is_empty() {
            self.loading.want_all();
            self.load();
        }
    }

    fn open(&mut self, item: TextDocumentItem) {
        let document = Document::new(&item.text, item.version, self.name_of(&item.uri));
        self.documents.insert(item.uri.clone(), document);
        if self.folders.is_empty()
            && let Some(path) = convert::path(&item.uri)
        {
            self.folders.push(root::find(&path));
            self.loading.want_all();
            self.load();
        }
        self.source_changed(&item.uri);
        self.check(&item.uri);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.apply(&params.content_changes, params.text_document.version, self.client.encoding);
        if let Some(running) = document.running.take() {
            running.cancel();
        }
        self.source_changed(&uri);
        self.later(DEBOUNCE, Event::Paused { uri, version: params.text_document.version });
    }

    /// A save shows everything, also the sentence at the cursor. Clients that watch no files
    /// tell us of changed sources in no other way.
    fn save(&mut self, uri: &Url) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.typing_at = None;
        }
        self.publish(uri);
        let (name, Some(workspace)) = (self.name_of(uri), self.workspace.clone()) else { return };
        let note = self.documents.get(uri).and_then(|d| d.snapshot.as_ref()).map(|snapshot| &snapshot.checked.note);
        if note.is_some_and(|note| workspace.lacks_bibliography(&name, note)) {
            self.loading.want_all();
            self.load_later();
        } else {
            self.touched(convert::path(uri).into_iter().collect());
        }
    }

    fn close(&mut self, uri: &Url) {
        if let Some(running) = self.documents.remove(uri).and_then(|d| d.running) {
            running.cancel();
        }
        self.waiting.remove(uri);
        self.source_changed(uri);
        self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
    }

    fn files_changed(&mut self, files: &[FileEvent]) {
        self.touched(files.iter().filter_map(|file| convert::path(&file.uri)).collect());
    }

    /// A source counts as the editor has it, saved or not.
    fn source_changed(&mut self, uri: &Url) {
        let Some((workspace, path)) = self.workspace.as_ref().zip(convert::path(uri)) else { return };
        if let Some(name) = workspace.name_of(&path).filter(|name| workspace.is_source(name)) {
            self.loading.want(name);
            self.load_later();
        }
    }

    /// Finds out what must be read again after files changed, came or went.
    fn touched(&mut self, files: Vec<PathBuf>) {
        let Some(workspace) = self.workspace.clone() else { return };
        for file in files {
            match workspace.affected(&file) {
                Affected::Nothing => continue,
                Affected::Source(name) => self.loading.want(name),
                Affected::Everything => self.loading.want_all(),
            }
            self.load_later();
        }
    }

    fn load_later(&mut self) {
        self.changes += 1;
        self.later(loading::QUIET, Event::Quiet { change: self.changes });
    }

    /// Reads what is wanted of the workspace, in the background.
    fn load(&mut self) {
        let (Some(folder), Some(queue)) = (self.folders.first().cloned(), self.queue.upgrade()) else { return };
        let open = self.documents.iter().filter_map(|(uri, document)| {
            let is_source = self.workspace.as_ref().is_none_or(|workspace| workspace.is_source(&document.name));
            Some((convert::path(uri).filter(|_| is_source)?, document.rope.to_string()))
        });
        self.loading.start(Job {
            folder,
            before: self.workspace.clone(),
            open: open.collect(),
            outbox: self.outbox.clone(),
            with_progress: self.client.work_done_progress,
            tell: Box::new(move |event| drop(queue.send(event))),
        });
    }

    fn loaded(&mut self, loaded: Loaded) {
        let workspace = match loaded {
            Loaded::SoFar(workspace) => return self.install(workspace),
            Loaded::Whole(workspace) => Some(workspace),
            Loaded::Same | Loaded::Cancelled => None,
            Loaded::Failed => {
                let text = "corroborate could not read the sources; please report it".to_owned();
                self.outbox.send(Outgoing::Show(MessageType::ERROR, text));
                None
            }
        };
        self.loading.ended();
        match workspace {
            Some(workspace) => self.install(workspace),
            None if self.workspace.is_none() => {
                for request in std::mem::take(&mut self.waiting).into_values().flatten() {
                    request.give_nothing();
                }
            }
            None => {}
        }
        // What changed meanwhile.
        self.load();
    }

    /// Goes on with another state of the workspace.
    fn install(&mut self, workspace: Arc<Workspace>) {
        self.generation += 1;
        self.written = Written::default();
        self.show_settings_error(&workspace);
        self.show_unreadable(&workspace);
        self.watch(&workspace);
        self.workspace = Some(workspace);
        let open: Vec<Url> = self.documents.keys().cloned().collect();
        for uri in open {
            let name = self.name_of(&uri);
            if let Some(document) = self.documents.get_mut(&uri) {
                document.name = name;
            }
            self.check(&uri);
        }
    }

    /// Watches the files, unless the client does.
    fn watch(&mut self, workspace: &Workspace) {
        if self.client.watches_files || self.watcher.as_ref().is_some_and(|watcher| watcher.root() == workspace.root) {
            return;
        }
        let queue = self.queue.clone();
        let tell = move |files| {
            if let Some(queue) = queue.upgrade() {
                let _ = queue.send(Event::Touched(files));
            }
        };
        match Watcher::start(&workspace.root, tell) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                let text = format!("changed files are only seen when they are saved in this editor: {error}");
                self.outbox.send(Outgoing::Log(MessageType::WARNING, text));
            }
        }
    }

    /// A mistake in the settings is said once, and marked in their file.
    fn show_settings_error(&mut self, workspace: &Workspace) {
        let uri = convert::uri(&workspace.root.join(settings::FILE_NAME));
        let (diagnostics, shown) = match workspace.mistakes.first() {
            Some(error) => {
                self.outbox.send(Outgoing::Show(MessageType::ERROR, error.to_string()));
                let line = error.line.map_or(0, |line| line.saturating_sub(1)) as u32;
                let range = Range::new(Position::new(line, 0), Position::new(line + 1, 0));
                let diagnostic = Diagnostic {
                    range,
                    severity: Some(DiagnosticSeverity::ERROR),
                    source: Some("corroborate".to_owned()),
                    message: error.message.clone(),
                    ..Diagnostic::default()
                };
                (vec![diagnostic], uri.clone())
            }
            None if self.settings_shown.is_some() => (Vec::new(), None),
            None => return,
        };
        self.settings_shown = shown;
        if let Some(uri) = uri {
            self.outbox.send(Outgoing::Diagnostics { uri, diagnostics, version: None });
        }
    }

    /// Sources that cannot be read are marked on their files, and those that now can are cleared.
    fn show_unreadable(&mut self, workspace: &Workspace) {
        for unreadable in workspace.library.unreadable() {
            let text = format!("{} was not read: {}", readable(&unreadable.path), unreadable.reason);
            self.outbox.send(Outgoing::Log(MessageType::WARNING, text));
        }
        let found = diagnostics::unreadable(&workspace.reading(), &self.client);
        let shown = found.iter().map(|(uri, _)| uri.clone()).collect();
        let before = std::mem::replace(&mut self.unreadable_shown, shown);
        let cleared = before.into_iter().filter(|uri| !self.unreadable_shown.contains(uri)).map(|uri| (uri, Vec::new()));
        for (uri, diagnostics) in cleared.collect::<Vec<_>>().into_iter().chain(found) {
            self.outbox.send(Outgoing::Diagnostics { uri, diagnostics, version: None });
        }
    }

    /// Checks a document's current version, in the background.
    fn check(&mut self, uri: &Url) {
        let (Some(workspace), Some(queue)) = (self.workspace.clone(), self.queue.upgrade()) else { return };
        let generation = self.generation;
        let Some(document) = self.documents.get_mut(uri) else { return };
        if !is_note(uri, document, &workspace) {
            self.outbox.send(Outgoing::Diagnostics {
                uri: uri.clone(),
                diagnostics: Vec::new(),
                version: Some(document.version),
            });
            return;
        }
        if let Some(running) = document.running.take() {
            running.cancel();
        }
        // Later ones show no less than was shown before.
        let is_first = document.snapshot.as_ref().is_none_or(|snapshot| !snapshot.checked.is_whole);
        let token = Token::default();
        document.running = Some(token.clone());
        let (written, client) = (self.written.clone(), self.client);
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
        let generation = self.generation;
        let Some(document) = self.documents.get_mut(uri) else { return };
        if snapshot.version != document.version || snapshot.generation != generation {
            return;
        }
        if snapshot.checked.is_whole {
            document.running = None;
        }
        // What was there before is large; it goes when the client has been told.
        let _before = document.snapshot.replace(snapshot);
        self.publish(uri);
        for waiting in self.waiting.remove(uri).unwrap_or_default() {
            self.answer(uri, waiting);
        }
    }

    fn check_failed(&mut self, uri: &Url) {
        self.outbox.send(Outgoing::Log(MessageType::ERROR, "a check ended with an internal error; please report it".to_owned()));
        self.waiting.remove(uri);
        if let Some(document) = self.documents.get_mut(uri) {
            document.running = None;
        }
    }

    /// Publishes the last check if it is of the document's current version.
    fn publish(&self, uri: &Url) {
        let (Some(document), Some(workspace)) = (self.documents.get(uri), &self.workspace) else { return };
        let Some(snapshot) = document.snapshot.as_ref().filter(|s| s.version == document.version) else { return };
        let unfinished = snapshot.unfinished(document.typing_at);
        let message = self.written.message(uri, snapshot, unfinished, workspace, &self.client);
        self.outbox.send(Outgoing::Published(message));
    }

    /// Answers a request from the current check, or lets it wait for that check.
    fn answer(&mut self, uri: &Url, request: Waiting) {
        let Some(document) = self.documents.get(uri) else { return request.give_nothing() };
        let fresh = |s: &&Arc<Snapshot>| {
            s.version == document.version && s.generation == self.generation && request.can_be_answered(s, self.client.encoding)
        };
        let Some(snapshot) = document.snapshot.as_ref().filter(fresh).cloned() else {
            let can_come = match &self.workspace {
                Some(workspace) => is_note(uri, document, workspace),
                None => self.loading.is_running(),
            };
            if can_come {
                self.waiting.entry(uri.clone()).or_default().push(request);
            } else {
                request.give_nothing();
            }
            return;
        };
        let Some(workspace) = &self.workspace else { return };
        let workspace = &workspace.reading();
        let text = convert::Text { text: &snapshot.text, lines: snapshot.lines(), encoding: self.client.encoding };
        match request {
            Waiting::Hover(position, reply) => {
                let _ = reply.send(hover::hover(&snapshot, text.offset(position), workspace, &self.client));
            }
            Waiting::Definition(position, reply) => {
                let _ = reply.send(definition::definition(&snapshot, text.offset(position), workspace, &self.client));
            }
            Waiting::CodeActions(range, context, reply) => {
                let span = Span::new(text.offset(range.start), text.offset(range.end));
                let _ = reply.send(Some(code_action::code_actions(&snapshot, uri, span, &context, workspace, &self.client)));
            }
        }
    }

    fn name_of(&self, uri: &Url) -> String {
        let path = convert::path(uri);
        path.zip(self.workspace.as_ref()).and_then(|(path, workspace)| workspace.name_of(&path)).unwrap_or_default()
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

impl Waiting {
    /// Whether a check has come to what it asks for. Fixes may be anywhere.
    fn can_be_answered(&self, snapshot: &Snapshot, encoding: Encoding) -> bool {
        let text = || convert::Text { text: &snapshot.text, lines: snapshot.lines(), encoding };
        match self {
            _ if snapshot.checked.is_whole => true,
            Self::Hover(position, _) | Self::Definition(position, _) => snapshot.checked.is_done_at(text().offset(*position)),
            Self::CodeActions(..) => false,
        }
    }

    fn give_nothing(self) {
        match self {
            Self::Hover(_, reply) => drop(reply.send(None)),
            Self::Definition(_, reply) => drop(reply.send(None)),
            Self::CodeActions(_, _, reply) => drop(reply.send(None)),
        }
    }
}

/// Sources are read, not checked.
fn is_note(uri: &Url, document: &Document, workspace: &Workspace) -> bool {
    !workspace.is_source(&document.name) && !convert::path(uri).is_some_and(|path| workspace.is_rendition(&path))
}
