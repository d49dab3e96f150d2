//! The index on disk: passages and records in a `tantivy` index.
//!
//! It finds passages by their words and records by their numbers. tantivy's own search is not used:
//! it skips blocks of passages that cannot score enough by what it keeps of their lengths, and
//! takes any of those that score alike. Findings must not depend on such things, so all passages
//! that hold a term are scored here, and [`super::retrieval`] ranks them.

mod files;
mod manifest;
mod scoring;
mod terms;

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, OwnedValue, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

use super::record::{self, PreparedSource, Record};
use super::retrieval::QueryTerm;
use crate::text::words::Term;
use files::Files;
pub use manifest::{is_sealed, unseal};
use scoring::List;

type Result<T> = std::result::Result<T, TantivyError>;

/// The number under which the index knows a source. It is never given twice.
pub type Number = u32;

/// A passage of the index: some sentences of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    pub source: Number,
    pub first: u32,
    pub count: u32,
}

impl Passage {
    /// Stands for the record of a source.
    const RECORD: u64 = u32::MAX as u64;

    const fn packed(self) -> u64 {
        (self.source as u64) << 32 | (self.first as u64) << 8 | self.count as u64
    }

    const fn unpacked(place: u64) -> Self {
        Self { source: (place >> 32) as u32, first: (place as u32) >> 8, count: place as u32 & 0xff }
    }
}

#[derive(Clone, Copy, Debug)]
struct Fields {
    words: Field,
    /// The source's number, to remove all of it.
    source: Field,
    place: Field,
    text: Field,
    /// The record but for its text.
    record: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // All passages are about as long, so their lengths say nothing.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(terms::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let fields = Fields {
        words: schema.add_text_field("words", TextOptions::default().set_indexing_options(indexing)),
        source: schema.add_u64_field("source", INDEXED),
        place: schema.add_u64_field("place", FAST),
        text: schema.add_text_field("text", STORED),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}

/// A state of the index that nobody changes any more.
pub struct Disk {
    searcher: Searcher,
    fields: Fields,
    /// By segment.
    places: Vec<Column<u64>>,
    stores: Vec<StoreReader>,
    records: FxHashMap<Number, DocAddress>,
    /// The state's number.
    generation: u64,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk").field("generation", &self.generation).finish_non_exhaustive()
    }
}

fn open_index(folder: &Path) -> Result<Index> {
    let index = Index::open(Files::open(folder)?)?;
    if index.schema() != schema().0 {
        return Err(TantivyError::SchemaError("another version's".to_owned()));
    }
    index.tokenizers().register(terms::NAME, terms::Terms::default());
    Ok(index)
}

impl Disk {
    /// Opens the last state that was written, if its files are what was written.
    pub fn open(folder: &Path) -> Result<Self> {
        const CACHED_BLOCKS: usize = 16;
        let index = open_index(folder)?;
        if !manifest::is_whole(&index, folder) {
            return Err(TantivyError::InvalidArgument("a file is not what was written".to_owned()));
        }
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let generation = index.load_metas()?.payload.and_then(|payload| payload.parse().ok()).unwrap_or_default();
        let searcher = reader.searcher();
        let mut disk = Self {
            fields: schema().1,
            places: Vec::new(),
            stores: Vec::new(),
            records: FxHashMap::default(),
            generation,
            searcher: searcher.clone(),
        };
        for (at, segment) in searcher.segment_readers().iter().enumerate() {
            let places = segment.fast_fields().u64("place")?;
            for doc in 0..segment.max_doc() {
                let place = places.first(doc).unwrap_or_default();
                if place & Passage::RECORD == Passage::RECORD && !segment.is_deleted(doc) {
                    disk.records.insert((place >> 32) as Number, DocAddress::new(at as u32, doc));
                }
            }
            disk.places.push(places);
            disk.stores.push(segment.get_store_reader(CACHED_BLOCKS)?);
        }
        Ok(disk)
    }

    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether a source is there.
    #[must_use]
    pub fn holds(&self, source: Number) -> bool {
        self.records.contains_key(&source)
    }

    /// The numbers of all sources that are there.
    pub fn numbers(&self) -> impl Iterator<Item = Number> {
        self.records.keys().copied()
    }

    /// Whether a file of the index is not what was written. Reads all of them.
    pub fn is_damaged(&self) -> Result<bool> {
        Ok(!self.searcher.index().validate_checksum()?.is_empty())
    }

