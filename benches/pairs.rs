//! `cargo bench --bench pairs -- FILE`: writes the labelled claims with what the model reads beside each, for training.
//!
//! One line each: `{"set", "id", "claim", "before", "excerpts", "label", "kind"}`. The claims are those of `tests/claims`
//! and of the public train sets. The test part of `tests/claims` is written too, to be measured; `model/train` leaves it
//! out.

mod eval;
#[path = "../tests/support/passages.rs"]
mod passages;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use corroborate::library::{Library, SourceId};
use corroborate::text::{Analysis, Span};
use corroborate::verify::{self, Claim};
use serde_json::{Value, json};

fn main() {
    let Some(path) = std::env::args().skip(1).find(|arg| !arg.starts_with("--")) else {
        println!("skipped: no file is named");
        return;
    };
    let mut out = BufWriter::new(File::create(Path::new(&path)).expect("the file can be written"));
    let mut write = |line: Value| writeln!(out, "{line}").expect("the file can be written");
    for set in passages::sets() {
        for passage in passages::of(&set) {
            let library = passage.library();
            for (at, claim) in passage.claims.iter().enumerate() {
                let (text, before) = (claim.claim.as_str(), claim.context.as_deref().unwrap_or_default());
                write(json!({
                    "set": set, "id": format!("{}.{}", passage.id, at + 1), "claim": text, "before": before,
                    "excerpts": read(text, before, &library, passage.only(&library)), "label": claim.label, "kind": claim.kind,
                }));
            }
        }
    }
    let Some(folder) = eval::folder() else { return };
    for name in eval::SETS {
        for split in ["train", "train_corrected", "dev"] {
            let set = eval::read(&folder, name, split);
            for case in &set.cases {
                let excerpts = read(&case.claim, "", &set.library, set.library.by_path(&case.doc_id));
                write(json!({
                    "set": format!("{name}/{split}"), "id": case.id, "document": case.doc_id, "claim": case.claim,
                    "before": "", "excerpts": excerpts, "label": case.label, "kind": "",
                }));
            }
        }
    }
}

/// What the product reads, and shorter excerpts, from which as much is learned in less time.
const LENGTHS: [usize; 3] = [verify::MOST_READ, 96, 56];

fn read(claim: &str, before: &str, library: &Library, only: Option<SourceId>) -> Vec<String> {
    let analysis = Analysis::of(claim, Span::new(0, claim.len()));
    let claim = Claim { only, before, ..Claim::bare(claim, &analysis) };
    let mut excerpts: Vec<String> = LENGTHS.iter().map(|most| verify::excerpt(&claim, &library.view(), *most)).collect();
    excerpts.dedup();
    excerpts
}
