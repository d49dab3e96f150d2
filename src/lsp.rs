//! Floor 8: the language server. The only place that knows the protocol.
//!
//! tower-lsp runs handlers concurrently, so order is ours to keep: [`backend`] does nothing but
//! put each message into one queue, in the order of arrival, and [`session`] owns all state and
//! works the queue off. Analysis runs on a blocking pool over immutable snapshots and reports
//! back to the queue; what has become stale is dropped there. [`convert`] turns positions,
//! ranges, paths and severities into the protocol's and back. [`wire`] keeps bad input and dead clients from
//! ending or outliving the server, and [`frames`] takes large messages past tower-lsp.

mod backend;
mod capabilities;
mod checking;
mod code_action;
mod code_lens;
mod command;
mod completion;
mod convert;
mod definition;
mod diagnostics;
mod document;
mod document_highlight;
mod document_link;
mod document_symbol;
mod edits;
mod event;
mod evidence;
mod frames;
mod hover;
mod implementation;
mod inlay_hint;
mod loading;
mod notes;
mod outbox;
mod pull;
mod references;
mod rename;
mod rename_files;
mod request;
mod roots;
mod semantic_tokens;
mod session;
mod sources;
mod status;
mod watching;
mod wire;
mod workspace_symbol;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server};

/// How many messages may be in work at once. Slow requests must never hold back a cancellation
/// or an edit; the real work is bounded elsewhere.
const CONCURRENCY: usize = 256;

/// Serves one client on standard input and output; returns the process's exit code.
#[must_use]
pub fn run() -> u8 {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            crate::standard_error::say(&error.to_string().into());
            return 2;
        }
    };
    let code = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout()));
    // A blocked read of standard input must not keep the process alive.
    runtime.shutdown_background();
    code
}

/// Serves one client until `exit`, the end of input or the death of the client's process.
/// Returns 0 after an orderly shutdown, else 1, as the protocol asks.
pub async fn serve(input: impl AsyncRead + Unpin + Send + 'static, output: impl AsyncWrite + Send + 'static) -> u8 {
    let frames = frames::Frames::default();
    let service = LspService::build(|client| backend::Backend::new(client, frames.clone()));
    let (service, socket) = service
        // tower-lsp has no handler for it.
        .custom_method("window/workDoneProgress/cancel", backend::Backend::cancel_progress)
        .custom_method("corroborate/evidence", backend::Backend::evidence)
        .custom_method("corroborate/verdicts", backend::Backend::verdicts)
        .custom_method("corroborate/sources", backend::Backend::sources)
        .custom_method("corroborate/rendition", backend::Backend::rendition)
        .finish();
    let parent = service.inner().parent();
    let (checked_input, sink) = wire::pipe();
    let (sent, to_client) = wire::pipe();
    let (is_answering, answers) = tokio::sync::watch::channel(false);
    let writer = tokio::spawn(frames::forward(to_client, output, frames, is_answering));
    let server = tokio::spawn(Server::new(checked_input, sent, socket).concurrency_level(CONCURRENCY).serve(service));
    let end = tokio::select! {
        end = wire::forward(input, sink, answers) => end,
        () = wire::death_of(parent) => wire::End::Abandoned,
    };
    // Answers that are under way may still go out.
    let _ = tokio::time::timeout(wire::GRACE, async { (server.await, writer.await) }).await;
    end.code()
}
