//! Checking a note in the background, over a snapshot of its text and its workspace.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ropey::Rope;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::lsp_types::Url;

use super::capabilities::ClientFeatures;
use super::diagnostics::DiagnosticsCache;
use super::document::{Snapshot, Token, text_of};
use super::event::Event;
use crate::workspace::check::Cancelled;
use crate::workspace::{self, CheckResult, Workspace};

/// A check, with all that it needs.
pub struct Check {
    pub uri: Url,
    /// Its name relative to the root.
    pub name: String,
    pub rope: Rope,
    pub version: i32,
    pub workspace: Arc<Workspace>,
    pub generation: u64,
    pub diagnostics: DiagnosticsCache,
    pub client: ClientFeatures,
    /// Where somebody types, in bytes.
    pub typing_at: Option<usize>,
    /// Whether what is found so far is told.
    pub is_told: bool,
    pub token: Token,
    pub queue: UnboundedSender<Event>,
}

impl Check {
    /// Does the work on a thread of its own. What comes of it goes into the queue.
    pub fn start(self) {
        tokio::task::spawn_blocking(move || {
            let event = match catch_unwind(AssertUnwindSafe(|| self.run())) {
                Ok(Ok(snapshot)) => Event::Checked { uri: self.uri, snapshot },
                // A newer check is under way or about to begin.
                Ok(Err(Cancelled)) => return,
                Err(_) => Event::CheckFailed { uri: self.uri },
            };
            let _ = self.queue.send(event);
        });
    }

    fn run(&self) -> Result<Arc<Snapshot>, Cancelled> {
        let text = text_of(&self.rope);
        let tell = |checked| {
            if !self.token.is_cancelled() {
                let snapshot = self.snapshot(text.clone(), checked);
                let _ = self.queue.send(Event::Checked { uri: self.uri.clone(), snapshot });
            }
        };
        let so_far: Option<&dyn Fn(CheckResult)> = if self.is_told { Some(&tell) } else { None };
        let is_cancelled = || self.token.is_cancelled();
        let checked = workspace::check_telling(&text, &self.name, &self.workspace, &is_cancelled, so_far, self.typing_at)?;
        Ok(self.snapshot(text, checked))
    }

    fn snapshot(&self, text: String, checked: CheckResult) -> Arc<Snapshot> {
        let diagnostics = self.diagnostics.of(&checked.findings, &text, &self.workspace, &self.client);
        Arc::new(Snapshot::new(text, self.version, self.generation, checked, diagnostics))
    }
}
