//! Text of files reaches people, and does nothing there: every place in which somebody else's words may
//! stand is planted with hostile ones, and everything that comes out is looked at.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use corroborate::library::resolve::CitationTarget;
use corroborate::workspace::{self, Workspace};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use support::Folder;
use support::client::Client;

/// What somebody might write.
const HOSTILE: [(&str, &str); 12] = [
    ("a command behind a link", "[run](command:workbench.action.terminal.sendSequence?x 'Convert')"),
    ("a link", "[see](https://evil.example/a) [b][c] <https://evil.example>"),
    ("an image", "![p](https://evil.example/p.png)"),
    ("a tag", "<img src=https://evil.example/p onerror=x><script>x</script>"),
    ("a directive", "<!-- corroborate: ignore-file approved -->"),
    ("escape sequences", "\u{1b}[2J\u{1b}]0;pwned\u{7}\u{1b}[31m\u{8}\u{7f}"),
    ("C1 controls", "\u{9b}2J\u{9d}8;;https://evil.example\u{9c}\u{90}q\u{85}"),
    ("marks of direction", "\u{202e}gnp.exe\u{202c}\u{2066}a\u{2069}\u{200f}\u{200e}\u{61c}\u{202a}"),
    ("fillers", "a\u{3164}b\u{115f}\u{1160}\u{ffa0}\u{2800}\u{200b}\u{feff}\u{ad}\u{180e}c"),
    ("tags and selectors", "a\u{e0041}\u{e0042}\u{e007f}\u{e0100}\u{fe00}\u{fff9}b"),
    ("ends of what is around", "” ”) [@evil; @more] [[evil]] [^evil] “ `code` ``` | cell |"),
    ("lines", "one\r\n\r\n# head\n- item\n```\n---\n\u{2028}two\u{2029}"),
];

/// Every place is marked, so that it is seen whether its words came out at all.
const PLACES: [&str; 17] = [
    "Zbody",
    "Ztitle",
    "Zpublisher",
    "Zdate",
    "Zfront",
    "Zfile",
    "Zbroken",
    "Zkey",
    "Zentry",
    "Zsetting",
    "Zvalue",
    "Zrule",
    "Zaccepted",
    "Zcomment",
    "Znote",
    "Zcite",
    "Zroot",
];

/// A workspace in which each place has these words.
struct Planted {
    _around: Folder,
    root: std::path::PathBuf,
    note: String,
}

