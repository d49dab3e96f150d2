//! Large messages go past tower-lsp, which would build a tree of them before it writes them.
//!
//! In its place it sends a stub with a number, and what stands before the client's stream puts the
//! message where the stub was. So all messages keep their order, and no two of them mix.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncWrite, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Notification;

use super::wire;

/// Messages that wait for their turn.
#[derive(Clone, Debug, Default)]
pub struct Frames(Arc<Mutex<PendingFrames>>);

#[derive(Debug, Default)]
struct PendingFrames {
    last: u64,
    bodies: HashMap<u64, String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Number {
    frame: u64,
}

enum Stub {}

impl Notification for Stub {
    type Params = Number;
    const METHOD: &'static str = "$/frame";
}

/// A stub as tower-lsp writes it.
#[derive(Deserialize)]
struct StubMessage {
    method: String,
    params: Number,
}

impl Frames {
    /// Sends the body of a message, behind all that the client was sent before.
    pub async fn send(&self, body: String, client: &Client) {
        let frame = {
            let mut waiting = self.waiting();
            waiting.last += 1;
            let number = waiting.last;
            waiting.bodies.insert(number, body);
            number
        };
        client.send_notification::<Stub>(Number { frame }).await;
    }

    /// The message for which a stub stands.
    fn meant(&self, body: &[u8]) -> Option<String> {
        const LONGEST_STUB: usize = 120;
        let stub: StubMessage = serde_json::from_slice(Some(body).filter(|body| body.len() <= LONGEST_STUB)?).ok()?;
        self.waiting().bodies.remove(&stub.params.frame).filter(|_| stub.method == Stub::METHOD)
    }

    fn waiting(&self) -> MutexGuard<'_, PendingFrames> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes messages on to the client, until there are no more or it does not listen. `is_answering` is
/// set with the first one, which answers `initialize`.
pub async fn forward(from: DuplexStream, to: impl AsyncWrite, frames: Frames, is_answering: watch::Sender<bool>) {
    let mut from = BufReader::new(from);
    let mut to = std::pin::pin!(to);
    while let Some(body) = wire::frame(&mut from).await {
        let body = frames.meant(&body).map_or(body, String::into_bytes);
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        let frame = [header.as_bytes(), &body].concat();
        if to.write_all(&frame).await.is_err() || to.flush().await.is_err() {
            break;
        }
        is_answering.send_if_modified(|is_answering| !std::mem::replace(is_answering, true));
    }
}
