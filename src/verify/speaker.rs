//! Who said it: the name that a note gives to a quotation, against the names around its words.

use super::quotation::places;
use super::{Claim, QuotationCheck, QuotationMatch};
use crate::library::{Library, SentenceId, SourceId};
use crate::text::Span;
use crate::text::names::Name;
use crate::text::words::{Term, Word, words};

/// How far from a quotation its speaker is named, in sentences.
const NEAR: usize = 3;

/// A right quotation that is given to somebody whom no source names near it: the note's name for
/// the speaker, and where the words stand.
pub fn wrong_speaker(claim: &Claim<'_>, checks: &[QuotationCheck], library: &Library) -> Option<(Span, SourceId, Span)> {
    let check = checks.iter().find(|c| matches!(c.found, QuotationMatch::Verbatim { .. }))?;
    let speaker = speaker(claim, checks)?;
    let of_name: Vec<Term> = claim.analysis.words[speaker.first..speaker.last]
        .iter()
        .filter(|w| !w.is_stop && !super::slots::is_title(w.term))
        .map(|w| w.term)
        .collect();
    let found = places(claim, &check.quotation, library);
    let known = |(source, at): &(SourceId, usize)| names_near(*source, *at, library).iter().any(|t| of_name.contains(t));
    if of_name.is_empty()
        || found.is_empty()
        || found.iter().any(known)
        || !found.iter().any(|(_, at)| somebody_speaks(*at, library))
    {
        return None;
    }
    let QuotationMatch::Verbatim { source, span } = check.found else { return None };
    Some((speaker.span, source, span))
}

/// The name beside a verb of saying, outside the quotations.
fn speaker<'c>(claim: &'c Claim<'_>, checks: &[QuotationCheck]) -> Option<&'c Name> {
    let analysis = claim.analysis;
    let outside = |span: Span| !checks.iter().any(|c| c.quotation.span.overlaps(span));
    let verb_near = |name: &Name| {
        let after = analysis.words[name.last..].iter().take(2);
        let before = analysis.words[..name.first].iter().rev().take(2);
        let colon = claim.text[name.span.end..].trim_start().starts_with(':');
        colon || after.chain(before).filter(|w| outside(w.span)).any(|w| is_saying(claim.text, w))
    };
    let mut found = analysis.names.iter().filter(|n| outside(n.span) && verb_near(n));
    let (only, more) = (found.next()?, found.next());
    more.is_none().then_some(only)
}

fn is_saying(text: &str, word: &Word) -> bool {
    const SAYING: &[&str] = &[
        "said",
        "says",
        "told",
        "tells",
        "added",
        "adds",
        "wrote",
        "writes",
        "asked",
        "argued",
        "argues",
        "insisted",
        "insists",
        "warned",
        "warns",
        "testified",
        "explained",
        "replied",
        "claimed",
        "declared",
        "noted",
        "stated",
        "called",
        "calls",
    ];
    SAYING.contains(&word.span.of(text).to_lowercase().as_str())
}

/// Terms of all capitalised words near a sentence, and of what its source says of itself.
fn names_near(source: SourceId, at: usize, library: &Library) -> Vec<Term> {
    let range = library.sentences_of(source);
    let near = at.saturating_sub(NEAR).max(range.start)..(at + NEAR + 1).min(range.end);
    let mut terms: Vec<Term> =
        near.flat_map(|i| &library.sentence(SentenceId(i)).analysis.words).filter(|w| w.is_capital).map(|w| w.term).collect();
    let metadata = &library.source(source).metadata;
    for text in [&metadata.author, &metadata.publisher, &metadata.title].into_iter().flatten() {
        terms.extend(words(text).iter().map(|w| w.term));
    }
    terms
}

/// Whether the sentence or its neighbours tell of somebody saying something.
fn somebody_speaks(at: usize, library: &Library) -> bool {
    let source = library.sentence(SentenceId(at)).source;
    let range = library.sentences_of(source);
    let visible = &library.source(source).layout.visible;
    let near = at.saturating_sub(1).max(range.start)..(at + 2).min(range.end);
    let sentences: Vec<_> = near.map(|i| library.sentence(SentenceId(i))).collect();
    sentences.iter().any(|s| s.analysis.words.iter().any(|w| is_saying(visible, w)))
}
