//! `cargo bench --bench ablation`: what each comparison, and the model, are worth on the labelled sentences of this
//! repository: the folders, and claims of the test part.
//!
//! One at a time is left out. Gained are the sentences that are right with it and wrong without, lost those that are wrong
//! with it and right without.

#[path = "../tests/support/labelled.rs"]
#[allow(dead_code)]
mod labelled;
#[path = "../tests/support/note_sentences.rs"]
mod note_sentences;
#[path = "../tests/support/passages.rs"]
mod passages;
#[path = "../tests/support/snapshot.rs"]
#[allow(dead_code)]
mod snapshot;

use corroborate::entail::MODEL;
use corroborate::verify::COMPARISONS;
use labelled::FOLDERS;
use passages::Part;
use snapshot::{CLAIMS, Line};

fn main() {
    let sets: Vec<&str> = FOLDERS.iter().chain(&CLAIMS).copied().collect();
    let left_out: Vec<&str> = [MODEL].into_iter().chain(COMPARISONS.iter().map(|comparison| comparison.id)).collect();
    // Set by set, as what the model said of one is remembered.
    let by_set: Vec<Vec<(usize, usize)>> = sets.iter().map(|set| of_set(set, &left_out)).collect();
    println!("gained/lost by each; a dot where it changes nothing");
    println!("{:16}{:>8}{}", "", "all", sets.iter().map(|set| format!("{set:>9}")).collect::<String>());
    for (at, id) in left_out.iter().enumerate() {
        let all = by_set.iter().fold((0, 0), |all, set| (all.0 + set[at].0, all.1 + set[at].1));
        println!("{id:16}{:>8}{}", shown(all), by_set.iter().map(|set| format!("{:>9}", shown(set[at]))).collect::<String>());
    }
}

fn of_set(set: &str, left_out: &[&'static str]) -> Vec<(usize, usize)> {
    let workspace = snapshot::workspace(set);
    let with = snapshot::lines(set, Part::Test, &workspace);
    left_out.iter().map(|id| moved(&with, &snapshot::lines(set, Part::Test, &workspace.without(Some(id))))).collect()
}

fn moved(with: &[Line], without: &[Line]) -> (usize, usize) {
    let pairs = || with.iter().zip(without);
    (pairs().filter(|(a, b)| a.is_right && !b.is_right).count(), pairs().filter(|(a, b)| !a.is_right && b.is_right).count())
}

fn shown((gained, lost): (usize, usize)) -> String {
    if gained + lost == 0 { ".".to_owned() } else { format!("{gained}/{lost}") }
}
