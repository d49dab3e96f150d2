//! Quotations against the words of sources.
//!
//! Verbatim means word for word after folding (see [`crate::text::words`]): marks, dashes,
//! spaces, case and punctuation are free, as newspapers treat them. Marked ellipses and brackets
//! are allowed ([`pieces`]) unless they change the sense ([`sense`]). What is not verbatim may be
//! put together from right parts ([`stitched`]) or be nearly right ([`align`]).

mod align;
mod fit;
mod named;
mod pieces;
mod region;
mod sense;
mod stitched;

use super::claim::Claim;
use super::gather::search;
use super::verification::{QuotationCheck, QuotationMatch};
use super::words::WordSet;
use super::words::negations::NEGATIONS;
use super::words::saying::is_saying;
use crate::library::{SourceId, View};
use crate::note::Quotation;
use crate::text::Span;
use crate::text::words::{Term, Word, words};
use fit::{Fit, best_of, nearest, verbatim};
pub use pieces::MOST_QUOTED;
use pieces::{Pieces, pieces};
use region::{Region, region};
use sense::Judge;

/// Up to this many words a quotation may be a title or an ironic term.
const SHORT: usize = 3;
const CANDIDATES: usize = 12;

/// Looks all quotations of a claim up in the library.
pub fn find_all(claim: &Claim<'_>, library: &View<'_>) -> Vec<QuotationCheck> {
    let mut checks: Vec<QuotationCheck> =
        claim.quotations.iter().map(|q| QuotationCheck { quotation: *q, found: find(claim, q, library) }).collect();
    for at in 1..checks.len() {
        if let Some(cut) = lost_between(claim, &checks[at - 1], &checks[at], library) {
            checks[at - 1].found = cut;
        }
    }
    checks
}

/// Looks a quotation up in the library.
fn find(claim: &Claim<'_>, quotation: &Quotation, library: &View<'_>) -> QuotationMatch {
    let pieces = pieces(claim.text, quotation.inner);
    let wanted = pieces.words();
    if wanted.is_empty() {
        return QuotationMatch::Short;
    }
    let is_short = wanted.len() <= SHORT && !quotation.is_block;
    let judge = Judge::new(claim, library);
    let mut regions = regions(claim, &wanted, library);
    let mut found = verbatim(&regions, &pieces, &judge);
    if found.is_none() {
        // Of common words alone the best passages tell little.
        let exact = phrase_regions(&pieces, wanted.len(), library);
        found = verbatim(&exact, &pieces, &judge);
        regions.extend(exact);
    }
    let is_clean = matches!(found, Some((Fit::Clean, _)));
    let spoken: Vec<Region<'_>> = if is_clean { Vec::new() } else { regions.iter().filter_map(Region::spoken).collect() };
    let in_speech = verbatim(&spoken, &pieces, &judge);
    regions.extend(spoken);
    match best_of(found, in_speech) {
        Some(found @ QuotationMatch::Verbatim { .. }) if is_short => return found,
        Some(QuotationMatch::Verbatim { source, span }) => {
            let elsewhere = named::source(claim, library).filter(|named| *named != source);
            let there = elsewhere.and_then(|named| in_source(claim, &pieces, named, library, &judge));
            return there.unwrap_or(QuotationMatch::Verbatim { source, span });
        }
        Some(flawed) if !is_short || sees_every_place(&pieces, &wanted, library) => return flawed,
        _ => {}
    }
    if is_short || is_title(&wanted) && !quotation.is_block {
        return QuotationMatch::Short;
    }
    if TRANSLATED.is_in(&claim.analysis.words) {
        return QuotationMatch::Translated;
    }
    if let Some(stitched) = stitched::of_sentences(claim, quotation, &regions, &judge) {
        return stitched;
    }
    nearest(&wanted, &regions).or_else(|| stitched::of_runs(&wanted, &regions)).unwrap_or(QuotationMatch::Nowhere)
}

/// What one source has of these words: all of them, or nearly.
fn in_source(
    claim: &Claim<'_>,
    pieces: &Pieces,
    source: SourceId,
    library: &View<'_>,
    judge: &Judge<'_>,
) -> Option<QuotationMatch> {
    let wanted = pieces.words();
    let regions = regions(&Claim { only: Some(source), cited: &[], ..*claim }, &wanted, library);
    best_of(verbatim(&regions, pieces, judge), None).or_else(|| nearest(&wanted, &regions))
}

/// A bracket of a short quotation is judged only if no place of its words can have been missed.
fn sees_every_place(pieces: &Pieces, wanted: &[Word], library: &View<'_>) -> bool {
    let has_bracket = pieces.last.is_some() || pieces.pieces.iter().any(|p| p.bracket.is_some());
    has_bracket && wanted.iter().map(|w| library.frequency(w.term)).min().is_some_and(|places| places <= CANDIDATES)
}

