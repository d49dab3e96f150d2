//! A stretch of a source in which a quotation may stand.

use super::pieces::{BRACKET_GAP, ELLIPSIS_GAP};
use crate::library::{SentenceId, SourceId, View};
use crate::note::quotations_in;
use crate::text::Span;
use crate::text::words::Word;
use crate::verify::words::saying::is_saying;

/// Neighbouring sentences of one source as one run of words.
#[derive(Debug)]
pub struct Region<'l> {
    pub source: SourceId,
    /// The source's visible text.
    pub text: &'l str,
    pub words: Vec<Word>,
    /// For each word, the sentence it belongs to.
    pub sentences: Vec<usize>,
}

/// The words around a sentence, with room for a quotation of `length` words.
pub fn region<'l>(SentenceId(at): SentenceId, length: usize, library: &'l View<'_>) -> Region<'l> {
    let source = library.sentence(SentenceId(at)).source;
    let range = library.sentences_of(source);
    let count = |i: usize| library.sentence(SentenceId(i)).analysis.words.len();
    let (mut first, mut before) = (at, 0);
    while first > range.start && before < length + BRACKET_GAP {
        first -= 1;
        before += count(first);
    }
    let (mut end, mut after) = (at + 1, 0);
    while end < range.end && after < length + ELLIPSIS_GAP {
        after += count(end);
        end += 1;
    }
    Region::of(source, first..end, library)
}

impl<'l> Region<'l> {
    pub fn of(source: SourceId, sentences: std::ops::Range<usize>, library: &'l View<'l>) -> Self {
        let text = &library.source(source).layout.visible;
        let mut region = Region { source, text, words: Vec::new(), sentences: Vec::new() };
        for i in sentences {
            let words = &library.sentence(SentenceId(i)).analysis.words;
            region.sentences.extend(std::iter::repeat_n(i, words.len()));
            region.words.extend_from_slice(words);
        }
        region
    }

    /// The region without the source's "she said" between two quotations, which a note may leave
    /// out: only what is spoken. `None` if there is nothing to leave out.
    pub fn spoken(&self) -> Option<Self> {
        const LONGEST: usize = 14;
        let whole = self.words.first()?.span.cover(self.words.last()?.span);
        let quotations = quotations_in(self.text, whole);
        let within = |gap: Span| -> Vec<usize> { (0..self.words.len()).filter(|i| gap.encloses(self.words[*i].span)).collect() };
        let mut left_out = vec![false; self.words.len()];
        for pair in quotations.windows(2) {
            let between = within(Span::new(pair[0].span.end, pair[1].span.start));
            if between.len() <= LONGEST && between.iter().any(|i| is_saying(&self.words[*i])) {
                between.into_iter().for_each(|i| left_out[i] = true);
            }
        }
        let kept: Vec<usize> = (0..self.words.len()).filter(|i| !left_out[*i]).collect();
        (kept.len() < self.words.len()).then(|| Self {
            source: self.source,
            text: self.text,
            words: kept.iter().map(|i| self.words[*i]).collect(),
            sentences: kept.iter().map(|i| self.sentences[*i]).collect(),
        })
    }

    /// Where `wanted` stands word for word, starting at one of `from..=to`.
    pub fn occurrences<'r>(&'r self, wanted: &'r [Word], from: usize, to: usize) -> impl Iterator<Item = usize> + 'r {
        let last = self.words.len().checked_sub(wanted.len()).map_or(0, |last| last.min(to) + 1);
        (from..last).filter(move |at| self.words[*at..].iter().zip(wanted).all(|(a, b)| a.form == b.form))
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.words[first].span.cover(self.words[end - 1].span)
    }
}
