//! Floor 3: the library, all sources of a workspace, and how to find passages in them.
//!
//! What a library has, file by file, are its [`holdings`]. The records of its sources lie on
//! [`disk`], in the [`cache`] of the user, or in memory: what came or changed since, and what is
//! open in the editor. Wherever a source lies, it is read through a [`View`], found by
//! [`retrieval`] and counted in the [`statistics`] in the same way.
//!
//! *Architecture invariant:* a [`Library`] is immutable and a pure function of the set of its
//! sources and bibliographies; neither the order in which files were found nor the place where
//! they are kept matters. Files of a workspace are read by [`scan`], [`sync`] and [`worker`], all through [`files`];
//! what is kept of them between sessions lies in the folder of [`cache`] and [`renditions`].

pub mod aliases;
pub mod anchors;
pub mod bibliography;
pub mod cache;
mod catalogue;
mod checked;
mod disk;
pub mod files;
pub mod holdings;
mod loaded_source;
pub mod locators;
mod parallel;
mod passages;
pub mod paths;
pub mod places;
mod postings;
mod record;
pub mod renditions;
pub mod resolve;
mod retrieval;
pub mod scan;
mod statistics;
pub mod sync;
pub mod urls;
mod view;
pub mod worker;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::source::{Metadata, Source};
use crate::text::spelling::Names;
use crate::text::words::Term;
use crate::text::{Analysis, Span};

use aliases::Aliases;
pub use bibliography::Entry;
use bibliography::{Bibliographies, Entries};
use catalogue::{Catalogue, CatalogueEntry};
use disk::{Disk, Number};
use holdings::{Holdings, LibraryFile, LibrarySource, RecordPlace};
use loaded_source::{LoadedSource, SourceCache};
use record::Summary;
use retrieval::Memory;
use statistics::Statistics;
pub use view::View;

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
    holdings: Holdings,
    /// Where in the holdings each source is, in the order of their paths.
    rows: Vec<Row>,
    /// The number of the first sentence of each source, and behind them that of all sentences.
    firsts: Vec<u32>,
    by_number: FxHashMap<Number, SourceId>,
    memory: Memory,
    unreadable: Vec<Unreadable>,
    has_foreign: bool,
    aliases: Aliases,
    catalogue: Catalogue,
    bibliographies: Bibliographies,
    entries: Entries,
    /// The keys of the entries that mean a source.
    keys: FxHashMap<SourceId, Vec<String>>,
    loaded: SourceCache,
    /// A record was not there, or was not what was written.
    has_lost: AtomicBool,
    /// Keys and the names of files, made when a citation leads nowhere.
    names: OnceLock<Names>,
    /// Sources are still being read for the first time.
    is_partial: bool,
}

/// A source by its file and its place in it.
#[derive(Clone, Copy, Debug)]
struct Row {
    file: u32,
    at: u32,
}

impl Library {
    /// A library of sources in memory.
    #[must_use]
    pub fn new(sources: Vec<Source>, bibliographies: Bibliographies) -> Self {
        Self::of(sync::hold(sources), bibliographies)
    }

    /// The library with these holdings.
    #[must_use]
    pub fn of(holdings: Holdings, bibliographies: Bibliographies) -> Self {
        let entries = bibliographies.entries();
        let mut library = Self { holdings, bibliographies, entries, ..Self::default() };
        library.number();
        let cards = library.rows.iter().map(|row| {
            let held = &library.holdings.files[row.file as usize];
            let summary = library.summary_of(*row);
            CatalogueEntry { path: &summary.path, file: &held.path, urls: &summary.urls }
        });
        library.catalogue = Catalogue::of(cards);
        let mut addresses = Vec::new();
        for (key, entry) in &library.entries {
            // Without a file it is that of its key, as a citation finds it.
            if let Some(id) = library.catalogue.of_entry(entry).or_else(|| library.catalogue.by_name(key)) {
                library.keys.entry(id).or_default().push(key.clone());
                let urls = [&entry.metadata.url, &entry.metadata.archive_url];
                addresses.extend(urls.into_iter().flatten().map(|url| (url.as_str(), id)));
            }
        }
        addresses.into_iter().for_each(|(url, id)| library.catalogue.add_url(url, id));
        library.aliases = Aliases::of(library.rows.iter().flat_map(|row| &library.summary_of(*row).acronyms));
        library
    }

