//! Sources that were loaded lately, with what was found out about their sentences.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::postings::Postings;
use super::record::{Place, Record, words_of};
use super::{SourceId, SourceSentence};
use crate::cache::{Cache, Key};
use crate::source::Source;
use crate::text::blocks::BlockKind;
use crate::text::dates::{DayOrder, day_order};
use crate::text::relative_dates::{self, Day};
use crate::text::words::Term;
use crate::text::{Analysis, LineIndex, Span};

/// A source with its text in memory.
#[derive(Debug)]
pub struct LoadedSource {
    id: SourceId,
    pub source: Source,
    places: Vec<Place>,
    lines: OnceLock<LineIndex>,
    sentences: Vec<OnceLock<Box<SourceSentence>>>,
    postings: OnceLock<(Postings, Vec<usize>)>,
    is_correction: OnceLock<bool>,
    /// The day on which "Friday" is to be understood.
    written: Option<Day>,
    /// Which is the day in "03/04/2021".
    day_order: OnceLock<Option<DayOrder>>,
}

impl LoadedSource {
    /// Of a record whose source has all its metadata.
    pub fn new(id: SourceId, record: Record) -> Self {
        let Record { source, sentences: places } = record;
        let dated = source.metadata.date.as_deref().filter(|date| source.created.as_deref() != Some(date));
        Self {
            id,
            written: dated.and_then(Day::parse),
            lines: OnceLock::new(),
            sentences: places.iter().map(|_| OnceLock::new()).collect(),
            postings: OnceLock::new(),
            is_correction: OnceLock::new(),
            day_order: OnceLock::new(),
            source,
            places,
        }
    }

    /// Stands for a source whose record is lost: all its sentences are empty.
    pub fn lost(id: SourceId, path: &str, sentences: usize) -> Self {
        let place = Place { block: 0, span: Span::default() };
        let source = Source::of_text(path.to_owned(), String::new());
        Self::new(id, Record { source, sentences: vec![place; sentences] })
    }

    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.source.text))
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether the source says of itself that it corrects another one.
    pub fn is_correction(&self) -> bool {
        *self.is_correction.get_or_init(|| is_correction(&self.source))
    }

    /// Where a sentence of the source stands.
    pub fn span(&self, at: usize) -> Span {
        self.places[at].span
    }

    /// A sentence of the source by its place in it.
    pub fn sentence(&self, at: usize) -> &SourceSentence {
        self.sentences[at].get_or_init(|| Box::new(self.analyse(self.places[at])))
    }

    fn analyse(&self, Place { block, span }: Place) -> SourceSentence {
        let (block, visible) = (block as usize, &self.source.layout.visible);
        let mut analysis = Analysis::of(visible, span);
        if analysis.dates.iter().any(|date| date.either.is_some())
            && let Some(order) = *self.day_order.get_or_init(|| day_order(visible))
        {
            analysis.dates.iter_mut().for_each(|date| date.read_in(order));
        }
        if let Some(written) = self.written {
            let Analysis { words, dates, .. } = &mut analysis;
            relative_dates::resolve(visible, words, dates, written);
        }
        let kind = self.source.layout.blocks.get(block).map(|block| block.kind);
        SourceSentence {
            source: self.id,
            block,
            span,
            analysis,
            is_heading: kind == Some(BlockKind::Heading),
            is_boilerplate: kind == Some(BlockKind::Boilerplate),
            is_question: span.of(visible).trim_end_matches(['”', '"', '’', ')', ' ']).ends_with('?'),
            context: context(&self.source, block),
        }
    }

    /// The sentences by their terms, numbered from 0.
    pub fn postings(&self) -> &Postings {
        &self.searchable().0
    }

    /// The number of words of a sentence.
    pub fn length(&self, at: usize) -> usize {
        self.searchable().1[at]
    }

    fn searchable(&self) -> &(Postings, Vec<usize>) {
        self.postings.get_or_init(|| {
            let mut postings = Postings::default();
            let mut lengths = Vec::with_capacity(self.places.len());
            for (at, place) in self.places.iter().enumerate() {
                let words = words_of(&self.source.layout.visible, place.span);
                lengths.push(words.len());
                words.iter().for_each(|word| postings.push(at as u32, word.term));
            }
            (postings, lengths)
        })
    }
}

/// The words of the heading and of the lead-in above a block.
fn context(source: &Source, block: usize) -> Vec<Term> {
    const MOST_TERMS: usize = 40;
    let Some(block) = source.layout.blocks.get(block) else { return Vec::new() };
    let mut terms: Vec<Term> = [block.heading, block.lead]
        .into_iter()
        .flatten()
        .flat_map(|at| crate::text::words::words(source.layout.blocks[at].span.of(&source.layout.visible)))
        .filter(|word| !word.is_stop)
        .map(|word| word.term)
        .take(MOST_TERMS)
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// A correction says so at its head.
fn is_correction(source: &Source) -> bool {
    const CUES: &[&str] = &[
        "correction",
        "corrected",
        "clarification",
        "erratum",
        "errata",
        "retraction",
        "contained an error",
        "contained errors",
    ];
    const HEAD: usize = 800;
    let visible = &source.layout.visible;
    let start = source.layout.blocks.first().map_or(0, |block| block.span.start);
    let head = visible[start..visible.floor_char_boundary(start + HEAD)].to_lowercase();
    let title = source.title().plain().to_lowercase();
    CUES.iter().any(|cue| head.contains(cue) || title.contains(cue))
}

/// The sources that were used lately.
#[derive(Debug)]
pub struct SourceCache(Cache<Arc<LoadedSource>>);

impl Default for SourceCache {
    fn default() -> Self {
        // What is known of a text takes several times its bytes.
        const MOST_TEXT: usize = 8 << 20;
        Self(Cache::limited(MOST_TEXT, |loaded| loaded.source.text.len()))
    }
}

impl SourceCache {
    /// The source, from the cache or by `load`.
    pub fn get_or(&self, id: SourceId, load: impl FnOnce() -> LoadedSource) -> Arc<LoadedSource> {
        self.0.get_or(Key::default().number(id.0), || Arc::new(load()))
    }
}

/// The sentences of a source that stand beside some of its sentences, with them.
pub fn with_neighbours(range: Range<usize>, all: usize) -> Range<usize> {
    range.start.saturating_sub(1)..(range.end + 1).min(all)
}
