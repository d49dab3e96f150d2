//! What an editor can show and do, request by request, in sessions over streams in memory. The names
//! of these tests stand in `docs/features.md`.

mod support;

use serde_json::{Value, json};
use support::Folder;
use support::client::Client;

const FILES: &str = "
//- sources/mill.txt
Grain prices fell in spring. The mill at Orrin closed on 3 May after 112 years. It employed 48 people.

“We could not go on,” said the owner, Ada Fenn. The water wheel was sold to a museum in Vesk.
//- sources/2021-04-council.md
---
title: Minutes of the council
date: 2021-04-09
publisher: Town of Orrin
---
The council voted to keep the mill's dam. Mayor Hedda Lunt spoke for eleven minutes.
//- refs.bib
@misc{lunt21, title = {Minutes of the council}, file = {sources/2021-04-council.md}}
@misc{gone, title = {Gone}}
//- notes/other.md
The mill at Orrin closed on 3 May after 112 years [@mill].

Mayor Hedda Lunt spoke for eleven minutes [[lunt21]]. See [the minutes](../sources/2021-04-council.md).
//- notes/a.md
empty
";

const NOTE: &str = "\
# Orrin

The mill at Orrin closed on 5 May after 112 years. It employed 48 people [@mill].

## Council

🦀 Mayor Hedda Lunt spoke for eleven minutes [@lunt21, p. 3]. We assess that the dam is likely to be kept. The king abdicated in 1931.

The owner said “We could not go on” [[mill]].
";

struct Session {
    folder: Folder,
    client: Client,
    note: String,
    text: String,
    capabilities: Value,
}

impl Session {
    async fn start() -> Self {
        Self::with(json!({})).await
    }

    /// A session with a client that can do everything, and what is given.
    async fn with(more: Value) -> Self {
        Self::of(FILES, more).await
    }

    async fn of(files: &str, more: Value) -> Self {
        let folder = Folder::with(files);
        let (mut client, _server) = Client::in_memory();
        let mut capabilities = json!({
            "workspace": { "workspaceEdit": { "documentChanges": true }, "workspaceFolders": true },
            "window": { "showDocument": { "support": true } },
            "textDocument": {
                "hover": { "contentFormat": ["markdown"] },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "rename": { "prepareSupport": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
                "publishDiagnostics": { "relatedInformation": true },
            },
        });
        merge(&mut capabilities, more);
        let root = format!("file://{}", folder.0.display());
        let result = client.initialize(Some(&root), capabilities).await;
        let note = format!("{root}/notes/a.md");
        client.open(&note, NOTE).await;
        Self { folder, client, note, text: NOTE.to_owned(), capabilities: result["capabilities"].clone() }
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path(name).display())
    }

    /// The position of the cursor, which stands before the words behind `|`.
    fn position(&self, words: &str) -> Value {
        position(&self.text, words)
    }

    async fn at(&mut self, method: &str, words: &str) -> Value {
        let params = json!({ "textDocument": { "uri": self.note }, "position": self.position(words) });
        self.client.request(method, params).await
    }

    async fn of_note(&mut self, method: &str) -> Value {
        self.client.request(method, json!({ "textDocument": { "uri": self.note } })).await
    }

    /// Types a line at the end of the note.
    async fn type_line(&mut self, line: &str) {
        let end = self.text.lines().count() as u32;
        self.client.edit(&self.note, 2, [end, 0, end, 0], line).await;
        self.text.push_str(line);
    }

    /// The words of the note in a range.
    fn words(&self, range: &Value) -> String {
        words(&self.text, range)
    }
}

fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            more.into_iter().for_each(|(name, value)| merge(into.entry(name).or_insert(Value::Null), value))
        }
        (into, more) => *into = more,
    }
}

fn position(text: &str, words: &str) -> Value {
    let at = words.find('|').unwrap_or(0);
    let offset = text.find(&words.replace('|', "")).expect("the words are there") + at;
    let line = text[..offset].matches('\n').count();
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..offset].encode_utf16().count() })
}

fn words(text: &str, range: &Value) -> String {
    let offset = |position: &Value| {
        let line: usize = text.split_inclusive('\n').take(position["line"].as_u64().unwrap() as usize).map(str::len).sum();
        let units: Vec<u16> = text[line..].encode_utf16().take(position["character"].as_u64().unwrap() as usize).collect();
        line + String::from_utf16(&units).expect("whole characters").len()
    };
    text[offset(&range["start"])..offset(&range["end"])].to_owned()
}

/// The places of a list of locations, as `file: words`.
fn places(session: &Session, found: &Value) -> Vec<String> {
    let place = |location: &Value| {
        let uri = location["uri"].as_str().or(location["targetUri"].as_str()).expect("a file");
        let range = if location["range"].is_object() { &location["range"] } else { &location["targetRange"] };
        let text = if uri == session.note {
            session.text.clone()
        } else {
            std::fs::read_to_string(uri.strip_prefix("file://").unwrap()).expect("a file")
        };
        format!("{}: {}", uri.rsplit('/').next().unwrap(), words(&text, range))
    };
    found.as_array().expect("a list").iter().map(place).collect()
}