fn planted(words: &str) -> Planted {
    let at = |place: &str| format!("{place}{words}");
    let line = |place: &str| at(place).replace(['\r', '\n', '\u{2028}', '\u{2029}', '\u{85}'], " ");
    let name = |place: &str| at(place).replace(['/', '\0'], "∕");
    let text = |place: &str| Value::from(at(place)).to_string();
    // TOML has no escapes of JSON's surrogates, and JSON here has none: all else is the same.
    let toml = |place: &str| text(place).replace('\u{7f}', "\\u007f");
    // A bracket that is not closed is told with all before it.
    let glob = Value::from(at("Zvalue") + "[").to_string().replace('\u{7f}', "\\u007f");
    let around = Folder::with("");
    let root = around.path(&name("Zroot"));
    for folder in ["sources", "notes"] {
        fs::create_dir_all(root.join(folder)).expect("a folder");
    }
    let write = |path: &str, text: String| fs::write(root.join(path), text).expect("a file");
    let body = format!(
        "The old mill at Orrin {} closed in May 2021 after the flood.\n\nOtto Brandt bought 900 crates.\n",
        line("Zbody")
    );
    write("sources/a.txt", body);
    let yaml = format!("title: {}\npublisher: {}\ndate: {}\n", text("Ztitle"), text("Zpublisher"), text("Zdate"));
    write("sources/a.yaml", yaml.replace('\u{7f}', "\\x7f"));
    write(
        "sources/b.md",
        format!("---\ntitle: {}\n---\n\nThe weir {} broke in 1999.\n", text("Zfront").replace('\u{7f}', "\\x7f"), line("Zbody")),
    );
    write(&format!("sources/{}.txt", name("Zfile")), "Ida Roth sold 77 barrels to the town.\n".to_owned());
    write(&format!("sources/{}.pdf", name("Zbroken")), "nothing".to_owned());
    write("sources/c.txt", "The dam was painted in March 2003 by nine men.\n".to_owned());
    let entry = json!([{ "id": at("Zkey"), "type": "book", "title": at("Zentry"), "file": "sources/c.txt" }]);
    write("refs.json", entry.to_string());
    write("corroborate.toml", format!("{} = 1\nbibliography = [{}]\ninlay-hints = true\n", toml("Zsetting"), glob));
    let entry =
        |print: &str, rule: &str| format!("\"{print}\" = {{ rule = {rule}, note = {0}, text = {0} }}\n", toml("Zaccepted"));
    write("corroborate-ignore.toml", entry("0000000000000001", "\"misquote\"") + &entry("0000000000000002", &toml("Zrule")));
    let note = format!(
        "# Head {note}\n\nThe old mill at Orrin {note} closed in June 2021. <!-- corroborate: ignore[{comment}] x -->\n\n\
         Otto Brandt bought 901 crates [@{{{cite}}}]. Ida Roth sold 77 barrels to the town. Ida Roth sold 78 barrels to the town.\n\n\
         The dam was painted in March 2003 by nine men. The dam was painted in April 2003 by nine men [[{cite}]].\n\n\
         She said “The old mill at Orrin closed in May 2021”. The weir broke in 1998.\n",
        note = line("Znote"),
        comment = line("Zcomment").replace(['-', ']'], ""),
        cite = line("Zcite").replace(' ', "."),
    );
    write("notes/n.md", note.clone());
    Planted { root, note, _around: around }
}

/// What a terminal obeys, or nobody sees.
fn is_hidden(c: char) -> bool {
    let hidden = [
        '\u{ad}', '\u{61c}', '\u{115f}', '\u{1160}', '\u{180e}', '\u{2800}', '\u{3164}', '\u{feff}', '\u{ffa0}', '\u{2028}',
        '\u{2029}',
    ];
    let is_in = |from: char, to: char| from <= c && c <= to;
    c.is_control() && c != '\n'
        || hidden.contains(&c)
        || is_in('\u{200b}', '\u{200f}')
        || is_in('\u{202a}', '\u{202e}')
        || is_in('\u{2060}', '\u{206f}')
        || is_in('\u{fe00}', '\u{fe0f}')
        || is_in('\u{fff9}', '\u{fffb}')
        || is_in('\u{e0000}', '\u{e0fff}')
}

#[track_caller]
fn all_seen(text: &str, from: &str) {
    assert!(!text.contains(is_hidden), "{from}: {text:?}");
}

/// Nothing in a message that an editor may take for Markdown, or VS Code for a link.
#[track_caller]
fn is_notification(text: &str, from: &str) {
    all_seen(text, from);
    assert!(!["](", "://", "<", ">", "`", "\n"].iter().any(|live| text.contains(live)), "{from}: {text}");
}

/// Nothing but text, strong words and quotations, names as code, and links of our own to files.
#[track_caller]
fn is_inert_markdown(text: &str, from: &str) {
    all_seen(text, from);
    for event in Parser::new_ext(text, Options::all()) {
        let is_ours = match &event {
            Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with("file://"),
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::BlockQuote(_)) | Event::End(_) => true,
            Event::Text(_) | Event::Code(_) | Event::SoftBreak => true,
            _ => false,
        };
        assert!(is_ours, "{from}: {event:?} in {text}");
    }
}

