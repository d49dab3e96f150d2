//! The report: what a desk prints and keeps, and what other programs read.

mod support;

use std::process::{Command, Output};

use serde_json::json;
use support::Folder;
use support::client::Client;

const WORKSPACE: &str = "\
//- sources/cable.md
---
title: Cable on the weir
publisher: Ministry of Water of Orrin
date: 2024-03-27
reliability: B
credibility: 2
---
The weir at Tarn was closed on 12 March for repairs that will cost 2.5 million crowns.
//- sources/herald.txt
TARN, March 29 — The weir at Tarn was shut on 12 March, according to a Ministry of Water cable obtained by the Herald. Repairs will cost 2.5 million crowns, the cable says.
//- sources/evil.txt
The <script>alert(1)</script> mill at Hollin & Sons burned in 1911.
//- sources/broken.pdf
no PDF
//- corroborate-ignore.toml
//- notes/weir.md
# The weir

The weir at Tarn was closed on 12 March [@cable]. Repairs will cost 3.5 million crowns [@herald].

- The mill at Hollin & Sons burned in 1911 [@evil].
- The lock keeper sold his boat. <!-- corroborate: ignore[unsupported-claim] he told us -->

| what | cost |
|---|---|
| repairs of the weir | 2.5 million crowns |

The keeper will probably resign.
";

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.args(arguments).current_dir(&folder.0).env("SOURCE_DATE_EPOCH", "0");
    command.output().expect("the program")
}

fn report(folder: &Folder, format: &str) -> String {
    let done = run(folder, &["report", "--format", format, "notes/weir.md"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn the_page_has_every_claim_with_verdict_passage_source_and_origins() {
    let folder = Folder::with(WORKSPACE);
    let page = report(&folder, "html");
    for words in [
        "Report on notes/weir.md",
        "<mark class=\"supported\" id=\"s1\">The weir at Tarn was closed on 12 March [@cable].</mark>",
        "2 sources, 1 origin: Cable on the weir",
        "<mark class=\"contradicted\" id=\"s2\">",
        "number-conflict",
        "Against it: ",
        "grade B2",
        "Accepted: No source says this.",
        "“he told us”",
        "Ministry of Water cable",
        "sources/broken.pdf",
        "SHA-256 ",
        "Signature",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn the_page_needs_nothing_and_nothing_in_it_is_live() {
    let folder = Folder::with(WORKSPACE);
    let page = report(&folder, "html");
    assert!(page.contains("The &lt;script&gt;alert(1)&lt;/script&gt; <b>mill</b>"));
    assert!(page.contains("mill at Hollin &amp; Sons burned"));
    for live in ["<script", "<img", "<iframe", "<link", "<object", " src=", "url(", "@import", "javascript:", "onload"] {
        assert!(!page.contains(live), "{live}");
    }
    let addresses = page.match_indices("href=\"").map(|(at, _)| &page[at + 6..]);
    assert!(addresses.clone().count() > 5 && addresses.clone().all(|address| address.starts_with('#')));
    // Each leads somewhere.
    for address in addresses {
        let id = address[1..].split('"').next().expect("an id");
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn the_same_notes_and_sources_make_the_same_page() {
    let folder = Folder::with(WORKSPACE);
    assert_eq!(report(&folder, "html"), report(&folder, "html"));
}

#[test]
fn code_scanning_reads_the_log() {
    let folder = Folder::with(WORKSPACE);
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&report(&folder, "sarif")).expect("a log as the schema has it");
    let run = &log.runs[0];
    let rules = run.tool.driver.rules.as_ref().expect("rules");
    let results = run.results.as_ref().expect("results");
    let mut told = Vec::new();
    for result in results {
        let id = result.rule_id.as_deref().expect("a rule");
        assert_eq!(rules[result.rule_index.expect("its place") as usize].id, id);
        let place = result.locations.as_ref().expect("a place")[0].physical_location.as_ref().expect("a file");
        let uri = place.artifact_location.as_ref().and_then(|it| it.uri.as_deref()).expect("a file");
        let region = place.region.as_ref().expect("a region");
        let suppressed = result.suppressions.iter().flatten().filter_map(|it| it.justification.as_deref()).next();
        told.push(format!(
            "{uri}:{}:{} {id} {}",
            region.start_line.expect("a line"),
            region.start_column.expect("a column"),
            suppressed.unwrap_or("-")
        ));
        assert!(result.partial_fingerprints.as_ref().is_some_and(|prints| !prints.is_empty()));
    }
    expect_test::expect![[r"
        notes/weir.md:3:69 number-conflict -
        notes/weir.md:3:88 unsupporting-citation -
        notes/weir.md:6:3 unsupported-claim he told us"]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn a_report_goes_into_a_file_and_says_what_it_cannot_do() {
    let folder = Folder::with(WORKSPACE);
    let done = run(&folder, &["report", "notes/weir.md", "--format", "md", "--output", "out.md"]);
    assert!(done.status.success() && done.stdout.is_empty());
    let text = std::fs::read_to_string(folder.path("out.md")).expect("the report");
    assert!(text.contains("- line 6, accepted unsupported-claim:") && text.contains("(`he told us`)"), "{text}");
    assert!(text.contains("| 3 | `sources/herald.txt` |  |  | 2 | `Cable on the weir` |"), "{text}");
    let failed = run(&folder, &["report", "notes/weir.md", "--output", "no/such/folder/out.html"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("no/such/folder/out.html: "));
    let page = run(&folder, &["report", "notes/weir.md"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("Checked 1970-01-01 at 00:00 UTC"));
}

#[tokio::test]
async fn an_editor_gets_the_proof_of_a_note_as_it_is_there_and_the_origins_of_a_sentence() {
    let folder = Folder::with(WORKSPACE);
    let uri = |name: &str| format!("file://{}", folder.path(name).display());
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri("")), json!({})).await;
    let note = uri("notes/weir.md");
    client.open(&note, "Repairs of the weir at Tarn will cost 2.5 million crowns. It is not saved yet.\n").await;
    client.diagnostics(&note, 1).await;
    let arguments = json!({ "command": "corroborate.writeProof", "arguments": [{ "uri": note }] });
    let written = client.request("workspace/executeCommand", arguments).await;
    let file = written["uri"].as_str().and_then(|uri| uri.strip_prefix("file://")).expect("a file").to_owned();
    let page = std::fs::read_to_string(&file).expect("the proof");
    assert!(page.contains("It is not saved yet.") && page.contains("Report on notes/weir.md"));
    let evidence = client.at("corroborate/evidence", &note, 0, 5).await;
    assert_eq!(evidence["origins"], "2 sources, 1 origin: Cable on the weir");
    let hover = client.at("textDocument/hover", &note, 0, 5).await;
    assert!(hover["contents"]["value"].as_str().expect("words").contains("1 origin"), "{hover}");
    let misused = client.ask("workspace/executeCommand", json!({ "command": "corroborate.writeProof", "arguments": [] })).await;
    let answer = client.wait_for(|m| m["id"] == misused && m.get("method").is_none()).await;
    assert_eq!(answer["error"]["message"], "corroborate.writeProof needs {uri}");
    // What could not be read is logged.
    client.forget();
    client.finish().await;
}
