//! Real-looking documents of every format: what is planted in them is found as one sentence in its
//! place, what they hide is not, and claims that cite them are judged by them.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use corroborate::library::{Library, SentenceId, SourceId};
use corroborate::workspace::Workspace;
use serde_json::Value;
use support::Folder;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

static WORKSPACE: LazyLock<std::sync::Arc<Workspace>> = LazyLock::new(|| Workspace::open(&root()));

fn planted() -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("planted.jsonl")).expect("the planted sentences");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON in each line")).collect()
}

fn text<'v>(row: &'v Value, field: &str) -> Option<&'v str> {
    row[field].as_str()
}

/// A file's sources: its own, and those inside it.
fn sources_of(library: &Library, file: &str) -> Vec<SourceId> {
    let path = format!("sources/{file}");
    let inside = format!("{path}/");
    let is_of_it = |id: &SourceId| library.path(*id) == path || library.path(*id).starts_with(&inside);
    library.ids().filter(is_of_it).collect()
}

/// The sentences of a file's content as a reader sees them, each with its place.
fn sentences_of(library: &Library, file: &str) -> Vec<(String, String)> {
    let view = library.view();
    let sentences = |id: SourceId| {
        let content = view.sentences_of(id).map(|at| view.sentence(SentenceId(at))).filter(|s| !s.is_boilerplate);
        content
            .map(|s| (view.source(id).quote(s.span).plain().to_owned(), view.place(id, s.span.start).plain().to_owned()))
            .collect::<Vec<_>>()
    };
    sources_of(library, file).into_iter().flat_map(sentences).collect()
}

/// The sentence itself, or behind a label: who says it, a dateline, a number.
fn is_sentence(found: &str, planted: &str) -> bool {
    let Some(label) = found.strip_suffix(planted) else { return false };
    let label = label.trim_end();
    let is_number = label.strip_suffix('.').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    label.is_empty() || label.ends_with([':', '-']) || is_number
}

