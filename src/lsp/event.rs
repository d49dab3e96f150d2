//! What can happen to a session. All of it goes through one queue, in the order of arrival.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::lsp_types::{DidChangeTextDocumentParams, FileEvent, TextDocumentItem, Url, WorkspaceFoldersChangeEvent};

use super::document::Snapshot;
use super::loading::Loaded;
use super::request::{DocumentRequest, SessionRequest};

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
    DocumentRequest(DocumentRequest),
    SessionRequest(SessionRequest),
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
