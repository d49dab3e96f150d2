//! What is fuzzed (`fuzz/`), for a moment and the same every time: inputs that once went wrong, the seeds, and what
//! comes of the seeds when they are cut, joined and changed.

#[path = "../fuzz/src/lib.rs"]
mod fuzzed;
#[path = "support/random.rs"]
mod random;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use fuzzed::{TARGETS, Target};
use random::Random;

/// How often each is run beside its seeds. What takes long is run less.
const RUNS: usize = 800;
const FEW_RUNS: usize = 150;
const SLOW: [&str; 5] = ["read_pdf", "read_odt", "directives", "quotation", "frames"];

/// Where documents are that are seeds of the reader with their extension.
const DOCUMENTS: [&str; 3] = ["tests/formats/sources", "examples/port-ansel/sources", "tests/domains/court/sources"];

fn below(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder, in order; none if there is no such folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let read = fs::read_dir(below(folder)).into_iter().flatten();
    let mut files: Vec<PathBuf> = read.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn seeds(target: Target) -> Vec<Vec<u8>> {
    let extension = target.name.strip_prefix("read_");
    let is_its = |path: &PathBuf| path.extension().is_some_and(|it| extension.is_some_and(|extension| it == extension));
    let documents = DOCUMENTS.into_iter().flat_map(files).filter(is_its);
    let all = files(&format!("fuzz/seeds/{}", target.name)).into_iter().chain(documents);
    let read = all.map(|path| fs::read(path).expect("a seed"));
    let seeds: Vec<Vec<u8>> = read.filter(|seed| seed.len() <= target.longest).collect();
    assert!(!seeds.is_empty(), "{} has no seeds", target.name);
    seeds
}

/// The words that matter to one target or another, as libFuzzer has them too.
fn tokens() -> Vec<Vec<u8>> {
    let dictionary = fs::read_to_string(below("fuzz/tokens.dict")).expect("the tokens");
    let quoted = dictionary.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

fn unescaped(quoted: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = quoted.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match (byte, byte == b'\\') {
            (_, true) => match rest.next().expect("an escape") {
                b'x' => {
                    let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                    u8::from_str_radix(&String::from_utf8_lossy(&digits), 16).expect("two digits")
                }
                other => other,
            },
            (byte, false) => byte,
        });
    }
    bytes
}

impl Random {
    fn one_of<'a>(&mut self, all: &'a [Vec<u8>]) -> &'a [u8] {
        &all[self.below(all.len())]
    }

    /// Some of it.
    fn piece<'a>(&mut self, of: &'a [u8]) -> &'a [u8] {
        let start = self.below(of.len() + 1);
        let length = self.below(64.min(of.len() - start + 1));
        &of[start..start + length]
    }

    fn changed(&mut self, seeds: &[Vec<u8>], tokens: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.one_of(seeds).to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                4 => {
                    let piece = bytes[at..end].to_vec();
                    let times = 1 + self.below(9);
                    bytes.splice(at..at, piece.repeat(times));
                }
                5 => {
                    let other = self.one_of(seeds);
                    let piece = self.piece(other);
                    bytes.splice(at..end, piece.iter().copied());
                }
                _ => {
                    let token = self.one_of(tokens);
                    bytes.splice(at..at, token.iter().copied());
                }
            }
        }
        bytes
    }
}

/// How often to run each, if somebody says so.
fn asked_runs() -> Option<usize> {
    std::env::var("FUZZ_RUNS").ok()?.parse().ok()
}

/// Runs a target on bytes, and leaves what goes wrong where it can be looked at. In a long run also what is at hand,
/// as an overflow of the stack ends the process.
fn run(target: Target, bytes: &[u8]) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-crash", target.name));
    if asked_runs().is_some() {
        fs::write(&file, bytes).expect("a file");
    }
    if let Err(cause) = panic::catch_unwind(AssertUnwindSafe(|| target.run(bytes))) {
        fs::write(&file, bytes).expect("a file");
        eprintln!("{} goes wrong with the {} bytes of {}", target.name, bytes.len(), file.display());
        panic::resume_unwind(cause);
    }
}

fn fuzz(names: &[&str]) {
    let tokens = tokens();
    for name in names {
        let target = Target::named(name).expect("a target");
        let crashes = files(&format!("tests/fuzz/crashes/{name}"));
        for path in crashes {
            eprintln!("{}", path.display());
            target.run(&fs::read(path).expect("what went wrong once"));
        }
        let seeds = seeds(target);
        seeds.iter().for_each(|seed| run(target, seed));
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let runs = asked_runs().unwrap_or(if SLOW.contains(name) { FEW_RUNS } else { RUNS });
        for _ in 0..runs {
            run(target, &random.changed(&seeds, &tokens));
        }
        println!("{name}: {} executions", seeds.len() + runs);
    }
}

const TEXTS: [&str; 3] = ["read_txt", "read_md", "read_html"];
const TABLES: [&str; 3] = ["read_csv", "read_tsv", "read_json"];
const OFFICE: [&str; 4] = ["read_docx", "read_odt", "read_ods", "read_epub"];
const OTHERS: [&str; 5] = ["read_rtf", "read_eml", "read_mbox", "read_srt", "read_vtt"];
const PDF: [&str; 1] = ["read_pdf"];
const BESIDE: [&str; 5] = ["sidecar", "bibtex", "csl", "settings", "ignore_list"];
const NOTES: [&str; 3] = ["note", "directives", "quotation"];
const WORDS: [&str; 2] = ["numbers", "dates"];
const WIRE: [&str; 1] = ["frames"];

#[test]
fn texts() {
    fuzz(&TEXTS);
}

#[test]
fn tables() {
    fuzz(&TABLES);
}

#[test]
fn office_files() {
    fuzz(&OFFICE);
}

#[test]
fn mails_captions_and_rtf() {
    fuzz(&OTHERS);
}

#[test]
fn pdf() {
    fuzz(&PDF);
}

#[test]
fn files_beside_sources() {
    fuzz(&BESIDE);
}

#[test]
fn notes() {
    fuzz(&NOTES);
}

#[test]
fn numbers_and_dates() {
    fuzz(&WORDS);
}

#[test]
fn the_wire() {
    fuzz(&WIRE);
}

#[test]
fn every_target_is_run_here_and_by_cargo_fuzz() {
    let groups: [&[&str]; 9] = [&TEXTS, &TABLES, &OFFICE, &OTHERS, &PDF, &BESIDE, &NOTES, &WORDS, &WIRE];
    let here: BTreeSet<&str> = groups.into_iter().flatten().copied().collect();
    let all: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(here, all);
    let manifest = fs::read_to_string(below("fuzz/Cargo.toml")).expect("the manifest");
    let bins: BTreeSet<&str> = manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|bin| bin.split('"').next()).collect();
    assert_eq!(bins, all);
    let readme = fs::read_to_string(below("fuzz/README.md")).expect("the table");
    for name in all {
        assert!(readme.contains(&format!("| `{name}` |")), "fuzz/README.md has no line for {name}");
    }
}
