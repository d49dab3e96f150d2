//! Tells the program a hash of its own code, so that it does not use what another one cached.

use std::fs;
use std::hash::Hasher;
use std::path::Path;

/// What decides how sources are read, cut and counted.
const CODE: [&str; 4] = ["Cargo.lock", "src/text", "src/source", "src/library"];
/// What decides what the model says of texts.
const MODEL: [&str; 4] = ["Cargo.lock", "src/entail", "model/entailment.onnx.gz", "model/vocabulary.txt"];

fn main() {
    tell("CORROBORATE_CODE", CODE);
    tell("CORROBORATE_MODEL_CODE", MODEL);
}

fn tell(name: &str, paths: [&str; 4]) {
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        hash(Path::new(path), &mut hasher);
    }
    println!("cargo::rustc-env={name}={:016x}", hasher.finish());
}

fn hash(path: &Path, hasher: &mut Fnv) {
    let Ok(entries) = fs::read_dir(path) else {
        return hasher.write(&fs::read(path).unwrap_or_default());
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().for_each(|path| hash(path, hasher));
}

/// FNV-1a, which is the same everywhere and always.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
