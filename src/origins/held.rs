//! Which source of the library an origin is.

use super::documents;
use super::names::Name;
use super::origin::{Link, Origin, Why};
use super::reader::Reader;
use crate::library::{SentenceId, SourceId, SourceSentence};
use crate::note::quotations_in;
use crate::text::Span;
use crate::text::words::{Term, fold, words};

/// The source that a document is: of its kind by file name or title, made by its owner or on its day, and not younger
/// than who speaks of it.
pub fn document(reader: &Reader<'_, '_>, origin: &Origin, sentence: &SourceSentence, from: SourceId) -> Option<SourceId> {
    /// Of a kind of which a library has very many, none is picked out.
    const MOST: usize = 200;
    let library = reader.library;
    let kind = origin.kind?;
    let mut kinds: Vec<Term> = documents::words_for(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let found = kinds.iter().flat_map(|kind| library.of_kind(*kind)).filter(|id| *id != from && !is_younger(reader, *id, from));
    let found = found.take(MOST);
    let fits = |id: &SourceId| {
        let metadata = &library.source(*id).metadata;
        let makers: Vec<Name> =
            [&metadata.publisher, &metadata.author].into_iter().flatten().map(|maker| Name::of(maker)).collect();
        let is_made = |owner: &Name| makers.iter().any(|maker| maker.is(owner));
        let day = metadata.date.as_deref().and_then(crate::text::relative_dates::Day::parse);
        let is_of_day = origin.date.as_ref().zip(day).and_then(|(date, day)| day.is(date));
        // Where the phrase does not say whose it is, the sentence may.
        let is_told = || {
            let names = sentence.analysis.names.iter();
            names.map(|name| Name::of_words(&sentence.analysis.words[name.first..name.last])).any(|name| is_made(&name))
        };
        // "The ministry's statement", where the library has one by a ministry.
        let is_body = || origin.body.is_some_and(|body| makers.iter().any(|maker| maker.has(body)));
        let is_owned =
            if origin.owner.is_known() { is_made(&origin.owner) } else { is_told() || is_of_day == Some(true) || is_body() };
        is_owned && is_of_day != Some(false)
    };
    // A paper by a name that the sentence has for where it appeared.
    const MOST_READ: usize = 2_000;
    let names: Vec<Name> =
        sentence.analysis.names.iter().map(|name| Name::of_words(&sentence.analysis.words[name.first..name.last])).collect();
    let appeared = |id: &SourceId| {
        let publisher = library.source(*id).metadata.publisher.as_deref().map(Name::of);
        publisher.is_some_and(|publisher| publisher.is_long() && names.contains(&publisher))
    };
    let by_paper = || {
        let mut all = library.ids().filter(|id| *id != from && !is_younger(reader, *id, from) && appeared(id));
        let only = all.next().filter(|_| library.len() <= MOST_READ);
        only.filter(|_| all.next().is_none())
    };
    // A file that is called so is sooner meant than one whose title begins so.
    let is_called = |id: &SourceId| {
        words(&library.source(*id).stem().replace('_', " ")).last().is_some_and(|word| kinds.contains(&word.term))
    };
    found.filter(fits).max_by_key(|id| (is_called(id), std::cmp::Reverse(*id))).or_else(by_paper)
}

/// Whether one source bears a later day than another.
pub fn is_younger(reader: &Reader<'_, '_>, one: SourceId, than: SourceId) -> bool {
    let date = |id: SourceId| reader.library.source(id).metadata.date.as_deref();
    date(one).zip(date(than)).is_some_and(|(one, than)| {
        // Of one only the month may be known.
        let known = one.len().min(than.len());
        one.get(..known) > than.get(..known)
    })
}

/// The sources whose own words a sentence quotes.
pub fn quoted(reader: &Reader<'_, '_>, id: SentenceId) -> Option<Link> {
    let library = reader.library;
    let from = library.source_of(id);
    let (span, text) = (library.span(id), &library.source(from).layout.visible);
    quotations_in(text, span).into_iter().find_map(|quotation| {
        let terms = forms(quotation.inner.of(text));
        let places = if terms.len() >= FEWEST_WORDS { library.phrase(&terms, 8) } else { Vec::new() };
        let own = places.into_iter().map(|at| library.source_of(at)).find(|source| {
            *source != from && !is_younger(reader, *source, from) && says_itself(reader, *source, quotation.inner.of(text))
        })?;
        let origin = reader.own(own);
        let title = library.source(own).title();
        Some(Link { source: from, passage: span, origin: Origin { name: title, ..origin }, why: Why::Quoted(quotation.inner) })
    })
}

/// Fewer words are found in many places.
const FEWEST_WORDS: usize = 6;

fn forms(text: &str) -> Vec<Term> {
    words(text).iter().map(|word| word.term).collect()
}

/// Whether a source has some words outside of quotation marks: as its own.
fn says_itself(reader: &Reader<'_, '_>, id: SourceId, quoted: &str) -> bool {
    let text = &reader.library.source(id).layout.visible;
    let wanted: Vec<Term> = words(quoted).iter().map(|word| word.form).collect();
    reader.library.sentences_of(id).map(SentenceId).any(|at| {
        let span = reader.library.span(at);
        if span.len() < quoted.len() / 2 {
            return false;
        }
        let own = words(span.of(text));
        let forms: Vec<Term> = own.iter().map(|word| word.form).collect();
        let Some(first) = forms.windows(wanted.len()).position(|run| run == wanted) else { return false };
        let start = span.start + own[first].span.start;
        let within = Span::new(text.floor_char_boundary(span.start.saturating_sub(400)), span.end);
        !quotations_in(text, within).iter().any(|quotation| quotation.span.start <= start && start < quotation.span.end)
    })
}

/// The source that an analyst means by its path, key or name.
pub fn noted(reader: &Reader<'_, '_>, name: &str) -> Option<SourceId> {
    reader.library.resolve(name).or_else(|| {
        let wanted = fold(name);
        // Titles are in the records; those of a few sources can be looked up, and larger libraries have keys.
        const MOST: usize = 2_000;
        (reader.library.len() <= MOST)
            .then(|| reader.library.ids().find(|id| fold(reader.library.source(*id).title().plain()) == wanted))
            .flatten()
    })
}
