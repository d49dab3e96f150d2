//! A language client for tests: speaks to a server over any streams, and fails on every message
//! that the test neither expected nor allowed.

use std::collections::VecDeque;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client {
    input: Box<dyn AsyncWrite + Unpin + Send>,
    output: BufReader<Box<dyn AsyncRead + Unpin + Send>>,
    /// Messages that came while something else was waited for.
    kept: VecDeque<Value>,
    next_id: i64,
    /// When the last message was there, before it was parsed.
    pub arrived: Instant,
}

impl Client {
    pub fn new(input: impl AsyncWrite + Unpin + Send + 'static, output: impl AsyncRead + Unpin + Send + 'static) -> Self {
        Self {
            input: Box::new(input),
            output: BufReader::new(Box::new(output)),
            kept: VecDeque::new(),
            next_id: 1,
            arrived: Instant::now(),
        }
    }

    /// A server in a process of its own, which ends with the first of the two, and a client of it.
    pub fn spawned(mut command: tokio::process::Command) -> (tokio::process::Child, Self) {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().expect("the server starts");
        let client = Self::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        (child, client)
    }

    /// A server in this process, and a client of it.
    pub fn in_memory() -> (Self, tokio::task::JoinHandle<u8>) {
        let (to_server, server_in) = tokio::io::duplex(1 << 20);
        let (server_out, from_server) = tokio::io::duplex(1 << 20);
        let server = tokio::spawn(corroborate::lsp::serve(server_in, server_out));
        (Self::new(to_server, from_server), server)
    }

    pub async fn raw(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).await.expect("the server reads");
        self.input.flush().await.expect("the server reads");
    }

    pub async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request; returns its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// Sends a request and waits for its result.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// Waits for the result of a request.
    pub async fn answer(&mut self, id: i64) -> Value {
        let message = self.wait_for(|m| m.get("method").is_none() && m["id"] == id).await;
        assert!(message.get("error").is_none(), "{message}");
        message["result"].clone()
    }

    /// The next diagnostics of a version of a document.
    pub async fn diagnostics(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let message = self
            .wait_for(|m| {
                m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri && m["params"]["version"] == version
            })
            .await;
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// The first message that fits, from those kept and those to come.
    pub async fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&fits) {
            return self.kept.remove(at).expect("it is there");
        }
        loop {
            let message =
                tokio::time::timeout(PATIENCE, self.receive()).await.expect("an answer in time").expect("an open stream");
            if fits(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// A message with this method that came while something else was waited for.
    pub fn kept(&mut self, method: &str) -> Option<Value> {
        let at = self.kept.iter().position(|m| m["method"] == method)?;
        self.kept.remove(at)
    }

    /// All messages that nobody asked for so far.
    pub fn take_kept(&mut self) -> Vec<Value> {
        self.kept.drain(..).collect()
    }

    /// Drops the messages that nobody asked for so far.
    pub fn forget(&mut self) {
        self.kept.clear();
    }

    /// Whether something more was sent already.
    pub async fn has_more(&mut self) -> bool {
        !self.kept.is_empty() || !self.output.buffer().is_empty() || {
            let wait = tokio::time::timeout(Duration::from_millis(1), self.output.fill_buf()).await;
            wait.is_ok_and(|read| read.is_ok_and(|bytes| !bytes.is_empty()))
        }
    }

    /// The next message; `None` at the end of the stream.
    pub async fn receive(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            match line.trim().split_once(": ") {
                Some(("Content-Length", value)) => length = value.parse().expect("a length"),
                Some(_) => {}
                None if length > 0 => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).await.ok()?;
        self.arrived = Instant::now();
        Some(serde_json::from_slice(&body).expect("JSON from the server"))
    }

    pub async fn initialize(&mut self, root: Option<&str>, capabilities: Value) -> Value {
        let params = json!({ "processId": null, "rootUri": root, "capabilities": capabilities });
        let result = self.request("initialize", params).await;
        self.notify("initialized", json!({})).await;
        result
    }

    pub async fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    }

    /// Replaces a range by text.
    pub async fn edit(&mut self, uri: &str, version: i64, range: [u32; 4], text: &str) {
        let [a, b, c, d] = range;
        let range = json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
        let params =
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "range": range, "text": text }] });
        self.notify("textDocument/didChange", params).await;
    }

    pub async fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } }))
            .await
    }

    /// Ends the session in order and fails if a message was left over that no test looked at.
    pub async fn finish(mut self) {
        let _ = self.request("shutdown", Value::Null).await;
        self.notify("exit", Value::Null).await;
        while let Ok(Some(message)) = tokio::time::timeout(PATIENCE, self.receive()).await {
            self.kept.push_back(message);
        }
        let unhandled: Vec<&Value> = self.kept.iter().filter(|m| m["method"] != "textDocument/publishDiagnostics").collect();
        assert!(unhandled.is_empty(), "unhandled messages: {unhandled:#?}");
    }
}
