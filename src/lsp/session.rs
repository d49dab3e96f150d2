//! The session: one task, one queue, all mutable state.
//!
//! Edits are applied at once. A check runs on the blocking pool over a snapshot of text and workspace, after a
//! burst of edits when that pauses, and comes back as an event; it is published only if nothing
//! newer has arrived. Requests that need a check which is still under way wait for it.
//!
//! Here is the state, and the loop that tells what to do at each event. How that is done stands below, by what
//! it is about.

mod documents;
mod libraries;
mod notices;
mod requests;
mod settings;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel};
use tower_lsp::lsp_types::{MessageType, Url};

use super::capabilities::ClientFeatures;
use super::convert;
use super::document::Document;
use super::event::Event;
use super::outbox::{Outbox, Outgoing};
use super::request::{DocumentRequest, SessionRequest};
use super::roots::Roots;
use super::status::Status;
use crate::workspace::Workspace;

/// What a session begins with.
#[derive(Debug)]
pub struct Start {
    pub client: ClientFeatures,
    pub folders: Vec<PathBuf>,
    /// What the client gives as settings from the start.
    pub settings: Option<Value>,
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
    client: ClientFeatures,
    outbox: Outbox,
    queue: WeakUnboundedSender<Event>,
    documents: HashMap<Url, Document>,
    /// Requests that wait for the check of a document.
    waiting: HashMap<Url, Vec<DocumentRequest>>,
    /// Requests that wait for the sources to be read.
    waiting_for_all: Vec<SessionRequest>,
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
            Event::DocumentRequest(ask) => self.ask(ask),
            Event::SessionRequest(ask) => self.ask_all(ask),
            Event::Paused { uri, version } => self.paused(&uri, version),
            Event::Quiet { root, change } => self.quiet(root, change),
            Event::Touched(files) => self.touched(&files),
            Event::Loaded { root, loaded } => self.loaded(root, loaded),
            Event::Reindex => self.reindex(),
            Event::Show(uri) => self.outbox.send(Outgoing::Document(uri)),
            Event::CancelProgress(token) => self.roots.iter().for_each(|root| root.loading.cancel(token)),
            Event::Checked { uri, snapshot } => self.checked(&uri, snapshot),
            Event::CheckFailed { uri } => self.check_failed(&uri),
        }
    }

    fn workspace(&self, root: usize) -> Option<&Arc<Workspace>> {
        self.roots.get(root)?.workspace.as_ref()
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
