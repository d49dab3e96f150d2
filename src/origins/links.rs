//! All links of a library: which sources rest on what, and why.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::origin::{Link, Origin, Why};
use super::reader::Reader;
use crate::library::{SentenceId, SourceId, View};
use crate::text::Span;
use crate::text::words::{Term, words};

/// An origin with all that rests on it.
#[derive(Clone, Debug)]
pub struct Rested {
    pub origin: Origin,
    /// By source: how many of its sentences rest on it, and the first link.
    pub by: BTreeMap<SourceId, (usize, Link)>,
}

/// The origins of these sources, in the order in which they are met.
#[must_use]
pub fn of(sources: &[SourceId], library: &View<'_>) -> Vec<Rested> {
    let reader = Reader::new(library);
    let mut all: Vec<Rested> = Vec::new();
    let mut add = |link: Link| {
        let rested = match all.iter().position(|rested| rested.origin.is(&link.origin)) {
            Some(at) => &mut all[at],
            None => {
                all.push(Rested { origin: link.origin.clone(), by: BTreeMap::new() });
                all.last_mut().expect("one was pushed")
            }
        };
        if rested.origin.held.is_none() && link.origin.held.is_some() {
            rested.origin = link.origin.clone();
        }
        rested.by.entry(link.source).and_modify(|(number, _)| *number += 1).or_insert((1, link));
    };
    for source in sources {
        for link in reader.whole(*source).iter() {
            add(link.clone());
        }
        let sentences = library.sentences_of(*source).map(SentenceId);
        sentences
            .flat_map(|at| reader.links(at))
            .filter(|link| !matches!(link.why, Why::Noted | Why::Whole(_)))
            .for_each(&mut add);
    }
    copies(&reader, sources).into_iter().map(|(from, to, words)| copied(&reader, from, to, words)).for_each(&mut add);
    unite(&mut all);
    // A link to a paper is one to its text, where there is just one that is old enough.
    for rested in &mut all {
        if rested.origin.held.is_none() && rested.origin.kind.is_none() {
            rested.origin.held = only_of_maker(&reader, sources, rested);
        }
        let held = rested.origin.held;
        rested.by.retain(|source, _| Some(*source) != held);
    }
    all.retain(|rested| !rested.by.is_empty());
    /// Longer chains are not followed.
    const LONGEST_CHAIN: usize = 4;
    (0..LONGEST_CHAIN).for_each(|_| pass_on(&mut all));
    all.extend(makers(&reader, sources));
    all
}

/// Whoever rests on a source rests on the documents on which that one rests, too.
fn pass_on(all: &mut [Rested]) {
    let mut links: Vec<(usize, SourceId, Link)> = Vec::new();
    for through in all.iter() {
        let Some(held) = through.origin.held else { continue };
        for (at, rested) in all.iter().enumerate().filter(|(_, it)| it.origin.kind.is_some() && it.by.contains_key(&held)) {
            for (source, (_, link)) in through.by.iter().filter(|(source, _)| Some(**source) != rested.origin.held) {
                links.push((at, *source, Link { origin: rested.origin.clone(), ..link.clone() }));
            }
        }
    }
    for (at, source, link) in links {
        all[at].by.entry(source).or_insert((0, link));
    }
}

/// Whoever made more than one source.
fn makers(reader: &Reader<'_, '_>, sources: &[SourceId]) -> Vec<Rested> {
    let mut all: Vec<Rested> = Vec::new();
    for source in sources {
        let origin = Origin { held: None, ..reader.own(*source) };
        if !origin.owner.is_known() {
            continue;
        }
        let link = Link { source: *source, passage: Span::default(), origin: origin.clone(), why: Why::Made };
        match all.iter_mut().find(|rested| rested.origin.is(&origin)) {
            Some(rested) => _ = rested.by.insert(*source, (0, link)),
            None => all.push(Rested { origin, by: BTreeMap::from([(*source, (0, link))]) }),
        }
    }
    all.retain(|rested| rested.by.len() > 1);
    all
}

