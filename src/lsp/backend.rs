//! tower-lsp's side: every message goes into the session's queue, in the order of arrival.
//!
//! *Architecture invariant:* no handler awaits anything before its message is queued, and none
//! holds state of its own.

use std::sync::OnceLock;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{oneshot, watch};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::{GotoImplementationParams, GotoImplementationResponse};
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer, async_trait};

use super::capabilities::ClientFeatures;
use super::document::Token;
use super::event::Event;
use super::frames::Frames;
use super::outbox::Outbox;
use super::request::{DocumentRequest, DocumentView, Need, Refusal, SessionRequest, SessionView, modified};
use super::roots;
use super::session::{self, Start};
use super::{
    code_action, code_lens, command, completion, definition, document_highlight, document_link, document_symbol, evidence, hover,
    implementation, inlay_hint, pull, references, rename, rename_files, semantic_tokens, workspace_symbol,
};
use crate::text::Untrusted;

/// The receiver of all messages.
#[derive(Debug)]
pub struct Backend {
    client: Client,
    frames: Frames,
    queue: OnceLock<UnboundedSender<Event>>,
    parent: watch::Sender<Option<u32>>,
}

/// Tells the work when nobody waits for it any more: tower-lsp drops a handler whose request was
/// cancelled.
struct Guard(Token);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.cancel();
    }
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

    /// Asks about a document. Where there is none, or no workspace, the answer is nothing.
    async fn ask<T: Send + 'static>(
        &self,
        uri: Url,
        need: Need,
        work: impl FnOnce(&DocumentView) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let (reply, answer) = oneshot::channel();
        let guard = Guard(Token::default());
        let work = move |seen: std::result::Result<DocumentView, Refusal>| {
            let _ = reply.send(seen.map(|seen| work(&seen)));
        };
        self.tell(Event::DocumentRequest(DocumentRequest::new(uri, need, guard.0.clone(), work)));
        match answer.await {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(Refusal::Nothing)) => Ok(None),
            Ok(Err(Refusal::Modified)) => Err(modified()),
            Err(_) => Err(Error::internal_error()),
        }
    }

    /// Asks about all roots.
    async fn ask_all<T: Send + 'static>(&self, work: impl FnOnce(&SessionView) -> T + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let guard = Guard(Token::default());
        let work = move |all: SessionView| {
            let _ = reply.send(work(&all));
        };
        self.tell(Event::SessionRequest(SessionRequest::new(guard.0.clone(), work)));
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Asks about a document and then, if that leads somewhere, about all roots.
    async fn ask_around<I: Send + 'static, T: Send + 'static>(
        &self,
        uri: Url,
        need: Need,
        first: impl FnOnce(&DocumentView) -> Option<I> + Send + 'static,
        then: impl FnOnce(I, &SessionView) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        match self.ask(uri, need, first).await? {
            Some(found) => Ok(Some(self.ask_all(move |all| then(found, all)).await?)),
            None => Ok(None),
        }
    }

    /// `corroborate/evidence`: the sentence at a position with its verdict and all passages.
    pub async fn evidence(&self, params: TextDocumentPositionParams) -> Result<Option<evidence::Sentence>> {
        let TextDocumentPositionParams { text_document, position } = params;
        self.ask(text_document.uri, Need::Sentence(position), move |seen| evidence::at(seen, position)).await
    }

    /// `corroborate/verdicts`: the verdict on each claim of a note.
    pub async fn verdicts(&self, params: evidence::VerdictsParams) -> Result<Vec<evidence::SentenceVerdict>> {
        Ok(self.ask(params.text_document.uri, Need::Whole, evidence::verdicts).await?.unwrap_or_default())
    }

    /// `corroborate/sources`: all sources, with how many notes cite them.
    pub async fn sources(&self) -> Result<Vec<evidence::ListedSource>> {
        self.ask_all(evidence::sources).await
    }

    /// `corroborate/rendition`: the file that shows a source's text.
    pub async fn rendition(&self, params: evidence::RenditionParams) -> Result<Option<evidence::Rendition>> {
        self.ask_all(move |all| evidence::rendition(&params, all)).await
    }
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = ClientFeatures::with(&params.capabilities, params.client_info.as_ref().map(|client| client.name.as_str()));
        let folders = roots::folders(&params);
        let start = Start { client, folders, settings: params.initialization_options };
        self.queue.get_or_init(|| session::start(start, Outbox::new(self.client.clone(), self.frames.clone())));
        self.parent.send_replace(params.process_id);
        let server_info = ServerInfo { name: "corroborate".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities: client.server(), server_info: Some(server_info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        // No sentence waits until the model is unpacked.
        tokio::task::spawn_blocking(crate::entail::bundled);
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

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::FoldersChanged(params.event));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::SettingsChanged(params.settings));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        match self.ask(text_document.uri, Need::Sentence(position), move |seen| hover::at(seen, position)).await? {
            Some(hover::HoverSubject::Note(hover)) => Ok(Some(hover)),
            Some(hover::HoverSubject::Source(passage)) => self.ask_all(move |all| hover::resting(&passage, all)).await,
            None => Ok(None),
        }
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(text_document.uri, Need::Sentence(position), move |seen| definition::definition(seen, position)).await
    }

    async fn goto_implementation(&self, params: GotoImplementationParams) -> Result<Option<GotoImplementationResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(text_document.uri, Need::Sentence(position), move |seen| implementation::implementation(seen, position)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let with_declaration = params.context.include_declaration;
        let need = Need::Sentence(position);
        let then = move |wanted, all: &SessionView| references::references(&wanted, with_declaration, all);
        self.ask_around(text_document.uri, need, move |seen| references::query(seen, position), then).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(text_document.uri, Need::Some, move |seen| document_highlight::highlights(seen, position)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(params.text_document.uri, Need::Some, document_link::links).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(params.text_document.uri, Need::Whole, document_symbol::symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.ask_all(move |all| Some(workspace_symbol::symbols(&params.query, all))).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        self.ask(text_document.uri, Need::Whole, move |seen| code_action::code_actions(seen, range, &context)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let first = |seen: &DocumentView| Some(code_lens::in_document(seen));
        let then = |lenses, all: &SessionView| code_lens::with_notes(lenses, all);
        self.ask_around(params.text_document.uri, Need::Whole, first, then).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(params.text_document.uri, Need::Whole, move |seen| inlay_hint::hints(seen, params.range)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let found = self.ask(params.text_document.uri, Need::Whole, |seen| semantic_tokens::tokens(seen, None)).await?;
        Ok(found.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_range(&self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokensRangeResult>> {
        let work = move |seen: &DocumentView| semantic_tokens::tokens(seen, Some(params.range));
        Ok(self.ask(params.text_document.uri, Need::Whole, work).await?.map(SemanticTokensRangeResult::Tokens))
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        self.ask(text_document.uri, Need::Text, move |seen| completion::completions(seen, position)).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.ask_all(move |all| completion::resolve(item, all)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let position = params.position;
        match self.ask(params.text_document.uri, Need::Some, move |seen| Some(rename::prepare(seen, position))).await? {
            Some(answer) => answer.map_err(rename::refused),
            None => Ok(None),
        }
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let first = move |seen: &DocumentView| Some(rename::key_at(seen, position));
        let then = move |key: std::result::Result<_, Untrusted>, all: &SessionView| rename::rename(key?, &params.new_name, all);
        match self.ask_around(text_document.uri, Need::Some, first, then).await? {
            Some(answer) => answer.map(Some).map_err(rename::refused),
            None => Ok(None),
        }
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.ask_all(move |all| rename_files::edits(&params.files, all)).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        match command::Command::of(params).map_err(|why| Error::invalid_params(why.notification()))? {
            command::Command::Reindex => {
                self.tell(Event::Reindex);
                Ok(None)
            }
            command::Command::ShowReport => self.ask_all(command::report).await.map(|shown| self.show(shown)),
            command::Command::WriteProof(uri) => self.ask(uri, Need::Whole, command::proof).await,
            command::Command::Explain(uri, position) => {
                let shown = self.ask(uri, Need::Sentence(position), move |seen| command::explanation(seen, position)).await?;
                Ok(shown.and_then(|shown| self.show(shown)))
            }
        }
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let before = params.previous_result_id;
        let work = move |seen: &DocumentView| Some(pull::document(seen, before.as_deref()));
        let found = self.ask(params.text_document.uri, Need::Diagnostics, work).await?;
        Ok(found.unwrap_or_else(pull::nothing))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let before = params.previous_result_ids;
        self.ask_all(move |all| pull::workspace(&before, all)).await
    }
}

impl Backend {
    /// Has a text that a command made shown by the client, if it can.
    fn show(&self, shown: command::ReadingText) -> Option<Value> {
        if let Some(uri) = shown.file {
            self.tell(Event::Show(uri));
        }
        Some(Value::String(shown.text))
    }
}