#[tokio::test]
async fn implementation_leads_to_every_passage_that_supports() {
    let mut session = Session::start().await;
    let found = session.at("textDocument/implementation", "It employed").await;
    assert_eq!(places(&session, &found), ["mill.txt: It employed 48 people."]);
    let found = session.at("textDocument/implementation", "The king").await;
    assert_eq!(found, Value::Null);
    session.client.finish().await;
}

#[tokio::test]
async fn references_lead_from_a_citation_to_all_that_cite_its_source() {
    let mut session = Session::start().await;
    let params = json!({
        "textDocument": { "uri": session.note },
        "position": session.position("[@lu|nt21"),
        "context": { "includeDeclaration": false },
    });
    let found = session.client.request("textDocument/references", params).await;
    assert_eq!(
        places(&session, &found),
        ["a.md: [@lunt21, p. 3]", "other.md: [[lunt21]]", "other.md: [the minutes](../sources/2021-04-council.md)"]
    );
    session.client.finish().await;
}

#[tokio::test]
async fn references_and_hover_in_a_source_tell_which_sentences_rest_on_it() {
    let mut session = Session::start().await;
    let source = session.uri("sources/mill.txt");
    let text = std::fs::read_to_string(session.folder.path("sources/mill.txt")).unwrap();
    session.client.open(&source, &text).await;
    let at = position(&text, "It em|ployed");
    let params = json!({ "textDocument": { "uri": source }, "position": at, "context": { "includeDeclaration": true } });
    let found = session.client.request("textDocument/references", params).await;
    assert_eq!(places(&session, &found), ["mill.txt: It employed 48 people.", "a.md: It employed 48 people [@mill]."]);
    let hover = session.client.request("textDocument/hover", json!({ "textDocument": { "uri": source }, "position": at })).await;
    let shown = hover["contents"]["value"].as_str().expect("words");
    assert_eq!(shown, "**1 sentence rests on this**\n\n> It employed 48 people.\n\n— `notes/a.md:3`");
    assert_eq!(words(&text, &hover["range"]), "It employed 48 people.");
    session.client.finish().await;
}

#[tokio::test]
async fn citations_are_links() {
    let mut session = Session::start().await;
    let links = session.of_note("textDocument/documentLink").await;
    let shown: Vec<String> = (links.as_array().unwrap().iter())
        .map(|link| format!("{} {}", session.words(&link["range"]), link["target"].as_str().unwrap().rsplit('/').next().unwrap()))
        .collect();
    assert_eq!(shown, ["[@mill] mill.txt", "[@lunt21, p. 3] 2021-04-council.md", "[[mill]] mill.txt"]);
    session.client.finish().await;
}

#[tokio::test]
async fn highlights_show_the_same_source_and_the_same_figure() {
    let mut session = Session::start().await;
    session.type_line("It had 48 windows.\n").await;
    let of = |session: &Session, found: &Value| -> Vec<String> {
        found.as_array().unwrap().iter().map(|h| session.words(&h["range"])).collect()
    };
    let found = session.at("textDocument/documentHighlight", "[@mi|ll]").await;
    assert_eq!(of(&session, &found), ["[@mill]", "[[mill]]"]);
    let found = session.at("textDocument/documentHighlight", "4|8 people").await;
    assert_eq!(of(&session, &found), ["48", "48"]);
    session.client.finish().await;
}

#[tokio::test]
async fn symbols_are_headings_with_their_claims() {
    let mut session = Session::start().await;
    let symbols = session.of_note("textDocument/documentSymbol").await;
    fn shown(symbols: &Value, depth: usize, out: &mut Vec<String>) {
        for symbol in symbols.as_array().into_iter().flatten() {
            out.push(format!(
                "{}{} [{}]",
                "  ".repeat(depth),
                symbol["name"].as_str().unwrap(),
                symbol["detail"].as_str().unwrap_or("")
            ));
            shown(&symbol["children"], depth + 1, out);
        }
    }
    let mut lines = Vec::new();
    shown(&symbols, 0, &mut lines);
    assert_eq!(
        lines,
        [
            "Orrin [5 claims: 3 supported, 1 unsupported, 1 contradicted]",
            "  The mill at Orrin closed on 5 May after 112 years. [contradicted]",
            "  It employed 48 people. [supported]",
            "  Council [3 claims: 2 supported, 1 unsupported]",
            "    🦀 Mayor Hedda Lunt spoke for eleven minutes. [supported]",
            "    We assess that the dam is likely to be kept. [judgement]",
            "    The king abdicated in 1931. [unsupported]",
            "    The owner said “We could not go on”. [supported]",
        ]
    );
    session.client.finish().await;
}

#[tokio::test]
async fn sources_are_found_by_title_and_key() {
    let mut session = Session::start().await;
    for (query, name) in [("minutes", "Minutes of the council"), ("lunt", "Minutes of the council"), ("mill", "mill.txt")] {
        let found = session.client.request("workspace/symbol", json!({ "query": query })).await;
        assert_eq!(found[0]["name"], name, "{query}: {found}");
    }
    session.client.finish().await;
}

