//! `cargo bench --bench library [-- SIZE... [--session]]`: the library and the language server with many
//! sources: index, disk, start, keystrokes, hover, a changed source, memory, and how each grows.
//!
//! The libraries are made by the generator that `../shared/bench` holds, and kept below
//! `target/libraries`. Indexing is compared with bare tantivy, which runs beside it. A keystroke
//! and a request are also timed in any other language server named by `CORROBORATE_PEER`.

#[path = "../tests/support/client.rs"]
#[allow(dead_code)]
mod client;

use std::fs;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use client::Client;
use serde_json::{Value, json};
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, TantivyDocument};

/// Between two keys of a fast typist. The server checks the first key after a pause at once.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);
const EDITS: usize = 120;
/// A version behind those of the edits.
const LAST: i64 = 1_000;
/// The argument with which the bench is a scripted server.
const FLOOR: &str = "--floor";
const REQUESTS: usize = 120;

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != FLOOR).skip(1);
    if let Some(diagnostics) = arguments.next() {
        return floor_server(&fs::read_to_string(diagnostics).expect("diagnostics"));
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let mut before: Option<Figures> = None;
    for size in sizes {
        let Some(library) = generated(size) else { return };
        println!("\n{size} sources");
        if !std::env::args().any(|arg| arg == "--session") {
            index(&library);
        }
        let figures = tokio::runtime::Runtime::new().expect("a runtime").block_on(session(&library, server(&library)));
        if let Some(before) = before.replace(figures) {
            let (keystroke, hover) = (figures.keystroke / before.keystroke, figures.hover / before.hover);
            say("against the library before", &format!("keystroke {keystroke:.2} times, hover {hover:.2} times"));
        }
        if let Some(peer) = std::env::var_os("CORROBORATE_PEER") {
            println!("  {} on the same notes", Path::new(&peer).display());
            tokio::runtime::Runtime::new().expect("a runtime").block_on(peer_session(&library, Command::new(peer)));
        }
    }
}

fn say(what: &str, figures: &str) {
    println!("  {what:44} {figures}");
}

/// Folder of a generated library, or a line that says why there is none.
fn generated(size: usize) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("target/libraries").join(size.to_string());
    if folder.join("corroborate.toml").is_file() {
        return folder.canonicalize().ok();
    }
    let generator = here.join("../shared/bench/gen_corpus.py");
    if !generator.is_file() {
        println!("no generator of libraries at ../shared/bench: nothing measured");
        return None;
    }
    let mut command = Command::new("python3");
    command.arg(generator).arg(&folder).args(["-n", &size.to_string(), "--notes", "200,2000", "--jobs", "2"]);
    assert!(command.stdout(Stdio::null()).status().expect("python3").success(), "the generator failed");
    fs::write(folder.join("corroborate.toml"), "sources = [\"src/**\"]\nnotes = [\"notes/**\"]\n").expect("settings");
    folder.canonicalize().ok()
}

fn corroborate(library: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.env("CORROBORATE_CACHE", cache(library)).current_dir(library).stderr(Stdio::null());
    command
}

fn cache(library: &Path) -> PathBuf {
    library.with_extension("cache")
}