/// A word that got lost where “she said” parts a quotation: both halves are verbatim, and the
/// source denies between them.
fn lost_between(
    claim: &Claim<'_>,
    first: &QuotationCheck,
    second: &QuotationCheck,
    library: &View<'_>,
) -> Option<QuotationMatch> {
    const MOST_BETWEEN: usize = 3;
    let (QuotationMatch::Verbatim { source, span }, QuotationMatch::Verbatim { source: other, span: behind }) =
        (&first.found, &second.found)
    else {
        return None;
    };
    let own = Span::new(first.quotation.span.end, second.quotation.span.start).of(claim.text);
    let parted = !own.contains(['.', '!', '?']) && words(own).iter().any(is_saying);
    if source != other || span.end > behind.start || !parted {
        return None;
    }
    let gap = Span::new(span.end, behind.start);
    let between = gap.of(&library.source(*source).layout.visible);
    let lost = words(between);
    if lost.len() > MOST_BETWEEN || between.contains(['.', '!', '?', '“', '”', '"']) {
        return None;
    }
    let dropped = lost.iter().find(|w| NEGATIONS.has(w))?.span.shifted(gap.start);
    Some(QuotationMatch::Cut { source: *source, span: span.cover(*behind), dropped })
}

/// A place where a quotation stands, by the sentence in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub source: SourceId,
    pub sentence: usize,
    /// The quotation's first words.
    pub span: Span,
}

/// Every place of the library at which the quotation begins word for word.
pub fn places(claim: &Claim<'_>, quotation: &Quotation, library: &View<'_>) -> Vec<Occurrence> {
    let pieces = pieces(claim.text, quotation.inner);
    let wanted = pieces.words();
    let Some(first) = pieces.pieces.first().filter(|_| wanted.len() > SHORT) else { return Vec::new() };
    let mut found: Vec<Occurrence> = Vec::new();
    for region in regions(claim, &wanted, library) {
        found.extend(region.occurrences(&first.words, 0, region.words.len()).map(|at| Occurrence {
            source: region.source,
            sentence: region.sentences[at],
            span: region.span(at, at + first.words.len()),
        }));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a sentence with verbatim quotations says little besides: who spoke, and where.
pub fn carries(claim: &Claim<'_>, checks: &[QuotationCheck]) -> bool {
    const MOST_OWN_WORDS: usize = 4;
    let outside = |span: Span| !checks.iter().any(|c| c.quotation.span.overlaps(span));
    let names = &claim.analysis.names;
    let own =
        claim.analysis.words.iter().filter(|w| !w.is_stop && outside(w.span) && !names.iter().any(|n| n.span.encloses(w.span)));
    let quoted = claim.analysis.words.iter().filter(|w| !outside(w.span)).count();
    own.count() <= MOST_OWN_WORDS.min(quoted)
}

/// The note says that the words are its own, in another language than the source's.
static TRANSLATED: WordSet = WordSet::forms("translation translated trans übersetzung traducción traduction");

/// Titles of works and cases are set in quotation marks too.
fn is_title(words: &[Word]) -> bool {
    let informative: Vec<&Word> = words.iter().filter(|w| !w.is_stop && !w.has_digit).collect();
    let capitals = informative.iter().filter(|w| w.is_capital).count();
    informative.len() >= 2 && capitals * 10 >= informative.len() * 8
}

/// Places where the quotation's first words stand one behind the other.
fn phrase_regions<'l>(pieces: &Pieces, length: usize, library: &'l View<'_>) -> Vec<Region<'l>> {
    let Some(first) = pieces.pieces.first().filter(|first| first.words.len() > SHORT) else { return Vec::new() };
    let terms: Vec<Term> = first.words.iter().map(|word| word.term).collect();
    library.phrase(&terms, CANDIDATES).into_iter().map(|id| region(id, length, library)).collect()
}

/// Places with the quotation's rarest words, cited sources first.
fn regions<'l>(claim: &Claim<'_>, wanted: &[Word], library: &'l View<'l>) -> Vec<Region<'l>> {
    const STOP_SHARE: f32 = 0.15;
    let query: Vec<(Term, f32)> = wanted.iter().map(|w| (w.term, if w.is_stop { STOP_SHARE } else { 1.0 })).collect();
    let places = search(claim, &query, CANDIDATES / 2, CANDIDATES, library);
    places.into_iter().map(|id| region(id, wanted.len(), library)).collect()
}
