//! Every labelled sentence of the repository, and what the product says of it today: one line each.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use corroborate::library::Library;
use corroborate::note::SentenceKind;
use corroborate::rules::{Finding, Severity};
use corroborate::source::{Fields, read};
use corroborate::text::Span;
use corroborate::workspace::{self, CheckResult, Workspace};
use rayon::prelude::*;
use serde_json::Value;

use super::labelled;

/// Passages with labelled claims.
pub const CLAIMS: [&str; 9] = ["wire", "intel", "court", "sci", "talk", "gov", "news", "hist", "fin"];

/// A labelled sentence with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is called, and its label and kind.
    pub name: String,
    /// Whether it is warned about just if it should be.
    pub is_right: bool,
    /// The verdicts, codes and comparisons.
    pub says: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} | {}", if self.is_right { '+' } else { '-' }, self.name, self.says)
    }
}

impl Line {
    /// A line as it was written.
    pub fn parse(line: &str) -> Option<Self> {
        let (mark, rest) = line.split_at_checked(2)?;
        let (name, says) = rest.split_once(" | ")?;
        Some(Self { name: name.to_owned(), is_right: mark == "+ ", says: says.to_owned() })
    }

    fn of(name: String, is_wanted: bool, checked: &CheckResult, place: Span) -> Self {
        let findings: Vec<&Finding> = checked.findings.iter().filter(|f| f.span.overlaps(place)).collect();
        let is_warned = findings.iter().any(|f| matches!(f.severity, Severity::Error | Severity::Warning));
        let inside = || {
            let sentences = checked.note.sentences.iter().zip(&checked.verifications);
            sentences.filter(|(sentence, _)| sentence.span.overlaps(place)).map(|(_, verification)| verification.as_ref())
        };
        let verdicts = inside().map(|v| v.map_or("not-a-claim", |v| v.verdict.name()));
        let says =
            [joined(verdicts), joined(findings.iter().map(|f| f.code)), joined(inside().flatten().flat_map(|v| v.comparisons()))];
        Self { name, is_right: is_wanted == is_warned, says: says.join(" | ").trim_end_matches([' ', '|']).to_owned() }
    }
}

/// Different words in the order of the text.
fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for word in words {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(" ")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn lines_of(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no text “{key}” in {value}"))
}

/// The labelled sentences of a folder; `without` a comparison, to see what it is worth.
pub fn folder(name: &str, without: Option<&'static str>) -> Vec<Line> {
    let (folder, labels) = labelled::folder(name);
    let workspace = Workspace::open(&folder).without(without);
    let mut checked: BTreeMap<String, (String, CheckResult)> = BTreeMap::new();
    let cases = lines_of(&labels);
    for case in &cases {
        checked.entry(text(case, "note").to_owned()).or_insert_with_key(|note| {
            let raw = std::fs::read_to_string(folder.join(note)).expect("the note");
            let checked = workspace::check(&raw, note, &workspace, &|| false).expect("nobody cancels");
            (raw, checked)
        });
    }
    cases
        .iter()
        .map(|case| {
            let (raw, checked) = &checked[text(case, "note")];
            let (sentence, label) = (text(case, "sentence"), text(case, "label"));
            let start = raw.find(sentence).unwrap_or_else(|| panic!("“{sentence}” is not in the note"));
            let name = format!("{} {label} {}", text(case, "id"), text(case, "kind"));
            Line::of(name, labelled::is_wanted(label), checked, Span::new(start, start + sentence.len()))
        })
        .collect()
}

fn passages(kind: &str) -> Vec<Value> {
    lines_of(&root().join(format!("tests/claims/{kind}.jsonl")))
}

/// The passages of a kind, each a source.
pub fn library(kind: &str) -> Library {
    let file = |passage: &Value| {
        let (path, text) = (format!("{}.txt", text(passage, "id")), text(passage, "text"));
        read(&path, text.as_bytes(), &Fields::default()).unwrap_or_default()
    };
    Library::new(passages(kind).iter().flat_map(file).collect(), Default::default())
}

/// The labelled claims of a kind of passages, each in a note that cites its passage.
pub fn claims(kind: &str, without: Option<&'static str>) -> Vec<Line> {
    let workspace = Workspace::of_library(library(kind)).without(without);
    let passages = passages(kind);
    let of_passage = |passage: &Value| -> Vec<Line> {
        let id = text(passage, "id");
        let claims = passage["claims"].as_array().expect("claims");
        let mut note = String::new();
        let places: Vec<Span> = claims
            .iter()
            .map(|claim| {
                let start = note.len();
                let claim = text(claim, "claim");
                let words = claim.trim_end_matches(['.', '!', '?']);
                note.push_str(&format!("{words} [@{id}]{}\n\n", &claim[words.len()..]));
                Span::new(start, note.len() - 2)
            })
            .collect();
        let checked = workspace::check(&note, "note.md", &workspace, &|| false).expect("nobody cancels");
        let lines = claims.iter().zip(places).enumerate().map(|(at, (claim, place))| {
            let label = text(claim, "label");
            Line::of(format!("{id}.{} {label} {}", at + 1, text(claim, "kind")), labelled::is_wanted(label), &checked, place)
        });
        lines.collect()
    };
    passages.par_iter().map(of_passage).collect::<Vec<_>>().concat()
}

/// What note sentences are taken for. A sentence that asserts nothing is right if it is left alone.
pub fn kinds() -> Vec<Line> {
    let workspace = Workspace::of_library(Library::default());
    let of_note = |note: &Value| -> Vec<Line> {
        let (id, md) = (text(note, "id"), text(note, "md"));
        let parsed = workspace::check(md, "note.md", &workspace, &|| false).expect("nobody cancels").note;
        let mut from = 0;
        let lines = note["sentences"].as_array().expect("sentences").iter().enumerate().map(|(at, sentence)| {
            let (words, kind) = (text(sentence, "s"), text(sentence, "k"));
            let start = md[from..].find(words).map_or_else(|| md.find(words).expect("the sentence"), |at| from + at);
            let place = Span::new(start, start + words.len());
            from = place.end;
            let inside = || parsed.sentences.iter().filter(|s| s.span.overlaps(place)).map(|s| s.kind);
            let is_checked = inside().any(|kind| kind.is_some_and(SentenceKind::asserts));
            let asserts = matches!(kind, "claim" | "claim-about-source" | "premise");
            let names = inside().map(|kind| match kind {
                Some(SentenceKind::Claim) => "claim",
                Some(SentenceKind::Premise) => "premise",
                Some(SentenceKind::Judgement) => "judgement",
                Some(SentenceKind::Other) | None => "other",
            });
            Line { name: format!("{id}.{} {kind}", at + 1), is_right: is_checked == asserts, says: joined(names) }
        });
        lines.collect()
    };
    lines_of(&root().join("tests/claims/kinds.jsonl")).par_iter().flat_map_iter(of_note).collect()
}
