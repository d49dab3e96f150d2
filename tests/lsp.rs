//! Sessions with the language server: over streams in memory, and over a real process's pipes.

mod support;

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::Folder;
use support::client::Client;

const MILL: &str = "
//- sources/2024-03-15-mill.txt
Grain prices fell in spring. The mill at Orrin closed on 3 May after 112 years. It employed 48 people.

“We could not go on,” said the owner, Ada Fenn [see](https://evil.example/x) ![p](https://evil.example/p.png).
//- sources/post.html
<title>Post</title><p>Ada Fenn sold the <b>water wheel</b> to a museum in Vesk&nbsp;&ndash; for 900 crowns.</p>
//- note.md
empty
";

const NOTE: &str =
    "# Orrin\n\n🦀 The mill at Orrin closed on 5 May after 112 years.\nIt employed 48 people [@2024-03-15-mill].\n";

fn uri(folder: &Folder, name: &str) -> String {
    format!("file://{}", folder.path(name).display())
}

fn full() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true }
        }
    })
}

fn words(text: &str, range: &Value, encoding: &str) -> String {
    let line = text.lines().nth(range["start"]["line"].as_u64().expect("a line") as usize).expect("the line");
    let at = |p: &Value| p["character"].as_u64().expect("a column") as usize;
    let (from, to) = (at(&range["start"]), at(&range["end"]));
    match encoding {
        "utf-8" => line[from..to].to_owned(),
        "utf-16" => String::from_utf16(&line.encode_utf16().collect::<Vec<_>>()[from..to]).expect("whole characters"),
        _ => line.chars().skip(from).take(to - from).collect(),
    }
}

#[tokio::test]
async fn a_session_shows_findings_evidence_and_places() {
    let folder = Folder::with(MILL);
    let (mut client, server) = Client::in_memory();
    let result = client.initialize(Some(&uri(&folder, "")), full()).await;
    assert_eq!(result["serverInfo"]["name"], "corroborate");
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;

    let found = client.diagnostics(&note, 1).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["code"], "number-conflict");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(words(NOTE, &found[0]["range"], "utf-16"), "5 May");
    assert!(found[0]["codeDescription"]["href"].as_str().expect("a page").ends_with("docs/rules/number-conflict.md"));
    let related = &found[0]["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], uri(&folder, "sources/2024-03-15-mill.txt"));
    assert!(related["message"].as_str().expect("words").contains("closed on 3 May"));

    let hover = client.at("textDocument/hover", &note, 3, 5).await;
    let shown = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(shown.starts_with("**Supported") && shown.contains("> It **employed 48 people**."), "{shown}");
    assert!(shown.contains("`sources/2024-03-15-mill.txt:1`"), "{shown}");

    let links = client.at("textDocument/definition", &note, 3, 5).await;
    let source = std::fs::read_to_string(folder.path("sources/2024-03-15-mill.txt")).expect("the source");
    assert_eq!(words(&source, &links[0]["targetSelectionRange"], "utf-16"), "It employed 48 people.");
    let cited = client.at("textDocument/definition", &note, 3, 30).await;
    assert_eq!(words(NOTE, &cited[0]["originSelectionRange"], "utf-16"), "[@2024-03-15-mill]");
    assert_eq!(client.at("textDocument/hover", &note, 1, 0).await, Value::Null);

    client.finish().await;
    assert_eq!(server.await.expect("no panic"), 0);
}

#[tokio::test]
async fn every_encoding_names_the_same_words() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let folder = Folder::with(MILL);
        let (mut client, _server) = Client::in_memory();
        let offered = json!({ "general": { "positionEncodings": [encoding, "utf-16"] } });
        let result = client.initialize(Some(&uri(&folder, "")), offered).await;
        assert_eq!(result["capabilities"]["positionEncoding"], encoding);
        let note = uri(&folder, "note.md");
        client.open(&note, NOTE).await;
        let found = client.diagnostics(&note, 1).await;
        assert_eq!(words(NOTE, &found[0]["range"], encoding), "5 May", "{encoding}");
        client.finish().await;
    }
}

