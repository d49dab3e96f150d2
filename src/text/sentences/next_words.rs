//! The word behind a stop, and whether a sentence could open with it.

use super::WORD_CAP;
use super::abbreviations::{opens_sentence, surely_opens_sentence};
use super::characters::{dash, leading_word, lowered, opening, window};
use super::scan::Scan;

/// What follows a stop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NextKind {
    /// A word that could open a sentence; also any letter of a script without case.
    Capital,
    Small,
    Digit,
    /// A sign that stands for a word: `$`, `#`, an emoji.
    Symbol,
    /// A dash and then a word that could open a sentence.
    Dash,
    Nothing,
}

/// The word behind a stop, past the marks that open with it.
pub(super) struct NextWord<'a> {
    pub(super) kind: NextKind,
    pub(super) word: &'a str,
    /// Where `word` begins.
    pub(super) at: usize,
    /// Whether a bracket opens before the word.
    pub(super) bracket: bool,
}

impl NextWord<'_> {
    /// Whether the word is one that seldom follows an abbreviation within a sentence.
    pub(super) fn starts(&self, text: &str) -> bool {
        self.starts_as(text, opens_sentence)
    }

    pub(super) fn starts_surely(&self, text: &str) -> bool {
        self.starts_as(text, surely_opens_sentence)
    }

    fn starts_as(&self, text: &str, is: fn(&str) -> bool) -> bool {
        // `A.` and `I.` are initials, not words.
        let initial = self.word.len() == 1 && text.as_bytes().get(self.at + self.word.len()) == Some(&b'.');
        self.kind == NextKind::Capital && !self.bracket && !initial && lowered(self.word, is)
    }
}

impl<'a> Scan<'a> {
    pub(super) fn next(&self, at: usize) -> NextWord<'a> {
        let (mut begin, mut dashed, mut bracket) = (at, false, false);
        // A handful of marks may open together; more than that is no sentence.
        for mark in self.text[at..].chars().take(8) {
            let opens = opening(mark) || matches!(mark, '"' | '\'' | '`' | '’' | '*' | '_' | '»');
            if dash(mark) && (begin == at || dashed) {
                dashed = true;
            } else if !opens && (begin == at || !mark.is_whitespace()) {
                break;
            }
            bracket |= matches!(mark, '(' | '[');
            begin += mark.len_utf8();
        }
        let word = leading_word(window(&self.text[begin..], WORD_CAP));
        let kind = match kind_of(&self.text[begin..], word) {
            // A link is a name, however it is written.
            NextKind::Small if self.text[at..].starts_with("[[") => NextKind::Capital,
            NextKind::Capital if dashed => NextKind::Dash,
            _ if dashed => NextKind::Nothing,
            kind => kind,
        };
        NextWord { kind, word, at: begin, bracket }
    }
}

/// What sort of opening the text is, of which `word` is the first word.
fn kind_of(text: &str, word: &str) -> NextKind {
    let Some(first) = text.chars().next() else {
        return NextKind::Nothing;
    };
    if first.is_numeric() {
        NextKind::Digit
    } else if first.is_lowercase() {
        // `iPhone`; a bare address.
        let mixed = word.chars().any(char::is_uppercase);
        let address = text.starts_with("http://") || text.starts_with("https://");
        if mixed || address { NextKind::Capital } else { NextKind::Small }
    } else if first.is_alphabetic() {
        NextKind::Capital
    } else if matches!(first, '$' | '€' | '£' | '¥' | '#' | '@' | '§' | '…') || first > '\u{2190}' {
        NextKind::Symbol
    } else {
        NextKind::Nothing
    }
}
