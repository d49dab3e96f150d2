//! What is found on disk, in memory, in any order of reading and with any number of threads is what
//! a plain search through everything finds.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::*;
use crate::library::bibliography::Bibliographies;
use crate::library::disk::{Disk, Number, Writer};
use crate::library::holdings::{Holdings, LibraryFile, LibrarySource, RecordPlace, Stamp};
use crate::library::record::PreparedSource;
use crate::library::statistics::Delta;
use crate::library::{Library, passages, sync};
use crate::source::{Fields, Source, read};
use crate::text::words::term;

/// How many sentences are asked for, as the verifier does.
const MOST: usize = 40;

/// The same search, as plain as it can be: every passage and every sentence is scored.
fn exhaustive(view: &View<'_>, query: &[(Term, f32)], most: usize) -> Vec<(SentenceId, f32)> {
    let wanted = wanted(query, view.statistics());
    let order = wanted.iter().enumerate().map(|(at, w)| (w.term, at)).collect();
    let counts = |sentences: Range<usize>| {
        let mut all = vec![0u32; wanted.len()];
        for at in sentences {
            let here = times(&view.sentence(SentenceId(at)).analysis.words, &order);
            all.iter_mut().zip(here).for_each(|(all, here)| *all += u32::from(here));
        }
        all
    };
    // Passages by the place of their sentences, with how often each term stands there.
    let mut all: Vec<(Range<usize>, Vec<u32>)> = Vec::new();
    for source in view.ids() {
        let own = view.sentences_of(source);
        let lengths = own.clone().map(|at| view.sentence(SentenceId(at)).analysis.words.len());
        for passage in passages::passages(lengths) {
            let sentences = own.start + passage.start..own.start + passage.end;
            all.push((sentences.clone(), counts(sentences)));
        }
    }
    let ranked = |terms: &[QueryTerm]| {
        let score = |counts: &[u32]| -> f32 {
            let held = wanted.iter().zip(counts).filter(|(w, n)| **n > 0 && terms.iter().any(|t| t.term == w.term));
            held.map(|(w, n)| w.gain(*n)).sum()
        };
        let mut ranked: Vec<(Range<usize>, f32)> = all.iter().map(|(at, counts)| (at.clone(), score(counts))).collect();
        ranked.retain(|(_, score)| *score > 0.0);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
        ranked
    };
    let mut best = ranked(&telling(&wanted, view.statistics()));
    if best.len() >= most + SPARE {
        let floor = best[most + SPARE - 1].1;
        best.retain(|(_, score)| *score > floor);
        if best.len() < most.min(ENOUGH) {
            best = ranked(&wanted);
        }
    }
    best.truncate(most);
    let scale = Scale::of(view.statistics());
    let score = |at: usize| -> f32 {
        let words = &view.sentence(SentenceId(at)).analysis.words;
        let times = times(words, &order);
        times.iter().zip(&wanted).filter(|(n, _)| **n > 0).map(|(n, w)| scale.gain(w, *n, words.len())).sum()
    };
    let mut found = Vec::new();
    for at in best.into_iter().flat_map(|(sentences, _)| sentences) {
        let own = view.sentences_of(view.source_of(SentenceId(at)));
        let near = |near: usize| if own.contains(&near) { score(near) } else { 0.0 };
        if score(at) > 0.0 {
            found.push((SentenceId(at), score(at) + NEIGHBOUR * (near(at.wrapping_sub(1)) + near(at + 1))));
        }
    }
    super::best(found, most)
}

fn sources(texts: &[String]) -> Vec<Source> {
    let read = |(at, text): (usize, &String)| read(&format!("{at:05}.txt"), text.as_bytes(), &Fields::default());
    texts.iter().enumerate().flat_map(|text| read(text).expect("text")).collect()
}

fn in_memory(sources: &[Source]) -> Library {
    Library::new(sources.to_vec(), Bibliographies::default())
}

