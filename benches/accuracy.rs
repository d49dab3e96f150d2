//! `cargo bench --bench accuracy`: how well claims are told apart by words alone, by the model alone and by both: the test
//! part of `tests/claims` (claims, and sentences of notes), the development splits of the public sets, and pairs of claims that were edited. Nothing is
//! learned from them or tuned on them; the line is at 0.5.

mod eval;
#[path = "../tests/support/note_sentences.rs"]
mod note_sentences;
#[path = "../tests/support/passages.rs"]
mod passages;
mod reader;

use std::collections::BTreeMap;
use std::path::Path;

use corroborate::verify::Verdict;
use corroborate::workspace::claims::{self, TextVerification, WORST_COUNTS};
use passages::{Part, Passage};
use rayon::prelude::*;
use reader::reader;

/// Claims with what words alone, the model alone and both make of them.
#[derive(Default)]
struct Scored {
    words: Vec<(f32, bool)>,
    model: Vec<(f32, bool)>,
    both: Vec<(f32, bool)>,
}

impl Scored {
    fn add(&mut self, is_supported: bool, words: &TextVerification, both: &TextVerification) {
        self.words.push((words.score, is_supported));
        self.model.push((entailed(both), is_supported));
        self.both.push((both.score, is_supported));
    }

    fn join(&mut self, other: &Self) {
        self.words.extend(&other.words);
        self.model.extend(&other.model);
        self.both.extend(&other.both);
    }

    /// Its line of the table, and AUC and balanced accuracy of each.
    fn print(&self, name: &str) -> [f64; 6] {
        let figures = [&self.words, &self.model, &self.both].map(|s| [100.0 * eval::auc(s), 100.0 * eval::balanced_accuracy(s)]);
        let [w, m, b] = figures;
        print!("{name:16}{:6}{:8.1}{:7.1}{:9.1}{:7.1}{:9.1}{:7.1}", self.both.len(), w[0], w[1], m[0], m[1], b[0], b[1]);
        println!("{:>8}", format!("±{:.1}", 100.0 * margin(&self.both)));
        [w[0], w[1], m[0], m[1], b[0], b[1]]
    }
}

/// How surely the model says that the text is entailed, its sentences taken together as scores are.
fn entailed(judged: &TextVerification) -> f32 {
    let shares: Vec<f32> =
        judged.sentences.iter().map(|v| v.excerpt.as_ref().map_or(0.0, |excerpt| excerpt.entailment.entailed)).collect();
    let worst = shares.iter().copied().fold(1.0, f32::min);
    WORST_COUNTS * worst + (1.0 - WORST_COUNTS) * shares.iter().sum::<f32>() / shares.len().max(1) as f32
}

/// Half of the 95 % interval of an AUC (Hanley and McNeil 1982).
fn margin(scored: &[(f32, bool)]) -> f64 {
    let auc = eval::auc(scored);
    let (positives, all) = (scored.iter().filter(|s| s.1).count() as f64, scored.len() as f64);
    let negatives = all - positives;
    let (q1, q2) = (auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc));
    let spread = auc * (1.0 - auc) + (positives - 1.0) * (q1 - auc * auc) + (negatives - 1.0) * (q2 - auc * auc);
    1.96 * (spread / (positives * negatives)).sqrt()
}

/// The sets of `tests/claims` that were made so that words give nothing away, and those of natural notes.
const FIRST_KIND: [&str; 5] = ["wire", "intel", "court", "sci", "talk"];
const NATURAL: [&str; 4] = ["gov", "news", "hist", "fin"];

fn main() {
    println!("{:16}{:>6}{:>15}{:>16}{:>16}", "", "", "words", "model", "both");
    println!("{:16}{:>6}{:>8}{:>7}{:>9}{:>7}{:>9}{:>7}", "set", "n", "AUC", "BAcc", "AUC", "BAcc", "AUC", "BAcc");
    let mut kinds: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut groups: BTreeMap<&str, Scored> = BTreeMap::new();
    for set in passages::sets() {
        let scored = passages_of(&set, &mut kinds);
        scored.print(&set);
        let is = |of: &[&str]| of.contains(&set.as_str());
        let group = if is(&FIRST_KIND) {
            "first kind"
        } else if is(&NATURAL) {
            "natural"
        } else {
            "written later"
        };
        groups.entry(group).or_default().join(&scored);
    }
    groups.iter().for_each(|(name, scored)| _ = scored.print(name));
    if let Some(folder) = eval::folder() {
        public(&folder);
        pairs(&folder);
        golden_sentences(&folder);
    }
    reader().save();
    sentences();
    println!("\nclaims of tests/claims on the right side of 0.5, by label and kind: words, model, both, of all");
    for (kind, [words, model, both, all]) in kinds {
        println!("{words:5}{model:5}{both:5} of {all:4}  {kind}");
    }
}

