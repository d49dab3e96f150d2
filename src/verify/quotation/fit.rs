//! How well a place of a source fits a quotation: word for word, with a flaw, or nearly.

use super::align::{align, changes};
use super::pieces::Pieces;
use super::region::Region;
use super::sense::{Flaw, Judge};
use crate::text::Span;
use crate::text::words::Word;
use crate::verify::verification::QuotationMatch;

/// Share of a quotation's words that an altered one must still have; another form of a word
/// counts half.
const ALIKE: f32 = 0.6;

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

/// The first of the best places.
pub fn verbatim(regions: &[Region<'_>], pieces: &Pieces, judge: &Judge<'_>) -> Option<Fitted> {
    let mut best: Option<Fitted> = None;
    for region in regions {
        let Some(found) = region.verbatim(pieces, judge) else { continue };
        if best.as_ref().is_none_or(|(fit, _)| found.0 < *fit) {
            best = Some(found);
        }
        if matches!(best, Some((Fit::Clean, _))) {
            break;
        }
    }
    best
}

/// The better of two matches, the first in doubt.
pub fn best_of(first: Option<Fitted>, second: Option<Fitted>) -> Option<QuotationMatch> {
    first.into_iter().chain(second).min_by_key(|(fit, _)| *fit).map(|(_, found)| found)
}

/// The first of the most alike.
pub fn nearest(wanted: &[Word], regions: &[Region<'_>]) -> Option<QuotationMatch> {
    let better = |best: Option<Ranked>, next: Ranked| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    };
    regions.iter().filter_map(|region| region.altered(wanted)).fold(None, better).map(|(_, found)| found)
}

impl Region<'_> {
    /// The best place of the quotation in the region, if its words are here.
    pub fn verbatim(&self, pieces: &Pieces, judge: &Judge<'_>) -> Option<Fitted> {
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
    fn follow(&self, pieces: &Pieces, start: usize, judge: &Judge<'_>) -> Option<Walk> {
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
