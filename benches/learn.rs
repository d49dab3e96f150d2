//! `cargo bench --bench learn`: learns the weights of the support score and writes
//! `src/verify/weights.rs`.
//!
//! Logistic regression by projected gradient descent: each weight keeps the sign that
//! [`support::NAMES`] gives it. Every training set counts the same, and in each set both classes
//! count the same, so that 0.5 is the line on any of them. No randomness: the same data give the
//! same file, byte for byte.

mod eval;

use std::fmt::Write as _;
use std::path::Path;

use corroborate::verify::support::{COUNT, NAMES};
use corroborate::workspace::claims::{self, Judged};

struct Row {
    x: [f64; COUNT],
    y: f64,
    weight: f64,
    /// The row is the difference of a true claim and its false twin, for which only the order
    /// matters and no intercept counts.
    is_pair: bool,
}

const ROUNDS: usize = 6000;
const RATE: f64 = 0.5;
/// Keeps weights of features that say the same thing small and alike.
const RIDGE: f64 = 2e-4;
/// What all pairs of one set count together, where the claims of a set count 1.
const PAIRS_COUNT: f64 = 0.3;

/// How much a set counts. Sets whose claims are adversarial, machine-edited or labelled with little
/// agreement say little about where the line runs between a supported claim and another.
fn says(set: &str) -> f64 {
    if matches!(set, "expertqa" | "fm2" | "summedits") { 0.3 } else { 1.0 }
}

