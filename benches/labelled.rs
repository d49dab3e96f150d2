//! `cargo bench --bench labelled`: warnings on the labelled notes of this repository, in sum and by
//! kind of sentence.

#[path = "../tests/support/labelled.rs"]
#[allow(dead_code)]
mod labelled;

use std::collections::BTreeMap;

fn main() {
    let mut kinds: BTreeMap<String, [(usize, usize); 2]> = BTreeMap::new();
    println!("{:12}{:8}{:>11}{:>9}{:>14}{:>11}", "notes", "judge", "precision", "recall", "first quote", "citations");
    for (name, (at, judge)) in
        labelled::FOLDERS.iter().flat_map(|name| labelled::JUDGES.iter().enumerate().map(move |j| (name, j)))
    {
        let (folder, labels) = labelled::folder(name);
        let scores = labelled::score(&folder, &labels, judge);
        println!(
            "{name:12}{judge:8}{:11.1}{:9.1}{:14.1}{:11.1}",
            100.0 * scores.precision,
            100.0 * scores.recall,
            100.0 * scores.first_evidence,
            100.0 * scores.citation_precision,
        );
        for (kind, (right, all)) in scores.kinds {
            let sum = &mut kinds.entry(kind).or_default()[at];
            *sum = (sum.0 + right, sum.1 + all);
        }
    }
    println!("\nsentences rightly warned about or left alone, by label and kind: by words alone, and with the model");
    for (kind, [(words, _), (model, all)]) in kinds {
        println!("{words:5}{model:5} of {all:4}  {kind}");
    }
}
