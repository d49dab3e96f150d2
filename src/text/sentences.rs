//! Where the sentences of one paragraph begin and end.
//!
//! One pass over the bytes stops at the few marks that can matter. A terminator (`.`, `!`, `?`,
//! `…`, `。`) takes along what closes with it (quotation marks, brackets, footnote marks,
//! citations); whether it ends the sentence is then asked of its two neighbours: the word before
//! it (a table of abbreviations, initials, numbers) and the word behind it (its case, and whether
//! it is one of the words that like to open a sentence). Marks that pair up (quotation marks,
//! brackets) take back the cuts found inside them, as long as the pair is short. Enumerations
//! that run on within a line are cut before their marks.
//!
//! The method is our own, of rules only, so that the same text gives the same sentences on every
//! machine; the yardstick is the English "golden rules" of *pragmatic segmenter* by Kevin Dias.
//! Spanish, German and French share the pass: the tables hold their commonest abbreviations,
//! and a stop before a small letter never ends a sentence in any of them.

mod abbreviations;
mod characters;
mod continuations;
mod glued;
mod labels;
mod lists;
mod next_words;
mod pairs;
mod periods;
mod scan;
mod stops;
mod tails;
#[cfg(test)]
mod tests;

use super::Span;
use labels::label_lines;
use scan::Scan;

/// A pair of quotation marks or brackets longer than this no longer holds its sentences together.
const PAIR_CAP: usize = 300;
/// Open marks remembered at a time.
const DEPTH_CAP: usize = 16;
/// Bytes looked at on either side of a stop to read a word.
const WORD_CAP: usize = 48;
/// Bytes of a footnote mark or a citation.
const NOTE_CAP: usize = 200;
/// White space before a sentence, in which a comment may have stood.
const GAP_CAP: usize = 2_000;
/// Bytes of a line in a list of bare labels.
const LABEL_CAP: usize = 36;

/// Sentences of one paragraph: spans without white space at their ends, in order, apart from each
/// other, which together hold all that is not white space. Single line breaks count as spaces.
#[must_use]
pub fn sentences(paragraph: &str) -> Vec<Span> {
    let cuts = match label_lines(paragraph) {
        Some(cuts) => cuts,
        None => Scan::new(paragraph).run(),
    };
    pieces(paragraph, &cuts).into_iter().flat_map(|span| bounded(paragraph, span)).collect()
}

/// No sentence is longer than this, in bytes: a log or a data file has none of its own.
const LONGEST: usize = 4_000;

/// A span in parts of bounded length, cut between words where there are any.
fn bounded(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut rest = span;
    while rest.len() > LONGEST {
        let most = text.floor_char_boundary(rest.start + LONGEST);
        let cut = text[rest.start..most].rfind(char::is_whitespace).map_or(most, |at| rest.start + at);
        let cut = if cut > rest.start { cut } else { most };
        parts.push(Span::new(rest.start, cut).trimmed(text));
        rest = Span::new(cut, rest.end).trimmed(text);
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text between the cuts. A piece without a letter or digit (a stray mark, an emoji) joins
/// its neighbour.
fn pieces(text: &str, cuts: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(cuts.len() + 1);
    let mut start = 0;
    let mut wordless = false;
    for &cut in cuts.iter().chain(std::iter::once(&text.len())) {
        let piece = Span::new(start, cut).trimmed(text);
        start = cut;
        if piece.is_empty() {
            continue;
        }
        let bare = !piece.of(text).contains(char::is_alphanumeric);
        match spans.last_mut() {
            Some(last) if bare || wordless => {
                *last = last.cover(piece);
                wordless &= bare;
            }
            _ => {
                spans.push(piece);
                wordless = bare;
            }
        }
    }
    spans
}
