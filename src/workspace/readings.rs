//! What the model read before, kept between sessions: the second opening of a note asks it nothing.
//!
//! The file lies in the cache folder and has a record of fixed length for each answer: a hash of all that was read, the
//! answer, and a check. It holds no words of notes or sources. A record that is not what was written is passed over.
//! Several processes may add to it at one time.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::entail::{self, CrossEncoder, Entailment, Reader, Speech};
use crate::library::cache::CacheFolder;

type Hash = [u8; 16];

/// An answer in the model's own whole steps.
type Answer = [u16; 3];

/// The bytes of a record: hash, answer, check.
const RECORD: usize = 16 + 6 + 2;
/// In bytes. Of a longer file the older half goes.
const LARGEST: usize = 8 << 20;

/// The model, with what it said before.
#[derive(Debug, Default)]
pub struct Readings {
    /// The user's own model, which judges claims in the place of the bundled one.
    own: Option<Arc<CrossEncoder>>,
    file: Option<PathBuf>,
    known: RwLock<FxHashMap<Hash, Answer>>,
    /// Records that are not in the file yet.
    new: Mutex<Vec<u8>>,
}

impl Readings {
    /// What is kept for a workspace.
    pub fn of(folder: &CacheFolder, own: Option<Arc<CrossEncoder>>) -> Self {
        let file = folder.readings(own.as_ref().map_or(0, |own| own.id()) ^ entail::bundled_id());
        let mut bytes = Vec::new();
        if let Some(mut kept) = file.as_ref().and_then(|file| File::open(file).ok()) {
            // What cannot be read is read by the model again.
            let _ = kept.read_to_end(&mut bytes);
        }
        let length = bytes.len();
        if length > LARGEST {
            bytes.drain(..(length / RECORD / 2) * RECORD);
        }
        let known: Vec<(Hash, Answer)> = bytes.chunks_exact(RECORD).filter_map(parsed).collect();
        if known.len() * RECORD != length {
            // What is added must begin where a record ends.
            let mended: Vec<u8> = known.iter().flat_map(|(hash, answer)| record(*hash, *answer)).collect();
            file.iter().for_each(|file| _ = fs::write(file, &mended));
        }
        Self { own, file, known: RwLock::new(known.into_iter().collect()), new: Mutex::default() }
    }

    /// Writes down what is new. Where nothing can be written, nothing is lost but time.
    pub fn save(&self) {
        let new = std::mem::take(&mut *self.new.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(file) = self.file.as_ref().filter(|_| !new.is_empty()) else { return };
        let _ = file.parent().map(fs::create_dir_all);
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(file) {
            let _ = file.write_all(&new);
        }
    }

    /// What is known of some texts, else what `ask` says.
    fn answer(&self, about: &str, texts: [&str; 3], ask: impl FnOnce() -> Answer) -> Answer {
        let mut hash = Sha256::new_with_prefix(about);
        for text in texts {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        let digest = hash.finalize();
        let hash: Hash = std::array::from_fn(|at| digest[at]);
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&hash) {
            return *known;
        }
        let answer = ask();
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(hash, answer);
        if self.file.is_some() {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).extend(record(hash, answer));
        }
        answer
    }
}

impl Reader for Readings {
    fn entailment(&self, before: &str, claim: &str, passage: &str) -> Entailment {
        let ask = || {
            let own = self.own.as_ref().and_then(|own| own.entailment(before, claim, passage));
            own.unwrap_or_else(|| entail::bundled().entailment(before, claim, passage)).steps()
        };
        Entailment::of_steps(self.answer("pair", [before, claim, passage], ask))
    }

    fn utterance(&self, sentence: &str, before: &str, after: &str) -> Speech {
        let ask = || entail::bundled().utterance(sentence, before, after).steps();
        Speech::of_steps(self.answer("sentence", [sentence, before, after], ask))
    }

    fn tokens(&self, text: &str) -> usize {
        entail::bundled().tokens(text)
    }
}

fn record(hash: Hash, answer: Answer) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    record[..16].copy_from_slice(&hash);
    for (at, value) in answer.iter().enumerate() {
        record[16 + 2 * at..][..2].copy_from_slice(&value.to_le_bytes());
    }
    let check = check(&record);
    record[22..].copy_from_slice(&check);
    record
}

fn parsed(record: &[u8]) -> Option<(Hash, Answer)> {
    let hash = record.first_chunk::<16>()?;
    let value = |at: usize| u16::from_le_bytes([record[16 + 2 * at], record[17 + 2 * at]]);
    (record[22..] == check(record)).then(|| (*hash, std::array::from_fn(value)))
}

fn check(record: &[u8]) -> [u8; 2] {
    let [a, b, ..] = crc32fast::hash(&record[..22]).to_le_bytes();
    [a, b]
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
