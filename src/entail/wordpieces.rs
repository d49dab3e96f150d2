//! Text to the numbers of its wordpieces, and pairs of texts to what the network reads.
//!
//! `model/train/train.py` makes the same of the same texts. Texts that are too long are cut.

use std::collections::HashMap;

use rten_text::models::{Model, WordPiece, WordPieceOptions};
use rten_text::normalizers::{self, BertOptions, Normalizer};
use rten_text::pre_tokenizers::{self, PreTokenizer};

/// In wordpieces.
pub const MOST: usize = 224;
const MOST_CLAIM: usize = 72;
const MOST_BEFORE: usize = 40;
const MOST_SENTENCE: usize = 60;
const MOST_BESIDE: usize = 28;

/// In bytes. No text of the lengths above is longer, and none is read beyond.
const LONGEST: usize = 4000;

/// What the network reads: the pieces, and to which of two segments each belongs.
#[derive(Debug, PartialEq, Eq)]
pub struct Pieces {
    pub ids: Vec<i32>,
    /// The length of the first segment.
    pub first: usize,
}

pub struct Wordpieces {
    folding: normalizers::Bert,
    parting: pre_tokenizers::Bert,
    vocabulary: WordPiece,
    first: i32,
    end: i32,
    /// Begins a sentence whose kind is asked for.
    sentence: i32,
    /// Stands between a text and what is before it.
    joint: i32,
}

impl Wordpieces {
    /// One wordpiece a line.
    pub fn of(vocabulary: &str) -> Self {
        let pieces: HashMap<String, u32> = vocabulary.lines().map(str::to_owned).zip(0..).collect();
        let id = |piece: &str| pieces.get(piece).map_or(0, |id| *id as i32);
        let (first, end, sentence, joint) = (id("[CLS]"), id("[SEP]"), id("[unused0]"), id("[unused1]"));
        Self {
            folding: normalizers::Bert::new(BertOptions { lowercase: true, strip_accents: true }),
            parting: pre_tokenizers::Bert::new(),
            vocabulary: WordPiece::from_vocab(pieces, WordPieceOptions::default()),
            first,
            end,
            sentence,
            joint,
        }
    }

    pub fn count(&self, text: &str) -> usize {
        self.ids(text).len()
    }

    pub fn pair(&self, before: &str, claim: &str, passage: &str) -> Pieces {
        let mut ids = vec![self.first];
        if !before.is_empty() {
            ids.extend(last(&self.ids(before), MOST_BEFORE));
            ids.push(self.joint);
        }
        ids.extend(self.ids(claim).iter().take(MOST_CLAIM));
        ids.push(self.end);
        let first = ids.len();
        ids.extend(self.ids(passage).iter().take(MOST - first - 1));
        ids.push(self.end);
        Pieces { ids, first }
    }

    pub fn sentence(&self, sentence: &str, before: &str, after: &str) -> Pieces {
        let mut ids = vec![self.sentence];
        ids.extend(self.ids(sentence).iter().take(MOST_SENTENCE));
        ids.push(self.end);
        let first = ids.len();
        ids.extend(last(&self.ids(before), MOST_BESIDE));
        ids.push(self.joint);
        ids.extend(self.ids(after).iter().take(MOST_BESIDE));
        ids.push(self.end);
        Pieces { ids, first }
    }

    fn ids(&self, text: &str) -> Vec<i32> {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut ids = Vec::new();
        let Ok((folded, _)) = self.folding.normalize(text) else { return ids };
        for word in self.parting.pre_tokenize(&folded).unwrap_or_default() {
            // A word without pieces in the vocabulary is the piece for unknown words.
            let _ = self.vocabulary.encode_with_offsets(word, &mut |_, id| ids.push(id as i32));
        }
        ids
    }
}

fn last(ids: &[i32], most: usize) -> &[i32] {
    &ids[ids.len().saturating_sub(most)..]
}