/// How a library comes to lie on disk.
#[derive(Clone, Debug)]
struct Way {
    /// Threads of the index, and of those who read.
    threads: usize,
    /// Where in the order of paths reading begins, and in what steps it goes on.
    start: usize,
    step: usize,
    /// After so many sources what there is is written as a state of its own.
    together: usize,
    /// One source in so many is written twice, as it changed; and one stays in memory.
    changed: usize,
}

fn way() -> impl Strategy<Value = Way> {
    (1usize..4, any::<usize>(), prop::sample::select(vec![1usize, 7, 11, 101]), 1usize..4000, 2usize..50)
        .prop_map(|(threads, start, step, together, changed)| Way { threads, start, step, together, changed })
}

/// A folder that goes with the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("corroborate-retrieval-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn on_disk(sources: &[Source], way: &Way, folder: &Temporary) -> Library {
    let count = sources.len();
    // A step that has a divisor in common with the count would leave some out.
    let step = (way.step..)
        .find(|step| (1..=*step).filter(|n| step.is_multiple_of(*n) && count.is_multiple_of(*n)).count() == 1)
        .unwrap_or(1);
    let order: Vec<usize> = (0..count).map(|n| (way.start % count + n * step) % count).collect();
    let mut writer = Writer::open(&folder.0, way.threads).expect("an index");
    let mut files: BTreeMap<usize, LibraryFile> = BTreeMap::new();
    let mut counted = Delta::default();
    for (state, batch) in order.chunks(way.together).enumerate() {
        let slices: Vec<&[usize]> = batch.chunks(batch.len().div_ceil(way.threads)).collect();
        let held: Vec<(usize, LibraryFile, Delta)> = thread::scope(|scope| {
            let readers: Vec<_> = slices
                .iter()
                .map(|slice| {
                    let writer = &writer;
                    scope.spawn(move || slice.iter().map(|at| held(*at, &sources[*at], way, writer)).collect::<Vec<_>>())
                })
                .collect();
            readers.into_iter().flat_map(|reader| reader.join().expect("it reads")).collect()
        });
        for (at, held, delta) in held {
            files.insert(at, held);
            counted.join(delta);
        }
        writer.commit(state as u64).expect("room");
    }
    writer.close().expect("an end");
    let disk = Some(Arc::new(Disk::open(&folder.0).expect("an index")));
    let changes = files.into_values().map(|held| (held.path.clone(), Some(held))).collect();
    Library::of(Holdings { disk, ..Holdings::default() }.with(changes, counted), Bibliographies::default())
}

fn held(at: usize, source: &Source, way: &Way, writer: &Writer) -> (usize, LibraryFile, Delta) {
    let prepared = PreparedSource::of(source.clone());
    let mut delta = Delta::default();
    let summary = prepared.summary.clone();
    let mut number = at as Number;
    let found = if at % way.changed == 1 {
        LibrarySource::in_memory(prepared)
    } else {
        if at.is_multiple_of(way.changed) {
            // The index still has what the source said before.
            writer.add(number, PreparedSource::of(source.clone())).expect("room");
            number += 1 << 20;
        }
        delta.count(&summary, &prepared.terms, 1);
        writer.add(number, prepared).expect("room");
        LibrarySource { summary, place: RecordPlace::OnDisk(number) }
    };
    (at, LibraryFile { path: source.path.clone(), stamp: Stamp::default(), found: Ok(vec![found]) }, delta)
}

fn query(words: &str) -> Vec<(Term, f32)> {
    words.split(' ').enumerate().map(|(at, word)| (term(word), if at % 3 == 2 { 0.4 } else { 1.0 })).collect()
}

/// Words of which few, some and nearly all documents have one.
const WORDS: &[&str] = &[
    "the",
    "of",
    "and",
    "harbour",
    "customs",
    "tariff",
    "embargo",
    "licence",
    "mill",
    "ferry",
    "crane",
    "quay",
    "Orrin",
    "Vesk",
    "seventeen",
    "1907",
    "2021",
    "closed",
    "ended",
    "opened",
    "north",
    "permit",
    "column",
    "total",
    "paid",
    "grain",
];

fn word() -> impl Strategy<Value = &'static str> {
    // The first ones are frequent.
    (0..WORDS.len(), 0..WORDS.len()).prop_map(|(a, b)| WORDS[a.min(b)])
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..14).prop_map(|words| format!("The {}.", words.join(" ")))
}

