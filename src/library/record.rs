//! Records: a source as the library keeps it, with the places of its sentences, and what the rest
//! of the library wants to know of it without opening it.

use serde::{Deserialize, Serialize};

use super::aliases;
use crate::source::{Mark, Metadata, Source};
use crate::text::blocks::{Block, BlockKind, Layout};
use crate::text::words::{self, Term, Word};
use crate::text::{Span, sentences};

/// A source and where its sentences stand.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub source: Source,
    /// What is not content comes last, so that it is never the neighbour of what is.
    pub sentences: Vec<Place>,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Index into the blocks of the source's layout.
    pub block: u32,
    pub span: Span,
}

/// The terms of the sentences of a source, in order.
pub type Terms = Vec<Box<[Term]>>;

/// What the library knows of a source without opening it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub path: String,
    /// The number of its sentences.
    pub sentences: u32,
    /// The number of their words.
    pub words: u32,
    /// Hardly English.
    pub is_foreign: bool,
    /// Its address, and that of a copy.
    pub urls: Vec<String>,
    /// The last word of its file name and the first of its title, which say what kind of document
    /// it is.
    pub kinds: [Option<Term>; 2],
    /// Acronyms that it defines, with the names they stand for.
    pub acronyms: Vec<(Vec<Term>, Vec<Term>)>,
    /// What of its file was not read, in words.
    pub notices: Vec<String>,
}

/// More sentences no source has that anybody reads.
const MOST_SENTENCES: usize = 1_000_000;

/// A source that was just read, with everything that the library makes of it.
#[derive(Clone, Debug)]
pub struct PreparedSource {
    pub record: Record,
    pub terms: Terms,
    pub summary: Summary,
}

impl PreparedSource {
    #[must_use]
    pub fn of(mut source: Source) -> Self {
        let mut notices = std::mem::take(&mut source.notices);
        let mut record = Record { sentences: split(&source), source };
        if record.sentences.len() > MOST_SENTENCES {
            record.sentences.truncate(MOST_SENTENCES);
            notices.push(format!("only its first {MOST_SENTENCES} sentences are evidence"));
        }
        let visible = &record.source.layout.visible;
        let mut terms = Vec::with_capacity(record.sentences.len());
        let mut acronyms = Vec::new();
        let (mut all, mut numbers, mut stops) = (0, 0, 0);
        record.sentences.retain(|place| {
            let words = words_of(visible, place.span);
            if words.is_empty() {
                return false;
            }
            all += words.len();
            numbers += words.iter().filter(|w| w.has_digit).count();
            stops += words.iter().filter(|w| !w.has_digit && w.is_stop).count();
            acronyms.extend(aliases::defined(visible, &words));
            terms.push(words.iter().map(|w| w.term).collect());
            true
        });
        let Source { path, metadata, .. } = &record.source;
        let urls = [&metadata.url, &metadata.archive_url].into_iter().flatten().cloned().collect();
        let summary = Summary {
            path: path.clone(),
            sentences: record.sentences.len() as u32,
            words: all as u32,
            is_foreign: is_foreign(all - numbers, stops),
            urls,
            kinds: kinds(&record.source, metadata.title.as_deref()),
            acronyms,
            notices,
        };
        Self { record, terms, summary }
    }
}

/// The last word of the file name and the first of the title.
pub fn kinds(source: &Source, title: Option<&str>) -> [Option<Term>; 2] {
    let last = words::words(&source.stem().replace('_', " ")).iter().rev().find(|w| !w.has_digit).map(|w| w.term);
    [last, title.and_then(first_word)]
}

pub fn first_word(title: &str) -> Option<Term> {
    words::words(title).first().map(|w| w.term)
}

/// Function words make up a third of English prose.
fn is_foreign(all: usize, stops: usize) -> bool {
    const ENOUGH_WORDS: usize = 40;
    const LEAST_SHARE: f32 = 0.15;
    all >= ENOUGH_WORDS && (stops as f32) < LEAST_SHARE * all as f32
}

/// The words of a part of a text, with their places in the whole.
pub fn words_of(text: &str, span: Span) -> Vec<Word> {
    let mut words = words::words(span.of(text));
    words.iter_mut().for_each(|word| word.span = word.span.shifted(span.start));
    words
}

/// The terms of the sentences of a record.
#[must_use]
pub fn terms_of(record: &Record) -> Terms {
    let visible = &record.source.layout.visible;
    record.sentences.iter().map(|place| words::words(place.span.of(visible)).iter().map(|w| w.term).collect()).collect()
}

