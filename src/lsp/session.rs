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
use super::document::{Document, Snapshot, Token};
use super::outbox::{Outbox, Outgoing};
use super::{code_action, convert, definition, diagnostics, hover};
use crate::text::words::readable;
use crate::text::{LineIndex, Span};
use crate::workspace::{self, Workspace, root, settings};

/// How long typing must pause before a check begins.
const DEBOUNCE: Duration = Duration::from_millis(40);
/// The same before the library is read again: saving a file makes several events.
const RELOAD_DEBOUNCE: Duration = Duration::from_millis(150);

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
    WorkspaceReady {
        generation: u64,
        workspace: Arc<Workspace>,
    },
    LoadFailed {
        generation: u64,
    },
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
        loading: false,
        changes: 0,
        settings_shown: None,
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
    loading: bool,
    /// Counts changes of files, to find the moment when they stop.
    changes: u64,
    /// The settings file with a mistake that was shown last.
    settings_shown: Option<Url>,
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
                if change == self.changes {
                    self.load();
                }
            }
            Event::WorkspaceReady { generation, workspace } => self.workspace_ready(generation, workspace),
            Event::LoadFailed { generation } => self.load_failed(generation),
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
            self.load();
        }
        self.check(&item.uri);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.uri;
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.apply(&params.content_changes, params.text_document.version, self.client.encoding);
        if let Some(running) = document.running.take() {
            running.cancel();
        }
        self.later(DEBOUNCE, Event::Paused { uri, version: params.text_document.version });
    }

    /// A save shows everything, also the sentence at the cursor. Clients that watch no files
    /// tell us of changed sources in no other way.
    fn save(&mut self, uri: &Url) {
        if let Some(document) = self.documents.get_mut(uri) {
            document.typing_at = None;
        }
        self.publish(uri);
        let name = self.name_of(uri);
        let note = self.documents.get(uri).and_then(|d| d.snapshot.as_ref()).map(|snapshot| &snapshot.checked.note);
        let concerned = self.workspace.as_ref().is_some_and(|workspace| {
            workspace.concerns_library(&name) || note.is_some_and(|note| workspace.lacks_bibliography(&name, note))
        });
        if concerned {
            self.files_changed_at(1);
        }
    }

    fn close(&mut self, uri: &Url) {
        if let Some(running) = self.documents.remove(uri).and_then(|d| d.running) {
            running.cancel();
        }
        self.waiting.remove(uri);
        self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
    }

    fn files_changed(&mut self, files: &[FileEvent]) {
        let Some(workspace) = &self.workspace else { return };
        let concerned = |file: &&FileEvent| {
            convert::path(&file.uri)
                .and_then(|path| workspace.name_of(&path))
                .is_some_and(|name| workspace.concerns_library(&name))
        };
        let count = files.iter().filter(concerned).count();
        self.files_changed_at(count);
    }

    fn files_changed_at(&mut self, count: usize) {
        if count > 0 {
            self.changes += 1;
            self.later(RELOAD_DEBOUNCE, Event::Quiet { change: self.changes });
        }
    }

    /// Reads the workspace, in the background.
    fn load(&mut self) {
        let (Some(folder), Some(queue)) = (self.folders.first().cloned(), self.queue.upgrade()) else { return };
        self.loading = true;
        self.generation += 1;
        let generation = self.generation;
        let outbox = self.outbox.clone();
        let with_progress = self.client.work_done_progress;
        let before = self.workspace.clone();
        tokio::task::spawn_blocking(move || {
            let root = if has_library(&folder) { folder } else { root::find(&folder) };
            let token = generation as i32;
            if with_progress {
                outbox.send(Outgoing::ProgressBegin { token, title: "Reading sources".to_owned() });
            }
            let report = |done: usize, all: usize| {
                if with_progress && done.is_multiple_of(all / 50 + 1) {
                    outbox.send(Outgoing::ProgressReport { token, done, all });
                }
            };
            let read = || match before.filter(|before| before.root == root) {
                Some(before) => before.reopen(&report),
                None => Workspace::open(&root, &report),
            };
            let Ok(workspace) = catch_unwind(AssertUnwindSafe(read)) else {
                let _ = queue.send(Event::LoadFailed { generation });
                return;
            };
            if with_progress {
                let message = format!("{} sources", workspace.library.sources().len());
                outbox.send(Outgoing::ProgressEnd { token, message });
            }
            let _ = queue.send(Event::WorkspaceReady { generation, workspace: Arc::new(workspace) });
        });
    }

    fn workspace_ready(&mut self, generation: u64, workspace: Arc<Workspace>) {
        if generation != self.generation {
            return;
        }
        self.loading = false;
        self.show_settings_error(&workspace);
        for unreadable in &workspace.unreadable {
            let text = format!("{} was not read: {}", readable(&unreadable.path), unreadable.reason);
            self.outbox.send(Outgoing::Log(MessageType::WARNING, text));
        }
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

    /// The library as it was serves on.
    fn load_failed(&mut self, generation: u64) {
        if generation != self.generation {
            return;
        }
        self.loading = false;
        self.outbox
            .send(Outgoing::Show(MessageType::ERROR, "corroborate could not read the sources; please report it".to_owned()));
        for request in std::mem::take(&mut self.waiting).into_values().flatten() {
            request.give_nothing();
        }
    }

    /// A mistake in the settings is said once, and marked in their file.
    fn show_settings_error(&mut self, workspace: &Workspace) {
        let uri = convert::uri(&workspace.root.join(settings::FILE_NAME));
        let (diagnostics, shown) = match &workspace.settings_error {
            Some(error) => {
                self.outbox.send(Outgoing::Show(MessageType::ERROR, error.to_string()));
                let line = error.line.saturating_sub(1) as u32;
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

    /// Checks a document's current version, in the background.
    fn check(&mut self, uri: &Url) {
        let (Some(workspace), Some(queue)) = (self.workspace.clone(), self.queue.upgrade()) else { return };
        if self.loading {
            return;
        }
        let generation = self.generation;
        let Some(document) = self.documents.get_mut(uri) else { return };
        if !is_note(document, &workspace) {
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
        let token = Token::default();
        document.running = Some(token.clone());
        let (rope, version, name, uri) = (document.rope.clone(), document.version, document.name.clone(), uri.clone());
        tokio::task::spawn_blocking(move || {
            let work = || {
                let text = rope.to_string();
                let checked = workspace::check(&text, &name, &workspace, &|| token.is_cancelled()).ok()?;
                let lines = LineIndex::new(&text);
                Some(Snapshot { text, lines, version, generation, checked })
            };
            let event = match catch_unwind(AssertUnwindSafe(work)) {
                Ok(Some(snapshot)) => Event::Checked { uri, snapshot: Arc::new(snapshot) },
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
        document.running = None;
        document.snapshot = Some(snapshot);
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
        let diagnostics = diagnostics::of(snapshot, workspace, &self.client, unfinished);
        self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics, version: Some(document.version) });
    }

    /// Answers a request from the current check, or lets it wait for that check.
    fn answer(&mut self, uri: &Url, request: Waiting) {
        let Some(document) = self.documents.get(uri) else { return request.give_nothing() };
        let fresh = |s: &&Arc<Snapshot>| s.version == document.version && s.generation == self.generation;
        let Some(snapshot) = document.snapshot.as_ref().filter(fresh).cloned() else {
            let can_come = self.loading || self.workspace.as_ref().is_some_and(|w| is_note(document, w));
            if can_come {
                self.waiting.entry(uri.clone()).or_default().push(request);
            } else {
                request.give_nothing();
            }
            return;
        };
        let Some(workspace) = &self.workspace else { return };
        let text = convert::Text { text: &snapshot.text, lines: &snapshot.lines, encoding: self.client.encoding };
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
    fn give_nothing(self) {
        match self {
            Self::Hover(_, reply) => drop(reply.send(None)),
            Self::Definition(_, reply) => drop(reply.send(None)),
            Self::CodeActions(_, _, reply) => drop(reply.send(None)),
        }
    }
}

/// A folder that says itself that it is a workspace is one, whatever lies above.
fn has_library(folder: &std::path::Path) -> bool {
    folder.join(settings::FILE_NAME).is_file() || folder.join("sources").is_dir()
}

/// Sources are read, not checked.
fn is_note(document: &Document, workspace: &Workspace) -> bool {
    !workspace.is_source(&document.name)
}
