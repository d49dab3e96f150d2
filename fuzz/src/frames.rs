//! The wire: whatever a client sends, the server ends in time, and what it sends are messages.

use std::sync::LazyLock;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::{Builder, Runtime};

/// Nothing that is sent here takes long. A server that is still there then does not end.
const PATIENCE: Duration = Duration::from_secs(60);

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime"));

pub fn frames(bytes: &[u8]) {
    let (mut to_server, input) = duplex(1 << 16);
    let (output, mut from_server) = duplex(1 << 16);
    let sent = bytes.to_vec();
    let session = async move {
        let server = tokio::spawn(corroborate::lsp::serve(input, output));
        let client = tokio::spawn(async move {
            // The server may end first.
            let _ = to_server.write_all(&sent).await;
        });
        let mut answers = Vec::new();
        let read = from_server.read_to_end(&mut answers).await;
        client.await.expect("the client");
        (server.await.expect("the server does not panic"), read.map(|_| answers))
    };
    let ended = RUNTIME.block_on(async { tokio::time::timeout(PATIENCE, session).await });
    let (code, answers) = ended.expect("the session ends with its input");
    assert!(code <= 1, "the exit code is {code}");
    messages(&answers.expect("what was sent"));
}

/// What the server sent is one message after the other. The last one may not be whole.
fn messages(mut sent: &[u8]) {
    while let Some(end) = sent.windows(4).position(|four| four == b"\r\n\r\n") {
        let header = std::str::from_utf8(&sent[..end]).expect("a header");
        let length = header.strip_prefix("Content-Length: ").and_then(|length| length.parse::<usize>().ok());
        let length = length.unwrap_or_else(|| panic!("{header:?} is no header"));
        let Some(body) = sent.get(end + 4..end + 4 + length) else { return };
        let message: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        sent = &sent[end + 4 + length..];
    }
}
