//! Floor 3: the library, all sources of a workspace, and how to find passages in them.
//!
//! *Architecture invariant:* a [`Library`] is immutable and a pure function of the set of its
//! sources and bibliographies; the order in which files were found does not matter. Reading
//! files is the business of [`scan`] alone.

mod aliases;
pub mod anchors;
pub mod bibliography;
mod catalogue;
mod index;
pub mod locators;
mod parallel;
pub mod paths;
pub mod places;
pub mod renditions;
pub mod resolve;
pub mod scan;
pub mod urls;
pub mod worker;

use std::ops::Range;

use crate::source::Source;
use crate::text::blocks::BlockKind;
use crate::text::relative_dates::{self, Day};
use crate::text::words::Term;
use crate::text::{Analysis, LineIndex, Span, sentences};

use aliases::Aliases;
pub use bibliography::Entry;
use bibliography::{Bibliographies, Entries};
use catalogue::Catalogue;
use index::Index;

/// A source of a library, by its place in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub usize);

/// A sentence of a library. Neighbours in a source have neighbouring numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub usize);

/// A sentence of a source; with its neighbours it is a passage.
#[derive(Clone, Debug)]
pub struct SourceSentence {
    pub source: SourceId,
    /// Index into the blocks of the source's layout.
    pub block: usize,
    /// Where it stands in the source.
    pub span: Span,
    pub analysis: Analysis,
    /// A headline or cross-head: it names what the text says, but is seldom the place to quote.
    pub is_heading: bool,
    /// It stands around the content: a caption, a teaser, a button.
    pub is_boilerplate: bool,
    /// It asks, and asserts nothing.
    pub is_question: bool,
    /// Terms that say what it is about: of its heading, its table header, its list's lead-in.
    pub context: Vec<Term>,
}

/// A file that is no source because it could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub path: String,
    /// In words that follow its name: "it is encrypted".
    pub reason: String,
}

/// All sources of a workspace.
#[derive(Debug, Default)]
pub struct Library {
    sources: Vec<Source>,
    lines: Vec<LineIndex>,
    ranges: Vec<Range<usize>>,
    sentences: Vec<SourceSentence>,
    unreadable: Vec<Unreadable>,
    /// Sources that are hardly English.
    foreign: Vec<bool>,
    /// Sources that correct others.
    corrections: Vec<bool>,
    aliases: Aliases,
    index: Index,
    catalogue: Catalogue,
    bibliographies: Bibliographies,
    entries: Entries,
}

impl Library {
    /// Builds a library. Sources are put in the order of their paths.
    #[must_use]
    pub fn new(mut sources: Vec<Source>, bibliographies: Bibliographies) -> Self {
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources.dedup_by(|a, b| a.path == b.path);
        let entries = bibliographies.entries();
        let named = Catalogue::of(&sources);
        catalogue::complete(&mut sources, &entries, &named);
        let mut catalogue = Catalogue::of(&sources);
        catalogue.name_keys(&entries);
        let mut library = Self { catalogue, bibliographies, entries, ..Self::default() };
        for (at, split) in parallel::map(&sources, split).into_iter().enumerate() {
            let start = library.sentences.len();
            library.sentences.extend(split.into_iter().map(|s| SourceSentence { source: SourceId(at), ..s }));
            library.ranges.push(start..library.sentences.len());
            library.foreign.push(is_foreign(&library.sentences[start..]));
        }
        library.lines = sources.iter().map(|source| LineIndex::new(&source.text)).collect();
        library.corrections = sources.iter().map(is_correction).collect();
        library.aliases = Aliases::of(&sources, &library.sentences);
        library.index = Index::new(&library.sentences);
        library.sources = sources;
        library
    }

    /// The same library, knowing which files could not be read.
    #[must_use]
    pub fn with_unreadable(mut self, unreadable: Vec<Unreadable>) -> Self {
        self.unreadable = unreadable;
        self
    }

