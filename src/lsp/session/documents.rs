//! Documents: opened, edited, saved and closed, and checked each time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tower_lsp::lsp_types::{DidChangeTextDocumentParams, MessageType, TextDocumentItem, Url};

use super::Session;
use crate::lsp::capabilities::Refreshes;
use crate::lsp::checking::Check;
use crate::lsp::convert;
use crate::lsp::document::{Document, Snapshot, Token};
use crate::lsp::event::Event;
use crate::lsp::outbox::Outgoing;
use crate::lsp::request::{Need, Refusal};

/// Edits that come faster than this are gathered. The first one after a pause is checked at once.
const BURST: Duration = Duration::from_millis(40);

impl Session {
    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let TextDocumentItem { uri, version, text, language_id } = item;
        let (root, name) = self.home(&uri);
        self.documents.insert(uri.clone(), Document::new(&text, version, root, name, &language_id));
        self.source_changed(&uri);
        self.check(&uri);
    }

    /// Looks anew where a document belongs.
    pub(super) fn rehouse(&mut self, uri: &Url) {
        let (root, name) = self.home(uri);
        if let Some(document) = self.documents.get_mut(uri) {
            (document.root, document.name) = (root, name);
        }
    }

    /// The root to which a document belongs, with its name there.
    pub(super) fn home(&mut self, uri: &Url) -> (usize, String) {
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

    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) {
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

    /// Typing has paused since this version.
    pub(super) fn paused(&mut self, uri: &Url, version: i32) {
        if self.documents.get(uri).is_some_and(|document| document.version == version) {
            self.check(uri);
        }
    }

    /// A save shows everything, also the sentence at the cursor. Clients that watch no files
    /// tell us of changed sources in no other way.
    pub(super) fn save(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        // Whatever is under way may leave out the sentence in which somebody was typing.
        let was_typing = document.typing_at.take().is_some();
        document.pulled_too_early |= was_typing;
        let id = document.root;
        let note = document.snapshot.as_ref().map(|snapshot| &snapshot.checked.note);
        let workspace = self.roots.get(id).and_then(|root| root.workspace.as_ref());
        let lacks = note.zip(workspace).is_some_and(|(note, workspace)| workspace.lacks_bibliography(&document.name, note));
        if was_typing {
            self.check(uri)
        } else {
            self.publish(uri)
        }
        if let Some(root) = self.roots.get_mut(id).filter(|_| lacks) {
            root.loading.want_all();
            self.load_later(id);
        } else {
            self.touched(&convert::path(uri).into_iter().collect::<Vec<_>>());
        }
    }

    pub(super) fn close(&mut self, uri: &Url) {
        if let Some(running) = self.documents.remove(uri).and_then(|d| d.running) {
            running.cancel();
        }
        for ask in self.waiting.remove(uri).unwrap_or_default() {
            ask.refuse(Refusal::Nothing);
        }
        self.source_changed(uri);
        self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
    }

    /// Checks a document's current version, in the background.
    pub(super) fn check(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        let Some(root) = self.roots.get(document.root) else { return };
        let (Some(workspace), Some(queue)) = (root.workspace.clone(), self.queue.upgrade()) else { return };
        if !document.is_note(uri, &workspace) {
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
        let token = Token::default();
        document.running = Some(token.clone());
        let check = Check {
            uri: uri.clone(),
            name: document.name.clone(),
            rope: document.rope.clone(),
            version: document.version,
            typing_at: document.typing_at,
            workspace,
            generation: root.generation,
            diagnostics: root.diagnostics.clone(),
            client: self.client,
            // Later ones show no less than was shown before.
            is_told: document.snapshot.as_ref().is_none_or(|snapshot| !snapshot.checked.is_whole),
            token,
            queue,
        };
        check.start();
    }

    pub(super) fn checked(&mut self, uri: &Url, snapshot: Arc<Snapshot>) {
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

    pub(super) fn check_failed(&mut self, uri: &Url) {
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
    pub(super) fn publish(&mut self, uri: &Url) {
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
        let message = root.diagnostics.message(uri, snapshot, workspace, &self.client);
        self.outbox.send(Outgoing::Published(message));
    }
}
