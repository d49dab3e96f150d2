//! Origins, measured on made-up families of documents: which sources rest on the same, and how many origins a claim has.
//!
//! `tests/origins/held-back` was never read by who wrote the rules; it is measured and not tuned on.
//! `cargo test --test origins -- --nocapture` prints the figures.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::Folder;

type Pairs = BTreeSet<(String, String)>;

/// How well something was found.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
    claims: usize,
    counted: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    fn add(&mut self, other: &Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.claims += other.claims;
        self.counted += other.counted;
    }

    fn print(&self, name: &str) {
        println!(
            "{name:24} links: precision {:.2}, recall {:.2} ({} right, {} wrong, {} missed); claims counted right: {} of {}",
            self.precision(),
            self.recall(),
            self.right,
            self.wrong,
            self.missed,
            self.counted,
            self.claims
        );
    }
}

fn run(root: &Path, arguments: &[&str]) -> Value {
    let done = Command::new(env!("CARGO_BIN_EXE_corroborate")).args(arguments).current_dir(root).output().expect("the program");
    serde_json::from_slice(&done.stdout).expect("JSON")
}

fn all_pairs(of: &[String]) -> Pairs {
    let sorted: BTreeSet<&String> = of.iter().collect();
    let sorted: Vec<&String> = sorted.into_iter().collect();
    (0..sorted.len())
        .flat_map(|a| (a + 1..sorted.len()).map(move |b| (a, b)))
        .map(|(a, b)| (sorted[a].clone(), sorted[b].clone()))
        .collect()
}

fn found_pairs(root: &Path) -> Pairs {
    let report = run(root, &["origins", "--format", "json"]);
    let mut pairs = Pairs::new();
    for origin in report["origins"].as_array().expect("origins") {
        let rests = origin["rests"].as_array().expect("sources").iter().map(|it| &it["source"]);
        let paths = rests.chain(Some(&origin["held"])).filter_map(|path| path.as_str().map(str::to_owned));
        pairs.extend(all_pairs(&paths.collect::<Vec<_>>()));
    }
    pairs
}

fn families(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<PathBuf> = fs::read_dir(folder).expect("families").flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.join("truth.json").is_file());
    found.sort();
    assert!(!found.is_empty());
    found
}

fn copied(family: &Path) -> Folder {
    let folder = Folder::with("");
    fs::create_dir_all(folder.path("sources")).expect("a folder");
    for entry in fs::read_dir(family.join("sources")).expect("sources").flatten() {
        fs::copy(entry.path(), folder.path("sources").join(entry.file_name())).expect("a copy");
    }
    folder
}

fn measured(family: &Path) -> Score {
    let truth: Value = serde_json::from_slice(&fs::read(family.join("truth.json")).expect("the truth")).expect("JSON");
    let path = |it: &Value| it.as_str().expect("a path").to_owned();
    let wanted = |pair: &Value| {
        if path(&pair[0]) < path(&pair[1]) { (path(&pair[0]), path(&pair[1])) } else { (path(&pair[1]), path(&pair[0])) }
    };
    let pairs: Pairs = truth["pairs"].as_array().expect("pairs").iter().map(wanted).collect();
    let folder = copied(family);
    let found = found_pairs(&folder.0);
    let claims = truth["claims"].as_array().expect("claims");
    let note: String = claims.iter().map(|claim| format!("{}\n\n", claim["text"].as_str().expect("a claim"))).collect();
    fs::write(folder.path("note.md"), note).expect("a note");
    let checked = run(&folder.0, &["check", "--format", "json", "note.md"]);
    let sentences = checked["notes"][0]["sentences"].as_array().expect("sentences");
    let mut counted = 0;
    for claim in claims {
        let text = claim["text"].as_str().expect("a claim");
        let sentence = sentences.iter().find(|sentence| sentence["text"].as_str().is_some_and(|own| text.contains(own)));
        let number = sentence.and_then(|sentence| sentence["origins"].as_array()).map_or(0, Vec::len);
        counted += usize::from(number as u64 == claim["origins"].as_u64().expect("a number"));
    }
    Score {
        right: found.intersection(&pairs).count(),
        wrong: found.difference(&pairs).count(),
        missed: pairs.difference(&found).count(),
        claims: claims.len(),
        counted,
    }
}

