//! A quotation cut at its marked omissions and insertions.

use crate::text::Span;
use crate::text::words::{Word, words};

/// Words of a quotation between marks.
#[derive(Debug)]
pub struct Piece {
    pub words: Vec<Word>,
    /// How many words of the source may have been left out before it; 0 for none.
    pub gap: usize,
    /// What stands in brackets before it.
    pub bracket: Option<Bracket>,
}

/// Words that the note has put in, or in the place of the source's.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// Without the brackets.
    pub inner: Span,
    pub words: Vec<Word>,
}

/// The pieces of a quotation, and a bracket behind the last one.
#[derive(Debug, Default)]
pub struct Pieces {
    pub pieces: Vec<Piece>,
    pub last: Option<Bracket>,
}

/// What an ellipsis may leave out, and what a bracket may stand for, in words.
pub const ELLIPSIS_GAP: usize = 120;
pub const BRACKET_GAP: usize = 8;
/// Longer quotations are compared by their beginning: word for word as far as this,
pub const MOST_QUOTED: usize = 1_000;
/// and with other words as far as this.
const MOST_WORDS: usize = 240;

impl Pieces {
    /// All words outside brackets, as far as they are compared.
    pub fn words(&self) -> Vec<Word> {
        self.pieces.iter().flat_map(|p| p.words.iter().copied()).take(MOST_WORDS).collect()
    }

    /// The first pieces of at most so many words.
    fn beginning(mut self, most: usize) -> Self {
        let mut left = most;
        for at in 0..self.pieces.len() {
            let words = &mut self.pieces[at].words;
            if words.len() > left {
                words.truncate(left);
                self.pieces.truncate(if left > 0 { at + 1 } else { at });
                self.last = None;
                break;
            }
            left -= words.len();
        }
        self
    }
}

/// A mark between pieces.
struct Mark {
    span: Span,
    gap: usize,
    /// The inside of a bracket that holds words.
    bracket: Option<Span>,
}

/// Splits a quotation at its ellipses and brackets. "[T]he" is one word.
pub fn pieces(text: &str, inner: Span) -> Pieces {
    let raw = inner.of(text);
    let (clean, marks) = marks(raw);
    let mut found = Pieces::default();
    let (mut start, mut gap, mut bracket) = (0, 0, None);
    let end = Mark { span: Span::new(raw.len(), raw.len()), gap: 0, bracket: None };
    for mark in marks.into_iter().chain([end]) {
        let words = words_at(&clean, Span::new(start, mark.span.start), inner.start);
        if words.is_empty() {
            gap = gap.max(mark.gap);
        } else {
            found.pieces.push(Piece { words, gap, bracket: bracket.take() });
            gap = mark.gap;
        }
        let inside = mark
            .bracket
            .map(|inside| Bracket { inner: inside.shifted(inner.start), words: words_at(&clean, inside, inner.start) });
        bracket = inside.or(bracket);
        start = mark.span.end;
    }
    found.last = bracket;
    if let Some(first) = found.pieces.first_mut() {
        first.gap = 0;
    }
    found.beginning(MOST_QUOTED)
}

fn words_at(clean: &str, part: Span, by: usize) -> Vec<Word> {
    let mut inside = words(part.of(clean));
    inside.iter_mut().for_each(|w| w.span = w.span.shifted(by + part.start));
    inside
}

/// The marks of a quotation, and its text in which the brackets of "[T]he" are invisible.
fn marks(raw: &str) -> (String, Vec<Mark>) {
    let mut clean = raw.to_owned().into_bytes();
    let mut found: Vec<Mark> = Vec::new();
    for (at, c) in raw.char_indices() {
        if found.last().is_some_and(|mark| at < mark.span.end) {
            continue;
        }
        let rest = &raw[at..];
        if c == '['
            && let Some(close) = rest.find(']')
        {
            let inside = &rest[1..close];
            let joins = rest[close + 1..].starts_with(char::is_alphanumeric) && inside.chars().count() == 1;
            if joins {
                (clean[at], clean[at + close]) = (0, 0);
                continue;
            }
            let is_omission = inside.contains(['.', '…']);
            let bracket = (!is_omission && !is_remark(inside)).then(|| Span::new(at + 1, at + close));
            let gap = if is_omission { ELLIPSIS_GAP } else { BRACKET_GAP };
            found.push(Mark { span: Span::new(at, at + close + 1), gap, bracket });
        } else if let Some(dots) = ["…", "(...)", "(…)", "....", "...", ". . ."].iter().find(|dots| rest.starts_with(**dots))
        {
            found.push(Mark { span: Span::new(at, at + dots.len()), gap: ELLIPSIS_GAP, bracket: None });
        }
    }
    (String::from_utf8(clean).unwrap_or_else(|_| raw.to_owned()), found)
}

/// Remarks on the quotation rather than words of it.
fn is_remark(inside: &str) -> bool {
    let inside = inside.trim().to_lowercase();
    inside == "sic" || inside.contains("emphasis") || inside.contains("translat")
}