    /// The record of a source.
    #[must_use]
    pub fn record(&self, source: Number) -> Option<Record> {
        let address = self.records.get(&source)?;
        let document: TantivyDocument = self.stores.get(address.segment_ord as usize)?.get(address.doc_id).ok()?;
        let text = document.get_first(self.fields.text)?.as_str()?.to_owned();
        record::decode(text, document.get_first(self.fields.record)?.as_bytes()?)
    }

    fn term(&self, term: Term) -> tantivy::Term {
        tantivy::Term::from_field_text(self.fields.words, terms::letters(term).as_str())
    }

    /// Scores all passages that hold any of the terms, also those of sources that are gone.
    pub fn score(&self, wanted: &[QueryTerm], mut scored: impl FnMut(DocAddress, f32)) -> Result<()> {
        for (at, segment) in self.searcher.segment_readers().iter().enumerate() {
            let index = segment.inverted_index(self.fields.words)?;
            let mut lists = Vec::with_capacity(wanted.len());
            for wanted in wanted {
                if let Some(postings) = index.read_block_postings(&self.term(wanted.term), IndexRecordOption::WithFreqs)? {
                    lists.push(List::new(*wanted, postings));
                }
            }
            scoring::score(&mut lists, |doc, score| scored(DocAddress::new(at as u32, doc), score));
        }
        Ok(())
    }

    /// All passages that hold these terms one behind the other.
    pub fn phrase(&self, terms: &[Term]) -> Result<Vec<Passage>> {
        let terms: Vec<tantivy::Term> = terms.iter().map(|term| self.term(*term)).collect();
        let query: Box<dyn Query> = match <[tantivy::Term; 1]>::try_from(terms) {
            Ok([term]) => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            Err(terms) => Box::new(PhraseQuery::new(terms)),
        };
        let found = self.searcher.search(&query, &DocSetCollector)?;
        Ok(found.into_iter().map(|address| self.passage(address)).collect())
    }

    /// The passage at an address.
    #[must_use]
    pub fn passage(&self, address: DocAddress) -> Passage {
        Passage::unpacked(self.places[address.segment_ord as usize].first(address.doc_id).unwrap_or_default())
    }
}

/// Changes the index. There is only one writer at a time, which is for [`super::cache`] to see to.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
    folder: PathBuf,
}

impl Writer {
    /// Opens an index for writing with so many threads, or makes a new one.
    pub fn open(folder: &Path, threads: usize) -> Result<Self> {
        /// Bytes of memory for each of the threads.
        const MEMORY: usize = 64 << 20;
        let index = match open_index(folder) {
            Ok(index) => index,
            Err(_) => {
                let index = Index::create(Files::open(folder)?, schema().0, tantivy::IndexSettings::default())?;
                index.tokenizers().register(terms::NAME, terms::Terms::default());
                index
            }
        };
        let writer = index.writer_with_num_threads(threads, threads * MEMORY)?;
        Ok(Self { writer, fields: schema().1, folder: folder.to_owned() })
    }

    /// Adds a source under a number.
    pub fn add(&self, source: Number, prepared: PreparedSource) -> Result<()> {
        let PreparedSource { record, terms, .. } = prepared;
        for passage in super::passages::passages(terms.iter().map(|sentence| sentence.len())) {
            let mut document = TantivyDocument::new();
            document.add_text(self.fields.words, terms::text(terms[passage.clone()].iter().flatten().copied()));
            document.add_u64(self.fields.source, u64::from(source));
            let place = Passage { source, first: passage.start as u32, count: passage.len() as u32 };
            document.add_u64(self.fields.place, place.packed());
            self.writer.add_document(document)?;
        }
        let mut document = TantivyDocument::new();
        document.add_u64(self.fields.source, u64::from(source));
        document.add_u64(self.fields.place, u64::from(source) << 32 | Passage::RECORD);
        let (text, rest) = record::encode(record);
        document.add_field_value(self.fields.text, &OwnedValue::Str(text));
        document.add_field_value(self.fields.record, &OwnedValue::Bytes(rest));
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Removes a source.
    pub fn remove(&self, source: Number) {
        self.writer.delete_term(tantivy::Term::from_field_u64(self.fields.source, u64::from(source)));
    }

    /// Makes a new state of everything so far.
    pub fn commit(&mut self, generation: u64) -> Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&generation.to_string());
        commit.commit()?;
        manifest::write(self.writer.index(), &self.folder)
    }

    /// Ends the work, when segments that are being merged are merged.
    pub fn close(self) -> Result<()> {
        let index = self.writer.index().clone();
        self.writer.wait_merging_threads()?;
        manifest::write(&index, &self.folder)
    }
}
