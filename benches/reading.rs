//! `cargo bench --bench reading`: megabytes per second of every format, on one thread, beside
//! `pdftotext` and `pandoc` on the same files where they are installed.
//!
//! Other programs are started once per file, and their time has that in it. How much of a text two
//! readers share is measured by runs of three words: the share of theirs that ours has, and the
//! reverse.

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use corroborate::source::{self, Fields};

/// How long each format is read.
const LONG_ENOUGH: Duration = Duration::from_secs(1);

/// How often another program reads each file.
const TIMES: u32 = 3;

struct Document {
    path: PathBuf,
    bytes: Vec<u8>,
}

type Threes = BTreeSet<[String; 3]>;

fn main() {
    println!(
        "{:8}{:>7}{:>9}{:>10}   {:12}{:>10}{:>12}{:>12}",
        "format", "files", "kB", "MB/s", "beside", "MB/s", "theirs in %", "ours in %"
    );
    let installed = ["pdftotext", "pandoc"].map(|program| {
        let is_there = Command::new(program).arg("-v").output().is_ok();
        if !is_there {
            println!("{program} is not installed, so nothing is measured beside it");
        }
        (program, is_there)
    });
    for (extension, documents) in documents() {
        let size: usize = documents.iter().map(|document| document.bytes.len()).sum();
        let other = beside(&extension).filter(|other| installed.contains(&(*other, true)));
        println!(
            "{extension:8}{:7}{:9.0}{:10.2}   {}",
            documents.len(),
            size as f64 / 1e3,
            speed(&documents, size),
            other.map(|program| compared(program, &documents, size)).unwrap_or_default()
        );
    }
}

fn documents() -> BTreeMap<String, Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/sources");
    let mut found: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the documents of the tests").flatten() {
        let path = entry.path();
        let bytes = std::fs::read(&path).expect("a document");
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if !text_of(&path, &bytes).is_empty() {
            found.entry(extension).or_default().push(Document { path, bytes });
        }
    }
    found
}

/// What a reader sees of a file, and of the files inside it.
fn text_of(path: &Path, bytes: &[u8]) -> String {
    let sources = source::read(&path.to_string_lossy(), bytes, &Fields::default()).unwrap_or_default();
    sources.iter().map(|source| source.layout.visible.as_str()).collect::<Vec<_>>().join("\n")
}

fn speed(documents: &[Document], size: usize) -> f64 {
    let start = Instant::now();
    let mut rounds = 0;
    while start.elapsed() < LONG_ENOUGH {
        for document in documents {
            black_box(text_of(&document.path, &document.bytes));
        }
        rounds += 1;
    }
    (size * rounds) as f64 / 1e6 / start.elapsed().as_secs_f64()
}

/// The program to compare a format with.
fn beside(extension: &str) -> Option<&'static str> {
    match extension {
        "pdf" => Some("pdftotext"),
        "docx" | "odt" | "epub" | "rtf" | "html" => Some("pandoc"),
        _ => None,
    }
}

fn compared(program: &str, documents: &[Document], size: usize) -> String {
    let start = Instant::now();
    let mut texts = Vec::new();
    for _ in 0..TIMES {
        texts = documents.iter().map(|document| (document, read_with(program, &document.path))).collect();
    }
    let speed = size as f64 * f64::from(TIMES) / 1e6 / start.elapsed().as_secs_f64();
    let (mut all_theirs, mut all_ours, mut both) = (0, 0, 0);
    for (document, theirs) in &texts {
        let (theirs, ours) = (threes(theirs), threes(&text_of(&document.path, &document.bytes)));
        all_theirs += theirs.len();
        all_ours += ours.len();
        both += theirs.intersection(&ours).count();
    }
    let share = |all: usize| 100.0 * both as f64 / all.max(1) as f64;
    format!("{program:12}{speed:10.2}{:12.1}{:12.1}", share(all_theirs), share(all_ours))
}

fn read_with(program: &str, path: &Path) -> String {
    let mut command = Command::new(program);
    if program == "pandoc" {
        command.args(["-t", "plain", "--wrap=none"]).arg(path);
    } else {
        command.arg(path).arg("-");
    }
    command.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

/// All runs of three words.
fn threes(text: &str) -> Threes {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(3).map(|three| [three[0].clone(), three[1].clone(), three[2].clone()]).collect()
}
