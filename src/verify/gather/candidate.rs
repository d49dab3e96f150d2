//! Candidates: sentences of the library that may speak of the claim's matter, and what they hold of it.

use std::cell::OnceCell;

use crate::library::{SentenceId, SourceId, SourceSentence, View};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};
use crate::verify::verification::{Conflict, Slot};
use crate::verify::words::negations::negated_words;

/// A set of items of one claim, by their index.
pub type Mask = u128;

/// How much of a clause a sentence must say before a comparison looks at it: the steps of one scale. Each is a
/// share of the weight of the clause's words.
pub mod enough {
    pub const SOME: f32 = 0.35;
    /// Enough for a value, which is the same or another;
    pub const HALF: f32 = 0.5;
    /// words leave more doubt.
    pub const MORE_THAN_HALF: f32 = 0.55;
    pub const MOST: f32 = 0.65;
    pub const NEARLY_ALL: f32 = 0.75;
}

/// Which items of a claim are there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// As they are.
    pub exact: Mask,
    /// In other words.
    pub near: Mask,
    /// In the headings or table headers around.
    pub around: Mask,
}

impl Held {
    /// In any of the ways.
    pub fn any(self) -> Mask {
        self.exact | self.near | self.around
    }

    /// In the text itself, in these or other words.
    pub fn inside(self) -> Mask {
        self.exact | self.near
    }

    /// In these words, in the text or around it.
    pub fn literal(self) -> Mask {
        self.exact | self.around
    }

    pub fn join(self, other: Self) -> Self {
        Self { exact: self.exact | other.exact, near: self.near | other.near, around: self.around | other.around }
    }
}

/// A sentence of the library that may speak of the claim's matter.
#[derive(Debug)]
pub struct Candidate<'l> {
    pub at: usize,
    pub sentence: &'l SourceSentence,
    /// The visible text of its source.
    pub text: &'l str,
    pub held: Held,
    negated: OnceCell<Vec<bool>>,
}

impl<'l> Candidate<'l> {
    pub fn of(at: usize, held: Held, library: &'l View<'_>) -> Self {
        let sentence = library.sentence(SentenceId(at));
        Self { at, sentence, text: &library.source(sentence.source).layout.visible, held, negated: OnceCell::new() }
    }

    pub fn source(&self) -> SourceId {
        self.sentence.source
    }

    pub fn analysis(&self) -> &'l Analysis {
        &self.sentence.analysis
    }

    pub fn words(&self) -> &'l [Word] {
        &self.sentence.analysis.words
    }

    pub fn has(&self, term: Term) -> bool {
        self.words().iter().any(|w| w.term == term)
    }

    /// For each word, whether something denies it.
    pub fn negated(&self) -> &[bool] {
        self.negated.get_or_init(|| negated_words(self.text, self.words()))
    }

    /// The conflict of words of the claim with words of this sentence.
    pub fn conflict(&self, slot: Slot, claim: Span, value: Span) -> Conflict {
        Conflict::with(self.sentence, slot, claim, value)
    }
}