#[tokio::test]
async fn lenses_count_claims_and_citing_notes() {
    let mut session = Session::start().await;
    let lenses = session.of_note("textDocument/codeLens").await;
    assert_eq!(lenses[0]["command"]["title"], "5 claims: 3 supported, 1 unsupported, 1 contradicted");
    let source = session.uri("sources/mill.txt");
    session.client.open(&source, &std::fs::read_to_string(session.folder.path("sources/mill.txt")).unwrap()).await;
    let lenses = session.client.request("textDocument/codeLens", json!({ "textDocument": { "uri": source } })).await;
    assert_eq!(lenses[0]["command"]["title"], "cited by 2 notes");
    session.client.finish().await;
}

/// The files with these settings.
fn with_settings(settings: &str) -> String {
    format!("{FILES}\n//- corroborate.toml\n{settings}\n")
}

#[tokio::test]
async fn hints_mark_verdicts() {
    let mut session = Session::of(&with_settings("inlay-hints = true"), json!({})).await;
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let hints = session
        .client
        .request("textDocument/inlayHint", json!({ "textDocument": { "uri": session.note }, "range": range }))
        .await;
    let marks: Vec<&str> = hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(marks, ["✗", "✓", "✓", "?", "✓"]);
    session.client.finish().await;
}

#[tokio::test]
async fn tokens_colour_claims_judgements_and_quotations() {
    let mut session = Session::of(&with_settings("semantic-tokens = true"), json!({})).await;
    let legend = session.capabilities["semanticTokensProvider"]["legend"].clone();
    let tokens = session.of_note("textDocument/semanticTokens/full").await;
    let data: Vec<u64> = tokens["data"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    let (mut line, mut column) = (0, 0);
    let mut shown = Vec::new();
    for token in data.chunks(5) {
        line += token[0];
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        let end = json!({ "line": line, "character": column + token[2] });
        let range = json!({ "start": { "line": line, "character": column }, "end": end });
        let kind = legend["tokenTypes"][token[3] as usize].as_str().unwrap();
        let modifier = legend["tokenModifiers"].as_array().unwrap().iter().enumerate().find(|(bit, _)| token[4] >> bit & 1 == 1);
        let modifier = modifier.map_or("", |(_, name)| name.as_str().unwrap());
        shown.push(format!("{kind} {modifier}: {}", session.words(&range)));
    }
    assert_eq!(
        shown,
        [
            "claim contradicted: The mill at Orrin closed on 5 May after 112 years.",
            "claim supported: It employed 48 people",
            "claim supported: 🦀 Mayor Hedda Lunt spoke for eleven minutes",
            "judgement : We assess that the dam is likely to be kept.",
            "claim unsupported: The king abdicated in 1931.",
            "claim supported: The owner said",
            "quotation supported: “We could not go on”",
        ]
    );
    session.client.finish().await;
}

async fn completed(session: &mut Session, line: &str) -> Value {
    session.type_line(line).await;
    let end = session.text.lines().count() as u64 - 1;
    let position = json!({ "line": end, "character": line.encode_utf16().count() });
    session
        .client
        .request("textDocument/completion", json!({ "textDocument": { "uri": session.note }, "position": position }))
        .await
}

#[tokio::test]
async fn keys_are_completed_with_what_is_known_of_their_sources() {
    for (line, label, new) in [
        ("It was kept [@lu", "lunt21", "lunt21]"),
        ("It was kept [@minu", "lunt21", "lunt21]"),
        ("As @mil", "mill", "mill"),
        ("It fell [[mi", "mill", "mill]]"),
    ] {
        let mut session = Session::start().await;
        let found = completed(&mut session, line).await;
        let item = &found["items"][0];
        assert_eq!((item["label"].as_str(), item["textEdit"]["newText"].as_str()), (Some(label), Some(new)), "{line}");
        if label == "lunt21" {
            assert_eq!(item["detail"], "Minutes of the council, 2021-04-09, Town of Orrin");
            let item = session.client.request("completionItem/resolve", item.clone()).await;
            let shown = item["documentation"]["value"].as_str().unwrap();
            assert!(shown.contains("The council voted to keep the mill's dam."), "{shown}");
        }
        session.client.finish().await;
    }
}

#[tokio::test]
async fn a_key_in_the_midst_of_a_citation_is_replaced_whole() {
    for (before, behind, wanted) in
        [("It fell [@lu", "x23]. Then.", "lunt21]. Then."), ("It fell [@mi", "; @lunt21].", "mill; @lunt21].")]
    {
        let mut session = Session::start().await;
        session.type_line(&format!("{before}{behind}")).await;
        let line = session.text.lines().count() as u64 - 1;
        let position = json!({ "line": line, "character": before.len() });
        let params = json!({ "textDocument": { "uri": session.note }, "position": position });
        let found = session.client.request("textDocument/completion", params).await;
        let edit = &found["items"][0]["textEdit"];
        let rest =
            session.text.lines().last().unwrap()[edit["range"]["end"]["character"].as_u64().unwrap() as usize..].to_owned();
        assert_eq!(format!("{}{rest}", edit["newText"].as_str().unwrap()), wanted);
        session.client.finish().await;
    }
}

#[tokio::test]
async fn quotations_are_completed_verbatim_with_their_citation() {
    let mut session = Session::start().await;
    let found = completed(&mut session, "The paper wrote “The water wheel w").await;
    assert_eq!(found["items"][0]["textEdit"]["newText"], "The water wheel was sold to a museum in Vesk.” [@mill]");
    assert_eq!(session.words(&found["items"][0]["textEdit"]["range"]), "The water wheel w");
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    session.client.finish().await;

    // Somebody is quoted there, and then the sentence goes on.
    let mut session = Session::start().await;
    let found = completed(&mut session, "She said “We could no").await;
    assert_eq!(found["items"][0]["textEdit"]["newText"], "We could not go on” [@mill]");
    session.client.finish().await;
}

#[tokio::test]
async fn figures_dates_and_names_are_completed_from_what_fits_the_sentence() {
    let mut session = Session::start().await;
    let found = completed(&mut session, "The mill at Orrin closed after 1").await;
    assert_eq!(found["items"][0]["textEdit"]["newText"], "112");
    assert_eq!(found["items"][0]["detail"], "sources/mill.txt:1");
    assert_eq!(session.words(&found["items"][0]["textEdit"]["range"]), "1");
    session.client.finish().await;

    for (words, value) in [("It fell. We heard Mayor Hedda Lu", "Lunt"), ("The mill at Orrin closed on ", "3 May")] {
        let mut session = Session::start().await;
        let found = completed(&mut session, words).await;
        assert_eq!(found["items"][0]["textEdit"]["newText"], value);
        session.client.finish().await;
    }

    // Asked for without a letter, a name is offered as a whole, and nothing that stands there already.
    let mut session = Session::start().await;
    let found = completed(&mut session, "For eleven minutes spoke ").await;
    let labels: Vec<&str> = found["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
    assert_eq!(labels[0], "Mayor Hedda Lunt");
    assert!(!labels.contains(&"Lunt"), "{labels:?}");
    session.client.finish().await;

    // Words of which there are many are not completed, and neither is what nothing fits.
    for words in ["The mill at Orrin closed in s", "Perhaps 1"] {
        let mut session = Session::start().await;
        let found = completed(&mut session, words).await;
        assert!(found.is_null() || found["items"].as_array().is_some_and(Vec::is_empty), "{found}");
        session.client.finish().await;
    }
}

#[tokio::test]
async fn a_suppression_that_does_nothing_is_shown_faded() {
    let fades = json!({ "textDocument": { "publishDiagnostics": { "tagSupport": { "valueSet": [1, 2] } } } });
    for (more, tags) in [(fades, json!([1])), (json!({}), Value::Null)] {
        let mut session = Session::with(more).await;
        let note = session.uri("notes/new.md");
        session.client.open(&note, "<!-- corroborate: ignore[misquote] so -->\nIt employed 48 people.\n").await;
        let found = session.client.diagnostics(&note, 1).await;
        assert_eq!((&found[0]["code"], &found[0]["tags"]), (&json!("unused-suppression"), &tags));
        session.client.finish().await;
    }
}

#[tokio::test]
async fn edits_end_lines_as_the_note_does() {
    let mut session = Session::start().await;
    let note = session.uri("notes/crlf.md");
    session.client.open(&note, "# Head\r\n\r\nIt employed 48 people.\r\n").await;
    let at = json!({ "line": 2, "character": 4 });
    let context = json!({ "diagnostics": [], "only": ["refactor"] });
    let params = json!({ "textDocument": { "uri": note }, "range": { "start": at, "end": at }, "context": context });
    let actions = session.client.request("textDocument/codeAction", params).await;
    let new = &actions[1]["edit"]["documentChanges"][0]["edits"][0]["newText"];
    assert_eq!(new, "\r\n\r\n> “It employed 48 people.” [@mill]");
    session.client.finish().await;
}

#[tokio::test]
async fn a_bibliography_that_is_open_is_no_note() {
    let mut session = Session::start().await;
    let uri = session.uri("refs.bib");
    let item = json!({ "uri": uri, "languageId": "bibtex", "version": 1, "text": "The king abdicated in 1931.\n" });
    session.client.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    assert!(session.client.diagnostics(&uri, 1).await.is_empty());
    session.client.finish().await;
}

#[tokio::test]
async fn a_key_is_renamed_in_notes_and_bibliographies() {
    let mut session = Session::start().await;
    let range = session.at("textDocument/prepareRename", "[@lu|nt21").await;
    assert_eq!(range["placeholder"], "lunt21");
    assert_eq!(session.words(&range["range"]), "lunt21");
    let params = json!({
        "textDocument": { "uri": session.note },
        "position": session.position("[@lu|nt21"),
        "newName": "council21",
    });
    let edit = session.client.request("textDocument/rename", params).await;
    let mut changed: Vec<String> = Vec::new();
    for document in edit["documentChanges"].as_array().unwrap() {
        let uri = document["textDocument"]["uri"].as_str().unwrap();
        let text = match uri == session.note {
            true => session.text.clone(),
            false => std::fs::read_to_string(uri.strip_prefix("file://").unwrap()).unwrap(),
        };
        for edit in document["edits"].as_array().unwrap() {
            let version = &document["textDocument"]["version"];
            changed.push(format!(
                "{} v{version}: {} -> {}",
                uri.rsplit('/').next().unwrap(),
                words(&text, &edit["range"]),
                edit["newText"]
            ));
        }
    }
    assert_eq!(
        changed,
        [
            "refs.bib vnull: lunt21 -> \"council21\"",
            "a.md v1: lunt21 -> \"council21\"",
            "other.md vnull: lunt21 -> \"council21\"",
        ]
    );
    session.client.finish().await;
}

#[tokio::test]
async fn what_cannot_be_renamed_is_refused_in_words() {
    let mut session = Session::start().await;
    let at =
        |words: &str, session: &Session| json!({ "textDocument": { "uri": session.note }, "position": session.position(words) });
    let id = session.client.ask("textDocument/prepareRename", at("[@mi|ll]", &session)).await;
    let answer = session.client.wait_for(|m| m["id"] == id && m.get("method").is_none()).await;
    assert_eq!(answer["error"]["message"], "no bibliography has “mill”: where it is a file's name, rename the file");
    let mut params = at("[@lu|nt21", &session);
    params["newName"] = json!("a key");
    let id = session.client.ask("textDocument/rename", params).await;
    let answer = session.client.wait_for(|m| m["id"] == id && m.get("method").is_none()).await;
    assert_eq!(answer["error"]["message"], "“a key” cannot be a citation key");
    session.client.finish().await;
}

#[tokio::test]
async fn links_follow_files_that_are_renamed() {
    let mut session = Session::start().await;
    for (old, new, wanted) in [
        (
            "sources/2021-04-council.md",
            "sources/minutes/april.md",
            vec![
                "refs.bib:  sources/minutes/april.md",
                "other.md: [the minutes](../sources/2021-04-council.md) ../sources/minutes/april.md",
            ],
        ),
        (
            "sources",
            "docs",
            vec![
                "refs.bib:  docs/2021-04-council.md",
                "other.md: [the minutes](../sources/2021-04-council.md) ../docs/2021-04-council.md",
            ],
        ),
        ("sources/mill.txt", "sources/orrin.txt", vec!["a.md: [@mill] orrin", "a.md: [[mill]] orrin", "other.md: [@mill] orrin"]),
        ("notes/other.md", "other.md", vec!["other.md: [the minutes](../sources/2021-04-council.md) sources/2021-04-council.md"]),
    ] {
        let files = json!([{ "oldUri": session.uri(old), "newUri": session.uri(new) }]);
        let edit = session.client.request("workspace/willRenameFiles", json!({ "files": files })).await;
        let mut found = Vec::new();
        for document in edit["documentChanges"].as_array().expect("edits") {
            let uri = document["textDocument"]["uri"].as_str().unwrap();
            let text = match uri == session.note {
                true => session.text.clone(),
                false => std::fs::read_to_string(uri.strip_prefix("file://").unwrap()).unwrap(),
            };
            for edit in document["edits"].as_array().unwrap() {
                let old = words(&text, &edit["range"]);
                let citation = [format!("[@{old}]"), format!("[[{old}]]"), format!("[the minutes]({old})")];
                let start = words(&text, &json!({ "start": { "line": 0, "character": 0 }, "end": edit["range"]["start"] })).len();
                let shown = citation.iter().find(|c| {
                    let at = c.find(old.as_str()).unwrap();
                    start >= at && text[start - at..].starts_with(c.as_str())
                });
                found.push(format!(
                    "{}: {} {}",
                    uri.rsplit('/').next().unwrap(),
                    shown.map_or("", String::as_str),
                    edit["newText"].as_str().unwrap()
                ));
            }
        }
        assert_eq!(found, wanted, "{old}");
    }
    session.client.finish().await;
}

#[tokio::test]
async fn actions_cite_quote_and_mark_judgements() {
    let mut session = Session::start().await;
    session.type_line("\nThe water wheel was sold to a museum in Vesk.\n").await;
    let mut titles = Vec::new();
    for words in ["The water wheel was", "The king ab"] {
        let at = session.position(words);
        let params = json!({
            "textDocument": { "uri": session.note },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [], "only": ["refactor"] },
        });
        let actions = session.client.request("textDocument/codeAction", params).await;
        for action in actions.as_array().unwrap() {
            let edit = &action["edit"]["documentChanges"][0]["edits"][0]["newText"];
            titles.push(format!("{}: {}", action["title"].as_str().unwrap(), edit.as_str().unwrap()));
        }
    }
    assert_eq!(
        titles,
        [
            "Insert “[@mill]”:  [@mill]",
            "Quote “mill.txt” below: \n\n> “The water wheel was sold to a museum in Vesk.” [@mill]",
            "Mark as a judgement: We assess that the",
        ]
    );
    session.client.finish().await;
}

#[tokio::test]
async fn sources_are_described_and_listed() {
    let mut session = Session::start().await;
    let mut told = Vec::new();
    for (words, only) in [("@lunt21", json!(null)), ("The king ab", json!(null)), ("The king ab", json!(["source"]))] {
        let at = session.position(words);
        let params = json!({
            "textDocument": { "uri": session.note },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [], "only": only },
        });
        let actions = session.client.request("textDocument/codeAction", params).await;
        for action in actions.as_array().unwrap() {
            let (kind, edit) = (action["kind"].as_str().unwrap(), &action["edit"]["documentChanges"][0]["edits"][0]["newText"]);
            if kind.starts_with("source.write") || action["title"].as_str().unwrap().starts_with("Describe") {
                told.push(format!("{words}, {kind}: {}\n{}", action["title"].as_str().unwrap(), edit.as_str().unwrap()));
            }
        }
    }
    expect_test::expect![[r#"
        @lunt21, refactor.rewrite: Describe the source: “Town of Orrin, text, 2021-04-09”
         (source: Town of Orrin, text, 2021-04-09)
        @lunt21, source.writeSources.corroborate: Write a list of sources

        ## Sources

        <!-- This list is written by corroborate. -->

        1. [@mill] (source: mill.txt)
        2. [@lunt21] (source: Minutes of the council; Town of Orrin, text, 2021-04-09)

        The king ab, source.writeSources.corroborate: Write a list of sources

        ## Sources

        <!-- This list is written by corroborate. -->

        1. [@mill] (source: mill.txt)
        2. [@lunt21] (source: Minutes of the council; Town of Orrin, text, 2021-04-09)
    "#]]
    .assert_eq(&told.join("\n"));
    session.client.finish().await;
}

#[tokio::test]
async fn all_that_is_safe_is_fixed_at_once() {
    let mut session = Session::start().await;
    session.type_line("\nHe said “We could not go further” and “We can not go on”, and Grain prices fell in autumn.\n").await;
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let params = json!({ "textDocument": { "uri": session.note }, "range": range, "context": context });
    let actions = session.client.request("textDocument/codeAction", params).await;
    assert_eq!(actions[0]["kind"], "source.fixAll.corroborate", "{actions}");
    let edits = actions[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    // The wrong day stays: only words of quotations are put back.
    assert!(edits.iter().all(|edit| session.words(&edit["range"]) != "5 May"), "{edits:?}");
    session.client.finish().await;
}

#[tokio::test]
async fn commands_explain_and_report() {
    let mut session = Session::start().await;
    let place = json!({ "uri": session.note, "position": session.position("The mill at") });
    let command = |command: &str, arguments: Value| json!({ "command": command, "arguments": arguments });
    let id = session.client.ask("workspace/executeCommand", command("corroborate.explain", json!([place]))).await;
    let shown = session.client.wait_for(|m| m["method"] == "window/showDocument").await;
    assert!(shown["params"]["uri"].as_str().unwrap().ends_with("/explanation.md"));
    session.client.send(&json!({ "jsonrpc": "2.0", "id": shown["id"], "result": { "success": true } })).await;
    let explanation = session.client.answer(id).await;
    assert!(
        explanation.as_str().unwrap().contains("“5 May” is otherwise in the source (date, by the comparison “date”)"),
        "{explanation}"
    );

    let id = session.client.ask("workspace/executeCommand", command("corroborate.showReport", json!([]))).await;
    let shown = session.client.wait_for(|m| m["method"] == "window/showDocument").await;
    session.client.send(&json!({ "jsonrpc": "2.0", "id": shown["id"], "result": { "success": true } })).await;
    let report = session.client.answer(id).await;
    assert!(
        report.as_str().unwrap().contains("| `notes/a.md` | 5 claims: 3 supported, 1 unsupported, 1 contradicted |"),
        "{report}"
    );

    let id = session.client.ask("workspace/executeCommand", command("rm", json!([]))).await;
    let answer = session.client.wait_for(|m| m["id"] == id && m.get("method").is_none()).await;
    assert_eq!(answer["error"]["message"], "unknown command \"rm\"");
    session.client.finish().await;
}

#[tokio::test]
async fn a_reindex_reads_all_sources_again() {
    let mut session = Session::start().await;
    session.client.diagnostics(&session.note, 1).await;
    session.client.request("workspace/executeCommand", json!({ "command": "corroborate.reindex", "arguments": [] })).await;
    assert_eq!(session.client.diagnostics(&session.note, 1).await.len(), 2);
    session.client.finish().await;
}

#[tokio::test]
async fn diagnostics_are_pulled_with_result_ids() {
    let pulls = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut session = Session::with(pulls).await;
    assert_eq!(session.capabilities["diagnosticProvider"]["workspaceDiagnostics"], true);
    let mut params = json!({ "textDocument": { "uri": session.note } });
    let report = session.client.request("textDocument/diagnostic", params.clone()).await;
    assert_eq!(report["kind"], "full");
    let codes: Vec<&str> = report["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["number-conflict", "unsupported-claim"]);
    params["previousResultId"] = report["resultId"].clone();
    let again = session.client.request("textDocument/diagnostic", params).await;
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": report["resultId"] }));

    // While somebody types nothing is refused, which would look as if all were well.
    let params = json!({ "textDocument": { "uri": session.note } });
    session.client.edit(&session.note, 2, [2, 0, 2, 0], "Then ").await;
    let asked = session.client.ask("textDocument/diagnostic", params).await;
    session.client.edit(&session.note, 3, [2, 0, 2, 5], "").await;
    assert_eq!(session.client.answer(asked).await["items"].as_array().map(Vec::len), Some(2));

    let all = session.client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    let shown: Vec<String> = (all["items"].as_array().unwrap().iter())
        .map(|item| {
            let name = item["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            format!("{name} v{} {}", item["version"], item["items"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(shown, ["a.md v3 2", "other.md vnull 0"]);
    let ids: Vec<Value> =
        (all["items"].as_array().unwrap().iter()).map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = session.client.request("workspace/diagnostic", json!({ "previousResultIds": ids })).await;
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["kind"] == "unchanged"), "{again}");
    // A refresh is asked for when the library has another state.
    while let Some(message) = session.client.kept("workspace/diagnostic/refresh") {
        session.client.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null })).await;
    }
    session.client.finish().await;
}

#[tokio::test]
async fn a_request_about_a_text_that_changed_is_refused() {
    let mut session = Session::start().await;
    session.client.diagnostics(&session.note, 1).await;
    // The check of version 2 is not there yet.
    session.client.edit(&session.note, 2, [2, 0, 2, 0], "Then ").await;
    let hover = json!({ "textDocument": { "uri": session.note }, "position": { "line": 2, "character": 9 } });
    let first = session.client.ask("textDocument/hover", hover.clone()).await;
    session.client.edit(&session.note, 3, [2, 0, 2, 0], "And ").await;
    let answer = session.client.wait_for(|m| m["id"] == first && m.get("method").is_none()).await;
    assert_eq!(answer["error"]["code"], -32801);
    assert!(session.client.request("textDocument/hover", hover).await["contents"].is_object());
    session.client.finish().await;
}

#[tokio::test]
async fn each_folder_has_a_library_of_its_own() {
    let mut session = Session::start().await;
    let other = Folder::with("\n//- sources/b.txt\nThe king abdicated in 1931.\n//- n.md\nempty\n");
    let root = format!("file://{}", other.0.display());
    let event = json!({ "event": { "added": [{ "uri": root, "name": "b" }], "removed": [] } });
    session.client.notify("workspace/didChangeWorkspaceFolders", event).await;
    let note = format!("{root}/n.md");
    session.client.open(&note, "The king abdicated in 1932.\n").await;
    let found = session.client.diagnostics(&note, 1).await;
    assert_eq!(found[0]["code"], "number-conflict", "{found:?}");
    // The first one knows nothing of kings.
    let found = session.client.diagnostics(&session.note, 1).await;
    assert_eq!(found[1]["code"], "unsupported-claim");
    session.client.finish().await;
}

#[tokio::test]
async fn status_goes_to_clients_that_want_it() {
    let mut session = Session::with(json!({ "experimental": { "corroborateStatus": true } })).await;
    let wanted = |m: &Value| m["method"] == "corroborate/status" && m["params"]["quiescent"] == true;
    let status = session.client.wait_for(wanted).await;
    let wanted = json!({ "health": "ok", "quiescent": true, "message": null, "sources": 2, "unreadable": 0, "notes": 2 });
    assert_eq!(status["params"], wanted);
    while session.client.kept("corroborate/status").is_some() {}
    session.client.finish().await;
}

#[tokio::test]
async fn hints_and_tokens_are_off_unless_they_are_asked_for() {
    let mut session = Session::start().await;
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": session.note }, "range": range });
    assert_eq!(session.client.request("textDocument/inlayHint", params.clone()).await, Value::Null);
    assert_eq!(session.of_note("textDocument/semanticTokens/full").await, Value::Null);
    let settings = json!({ "settings": { "corroborate": { "inlay-hints": true } } });
    session.client.notify("workspace/didChangeConfiguration", settings).await;
    while session.client.request("textDocument/inlayHint", params.clone()).await == Value::Null {}
    session.client.finish().await;
}

#[tokio::test]
async fn an_editor_tells_its_settings_when_it_is_asked_and_when_they_change() {
    let asks = json!({ "workspace": { "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } } });
    let mut session = Session::with(asks).await;
    let registered = session.client.wait_for(|m| m["method"] == "client/registerCapability").await;
    assert_eq!(registered["params"]["registrations"][0]["method"], "workspace/didChangeConfiguration");
    session.client.send(&json!({ "jsonrpc": "2.0", "id": registered["id"], "result": null })).await;
    let asked = session.client.wait_for(|m| m["method"] == "workspace/configuration").await;
    assert_eq!(asked["params"]["items"], json!([{ "section": "corroborate" }]));
    let settings = json!({ "rules": { "unsupported-claim": "off" }, "server": { "path": "/bin/x" }, "trace.server": "off" });
    session.client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [settings] })).await;
    let codes = |found: &[Value]| found.iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let found = session.client.diagnostics(&session.note, 1).await;
    assert_eq!(codes(&found), ["number-conflict"]);

    session.client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let asked = session.client.wait_for(|m| m["method"] == "workspace/configuration").await;
    let settings = json!({ "rules": { "unsupported-claim": "error" }, "rules.number-conflict": "off" });
    session.client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [settings] })).await;
    let found = session.client.diagnostics(&session.note, 1).await;
    assert_eq!((codes(&found), &found[0]["severity"]), (vec!["unsupported-claim".to_owned()], &json!(1)));
    session.client.finish().await;
}

