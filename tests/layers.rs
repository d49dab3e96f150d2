//! Inside the verifier no module uses one that stands above it.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. The words that lead from one to the other are `use` lines and paths.
const LAYERS: [&str; 12] = [
    "features",
    "verification",
    "claim",
    "words",
    "gather",
    "context",
    "quotation",
    "compare",
    "score",
    "meaning",
    "settle",
    "later",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The layers that a file uses, by `crate::verify::…`, or by `use super::…` right below `verify`.
fn used(text: &str, is_top: bool) -> Vec<usize> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let behind = lines.flat_map(|line| {
        let own = line.strip_prefix("pub use super::").or_else(|| line.strip_prefix("use super::")).filter(|_| is_top);
        own.into_iter().chain(line.split("crate::verify::").skip(1))
    });
    let names = behind.flat_map(|rest| match rest.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
        None => vec![rest],
    });
    let name = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    // What is used by the door of the verifier stands above everything.
    names.map(|text| LAYERS.iter().position(|layer| *layer == name(text)).unwrap_or(LAYERS.len())).collect()
}

#[test]
fn nothing_uses_what_stands_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify");
    let mut seen = 0;
    for file in
        files(&root).iter().filter(|file| file.extension().is_some_and(|e| e == "rs") && !file.ends_with("compare/testing.rs"))
    {
        let within = file.strip_prefix(&root).expect("a file of the verifier");
        let first = within.iter().next().and_then(|part| part.to_str()).unwrap_or_default();
        let layer = LAYERS.iter().position(|layer| *layer == first.trim_end_matches(".rs"));
        let layer = layer.unwrap_or_else(|| panic!("{} has no place in the layers", within.display()));
        let text = fs::read_to_string(file).expect("the file");
        for used in used(&text, within.iter().count() == 1) {
            let name = LAYERS.get(used).unwrap_or(&"the door of the verifier");
            assert!(used <= layer, "{} uses {name}, which stands above it", within.display());
            seen += 1;
        }
        assert!(!text.contains("use crate::verify::*"), "{} uses everything", within.display());
    }
    assert!(seen > 100, "only {seen} uses were found");
}
