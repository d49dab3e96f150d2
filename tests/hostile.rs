//! Folders of strangers: whatever is in them, the program ends, names the file that is at fault, and reads the rest.
//!
//! `tests/hostile/` has such folders as they were found, and the tests by what they are about.

mod support;

#[path = "hostile/reading.rs"]
mod reading;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use support::Folder;
use support::client::Client;

/// What a command printed.
pub struct Output {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the program. It is a failure if it does not end; the limit is far above what any test takes.
pub fn corroborate(root: &Path, arguments: &[&str]) -> Output {
    const LIMIT: Duration = Duration::from_secs(120);
    let mut child = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let (out, err) = (reader(child.stdout.take()), reader(child.stderr.take()));
    let code = end_of(&mut child, LIMIT);
    Output { code, out: out.join().expect("output"), err: err.join().expect("output") }
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.expect("a pipe").read_to_end(&mut bytes).expect("output");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn end_of(child: &mut Child, limit: Duration) -> Option<i32> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a status") {
            return status.code();
        }
        if begin.elapsed() > limit {
            child.kill().expect("it can be ended");
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A folder of `tests/hostile`.
pub fn found(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name)
}

pub fn uri(folder: &Folder, name: &str) -> String {
    format!("file://{}", folder.path(name).display())
}

/// A server in a process of its own, and a client of it.
pub fn session() -> (tokio::process::Child, Client) {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.arg("--stdio");
    Client::spawned(command)
}

/// Waits until the server logs something with these words, and returns it.
pub async fn logged(client: &mut Client, words: &str) -> String {
    let text = |m: &Value| m["params"]["message"].as_str().unwrap_or_default().to_owned();
    let message = client.wait_for(|m| m["method"] == "window/logMessage" && text(m).contains(words)).await;
    text(&message)
}