#[tokio::test]
async fn a_report_that_is_open_at_the_start_is_no_workspace() {
    let mut session = Session::start().await;
    let command = json!({ "command": "corroborate.showReport", "arguments": [] });
    let id = session.client.ask("workspace/executeCommand", command).await;
    let shown = session.client.wait_for(|m| m["method"] == "window/showDocument").await;
    session.client.send(&json!({ "jsonrpc": "2.0", "id": shown["id"], "result": { "success": true } })).await;
    session.client.answer(id).await;
    let report = shown["params"]["uri"].as_str().unwrap().to_owned();
    // A rendition beside it, so that its folder looks like a workspace.
    let folder = std::path::Path::new(report.strip_prefix("file://").unwrap()).parent().unwrap().join("sources");
    std::fs::create_dir_all(folder).unwrap();

    let (mut client, _server) = Client::in_memory();
    let root = format!("file://{}", session.folder.0.display());
    let wants = json!({ "experimental": { "corroborateStatus": true } });
    client.initialize(Some(&root), wants).await;
    client.open(&report, "# Report\n").await;
    let quiet = |m: &Value| m["method"] == "corroborate/status" && m["params"]["quiescent"] == true;
    assert_eq!(client.wait_for(quiet).await["params"]["notes"], 2);
    let sources = client.request("corroborate/sources", Value::Null).await;
    assert_eq!(sources.as_array().map(Vec::len), Some(2));
    session.client.finish().await;
}

