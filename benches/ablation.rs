//! `cargo bench --bench ablation`: what each comparison is worth on the labelled sentences of this repository.
//!
//! One comparison at a time is left out. Gained are the sentences that are right with it and wrong without, lost those
//! that are wrong with it and right without.

#[path = "../tests/support/labelled.rs"]
#[allow(dead_code)]
mod labelled;
#[path = "../tests/support/snapshot.rs"]
#[allow(dead_code)]
mod snapshot;

use corroborate::verify::COMPARISONS;
use labelled::FOLDERS;
use snapshot::{CLAIMS, Line};

fn main() {
    let sets: Vec<&str> = FOLDERS.iter().chain(&CLAIMS).copied().collect();
    let with: Vec<Vec<Line>> = sets.iter().map(|set| lines(set, None)).collect();
    println!("gained/lost by each comparison; a dot where it changes nothing");
    println!("{:16}{:>8}{}", "", "all", sets.iter().map(|set| format!("{set:>9}")).collect::<String>());
    for comparison in COMPARISONS {
        let moved: Vec<(usize, usize)> =
            sets.iter().zip(&with).map(|(set, with)| moved(with, &lines(set, Some(comparison.id)))).collect();
        let all = moved.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        println!(
            "{:16}{:>8}{}",
            comparison.id,
            shown(all),
            moved.iter().map(|one| format!("{:>9}", shown(*one))).collect::<String>()
        );
    }
}

fn lines(set: &str, without: Option<&'static str>) -> Vec<Line> {
    if FOLDERS.contains(&set) { snapshot::folder(set, without) } else { snapshot::claims(set, without) }
}

fn moved(with: &[Line], without: &[Line]) -> (usize, usize) {
    let pairs = || with.iter().zip(without);
    (pairs().filter(|(a, b)| a.is_right && !b.is_right).count(), pairs().filter(|(a, b)| !a.is_right && b.is_right).count())
}

fn shown((gained, lost): (usize, usize)) -> String {
    if gained + lost == 0 { ".".to_owned() } else { format!("{gained}/{lost}") }
}
