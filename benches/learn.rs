//! `cargo bench --bench learn`: learns the weights of the support score and writes
//! `src/verify/score/weights.rs`.
//!
//! Logistic regression by projected gradient descent: each weight keeps the sign that
//! [`features::NAMES`] gives it. Every training set counts the same, and in each set both classes
//! count the same. While the weights are learned each set has an intercept of its own, so that they
//! say what tells claims of one document collection apart, and not one collection from another; the
//! one intercept of the file is found last. A claim of several sentences is described as it is
//! judged: by all, and mostly by the one that is least supported. No randomness: the same data give
//! the same file, byte for byte.
//!
//! There are two tables: where only words are compared, and where the model has read the claim. The second is learned from
//! claims from which the model has learned nothing: a fifth of the public train sets and a tenth of `tests/claims`.

mod eval;
#[path = "../tests/support/passages.rs"]
mod passages;
mod reader;

use std::fmt::Write as _;
use std::path::Path;

use corroborate::entail::Model;
use corroborate::verify::features::{COUNT, NAMES};
use corroborate::workspace::claims::{self, TextVerification, WORST_COUNTS};
use passages::{Part, Passage};
use rayon::prelude::*;
use reader::reader;
use sha2::{Digest, Sha256};

/// A labelled claim.
struct Example {
    set: usize,
    is_supported: bool,
    weight: f64,
    sentences: Vec<Features>,
    /// False twins: the same claim with one thing changed.
    twins: Vec<Vec<Features>>,
}

type Features = [f64; COUNT];

const STEPS: usize = 3;
const ROUNDS: usize = 4000;
const RATE: f64 = 0.5;
/// Keeps weights of features that say the same thing small and alike.
const RIDGE: f64 = 2e-3;
/// What all pairs of a true claim and its twin count together, where all claims count 1.
const PAIRS_COUNT: f64 = 0.2;