fn main() {
    let Some(folder) = eval::folder() else { return };
    let mut rows = Vec::new();
    let mut dump = String::new();
    for name in eval::SETS {
        let set = eval::read(&folder, name, "train");
        let judged: Vec<_> = set.cases.iter().map(|case| features(&set.judge(case, &case.claim))).collect();
        let positives = set.cases.iter().filter(|case| case.is_supported()).count() as f64;
        let negatives = set.cases.len() as f64 - positives;
        let mut pairs = Vec::new();
        for (case, x) in set.cases.iter().zip(judged) {
            let supported = case.is_supported();
            let _ = writeln!(dump, "{name},{},{}", u8::from(supported), x.map(|v| v.to_string()).join(","));
            let weight = says(name) * 0.5 / if supported { positives } else { negatives };
            rows.push(Row { x, y: f64::from(u8::from(supported)), weight, is_pair: false });
            if supported {
                for twin in eval::edits::twins(&case.claim, set.document(case)) {
                    let other = features(&set.judge(case, &twin));
                    let _ = writeln!(
                        dump,
                        "twin-{name},1,{}",
                        std::array::from_fn::<_, COUNT, _>(|i| x[i] - other[i]).map(|v| v.to_string()).join(",")
                    );
                    pairs.push(std::array::from_fn(|i| x[i] - other[i]));
                }
            }
        }
        let weight = says(name) * PAIRS_COUNT / pairs.len().max(1) as f64;
        rows.extend(pairs.into_iter().map(|x| Row { x, y: 1.0, weight, is_pair: true }));
    }
    if let Some(path) = std::env::var_os("CORROBORATE_DUMP") {
        std::fs::write(path, dump).expect("the dump can be written");
    }
    let (weights, intercept) = learn(&rows);
    let searched = learn_searched(&folder, &weights, intercept);
    let file = format!("{}/src/verify/weights.rs", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(&file, source(&weights, intercept, searched)).expect("the weights can be written");
    for ((name, _), weight) in NAMES.iter().zip(weights) {
        println!("{weight:8.3}  {name}");
    }
    println!("{searched:8.3}  where the library was searched");
    println!("{intercept:8.3}  intercept; written to src/verify/weights.rs");
}

/// A text of several sentences is described by the mean of its sentences.
fn features(judged: &Judged) -> [f64; COUNT] {
    let mut x = [0.0; COUNT];
    for v in &judged.sentences {
        for (sum, value) in x.iter_mut().zip(v.features.values) {
            *sum += f64::from(value) / judged.sentences.len() as f64;
        }
    }
    x
}

/// What a score loses where the passage was searched for among all documents: the shift that makes
/// both classes of pooled sets equally likely to fall on their side, by Newton's method.
fn learn_searched(folder: &Path, weights: &[f64; COUNT], intercept: f64) -> f64 {
    let mut rows: Vec<(f64, f64, f64)> = Vec::new();
    for name in ["defacto", "factcheck_gpt", "wice"] {
        let set = eval::read(folder, name, "train");
        let positives = set.cases.iter().filter(|case| case.is_supported()).count() as f64;
        for case in &set.cases {
            let x = features(&claims::judge(&case.claim, &set.library, None));
            let logit = intercept + x.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
            let supported = case.is_supported();
            let weight = 1.0 / if supported { positives } else { set.cases.len() as f64 - positives };
            rows.push((logit, f64::from(u8::from(supported)), weight));
        }
    }
    let mut shift = 0.0;
    for _ in 0..50 {
        let (mut slope, mut bend) = (0.0, 1e-9);
        for (logit, y, weight) in &rows {
            let p = 1.0 / (1.0 + (-(logit + shift)).exp());
            slope += weight * (p - y);
            bend += weight * p * (1.0 - p);
        }
        shift -= slope / bend;
    }
    shift.min(0.0)
}

fn learn(rows: &[Row]) -> ([f64; COUNT], f64) {
    let total: f64 = rows.iter().filter(|r| !r.is_pair).map(|r| r.weight).sum();
    let (mean, deviation) = moments(rows, total);
    let centre = |r: &Row, i: usize| if r.is_pair { 0.0 } else { mean[i] };
    let scaled: Vec<[f64; COUNT]> =
        rows.iter().map(|r| std::array::from_fn(|i| (r.x[i] - centre(r, i)) / deviation[i])).collect();
    let (mut w, mut b) = ([0.0; COUNT], 0.0);
    for _ in 0..ROUNDS {
        let (mut slope, mut slope_b) = ([0.0; COUNT], 0.0);
        for (row, x) in rows.iter().zip(&scaled) {
            let logit: f64 = if row.is_pair { 0.0 } else { b } + w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
            let error = row.weight * (1.0 / (1.0 + (-logit).exp()) - row.y) / total;
            slope_b += if row.is_pair { 0.0 } else { error };
            for i in 0..COUNT {
                slope[i] += error * x[i];
            }
        }
        b -= RATE * slope_b;
        for i in 0..COUNT {
            w[i] -= RATE * (slope[i] + RIDGE * w[i]);
            w[i] = if NAMES[i].1 { w[i].max(0.0) } else { w[i].min(0.0) };
        }
    }
    let plain: [f64; COUNT] = std::array::from_fn(|i| w[i] / deviation[i]);
    let intercept = b - plain.iter().zip(mean).map(|(w, m)| w * m).sum::<f64>();
    (plain, intercept)
}

fn moments(rows: &[Row], total: f64) -> ([f64; COUNT], [f64; COUNT]) {
    let claims: Vec<&Row> = rows.iter().filter(|r| !r.is_pair).collect();
    let mean: [f64; COUNT] = std::array::from_fn(|i| claims.iter().map(|r| r.weight * r.x[i]).sum::<f64>() / total);
    let deviation = std::array::from_fn(|i| {
        let variance = claims.iter().map(|r| r.weight * (r.x[i] - mean[i]).powi(2)).sum::<f64>() / total;
        variance.sqrt().max(0.05)
    });
    (mean, deviation)
}

fn source(weights: &[f64; COUNT], intercept: f64, searched: f64) -> String {
    let mut text = String::from(
        "//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.\n\n/// Added to every score.\n",
    );
    let _ = writeln!(text, "pub const INTERCEPT: f32 = {intercept:.3};\n\n/// Added where a whole library was searched.");
    let _ = writeln!(text, "pub const SEARCHED: f32 = {searched:.3};\n\n/// In the order of [`super::support::NAMES`].");
    let _ = writeln!(text, "pub const WEIGHTS: &[f32] = &[");
    for ((name, _), weight) in NAMES.iter().zip(weights) {
        let _ = writeln!(text, "    {:.3}, // {name}", weight + 0.0);
    }
    text.push_str("];\n");
    text
}
