//! Requests: what is asked of a document, or of all notes of a session, from its arrival to its answer.
//!
//! A handler says what it needs to know and hands over the work. The session waits until that is
//! known of the document's current version, and has the work done on the blocking pool. So no request
//! holds back another one, or an edit.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::lsp_types::{Position, Url};

use super::capabilities::ClientFeatures;
use super::convert::Text;
use super::diagnostics::DiagnosticsCache;
use super::document::{Snapshot, Token, text_of};
use crate::text::LineIndex;
use crate::workspace::Workspace;

/// What must be known before a request can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing but the document's text.
    Text,
    /// Anything that was found so far.
    Some,
    /// The same, to be shown as the diagnostics of whatever the text is by then.
    Diagnostics,
    /// What was found out of the sentence there.
    Sentence(Position),
    /// All that can be found.
    Whole,
}

/// A document as a request sees it.
pub struct DocumentView {
    pub uri: Url,
    /// Its name relative to the root; empty for a document without a file below it.
    pub name: String,
    /// Whether it is checked; sources are not.
    pub is_note: bool,
    pub workspace: Arc<Workspace>,
    pub client: ClientFeatures,
    pub content: Content,
    /// The diagnostics of this state of the library.
    pub diagnostics: DiagnosticsCache,
}

/// What is known of a document's current version.
pub enum Content {
    /// Perhaps not all of it.
    Checked(Arc<Snapshot>),
    /// The text is put together when a request first wants it, which not all do.
    Plain { rope: Rope, read: OnceLock<(String, LineIndex)> },
}

impl Content {
    pub fn plain(rope: Rope) -> Self {
        Self::Plain { rope, read: OnceLock::new() }
    }
}

impl DocumentView {
    /// What was found in the text; always there if the request needs it.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        match &self.content {
            Content::Checked(snapshot) => Some(snapshot),
            Content::Plain { .. } => None,
        }
    }

    /// The same with the sentence at a position judged, if the check has not come to it yet.
    fn judged_at(self, position: Position) -> Self {
        let offset = self.text().offset(position);
        let Some(snapshot) = self.snapshot().filter(|snapshot| !snapshot.checked.is_done_at(offset)) else { return self };
        let checked = snapshot.checked.judged_at(offset, &snapshot.text, &self.name, &self.workspace);
        let content = Content::Checked(Arc::new(snapshot.with(checked)));
        Self { content, ..self }
    }

    /// The document's text.
    pub fn text(&self) -> Text<'_> {
        let (text, lines) = match &self.content {
            Content::Checked(snapshot) => (snapshot.text.as_str(), snapshot.lines()),
            Content::Plain { rope, read } => {
                let (text, lines) = read.get_or_init(|| {
                    let text = text_of(rope);
                    let lines = LineIndex::new(&text);
                    (text, lines)
                });
                (text.as_str(), lines)
            }
        };
        Text { text, lines, encoding: self.client.encoding }
    }
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The document changed since it was asked: positions in it mean something else now.
    Modified,
    /// There is no such document, or it has no workspace.
    Nothing,
}

type Work = Box<dyn FnOnce(Result<DocumentView, Refusal>) + Send>;

/// A request on its way.
pub struct DocumentRequest {
    pub uri: Url,
    pub need: Need,
    pub token: Token,
    work: Work,
}

impl std::fmt::Debug for DocumentRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DocumentRequest").field("need", &self.need).finish_non_exhaustive()
    }
}

impl DocumentRequest {
    pub fn new(uri: Url, need: Need, token: Token, work: impl FnOnce(Result<DocumentView, Refusal>) + Send + 'static) -> Self {
        Self { uri, need, token, work: Box::new(work) }
    }

    /// Whether a check has come to what it asks for. A single sentence is judged when it is asked for.
    pub fn can_be_answered(&self, snapshot: &Snapshot) -> bool {
        self.need != Need::Whole || snapshot.checked.is_whole
    }

    pub fn refuse(self, why: Refusal) {
        (self.work)(Err(why));
    }

    /// Has the work done, on a thread of its own.
    pub fn answer(self, seen: DocumentView) {
        if !self.token.is_cancelled() {
            tokio::task::spawn_blocking(move || {
                let seen = match self.need {
                    Need::Sentence(position) => seen.judged_at(position),
                    _ => seen,
                };
                (self.work)(Ok(seen));
            });
        }
    }
}

/// A note that is open in the editor.
#[derive(Clone, Debug)]
pub struct OpenNote {
    /// The folder of its root, and its name there.
    pub root: PathBuf,
    pub name: String,
    pub version: i32,
    pub rope: Rope,
}

/// All roots and open notes of the session as a request sees them.
pub struct SessionView {
    pub workspaces: Vec<Arc<Workspace>>,
    pub open: HashMap<Url, OpenNote>,
    pub client: ClientFeatures,
    pub token: Token,
}

/// A request about all roots on its way.
pub struct SessionRequest {
    pub token: Token,
    work: Box<dyn FnOnce(SessionView) + Send>,
}

impl std::fmt::Debug for SessionRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionRequest").finish_non_exhaustive()
    }
}

impl SessionRequest {
    pub fn new(token: Token, work: impl FnOnce(SessionView) + Send + 'static) -> Self {
        Self { token, work: Box::new(work) }
    }

    pub fn answer(self, all: SessionView) {
        if !self.token.is_cancelled() {
            tokio::task::spawn_blocking(move || (self.work)(all));
        }
    }
}

/// The error of a request on a text that is no more.
pub fn modified() -> Error {
    Error { code: ErrorCode::ContentModified, message: "the document has changed".into(), data: None }
}
