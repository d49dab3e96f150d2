//! The wire: frames in, and the end of the session.
//!
//! tower-lsp stops serving at the first frame that is no valid message, and does not stop at
//! `exit` while its input stays open. So frames are checked before it sees them.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Request, Response};

use crate::{message, standard_error};

/// How long answers that are under way have when the session ends.
pub const GRACE: Duration = Duration::from_millis(300);
const PARENT_POLL: Duration = Duration::from_millis(400);
/// `initialize` does nothing that takes long.
const LONGEST_START: Duration = Duration::from_secs(5);
/// A larger message is a mistake or an attack.
const LARGEST_MESSAGE: usize = 256 << 20;
const LARGEST_HEADER: usize = 4096;
const PIPE_SIZE: usize = 1 << 16;

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `exit` after `shutdown`.
    Orderly,
    /// `exit` without `shutdown`, or the input ended.
    Abandoned,
}

impl End {
    pub const fn code(self) -> u8 {
        match self {
            Self::Orderly => 0,
            Self::Abandoned => 1,
        }
    }
}

/// A pipe from [`forward`] to the server, or from the server to the client.
pub fn pipe() -> (DuplexStream, DuplexStream) {
    tokio::io::duplex(PIPE_SIZE)
}

/// Passes valid messages on until the session ends. The sink is closed then.
///
/// What comes behind `initialize` has to wait for its answer: clients should not send it before, some do,
/// and tower-lsp would drop it.
pub async fn forward(input: impl AsyncRead + Unpin, mut sink: DuplexStream, mut is_answering: watch::Receiver<bool>) -> End {
    let mut input = BufReader::new(input);
    let mut was_shut_down = false;
    while let Some(body) = frame(&mut input).await {
        let kind = kind(&body);
        match kind {
            Kind::Exit => break,
            Kind::Invalid => {
                standard_error::say(&message!("a message that is not valid JSON-RPC was dropped ({} bytes)", body.len()));
                continue;
            }
            Kind::Shutdown => was_shut_down = true,
            Kind::Initialize | Kind::Other => {}
        }
        let is_first = kind == Kind::Initialize;
        let body = mended(body);
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        if sink.write_all(header.as_bytes()).await.is_err() || sink.write_all(&body).await.is_err() {
            break;
        }
        if is_first {
            let _ = tokio::time::timeout(LONGEST_START, is_answering.wait_for(|it| *it)).await;
        }
    }
    if was_shut_down { End::Orderly } else { End::Abandoned }
}

/// Some clients send `"params": null` where there are none, which tower-lsp refuses. And what a client
/// says of refreshing diagnostics it reads under a name that no client uses: the protocol has
/// `workspace.diagnostics`.
fn mended(body: Vec<u8>) -> Vec<u8> {
    match serde_json::from_slice::<Request>(&body) {
        Ok(request) if request.method() == "initialize" => {
            let mut message = serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default();
            if let Some(workspace) = message.pointer_mut("/params/capabilities/workspace")
                && let Some(diagnostics) = workspace.get("diagnostics").cloned()
            {
                workspace["diagnostic"] = diagnostics;
                return message.to_string().into_bytes();
            }
            body
        }
        Ok(request) if request.params() == Some(&serde_json::Value::Null) => {
            let (method, id, _) = request.into_parts();
            let bare = match id {
                Some(id) => Request::build(method).id(id).finish(),
                None => Request::build(method).finish(),
            };
            serde_json::to_vec(&bare).unwrap_or(body)
        }
        _ => body,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Initialize,
    Shutdown,
    Exit,
    Other,
    Invalid,
}

fn kind(body: &[u8]) -> Kind {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) => match request.method() {
            "exit" => Kind::Exit,
            "initialize" => Kind::Initialize,
            "shutdown" => Kind::Shutdown,
            _ => Kind::Other,
        },
        Err(_) if serde_json::from_slice::<Response>(body).is_ok() => Kind::Other,
        Err(_) => Kind::Invalid,
    }
}

/// The next frame's body; `None` at the end of input or where framing is lost for good.
pub async fn frame(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Vec<u8>> {
    let mut length = None;
    let mut seen = 0;
    loop {
        let mut line = Vec::new();
        let read = input.take(LARGEST_HEADER as u64).read_until(b'\n', &mut line).await.ok()?;
        seen += read;
        if read == 0 || seen > 2 * LARGEST_HEADER {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(length) => break read_body(input, length).await,
                // Stray empty lines between frames do no harm.
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok().filter(|n| *n <= LARGEST_MESSAGE);
            length?;
        }
    }
}

async fn read_body(input: &mut (impl AsyncBufReadExt + Unpin), length: usize) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let read = input.take(length as u64).read_to_end(&mut body).await.ok()?;
    (read == length).then_some(body)
}

/// Waits for the death of the process that the client named, if it names one.
pub async fn death_of(mut parent: watch::Receiver<Option<u32>>) {
    let named = parent.wait_for(Option::is_some).await.map(|pid| *pid);
    let Ok(Some(pid)) = named else { return std::future::pending().await };
    while is_alive(pid) {
        tokio::time::sleep(PARENT_POLL).await;
    }
}

#[cfg(unix)]
fn is_alive(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) else { return true };
    // Anything but "no such process" means that there is one.
    !matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH))
}

/// Elsewhere the end of input tells.
#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    true
}