/// The kinds of documents that libraries are full of.
fn document() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => sentence(),
        // Alike to the letter.
        2 => Just("The harbour customs closed.".to_owned()),
        // A form letter.
        2 => (word(), 1900..2030).prop_map(|(word, year)| format!("Dear Sir, the {word} permit of {year} ended. The tariff of the harbour was paid.")),
        // Rows of a table.
        1 => prop::collection::vec((word(), 0..40u32), 1..40)
            .prop_map(|rows| rows.iter().map(|(word, n)| format!("{word}, {n}\n\n")).collect::<String>()),
        1 => prop::collection::vec(sentence(), 2..40).prop_map(|sentences| sentences.join(" ")),
    ]
}

fn same_everywhere(texts: &[String], ways: &[Way], queries: &[Vec<(Term, f32)>]) {
    let sources = sources(texts);
    let library = in_memory(&sources);
    let view = library.view();
    let bits = |found: Vec<(SentenceId, f32)>| found.into_iter().map(|(id, score)| (id, score.to_bits())).collect::<Vec<_>>();
    let wanted: Vec<_> = queries.iter().map(|query| bits(exhaustive(&view, query, MOST))).collect();
    for (query, wanted) in queries.iter().zip(&wanted) {
        assert_eq!(&bits(everywhere(&view, query, MOST)), wanted, "in memory");
    }
    for way in ways {
        let folder = Temporary::new();
        let library = on_disk(&sources, way, &folder);
        let view = library.view();
        for (query, wanted) in queries.iter().zip(&wanted) {
            assert_eq!(&bits(everywhere(&view, query, MOST)), wanted, "{way:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 64, ..ProptestConfig::default() })]
    #[test]
    fn small_libraries_give_the_same_everywhere(
        texts in prop::collection::vec(document(), 10..400),
        ways in prop::collection::vec(way(), 1..3),
        queries in prop::collection::vec(prop::collection::vec((word(), prop::sample::select(vec![0.4f32, 1.0])), 1..9), 1..6),
    ) {
        let queries: Vec<Vec<(Term, f32)>> =
            queries.into_iter().map(|query| query.into_iter().map(|(word, boost)| (term(word), boost)).collect()).collect();
        same_everywhere(&texts, &ways, &queries);
    }
}

/// Documents as `document` makes them, the same at each run.
fn generated(count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let document = document();
    (0..count).map(|_| document.new_tree(&mut runner).expect("a document").current()).collect()
}

#[test]
fn a_large_library_gives_the_same_everywhere() {
    let texts = generated(20_000);
    let queries = ["harbour customs tariff embargo licence", "of the and", "Orrin seventeen mill", "grain paid 1907", "customs"];
    let ways = [
        Way { threads: 1, start: 0, step: 1, together: 20_000, changed: 50 },
        Way { threads: 3, start: 12_345, step: 7, together: 6_000, changed: 3 },
    ];
    same_everywhere(&texts, &ways, &queries.map(query));
}

#[test]
fn the_only_sentence_with_all_words_is_found_among_a_thousand() {
    let words = ["harbour", "customs", "tariff", "embargo", "licence"];
    let mut texts: Vec<String> = (0..1_000).map(|at| format!("The {} {} of {at}.", words[at % 5], words[(at / 5) % 5])).collect();
    texts[640] = "The harbour customs tariff embargo licence ended.".to_owned();
    let sources = sources(&texts);
    let folder = Temporary::new();
    let library = on_disk(&sources, &Way { threads: 2, start: 0, step: 1, together: 1_000, changed: 5_000 }, &folder);
    let view = library.view();
    let best = everywhere(&view, &query("harbour customs tariff embargo licence ended"), MOST)[0].0;
    assert_eq!(view.path(view.source_of(best)), "00640.txt");
    // As it is without an index.
    assert_eq!(everywhere(&Library::of(sync::hold(sources), Bibliographies::default()).view(), &query("ended"), MOST).len(), 1);
}
