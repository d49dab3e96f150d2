//! Every labelled sentence of the repository, and what the product says of it today: one line each.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use corroborate::library::Library;
use corroborate::rules::{Finding, Severity};
use corroborate::text::Span;
use corroborate::workspace::{self, CheckResult, Workspace};
use rayon::prelude::*;
use serde_json::Value;

use super::labelled::{self, FOLDERS};
use super::note_sentences::{self, NoteSentence};
use super::passages::{self, Labelled, Part, Passage};

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

fn lines_of(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no text “{key}” in {value}"))
}

/// What a set of labelled sentences is checked in.
pub fn workspace(set: &str) -> Workspace {
    if FOLDERS.contains(&set) {
        Workspace::open(&labelled::folder(set).0).without(None)
    } else {
        Workspace::of_library(library(set))
    }
}

/// The labelled sentences of a folder, or of a part of a set of claims.
pub fn lines(set: &str, part: Part, workspace: &Workspace) -> Vec<Line> {
    if FOLDERS.contains(&set) { folder(set, workspace) } else { claims(set, part, workspace) }
}

fn folder(name: &str, workspace: &Workspace) -> Vec<Line> {
    let (folder, labels) = labelled::folder(name);
    let mut checked: BTreeMap<String, (String, CheckResult)> = BTreeMap::new();
    let cases = lines_of(&labels);
    for case in &cases {
        checked.entry(text(case, "note").to_owned()).or_insert_with_key(|note| {
            let raw = std::fs::read_to_string(folder.join(note)).expect("the note");
            let checked = workspace::check(&raw, note, workspace, &|| false).expect("nobody cancels");
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

/// The passages of a set, each a source.
pub fn library(set: &str) -> Library {
    Library::new(passages::of(set).iter().flat_map(Passage::documents).collect(), Default::default())
}

/// Each claim in a note that cites its passage.
fn claims(set: &str, part: Part, workspace: &Workspace) -> Vec<Line> {
    let of_passage = |passage: &Passage| -> Vec<Line> {
        let mut note = String::new();
        let claims = || passage.claims.iter();
        let places: Vec<Span> = claims()
            .map(|Labelled { claim, .. }| {
                let start = note.len();
                let words = claim.trim_end_matches(['.', '!', '?']);
                note.push_str(&format!("{words} [@{}]{}\n\n", passage.id, &claim[words.len()..]));
                Span::new(start, note.len() - 2)
            })
            .collect();
        let checked = workspace::check(&note, "note.md", workspace, &|| false).expect("nobody cancels");
        let lines = claims().zip(places).enumerate().map(|(at, (Labelled { label, kind, .. }, place))| {
            Line::of(format!("{}.{} {label} {kind}", passage.id, at + 1), labelled::is_wanted(label), &checked, place)
        });
        lines.collect()
    };
    let own: Vec<Passage> = passages::of(set).into_iter().filter(|passage| passage.part() == part).collect();
    own.par_iter().map(of_passage).collect::<Vec<_>>().concat()
}

/// What note sentences are taken for. A sentence that asserts nothing is right if it is left alone.
pub fn kinds() -> Vec<Line> {
    let line = |s: NoteSentence| Line { is_right: s.is_checked == s.asserts, name: s.name, says: s.taken_for };
    note_sentences::of("kinds").into_iter().map(line).collect()
}