fn main() {
    let Some(folder) = eval::folder() else { return };
    let words = learned(&folder, public(&folder, None), None);
    let model: Option<&dyn Model> = Some(reader());
    let mut examples = public(&folder, model);
    examples.iter_mut().for_each(|example| example.weight /= 2.0);
    examples.extend(passages(eval::SETS.len()));
    let model = learned(&folder, examples, model);
    reader().save();
    let file = format!("{}/src/verify/score/weights.rs", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(&file, source(&words, &model)).expect("the weights can be written");
    for (((name, _), word), model) in NAMES.iter().zip(words.each).zip(model.each) {
        println!("{word:8.3}{model:8.3}  {name}");
    }
    println!("{:8.3}{:8.3}  where the library was searched", words.searched, model.searched);
    println!("{:8.3}{:8.3}  intercept; written to src/verify/score/weights.rs", words.intercept, model.intercept);
}

/// What is learned.
struct Weights {
    each: Features,
    intercept: f64,
    searched: f64,
}

fn learned(folder: &Path, examples: Vec<Example>, reader: Option<&dyn Model>) -> Weights {
    let (each, intercept) = learn(&examples);
    let searched = learn_searched(folder, &each, intercept, reader);
    Weights { each, intercept, searched }
}

/// Claims of the public train sets; with a model those of which it has learned nothing.
fn public(folder: &Path, reader: Option<&dyn Model>) -> Vec<Example> {
    let mut examples = Vec::new();
    for (at, name) in eval::SETS.iter().enumerate() {
        let mut set = eval::read(folder, name, "train");
        set.cases.retain(|case| reader.is_none() || is_for_tuning(&case.doc_id));
        let positives = set.cases.iter().filter(|case| case.is_supported()).count() as f64;
        let negatives = set.cases.len() as f64 - positives;
        let example = |case: &eval::Case| {
            let is_supported = case.is_supported();
            let twins = if is_supported { eval::edits::twins(&case.claim, &set.document(case)) } else { Vec::new() };
            Example {
                set: at,
                is_supported,
                weight: 0.5 / eval::SETS.len() as f64 / if is_supported { positives } else { negatives },
                sentences: features(&set.judge(case, &case.claim, reader)),
                twins: twins.iter().map(|twin| features(&set.judge(case, twin, reader))).collect(),
            }
        };
        examples.par_extend(set.cases.par_iter().map(example));
    }
    examples
}

/// As `part_of` in `model/train/data.py`: every fifth document.
fn is_for_tuning(document: &str) -> bool {
    Sha256::digest(document.as_bytes()).iter().fold(0, |rest, byte| (256 * rest + u32::from(*byte)) % 5) == 0
}

/// The claims of the tuning part of `tests/claims`.
fn passages(first: usize) -> Vec<Example> {
    let sets = passages::sets();
    let mut examples = Vec::new();
    for (at, set) in sets.iter().enumerate() {
        let own: Vec<Passage> = passages::of(set).into_iter().filter(|passage| passage.part() == Part::Tuning).collect();
        let count = |is: bool| own.iter().flat_map(|p| &p.claims).filter(|c| c.is_supported() == is).count() as f64;
        let (positives, negatives) = (count(true), count(false));
        let of_passage = |passage: &Passage| -> Vec<Example> {
            let library = passage.library();
            let example = |claim: &passages::Labelled| Example {
                set: first + at,
                is_supported: claim.is_supported(),
                weight: 0.25 / sets.len() as f64 / if claim.is_supported() { positives } else { negatives },
                sentences: features(&claims::judge(&claim.claim, &library, passage.only(&library), Some(reader()))),
                twins: Vec::new(),
            };
            passage.claims.iter().filter(|claim| claim.context.is_none()).map(example).collect()
        };
        examples.par_extend(own.par_iter().flat_map_iter(of_passage));
    }
    examples
}

fn features(judged: &TextVerification) -> Vec<Features> {
    judged.sentences.iter().map(|v| v.features.values().map(f64::from)).collect()
}

/// All sentences as one: their mean, and mostly the one that the weights say is worst.
fn pooled(sentences: &[Features], weights: &Features) -> Features {
    let score = |x: &Features| x.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
    let Some(worst) = sentences.iter().min_by(|a, b| score(a).total_cmp(&score(b))) else { return [0.0; COUNT] };
    let all = sentences.len() as f64;
    let mean = |i: usize| sentences.iter().map(|x| x[i]).sum::<f64>() / all;
    std::array::from_fn(|i| f64::from(WORST_COUNTS) * worst[i] + f64::from(1.0 - WORST_COUNTS) * mean(i))
}

/// What a score loses where the passage was searched for among all documents: the shift that makes
/// both classes of pooled sets equally likely to fall on their side, by Newton's method.
fn learn_searched(folder: &Path, weights: &Features, intercept: f64, reader: Option<&dyn Model>) -> f64 {
    let mut rows: Vec<(f64, f64, f64)> = Vec::new();
    for name in ["defacto", "factcheck_gpt", "wice"] {
        let mut set = eval::read(folder, name, "train");
        set.cases.retain(|case| reader.is_none() || is_for_tuning(&case.doc_id));
        let positives = set.cases.iter().filter(|case| case.is_supported()).count() as f64;
        let judge = |case: &eval::Case| features(&claims::judge(&case.claim, &set.library, None, reader));
        let judged: Vec<Vec<Features>> = set.cases.par_iter().map(judge).collect();
        for (case, judged) in set.cases.iter().zip(judged) {
            let x = pooled(&judged, weights);
            let logit = intercept + x.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
            let supported = case.is_supported();
            let weight = 1.0 / if supported { positives } else { set.cases.len() as f64 - positives };
            rows.push((logit, f64::from(u8::from(supported)), weight));
        }
    }
    shift(&rows).min(0.0)
}

/// The number to add to each logit so that labels and scores agree on the whole, by Newton's
/// method. Rows are logit, label and weight.
fn shift(rows: &[(f64, f64, f64)]) -> f64 {
    let mut shift = 0.0;
    for _ in 0..50 {
        let (mut slope, mut bend) = (0.0, 1e-9);
        for (logit, y, weight) in rows {
            let p = 1.0 / (1.0 + (-(logit + shift)).exp());
            slope += weight * (p - y);
            bend += weight * p * (1.0 - p);
        }
        shift -= slope / bend;
    }
    shift
}

/// A claim, or the difference of a claim and its twin, of which only the order matters.
struct Row {
    x: Features,
    y: f64,
    weight: f64,
    /// The claim's set; none for a difference, where no intercept counts.
    set: Option<usize>,
}

fn learn(examples: &[Example]) -> (Features, f64) {
    let mut weights = NAMES.map(|(_, raises)| if raises { 1.0 } else { -1.0 });
    let mut rows = Vec::new();
    for _ in 0..STEPS {
        rows = rows_of(examples, &weights);
        weights = descend(&rows);
    }
    let logit = |row: &Row| row.x.iter().zip(&weights).map(|(x, w)| x * w).sum::<f64>();
    let claims = rows.iter().filter(|row| row.set.is_some());
    let intercept = shift(&claims.map(|row| (logit(row), row.y, row.weight)).collect::<Vec<_>>());
    (weights, intercept)
}

fn rows_of(examples: &[Example], weights: &Features) -> Vec<Row> {
    let twins = examples.iter().map(|e| e.twins.len()).sum::<usize>().max(1) as f64;
    let mut rows = Vec::new();
    for example in examples {
        let x = pooled(&example.sentences, weights);
        let y = f64::from(u8::from(example.is_supported));
        rows.push(Row { x, y, weight: example.weight, set: Some(example.set) });
        rows.extend(example.twins.iter().map(|twin| {
            let other = pooled(twin, weights);
            Row { x: std::array::from_fn(|i| x[i] - other[i]), y: 1.0, weight: PAIRS_COUNT / twins, set: None }
        }));
    }
    rows
}

fn descend(rows: &[Row]) -> Features {
    let (mean, deviation) = moments(rows);
    let centre = |r: &Row, i: usize| if r.set.is_none() { 0.0 } else { mean[i] };
    let scaled: Vec<Features> = rows.iter().map(|r| std::array::from_fn(|i| (r.x[i] - centre(r, i)) / deviation[i])).collect();
    let sets = rows.iter().filter_map(|row| row.set).max().map_or(0, |last| last + 1);
    let (mut w, mut intercepts) = ([0.0; COUNT], vec![0.0; sets]);
    for _ in 0..ROUNDS {
        let (mut slope, mut slopes) = ([0.0; COUNT], vec![0.0; sets]);
        for (row, x) in rows.iter().zip(&scaled) {
            let logit = row.set.map_or(0.0, |set| intercepts[set]) + w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
            let error = row.weight * (1.0 / (1.0 + (-logit).exp()) - row.y);
            if let Some(set) = row.set {
                slopes[set] += error;
            }
            for i in 0..COUNT {
                slope[i] += error * x[i];
            }
        }
        for (intercept, slope) in intercepts.iter_mut().zip(slopes) {
            *intercept -= RATE * sets as f64 * slope;
        }
        for i in 0..COUNT {
            w[i] -= RATE * (slope[i] + RIDGE * w[i]);
            w[i] = if NAMES[i].1 { w[i].max(0.0) } else { w[i].min(0.0) };
        }
    }
    std::array::from_fn(|i| w[i] / deviation[i])
}

fn moments(rows: &[Row]) -> (Features, Features) {
    let claims = || rows.iter().filter(|r| r.set.is_some());
    let mean: Features = std::array::from_fn(|i| claims().map(|r| r.weight * r.x[i]).sum());
    let deviation = std::array::from_fn(|i| {
        let variance: f64 = claims().map(|r| r.weight * (r.x[i] - mean[i]).powi(2)).sum();
        variance.sqrt().max(0.05)
    });
    (mean, deviation)
}

fn source(words: &Weights, model: &Weights) -> String {
    let mut text = String::from(
        "//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.

/// What each feature counts, in the order of [`crate::verify::features::NAMES`].
#[derive(Debug)]
pub struct Weights {
    /// Added to every score.
    pub intercept: f32,
    /// Added where a whole library was searched.
    pub searched: f32,
    pub each: [f32; crate::verify::features::COUNT],
}
",
    );
    let tables =
        [("Where the model has read the claim.", "WITH_MODEL", model), ("Where only words are compared.", "WORDS_ONLY", words)];
    for (about, name, weights) in tables {
        let Weights { each, intercept, searched } = weights;
        let _ = writeln!(text, "\n/// {about}\npub const {name}: Weights = Weights {{\n    intercept: {intercept:.3},");
        let _ = writeln!(text, "    searched: {searched:.3},\n    each: [");
        for ((name, _), weight) in NAMES.iter().zip(each) {
            let value = format!("{:.3},", weight + 0.0);
            let _ = writeln!(text, "        {value:<7} // {name}");
        }
        text.push_str("    ],\n};\n");
    }
    text
}
