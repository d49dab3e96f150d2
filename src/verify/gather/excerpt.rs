//! The excerpt that the model reads beside a claim: the sentences that were found for it, with those around them, in
//! the order of their documents.

use std::collections::BTreeSet;

use super::windows::Windows;
use crate::entail;
use crate::library::{SentenceId, SourceId, View};
use crate::text::dates::Date;
use crate::text::words::{readable, words};
use crate::verify::claim::Claim;

/// In wordpieces: what is read costs time, and what the best windows lack is seldom in the rest.
pub const MOST: usize = 96;
/// A longer sentence or title is cut. In bytes.
const LONGEST: usize = 600;
const LONGEST_TITLE: usize = 100;
/// What a window of another source must hold of what the best one holds.
const AS_GOOD: f32 = 0.6;
/// How far from the found sentences the excerpt reaches.
const FARTHEST: usize = 12;

/// The excerpt for a claim of at most so many wordpieces, empty where nothing was found. `stated` are the words of the
/// claim that are read.
pub fn of(claim: &Claim<'_>, stated: &str, windows: &Windows<'_>, library: &View<'_>, most: usize) -> String {
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut sources: BTreeSet<SourceId> = BTreeSet::new();
    let mut left = most.min(entail::room(claim.before, stated));
    for at in in_order(claim, windows, library) {
        if chosen.contains(&at) {
            continue;
        }
        let source = library.sentence(SentenceId(at)).source;
        let title = if sources.contains(&source) { 0 } else { entail::wordpieces(&title(source, library)) };
        let length = entail::wordpieces(sentence(at, library)) + title;
        // The first is read as far as there is room.
        if length <= left || chosen.is_empty() {
            chosen.insert(at);
            sources.insert(source);
            left = left.saturating_sub(length);
        }
    }
    text(claim, &chosen, sources.len() > 1, library)
}

/// The sentences that may be read, the most promising first; some more than once.
fn in_order<'l>(claim: &Claim<'_>, windows: &'l Windows<'_>, library: &'l View<'_>) -> impl Iterator<Item = usize> + 'l {
    let best = windows.best.first();
    let source = best.map(|window| window.source).or(claim.only);
    let enough = best.map_or(0.0, |window| AS_GOOD * window.coverage);
    let own = move |id: SourceId| source == Some(id);
    let of_windows = windows.best.iter().filter(move |w| own(w.source) || w.coverage >= enough).flat_map(|w| w.first..=w.last);
    let range = source.map_or(0..0, |source| library.sentences_of(source));
    let (first, last) = best.map_or((range.start, range.start), |window| (window.first, window.last));
    let beside = move |by: usize| {
        let before = first.checked_sub(by).filter(|at| *at >= range.start);
        [Some(last + by).filter(|at| *at < range.end), before].into_iter().flatten()
    };
    let candidates = windows.candidates.iter().filter(move |c| own(c.source())).map(|c| c.at);
    let nearest = source.filter(|source| !library.sentences_of(*source).is_empty()).map(|_| first);
    nearest
        .into_iter()
        .chain(of_windows.clone().take(3))
        .chain(beside(1))
        .chain(of_windows)
        .chain(candidates)
        .chain((2..FARTHEST).flat_map(beside))
}

fn sentence<'l>(at: usize, library: &'l View<'_>) -> &'l str {
    let found = library.sentence(SentenceId(at));
    let text = found.span.of(&library.source(found.source).layout.visible);
    &text[..text.floor_char_boundary(LONGEST)]
}

/// `The mill (3 May 2024):`, or nothing.
fn title(source: SourceId, library: &View<'_>) -> String {
    let about = &library.source(source).metadata;
    let title = about.title.as_deref().unwrap_or_default();
    let title = &title[..title.floor_char_boundary(LONGEST_TITLE)];
    match &about.date {
        _ if title.is_empty() => String::new(),
        Some(date) => format!("{title} ({date}):"),
        None => format!("{title}:"),
    }
}

/// A sentence in which days that are the claim's are written as the claim writes them: from "on Wednesday" alone nobody
/// who reads it sees that it was 7 May.
fn with_own_dates(claim: &Claim<'_>, at: usize, library: &View<'_>) -> String {
    let found = library.sentence(SentenceId(at));
    let mut text = sentence(at, library).to_owned();
    for theirs in found.analysis.dates.iter().rev() {
        let is_it = |own: &&Date| own.same_day(theirs) && (own.day.is_some() || theirs.day.is_none());
        let Some(own) = claim.analysis.dates.iter().find(is_it) else { continue };
        let span = theirs.span.start.saturating_sub(found.span.start)..theirs.span.end.saturating_sub(found.span.start);
        if text.get(span.clone()).is_some_and(|words| !words.is_empty()) {
            text.replace_range(span, own.span.of(claim.text));
        }
    }
    text
}

/// The sentences one behind the other. Whose they are is said where there are several sources, or where the claim has
/// words of the title that they lack, or a date.
fn text(claim: &Claim<'_>, chosen: &BTreeSet<usize>, has_several: bool, library: &View<'_>) -> String {
    let lacks = |term| !chosen.iter().any(|at| library.sentence(SentenceId(*at)).analysis.words.iter().any(|w| w.term == term));
    let is_meant = |title: &str| {
        let own = &claim.analysis.words;
        words(title).iter().any(|w| !w.is_stop && own.iter().any(|own| own.term == w.term) && lacks(w.term))
    };
    let (mut out, mut last) = (Vec::new(), None);
    for at in chosen {
        let source = library.sentence(SentenceId(*at)).source;
        if last != Some(source) {
            last = Some(source);
            let title = title(source, library);
            if has_several || !claim.analysis.dates.is_empty() || is_meant(&title) {
                out.push(readable(&title));
            }
        }
        out.push(readable(&with_own_dates(claim, *at, library)));
    }
    out.retain(|part| !part.is_empty());
    out.join(" ")
}