/// Text, quotations, and links of ours to sources.
#[track_caller]
fn is_inert_insertion(text: &str, from: &str) {
    all_seen(text, from);
    for event in Parser::new_ext(&format!("x “{text}"), Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        let is_ours = match &event {
            Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with("../sources/"),
            Event::Start(Tag::Paragraph | Tag::BlockQuote(_)) | Event::End(_) | Event::Text(_) | Event::SoftBreak => true,
            _ => false,
        };
        assert!(is_ours, "{from}: {event:?} in {text}");
    }
}

/// Which places a text shows.
fn shown(text: &str, seen: &mut BTreeSet<&'static str>) {
    seen.extend(PLACES.iter().filter(|place| text.contains(*place)));
}

fn run(root: &Path, arguments: &[&str]) -> (String, String) {
    let program = env!("CARGO_BIN_EXE_corroborate");
    let output = Command::new(program).args(arguments).arg("--root").arg(root).current_dir(root).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn nothing_commands_a_terminal() {
    let commands: [&[&str]; 13] = [
        &["check"],
        &["check", "--profile", "release"],
        &["check", "--format", "json"],
        &["check", "notes/gone.md"],
        &["check", "/"],
        &["sources"],
        &["sources", "--format", "json"],
        &["sources", "a.txt"],
        &["sources", "nothing"],
        &["search", "mill", "dam", "barrels", "weir"],
        &["explain", "The old mill at Orrin closed in June 2021. The dam was painted in April 2003."],
        &["index"],
        &["clean"],
    ];
    let mut seen = BTreeSet::new();
    for (what, words) in HOSTILE {
        let Planted { root, _around, .. } = planted(words);
        for command in commands {
            let (out, err) = run(&root, command);
            let from = format!("{what}, {command:?}");
            all_seen(&out, &from);
            all_seen(&err, &from);
            shown(&(out.clone() + &err), &mut seen);
            if command.contains(&"json") {
                let value: Value = serde_json::from_str(&out).expect("JSON");
                words_of_json(&value, &from);
                // A path is the file's own, whatever stands in it.
                let paths = value["sources"].as_array().into_iter().flatten().filter_map(|source| source["path"].as_str());
                paths.for_each(|path| assert!(root.join(path).is_file(), "{path:?}"));
            }
        }
        let (_, err) = run(&root, &["check", "--root", "gone"]);
        all_seen(&err, what);
    }
    assert_eq!(seen, BTreeSet::from(PLACES), "every place comes out somewhere");
}

/// The fields of JSON that are words for people.
fn words_of_json(value: &Value, from: &str) {
    const WORDS: [&str; 8] = ["message", "title", "reason", "quote", "place", "publisher", "date", "author"];
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::String(words) if WORDS.contains(&name.as_str()) => all_seen(words, from),
            value => words_of_json(value, from),
        }),
        Value::Array(items) => items.iter().for_each(|item| words_of_json(item, from)),
        _ => {}
    }
}

/// A folder without sources is named.
#[test]
fn the_name_of_a_folder_commands_nothing() {
    for (what, words) in HOSTILE {
        let around = Folder::with("");
        let root = around.path(&words.replace(['/', '\0'], "∕"));
        fs::create_dir_all(&root).expect("a folder");
        fs::write(root.join("n.md"), "It rained.\n").expect("a file");
        let (out, err) = run(&root, &["check"]);
        assert!(out.contains("There are no sources"), "{out}");
        all_seen(&out, what);
        all_seen(&err, what);
        // As a shell would for `*`.
        let (_, err) = run(&root, &["check", &format!("--{words}").replace('\0', "")]);
        assert!(err.contains("unexpected argument"), "{err}");
        all_seen(&err, what);
        let broken = format!("{words} = [");
        fs::write(root.join("corroborate.toml"), broken).expect("a file");
        let (_, err) = run(&root, &["check"]);
        assert!(err.contains("corroborate.toml:"), "{err}");
        all_seen(&err, what);
    }
}