/// Fails with all lines of what was missed, so that one run shows everything.
#[track_caller]
fn none(missed: &[String]) {
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn planted_sentences_are_one_sentence_in_their_place() {
    let library = &WORKSPACE.library;
    let mut missed = Vec::new();
    for row in planted() {
        let (Some(file), Some(sentence)) = (text(&row, "file"), text(&row, "sentence")) else { continue };
        let found = sentences_of(library, file);
        let Some((_, place)) = found.iter().find(|(quote, _)| is_sentence(quote, sentence)) else {
            let start: String = sentence.chars().take(24).collect();
            let near: Vec<&str> = found.iter().map(|(q, _)| q.as_str()).filter(|q| q.contains(start.as_str())).collect();
            missed.push(format!("{file}: “{sentence}” is no sentence; near: {near:?}"));
            continue;
        };
        if let Some(wanted) = text(&row, "place").filter(|wanted| wanted != place) {
            missed.push(format!("{file}: “{sentence}” is at {place}, not {wanted}"));
        }
    }
    none(&missed);
}

#[test]
fn hidden_and_repeated_words_are_in_no_sentence() {
    let library = &WORKSPACE.library;
    let mut missed = Vec::new();
    for row in planted() {
        let (Some(file), Some(words)) = (text(&row, "file"), text(&row, "absent")) else { continue };
        let found = sentences_of(library, file).into_iter().find(|(quote, _)| quote.contains(words));
        missed.extend(found.map(|(quote, _)| format!("{file}: “{words}” is in “{quote}”")));
    }
    none(&missed);
}

#[test]
fn every_document_has_planted_sentences() {
    let rows = planted();
    let is_planted = |path: &str| rows.iter().any(|row| text(row, "file") == path.strip_prefix("sources/"));
    let unreadable = |path: &str| WORKSPACE.library.unreadable().iter().any(|u| u.path == path);
    let missed: Vec<String> =
        WORKSPACE.files.sources.iter().filter(|path| !is_planted(path) && !unreadable(path)).cloned().collect();
    none(&missed);
}

#[test]
fn what_cannot_be_read_is_named_with_its_reason() {
    let shown: Vec<String> = WORKSPACE.library.unreadable().iter().map(|u| format!("{}: {}", u.path, u.reason)).collect();
    assert_eq!(
        shown,
        ["sources/scanned-notice.pdf: it has pages but no text (a scan, perhaps)", "sources/sealed-minutes.pdf: it is encrypted",]
    );
}

fn corroborate(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corroborate")).args(arguments).current_dir(root).output().expect("the program runs")
}

#[test]
fn a_check_names_unreadable_files_and_goes_on() {
    let folder = Folder::with(
        "\n//- sources/mill.txt\nThe mill at Orrin closed on 3 May.\n//- sources/empty.txt\n//- sources/film.mp4\nx\n//- sources/torn.docx\nPK\n//- note.md\nThe mill at Orrin closed on 3 May.\n",
    );
    for name in ["sealed-minutes.pdf", "scanned-notice.pdf"] {
        std::fs::copy(root().join("sources").join(name), folder.path("sources").join(name)).expect("a copy");
    }
    let output = corroborate(&folder.0, &["check"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    for line in [
        "sources/empty.txt was not read: it has no text",
        "sources/film.mp4 was not read: no reader knows this format",
        "sources/scanned-notice.pdf was not read: it has pages but no text (a scan, perhaps)",
        "sources/sealed-minutes.pdf was not read: it is encrypted",
        "sources/torn.docx was not read: it is broken: it is no whole archive",
    ] {
        assert!(errors.contains(line), "no “{line}” in:\n{errors}");
    }
    assert_eq!(output.status.code(), Some(0), "{errors}");
}

#[test]
fn claims_are_supported_by_the_documents_that_they_cite() {
    // By their words, as it is the readers that are tried here.
    let folder = Folder::with("//- words.toml\nmodel.judge = \"words\"\n");
    let mut check = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    check.args(["check", "--format", "json", "notes/digest.md"]).env("CORROBORATE_SETTINGS", folder.path("words.toml"));
    let output = check.current_dir(root()).output().expect("the program runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let note = std::fs::read_to_string(root().join("notes/digest.md")).expect("the note");
    let mut missed = Vec::new();
    let mut count = 0;
    for sentence in report["notes"][0]["sentences"].as_array().expect("sentences") {
        let line = sentence["line"].as_u64().and_then(|line| note.lines().nth(line as usize - 1)).unwrap_or_default();
        let Some(key) = line.split("[@").nth(1).and_then(|rest| rest.split([',', ']']).next()) else { continue };
        count += 1;
        let source = sentence["evidence"][0]["source"].as_str().unwrap_or_default();
        let file = source.trim_start_matches("sources/");
        let is_cited = file.split(['.', '/']).any(|part| part == key);
        if sentence["verdict"] != "supported" || !is_cited {
            missed.push(format!("{line}\n    {} by {source}", sentence["verdict"]));
        }
    }
    let findings = report["notes"][0]["findings"].as_array().expect("findings");
    missed.extend(findings.iter().map(|f| format!("line {}: {}", f["line"], f["message"])));
    assert!(count >= 20, "{count} claims");
    none(&missed);
}

#[test]
fn a_wrong_page_is_told() {
    let folder = Folder::with(
        "
//- sources/empty.txt
//- right.md
The Board rejected the second recommendation by six votes to five. [@harbour-audit, p. 4]
//- wrong.md
The Board rejected the second recommendation by six votes to five. [@harbour-audit, p. 3]
",
    );
    std::fs::copy(root().join("sources/harbour-audit.pdf"), folder.path("sources/harbour-audit.pdf")).expect("a copy");
    let findings = |note: &str| {
        let output = corroborate(&folder.0, &["check", "--format", "json", note]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        report["notes"][0]["findings"].as_array().expect("findings").clone()
    };
    assert!(findings("right.md").is_empty(), "{:?}", findings("right.md"));
    let wrong = findings("wrong.md");
    assert!(wrong.iter().any(|f| f["message"].as_str().is_some_and(|m| m.contains("p. 4"))), "{wrong:?}");
}
