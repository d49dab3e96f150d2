//! Text to the numbers of its wordpieces, and pairs of texts to what the network reads.
//!
//! `model/train/train.py` makes the same of the same texts. Texts that are too long are cut.

use std::collections::HashMap;

use rten_text::models::{Model, WordPiece, WordPieceOptions};
use rten_text::normalizers::{Bert, BertOptions, Normalizer};
use rten_text::pre_tokenizers::{self, PreTokenizer};

use crate::text::words::readable;

/// What the network reads at most, in wordpieces.
pub const MOST: usize = 224;
const MOST_CLAIM: usize = 72;
const MOST_BEFORE: usize = 40;
const MOST_SENTENCE: usize = 60;
const MOST_BESIDE: usize = 28;

/// In bytes; nothing beyond is read.
const LONGEST: usize = 4000;

/// What the network reads: the pieces, and to which of two segments each belongs.
#[derive(Debug, PartialEq, Eq)]
pub struct Pieces {
    pub ids: Vec<i32>,
    /// The length of the first segment.
    pub first: usize,
}

pub struct Wordpieces {
    folding: Bert,
    parting: pre_tokenizers::Bert,
    vocabulary: WordPiece,
    first: i32,
    end: i32,
    unknown: i32,
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
        let (first, end, unknown) = (id("[CLS]"), id("[SEP]"), id("[UNK]"));
        let (sentence, joint) = (id("[unused0]"), id("[unused1]"));
        Self {
            folding: Bert::new(BertOptions { lowercase: true, strip_accents: true }),
            parting: pre_tokenizers::Bert::new(),
            vocabulary: WordPiece::from_vocab(pieces, WordPieceOptions::default()),
            first,
            end,
            unknown,
            sentence,
            joint,
        }
    }

    pub fn pair(&self, before: &str, claim: &str, passage: &str) -> Pieces {
        let mut ids = vec![self.first];
        let before = self.ids(before);
        if !before.is_empty() {
            ids.extend(last(&before, MOST_BEFORE));
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

    pub fn ids(&self, text: &str) -> Vec<i32> {
        let mut ids = Vec::new();
        let text = readable(&text[..text.floor_char_boundary(LONGEST)]);
        let Ok((folded, _)) = self.folding.normalize(&apart(&text)) else { return ids };
        for word in self.parting.pre_tokenize(&folded).unwrap_or_default() {
            let from = ids.len();
            let is_known = self.vocabulary.encode_with_offsets(word, &mut |_, id| ids.push(id as i32)).is_ok();
            // A word of which some part is unknown is unknown.
            if !is_known || ids[from..].contains(&self.unknown) {
                ids.truncate(from);
                ids.push(self.unknown);
            }
        }
        ids
    }
}

/// Ideographs stand alone.
fn apart(text: &str) -> String {
    let is_ideograph = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_ideograph(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

fn last(ids: &[i32], most: usize) -> &[i32] {
    &ids[ids.len().saturating_sub(most)..]
}
