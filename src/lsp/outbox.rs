//! What goes to the client unasked, in the order it was put in.
//!
//! Sending may wait for a slow client; the session never does.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    ConfigurationItem, Diagnostic, MessageType, NumberOrString, ProgressParams, ProgressParamsValue, Registration,
    ShowDocumentParams, Url, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd,
    WorkDoneProgressReport,
};

use super::capabilities::Refreshes;
use super::event::Event;
use super::frames::Frames;
use super::status::Status;
use crate::text::Untrusted;

/// A message to the client.
#[derive(Debug)]
pub enum Outgoing {
    Diagnostics {
        uri: Url,
        diagnostics: Vec<Diagnostic>,
        version: Option<i32>,
    },
    /// The diagnostics of a note, as the body of a message.
    Published(String),
    Show(MessageType, Untrusted),
    Log(MessageType, Untrusted),
    Register(Vec<Registration>),
    Status(Status),
    /// What the client shows of notes is not true any more.
    Refresh(Refreshes),
    /// The client's settings are wanted; the queue gets them.
    Settings(UnboundedSender<Event>),
    /// A file that the user asked to see.
    Document(Url),
    ProgressBegin {
        token: i32,
        title: String,
    },
    ProgressReport {
        token: i32,
        done: usize,
        all: usize,
    },
    ProgressEnd {
        token: i32,
        message: String,
    },
}

/// Where messages to the client are put.
#[derive(Clone, Debug)]
pub struct Outbox(UnboundedSender<Outgoing>);

impl Outbox {
    pub fn new(client: Client, frames: Frames) -> Self {
        let (sender, receiver) = unbounded_channel();
        tokio::spawn(deliver(client, frames, receiver));
        Self(sender)
    }

    pub fn send(&self, message: Outgoing) {
        // A closed outbox means that the session is over.
        let _ = self.0.send(message);
    }
}

async fn deliver(client: Client, frames: Frames, mut messages: UnboundedReceiver<Outgoing>) {
    while let Some(message) = messages.recv().await {
        match message {
            Outgoing::Diagnostics { uri, diagnostics, version } => client.publish_diagnostics(uri, diagnostics, version).await,
            Outgoing::Published(body) => frames.send(body, &client).await,
            Outgoing::Show(kind, text) => client.show_message(kind, text.notification()).await,
            Outgoing::Log(kind, text) => client.log_message(kind, text.log()).await,
            Outgoing::Register(registrations) => {
                // A request: its answer must not hold back what follows.
                let client = client.clone();
                tokio::spawn(async move { client.register_capability(registrations).await });
            }
            Outgoing::Status(status) => client.send_notification::<Status>(status).await,
            Outgoing::Refresh(wanted) => {
                let client = client.clone();
                tokio::spawn(async move { refresh(&client, wanted).await });
            }
            Outgoing::Settings(queue) => {
                let client = client.clone();
                tokio::spawn(async move { queue.send(Event::Settings(settings(&client).await)) });
            }
            Outgoing::Document(uri) => {
                let client = client.clone();
                let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None };
                tokio::spawn(async move { client.show_document(params).await });
            }
            Outgoing::ProgressBegin { token, title } => begin(&client, token, title),
            Outgoing::ProgressReport { token, done, all } => {
                let report = WorkDoneProgressReport {
                    message: Some(format!("{done}/{all} sources")),
                    percentage: Some((100 * done / all.max(1)) as u32),
                    cancellable: Some(true),
                };
                progress(&client, token, WorkDoneProgress::Report(report)).await;
            }
            Outgoing::ProgressEnd { token, message } => {
                progress(&client, token, WorkDoneProgress::End(WorkDoneProgressEnd { message: Some(message) })).await;
            }
        }
    }
}

/// The client's section `corroborate`; nothing where it does not say in time.
async fn settings(client: &Client) -> Option<Value> {
    const PATIENCE: Duration = Duration::from_secs(2);
    let item = ConfigurationItem { scope_uri: None, section: Some("corroborate".to_owned()) };
    let answer = tokio::time::timeout(PATIENCE, client.configuration(vec![item])).await;
    answer.ok()?.ok()?.into_iter().next()
}

/// A client that refuses has its reasons.
async fn refresh(client: &Client, wanted: Refreshes) {
    if wanted.diagnostics {
        let _ = client.workspace_diagnostic_refresh().await;
    }
    if wanted.code_lens {
        let _ = client.code_lens_refresh().await;
    }
    if wanted.inlay_hint {
        let _ = client.inlay_hint_refresh().await;
    }
    if wanted.semantic_tokens {
        let _ = client.semantic_tokens_refresh().await;
    }
}

fn begin(client: &Client, token: i32, title: String) {
    let client = client.clone();
    tokio::spawn(async move {
        let token_param = WorkDoneProgressCreateParams { token: NumberOrString::Number(token) };
        if client.send_request::<WorkDoneProgressCreate>(token_param).await.is_ok() {
            let begin = WorkDoneProgressBegin { title, cancellable: Some(true), message: None, percentage: Some(0) };
            progress(&client, token, WorkDoneProgress::Begin(begin)).await;
        }
    });
}

async fn progress(client: &Client, token: i32, value: WorkDoneProgress) {
    let params = ProgressParams { token: NumberOrString::Number(token), value: ProgressParamsValue::WorkDone(value) };
    client.send_notification::<Progress>(params).await;
}
