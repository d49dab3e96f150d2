//! `cargo bench --bench labelled`: warnings on the labelled notes of this repository, in sum and by
//! kind of sentence.

#[path = "../tests/support/labelled.rs"]
#[allow(dead_code)]
mod labelled;

use std::collections::BTreeMap;

fn main() {
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    println!("{:12}{:>11}{:>9}{:>14}{:>11}", "notes", "precision", "recall", "first quote", "citations");
    for name in labelled::FOLDERS {
        let (folder, labels) = labelled::folder(name);
        let scores = labelled::score(&folder, &labels);
        println!(
            "{name:12}{:11.1}{:9.1}{:14.1}{:11.1}",
            100.0 * scores.precision,
            100.0 * scores.recall,
            100.0 * scores.first_evidence,
            100.0 * scores.citation_precision,
        );
        for (kind, (right, all)) in scores.kinds {
            let sum = kinds.entry(kind).or_default();
            *sum = (sum.0 + right, sum.1 + all);
        }
    }
    println!("\nsentences rightly warned about or left alone, by label and kind");
    for (kind, (right, all)) in kinds {
        println!("{right:5} of {all:4}  {kind}");
    }
}
