//! The passages of `tests/claims`, with their labelled claims.

#![allow(dead_code)] // Each user needs a part of it.

use std::path::{Path, PathBuf};

use corroborate::library::{Library, SourceId};
use corroborate::source::{Fields, Source, read};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Passage {
    pub id: String,
    #[serde(default)]
    pub text: Option<String>,
    /// In the place of a text: several documents.
    #[serde(default)]
    pub sources: Vec<Document>,
    pub claims: Vec<Labelled>,
}

#[derive(Deserialize)]
pub struct Document {
    pub title: String,
    #[serde(default)]
    pub date: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Labelled {
    pub claim: String,
    pub label: String,
    pub kind: String,
    /// The sentence or heading of the note before it.
    #[serde(default)]
    pub context: Option<String>,
}

/// What a passage is there for. Passages whose number ends in 1 are the test part, those in 2 the tuning part, as in
/// `model/train/data.py`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Train,
    Tuning,
    Test,
}

impl Passage {
    pub fn part(&self) -> Part {
        match self.id.bytes().last() {
            Some(b'1') => Part::Test,
            Some(b'2') => Part::Tuning,
            _ => Part::Train,
        }
    }

    /// The one document that it is, if it is one.
    pub fn only(&self, library: &Library) -> Option<SourceId> {
        self.text.as_ref().and_then(|_| library.by_path(&format!("{}.txt", self.id)))
    }

    pub fn library(&self) -> Library {
        Library::new(self.documents(), Default::default())
    }

    /// Its documents, called by its id.
    pub fn documents(&self) -> Vec<Source> {
        let document = |path: String, text: &str, title: &str, date: &str| {
            let fields = [("title", title), ("date", date)].into_iter().filter(|(_, value)| !value.is_empty());
            let mut known = Fields::default();
            fields.for_each(|(name, value)| known.add(name, value));
            read(&path, text.as_bytes(), &known).unwrap_or_default()
        };
        match &self.text {
            Some(text) => document(format!("{}.txt", self.id), text, "", ""),
            None => {
                let named = self.sources.iter().enumerate();
                named.flat_map(|(at, d)| document(format!("{}-{}.txt", self.id, at + 1), &d.text, &d.title, &d.date)).collect()
            }
        }
    }
}

impl Labelled {
    pub fn is_supported(&self) -> bool {
        self.label == "supported"
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims")
}

/// The names of all sets of passages, in order.
pub fn sets() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("tests/claims");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok()?.strip_suffix(".jsonl").map(str::to_owned));
    let mut sets: Vec<String> = names.filter(|name| !name.starts_with("kinds")).collect();
    sets.sort();
    sets
}

pub fn of(set: &str) -> Vec<Passage> {
    let text = std::fs::read_to_string(folder().join(format!("{set}.jsonl"))).expect("a set of passages");
    text.lines().map(|line| serde_json::from_str(line).expect("a passage")).collect()
}
