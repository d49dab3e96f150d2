//! Stops with the next word hard behind them: `the dock.Then`, `the dock.11 Then`.

use super::WORD_CAP;
use super::abbreviations::{Class, class, opens_sentence};
use super::characters::{capitalised, leading_word, lowered, opening, window, window_back};
use super::next_words::NextKind;
use super::scan::Scan;
use super::stops::{Stop, StopKind};

impl Scan<'_> {
    /// A stop with the next word hard behind it: `the dock.Then`, `the dock.11 Then`.
    pub(super) fn glued(&self, stop: &Stop, tail: usize) -> Option<usize> {
        if matches!(stop.kind, StopKind::Dots { .. }) {
            return None;
        }
        if let Some(end) = self.note_number(stop, tail) {
            return Some(end);
        }
        let from = self.token_start(stop.start);
        let left = &self.text[from..stop.start];
        let word = leading_word(window(&self.text[tail..], WORD_CAP));
        let rest = &self.text[tail + word.len()..];
        if !capitalised(word) || word.chars().nth(1).is_none_or(|c| !c.is_lowercase()) {
            return None;
        }
        let behind = window(rest, WORD_CAP).split(char::is_whitespace).next().unwrap_or_default();
        if !prose(left) || !prose(behind) {
            return None;
        }
        if tail > stop.end {
            return Some(tail);
        }
        let left = left.trim_start_matches(|c: char| opening(c) || "\"'*_".contains(c));
        let number = left.bytes().all(|b| b.is_ascii_digit() || b",.".contains(&b));
        let plain = left.chars().all(char::is_alphabetic);
        if !(number && !left.is_empty() || plain && left.ends_with(char::is_lowercase))
            || lowered(left, |word| class(word).is_some())
        {
            return None;
        }
        // Two words with a dot between them may be the name of a file or of a field; words that
        // open sentences tell, and a long plain word before a plain word with a space behind.
        let known = lowered(word, opens_sentence) || lowered(word, |word| matches!(class(word), Some(Class::Title)));
        let likely = (number || left.len() > 4 && left.starts_with(char::is_lowercase))
            && word.len() > 2
            && rest.starts_with(char::is_whitespace);
        (known || likely && !left.is_empty()).then_some(tail)
    }

    /// Behind the number of a footnote, which lost its height on the way: `the dock.11 12 Then`.
    fn note_number(&self, stop: &Stop, tail: usize) -> Option<usize> {
        let before = self.word_before(stop.start);
        let plain = before.len() > 3 && before.bytes().all(|b| b.is_ascii_lowercase());
        if !(plain && !lowered(before, |word| class(word).is_some()) || tail > stop.end) {
            return None;
        }
        let numbers = window(&self.text[tail..], 16);
        let length = numbers.len() - numbers.trim_start_matches(|c: char| c.is_ascii_digit() || " ,-–".contains(c)).len();
        let numbers = numbers[..length].trim_end();
        let short = numbers.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3);
        let end = tail + numbers.len();
        let rest = &self.text[end..];
        (numbers.starts_with(|c: char| c.is_ascii_digit())
            && short
            && rest.starts_with(char::is_whitespace)
            && self.next(end + rest.len() - rest.trim_start().len()).kind == NextKind::Capital)
            .then_some(end)
    }

    /// Where the token (all but white space) before `at` begins, within the sentence.
    fn token_start(&self, at: usize) -> usize {
        let head = window_back(&self.text[self.begun()..at], WORD_CAP);
        let token = head.rsplit(char::is_whitespace).next().unwrap_or_default();
        at - token.len()
    }
}

/// Whether a token holds none of the signs of an address, a file or code.
pub(super) fn prose(token: &str) -> bool {
    !token.contains(['@', '/', '\\', '_', '=', '#', '<', '>', '`', '&', '(']) && !dotted(token)
}

/// Whether a dot stands before a further small letter, as in `.com`.
pub(super) fn dotted(token: &str) -> bool {
    token.split('.').skip(1).any(|part| part.starts_with(char::is_lowercase))
}
