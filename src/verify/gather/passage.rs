//! The passage that the model reads beside a claim: the sentences that were found for it, with those around them, in
//! the order of their documents.

use std::collections::BTreeSet;

use super::windows::Windows;
use crate::entail::Reader;
use crate::library::{SentenceId, SourceId, View};
use crate::text::words::words;
use crate::verify::claim::Claim;

/// In wordpieces: what is read costs time, and what the best windows lack is seldom in the rest.
const MOST: usize = 160;
/// A longer sentence is cut. In bytes.
const LONGEST: usize = 600;
/// What a window of another source must hold of what the best one holds.
const AS_GOOD: f32 = 0.6;
/// How far from the found sentences the passage reaches.
const FARTHEST: usize = 12;

/// The passage for a claim, empty where nothing was found.
pub fn of(claim: &Claim<'_>, windows: &Windows<'_>, library: &View<'_>, reader: &dyn Reader) -> String {
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut used = 0;
    for at in in_order(claim, windows, library) {
        if chosen.contains(&at) {
            continue;
        }
        let length = reader.tokens(sentence(at, library));
        if used + length <= MOST || chosen.is_empty() {
            chosen.insert(at);
            used += length;
        } else if used + length > MOST + MOST / 4 {
            break;
        }
    }
    text(claim, &chosen, library)
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
    let (start, end) = (range.start, range.end);
    let beside = move |by: usize| {
        let before = first.checked_sub(by).filter(|at| *at >= start);
        [Some(last + by).filter(|at| *at < end), before].into_iter().flatten()
    };
    let candidates = windows.candidates.iter().filter(move |c| own(c.source())).map(|c| c.at);
    let nearest = (start < end).then_some(first);
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

/// The sentences one behind the other. Whose they are is said where there are several sources, or where the claim has
/// words of the title that they lack, or a date.
fn text(claim: &Claim<'_>, chosen: &BTreeSet<usize>, library: &View<'_>) -> String {
    let source_of = |at: &usize| library.sentence(SentenceId(*at)).source;
    let has_several = chosen.iter().next().map(source_of) != chosen.iter().next_back().map(source_of);
    let lacks = |term| !chosen.iter().any(|at| library.sentence(SentenceId(*at)).analysis.words.iter().any(|w| w.term == term));
    let is_meant = |title: &str| {
        let own = &claim.analysis.words;
        words(title).iter().any(|w| !w.is_stop && own.iter().any(|own| own.term == w.term) && lacks(w.term))
    };
    let (mut out, mut last) = (String::new(), None);
    for at in chosen {
        let source = source_of(at);
        if last != Some(source) {
            last = Some(source);
            let about = library.source(source);
            let title = about.metadata.title.as_deref().unwrap_or_default();
            if has_several || is_meant(title) || !claim.analysis.dates.is_empty() && !title.is_empty() {
                push(&mut out, title);
                if let Some(date) = &about.metadata.date {
                    push(&mut out, &format!("({date})"));
                }
                out.push(':');
            }
        }
        push(&mut out, sentence(*at, library));
    }
    out
}

/// Adds words, with single blanks between them: what is blank in a source is often markup.
fn push(out: &mut String, text: &str) {
    for word in text.split(|c: char| c.is_whitespace() || c == '\0').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}
