//! The document from which a note says that its words are: “in the cable”, “her letter”.

use crate::library::{SourceId, View};
use crate::source::Source;
use crate::text::Span;
use crate::text::words::{Term, Word, words};
use crate::verify::claim::Claim;
use crate::verify::words::saying::is_saying;
use crate::verify::words::{WordSet, is_one_of};

/// What documents are called.
static KINDS: WordSet = WordSet::stems(
    "affidavit article audit cable circular column complaint contract decree editorial email filing indictment interview judgment letter memo memorandum minutes petition report ruling speech statement study testimony transcript verdict",
);

/// The one source that the words around the claim's quotations name, if there is just one.
pub fn source(claim: &Claim<'_>, library: &View<'_>) -> Option<SourceId> {
    let outside = |span: Span| !claim.quotations.iter().any(|q| q.span.overlaps(span));
    let own: Vec<&Word> = claim.analysis.words.iter().filter(|w| outside(w.span)).collect();
    let mut named = own.iter().enumerate().filter(|(at, w)| KINDS.has(w) && is_origin(&own, *at));
    let (at, kind) = named.next()?;
    if named.any(|(_, w)| w.term != kind.term) {
        return None;
    }
    let mut of_kind = library.of_kind(kind.term);
    let only = of_kind.next()?;
    let article = at.checked_sub(1).map(|i| own[i].span.of(claim.text).to_lowercase());
    let is_definite = matches!(article.as_deref(), Some("the" | "this" | "that"));
    let alone = of_kind.next().is_none();
    (alone && (is_definite || knows_owner(library.source(only), &own, kind.term))).then_some(only)
}

/// "In her letter", "according to the report", "the cable says"; not "asked about the report".
fn is_origin(own: &[&Word], at: usize) -> bool {
    let is_reading = |w: &Word| is_saying(w) || is_one_of!(w, "reads finds found speaks holds counts describes puts concludes");
    let inside = own[at.saturating_sub(4)..at].iter().any(|w| is_one_of!(w, "in from per according"));
    inside || own[at + 1..].iter().take(2).any(|w| is_reading(w))
}

/// Whether a word beside the quotation is one of the source's name, author or publisher.
fn knows_owner(source: &Source, own: &[&Word], kind: Term) -> bool {
    let metadata = &source.metadata;
    let stem = source.stem().replace('_', " ");
    let about = [metadata.title.as_deref(), metadata.author.as_deref(), metadata.publisher.as_deref(), Some(stem.as_str())];
    let about: Vec<Word> = about.into_iter().flatten().flat_map(words).filter(|w| !w.is_stop && w.term != kind).collect();
    own.iter().filter(|w| !w.is_stop).any(|w| about.iter().any(|a| a.root == w.root))
}
