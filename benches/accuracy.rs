//! `cargo bench --bench accuracy`: how well claims are judged, per set and per kind of edit, on
//! the development splits. Nothing here is tuned on them; the line is at 0.5.

mod eval;

use std::collections::BTreeMap;

use corroborate::verify::Verdict;

fn main() {
    let Some(folder) = eval::folder() else { return };
    golden_sentences(&folder);
    println!("{:16}{:>6}{:>8}{:>9}{:>12}{:>8}", "set", "n", "AUC", "BAcc@.5", "conflict P", "R");
    let (mut aucs, mut accuracies) = (Vec::new(), Vec::new());
    for set in eval::SETS {
        let judged = eval::judge(&folder, set, "dev");
        let scored: Vec<(f32, bool)> = judged.iter().map(|(case, j)| (j.score, case.is_supported())).collect();
        let (auc, accuracy) = (eval::auc(&scored), eval::balanced_accuracy(&scored));
        aucs.push(auc);
        accuracies.push(accuracy);
        let wrong = |label: &str| matches!(label, "contradicted" | "unsupported");
        let flagged: Vec<bool> = judged
            .iter()
            .filter(|(_, j)| matches!(j.verdict, Verdict::Contradicted | Verdict::Misquoted))
            .map(|(case, _)| wrong(&case.label))
            .collect();
        let hits = flagged.iter().filter(|hit| **hit).count();
        let all = judged.iter().filter(|(case, _)| wrong(&case.label)).count();
        println!(
            "{set:16}{:6}{:8.1}{:9.1}{:>12}{:8.1}",
            judged.len(),
            100.0 * auc,
            100.0 * accuracy,
            if flagged.is_empty() { "-".to_owned() } else { format!("{:.1}", percent(hits, flagged.len())) },
            percent(hits, all),
        );
    }
    let mean = |of: &[f64]| 100.0 * of.iter().sum::<f64>() / of.len() as f64;
    println!("{:16}{:6}{:8.1}{:9.1}", "macro", "", mean(&aucs), mean(&accuracies));
    pairs(&folder);
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Pairs of a true claim and an edited one: how often the true one scores higher, by kind of edit.
fn pairs(folder: &std::path::Path) {
    let mut twins: BTreeMap<u64, (Option<f32>, Option<f32>, String)> = BTreeMap::new();
    for (case, judged) in eval::judge(folder, "perturb", "dev") {
        let Some(pair) = case.pair else { continue };
        let twin = twins.entry(pair).or_default();
        if case.is_supported() {
            twin.0 = Some(judged.score);
        } else {
            twin.1 = Some(judged.score);
            twin.2 = case.edit.unwrap_or_default();
        }
    }
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (right, wrong, kind) in twins.into_values() {
        let (Some(right), Some(wrong)) = (right, wrong) else { continue };
        for name in [kind, "all".to_owned()] {
            let count = kinds.entry(name).or_default();
            count.0 += usize::from(right > wrong);
            count.1 += 1;
        }
    }
    println!("\nedited pairs: the true one scores higher");
    for (kind, (right, all)) in kinds {
        println!("{kind:16}{right:5} of {all:4}{:8.1} %", percent(right, all));
    }
}

/// The golden rules of sentence segmentation: how many are cut exactly as given.
fn golden_sentences(folder: &std::path::Path) {
    #[derive(serde::Deserialize)]
    struct Golden {
        name: String,
        text: String,
        sentences: Vec<String>,
    }
    let text = std::fs::read_to_string(folder.join("sentseg/dev.jsonl")).unwrap_or_default();
    let folded = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut right, mut all) = (0, 0);
    for line in text.lines() {
        let golden: Golden = serde_json::from_str(line).expect("a golden rule");
        let spans = corroborate::text::sentences::sentences(&golden.text);
        let found: Vec<String> = spans.into_iter().map(|s| folded(s.of(&golden.text))).collect();
        all += 1;
        if found == golden.sentences.iter().map(|s| folded(s)).collect::<Vec<_>>() {
            right += 1;
        } else {
            println!("golden rule not met: {}", golden.name);
        }
    }
    println!("golden rules of sentence segmentation: {right} of {all}\n");
}
