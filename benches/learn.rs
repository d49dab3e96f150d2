//! `cargo bench --bench learn`: learns the weights of the support score and writes
//! `src/verify/weights.rs`.
//!
//! Logistic regression by projected gradient descent: each weight keeps the sign that
//! [`support::NAMES`] gives it. Every training set counts the same, and in each set both classes
//! count the same, so that 0.5 is the line on any of them. No randomness: the same data give the
//! same file, byte for byte.

mod eval;

use std::fmt::Write as _;

use corroborate::verify::support::{COUNT, NAMES};

struct Row {
    x: [f64; COUNT],
    y: f64,
    weight: f64,
}

const ROUNDS: usize = 6000;
const RATE: f64 = 0.5;
/// Keeps weights of features that say the same thing small and alike.
const RIDGE: f64 = 1e-3;

fn main() {
    let Some(folder) = eval::folder() else { return };
    let mut rows = Vec::new();
    let mut dump = String::new();
    for set in eval::SETS {
        let judged = eval::judge(&folder, set, "train");
        let positives = judged.iter().filter(|(case, _)| case.is_supported()).count() as f64;
        let negatives = judged.len() as f64 - positives;
        for (case, judged) in judged {
            // A text of several sentences is described by the mean of its sentences.
            let mut x = [0.0; COUNT];
            for v in &judged.sentences {
                for (sum, value) in x.iter_mut().zip(v.features.0) {
                    *sum += f64::from(value) / judged.sentences.len() as f64;
                }
            }
            let supported = case.is_supported();
            let _ = writeln!(dump, "{set},{},{}", u8::from(supported), x.map(|v| v.to_string()).join(","));
            rows.push(Row { x, y: f64::from(u8::from(supported)), weight: 0.5 / if supported { positives } else { negatives } });
        }
    }
    if let Some(path) = std::env::var_os("CORROBORATE_DUMP") {
        std::fs::write(path, dump).expect("the dump can be written");
    }
    let (weights, intercept) = learn(&rows);
    let file = format!("{}/src/verify/weights.rs", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(&file, source(&weights, intercept)).expect("the weights can be written");
    for ((name, _), weight) in NAMES.iter().zip(weights) {
        println!("{weight:8.3}  {name}");
    }
    println!("{intercept:8.3}  intercept; written to src/verify/weights.rs");
}

fn learn(rows: &[Row]) -> ([f64; COUNT], f64) {
    let total: f64 = rows.iter().map(|r| r.weight).sum();
    let (mean, deviation) = moments(rows, total);
    let scaled: Vec<[f64; COUNT]> = rows.iter().map(|r| std::array::from_fn(|i| (r.x[i] - mean[i]) / deviation[i])).collect();
    let (mut w, mut b) = ([0.0; COUNT], 0.0);
    for _ in 0..ROUNDS {
        let (mut slope, mut slope_b) = ([0.0; COUNT], 0.0);
        for (row, x) in rows.iter().zip(&scaled) {
            let logit: f64 = b + w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
            let error = row.weight * (1.0 / (1.0 + (-logit).exp()) - row.y) / total;
            slope_b += error;
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
    let mean: [f64; COUNT] = std::array::from_fn(|i| rows.iter().map(|r| r.weight * r.x[i]).sum::<f64>() / total);
    let deviation = std::array::from_fn(|i| {
        let variance = rows.iter().map(|r| r.weight * (r.x[i] - mean[i]).powi(2)).sum::<f64>() / total;
        variance.sqrt().max(1e-6)
    });
    (mean, deviation)
}

fn source(weights: &[f64; COUNT], intercept: f64) -> String {
    let mut text = String::from(
        "//! The weights of the support score. Written by `cargo bench --bench learn`; do not edit.\n\n/// Added to every score.\n",
    );
    let _ = writeln!(text, "pub const INTERCEPT: f32 = {intercept:.3};\n\n/// In the order of [`super::support::NAMES`].");
    let _ = writeln!(text, "pub const WEIGHTS: [f32; super::support::COUNT] = [");
    for ((name, _), weight) in NAMES.iter().zip(weights) {
        let _ = writeln!(text, "    {:.3}, // {name}", weight + 0.0);
    }
    text.push_str("];\n");
    text
}
