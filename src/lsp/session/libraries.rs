//! The libraries of the roots: read in the background, and put in the place of those before.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::lsp_types::{MessageType, Url, WorkspaceFoldersChangeEvent};

use super::Session;
use crate::library::cache::CacheProblem;
use crate::lsp::convert;
use crate::lsp::diagnostics::DiagnosticsCache;
use crate::lsp::event::Event;
use crate::lsp::loading::{self, Job, Loaded};
use crate::lsp::outbox::Outgoing;
use crate::lsp::request::Refusal;
use crate::lsp::roots::Root;
use crate::lsp::watching::Watcher;
use crate::message;
use crate::workspace::Workspace;

impl Session {
    pub(super) fn folders_changed(&mut self, change: WorkspaceFoldersChangeEvent) {
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

    /// Reads all roots, those that were never read or may have changed.
    pub(super) fn load_all(&mut self) {
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

    /// A source counts as the editor has it, saved or not.
    pub(super) fn source_changed(&mut self, uri: &Url) {
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
    pub(super) fn touched(&mut self, files: &[PathBuf]) {
        self.roots.touched(files).into_iter().for_each(|id| self.load_later(id));
    }

    pub(super) fn load_later(&mut self, id: usize) {
        let Some(root) = self.roots.get_mut(id) else { return };
        root.changes += 1;
        let change = root.changes;
        self.later(loading::QUIET, Event::Quiet { root: id, change });
    }

    /// The files of a root have been quiet since this change.
    pub(super) fn quiet(&mut self, id: usize, change: u64) {
        if self.roots.get(id).is_some_and(|root| change == root.changes || root.loading.is_overdue()) {
            self.load(id);
        }
    }

    /// Reads what is wanted of a root, in the background.
    pub(super) fn load(&mut self, id: usize) {
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

    pub(super) fn reindex(&mut self) {
        let read_anew = |root: &mut Root| {
            root.workspace = None;
            root.loading.want_anew();
            root.id
        };
        let ids: Vec<usize> = self.roots.iter_mut().map(read_anew).collect();
        ids.into_iter().for_each(|id| self.load(id));
    }

    pub(super) fn loaded(&mut self, id: usize, loaded: Loaded) {
        let workspace = match loaded {
            Loaded::SoFar(workspace) => return self.install(id, workspace),
            Loaded::Problem(problem) => return self.say_problem(id, problem),
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

    /// Goes on with another state of a workspace.
    pub(super) fn install(&mut self, id: usize, workspace: Arc<Workspace>) {
        self.generation += 1;
        let generation = self.generation;
        let Some(root) = self.roots.get_mut(id) else { return };
        root.generation = generation;
        root.diagnostics = DiagnosticsCache::default();
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

    /// If the cache of a root was damaged since it was opened, it is made again. Only once: what damages it may
    /// go on.
    pub(super) fn mend(&mut self, id: usize) {
        let is_damaged = |root: &&mut Root| {
            root.workspace.as_ref().is_some_and(|workspace| workspace.library.has_lost())
                && !root.problems_said.contains(&CacheProblem::Damaged)
        };
        let Some(root) = self.roots.get_mut(id).filter(is_damaged) else { return };
        root.loading.want_anew();
        self.say_problem(id, CacheProblem::Damaged);
        self.load(id);
    }

    /// Watches the files of a root, unless the client does.
    pub(super) fn watch(&mut self, id: usize, workspace: &Workspace) {
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
}
