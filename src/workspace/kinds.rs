//! What a sentence of a note does, by its words and those around them.

use super::cache::CheckCache;
use crate::cache::Key;
use crate::entail::{Reader, Utterance};
use crate::note::{LONGEST_AROUND, LONGEST_SENTENCE, Note, SentenceKind, beginning};

/// From this probability on a sentence asserts something.
const ASSERTS: f32 = 0.5;

/// A sentence with what it is read with.
pub struct Sentence<'a> {
    words: &'a str,
    before: &'a str,
    after: &'a str,
}

impl<'a> Sentence<'a> {
    /// The sentences before and after it in its block; before the first stands the heading.
    pub fn of(note: &'a Note, at: usize) -> Self {
        let visible = &note.layout.visible;
        let block = note.sentences[at].block;
        let in_block = |at: usize| note.sentences.get(at).filter(|other| other.block == block);
        let around = |span: crate::text::Span| beginning(span.of(visible), LONGEST_AROUND);
        let before = at.checked_sub(1).and_then(in_block).map(|before| before.words);
        let heading = || note.layout.blocks[block].heading.map(|heading| note.layout.blocks[heading].span);
        Self {
            words: beginning(note.sentences[at].words.of(visible), LONGEST_SENTENCE),
            before: before.or_else(heading).map(around).unwrap_or_default(),
            after: in_block(at + 1).map(|after| around(after.words)).unwrap_or_default(),
        }
    }

    /// Writes all that its kind depends on.
    pub fn write(&self, key: &mut Key) {
        key.begin().text(self.words).text(self.before).text(self.after);
    }

    /// What it does, if that was read before.
    pub fn known(&self, cache: &CheckCache, key: &mut Key) -> Option<SentenceKind> {
        self.write(key);
        cache.kinds.get(key)
    }

    /// What it does.
    pub fn kind(&self, cache: &CheckCache, reader: &dyn Reader) -> SentenceKind {
        let mut key = Key::default();
        self.write(&mut key);
        cache.kinds.get_or(&key, || {
            let reading = reader.utterance(self.words, self.before, self.after);
            match (reading.asserts >= ASSERTS, reading.utterance) {
                (true, Utterance::Premise | Utterance::Judgement | Utterance::Opinion) => SentenceKind::Premise,
                (true, _) => SentenceKind::Claim,
                (false, Utterance::Judgement | Utterance::Opinion) => SentenceKind::Judgement,
                (false, _) => SentenceKind::Other,
            }
        })
    }
}
