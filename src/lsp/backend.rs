//! tower-lsp's side: every message goes into the session's queue, in the order of arrival.
//!
//! *Architecture invariant:* no handler awaits anything before its message is queued, and none
//! holds state of its own.

use std::sync::OnceLock;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{oneshot, watch};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeActionParams, CodeActionResponse, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, NumberOrString, ServerInfo, TextDocumentPositionParams,
    WorkDoneProgressCancelParams,
};
use tower_lsp::{Client, LanguageServer, async_trait};

use super::capabilities::Negotiated;
use super::frames::Frames;
use super::outbox::Outbox;
use super::session::{self, Event, Start};

/// The receiver of all messages.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    frames: Frames,
    queue: OnceLock<UnboundedSender<Event>>,
    parent: watch::Sender<Option<u32>>,
}

impl Backend {
    pub fn new(client: Client, frames: Frames) -> Self {
        Self { client, frames, queue: OnceLock::new(), parent: watch::Sender::new(None) }
    }

    /// The process that the client named as its own.
    pub fn parent(&self) -> watch::Receiver<Option<u32>> {
        self.parent.subscribe()
    }

    fn tell(&self, event: Event) {
        if let Some(queue) = self.queue.get() {
            // A closed queue means that the session is over.
            let _ = queue.send(event);
        }
    }

    /// The user wants some of our work to end.
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        if let NumberOrString::Number(token) = params.token {
            self.tell(Event::CancelProgress(token));
        }
    }

    async fn ask<T>(&self, event: impl FnOnce(oneshot::Sender<T>) -> Event) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(event(reply));
        answer.await.map_err(|_| Error::internal_error())
    }
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Negotiated::with(&params.capabilities);
        let start = Start { client, folders: session::folders(&params) };
        self.queue.get_or_init(|| session::start(start, Outbox::new(self.client.clone(), self.frames.clone())));
        self.parent.send_replace(params.process_id);
        let server_info = ServerInfo { name: "corroborate".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities: client.server(), server_info: Some(server_info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::Open(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Change(params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::Save(params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Close(params.text_document.uri));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::FilesChanged(params.changes));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(|reply| Event::Hover { uri: text_document.uri, position, reply }).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(|reply| Event::Definition { uri: text_document.uri, position, reply }).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        self.ask(|reply| Event::CodeActions { uri: text_document.uri, range, context, reply }).await
    }
}