    /// Puts the sources in the order of their paths, and counts their sentences.
    fn number(&mut self) {
        for (file, held) in self.holdings.files.iter().enumerate() {
            match &held.found {
                Ok(sources) => {
                    self.rows.extend((0..sources.len()).map(|at| Row { file: file as u32, at: at as u32 }));
                }
                Err(reason) => self.unreadable.push(Unreadable { path: held.path.clone(), reason: reason.clone() }),
            }
        }
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| self.summary_of(*a).path.cmp(&self.summary_of(*b).path));
        rows.dedup_by(|a, b| self.summary_of(*a).path == self.summary_of(*b).path);
        let mut next = 0;
        for (at, row) in rows.iter().enumerate() {
            let held = self.holdings.files[row.file as usize].found.as_ref().map_or(&[][..], Vec::as_slice);
            let LibrarySource { summary, place } = &held[row.at as usize];
            self.firsts.push(next);
            next += summary.sentences;
            self.has_foreign |= summary.is_foreign;
            match place {
                RecordPlace::OnDisk(number) => drop(self.by_number.insert(*number, SourceId(at))),
                RecordPlace::InMemory(it) => self.memory.add(SourceId(at), &it.terms),
            }
        }
        self.firsts.push(next);
        self.rows = rows;
    }

    /// The same library, while more sources are being read.
    #[must_use]
    pub fn partial(mut self) -> Self {
        self.is_partial = true;
        self
    }

    /// Whether more sources are being read, so that nothing can be said about what no source says.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Whether a source could not be opened any more: the index was damaged since it was opened.
    #[must_use]
    pub fn has_lost(&self) -> bool {
        self.has_lost.load(Ordering::Relaxed)
    }

    /// Whether the index on disk is not what was written. Reads all of it.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.disk().is_some_and(|disk| disk.is_damaged().unwrap_or(true))
    }

    /// What the library has.
    #[must_use]
    pub fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    /// The files that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// The sources and bibliographies that could not be read.
    #[must_use]
    pub fn unreadable_files(&self) -> Vec<Unreadable> {
        self.unreadable.iter().cloned().chain(self.bibliographies.unreadable()).collect()
    }

    /// What of the files was not read or does not count, with their paths.
    pub fn notices(&self) -> impl Iterator<Item = (&str, &str)> {
        let sources = self.rows.iter().map(|row| self.summary_of(*row));
        let sources = sources.flat_map(|summary| summary.notices.iter().map(|notice| (summary.path.as_str(), notice.as_str())));
        sources.chain(self.bibliographies.notices())
    }

    /// What of the file of a source was not read.
    #[must_use]
    pub fn notices_of(&self, id: SourceId) -> &[String] {
        &self.summary(id).notices
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

    /// A view of the library, for one piece of work.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::new(self)
    }

    /// The sources in the order of their paths.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.rows.len()).map(SourceId)
    }

    /// The number of sources.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where a source lies, relative to the root.
    #[must_use]
    pub fn path(&self, id: SourceId) -> &str {
        &self.summary(id).path
    }

    /// The file in which a source is, as it was read.
    #[must_use]
    pub fn file_of(&self, SourceId(at): SourceId) -> &LibraryFile {
        &self.holdings.files[self.rows[at].file as usize]
    }

    fn summary(&self, SourceId(at): SourceId) -> &Summary {
        self.summary_of(self.rows[at])
    }

    fn summary_of(&self, row: Row) -> &Summary {
        &self.held(row).summary
    }

    fn held(&self, row: Row) -> &LibrarySource {
        const NONE: &[LibrarySource] = &[];
        let found = &self.holdings.files[row.file as usize].found;
        &found.as_ref().map_or(NONE, Vec::as_slice)[row.at as usize]
    }

    /// Loads a source, or finds it in the cache.
    fn load(&self, id: SourceId) -> Arc<LoadedSource> {
        self.loaded.get_or(id, || {
            let held = self.held(self.rows[id.0]);
            let record = match &held.place {
                RecordPlace::InMemory(it) => Some(it.record.clone()),
                RecordPlace::OnDisk(number) => self.holdings.disk.as_ref().and_then(|disk| disk.record(*number)),
            };
            let is_whole = |record: &record::Record| record.sentences.len() == held.summary.sentences as usize;
            match record.filter(is_whole) {
                Some(mut record) => {
                    self.complete(id, &mut record.source);
                    LoadedSource::new(id, record)
                }
                None => {
                    self.has_lost.store(true, Ordering::Relaxed);
                    LoadedSource::lost(id, &held.summary.path, held.summary.sentences as usize)
                }
            }
        })
    }

    /// Fills what a source does not say of itself: first from the entries that mean it, then from
    /// what its text and name suggest.
    fn complete(&self, id: SourceId, source: &mut Source) {
        let mut metadata: Metadata = std::mem::take(&mut source.metadata);
        for key in self.keys.get(&id).into_iter().flatten() {
            let entry = &self.entries[key];
            metadata = metadata.or(&entry.metadata);
            if let Some((first, last)) = entry.pages {
                source.print_pages(first, last);
            }
        }
        source.metadata = metadata.or(&source.guessed);
    }

    /// The source of a sentence.
    #[must_use]
    pub fn source_of(&self, SentenceId(at): SentenceId) -> SourceId {
        SourceId(self.firsts.partition_point(|first| *first as usize <= at) - 1)
    }

    /// The sentences of one source, in order.
    #[must_use]
    pub fn sentences_of(&self, SourceId(at): SourceId) -> Range<usize> {
        self.firsts[at] as usize..self.firsts[at + 1] as usize
    }

    /// The number of sentences.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.firsts.last().map_or(0, |all| *all as usize)
    }

    /// Whether a source is in another language than English, in which words cannot be compared but
    /// names and values can.
    #[must_use]
    pub fn is_foreign(&self, id: SourceId) -> bool {
        self.summary(id).is_foreign
    }

    /// Whether any source is.
    #[must_use]
    pub fn has_foreign(&self) -> bool {
        self.has_foreign
    }

    /// The sources that are of a kind by their file names or titles: letters, cables, reports.
    pub fn of_kind(&self, kind: Term) -> impl Iterator<Item = SourceId> {
        self.ids().filter(move |id| {
            let [name, title] = self.summary(*id).kinds;
            let named = || self.keys.get(id).into_iter().flatten().find_map(|key| self.entries[key].metadata.title.as_deref());
            name == Some(kind) || title.or_else(|| named().and_then(record::first_word)) == Some(kind)
        })
    }

    /// How much a term tells: BM25's inverse document frequency over sentences, scaled so that
    /// a term found nowhere has 1.
    #[must_use]
    pub fn weight(&self, term: Term) -> f32 {
        let statistics = self.statistics();
        statistics.idf(statistics.frequency(term)) / statistics.idf(0)
    }

    /// In how many sentences a term occurs.
    #[must_use]
    pub fn frequency(&self, term: Term) -> usize {
        self.statistics().frequency(term) as usize
    }

    fn statistics(&self) -> &Statistics {
        &self.holdings.statistics
    }

    fn memory(&self) -> &Memory {
        &self.memory
    }

    fn disk(&self) -> Option<&Disk> {
        self.holdings.disk.as_deref()
    }

    fn by_number(&self, number: Number) -> Option<SourceId> {
        self.by_number.get(&number).copied()
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

    /// The key or name of a file that is most like a name which is neither, if one is quite alike.
    #[must_use]
    pub fn nearest_name(&self, target: &str) -> Option<&str> {
        let keys = self.entries.keys().map(String::as_str);
        let names = || Names::of(keys.chain(self.ids().map(|id| paths::stem(self.path(id)))));
        self.names.get_or_init(names).nearest(target)
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
        self.keys.get(&id)?.first().map(String::as_str)
    }

    /// The source with this address, or with a copy at it.
    #[must_use]
    pub fn by_url(&self, url: &str) -> Option<SourceId> {
        self.catalogue.by_url(url)
    }
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
        let view = library.view();
        let best = view.passages(&query("mill closed"), None, 2)[0].0;
        let sentence = view.sentence(best);
        assert_eq!(sentence.span.of(&view.source(sentence.source).text), "The mill closed.");
    }

    #[test]
    fn the_order_of_files_does_not_matter() {
        let files = [("a.txt", "One mill."), ("b.txt", "Two mills."), ("c.txt", "Three mills.")];
        let mut turned = files;
        turned.reverse();
        let found = |files| library(files).view().passages(&query("mill"), None, 9);
        assert_eq!(found(&files), found(&turned));
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
