//! `cargo bench --bench retrieval`: how often a sentence that people marked as evidence is among
//! the candidates of a claim, searched in all documents of a set together.

mod eval;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use corroborate::library::Library;
use corroborate::source::Source;
use corroborate::text::words::readable;
use corroborate::workspace::claims;
use serde::Deserialize;

const MOST: [usize; 4] = [5, 20, 50, 100];

#[derive(Deserialize)]
struct Case {
    doc_id: String,
    claim: String,
    #[serde(default)]
    evidence_sets: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
struct Document {
    doc_id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    sents: Vec<[usize; 2]>,
}

fn main() {
    let Some(folder) = eval::folder() else { return };
    println!("{:24}{:>8}{:>10}{}", "set", "claims", "sentences", MOST.map(|n| format!("{:>9}", format!("at {n}"))).concat());
    measure(&folder, "wice", &["train", "dev"], false);
    measure(&folder, "fm2", &["dev"], false);
    measure(&folder, "fm2", &["dev"], true);
    measure(&folder, "fm2", &["train"], false);
}

fn measure(folder: &Path, set: &str, splits: &[&str], with_titles: bool) {
    let cases: Vec<Case> =
        splits.iter().flat_map(|split| eval::lines(&folder.join(set).join(format!("{split}.jsonl")))).collect();
    let wanted: BTreeSet<&str> = cases.iter().map(|c| c.doc_id.as_str()).collect();
    let documents: Vec<Document> = eval::lines(&folder.join(set).join("docs.jsonl"));
    let documents: BTreeMap<&str, &Document> =
        documents.iter().map(|d| (d.doc_id.as_str(), d)).filter(|(id, _)| wanted.contains(id)).collect();
    let sources = documents.values().map(|d| {
        let mut source = Source::of_text(d.doc_id.clone(), d.text.clone());
        source.metadata.title = d.title.clone().filter(|_| with_titles);
        source
    });
    let library = Library::new(sources.collect(), Default::default());
    let mut found = [0u32; MOST.len()];
    let mut judged = 0u32;
    for case in cases.iter().filter(|case| case.evidence_sets.iter().any(|set| !set.is_empty())) {
        judged += 1;
        let document = documents[case.doc_id.as_str()];
        let chars: Vec<char> = document.text.chars().collect();
        // The same sentence may stand in several documents, and is the same evidence there.
        let gold: Vec<String> = case
            .evidence_sets
            .iter()
            .flatten()
            .filter_map(|at| document.sents.get(*at))
            .map(|[start, end]| readable(&chars[*start..*end].iter().collect::<String>()))
            .collect();
        let candidates = claims::candidates(&case.claim, &library, MOST[MOST.len() - 1]);
        // Ours may be cut at other places than theirs.
        let is_gold = |text: &String| gold.iter().any(|gold| gold.contains(text.as_str()) || text.contains(gold.as_str()));
        if let Some(rank) = candidates.iter().position(is_gold) {
            for (at, most) in MOST.iter().enumerate() {
                found[at] += u32::from(rank < *most);
            }
        }
    }
    let name = format!("{set} {}{}", splits.join("+"), if with_titles { " titled" } else { "" });
    let shares = found.map(|n| format!("{:>8.1}%", 100.0 * f64::from(n) / f64::from(judged)));
    println!("{name:24}{judged:>8}{:>10}{}", library.sentences(), shares.concat());
}
