//! Quotations whose parts are right, but do not follow each other in the source.

use super::fit::verbatim;
use super::pieces::{ELLIPSIS_GAP, pieces};
use super::region::Region;
use super::sense::Judge;
use crate::library::SourceId;
use crate::note::Quotation;
use crate::text::words::Word;
use crate::text::{Span, sentences};
use crate::verify::claim::Claim;
use crate::verify::verification::QuotationMatch;

/// A part shorter than this may stand anywhere by chance.
const LEAST_WORDS: usize = 3;
const MOST_PARTS: usize = 4;

/// A quotation of several sentences, each of which is verbatim in one source, but not in a row.
pub fn of_sentences(
    claim: &Claim<'_>,
    quotation: &Quotation,
    regions: &[Region<'_>],
    judge: &Judge<'_>,
) -> Option<QuotationMatch> {
    let parts = sentences::sentences(quotation.inner.of(claim.text));
    if parts.len() < 2 {
        return None;
    }
    let mut places: Vec<(SourceId, Span)> = Vec::new();
    let mut joints = Vec::new();
    for part in parts {
        let part = part.shifted(quotation.inner.start);
        let pieces = pieces(claim.text, part);
        let (_, QuotationMatch::Verbatim { source, span }) = verbatim(regions, &pieces, judge)? else { return None };
        joints.push(part.start);
        places.push((source, span));
    }
    let (source, span) = places[0];
    let spans: Vec<Span> = places.iter().map(|(_, span)| *span).collect();
    let joints = if follow_each_other(&spans, source, regions) { joints.split_off(1) } else { Vec::new() };
    places.iter().all(|(s, _)| *s == source).then_some(QuotationMatch::Stitched { source, span, joints })
}

/// A quotation that is put together from runs of words of one source.
pub fn of_runs(wanted: &[Word], regions: &[Region<'_>]) -> Option<QuotationMatch> {
    let mut sources: Vec<SourceId> = regions.iter().map(|r| r.source).collect();
    sources.dedup();
    sources.into_iter().find_map(|source| {
        let runs = runs(wanted, source, regions)?;
        let spans: Vec<Span> = runs.iter().map(|run| run.span).collect();
        let joints = runs[1..].iter().map(|run| wanted[run.first].span.start).collect();
        let joints = if follow_each_other(&spans, source, regions) { joints } else { Vec::new() };
        Some(QuotationMatch::Stitched { source, span: spans[0], joints })
    })
}

/// Words of the quotation from `first` on that stand together in the source.
struct Run {
    first: usize,
    span: Span,
}

fn runs(wanted: &[Word], source: SourceId, regions: &[Region<'_>]) -> Option<Vec<Run>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < wanted.len() {
        let of_source = regions.iter().filter(|r| r.source == source);
        let (length, span) = of_source.filter_map(|region| longest(&wanted[at..], region)).max_by_key(|(length, _)| *length)?;
        let tells = wanted[at..at + length].iter().any(|w| !w.is_stop);
        if length < LEAST_WORDS || !tells || found.len() == MOST_PARTS {
            return None;
        }
        found.push(Run { first: at, span });
        at += length;
    }
    (found.len() > 1).then_some(found)
}

/// The longest beginning of `wanted` that stands in the region.
fn longest(wanted: &[Word], region: &Region<'_>) -> Option<(usize, Span)> {
    let length = |start: usize| region.words[start..].iter().zip(wanted).take_while(|(a, b)| a.form == b.form).count();
    let (length, start) = (0..region.words.len()).map(|start| (length(start), start)).max_by_key(|(length, _)| *length)?;
    (length > 0).then(|| (length, region.span(start, start + length)))
}

/// Whether an ellipsis between the parts would make the quotation right.
fn follow_each_other(spans: &[Span], source: SourceId, regions: &[Region<'_>]) -> bool {
    let between = |from: usize, to: usize| {
        let inside = |region: &&Region<'_>| {
            region.source == source
                && region.words.first().is_some_and(|w| w.span.start < from)
                && region.words.last().is_some_and(|w| w.span.end >= to)
        };
        let gap = |region: &Region<'_>| region.words.iter().filter(|w| w.span.start >= from && w.span.end <= to).count();
        regions.iter().find(inside).is_some_and(|region| gap(region) <= ELLIPSIS_GAP)
    };
    spans.windows(2).all(|pair| pair[0].end <= pair[1].start && between(pair[0].end, pair[1].start))
}
