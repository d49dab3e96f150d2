//! The words of a text with what stands between them, as the readers of numbers and dates look at them.

use super::Span;
use super::words::Word;

/// A text and its words. A place behind the last word has no letters, and nothing that one could take for a space.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    pub words: &'t [Word],
}

impl<'t> Tokens<'t> {
    pub fn raw(self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |w| w.span.of(self.text))
    }

    pub fn lower(self, at: usize) -> String {
        self.raw(at).to_lowercase()
    }

    /// The word before this place.
    pub fn lower_before(self, at: usize) -> String {
        at.checked_sub(1).map_or_else(String::new, |before| self.lower(before))
    }

    /// What stands between this word and the next one.
    pub fn gap(self, at: usize) -> &'t str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => Span::new(a.span.end, b.span.start).of(self.text),
            _ => "\0",
        }
    }

    /// The same, where a line may be broken instead of a space.
    pub fn gap_in_line(self, at: usize) -> &'t str {
        self.gap(at).trim_matches(['\n', '\r', '\t', '\u{a0}'])
    }

    /// Whether this word and the next one stand side by side.
    pub fn is_close(self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.chars().all(|c| c.is_whitespace() || c == '-') && !gap.is_empty() && gap.len() <= 8
    }

    /// The text before a word.
    pub fn before(self, at: usize) -> &'t str {
        self.words.get(at).map_or(self.text, |w| &self.text[..w.span.start])
    }

    /// The text behind a word.
    pub fn behind(self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |w| &self.text[w.span.end..])
    }

    /// From one word to the last one before `next`.
    pub fn span(self, first: usize, next: usize) -> Span {
        self.words[first].span.cover(self.words[next - 1].span)
    }
}