fn uri(path: &Path) -> String {
    let encoded = |byte: &u8| match byte {
        b'/' | b'.' | b'-' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    format!("file://{}", path.to_str().expect("UTF-8").as_bytes().iter().map(encoded).collect::<String>())
}

/// Fields that programs go by: addresses, edits (looked at elsewhere), and what a client gives back.
const FOR_PROGRAMS: [&str; 9] = ["uri", "newText", "data", "target", "href", "id", "path", "targetUri", "filterText"];

/// Looks at every string for people in an answer or a message.
fn look(value: &Value, field: &str, from: &str) {
    match value {
        Value::Object(fields) => {
            let is_markdown = fields.get("kind").is_some_and(|kind| kind == "markdown");
            for (name, value) in fields.iter().filter(|(name, _)| !FOR_PROGRAMS.contains(&name.as_str())) {
                match value.as_str() {
                    Some(text) if is_markdown && name == "value" => is_inert_markdown(text, from),
                    _ => look(value, name, from),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, field, from)),
        Value::String(text) if field == "tooltip" => is_notification(text, from),
        Value::String(text) => all_seen(text, &format!("{from}, {field}")),
        _ => {}
    }
}

fn position(text: &str, offset: usize) -> Value {
    let line = text[..offset].matches('\n').count();
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..offset].encode_utf16().count() })
}

/// A session with a client that can do everything.
async fn session(root: &Path, markdown: bool) -> Client {
    let (mut client, _server) = Client::in_memory();
    let format = if markdown { "markdown" } else { "plaintext" };
    let capabilities = json!({
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] }, "workspaceFolders": true },
        "window": { "workDoneProgress": true },
        "experimental": { "corroborateStatus": true },
        "textDocument": {
            "hover": { "contentFormat": [format] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "rename": { "prepareSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "publishDiagnostics": { "relatedInformation": true },
        },
    });
    client.initialize(Some(&uri(root)), capabilities).await;
    client
}

/// An answer, which may be a refusal in words.
async fn answer(client: &mut Client, method: &str, params: Value) -> Value {
    let id = client.ask(method, params).await;
    let message = client.wait_for(|message| message.get("method").is_none() && message["id"] == id).await;
    if let Some(words) = message["error"]["message"].as_str() {
        is_notification(words, method);
    }
    message["result"].clone()
}

