//! What is read: bibliographies, sources and what stands beside them, settings, and notes as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use corroborate::library::bibliography::Bibliographies;
use corroborate::library::scan::{self, Files};
use serde_json::{Value, json};

use super::{corroborate, found, logged, session, uri};
use crate::support::Folder;

/// A note that is wrong, and the source that says so.
const MILL: &str = "
//- n.md
The old mill closed in June 2021.
//- sources/a.txt
The old mill closed in May 2021.
";

/// What is found in that note, whatever lies beside it.
const FOUND: &str = "The note says “June 2021”, but a.txt";

/// Makes a bibliography that cannot be read: it is larger than any, and takes no room on disk.
fn make_unreadable(bibliography: &Path) {
    fs::File::create(bibliography).and_then(|file| file.set_len(1 << 32)).expect("a file");
}

const UNREADABLE: &str = "was not read: it is larger than 32 MB";

#[test]
fn folders_as_they_were_found_cost_a_line_and_nothing_else() {
    for (name, line) in [
        ("bib-crossref-self", "r.bib: the entry “a” leads back to itself"),
        ("bib-crossref-loop", "r.bib: the entry “b” leads back to itself"),
        ("bib-xdata-loop", "r.bib: the entry “b” leads back to itself"),
        ("bib-string-self", "r.bib: the abbreviation “a” is made of itself"),
        ("bib-string-loop", "r.bib: the abbreviation “a” is made of itself"),
        ("bib-laughs", "r.bib: the abbreviation “a4” is made"),
        ("pdf-60s", "sources/b.pdf was not read: it unpacks to far more than its size"),
        ("quadratic-csv", "sources/b.csv: cells of more than 32 KB are read up to there"),
    ] {
        let checked = corroborate(&found(name), &["check", "n.md"]);
        assert!(checked.err.contains(line), "{name}: {}", checked.err);
        assert!(checked.out.contains(FOUND), "{name}: {}", checked.out);
        assert_eq!(checked.code, Some(1), "{name}");
    }
}