/// The sentences of a source that can be evidence.
fn split(source: &Source) -> Vec<Place> {
    let visible = &source.layout.visible;
    let mut found = Vec::new();
    for (at, block) in source.layout.blocks.iter().enumerate() {
        if block.kind == BlockKind::Markup {
            continue;
        }
        let whole = block.span.trimmed(visible);
        let block = at as u32;
        match source.layout.blocks[at].kind {
            _ if whole.is_empty() => {}
            BlockKind::Heading | BlockKind::TableRow | BlockKind::TableHeader => found.push(Place { block, span: whole }),
            _ => found.extend(
                sentences::sentences(whole.of(visible))
                    .into_iter()
                    .map(|span| Place { block, span: span.shifted(whole.start) })
                    .filter(|place| !place.span.is_empty()),
            ),
        }
    }
    found.sort_by_key(|place| source.layout.blocks[place.block as usize].kind == BlockKind::Boilerplate);
    found
}

/// A record as it lies on disk: the visible text is told by its differences from the text.
#[derive(Serialize, Deserialize)]
struct SavedRecord {
    path: String,
    file: String,
    metadata: Metadata,
    guessed: Metadata,
    created: Option<String>,
    /// The checksum of the text, which is kept beside this.
    text: u32,
    visible: Vec<Patch>,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
    is_rendition: bool,
    sentences: Vec<Place>,
}

/// Bytes of the visible text that differ from those of the text.
#[derive(Serialize, Deserialize)]
struct Patch {
    at: usize,
    bytes: Vec<u8>,
}

fn patches(text: &str, visible: &str) -> Vec<Patch> {
    let mut patches: Vec<Patch> = Vec::new();
    for (at, (own, shown)) in text.bytes().zip(visible.bytes()).enumerate().filter(|(_, (own, shown))| own != shown) {
        debug_assert_ne!(own, shown);
        match patches.last_mut() {
            Some(patch) if patch.at + patch.bytes.len() == at => patch.bytes.push(shown),
            _ => patches.push(Patch { at, bytes: vec![shown] }),
        }
    }
    patches
}

fn patched(text: &str, patches: &[Patch]) -> Option<String> {
    let mut visible = text.as_bytes().to_vec();
    for patch in patches {
        visible.get_mut(patch.at..patch.at.checked_add(patch.bytes.len())?)?.copy_from_slice(&patch.bytes);
    }
    String::from_utf8(visible).ok()
}

/// Keeps a record as its text and, as bytes, all the rest.
#[must_use]
pub fn encode(record: Record) -> (String, Vec<u8>) {
    let Record { source, sentences } = record;
    let Layout { visible, blocks } = source.layout;
    let kept = SavedRecord {
        visible: patches(&source.text, &visible),
        path: source.path,
        file: source.file,
        metadata: source.metadata,
        guessed: source.guessed,
        created: source.created,
        text: crc32fast::hash(source.text.as_bytes()),
        blocks,
        marks: source.marks,
        is_rendition: source.is_rendition,
        sentences,
    };
    (source.text, super::checked::encode(&kept))
}

/// The record that was kept, or `None` if text or bytes are not what was written.
#[must_use]
pub fn decode(text: String, bytes: &[u8]) -> Option<Record> {
    let kept: SavedRecord = super::checked::decode(bytes).ok()?;
    if kept.text != crc32fast::hash(text.as_bytes()) {
        return None;
    }
    let visible = patched(&text, &kept.visible)?;
    let source = Source {
        path: kept.path,
        file: kept.file,
        metadata: kept.metadata,
        guessed: kept.guessed,
        created: kept.created,
        text,
        layout: Layout { visible, blocks: kept.blocks },
        marks: kept.marks,
        is_rendition: kept.is_rendition,
        notices: Vec::new(),
    };
    Some(Record { source, sentences: kept.sentences })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Fields, read};

    #[test]
    fn a_record_comes_back_as_it_was_kept() {
        let text = "---\ntitle: Höfe\n---\n# Mills\n\nThe *mill* closed. It [burned](x.html) &amp; fell.\n\n| a | b |\n|---|---|\n| c | 4 |\n";
        for source in read("wire/a.md", text.as_bytes(), &Fields::default()).unwrap() {
            let record = PreparedSource::of(source).record;
            let (text, bytes) = encode(record.clone());
            let back = decode(text.clone(), &bytes).unwrap();
            assert_eq!(format!("{record:?}"), format!("{back:?}"));
            assert!(decode(text.to_uppercase(), &bytes).is_none());
            for at in 0..bytes.len() {
                let mut broken = bytes.clone();
                broken[at] ^= 4;
                assert!(decode(text.clone(), &broken).is_none(), "byte {at}");
            }
        }
    }
}