    /// The files that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// The same library, with names of the user's that mean the same thing.
    #[must_use]
    pub fn with_aliases<'a>(mut self, pairs: impl IntoIterator<Item = (&'a String, &'a String)>) -> Self {
        for (name, other) in pairs {
            self.aliases.add_named(name, other);
        }
        self
    }

    /// Other names of the same things.
    #[must_use]
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0]
    }

    /// The lines of a source's text.
    #[must_use]
    pub fn lines(&self, id: SourceId) -> &LineIndex {
        &self.lines[id.0]
    }

    /// A place inside a source in words: `p. 4`, `line 12`.
    #[must_use]
    pub fn place(&self, id: SourceId, offset: usize) -> String {
        self.source(id).place(offset).unwrap_or_else(|| format!("line {}", self.lines(id).line(offset) + 1))
    }

    /// A place with its file, as terminals and editors know it: `wire/a.txt:12`, or
    /// `report.pdf, p. 4` where the file has no lines.
    #[must_use]
    pub fn address(&self, id: SourceId, offset: usize) -> String {
        let source = self.source(id);
        let path = crate::text::words::readable(&source.path);
        if source.is_rendition {
            format!("{path}, {}", self.place(id, offset))
        } else {
            format!("{path}:{}", self.lines(id).line(offset) + 1)
        }
    }

    #[must_use]
    pub fn sentence(&self, id: SentenceId) -> &SourceSentence {
        &self.sentences[id.0]
    }

    /// The sentences of one source, in order.
    #[must_use]
    pub fn sentences_of(&self, id: SourceId) -> Range<usize> {
        self.ranges[id.0].clone()
    }

    /// Whether a source is in another language than English, in which words cannot be compared but
    /// names and values can.
    #[must_use]
    pub fn is_foreign(&self, id: SourceId) -> bool {
        self.foreign[id.0]
    }

    /// Whether a source says of itself that it corrects another one.
    #[must_use]
    pub fn is_correction(&self, id: SourceId) -> bool {
        self.corrections[id.0]
    }

    /// How much a term tells: BM25's inverse document frequency over sentences, scaled so that
    /// a term found nowhere has 1.
    #[must_use]
    pub fn weight(&self, term: Term) -> f32 {
        self.index.weight(term)
    }

    /// In how many sentences a term occurs.
    #[must_use]
    pub fn frequency(&self, term: Term) -> usize {
        self.index.frequency(term)
    }

    /// The best passages for a bag of weighted terms, best first; ties in the order of the
    /// library. `only` restricts the search to one source.
    #[must_use]
    pub fn passages(&self, query: &[(Term, f32)], only: Option<SourceId>, most: usize) -> Vec<(SentenceId, f32)> {
        let within = only.map_or(0..self.sentences.len(), |id| self.sentences_of(id));
        self.index.search(query, &self.sentences, within, most)
    }

    /// The source with this path.
    #[must_use]
    pub fn by_path(&self, path: &str) -> Option<SourceId> {
        self.catalogue.by_path(path)
    }

    /// Bibliography entries by key.
    #[must_use]
    pub fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The bibliographies by their paths.
    #[must_use]
    pub fn bibliographies(&self) -> &Bibliographies {
        &self.bibliographies
    }

    /// The source that a citation key or file name means: a bibliography entry's file, else a
    /// path, a file name, or a file name without extension.
    #[must_use]
    pub fn resolve(&self, target: &str) -> Option<SourceId> {
        self.resolve_with(&self.entries, target)
    }

    /// The same with the entries of certain bibliographies.
    #[must_use]
    pub fn resolve_with(&self, entries: &Entries, target: &str) -> Option<SourceId> {
        let target = target.trim().trim_start_matches("./");
        let entry = entries.get(target).and_then(|entry| self.catalogue.of_entry(entry));
        entry.or_else(|| self.catalogue.by_name(target))
    }

    /// The sources inside a file, by its path or name: the messages of a mailbox, the attachments
    /// of a mail.
    #[must_use]
    pub fn inside(&self, file: &str) -> &[SourceId] {
        self.catalogue.inside(file.trim().trim_start_matches("./"))
    }

    /// The first citation key of a bibliography that means the source.
    #[must_use]
    pub fn key(&self, id: SourceId) -> Option<&str> {
        self.catalogue.key(id)
    }

    /// The source with this address, or with a copy at it.
    #[must_use]
    pub fn by_url(&self, url: &str) -> Option<SourceId> {
        self.catalogue.by_url(url)
    }
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
    let title = source.title().to_lowercase();
    CUES.iter().any(|cue| head.contains(cue) || title.contains(cue))
}

