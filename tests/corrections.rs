//! Corrections and newer figures, measured on made-up pairs of documents with a claim that uses the older value.
//!
//! `held-back.jsonl` was never read by who wrote the rules. `cargo test --test corrections -- --nocapture` prints what
//! comes of each kind of pair.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use corroborate::library::Library;
use corroborate::workspace::{self, Workspace};
use serde_json::Value;
use support::findings::check;

/// What is told of the pairs, by their labels.
type Told = BTreeMap<(String, &'static str), usize>;

fn told(file: &str) -> Told {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corrections").join(file);
    let text = std::fs::read_to_string(file).expect("the pairs");
    let mut told = Told::new();
    for line in text.lines() {
        let pair: Value = serde_json::from_str(line).expect("a pair");
        let word = |it: &Value| it.as_str().expect("words").to_owned();
        let source = |it: &Value| support::sources(&word(&it["path"]), &word(&it["text"]));
        let sources = [&pair["older"], &pair["newer"]].into_iter().flat_map(source).collect();
        let workspace = Workspace::of_library(Library::new(sources, Default::default()));
        let checked = workspace::check(&word(&pair["claim"]), "note.md", &workspace, &|| false).expect("nobody cancels");
        let kind = |code: &str, message: &str| match code {
            "stale-evidence" if message.starts_with("Corrected") => Some("corrected"),
            "stale-evidence" => Some("superseded"),
            "conflicting-sources" => Some("conflicting"),
            _ => None,
        };
        let found = checked.findings.iter().find_map(|it| kind(it.code, it.message.plain())).unwrap_or("nothing");
        *told.entry((word(&pair["label"]), found)).or_default() += 1;
    }
    for ((label, found), number) in &told {
        println!("{label:12} told as {found:18} {number}");
    }
    told
}

fn number(told: &Told, label: &str, found: &[&str]) -> usize {
    told.iter().filter(|((own, kind), _)| own == label && found.contains(kind)).map(|(_, number)| number).sum()
}

#[test]
fn of_the_pairs_that_were_read_some_are_told_and_none_wrongly() {
    let told = told("pairs.jsonl");
    assert!(number(&told, "corrected", &["corrected"]) >= 3);
    assert!(number(&told, "superseded", &["superseded"]) >= 2);
    assert!(number(&told, "conflicting", &["conflicting"]) >= 2);
    assert_eq!(number(&told, "unaffected", &["corrected", "superseded", "conflicting"]), 0);
}

#[test]
fn of_the_pairs_that_were_held_back_none_is_told_wrongly() {
    let told = told("held-back.jsonl");
    assert_eq!(number(&told, "unaffected", &["corrected", "superseded", "conflicting"]), 0);
}

const FIRE: &str = "
//- sources/2024-03-02_fire.md
---
publisher: The Courier
---
The fire at the mill in Orrin did damage of 1.9 million crowns.
";

#[test]
fn a_correction_of_the_same_paper_is_told_with_both_values() {
    check(
        &format!(
            "{FIRE}//- sources/2024-03-09_corrections.md
---
publisher: The Courier
---
The fire at the mill in Orrin did damage of 1.2 million crowns, not 1.9 million as we wrote in error.
"
        ),
        "\
The fire at the mill in Orrin did damage of 1.9 million crowns.
                                            ^^^^^^^^^^^ stale-evidence
",
    );
}

#[test]
fn a_newer_state_supersedes_and_does_not_contradict() {
    let toll = "
//- sources/2024-03-02_slide.md
Nine people were killed by the landslide at Orvane.
//- sources/2024-03-05_slide.md
The landslide at Orvane has now killed 14 people.
";
    check(toll, "Nine people were killed by the landslide at Orvane.\n^^^^ stale-evidence\n");
}

#[test]
fn two_papers_of_one_day_disagree() {
    let march = "
//- sources/2024-03-02_ledger.md
Some 12,000 people marched through Ebrasch for the forest.
//- sources/2024-03-02_watchman.md
About 5,000 people marched through Ebrasch for the forest.
";
    check(march, "Some 12,000 people marched through Ebrasch for the forest.\n     ^^^^^^ conflicting-sources\n");
}

#[test]
fn another_ship_another_year_and_an_older_paper_are_something_else() {
    for other in [
        "//- sources/2024-03-09_corrections.md\n---\npublisher: The Courier\n---\nThe fire at the school in Vesk did damage of 1.2 million crowns, not 1.4 million as we wrote in error.\n",
        "//- sources/2024-02-01_older.md\n---\npublisher: The Courier\n---\nThe fire at the mill in Orrin did damage of 1.2 million crowns.\n",
        "//- sources/2024-03-09_again.md\n---\npublisher: The Courier\n---\nThe fire at the mill in Orrin, with damage of 1.9 million crowns, took 14 hours.\n",
    ] {
        check(&format!("{FIRE}{other}"), "The fire at the mill in Orrin did damage of 1.9 million crowns.\n");
    }
}