#[tokio::test]
async fn findings_follow_the_keyboard() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
    // 5 May becomes 3 May, and back, and a burst of edits is answered for its end only.
    client.edit(&note, 2, [2, 31, 2, 32], "3").await;
    assert_eq!(client.diagnostics(&note, 2).await.len(), 0);
    for version in 3..40 {
        client.edit(&note, version, [2, 31, 2, 32], if version % 2 == 0 { "3" } else { "7" }).await;
    }
    assert_eq!(client.diagnostics(&note, 39).await.len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": note } })).await;
    let cleared = client
        .wait_for(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"].get("version").is_none_or(Value::is_null))
        .await;
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
    client.finish().await;
}

#[tokio::test]
async fn nobody_is_scolded_in_mid_sentence() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, "# Log\n\n").await;
    client.diagnostics(&note, 1).await;
    client.edit(&note, 2, [1, 0, 1, 0], "The mill burned down twice in winter").await;
    assert_eq!(client.diagnostics(&note, 2).await.len(), 0);
    client.edit(&note, 3, [1, 36, 1, 36], ".").await;
    let found = client.diagnostics(&note, 3).await;
    assert_eq!(found.len(), 1, "{found:#?}");
    // Unfinished, but the cursor has left it: an edit elsewhere, or a save.
    client.edit(&note, 4, [1, 36, 1, 37], "").await;
    assert_eq!(client.diagnostics(&note, 4).await.len(), 0);
    client.edit(&note, 5, [0, 5, 0, 5], "book").await;
    assert_eq!(client.diagnostics(&note, 5).await.len(), 1);
    client.finish().await;
}

#[tokio::test]
async fn fixes_are_offered_for_the_version_that_was_checked() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    let mut capabilities = full();
    capabilities["textDocument"]["codeAction"] = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    capabilities["workspace"] = json!({ "workspaceEdit": { "documentChanges": true } });
    let result = client.initialize(Some(&uri(&folder, "")), capabilities).await;
    assert_eq!(
        result["capabilities"]["codeActionProvider"]["codeActionKinds"],
        json!(["quickfix", "refactor.rewrite", "source.fixAll.corroborate", "source.writeSources.corroborate"])
    );
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    let diagnostic = client.diagnostics(&note, 1).await[0].clone();
    let mut ask = json!({ "textDocument": { "uri": note }, "range": diagnostic["range"], "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", ask.clone()).await;
    assert_eq!(actions[0]["title"], "Replace “5 May” with “3 May”");
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["diagnostics"][0]["message"], diagnostic["message"]);
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!(change["edits"][0], json!({ "range": diagnostic["range"], "newText": "3 May" }));
    // Nowhere else, and not for a client that asks for something else.
    ask["context"]["only"] = json!(["refactor.extract"]);
    assert_eq!(client.request("textDocument/codeAction", ask.clone()).await, json!([]));
    ask["context"]["only"] = json!(["quickfix"]);
    ask["range"] = json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 3, "character": 2 } });
    assert_eq!(client.request("textDocument/codeAction", ask).await, json!([]));
    client.finish().await;
}

#[tokio::test]
async fn a_finding_can_be_ignored_by_an_edit() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    let mut capabilities = full();
    capabilities["textDocument"]["codeAction"] = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    capabilities["workspace"] = json!({ "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } });
    client.initialize(Some(&uri(&folder, "")), capabilities).await;
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    let diagnostic = client.diagnostics(&note, 1).await[0].clone();
    let ask = json!({ "textDocument": { "uri": note }, "range": diagnostic["range"], "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", ask).await;
    let titles: Vec<&str> = actions.as_array().expect("actions").iter().filter_map(|action| action["title"].as_str()).collect();
    let here = "Ignore “number-conflict” in this sentence";
    let project = "Ignore “number-conflict” in the project, for this sentence";
    assert_eq!(titles[1..], [here, "Ignore “number-conflict” in this note", project]);
    let directive = &actions[1]["edit"]["documentChanges"][0]["edits"][0]["newText"];
    assert_eq!(directive, " <!-- corroborate: ignore[number-conflict] TODO: say why -->");
    let operations = &actions[3]["edit"]["documentChanges"];
    let list = uri(&folder, "corroborate-ignore.toml");
    assert_eq!((&operations[0]["kind"], &operations[0]["uri"]), (&json!("create"), &json!(list)));
    let text = operations[1]["edits"][0]["newText"].as_str().expect("a text");
    std::fs::write(folder.path("corroborate-ignore.toml"), text).expect("a file");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": list, "type": 1 }] })).await;
    assert_eq!(client.diagnostics(&note, 1).await, Vec::<Value>::new());
    client.finish().await;
}

#[tokio::test]
async fn words_of_sources_are_never_live() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, "Owner Ada Fenn said: “We could not go on.”\n").await;
    client.diagnostics(&note, 1).await;
    let hover = client.at("textDocument/hover", &note, 0, 2).await;
    let shown = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(!shown.contains("](") && !shown.contains("![") && !shown.contains("://"), "{shown}");
    client.finish().await;
}

