//! A storm: edits, opens, closes, changed sources and requests in random order and without a pause.
//! Whatever comes, each answer has the protocol's form, nothing is lost, and at rest the diagnostics are
//! those of a fresh check. `CORROBORATE_STORM=10000` makes it longer.

mod support;

use std::collections::{BTreeMap, HashMap};
use std::fs;

use corroborate::text::{Encoding, LineIndex};
use corroborate::workspace::{self, Workspace};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::Folder;
use support::client::Client;
use tower_lsp::lsp_types as lsp;

const FILES: &str = "
//- sources/mill.txt
The mill at Orrin closed on 3 May after 112 years. It employed 48 people. The owner was Ada Fenn.
//- sources/dam.txt
The survey found eleven cracks in the dam. Mayor Hedda Lunt spoke for nine minutes.
//- refs.bib
@misc{mill, title = {The mill}, file = {sources/mill.txt}}
//- a.md
//- b.md
";

const SENTENCES: [&str; 5] = [
    "The mill at Orrin closed on 5 May after 112 years [@mill].\n\n",
    "It employed 48 people [[mill]].\n\n",
    "> The survey found nine cracks in the dam.\n\n",
    "- 🦀 Mayor Hedda Lunt spoke for nine minutes.\n\n",
    "# Head\r\n\r\n",
];

/// What people type in between, and what turns the rest of a note into something else.
const BITS: [&str; 11] = ["🦀 ", "é\u{301}", "\n\n", "\r\n", "“We could", "”", "[@", "<!--", "-->", "```\n", "| a | 48 |\n"];

const SOURCES: [&str; 4] = [
    "The mill at Orrin closed on 5 May after 112 years.",
    "The mill at Orrin closed on 3 May after 112 years. It employed 49 people.",
    "The survey found nine cracks in the dam.",
    "Nothing is known.",
];

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// What must be true of an answer.
type Expectation = fn(Value) -> Result<(), String>;

/// The requests with the types that their results must have.
const REQUESTS: [(&str, Expectation); 17] = [
    ("textDocument/hover", is::<Option<lsp::Hover>>),
    ("textDocument/definition", is::<Option<lsp::GotoDefinitionResponse>>),
    ("textDocument/implementation", is::<Option<lsp::GotoDefinitionResponse>>),
    ("textDocument/references", is::<Option<Vec<lsp::Location>>>),
    ("textDocument/documentHighlight", is::<Option<Vec<lsp::DocumentHighlight>>>),
    ("textDocument/documentLink", is::<Option<Vec<lsp::DocumentLink>>>),
    ("textDocument/documentSymbol", is::<Option<lsp::DocumentSymbolResponse>>),
    ("textDocument/codeLens", is::<Option<Vec<lsp::CodeLens>>>),
    ("textDocument/codeAction", is::<Option<Vec<lsp::CodeActionOrCommand>>>),
    ("textDocument/inlayHint", is::<Option<Vec<lsp::InlayHint>>>),
    ("textDocument/semanticTokens/full", is::<Option<lsp::SemanticTokens>>),
    ("textDocument/completion", is::<Option<lsp::CompletionResponse>>),
    ("textDocument/prepareRename", is::<Option<lsp::PrepareRenameResponse>>),
    ("textDocument/rename", is::<Option<lsp::WorkspaceEdit>>),
    ("textDocument/diagnostic", is::<lsp::DocumentDiagnosticReportResult>),
    ("workspace/symbol", is::<Option<Vec<lsp::SymbolInformation>>>),
    ("workspace/diagnostic", is::<lsp::WorkspaceDiagnosticReportResult>),
];

fn is<T: DeserializeOwned>(value: Value) -> Result<(), String> {
    ranges(&value)?;
    serde_json::from_value::<T>(value).map(drop).map_err(|error| error.to_string())
}

