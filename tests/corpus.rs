//! The shipped example, scored against its labels through the command line. The floors only rise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const CITATION_CODES: [&str; 4] = ["unknown-citation", "wrong-citation", "unsupporting-citation", "broken-anchor"];

struct Scores {
    precision: f64,
    recall: f64,
    first_evidence: f64,
    citation_precision: f64,
}

fn check() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .args(["check", "--format", "json"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/port-ansel"))
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn span(value: &Value) -> (usize, usize) {
    let at = |i: usize| value[i].as_u64().expect("an offset") as usize;
    (at(0), at(1))
}

fn overlaps(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Words without markup, marks or case.
fn plain(text: &str) -> String {
    let no_tags: String =
        text.split('<').map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>().join(" ");
    let decoded = no_tags.replace("&nbsp;", " ").replace("&ldquo;", " ").replace("&rdquo;", " ").replace("&mdash;", " ");
    let kept: String = decoded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One holds the other, or they share six words in a row.
fn shares_words(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let words: Vec<&str> = a.split(' ').collect();
    a.contains(&b) || b.contains(&a) || words.windows(6).any(|run| b.contains(&run.join(" ")))
}

fn score() -> Scores {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = check();
    let notes: BTreeMap<String, &Value> =
        report["notes"].as_array().expect("notes").iter().map(|n| (n["path"].as_str().expect("a path").to_owned(), n)).collect();
    let cases = std::fs::read_to_string(root.join("tests/corpus/cases.jsonl")).expect("the labels");
    let (mut hits, mut alarms, mut misses) = (0.0, 0.0, 0.0);
    let (mut first, mut supported) = (0.0, 0.0);
    let (mut cited_right, mut cited_wrong) = (0.0, 0.0);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let text = |key: &str| case[key].as_str().expect("text").to_owned();
        let raw = std::fs::read_to_string(root.join("examples/port-ansel").join(text("note"))).expect("the note");
        let start = raw.find(&text("sentence")).expect("the sentence");
        let here = (start, start + text("sentence").len());
        let note = notes[&text("note")];
        let at_case = |v: &&Value| overlaps(span(&v["span"]), here);
        let findings: Vec<&Value> = note["findings"].as_array().expect("findings").iter().filter(at_case).collect();
        let is_citation = |f: &&&Value| CITATION_CODES.contains(&f["code"].as_str().expect("a code"));
        let loud = |f: &&Value| matches!(f["severity"].as_str(), Some("error" | "warning"));
        let warned = findings.iter().filter(|f| !is_citation(f)).any(loud);
        let wanted = matches!(text("label").as_str(), "unsupported" | "contradicted" | "misquote" | "partial");
        match (wanted, warned) {
            (true, true) => hits += 1.0,
            (true, false) => misses += 1.0,
            (false, true) => alarms += 1.0,
            (false, false) => {}
        }
        if findings.iter().filter(is_citation).count() > 0 {
            let wrong = matches!(text("citation").as_str(), "wrong-source" | "dangling" | "broken-anchor" | "does-not-support");
            if wrong { cited_right += 1.0 } else { cited_wrong += 1.0 }
        }
        let gold: Vec<&str> = case["evidence"].as_array().expect("evidence").iter().filter_map(Value::as_str).collect();
        if text("label") == "supported" && !gold.is_empty() {
            supported += 1.0;
            let sentences = note["sentences"].as_array().expect("sentences").iter().filter(at_case);
            let quote = sentences.flat_map(|s| s["evidence"].as_array().expect("evidence")).find_map(|e| e["quote"].as_str());
            if quote.is_some_and(|q| gold.iter().any(|g| shares_words(q, g))) {
                first += 1.0;
            }
        }
    }
    Scores {
        precision: hits / (hits + alarms),
        recall: hits / (hits + misses),
        first_evidence: first / supported,
        citation_precision: cited_right / f64::max(1.0, cited_right + cited_wrong),
    }
}

#[test]
fn warnings_on_the_example_are_as_good_as_promised() {
    let scores = score();
    println!(
        "precision {:.3}, recall {:.3}, first evidence {:.3}, citations {:.3}",
        scores.precision, scores.recall, scores.first_evidence, scores.citation_precision
    );
    assert!(scores.precision >= 0.82, "precision {:.3}", scores.precision);
    assert!(scores.recall >= 0.68, "recall {:.3}", scores.recall);
    assert!(scores.first_evidence >= 0.78, "first evidence {:.3}", scores.first_evidence);
    assert!(scores.citation_precision >= 1.0, "citations {:.3}", scores.citation_precision);
}

#[test]
fn the_report_is_the_same_every_time_and_its_spans_are_true() {
    let report = check();
    assert_eq!(report, check());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/port-ansel");
    let verdicts: BTreeSet<&str> =
        BTreeSet::from(["supported", "partial", "unsupported", "contradicted", "misquoted", "not-a-claim"]);
    for note in report["notes"].as_array().expect("notes") {
        let text = std::fs::read_to_string(root.join(note["path"].as_str().expect("a path"))).expect("the note");
        for sentence in note["sentences"].as_array().expect("sentences") {
            let (start, end) = span(&sentence["span"]);
            assert_eq!(text.get(start..end), sentence["text"].as_str());
            assert!(verdicts.contains(sentence["verdict"].as_str().expect("a verdict")));
            for evidence in sentence["evidence"].as_array().expect("evidence") {
                let source =
                    std::fs::read_to_string(root.join(evidence["source"].as_str().expect("a source"))).expect("the source");
                let (start, end) = span(&evidence["span"]);
                let raw = source.get(start..end).expect("a span on character boundaries");
                let quote = evidence["quote"].as_str().expect("a quote");
                assert!(shares_words(raw, quote), "{raw} / {quote}");
            }
        }
    }
}

#[test]
fn hidden_text_of_a_page_is_never_shown() {
    let report = check().to_string();
    assert!(!report.contains("Achterlund resigned on 23 June"), "hidden text became evidence");
    assert!(!report.contains("ignore all earlier instructions"), "a comment became evidence");
}
