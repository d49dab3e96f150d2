//! What is said of every labelled sentence, line by line, so that no gain can hide a loss.
//!
//! `cargo test --test snapshot` prints which sentences moved, mended and broken apart, and fails if any did.
//! `UPDATE_EXPECT=1 cargo test --test snapshot` accepts it.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::labelled::FOLDERS;
use support::passages::Part;
use support::snapshot::{self, CLAIMS, Line};

/// Holds the lines against those of `tests/snapshots`: what moved, in words.
fn compare(name: &str, lines: &[Line]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&path, text).expect("the snapshot can be written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let before: BTreeMap<String, Line> = before.lines().filter_map(Line::parse).map(|line| (line.name.clone(), line)).collect();
    assert!(!lines.is_empty(), "{name} has no labelled sentences");
    let names = lines.iter().map(|line| &line.name).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(names.len(), lines.len(), "two sentences of {name} have one name");
    let moved: Vec<(Option<&Line>, &Line)> =
        lines.iter().map(|line| (before.get(&line.name), line)).filter(|(before, line)| *before != Some(line)).collect();
    let gone: Vec<&Line> = before.values().filter(|line| !names.contains(&line.name)).collect();
    let mut report = String::new();
    for (title, was, is) in
        [("mended", false, true), ("broken", true, false), ("right as before", true, true), ("wrong as before", false, false)]
    {
        let those: Vec<_> =
            moved.iter().filter(|(b, line)| b.is_some_and(|b| b.is_right == was) && line.is_right == is).collect();
        if !those.is_empty() {
            report.push_str(&format!("\n{title}: {}\n", those.len()));
        }
        for (before, line) in those {
            report.push_str(&format!("  {}\n    was {}\n    is  {}\n", line.name, before.map_or("", |b| &b.says), line.says));
        }
    }
    for line in moved.iter().filter(|(before, _)| before.is_none()).map(|(_, line)| line) {
        report.push_str(&format!("\nnew: {line}"));
    }
    for line in gone {
        report.push_str(&format!("\ngone: {line}"));
    }
    if report.is_empty() { report } else { format!("\n{name}{report}\n") }
}

/// Claims of the tuning part: the model has learned most others by heart, and nobody reads those of the test part.
fn moved(sets: &[&str]) -> String {
    let moved = |set: &&str| compare(&file(set), &snapshot::lines(set, Part::Tuning, &snapshot::workspace(set)));
    sets.iter().map(moved).collect()
}

fn file(set: &str) -> String {
    if FOLDERS.contains(&set) { set.to_owned() } else { format!("claims-{set}") }
}

#[test]
fn folders() {
    let moved = moved(&FOLDERS);
    assert!(moved.is_empty(), "{moved}");
}

#[test]
fn claims() {
    let moved = moved(&CLAIMS);
    assert!(moved.is_empty(), "{moved}");
}

#[test]
fn kinds_of_note_sentences() {
    let moved = compare("kinds", &snapshot::kinds());
    assert!(moved.is_empty(), "{moved}");
}
