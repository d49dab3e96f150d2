//! A view of a library: it opens sources as they are asked for, and what it hands out lives as
//! long as it does.
//!
//! A library may be far larger than memory. One view serves one piece of work, such as the judging
//! of one claim; when it is dropped, what it loaded may go.

use std::ops::Deref;
use std::sync::Arc;

use elsa::FrozenMap;

use super::loaded_source::LoadedSource;
use super::{Library, SentenceId, SourceId, SourceSentence, retrieval};
use crate::message;
use crate::source::Source;
use crate::text::words::{Term, Word};
use crate::text::{LineIndex, Span, Untrusted};

/// A library with the sources that are open.
pub struct View<'l> {
    library: &'l Library,
    loaded: FrozenMap<SourceId, Arc<LoadedSource>>,
}

impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").finish_non_exhaustive()
    }
}

impl Deref for View<'_> {
    type Target = Library;

    fn deref(&self) -> &Library {
        self.library
    }
}

impl<'l> View<'l> {
    pub(super) fn new(library: &'l Library) -> Self {
        Self { library, loaded: FrozenMap::new() }
    }

    pub(super) fn loaded(&self, id: SourceId) -> &LoadedSource {
        match self.loaded.get(&id) {
            Some(loaded) => loaded,
            None => self.loaded.insert(id, self.library.load(id)),
        }
    }

    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.loaded(id).source
    }

    /// The lines of a source's text.
    #[must_use]
    pub fn lines(&self, id: SourceId) -> &LineIndex {
        self.loaded(id).lines()
    }

    /// A place inside a source in words: `p. 4`, `line 12`.
    #[must_use]
    pub fn place(&self, id: SourceId, offset: usize) -> Untrusted {
        match self.source(id).place(offset) {
            Some(place) => place.into(),
            None => message!("line {}", self.lines(id).line(offset) + 1),
        }
    }

    /// A place with its file, as terminals and editors know it: `wire/a.txt:12`, or
    /// `report.pdf, p. 4` where the file has no lines.
    #[must_use]
    pub fn address(&self, id: SourceId, offset: usize) -> Untrusted {
        let source = self.source(id);
        if source.is_rendition {
            message!("{}, {}", source.path, self.place(id, offset))
        } else {
            message!("{}:{}", source.path, self.lines(id).line(offset) + 1)
        }
    }

    #[must_use]
    pub fn sentence(&self, id: SentenceId) -> &SourceSentence {
        let source = self.source_of(id);
        self.loaded(source).sentence(id.0 - self.sentences_of(source).start)
    }

    /// Where a sentence stands in its source.
    #[must_use]
    pub fn span(&self, id: SentenceId) -> Span {
        let source = self.source_of(id);
        self.loaded(source).span(id.0 - self.sentences_of(source).start)
    }

    /// The sentences of a source that a span of it touches, in order.
    pub fn sentences_at(&self, source: SourceId, span: Span) -> impl Iterator<Item = SentenceId> + use<'_, 'l> {
        self.sentences_of(source).map(SentenceId).filter(move |at| self.span(*at).overlaps(span))
    }

    /// Whether a source says of itself that it corrects another one.
    #[must_use]
    pub fn is_correction(&self, id: SourceId) -> bool {
        self.loaded(id).is_correction()
    }

    /// The sentences of the best passages for a bag of weighted terms, best first; ties in the
    /// order of the library. `only` restricts the search to one source.
    #[must_use]
    pub fn passages(&self, query: &[(Term, f32)], only: Option<SourceId>, most: usize) -> Vec<(SentenceId, f32)> {
        match only {
            Some(source) => retrieval::within(self, source, query, most),
            None => retrieval::everywhere(self, query, most),
        }
    }

    /// The sentences that fit some words best; common words count little.
    #[must_use]
    pub fn fitting(&self, words: &[Word], most: usize) -> Vec<(SentenceId, f32)> {
        const COMMON: f32 = 0.1;
        let query: Vec<_> = words.iter().map(|word| (word.term, if word.is_stop { COMMON } else { 1.0 })).collect();
        self.passages(&query, None, most)
    }

    /// The sentences in which these terms begin one behind the other, in the order of the library.
    /// Places that lie in two passages are not found.
    #[must_use]
    pub fn phrase(&self, terms: &[Term], most: usize) -> Vec<SentenceId> {
        retrieval::phrase(self, terms, most)
    }
}