#[tokio::test]
async fn nothing_is_live_in_an_editor() {
    let mut seen = BTreeSet::new();
    for (what, words) in HOSTILE {
        for markdown in [true, false] {
            let Planted { root, note, _around } = planted(words);
            let mut client = session(&root, markdown).await;
            let file = uri(&root.join("notes/n.md"));
            client.open(&file, &note).await;
            client.diagnostics(&file, 1).await;
            let document = json!({ "uri": file });
            let end = position(&note, note.len());
            let whole = json!({ "start": { "line": 0, "character": 0 }, "end": end });
            let mut asked = vec![
                (
                    "textDocument/codeAction",
                    json!({ "textDocument": document, "range": whole, "context": { "diagnostics": [] } }),
                ),
                ("textDocument/documentSymbol", json!({ "textDocument": document })),
                ("textDocument/documentLink", json!({ "textDocument": document })),
                ("textDocument/codeLens", json!({ "textDocument": document })),
                ("textDocument/inlayHint", json!({ "textDocument": document, "range": whole })),
                ("workspace/symbol", json!({ "query": "" })),
                ("corroborate/sources", Value::Null),
                ("workspace/executeCommand", json!({ "command": "corroborate.showReport", "arguments": [] })),
                ("workspace/executeCommand", json!({ "command": format!("x{words}"), "arguments": [] })),
            ];
            for at in (0..note.len()).step_by(7).filter(|at| note.is_char_boundary(*at)) {
                let here = json!({ "textDocument": document, "position": position(&note, at) });
                let explained = json!({ "uri": file, "position": position(&note, at) });
                asked.push(("textDocument/hover", here.clone()));
                asked.push(("corroborate/evidence", here.clone()));
                asked.push(("textDocument/prepareRename", here.clone()));
                asked.push(("workspace/executeCommand", json!({ "command": "corroborate.explain", "arguments": [explained] })));
                let mut renamed = here;
                renamed["newName"] = json!(format!("x{words}"));
                asked.push(("textDocument/rename", renamed));
            }
            for (method, params) in asked {
                let from = format!("{what}, {method}");
                let found = answer(&mut client, method, params).await;
                look(&found, method, &from);
                shown(&found.to_string(), &mut seen);
                for action in found.as_array().into_iter().flatten().filter(|_| method == "textDocument/codeAction") {
                    let title = action["title"].as_str().expect("a title");
                    let edits = action["edit"]["documentChanges"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|change| change["edits"].as_array());
                    for new in edits.flatten().filter_map(|edit| edit["newText"].as_str()) {
                        // What ignores findings is a comment of ours, with names of rules.
                        if title.starts_with("Ignore") { all_seen(new, &from) } else { is_inert_insertion(new, &from) }
                    }
                }
                if found.as_str().is_some_and(|text| text.starts_with("# ")) {
                    is_a_report(found.as_str().unwrap_or_default(), &from);
                }
            }
            // What is typed at the end is completed.
            let mut version = 1;
            let line = note.lines().count() as u32;
            for typed in [
                "See [@",
                "See [[",
                "She said “The old mill",
                "Otto Brandt bought ",
                "Ida Roth sold 7",
                "The dam was painted in Ma",
            ] {
                version += 1;
                client.edit(&file, version, [line, 0, line + 1, 0], typed).await;
                let at = json!({ "line": line, "character": typed.encode_utf16().count() });
                let params = json!({ "textDocument": document, "position": at });
                let found = client.request("textDocument/completion", params).await;
                for item in found["items"].as_array().expect("items") {
                    let from = format!("{what}, completion of {typed}");
                    assert!(item.get("insertTextFormat").is_none(), "nothing is a snippet: {item}");
                    let new = item["textEdit"]["newText"].as_str().expect("an edit");
                    is_inert_insertion(new, &from);
                    let item = client.request("completionItem/resolve", item.clone()).await;
                    look(&item, "item", &from);
                    shown(&item.to_string(), &mut seen);
                }
            }
            client.request("shutdown", Value::Null).await;
            let mut notified = 0;
            for message in client.take_kept() {
                let (method, params) = (message["method"].as_str().unwrap_or_default(), &message["params"]);
                let from = format!("{what}, {method}");
                look(params, method, &from);
                shown(&params.to_string(), &mut seen);
                match method {
                    "window/showMessage" => {
                        notified += 1;
                        is_notification(params["message"].as_str().unwrap_or_default(), &from);
                    }
                    "window/logMessage" => assert!(!params["message"].as_str().unwrap_or_default().contains('\n'), "{from}"),
                    "corroborate/status" => is_notification(params["message"].as_str().unwrap_or_default(), &from),
                    _ => {}
                }
            }
            assert!(notified > 0, "{what}: the mistake in the settings is told");
        }
    }
    // Of an accepted finding an editor has nothing to show.
    let shown = PLACES.into_iter().filter(|place| *place != "Zaccepted");
    assert_eq!(seen, shown.collect(), "every place comes out somewhere");
}

/// A report or an explanation: headings, tables and lists of ours, and all else as code.
fn is_a_report(text: &str, from: &str) {
    for event in Parser::new_ext(text, Options::all()) {
        let is_live = matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }));
        assert!(!is_live, "{from}: {event:?} in {text}");
    }
}

fn hostile(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name)
}

#[tokio::test]
async fn a_key_of_the_settings_is_no_link_in_a_notification() {
    let root = hostile("toml-notification-command");
    let mut client = session(&root, true).await;
    let message = client.wait_for(|message| message["method"] == "window/showMessage").await;
    let text = message["params"]["message"].as_str().expect("words");
    is_notification(text, "the settings");
    assert!(text.contains("convert them now") && text.starts_with("corroborate.toml:1: "), "{text}");
    client.request("shutdown", Value::Null).await;
}

