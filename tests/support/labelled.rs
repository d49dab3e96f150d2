//! Labelled notes, scored through the command line. A folder has `notes/`, `sources/` and labels, one
//! JSON object a sentence.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

const CITATION_CODES: [&str; 4] = ["unknown-citation", "wrong-citation", "unsupporting-citation", "broken-anchor"];

/// Folders with notes, sources and labels.
pub const FOLDERS: [&str; 5] = ["example", "business", "court", "science", "sport"];

/// Where a folder and its labels lie.
pub fn folder(name: &str) -> (PathBuf, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match name {
        "example" => (root.join("examples/port-ansel"), root.join("tests/corpus/cases.jsonl")),
        _ => (root.join("tests/domains").join(name), root.join("tests/domains").join(name).join("cases.jsonl")),
    }
}

/// Whether a sentence with this label should be warned about.
pub fn is_wanted(label: &str) -> bool {
    matches!(label, "unsupported" | "contradicted" | "misquote" | "partial")
}

/// What was found against what should have been.
pub struct Scores {
    pub precision: f64,
    pub recall: f64,
    pub first_evidence: f64,
    pub citation_precision: f64,
    /// By label and kind: sentences warned about, or left alone, as they should be; and all of them.
    pub kinds: BTreeMap<String, (usize, usize)>,
}

/// Who judges: both, or words alone.
pub const JUDGES: [&str; 2] = ["words", "model"];

/// The report of `corroborate check` on a folder, whose notes have mistakes.
pub fn report(folder: &Path, judge: &str) -> Value {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let settings = std::env::temp_dir().join(format!("corroborate-settings-{}-{number}.toml", std::process::id()));
    std::fs::write(&settings, format!("[model]\njudge = \"{judge}\"\n")).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .env("CORROBORATE_SETTINGS", &settings)
        .args(["check", "--format", "json"])
        .arg("--root")
        .arg(folder)
        .arg(folder.join("notes"))
        .output()
        .expect("the program runs");
    std::fs::remove_file(&settings).expect("a file");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

pub fn span(value: &Value) -> (usize, usize) {
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
pub fn shares_words(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    let words: Vec<&str> = a.split(' ').collect();
    a.contains(&b) || b.contains(&a) || words.windows(6).any(|run| b.contains(&run.join(" ")))
}

/// Scores a folder against its labels.
pub fn score(folder: &Path, labels: &Path, judge: &str) -> Scores {
    let report = report(folder, judge);
    let notes: BTreeMap<String, &Value> =
        report["notes"].as_array().expect("notes").iter().map(|n| (n["path"].as_str().expect("a path").to_owned(), n)).collect();
    let cases = std::fs::read_to_string(labels).expect("the labels");
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut hits, mut alarms, mut misses) = (0.0, 0.0, 0.0);
    let (mut first, mut supported) = (0.0, 0.0);
    let (mut cited_right, mut cited_wrong) = (0.0, 0.0);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        let text = |key: &str| case[key].as_str().expect("text").to_owned();
        let raw = std::fs::read_to_string(folder.join(text("note"))).expect("the note");
        let start = raw.find(&text("sentence")).expect("the sentence");
        let here = (start, start + text("sentence").len());
        let note = notes[&text("note")];
        let at_case = |v: &&Value| overlaps(span(&v["span"]), here);
        let findings: Vec<&Value> = note["findings"].as_array().expect("findings").iter().filter(at_case).collect();
        let is_citation = |f: &&&Value| CITATION_CODES.contains(&f["code"].as_str().expect("a code"));
        let loud = |f: &&Value| matches!(f["severity"].as_str(), Some("error" | "warning"));
        let warned = findings.iter().filter(|f| !is_citation(f)).any(loud);
        let wanted = is_wanted(&text("label"));
        let kind = kinds.entry(format!("{} / {}", text("label"), text("kind"))).or_default();
        kind.0 += usize::from(wanted == warned);
        kind.1 += 1;
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
        kinds,
    }
}