fn all(folder: &str) -> Score {
    let mut sum = Score::default();
    for family in families(folder) {
        let score = measured(&family);
        score.print(&family.file_name().expect("a name").to_string_lossy());
        sum.add(&score);
    }
    sum.print("all");
    sum
}

#[test]
fn links_of_the_families_that_were_read() {
    let score = all("tests/origins");
    assert!(score.precision() >= 0.95 && score.recall() >= 0.6);
}

#[test]
fn links_of_the_families_that_were_held_back_are_not_guessed() {
    let score = all("tests/origins/held-back");
    assert!(score.precision() >= 0.66, "a wrong link joins what is independent");
}

#[test]
fn the_example_knows_that_two_papers_rest_on_one_cable() {
    let report = run(&support::example(), &["origins", "--format", "json"]);
    let origins = report["origins"].as_array().expect("origins");
    let cable = origins.iter().find(|it| it["held"] == "sources/0103_ministry_cable.md").expect("the cable");
    let rests: Vec<&str> = cable["rests"].as_array().expect("sources").iter().filter_map(|it| it["source"].as_str()).collect();
    assert_eq!(rests, ["sources/0104_lantern_cable_story.txt", "sources/0105_gazette_cable_story.html"]);
}

const WEIR: &str = "\
//- sources/cable.md
---
title: Cable on the weir
publisher: Ministry of Water
date: 2024-03-27
---
The weir at Tarn was closed on 12 March.
//- sources/herald.txt
The weir at Tarn was shut on 12 March, according to a Ministry of Water cable seen by the Herald.
//- sources/post.txt
On 12 March they closed the weir at Tarn.
";

/// What the sources of a workspace rest on, as people read it.
fn told(files: &str) -> String {
    let folder = Folder::with(files);
    let done =
        Command::new(env!("CARGO_BIN_EXE_corroborate")).arg("origins").current_dir(&folder.0).output().expect("the program");
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn every_link_says_why() {
    expect_test::expect![[r"
        Cable on the weir (sources/cable.md)
            sources/herald.txt: 1 sentence; “Ministry of Water cable”, line 1
        3 sources, 1 shared or named origin
    "]]
    .assert_eq(&told(WEIR));
}

#[test]
fn a_sidecar_names_an_origin_or_denies_one_and_a_source_cannot() {
    let noted = told(&format!("{WEIR}//- sources/post.yaml\norigin: cable\n"));
    assert!(noted.contains("    sources/post.txt: as noted of it\n"), "{noted}");
    let elsewhere = told(&format!("{WEIR}//- sources/post.yaml\norigin: Letter of the miller\n"));
    assert!(elsewhere.contains("Letter of the miller (not held)\n    sources/post.txt: as noted of it\n"), "{elsewhere}");
    let denied = told(&format!("{WEIR}//- sources/herald.yaml\nnot-origin: Ministry of Water\n"));
    assert!(!denied.contains("herald.txt"), "{denied}");
    let own = told(&format!(
        "{WEIR}//- sources/liar.md\n---\norigin: Somebody else\nnot-origin: cable\n---\nThe weir was closed, according to a cable seen by us.\n"
    ));
    assert!(!own.contains("Somebody else"), "{own}");
}

#[test]
fn a_cable_that_nobody_saw_is_no_origin() {
    let unseen = told(
        "//- sources/a.txt\nThe ministry has not seen the cable of 3 May.\n//- sources/b.txt\nNobody would comment on the report.\n",
    );
    assert_eq!(unseen, "2 sources, 0 shared or named origins\n");
}