#[test]
fn a_comment_of_a_note_does_not_clear_the_terminal() {
    let (out, err) = run(&hostile("note-escape"), &["check"]);
    all_seen(&out, "stdout");
    all_seen(&err, "stderr");
    assert!(out.contains("error[number-conflict]"), "{out}");
}

/// The offset of a position.
fn offset(text: &str, position: &Value) -> usize {
    let number = |name: &str| position[name].as_u64().expect("a number") as usize;
    let line: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let units: Vec<u16> = text[line..].encode_utf16().take(number("character")).collect();
    line + String::from_utf16(&units).expect("whole characters").len()
}

fn applied(text: &str, edits: &[&Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            (offset(text, start), offset(text, end), edit["newText"].as_str().expect("a text"))
        })
        .collect();
    edits.sort_unstable();
    let mut new = text.to_owned();
    edits.iter().rev().for_each(|(start, end, words)| new.replace_range(start..end, words));
    new
}

/// What is found in a note, but for `left_out`, with the words that it is about.
fn found(text: &str, workspace: &Workspace, left_out: &str) -> Vec<(String, String)> {
    let checked = workspace::check(text, "n.md", workspace, &|| false).expect("nobody cancels");
    assert_eq!(checked.note.directives, [], "{text}");
    assert!(checked.cited.iter().all(|cited| matches!(cited, CitationTarget::Sources(_))), "only sources are cited in {text}");
    assert_eq!(checked.note.citations.len(), text.matches("[@a]").count(), "{text}");
    let finding = |f: &corroborate::rules::Finding| (f.code.to_owned(), f.span.of(text).to_owned());
    let mut found: Vec<_> = checked.findings.iter().map(finding).filter(|(code, _)| code != left_out).collect();
    found.sort();
    found
}

/// A note is text, quotations and block quotations, before and after.
fn is_inert_note(text: &str) {
    all_seen(text, "the note");
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(text, options) {
        let is_text = matches!(event, Event::End(_) | Event::Text(_) | Event::SoftBreak);
        let is_inert = is_text || matches!(event, Event::Start(Tag::Paragraph | Tag::BlockQuote(_)));
        assert!(is_inert, "{event:?} in {text}");
    }
    assert!(!text.contains("https://") && !text.contains("www."), "{text}");
}

const NOTE: &str = "Ida Roth ate 44 pears in Vesk.

The mill at Orrin closed in May 2021.

She said “The mill at Orrin closed in May 2021 after the flood of the river”.
";