#[tokio::test]
async fn a_client_with_no_wishes_is_served() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    // No root, no capabilities, null settings, an odd URI.
    client.initialize(None, json!({})).await;
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    for odd in ["untitled:Untitled-1", "file://"] {
        client.open(odd, "Nothing here.\n").await;
        assert_eq!(client.at("textDocument/hover", odd, 0, 2).await, Value::Null);
    }
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
    let hover = client.at("textDocument/hover", &note, 3, 5).await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let places = client.at("textDocument/definition", &note, 3, 5).await;
    assert_eq!(places[0]["uri"], uri(&folder, "sources/2024-03-15-mill.txt"));
    assert_eq!(client.at("textDocument/hover", "file:///not/open.md", 0, 0).await, Value::Null);
    client.finish().await;
}

#[tokio::test]
async fn a_changed_source_changes_the_findings() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
    let source = folder.path("sources/2024-03-15-mill.txt");
    let text = std::fs::read_to_string(&source).expect("the source").replace("3 May", "5 May");
    std::fs::write(&source, text).expect("the source");
    let changes = json!([{ "uri": uri(&folder, "sources/2024-03-15-mill.txt"), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    assert_eq!(client.diagnostics(&note, 1).await.len(), 0);
    client.finish().await;
}

#[tokio::test]
async fn a_mistake_in_the_settings_is_said_and_the_defaults_serve() {
    let folder = Folder::with(&MILL.replace("//- note.md", "//- corroborate.toml\nsource = []\n//- note.md"));
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    let said = client.wait_for(|m| m["method"] == "window/showMessage").await;
    assert!(said["params"]["message"].as_str().expect("text").contains("corroborate.toml:1: “source” is no setting"));
    assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
    client.finish().await;
}

#[tokio::test]
async fn a_client_that_does_not_wait_for_the_answer_to_initialize_is_served() {
    for _ in 0..20 {
        let folder = Folder::with(MILL);
        let (mut client, _server) = Client::in_memory();
        let params = json!({ "processId": null, "rootUri": uri(&folder, ""), "capabilities": full() });
        let id = client.ask("initialize", params).await;
        client.notify("initialized", json!({})).await;
        let note = uri(&folder, "note.md");
        client.open(&note, NOTE).await;
        assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
        assert!(client.answer(id).await["capabilities"].is_object());
        client.finish().await;
    }
}

#[tokio::test]
async fn bad_messages_do_not_end_the_session() {
    let folder = Folder::with(MILL);
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    for body in ["{", "[]", "null", "{\"jsonrpc\":\"2.0\"}", "\u{0}\u{1}"] {
        client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }
    client.edit("file:///not/open.md", 7, [0, 0, 0, 0], "x").await;
    client.open(&note, NOTE).await;
    client.edit(&note, 2, [900, 900, 999, 0], "\nEnd.").await;
    client.edit(&note, 3, [2, 9, 1, 0], "").await;
    client.diagnostics(&note, 3).await;
    client.finish().await;
}

fn spawn() -> tokio::process::Child {
    tokio::process::Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .arg("--stdio")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the server starts")
}

/// How the process ends, within a generous second.
async fn end_of(mut child: tokio::process::Child) -> Option<i32> {
    let begin = Instant::now();
    let status = tokio::time::timeout(Duration::from_secs(10), child.wait()).await.expect("the server ends").expect("a status");
    println!("ended after {:?}", begin.elapsed());
    status.code()
}

#[tokio::test]
async fn a_real_process_serves_and_leaves() {
    let folder = Folder::with(MILL);
    let mut child = spawn();
    let mut client = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, NOTE).await;
    assert_eq!(client.diagnostics(&note, 1).await.len(), 1);
    client.request("shutdown", Value::Null).await;
    // `exit` while the input stays open.
    client.notify("exit", Value::Null).await;
    assert_eq!(end_of(child).await, Some(0));
    drop(client);
}

#[tokio::test]
async fn the_process_ends_with_its_input() {
    let mut child = spawn();
    let mut client = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    client.initialize(None, json!({})).await;
    drop(client);
    assert_eq!(end_of(child).await, Some(1));
}

#[cfg(unix)]
#[tokio::test]
async fn the_process_ends_with_its_parent() {
    let mut parent = tokio::process::Command::new("sleep").arg("30").spawn().expect("a process");
    let mut child = spawn();
    let mut client = Client::new(child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let params = json!({ "processId": parent.id(), "rootUri": null, "capabilities": {} });
    client.request("initialize", params).await;
    parent.kill().await.expect("it can be killed");
    assert_eq!(end_of(child).await, Some(1));
    drop(client);
}

#[tokio::test]
async fn a_citation_shows_and_opens_its_place() {
    let folder = Folder::with(
        "
//- sources/hearing.txt
[00:00:10] MS ODE: The board will come to order. Eleven members <b>are</b> present.

[00:04:10] MR HALE: The dredger Aster ran aground off the north mole. Nobody was hurt.
//- sources/page.md
# Mole

The lamps of the mole burned all night. They cost 40,000 crowns a year, and nobody knows who pays.
//- note.md
empty
",
    );
    let text = "The board met in June [@hearing, at 0:20]. Nobody was hurt.[^1]\nSee [here](sources/page.md#:~:text=nobody%20knows,pays).\n\n[^1]: hearing.txt, 00:04:10\n";
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, text).await;
    client.diagnostics(&note, 1).await;

    let hover = client.at("textDocument/hover", &note, 0, 30).await;
    let shown = hover["contents"]["value"].as_str().expect("Markdown");
    assert!(shown.contains("At the cited place:") && shown.contains("Eleven members \\<b\\>are\\</b\\> present."), "{shown}");
    assert!(!shown.contains("Aster") && shown.contains("`sources/hearing.txt:1`"), "{shown}");

    let source = std::fs::read_to_string(folder.path("sources/hearing.txt")).expect("the source");
    let links = client.at("textDocument/definition", &note, 0, 30).await;
    assert!(words(&source, &links[0]["targetSelectionRange"], "utf-16").starts_with("[00:00:10] MS ODE"), "{links}");
    let links = client.at("textDocument/definition", &note, 0, 60).await;
    assert_eq!(words(&source, &links[0]["targetSelectionRange"], "utf-16"), "Nobody was hurt.");

    let page = std::fs::read_to_string(folder.path("sources/page.md")).expect("the source");
    let links = client.at("textDocument/definition", &note, 1, 6).await;
    assert_eq!(words(&page, &links[0]["targetSelectionRange"], "utf-16"), "nobody knows who pays");
    let hover = client.at("textDocument/hover", &note, 1, 6).await;
    assert!(hover["contents"]["value"].as_str().expect("Markdown").contains("> nobody knows who pays"), "{hover}");
    client.finish().await;
}

#[tokio::test]
async fn a_half_written_bibliography_is_borne() {
    let folder = Folder::with(
        "
//- refs.bib
@misc{ode24, file = {sources/hearing.txt}}
//- sources/hearing.txt
Eleven members were present at the hearing.
//- note.md
empty
",
    );
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let note = uri(&folder, "note.md");
    client.open(&note, "Eleven members were present at the hearing [@ode24].\n").await;
    assert_eq!(client.diagnostics(&note, 1).await, Vec::<Value>::new());
    let changes = json!({ "changes": [{ "uri": uri(&folder, "refs.bib"), "type": 2 }] });
    std::fs::write(folder.path("refs.bib"), "@misc{ode24, file = {sour").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", changes.clone()).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    client.edit(&note, 2, [1, 0, 1, 0], "\n").await;
    assert_eq!(client.diagnostics(&note, 2).await, Vec::<Value>::new());
    std::fs::write(folder.path("refs.bib"), "@misc{ode25, title = {Other}}\n").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", changes).await;
    assert_eq!(client.diagnostics(&note, 2).await.len(), 1);
    client.finish().await;
}

#[tokio::test]
async fn a_bibliography_that_a_note_names_is_read() {
    let folder = Folder::with(
        "
//- corroborate.toml
bibliography = []
//- refs.bib
@misc{ode24, file = {sources/hearing.txt}}
//- sources/hearing.txt
Eleven members were present at the hearing.
//- note.md
empty
",
    );
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri(&folder, "")), full()).await;
    let (note, claim) = (uri(&folder, "note.md"), "Eleven members were present at the hearing [@ode24].\n");
    client.open(&note, claim).await;
    assert_eq!(client.diagnostics(&note, 1).await[0]["code"], "unknown-citation");
    let front = "---\nbibliography: ./refs.bib\n---\n\n";
    client.edit(&note, 2, [0, 0, 0, 0], front).await;
    assert_eq!(client.diagnostics(&note, 2).await.len(), 1);
    std::fs::write(folder.path("note.md"), format!("{front}{claim}")).expect("a file");
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": note } })).await;
    let is_clean = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["diagnostics"] == json!([]);
    client.wait_for(is_clean).await;
    client.finish().await;
}