/// Sentences of the notes of the test part.
fn sentences() {
    let all: Vec<_> = ["kinds", "kinds2"].into_iter().flat_map(note_sentences::of).filter(|s| s.is_test).collect();
    for (asserts, done) in [(false, "left alone"), (true, "checked")] {
        let own = || all.iter().filter(move |s| s.asserts == asserts);
        let right = own().filter(|s| s.is_checked == asserts).count();
        println!("sentences of notes, {done}: {right} of {} ({:.1} %)", own().count(), percent(right, own().count()));
    }
}

/// The test part of a set of `tests/claims`, each claim beside its own passage.
fn passages_of(set: &str, kinds: &mut BTreeMap<String, [usize; 4]>) -> Scored {
    let own: Vec<Passage> = passages::of(set).into_iter().filter(|passage| passage.part() == Part::Test).collect();
    let judged = own.par_iter().flat_map_iter(|passage| {
        let library = passage.library();
        let only = passage.only(&library);
        let judge = |claim: &passages::Labelled, reader| claims::judge(&claim.claim, &library, only, reader);
        let claims = passage.claims.iter().filter(|claim| claim.context.is_none());
        claims.map(|claim| (claim, judge(claim, None), judge(claim, Some(reader())))).collect::<Vec<_>>()
    });
    let mut scored = Scored::default();
    for (claim, words, both) in judged.collect::<Vec<_>>() {
        let is_supported = claim.is_supported();
        scored.add(is_supported, &words, &both);
        let counts = kinds.entry(format!("{} / {}", claim.label, claim.kind)).or_default();
        let scores = [words.score, entailed(&both), both.score];
        scores.iter().zip(counts.iter_mut()).for_each(|(score, count)| *count += usize::from((*score >= 0.5) == is_supported));
        counts[3] += 1;
    }
    scored
}

/// The development splits of the public sets.
fn public(folder: &Path) {
    let mut all: Vec<[f64; 6]> = Vec::new();
    let mut flagged = Vec::new();
    for set in eval::SETS {
        let (words, both) = (eval::judge(folder, set, "dev", None), eval::judge(folder, set, "dev", Some(reader())));
        let mut scored = Scored::default();
        for ((case, words), (_, both)) in words.iter().zip(&both) {
            scored.add(case.is_supported(), words, both);
        }
        all.push(scored.print(set));
        let wrong = |label: &str| matches!(label, "contradicted" | "unsupported");
        let is_flagged = |j: &TextVerification| matches!(j.verdict, Verdict::Contradicted | Verdict::Misquoted);
        let hits: Vec<bool> = both.iter().filter(|(_, j)| is_flagged(j)).map(|(case, _)| wrong(&case.label)).collect();
        flagged.push((set, hits.iter().filter(|hit| **hit).count(), hits.len()));
    }
    let mean = |i: usize| all.iter().map(|figures| figures[i]).sum::<f64>() / all.len() as f64;
    let [w, m, b] = [0, 2, 4].map(|i| (mean(i), mean(i + 1)));
    println!("{:16}{:6}{:8.1}{:7.1}{:9.1}{:7.1}{:9.1}{:7.1}", "public, macro", "", w.0, w.1, m.0, m.1, b.0, b.1);
    println!("\nfound contradicted, and rightly so");
    flagged.iter().for_each(|(set, hits, all)| println!("{set:16}{hits:5} of {all:4}"));
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Pairs of a true claim and an edited one: how often the true one scores higher, by kind of edit.
fn pairs(folder: &std::path::Path) {
    let mut twins: BTreeMap<u64, (Option<f32>, Option<f32>, String)> = BTreeMap::new();
    for (case, judged) in eval::judge(folder, "perturb", "dev", Some(reader())) {
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
