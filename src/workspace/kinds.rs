//! What a sentence of a note does, by its words and those around them.

use super::cache::CheckCache;
use crate::cache::Key;
use crate::entail::{Kind, Model};
use crate::note::{LONGEST_AROUND, LONGEST_SENTENCE, Note, SentenceKind, beginning, ending};
use crate::verify::is_estimate;

/// From this probability on a sentence asserts something: what is not checked is missed without a word.
const ASSERTS: f32 = 0.15;
/// The same for a sentence that cites: few do for nothing.
const CITED_ASSERTS: f32 = 0.01;

/// A sentence with what it is read with.
pub struct SentenceContext<'a> {
    words: &'a str,
    before: &'a str,
    after: &'a str,
    cites: bool,
}

impl<'a> SentenceContext<'a> {
    /// The sentences before and after it in its block; before the first stands the heading. One that is still being
    /// typed is not looked at.
    pub fn of(note: &'a Note, at: usize, unfinished: Option<usize>) -> Self {
        let visible = &note.layout.visible;
        let block = note.sentences[at].block;
        let beside = |at: usize| note.sentences.get(at).filter(|other| other.block == block && unfinished != Some(at));
        let before = at.checked_sub(1).and_then(beside).map(|before| before.words);
        let heading = || note.layout.blocks[block].heading.map(|heading| note.layout.blocks[heading].span);
        Self {
            words: beginning(note.sentences[at].words.of(visible), LONGEST_SENTENCE),
            before: before.or_else(heading).map(|span| ending(span.of(visible), LONGEST_AROUND)).unwrap_or_default(),
            cites: !note.sentences[at].citations.is_empty(),
            after: beside(at + 1).map(|after| beginning(after.words.of(visible), LONGEST_AROUND)).unwrap_or_default(),
        }
    }

    /// Writes all that its kind depends on.
    fn write(&self, key: &mut Key) {
        key.begin().text(self.words).text(self.before).text(self.after).number(usize::from(self.cites));
    }

    /// What it does, if that was read before.
    pub fn known(&self, cache: &CheckCache, key: &mut Key) -> Option<SentenceKind> {
        self.write(key);
        cache.kinds.get(key)
    }

    /// What it does. What cannot be read is a claim.
    pub fn kind(&self, cache: &CheckCache, model: &dyn Model) -> SentenceKind {
        let mut key = Key::default();
        self.write(&mut key);
        cache.kinds.get_or(&key, || {
            if !self.words.contains(char::is_alphanumeric) {
                return SentenceKind::Other;
            }
            let Some(kinds) = model.kinds(self.words, self.before, self.after) else { return SentenceKind::Claim };
            let asserts = if self.cites { CITED_ASSERTS } else { ASSERTS };
            match (kinds.asserts >= asserts, kinds.likeliest) {
                (_, Kind::Question) => SentenceKind::Other,
                (true, Kind::Premise | Kind::Judgement | Kind::Opinion) => SentenceKind::Premise,
                (true, _) if is_estimate(self.words) => SentenceKind::Premise,
                (true, _) => SentenceKind::Claim,
                (false, Kind::Judgement | Kind::Opinion) => SentenceKind::Judgement,
                (false, _) => SentenceKind::Other,
            }
        })
    }
}
