//! A stretch of a source in which a quotation may stand, and how it is looked up.

use super::align::{align, changes};
use super::pieces::{BRACKET_GAP, ELLIPSIS_GAP, Pieces};
use super::sense::{self, Flaw};
use crate::library::{SentenceId, SourceId, View};
use crate::note::quotations_in;
use crate::text::Span;
use crate::text::words::Word;
use crate::verify::verification::QuotationMatch;
use crate::verify::words::saying::is_saying;

/// Share of a quotation's words that an altered one must still have; another form of a word
/// counts half.
const ALIKE: f32 = 0.6;

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

/// How alike the words are, and what to say of them.
pub type Ranked = (f32, QuotationMatch);

/// A place of a quotation, and how well it fits.
pub type Fitted = (Fit, QuotationMatch);

/// What a walk along the pieces of a quotation finds.
struct Walk {
    /// Behind the last word.
    end: usize,
    flaw: Option<Flaw>,
    /// An omission joins what does not belong together in the source, as far as one can see.
    is_loose: bool,
}

/// How well a place fits a quotation whose words stand there; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    Clean,
    /// An omission or a bracket changes the sense.
    Flawed,
    /// Right only if an ellipsis may join the halves of two sentences.
    Loose,
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

    /// The best place of the quotation in the region, if its words are here.
    pub fn verbatim(&self, pieces: &Pieces, judge: &sense::Judge<'_>) -> Option<Fitted> {
        let first = pieces.pieces.first()?;
        let mut best: Option<Fitted> = None;
        for start in self.occurrences(&first.words, 0, self.words.len()) {
            let Some(walk) = self.follow(pieces, start, judge) else { continue };
            let span = self.span(start, walk.end);
            let found = match walk.flaw {
                None if walk.is_loose => (Fit::Loose, QuotationMatch::Verbatim { source: self.source, span }),
                None => return Some((Fit::Clean, QuotationMatch::Verbatim { source: self.source, span })),
                Some(flaw) => (Fit::Flawed, flaw.into_match(self.source, span)),
            };
            if best.as_ref().is_none_or(|(fit, _)| found.0 < *fit) {
                best = Some(found);
            }
        }
        best
    }

    /// Follows the pieces from a start: where the last one ends, and a mark that changes the
    /// sense.
    fn follow(&self, pieces: &Pieces, start: usize, judge: &sense::Judge<'_>) -> Option<Walk> {
        let first = &pieces.pieces[0];
        let mut end = start + first.words.len();
        let mut flaw = judge.before(self, first.bracket.as_ref(), start);
        let mut is_loose = false;
        for piece in &pieces.pieces[1..] {
            let next = self.occurrences(&piece.words, end, end + piece.gap).next()?;
            flaw = flaw.or_else(|| judge.between(self, piece.bracket.as_ref(), end, next));
            is_loose |= self.joins_middles(end, next);
            end = next + piece.words.len();
        }
        flaw = flaw.or_else(|| judge.after(self, pieces.last.as_ref(), end));
        Some(Walk { end, flaw, is_loose })
    }

    /// Whether an omission joins the middle of one sentence to the middle of another.
    fn joins_middles(&self, end: usize, next: usize) -> bool {
        let sentence = |i: usize| self.sentences.get(i).copied();
        sentence(end - 1) != sentence(next) && sentence(end - 1) == sentence(end) && sentence(next - 1) == sentence(next)
    }

    /// Where `wanted` stands word for word, starting at one of `from..=to`.
    pub fn occurrences<'r>(&'r self, wanted: &'r [Word], from: usize, to: usize) -> impl Iterator<Item = usize> + 'r {
        let last = self.words.len().checked_sub(wanted.len()).map_or(0, |last| last.min(to) + 1);
        (from..last).filter(move |at| self.words[*at..].iter().zip(wanted).all(|(a, b)| a.form == b.form))
    }

    pub fn span(&self, first: usize, end: usize) -> Span {
        self.words[first].span.cover(self.words[end - 1].span)
    }

    /// The most similar words of the region, if they are similar enough.
    pub fn altered(&self, wanted: &[Word]) -> Option<Ranked> {
        let alignment = align(wanted, &self.words);
        let equal: Vec<(usize, usize)> = alignment.iter().filter_map(|step| step.equal(wanted, &self.words)).collect();
        let inflected = alignment.iter().filter(|step| step.inflected(wanted, &self.words)).count();
        let informative = equal.iter().filter(|(i, _)| !wanted[*i].is_stop).count();
        let alike = (equal.len() as f32 + 0.5 * inflected as f32) / wanted.len() as f32;
        let (Some((_, first)), Some((_, last))) = (equal.first(), equal.last()) else { return None };
        if alike < ALIKE || informative < 2 {
            return None;
        }
        let changes = changes(&alignment, wanted, &self.words);
        let touched = changes.iter().map(|c| c.source).filter(|s| !s.is_empty());
        let span = touched.fold(self.span(*first, *last + 1), Span::cover);
        Some((alike, QuotationMatch::Altered { source: self.source, span, changes }))
    }
}
