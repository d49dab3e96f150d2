//! Labelled claims from `../shared/eval`, which is no part of the project: benchmarks skip where
//! it is missing.

#![allow(dead_code)] // Each benchmark uses a part of it.

pub mod edits;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use corroborate::entail::Model;
use corroborate::library::Library;
use corroborate::source::Source;
use corroborate::workspace::claims::{self, TextVerification};
use rayon::prelude::*;
use serde::Deserialize;

/// The sets that are real text with human labels.
pub const SETS: [&str; 6] = ["defacto", "expertqa", "factcheck_gpt", "fm2", "summedits", "wice"];

#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub doc_id: String,
    pub claim: String,
    pub label: String,
    #[serde(default)]
    pub edit: Option<String>,
    #[serde(default)]
    pub pair: Option<u64>,
}

impl Case {
    pub fn is_supported(&self) -> bool {
        self.label == "supported"
    }
}

#[derive(Deserialize)]
struct Document {
    doc_id: String,
    text: String,
}

pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the labelled sets are not here (../shared/eval)");
    None
}

pub fn lines<T: for<'d> Deserialize<'d>>(path: &Path) -> Vec<T> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("a line of the labelled sets")).collect()
}

/// A set: its claims and its documents.
pub struct Set {
    pub cases: Vec<Case>,
    pub library: Library,
}

impl Set {
    /// Judges a claim against the document of a case, as `corroborate verify` does.
    pub fn judge(&self, case: &Case, claim: &str, reader: Option<&dyn Model>) -> TextVerification {
        claims::judge(claim, &self.library, self.library.by_path(&case.doc_id), reader)
    }

    pub fn document(&self, case: &Case) -> String {
        self.library.by_path(&case.doc_id).map_or_else(String::new, |id| self.library.view().source(id).text.clone())
    }
}

/// Judges every claim of a split.
pub fn judge(folder: &Path, set: &str, split: &str, reader: Option<&dyn Model>) -> Vec<(Case, TextVerification)> {
    let set = read(folder, set, split);
    let judged: Vec<TextVerification> = set.cases.par_iter().map(|case| set.judge(case, &case.claim, reader)).collect();
    set.cases.into_iter().zip(judged).collect()
}

/// Reads a split of a set.
pub fn read(folder: &Path, set: &str, split: &str) -> Set {
    let cases: Vec<Case> = lines(&folder.join(set).join(format!("{split}.jsonl")));
    let documents: Vec<Document> = lines(&folder.join(set).join("docs.jsonl"));
    // As `corroborate verify` does: what no claim names is not read.
    let wanted: BTreeSet<String> = cases.iter().map(|c| c.doc_id.clone()).collect();
    let sources = documents.into_iter().filter(|d| wanted.contains(d.doc_id.as_str())).map(|d| Source::of_text(d.doc_id, d.text));
    Set { cases, library: Library::new(sources.collect(), Default::default()) }
}

/// Area under the ROC curve, ties counted half.
pub fn auc(scored: &[(f32, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (positives, negatives) = (sorted.iter().filter(|s| s.1).count() as f64, sorted.iter().filter(|s| !s.1).count() as f64);
    let (mut rank, mut i) = (0.0, 0);
    while i < sorted.len() {
        let j = sorted[i..].iter().take_while(|s| s.0 == sorted[i].0).count();
        let held = sorted[i..i + j].iter().filter(|s| s.1).count() as f64;
        rank += held * (2 * i + 1 + j) as f64 / 2.0;
        i += j;
    }
    (rank - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

/// The mean of the shares of both classes that fall on their side of 0.5.
pub fn balanced_accuracy(scored: &[(f32, bool)]) -> f64 {
    let share = |class: bool| {
        let of: Vec<_> = scored.iter().filter(|s| s.1 == class).collect();
        of.iter().filter(|s| (s.0 >= 0.5) == class).count() as f64 / of.len().max(1) as f64
    };
    (share(true) + share(false)) / 2.0
}