#[tokio::test]
async fn a_note_without_a_file_is_checked_as_well() {
    let mut session = Session::start().await;
    session.client.open("untitled:Untitled-1", "The mill at Orrin closed on 7 May [@mill].\n").await;
    let found = session.client.diagnostics("untitled:Untitled-1", 1).await;
    assert_eq!(found[0]["code"], "number-conflict");
    session.client.finish().await;
}

#[tokio::test]
async fn plugins_can_show_evidence_verdicts_and_sources() {
    let mut session = Session::start().await;
    let evidence = session.at("corroborate/evidence", "🦀 Mayor |Hedda").await;
    assert_eq!(evidence["verdict"], "supported");
    let passage = &evidence["passages"][0];
    assert_eq!(passage["role"], "supports");
    assert_eq!(passage["key"], "lunt21");
    assert_eq!(passage["date"], "2021-04-09");
    assert_eq!(passage["text"], "Mayor Hedda Lunt spoke for eleven minutes.");
    assert_eq!(places(&session, &json!([passage])), ["2021-04-council.md: Mayor Hedda Lunt spoke for eleven minutes."]);
    let verdicts = session.of_note("corroborate/verdicts").await;
    let verdicts: Vec<&str> = verdicts.as_array().unwrap().iter().map(|it| it["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["contradicted", "supported", "supported", "judgement", "unsupported", "supported"]);
    let sources = session.client.request("corroborate/sources", Value::Null).await;
    let sources: Vec<String> = sources.as_array().unwrap().iter().map(|it| format!("{} {}", it["key"], it["citedBy"])).collect();
    assert_eq!(sources, ["\"lunt21\" 2", "\"mill\" 2"]);
    session.client.finish().await;
}

#[tokio::test]
async fn a_listed_source_has_a_text_that_can_be_opened() {
    let files = format!("{FILES}//- sources/tide.html\n<p>The tide at Vesk rose by four metres on Monday.</p>\n");
    let mut session = Session::of(&files, json!({})).await;
    let sources = session.client.request("corroborate/sources", Value::Null).await;
    let listed = |path: &str| sources.as_array().unwrap().iter().find(|it| it["path"] == path).unwrap().clone();
    let own = session.client.request("corroborate/rendition", listed("sources/mill.txt")).await;
    assert_eq!(own["uri"], session.uri("sources/mill.txt"));
    let tide = session.client.request("corroborate/rendition", listed("sources/tide.html")).await;
    let rendition = tide["uri"].as_str().expect("a uri");
    let text = std::fs::read_to_string(rendition.strip_prefix("file://").unwrap()).expect("the rendition");
    assert!(text.ends_with("The tide at Vesk rose by four metres on Monday.\n"), "{text}");
    let elsewhere = json!({ "path": "sources/mill.txt", "uri": "file:///elsewhere/sources/mill.txt" });
    assert_eq!(session.client.request("corroborate/rendition", elsewhere).await, Value::Null);

    // An editor that has it open from the last time takes it for no folder of its own.
    let (mut client, _server) = Client::in_memory();
    let root = format!("file://{}", session.folder.0.display());
    client.initialize(Some(&root), json!({ "experimental": { "corroborateStatus": true } })).await;
    client.open(rendition, &text).await;
    let quiet = |m: &Value| m["method"] == "corroborate/status" && m["params"]["quiescent"] == true;
    let status = client.wait_for(quiet).await;
    assert_eq!((&status["params"]["sources"], &status["params"]["notes"]), (&json!(3), &json!(2)));
    session.client.finish().await;
}

#[test]
fn the_page_on_features_names_tests_that_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/features.md")).expect("the page");
    let named: Vec<(&str, &str)> = page.split('`').filter_map(|code| code.split_once("::")).collect();
    assert!(named.len() > 25, "{named:?}");
    for (file, test) in named {
        let files = [format!("tests/{file}.rs"), format!("src/lsp/{file}.rs")];
        let text: String = files.iter().filter_map(|file| std::fs::read_to_string(root.join(file)).ok()).collect();
        assert!(text.contains(&format!("fn {test}(")), "{file}::{test} is not there");
    }
}
