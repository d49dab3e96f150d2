//! What is told beside diagnostics of notes: mistakes in settings, sources that cannot be read, the cache and
//! the status.

use tower_lsp::lsp_types::{MessageType, Url};

use super::Session;
use crate::library::cache::CacheProblem;
use crate::lsp::outbox::Outgoing;
use crate::lsp::status::{Health, Status};
use crate::lsp::{convert, diagnostics};
use crate::message;
use crate::rules::{lock, store};
use crate::text::Untrusted;
use crate::workspace::settings::Mistake;
use crate::workspace::{Workspace, settings};

impl Session {
    /// Mistakes in the settings and in the list of what is ignored are said once, and marked in their
    /// files.
    pub(super) fn show_mistakes(&mut self, id: usize, workspace: &Workspace) {
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
        let of_lock = workspace.lock.mistakes.iter().map(|mistake| (mistake.line, &mistake.message));
        let marked = [
            (settings::FILE_NAME, of_settings.map(diagnostics::mistake).collect::<Vec<_>>()),
            (store::FILE_NAME, of_store.map(diagnostics::mistake).collect()),
            (lock::FILE_NAME, of_lock.map(diagnostics::mistake).collect()),
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
    pub(super) fn show_unreadable(&mut self, id: usize, workspace: &Workspace) {
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

    /// Says once what the user should know of the cache of a root.
    pub(super) fn say_problem(&mut self, id: usize, problem: CacheProblem) {
        let Some(root) = self.roots.get_mut(id).filter(|root| !root.problems_said.contains(&problem)) else { return };
        self.outbox.send(Outgoing::Show(MessageType::WARNING, message!("corroborate: {}", problem.to_string())));
        root.problems_said.push(problem);
    }

    /// Tells clients that want to know how things are.
    pub(super) fn tell_status(&mut self) {
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
}