fn server(library: &Path) -> Command {
    let mut command = corroborate(library);
    command.arg("lsp");
    command
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn index(library: &Path) {
    let sources = files(&library.join("src"));
    let bytes: u64 = sources.iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
    let bare = bare_tantivy(&sources, &library.with_extension("bare"));
    let start = Instant::now();
    assert!(corroborate(library).args(["index", "--rebuild"]).stdout(Stdio::null()).status().expect("it runs").success());
    let own = start.elapsed().as_secs_f64();
    say("index", &format!("{own:.2} s; bare tantivy {bare:.2} s; {:.2} times", own / bare));
    let disk: u64 = files(&cache(library)).iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
    say("disk of the cache against the files", &format!("{:.2} ({} MB)", disk as f64 / bytes as f64, disk >> 20));
}

/// Seconds that tantivy needs for the same passages and what we keep of them: positions and texts.
fn bare_tantivy(sources: &[PathBuf], folder: &Path) -> f64 {
    const WORDS: usize = 64;
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
    let start = Instant::now();
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(2, 128 << 20).expect("a writer");
    for file in sources {
        let whole = fs::read_to_string(file).expect("UTF-8");
        let words: Vec<&str> = whole.split_whitespace().collect();
        for passage in words.chunks(WORDS) {
            let mut document = TantivyDocument::new();
            document.add_text(text, passage.join(" "));
            writer.add_document(document).expect("room");
        }
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("an end");
    let seconds = start.elapsed().as_secs_f64();
    let _ = fs::remove_dir_all(folder);
    seconds
}

/// Medians in milliseconds.
#[derive(Clone, Copy)]
struct Figures {
    keystroke: f64,
    hover: f64,
}

async fn started(library: &Path, command: Command) -> (Client, tokio::process::Child) {
    let mut command = tokio::process::Command::from(command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().expect("a server");
    let mut client = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let watches = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    client.initialize(Some(&uri(library)), watches).await;
    (client, child)
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

async fn session(library: &Path, command: Command) -> Figures {
    let start = Instant::now();
    let (mut client, child) = started(library, command).await;
    let (note, text) = note(library, 200);
    client.open(&note, &text).await;
    first(&mut client, &note).await;
    let some = ms(start);
    whole(&mut client, &note, &text).await;
    say("start to findings of 200 sentences", &format!("first {some:.0} ms, whole {:.0} ms", ms(start)));
    keystrokes(&mut client, &note, &text, "key to diagnostics, 200 sentences").await;

    let (note, text) = self::note(library, 2000);
    let start = Instant::now();
    client.open(&note, &text).await;
    first(&mut client, &note).await;
    let some = ms(start);
    whole(&mut client, &note, &text).await;
    say("opening 2,000 sentences", &format!("first {some:.0} ms, whole {:.0} ms", ms(start)));
    let keystroke = keystrokes(&mut client, &note, &text, "key to diagnostics, 2,000 sentences").await;
    let floor = floor(&mut client, &note, &text).await;
    say("against the floor", &format!("{:.1} times", keystroke / floor));
    let hover = requests(&mut client, "textDocument/hover", &note, &text).await;
    requests(&mut client, "textDocument/definition", &note, &text).await;
    changed_source(&mut client, library).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    say("resident memory at rest", &resident(child.id().expect("it runs")));
    Figures { keystroke, hover }
}

async fn peer_session(library: &Path, command: Command) {
    let (mut client, _child) = started(library, command).await;
    for sentences in [200, 2000] {
        let (note, text) = note(library, sentences);
        client.open(&note, &text).await;
        first(&mut client, &note).await;
        keystrokes(&mut client, &note, &text, &format!("key to diagnostics, {sentences} sentences")).await;
    }
}

fn note(library: &Path, sentences: usize) -> (String, String) {
    let path = library.join(format!("notes/note-{sentences}.md"));
    (uri(&path), fs::read_to_string(path).expect("a note"))
}

async fn first(client: &mut Client, note: &str) {
    client.wait_for(|m| published(m, note) && m["params"]["diagnostics"].as_array().is_some_and(|found| !found.is_empty())).await;
}

fn published(message: &Value, note: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == note
}

/// Code actions of a whole note wait for the whole check.
async fn whole(client: &mut Client, note: &str, text: &str) {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": text.lines().count(), "character": 0 } });
    let params = json!({ "textDocument": { "uri": note }, "range": range, "context": { "diagnostics": [] } });
    client.request("textDocument/codeAction", params).await;
    client.forget();
}

/// Lines of prose, spread over the note.
fn places(text: &str, count: usize) -> Vec<(u32, u32)> {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| line.len() > 80 && line.is_ascii()).collect();
    (0..count).map(|n| lines[n * 7919 % lines.len()]).map(|(at, line)| (at as u32, (line.len() / 2) as u32)).collect()
}

/// The time of a server that does nothing: it sends the same diagnostics after each key.
async fn floor(client: &mut Client, note: &str, text: &str) -> f64 {
    client.edit(note, LAST, [0, 0, 0, 0], " ").await;
    let diagnostics = Value::from(client.diagnostics(note, LAST).await);
    client.edit(note, LAST + 1, [0, 0, 0, 1], "").await;
    client.diagnostics(note, LAST + 1).await;
    let file = std::env::temp_dir().join(format!("corroborate-floor-{}.json", std::process::id()));
    fs::write(&file, diagnostics.to_string()).expect("room");
    let mut command = tokio::process::Command::new(std::env::current_exe().expect("a program"));
    command.arg(FLOOR).arg(&file).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().expect("it runs");
    let mut floor = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    floor.initialize(None, json!({})).await;
    floor.open(note, text).await;
    let time = keystrokes(&mut floor, note, text, "the same from a scripted server").await;
    fs::remove_file(file).expect("the file");
    time
}

/// Answers each change of a document with the same diagnostics.
fn floor_server(diagnostics: &str) {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    while let Some(message) = message(&mut input) {
        let document = &message["params"]["textDocument"];
        let body = match message["method"].as_str() {
            Some("initialize") => json!({ "jsonrpc": "2.0", "id": message["id"], "result": { "capabilities": {} } }).to_string(),
            Some("textDocument/didChange") => format!(
                "{{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/publishDiagnostics\",\"params\":{{\"uri\":{},\"version\":{},\"diagnostics\":{diagnostics}}}}}",
                document["uri"], document["version"]
            ),
            _ => continue,
        };
        write!(output, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("a client");
        output.flush().expect("a client");
    }
}

fn message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

async fn keystrokes(client: &mut Client, note: &str, text: &str, what: &str) -> f64 {
    let mut times = Vec::new();
    for (at, (line, column)) in places(text, EDITS).into_iter().enumerate() {
        let version = at as i64 + 2;
        let start = Instant::now();
        client.edit(note, version, [line, column, line, column], if at % 5 == 0 { " " } else { "e" }).await;
        client.diagnostics(note, version).await;
        times.push(passed(start, client));
        tokio::time::sleep(BETWEEN_KEYS).await;
    }
    told(what, times)
}

async fn requests(client: &mut Client, method: &str, note: &str, text: &str) -> f64 {
    let mut times = Vec::new();
    for (line, column) in places(text, REQUESTS) {
        let start = Instant::now();
        client.at(method, note, line, column).await;
        times.push(passed(start, client));
    }
    told(method, times)
}

/// Says the median and the slowest, and hands out the median.
fn told(what: &str, mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    say(what, &format!("p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99)));
    at(0.5)
}

/// A claim that nothing supports, until a source says it.
async fn changed_source(client: &mut Client, library: &Path) {
    let claim = "The airship Quorra moored in Tavask on 3 May 2031 with 412 passengers.\n";
    let (note, source) = (uri(&library.join("notes/changed.md")), library.join("src/000/changed.md"));
    let _ = fs::remove_file(&source);
    client.open(&note, claim).await;
    first(client, &note).await;
    let start = Instant::now();
    fs::write(&source, claim).expect("a source");
    let change = json!({ "changes": [{ "uri": uri(&source), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", change).await;
    client.wait_for(|m| published(m, &note) && m["params"]["diagnostics"].as_array().is_some_and(Vec::is_empty)).await;
    say("a changed source, until its claim is checked", &format!("{:.0} ms", ms(start)));
    fs::remove_file(source).expect("the source");
}

/// Until the last message was there.
fn passed(start: Instant, client: &Client) -> f64 {
    client.arrived.duration_since(start).as_secs_f64() * 1000.0
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// The memory of a process, where the system tells: its own, and pages of the index's files, which
/// the system takes back when it needs them.
fn resident(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mb = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) >> 10
    };
    format!("{} MB ({} its own, {} of files)", mb("VmRSS:"), mb("RssAnon:"), mb("RssFile:"))
}