/// No range ends before it begins.
fn ranges(value: &Value) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            let at = |name: &str| Some((fields.get(name)?.get("line")?.as_u64()?, fields.get(name)?.get("character")?.as_u64()?));
            if let (Some(start), Some(end)) = (at("start"), at("end"))
                && end < start
            {
                return Err(format!("a range that ends before it begins: {value}"));
            }
            fields.values().try_for_each(ranges)
        }
        Value::Array(items) => items.iter().try_for_each(ranges),
        _ => Ok(()),
    }
}

struct Storm {
    folder: Folder,
    client: Client,
    dice: Dice,
    /// What the editor has of the notes that are open, with their versions.
    open: BTreeMap<&'static str, (String, i64)>,
    asked: HashMap<i64, usize>,
    /// The last diagnostics of each file, with the version they are of.
    shown: HashMap<String, Value>,
}

impl Storm {
    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path(name).display())
    }

    async fn step(&mut self) {
        let name = ["a.md", "b.md"][self.dice.roll(2)];
        match self.dice.roll(10) {
            0 => {
                if self.open.remove(name).is_some() {
                    let uri = self.uri(name);
                    self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } })).await;
                } else {
                    self.open_note(name).await;
                }
            }
            1 => {
                let source = ["sources/mill.txt", "sources/dam.txt", "sources/new.txt"][self.dice.roll(3)];
                let path = self.folder.path(source);
                match self.dice.roll(SOURCES.len() + 1) {
                    at if at < SOURCES.len() => fs::write(path, SOURCES[at]).expect("a source"),
                    _ => drop(fs::remove_file(path)),
                }
                let change = json!({ "changes": [{ "uri": self.uri(source), "type": 2 }] });
                self.client.notify("workspace/didChangeWatchedFiles", change).await;
            }
            2..=5 => self.edit(name).await,
            _ => self.ask(name).await,
        }
    }

    async fn open_note(&mut self, name: &'static str) {
        self.open.insert(name, (String::new(), 1));
        let uri = self.uri(name);
        self.client.open(&uri, "").await;
    }

    async fn edit(&mut self, name: &str) {
        let uri = self.uri(name);
        let Some((text, version)) = self.open.get_mut(name) else { return };
        let boundary = |at: usize, text: &str| {
            let at = text.floor_char_boundary(at);
            // No editor puts the cursor between the halves of a line break.
            if text[..at].ends_with('\r') && text[at..].starts_with('\n') { at - 1 } else { at }
        };
        // Mostly whole sentences between others.
        let is_sentence = self.dice.roll(4) > 0;
        let mut start = boundary(self.dice.roll(text.len() + 1), text);
        if is_sentence {
            start = text[..start].rfind("\n\n").map_or(0, |at| at + 2);
        }
        // Notes do not grow for ever.
        let most = if text.len() > 1500 { 400 } else { 12 };
        let end = if is_sentence && text.len() < 1500 { start } else { (start + self.dice.roll(most)).min(text.len()) };
        let end = boundary(end, text).max(start);
        let new = if is_sentence { SENTENCES[self.dice.roll(SENTENCES.len())] } else { BITS[self.dice.roll(BITS.len())] };
        let lines = LineIndex::new(text);
        let at = |offset| lines.position(text, offset, Encoding::Utf16);
        let (from, to) = (at(start), at(end));
        text.replace_range(start..end, new);
        *version += 1;
        let range = [from.line as u32, from.column as u32, to.line as u32, to.column as u32];
        let version = *version;
        self.client.edit(&uri, version, range, new).await;
    }

    async fn ask(&mut self, name: &str) {
        let at = self.dice.roll(REQUESTS.len());
        let position = json!({ "line": self.dice.roll(30), "character": self.dice.roll(60) });
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "position": position,
            "range": { "start": { "line": 0, "character": 0 }, "end": position },
            "context": { "diagnostics": [], "includeDeclaration": true },
            "query": "mi",
            "newName": "mill21",
            "previousResultIds": [],
        });
        let id = self.client.ask(REQUESTS[at].0, params).await;
        self.asked.insert(id, at);
        if self.dice.roll(5) == 0 {
            self.client.notify("$/cancelRequest", json!({ "id": id })).await;
        }
    }

    /// Takes what the server said, as far as it is there or until all requests are answered.
    async fn listen(&mut self, to_the_end: bool) {
        while to_the_end && !self.asked.is_empty() || self.client.has_more().await {
            let message = self.client.receive().await.expect("a living server");
            if message["method"] == "textDocument/publishDiagnostics" {
                is::<lsp::PublishDiagnosticsParams>(message["params"].clone()).expect("diagnostics");
                let uri = message["params"]["uri"].as_str().expect("a file").to_owned();
                self.shown.insert(uri, message["params"].clone());
            } else if let Some(at) = message["id"].as_i64().and_then(|id| self.asked.remove(&id)) {
                match message.get("error") {
                    // Cancelled, modified meanwhile, or nothing to rename.
                    Some(error) => assert!([-32800, -32801, -32602].contains(&error["code"].as_i64().unwrap()), "{message}"),
                    None => REQUESTS[at].1(message["result"].clone()).unwrap_or_else(|why| panic!("{}: {why}", REQUESTS[at].0)),
                }
            }
        }
    }

    /// What is shown of the open notes, and what a fresh check finds in them.
    fn compare(&self) -> Vec<(Vec<String>, Vec<String>)> {
        let workspace = Workspace::open(&self.folder.0);
        let both = self.open.iter().map(|(name, (text, version))| {
            let shown = self.shown.get(&self.uri(name)).filter(|shown| shown["version"] == *version);
            let shown = shown.map_or_else(
                || vec!["nothing of this version".to_owned()],
                |shown| {
                    let items = shown["diagnostics"].as_array().expect("a list").iter();
                    items.map(|d| format!("{}: {}", d["code"].as_str().unwrap(), d["message"].as_str().unwrap())).collect()
                },
            );
            let checked = workspace::check(text, name, &workspace, &|| false).expect("a check");
            let found = checked.findings.iter().map(|f| format!("{}: {}", f.code, f.message.plain())).collect();
            (shown, found)
        });
        both.collect()
    }
}

