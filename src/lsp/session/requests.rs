//! Requests: answered as soon as all that they need is known.

use std::sync::Arc;

use tower_lsp::lsp_types::Url;

use super::Session;
use crate::lsp::document::Snapshot;
use crate::lsp::outbox::Outgoing;
use crate::lsp::request::{Content, DocumentRequest, DocumentView, Need, OpenNote, Refusal, SessionRequest, SessionView};

impl Session {
    /// Answers a request as soon as all that it needs is known.
    pub(super) fn ask(&mut self, ask: DocumentRequest) {
        let Some(document) = self.documents.get_mut(&ask.uri) else { return ask.refuse(Refusal::Nothing) };
        let Some(root) = self.roots.get(document.root) else { return ask.refuse(Refusal::Nothing) };
        let Some(workspace) = &root.workspace else {
            return if root.loading.is_running() || !self.is_ready { self.wait(ask) } else { ask.refuse(Refusal::Nothing) };
        };
        let fresh = |s: &&Arc<Snapshot>| s.version == document.version && s.generation == root.generation;
        let snapshot = document.snapshot.as_ref().filter(fresh).cloned();
        let is_note = document.is_note(&ask.uri, workspace);
        if is_note && ask.need != Need::Text && !snapshot.as_ref().is_some_and(|s| ask.can_be_answered(s)) {
            return self.wait(ask);
        }
        let seen = DocumentView {
            uri: ask.uri.clone(),
            name: document.name.clone(),
            is_note,
            workspace: Arc::clone(workspace),
            client: self.client,
            content: snapshot.map_or_else(|| Content::plain(document.rope.clone()), Content::Checked),
            diagnostics: root.diagnostics.clone(),
        };
        if ask.need == Need::Diagnostics {
            self.pulled(&ask.uri);
        }
        ask.answer(seen);
    }

    /// Answers a request about all roots, when their sources are read.
    pub(super) fn ask_all(&mut self, ask: SessionRequest) {
        if self.roots.iter().any(|root| (root.loading.is_running() || !self.is_ready) && root.workspace.is_none()) {
            self.waiting_for_all.push(ask);
            return;
        }
        let open = self.documents.iter().filter_map(|(uri, document)| {
            let workspace = self.workspace(document.root).filter(|workspace| document.is_note(uri, workspace))?;
            let (root, name) = (workspace.root.clone(), document.name.clone());
            Some((uri.clone(), OpenNote { root, name, version: document.version, rope: document.rope.clone() }))
        });
        let all = SessionView {
            workspaces: self.roots.iter().filter_map(|root| root.workspace.clone()).collect(),
            open: open.collect(),
            client: self.client,
            token: ask.token.clone(),
        };
        ask.answer(all);
    }

    pub(super) fn wait(&mut self, ask: DocumentRequest) {
        self.waiting.entry(ask.uri.clone()).or_default().push(ask);
    }

    /// Looks again at the requests that wait for a document.
    pub(super) fn reconsider(&mut self, uri: &Url) {
        for ask in self.waiting.remove(uri).unwrap_or_default() {
            self.ask(ask);
        }
    }

    /// A client that asks for a document's diagnostics has no use for being told them as well.
    pub(super) fn pulled(&mut self, uri: &Url) {
        let Some(document) = self.documents.get_mut(uri).filter(|_| self.client.refreshes.diagnostics) else { return };
        document.pulled_too_early = document.snapshot.as_ref().is_none_or(|snapshot| !snapshot.checked.is_whole);
        if !document.is_pulled {
            document.is_pulled = true;
            self.outbox.send(Outgoing::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None });
        }
    }
}