/// Everything that an editor offers to insert for this source, done.
async fn insertions_are_inert(nasty: &str) {
    let source = format!("The mill at Orrin closed in May 2021 {nasty} after the flood of the river. Rain fell.\n");
    let folder = Folder::with("");
    fs::create_dir_all(folder.path("sources")).expect("a folder");
    fs::write(folder.path("sources/a.txt"), &source).expect("a file");
    let opened = Workspace::open(&folder.0);
    let before = found(NOTE, &opened, "");
    let mut client = session(&folder.0, true).await;
    let file = uri(&folder.path("n.md"));
    client.open(&file, NOTE).await;
    client.diagnostics(&file, 1).await;
    let line = |words: &str| NOTE[..NOTE.find(words).expect("it is there")].matches('\n').count() as u32;

    let mut done = 0;
    for at in [line("The mill"), line("She said")] {
        let place = json!({ "line": at, "character": 30 });
        let params = json!({ "textDocument": { "uri": file }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
        let actions = client.request("textDocument/codeAction", params).await;
        for action in actions.as_array().expect("actions") {
            let title = action["title"].as_str().expect("a title");
            if title.starts_with("Ignore") || title.starts_with("Mark") {
                continue;
            }
            let edits: Vec<&Value> = action["edit"]["documentChanges"][0]["edits"].as_array().expect("edits").iter().collect();
            let text = applied(NOTE, &edits);
            is_inert_note(&text);
            let fixed = action["diagnostics"][0]["code"].as_str().unwrap_or_default();
            let rest: Vec<_> = before.iter().filter(|(code, _)| code != fixed).cloned().collect();
            assert_eq!(found(&text, &opened, ""), rest, "{title}:\n{text}");
            done += 1;
        }
    }

    let end = NOTE.lines().count() as u32;
    let typed = "\nHe said “The mill at Orrin closed in";
    client.edit(&file, 2, [end, 0, end, 0], typed).await;
    let text = format!("{NOTE}{typed}");
    let params = json!({ "textDocument": { "uri": file }, "position": position(&text, text.len()) });
    let completed = client.request("textDocument/completion", params).await;
    for item in completed["items"].as_array().expect("items") {
        let text = applied(&text, &[&item["textEdit"]]) + ".\n";
        is_inert_note(&text);
        assert_eq!(found(&text, &opened, ""), before, "{text}");
        done += 1;
    }
    assert!(done >= 3, "{done} of {nasty}");
    client.request("shutdown", Value::Null).await;
}

fn nasty() -> impl Strategy<Value = String> {
    let words = ["stone", "beam", "seven", "9", "wheel"].map(str::to_owned);
    let live = [
        "<!-- corroborate: ignore-file x -->",
        "<!--",
        "-->",
        "<b>",
        "</p>",
        "<https://evil.example>",
        "https://evil.example/x",
        "www.evil.example",
        "x@evil.example",
        "@evil",
        "[@evil]",
        "[[evil]]",
        "[^1]",
        "[^1]: x",
        "![x](y)",
        "[x](command:y)",
        "[x]:",
        "`x`",
        "```",
        "~~~",
        "~~x~~",
        "**",
        "*x*",
        "_x_",
        "#",
        "# x",
        "- x",
        "1. x",
        "> x",
        "| x |",
        "---",
        "===",
        "&lt;b&gt;",
        "&#60;",
        "\\",
        "\\[x]",
        "$x$",
        "”",
        "“",
        "\"",
        "’",
        "« x »",
        "\u{1b}[2J",
        "\u{202e}x",
        "a\u{3164}b",
        "\u{200b}",
    ];
    let live = live.map(str::to_owned);
    let part = prop_oneof![prop::sample::select(words.to_vec()), prop::sample::select(live.to_vec())];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_source_says_is_quoted_truly_and_does_nothing(nasty in nasty()) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(insertions_are_inert(&nasty));
    }
}

#[tokio::test]
async fn a_quotation_with_a_directive_silences_nothing() {
    insertions_are_inert("<!-- corroborate: ignore-file approved by the desk -->").await;
    let root = hostile("quote-silences");
    let workspace = Workspace::open(&root);
    let note = fs::read_to_string(root.join("n.md")).expect("a note");
    let before = workspace::check(&note, "n.md", &workspace, &|| false).expect("nobody cancels").findings.iter().count();
    let mut client = session(&root, true).await;
    let file = uri(&root.join("n.md"));
    client.open(&file, &note).await;
    let params = json!({ "textDocument": { "uri": file }, "position": position(&note, note.len()) });
    let completed = client.request("textDocument/completion", params).await;
    let text = applied(&note, &[&completed["items"][0]["textEdit"]]);
    assert!(text.ends_with("2021 \\<!-- corroborate: ignore-file approved by the desk --\\> after the flood.” [@a]"), "{text}");
    let after = workspace::check(&text, "n.md", &workspace, &|| false).expect("nobody cancels");
    assert_eq!((after.findings.iter().count(), after.ignored.findings.len()), (before, 0), "{text}");
    client.request("shutdown", Value::Null).await;
}