/// What turned out to be one by what was read later.
fn unite(all: &mut Vec<Rested>) {
    let mut at = 0;
    while at < all.len() {
        let Some(other) = (at + 1..all.len()).find(|other| all[at].origin.is(&all[*other].origin)) else {
            at += 1;
            continue;
        };
        let gone = all.remove(other);
        if all[at].origin.held.is_none() && gone.origin.held.is_some() {
            all[at].origin = gone.origin;
        }
        for (source, (number, link)) in gone.by {
            all[at].by.entry(source).and_modify(|(own, _)| *own += number).or_insert((number, link));
        }
    }
}

/// The one source by the maker that an origin names, among those before all that rest on it.
fn only_of_maker(reader: &Reader<'_, '_>, sources: &[SourceId], rested: &Rested) -> Option<SourceId> {
    let is_before = |id: SourceId| rested.by.keys().all(|by| !super::held::is_younger(reader, id, *by));
    let mut made = sources.iter().filter(|id| !rested.by.contains_key(id) && reader.is_by(&rested.origin, **id));
    let found = made.clone().find(|id| is_before(**id)).copied();
    let only = made.next().is_some() && made.next().is_none();
    found.filter(|_| only)
}

fn copied(reader: &Reader<'_, '_>, from: SourceId, to: SourceId, words: Span) -> Link {
    let origin = Origin { name: reader.library.source(to).title(), ..reader.own(to) };
    Link { source: from, passage: words, origin, why: Why::SameWords(words) }
}

/// Sources of which passages are in an older one (or one whose path comes first) word for word, with the first such words.
///
/// Runs of eight words are sampled by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing", SIGMOD 2003): any run that is long
/// enough has a sample, whatever stands around it.
fn copies(reader: &Reader<'_, '_>, sources: &[SourceId]) -> Vec<(SourceId, SourceId, Span)> {
    /// As many samples must two sources share: about thirty words in one piece, or in several.
    const ENOUGH: usize = 5;
    let mut places: FxHashMap<u64, Vec<(SourceId, Span)>> = FxHashMap::default();
    for source in sources {
        for (hash, span) in samples(reader.library, *source) {
            let list = places.entry(hash).or_default();
            if list.iter().all(|(other, _)| other != source) {
                list.push((*source, span));
            }
        }
    }
    /// What more have is nobody's: a disclaimer, a motto.
    const COMMON: usize = 12;
    let mut shared: BTreeMap<(SourceId, SourceId), Vec<Span>> = BTreeMap::new();
    for list in places.values().filter(|list| (2..=COMMON).contains(&list.len())) {
        for (at, (one, span)) in list.iter().enumerate() {
            for (two, other) in &list[..at] {
                let (from, to, words) =
                    if super::held::is_younger(reader, *two, *one) || one < two && !super::held::is_younger(reader, *one, *two) {
                        (*two, *one, *other)
                    } else {
                        (*one, *two, *span)
                    };
                shared.entry((from, to)).or_default().push(words);
            }
        }
    }
    let enough = shared.into_iter().filter(|(_, words)| words.len() >= ENOUGH);
    enough.filter_map(|((from, to), words)| Some((from, to, words.into_iter().min()?))).collect()
}

/// Hashes of runs of words of a source's content, sampled, with the places of the runs.
fn samples(library: &View<'_>, id: SourceId) -> Vec<(u64, Span)> {
    const RUN: usize = 8;
    const WINDOW: usize = 4;
    let source = library.source(id);
    let content = source.layout.blocks.iter().filter(|block| block.kind.is_text());
    let mut found: Vec<(u64, Span)> = Vec::new();
    for block in content {
        let words = words(block.span.of(&source.layout.visible));
        let hashes: Vec<u64> = words.windows(RUN).map(|run| hash(run.iter().map(|word| word.form))).collect();
        for window in hashes.windows(WINDOW.min(hashes.len().max(1))).enumerate() {
            let (at, window) = window;
            let Some((best, value)) = window.iter().enumerate().min_by_key(|(place, value)| (**value, usize::MAX - place)) else {
                continue;
            };
            let first = at + best;
            let span = words[first].span.cover(words[first + RUN - 1].span).shifted(block.span.start);
            if found.last() != Some(&(*value, span)) {
                found.push((*value, span));
            }
        }
    }
    found
}

fn hash(terms: impl Iterator<Item = Term>) -> u64 {
    terms.fold(0xcbf2_9ce4_8422_2325, |hash, Term(term)| (hash ^ term).wrapping_mul(0x0100_0000_01b3).rotate_left(23))
}
