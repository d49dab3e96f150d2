//! Sources through the public doors: what is known of them, what cannot be read, and where a jump
//! into a format without text of its own lands.

mod support;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use support::Folder;
use support::client::Client;

fn corroborate(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corroborate")).args(arguments).current_dir(&folder.0).output().expect("the program runs")
}

fn json_of(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_slice(&corroborate(folder, arguments).stdout).expect("JSON")
}

#[test]
fn what_is_known_comes_from_the_nearest_witness() {
    let folder = Folder::with(
        "//- sources/tide.html
<html lang=en><head><title>The tide of Vesk | The Post</title><meta name=author content='Ann Ode'></head><p>The tide rose.</p></html>
//- sources/tide.yaml
title: The tide of March
reliability: b
credibility: 2
archive-url: https://archive.example/1
//- sources/2024-03-15-mill.txt
SECRET//NOFORN

The mill closed.
//- refs.bib
@misc{mill24, title = {The mill}, author = {Bea Oat}, file = {sources/2024-03-15-mill.txt}}
",
    );
    let list = json_of(&folder, &["sources", "--format", "json"]);
    let source = |path: &str| {
        let found = list["sources"].as_array().expect("sources").iter().find(|s| s["path"] == path);
        found.cloned().unwrap_or_else(|| panic!("{path} in {list}"))
    };
    let tide = source("sources/tide.html");
    for (field, value) in [
        ("title", json!("The tide of March")),
        ("author", json!("Ann Ode")),
        ("publisher", json!("The Post")),
        ("reliability", json!("B")),
        ("credibility", json!("2")),
        ("archive-url", json!("https://archive.example/1")),
        ("missing", json!(["date"])),
    ] {
        assert_eq!(tide[field], value, "{field} of {tide}");
    }
    let mill = source("sources/2024-03-15-mill.txt");
    for (field, value) in [
        ("title", json!("The mill")),
        ("author", json!("Bea Oat")),
        ("date", json!("2024-03-15")),
        ("classification", json!("SECRET//NOFORN")),
        ("keys", json!(["mill24"])),
        ("missing", json!(["publisher"])),
    ] {
        assert_eq!(mill[field], value, "{field} of {mill}");
    }
    assert_eq!(list["sources"].as_array().map(Vec::len), Some(2), "the sidecar is no source");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = Folder::with(
        "//- sources/good.csv
Port,Metres
Vesk,4
//- sources/bad.pdf
%PDF-1.7 nothing more
//- sources/bad.docx
no archive
//- sources/deep.json
{\"a\":
//- sources/picture.xyz
?
//- note.md
The port of Vesk is 4 metres deep.
",
    );
    std::fs::write(folder.path("sources/empty.txt"), "").expect("a file");
    std::fs::write(folder.path("corroborate.toml"), "largest-source = 1\n").expect("a file");
    std::fs::write(folder.path("sources/large.txt"), "words ".repeat(200_000)).expect("a file");
    let report = json_of(&folder, &["check", "--format", "json", "note.md"]);
    let reasons: Vec<(&str, &str)> = report["unreadable"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|u| (u["path"].as_str().expect("a path"), u["reason"].as_str().expect("a reason")))
        .collect();
    assert_eq!(
        reasons,
        [
            ("sources/bad.docx", "it is broken: it is no whole archive"),
            ("sources/bad.pdf", "it is broken: its structure cannot be read"),
            ("sources/deep.json", "it is broken: line 2: the file ends too early"),
            ("sources/empty.txt", "it has no text"),
            ("sources/large.txt", "it is larger than 1 MB"),
            ("sources/picture.xyz", "no reader knows this format"),
        ]
    );
    let evidence = &report["notes"][0]["sentences"][0]["evidence"][0];
    assert_eq!((&evidence["source"], &evidence["place"]), (&json!("sources/good.csv"), &json!("row 1")), "{report}");
}

#[test]
fn a_citation_of_an_unreadable_file_says_so_and_the_claim_is_not_called_unsupported() {
    let folder = Folder::with(
        "//- sources/mill.txt
The mill at Orrin closed on 3 May after 112 years.
//- sources/scan-2024.pdf
%PDF-1.7 nothing more
//- note.md
The owner paid 400 crowns for the weir in Tarn [@scan-2024]. He paid 90 crowns for the sluice in Tarn
([scan](sources/scan-2024.pdf)). She sold 12 horses to a farmer from Ham.
",
    );
    let report = json_of(&folder, &["check", "--format", "json", "note.md"]);
    let findings: Vec<(&str, &str)> = report["notes"][0]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| (f["code"].as_str().expect("a code"), f["message"].as_str().expect("a message")))
        .collect();
    let why = "sources/scan-2024.pdf cannot be read: it is broken: its structure cannot be read. What it says is not checked.";
    assert_eq!(findings[..2], [("unreadable-source", why), ("unreadable-source", why)]);
    assert_eq!((findings.len(), findings[2].0), (3, "unsupported-claim"), "{findings:?}");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_marked_until_it_can() {
    let folder = Folder::with("//- sources/tide.csv\n\n//- note.md\nA note.\n");
    let (mut client, server) = Client::in_memory();
    let root = format!("file://{}", folder.0.display());
    client.initialize(Some(&root), json!({})).await;
    let file = format!("{root}/sources/tide.csv");
    let told = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == file;
    let log = client.wait_for(|m| m["method"] == "window/logMessage").await;
    assert_eq!(log["params"]["message"], "sources/tide.csv was not read: it is broken: it holds no rows");
    let first = client.wait_for(told).await;
    assert_eq!(first["params"]["diagnostics"][0]["message"], "This source cannot be read: it is broken: it holds no rows.");
    std::fs::write(folder.path("sources/tide.csv"), "Port,Metres\nVesk,4\n").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": file, "type": 2 }] })).await;
    assert_eq!(client.wait_for(told).await["params"]["diagnostics"], json!([]));
    client.finish().await;
    assert_eq!(server.await.expect("the server ends"), 0);
}

#[test]
fn a_source_can_be_printed_as_it_is_checked() {
    let folder = Folder::with("//- sources/tide.csv\nPort,Metres\nVesk,4\u{1b}[2J\n");
    let output = corroborate(&folder, &["sources", "tide"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "---\nrendition-of: \"sources/tide.csv\"\n---\n\n| Port | Metres |\n| --- | --- |\n| Vesk | 4[2J |\n"
    );
    let output = corroborate(&folder, &["sources", "nothing"]);
    assert_eq!(output.status.code(), Some(2));
}

#[tokio::test]
async fn a_jump_into_a_page_lands_in_its_rendition() {
    let folder = Folder::with(
        "//- sources/tide.html
<html><h1>Tides</h1><nav>Home</nav><p>The tide at Vesk rose by four metres on <b>Monday</b>.</p></html>
//- note.md
The tide at Vesk rose by four metres.
",
    );
    let cache = Folder::with("//- x\n");
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .arg("lsp")
        .env("CORROBORATE_CACHE", &cache.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the program runs");
    let mut client = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let note = format!("file://{}", folder.path("note.md").display());
    client.request("initialize", json!({ "capabilities": {}, "rootUri": format!("file://{}", folder.0.display()) })).await;
    client.notify("initialized", json!({})).await;
    let text = std::fs::read_to_string(folder.path("note.md")).expect("the note");
    let document = json!({ "uri": note, "languageId": "markdown", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    assert_eq!(client.diagnostics(&note, 1).await, Vec::<Value>::new());
    let at = json!({ "textDocument": { "uri": note }, "position": { "line": 0, "character": 5 } });
    let places = client.request("textDocument/definition", at).await;
    let uri = places[0]["uri"].as_str().expect("a place").to_owned();
    let file = PathBuf::from(uri.strip_prefix("file://").expect("a file"));
    assert!(file.starts_with(&cache.0) && file.ends_with("sources/tide.html.md"), "{uri}");
    let rendition = std::fs::read_to_string(&file).expect("the rendition");
    let line = places[0]["range"]["start"]["line"].as_u64().expect("a line") as usize;
    assert_eq!(rendition.lines().nth(line), Some("The tide at Vesk rose by four metres on Monday."));
    assert!(std::fs::metadata(&file).expect("the rendition").permissions().readonly());
    // The rendition is no note, though it is Markdown and open.
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "The tide fell by nine metres." });
    client.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    assert_eq!(client.diagnostics(&uri, 1).await, Vec::<Value>::new());
    client.request("shutdown", Value::Null).await;
    client.notify("exit", Value::Null).await;
}

#[tokio::test]
async fn a_hover_links_the_page_of_the_file_itself() {
    let folder = Folder::with("//- sources/x.txt\nNothing.\n//- note.md\nEleven farms have drawn water from the spring.\n");
    let judgment = "tests/formats/sources/court-judgment.pdf";
    std::fs::copy(judgment, folder.path("sources/judgment (final).pdf")).expect("the judgment");
    let (mut client, server) = Client::in_memory();
    let root = format!("file://{}", folder.0.display());
    client.initialize(Some(&root), json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } })).await;
    let note = format!("{root}/note.md");
    client.open(&note, "Eleven farms have drawn water from the spring.\n").await;
    assert_eq!(client.diagnostics(&note, 1).await, Vec::<Value>::new());
    let at = json!({ "textDocument": { "uri": note }, "position": { "line": 0, "character": 5 } });
    let hover = client.request("textDocument/hover", at).await;
    let shown = hover["contents"]["value"].as_str().expect("a hover");
    // The page is labelled 1 and is the third of the file.
    let link = format!("`sources/judgment (final).pdf, p. 1` ([original]({root}/sources/judgment%20%28final%29.pdf#page=3))");
    assert!(shown.contains(&link), "{shown}");
    client.finish().await;
    assert_eq!(server.await.expect("the server ends"), 0);
}