#[test]
fn a_note_that_is_no_text_is_named_and_the_others_are_checked() {
    let root = found("not-utf8-note");
    let checked = corroborate(&root, &["check"]);
    assert_eq!(checked.err, "corroborate: x.md was not read: it is not UTF-8 text\n");
    assert!(checked.out.contains(FOUND), "{}", checked.out);
    assert_eq!(checked.code, Some(2));
    let json: Value = serde_json::from_str(&corroborate(&root, &["check", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["unreadable"], json!([{ "path": "x.md", "reason": "it is not UTF-8 text" }]));
    assert_eq!(corroborate(&root, &["check", "n.md"]).code, Some(1));
}

#[test]
fn a_bibliography_that_cannot_be_read_costs_only_itself() {
    let folder = Folder::with(&format!("{MILL}//- good.bib\n@misc{{mill, file = {{sources/a.txt}}}}\n"));
    make_unreadable(&folder.path("bad.bib"));
    let checked = corroborate(&folder.0, &["check"]);
    assert_eq!(checked.err, format!("corroborate: bad.bib {UNREADABLE}\n"));
    assert!(checked.out.contains(FOUND), "{}", checked.out);
    assert!(corroborate(&folder.0, &["sources", "mill"]).out.contains("The old mill closed"));
}

#[tokio::test]
async fn a_bibliography_that_becomes_hostile_keeps_what_it_said_and_is_marked() {
    let folder = Folder::with(&format!("{MILL}//- r.bib\n@misc{{mill, file = {{sources/a.txt}}}}\n"));
    let (_server, mut client) = session();
    client.initialize(Some(&uri(&folder, "")), json!({})).await;
    let (note, bib) = (uri(&folder, "n.md"), uri(&folder, "r.bib"));
    client.open(&note, "The old mill closed in May 2021 [@mill].\n").await;
    assert_eq!(client.diagnostics(&note, 1).await, Vec::<Value>::new());

    make_unreadable(&folder.path("r.bib"));
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": bib, "type": 2 }] })).await;
    assert_eq!(logged(&mut client, "r.bib").await, format!("r.bib {UNREADABLE}"));
    let marked = client.wait_for(|m| m["params"]["uri"] == bib.as_str()).await;
    assert_eq!(marked["params"]["diagnostics"].as_array().map(Vec::len), Some(1), "{marked}");
    // The key is still known.
    client.edit(&note, 2, [0, 0, 0, 3], "This").await;
    assert_eq!(client.diagnostics(&note, 2).await, Vec::<Value>::new());

    fs::write(folder.path("r.bib"), "@misc{mill, title = {Mill}, file = {sources/a.txt}}\n").expect("a file");
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": bib, "type": 2 }] })).await;
    let marked = client.wait_for(|m| m["params"]["uri"] == bib.as_str()).await;
    assert_eq!(marked["params"]["diagnostics"], json!([]));
}

#[tokio::test]
async fn questions_are_answered_while_sources_are_read_that_take_long() {
    let folder = Folder::with(MILL);
    for name in ["b", "c", "d", "e"] {
        fs::write(folder.path(&format!("sources/{name}.txt")), "A b. ".repeat(1_000_000)).expect("room");
    }
    let (_server, mut client) = session();
    client.initialize(Some(&uri(&folder, "")), json!({ "experimental": { "corroborateStatus": true } })).await;
    let note = uri(&folder, "n.md");
    client.open(&note, "The old mill closed in June 2021.\n").await;
    let is_quiet = |message: &Value| message["method"] == "corroborate/status" && message["params"]["quiescent"] == true;
    let is_found = |message: &Value| message["params"]["diagnostics"][0]["code"] == "number-conflict";
    let first = client.wait_for(|message| is_quiet(message) || is_found(message)).await;
    assert!(is_found(&first), "all was read before anything was said: {first}");
    let shown = client.at("textDocument/hover", &note, 0, 5).await.to_string();
    assert!(shown.contains("The old mill closed in May 2021"), "{shown}");
    assert!(client.kept("corroborate/status").is_none_or(|status| status["params"]["quiescent"] == false));
}

#[test]
fn a_bibliography_is_read_once_as_long_as_it_is_the_same() {
    let folder = Folder::with("//- a.bib\n@misc{a, title = {A}}\n");
    let path = folder.path("a.bib");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    let age = || fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("a time");
    let files = Files { bibliographies: vec!["a.bib".to_owned()], ..Files::default() };
    for text in ["@misc{a, title = {A}}\n", "@misc{a, title = {A}\n"] {
        fs::write(&path, text).expect("a file");
        age();
        let first = scan::read_bibliographies(&folder.0, &files, &Bibliographies::default());
        let again = scan::read_bibliographies(&folder.0, &files, &first);
        let same = first.file("a.bib").zip(again.file("a.bib")).is_some_and(|(a, b)| std::sync::Arc::ptr_eq(a, b));
        assert!(same, "{text}");
    }
}

#[test]
fn what_stands_beside_a_source_is_bounded_and_told() {
    let laughs = format!("a: &a {}\ntitle: [{}]\n", "x".repeat(200), "*a,".repeat(300));
    let folder = Folder::with(MILL);
    for (name, text, why) in [
        ("long", format!("title: [{}]\n", "a,".repeat(400_000)), "it is larger than 64 KB"),
        ("deep", format!("title: {}\n", "[".repeat(9000)), "it is no list of fields in YAML"),
        ("laughs", laughs, "it is no list of fields in YAML"),
    ] {
        fs::write(folder.path("sources/a.yaml"), text).expect("a file");
        let listed = corroborate(&folder.0, &["sources", "--format", "json"]);
        let json: Value = serde_json::from_str(&listed.out).expect("JSON");
        let notice = format!("sources/a.yaml beside it was not read: {why}");
        assert_eq!(json["notices"], json!([{ "path": "sources/a.txt", "notice": notice }]), "{name}");
        assert_eq!(listed.err, format!("corroborate: sources/a.txt: {notice}\n"), "{name}");
        assert!(corroborate(&folder.0, &["sources"]).out.contains(&notice), "{name}");
    }
}

#[test]
fn sources_that_never_end_are_cut_and_say_where() {
    let folder = Folder::with(MILL);
    let wide = |cells: usize| vec!["5"; cells].join(",");
    let cases: BTreeMap<&str, (String, &str)> = [
        ("sources/wide.csv", (format!("place,{}\nmill,{}\n", wide(1500), wide(1500)), "of rows with more than 1000 cells")),
        ("sources/cell.csv", (format!("a,b\n\"{}\",5\n", "The mill closed. ".repeat(9000)), "cells of more than 32 KB")),
        ("sources/open.csv", (format!("a,b\n\"{}", "x,y\n".repeat(20_000)), "cells of more than 32 KB")),
        (
            "sources/span.html",
            (
                format!("<table><tr>{}</table>", "<td colspan=64 rowspan=1000>mill".repeat(50)),
                "of rows with more than 1000 cells",
            ),
        ),
        (
            "sources/front.md",
            (format!("---\n{}---\nThe mill closed.\n", "a: b\n".repeat(20_000)), "its front matter was not read"),
        ),
    ]
    .into();
    for (path, (text, _)) in &cases {
        fs::write(folder.path(path), text).expect("a file");
    }
    let checked = corroborate(&folder.0, &["check"]);
    for (path, (_, line)) in &cases {
        assert!(checked.err.contains(&format!("corroborate: {path}: {line}")), "{path}: {}", checked.err);
    }
    assert!(checked.out.contains(FOUND), "{}", checked.out);
}

#[test]
fn settings_of_any_length_are_told_and_end() {
    let many: String = (0..6000).map(|at| format!("\"name {at}\" = \"mill {at}\"\n")).collect();
    let unknown: String = (0..3000).map(|at| format!("x{at} = 1\n")).collect();
    for (text, line, lines) in [
        (format!("[aliases]\n{many}"), "corroborate.toml:1: “aliases” has 6000 names; the first 5000 count", 1),
        (unknown, "has more mistakes than are told", 101),
        (format!("x = {}\n", "[".repeat(200_000)), "nothing of the file counts", 1),
        (format!("# {}\n", "x".repeat(2 << 20)), "corroborate.toml:1: the file cannot be read: it is larger than 1 MB", 1),
    ] {
        let folder = Folder::with(MILL);
        fs::write(folder.path("corroborate.toml"), text).expect("a file");
        let checked = corroborate(&folder.0, &["check"]);
        assert!(checked.err.contains(line), "{line}: {}", checked.err);
        assert_eq!(checked.err.lines().count(), lines, "{line}");
        assert!(checked.out.contains(FOUND), "{line}: {}", checked.out);
    }
}

#[cfg(target_os = "linux")]
mod links {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    fn pipe(folder: &Folder, name: &str) {
        assert!(Command::new("mkfifo").arg(folder.path(name)).status().is_ok_and(|status| status.success()));
    }

    #[test]
    fn pipes_devices_and_links_are_neither_waited_for_nor_read() {
        let outside = Folder::with("//- secret.toml\nsources = [\"elsewhere/**\"]\n//- secret.yaml\ntitle: Secret\n");
        for (name, why) in [
            ("corroborate.toml", "corroborate.toml:1: the file cannot be read: it is"),
            ("corroborate-ignore.toml", "corroborate-ignore.toml:1: the file cannot be read: it is"),
            ("x.md", ""),
            ("sources/a.yaml", ""),
            ("r.bib", ""),
        ] {
            for kind in ["not a regular file", "a link, and links are not followed"] {
                for target in ["/dev/zero", outside.path("secret.toml").to_str().expect("a path in UTF-8")] {
                    let folder = Folder::with(MILL);
                    match kind {
                        "not a regular file" => pipe(&folder, name),
                        _ => symlink(target, folder.path(name)).expect("a link"),
                    }
                    let checked = corroborate(&folder.0, &["check"]);
                    assert!(checked.out.contains(FOUND), "{name} {kind}: {}", checked.out);
                    let expected = if why.is_empty() { String::new() } else { format!("corroborate: {why} {kind}\n") };
                    assert_eq!(checked.err, expected, "{name} {kind}");
                }
            }
        }
    }

    #[test]
    fn a_note_that_is_named_must_be_a_regular_file() {
        let folder = Folder::with(MILL);
        pipe(&folder, "pipe.md");
        let checked = corroborate(&folder.0, &["check", "pipe.md", "n.md"]);
        assert_eq!(checked.err, "corroborate: pipe.md was not read: it is not a regular file\n");
        assert!(checked.out.contains(FOUND), "{}", checked.out);
        assert_eq!(checked.code, Some(2));
    }

    #[tokio::test]
    async fn links_and_pipes_that_come_while_the_server_runs_are_not_followed() {
        let outside = Folder::with("//- secret.txt\nThe ferry sank in March 2020.\n");
        let folder = Folder::with(MILL);
        let (_server, mut client) = session();
        client.initialize(Some(&uri(&folder, "")), json!({})).await;
        let note = uri(&folder, "n.md");
        client.open(&note, "The ferry sank in March 2020.\n\nThe bakery burned in April 2019.\n").await;
        // What no source says is told when all are read.
        let count = |m: &Value| m["params"]["diagnostics"].as_array().map_or(0, Vec::len);
        client.wait_for(|m| m["params"]["uri"] == note.as_str() && count(m) == 2).await;

        symlink(outside.path("secret.txt"), folder.path("sources/link.txt")).expect("a link");
        symlink(&outside.0, folder.path("sources/folder")).expect("a link");
        symlink("/dev/zero", folder.path("sources/zero.txt")).expect("a link");
        pipe(&folder, "sources/pipe.txt");
        fs::write(folder.path("sources/b.txt"), "The bakery burned in April 2019.\n").expect("a file");
        let came = ["link.txt", "folder/secret.txt", "zero.txt", "pipe.txt", "b.txt"];
        let changes: Vec<Value> =
            came.iter().map(|name| json!({ "uri": uri(&folder, &format!("sources/{name}")), "type": 1 })).collect();
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
        let after = client.wait_for(|m| m["params"]["uri"] == note.as_str() && count(m) == 1).await;
        let left = after["params"]["diagnostics"].as_array().expect("a list");
        assert_eq!(left[0]["range"]["start"]["line"], 0, "{after}");
    }
}