/// Function words make up a third of English prose.
fn is_foreign(sentences: &[SourceSentence]) -> bool {
    const ENOUGH_WORDS: usize = 40;
    const LEAST_SHARE: f32 = 0.15;
    let words = || sentences.iter().flat_map(|s| &s.analysis.words).filter(|w| !w.has_digit);
    let (all, stops) = (words().count(), words().filter(|w| w.is_stop).count());
    all >= ENOUGH_WORDS && (stops as f32) < LEAST_SHARE * all as f32
}

/// The sentences of a source that can be evidence.
fn split(source: &Source) -> Vec<SourceSentence> {
    let visible = &source.layout.visible;
    let written = source.metadata.date.as_deref().filter(|date| source.created.as_deref() != Some(date)).and_then(Day::parse);
    let mut found = Vec::new();
    for (at, block) in source.layout.blocks.iter().enumerate() {
        if block.kind == BlockKind::Markup {
            continue;
        }
        let whole = block.span.trimmed(visible);
        let spans = match block.kind {
            BlockKind::Heading | BlockKind::TableRow | BlockKind::TableHeader => vec![whole],
            _ => sentences::sentences(whole.of(visible)).into_iter().map(|s| s.shifted(whole.start)).collect(),
        };
        let context = context(source, at);
        for span in spans.into_iter().filter(|s| !s.is_empty()) {
            let mut analysis = Analysis::of(visible, span);
            if let Some(written) = written {
                let Analysis { words, dates, .. } = &mut analysis;
                relative_dates::resolve(visible, words, dates, written);
            }
            if !analysis.words.is_empty() {
                found.push(SourceSentence {
                    source: SourceId(0),
                    block: at,
                    span,
                    analysis,
                    is_heading: block.kind == BlockKind::Heading,
                    is_boilerplate: block.kind == BlockKind::Boilerplate,
                    is_question: span.of(visible).trim_end_matches(['”', '"', '’', ')', ' ']).ends_with('?'),
                    context: context.clone(),
                });
            }
        }
    }
    // What is not content stands apart, so that it is never the neighbour of what is.
    found.sort_by_key(|sentence| sentence.is_boilerplate);
    found
}

fn context(source: &Source, block: usize) -> Vec<Term> {
    const MOST_TERMS: usize = 40;
    let block = &source.layout.blocks[block];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Fields, read};
    use crate::text::words::term;

    fn library(files: &[(&str, &str)]) -> Library {
        Library::new(
            files.iter().flat_map(|(path, text)| read(path, text.as_bytes(), &Fields::default()).unwrap_or_default()).collect(),
            Bibliographies::default(),
        )
    }

    fn query(words: &str) -> Vec<(Term, f32)> {
        words.split(' ').map(|w| (term(w), 1.0)).collect()
    }

    #[test]
    fn the_passage_with_the_rarest_words_comes_first() {
        let library =
            library(&[("b.txt", "The mill closed. Oats were dear."), ("a.txt", "The mill burned. Rain fell on the mill.")]);
        let best = library.passages(&query("mill closed"), None, 2)[0].0;
        let sentence = library.sentence(best);
        assert_eq!(sentence.span.of(&library.source(sentence.source).text), "The mill closed.");
    }

    #[test]
    fn the_order_of_files_does_not_matter() {
        let files = [("a.txt", "One mill."), ("b.txt", "Two mills."), ("c.txt", "Three mills.")];
        let mut turned = files;
        turned.reverse();
        assert_eq!(library(&files).passages(&query("mill"), None, 9), library(&turned).passages(&query("mill"), None, 9));
    }

    #[test]
    fn targets_are_keys_names_stems_or_paths() {
        let library = library(&[("sources/wire/one.txt", "x y"), ("sources/two.md", "x y")]);
        for (target, found) in [
            ("one", true),
            ("one.txt", true),
            ("sources/wire/one.txt", true),
            ("../sources/two.md", true),
            ("sources/two", true),
            ("three", false),
            ("", false),
        ] {
            assert_eq!(library.resolve(target).is_some(), found, "{target}");
        }
    }
}
