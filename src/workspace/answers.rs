//! What the model said before, kept between sessions: the second opening of a note asks it nothing.
//!
//! The file lies in the cache folder and has a record of fixed length for each answer: a hash of all that was read, the
//! answer, and a check. It holds no words of notes or sources. A record that is not what was written is passed over.
//! Several processes may add to it at one time.

use std::fs;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::entail::{self, CrossEncoder, Entailment, Kinds, Model, Steps};
use crate::library::cache::CacheFolder;

type Hash = [u8; 16];

/// The bytes of a record: hash, answer, check.
const RECORD: usize = 16 + 6 + 4;
/// How many are kept. Of more the older half goes.
const MOST: usize = 300_000;

/// The code that makes of texts what a model reads, and that runs it.
const CODE: &str = env!("CORROBORATE_MODEL_CODE");

/// The model, with what it said before.
#[derive(Debug, Default)]
pub struct Answers {
    /// The user's own model, which judges claims in the place of the bundled one.
    own: Option<Arc<CrossEncoder>>,
    folder: CacheFolder,
    known: RwLock<FxHashMap<Hash, Steps>>,
    /// Records that are not in the file yet.
    new: Mutex<Vec<u8>>,
}

impl Answers {
    /// What is kept for a workspace.
    pub fn of(folder: &CacheFolder, own: Option<Arc<CrossEncoder>>) -> Self {
        let answers = Self { own, folder: folder.clone(), known: RwLock::default(), new: Mutex::default() };
        // What cannot be read the model says again.
        let bytes = folder.answers().and_then(|file| fs::read(file).ok()).unwrap_or_default();
        let mut known: Vec<(Hash, Steps)> = bytes.chunks_exact(RECORD).filter_map(parsed).collect();
        if known.len() > MOST {
            known.drain(..known.len() - MOST / 2);
        }
        if known.len() * RECORD != bytes.len() {
            // What is added must begin where a record ends.
            let mended: Vec<u8> = known.iter().flat_map(|(hash, answer)| record(*hash, *answer)).collect();
            folder.replace_answers(&mended);
        }
        Self { known: RwLock::new(known.into_iter().collect()), ..answers }
    }

    /// Writes down what is new. Where nothing can be written, nothing is lost but time.
    pub fn save(&self) {
        let new = std::mem::take(&mut *self.new.lock().unwrap_or_else(PoisonError::into_inner));
        if !new.is_empty()
            && let Some(mut file) = self.folder.open_answers()
        {
            let _ = file.write_all(&new);
        }
    }

    /// What is known of some texts, else what `ask` says.
    fn answer<A>(
        &self,
        about: &str,
        texts: [&str; 3],
        read: impl Fn(Steps) -> Option<A>,
        ask: impl FnOnce() -> Option<Steps>,
    ) -> Option<A> {
        let mut hash = Sha256::new_with_prefix(CODE);
        for text in [about].iter().chain(&texts) {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        let digest = hash.finalize();
        let hash: Hash = std::array::from_fn(|at| digest[at]);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&hash).copied();
        if let Some(known) = known.and_then(&read) {
            return Some(known);
        }
        let answer = ask()?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, answer);
        self.new.lock().unwrap_or_else(PoisonError::into_inner).extend(record(hash, answer));
        read(answer)
    }
}

impl Model for Answers {
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Option<Entailment> {
        let texts = [before, claim, passage];
        if let Some(own) = &self.own {
            let ask = || own.entailment(before, claim, passage).map(Entailment::steps);
            let said = self.answer(&format!("pair {:08x}", own.id()), texts, Entailment::of_steps, ask);
            if said.is_some() {
                return said;
            }
        }
        let ask = || entail::bundled().entailment(before, claim, passage).map(Entailment::steps);
        self.answer("pair", texts, Entailment::of_steps, ask)
    }

    fn kinds(&self, sentence: &str, before: &str, after: &str) -> Option<Kinds> {
        let ask = || entail::bundled().kinds(sentence, before, after).map(Kinds::steps);
        self.answer("kind", [sentence, before, after], Kinds::of_steps, ask)
    }
}

fn record(hash: Hash, answer: Steps) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    record[..16].copy_from_slice(&hash);
    for (at, value) in answer.iter().enumerate() {
        record[16 + 2 * at..][..2].copy_from_slice(&value.to_le_bytes());
    }
    let check = check(&record);
    record[22..].copy_from_slice(&check);
    record
}

fn parsed(record: &[u8]) -> Option<(Hash, Steps)> {
    let hash = record.first_chunk::<16>()?;
    let value = |at: usize| u16::from_le_bytes([record[16 + 2 * at], record[17 + 2 * at]]);
    (record[22..] == check(record)).then(|| (*hash, std::array::from_fn(value)))
}

fn check(record: &[u8]) -> [u8; 4] {
    crc32fast::hash(&record[..22]).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_a_damaged_one_is_passed_over() {
        let mut written = record([7; 16], [1, 2, 512]);
        assert_eq!(parsed(&written), Some(([7; 16], [1, 2, 512])));
        written[17] ^= 1;
        assert_eq!(parsed(&written), None);
    }
}