#[tokio::test]
async fn after_a_storm_all_is_as_if_it_had_been_calm() {
    let steps = std::env::var("CORROBORATE_STORM").ok().and_then(|steps| steps.parse().ok()).unwrap_or(1500);
    let folder = Folder::with(FILES);
    let (mut client, _server) = Client::in_memory();
    let watches = json!({ "didChangeWatchedFiles": { "dynamicRegistration": false } });
    let root = format!("file://{}", folder.0.display());
    client
        .initialize(
            Some(&root),
            json!({ "workspace": watches, "textDocument": { "codeAction": {
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } } } }),
        )
        .await;
    let (dice, open, asked, shown) = (Dice(7), BTreeMap::new(), HashMap::new(), HashMap::new());
    let mut storm = Storm { folder, client, dice, open, asked, shown };
    for step in 0..steps {
        storm.step().await;
        if step % 40 == 39 {
            storm.listen(false).await;
        }
        if step % 300 == 299 {
            storm.rest().await;
        }
    }
    storm.rest().await;
}

impl Storm {
    /// Waits until all is answered and as it should be; fails if it does not come to that.
    async fn rest(&mut self) {
        for name in ["a.md", "b.md"] {
            if !self.open.contains_key(name) {
                self.open_note(name).await;
            }
            // A save shows also what is found in a sentence that is not finished.
            let uri = self.uri(name);
            self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } })).await;
        }
        self.listen(true).await;
        let mut last = Vec::new();
        for _ in 0..200 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            self.listen(false).await;
            last = self.compare();
            if last.iter().all(|(shown, found)| shown == found) {
                return;
            }
        }
        panic!("not as a fresh check finds it: {last:#?}");
    }
}
