//! A single full stop: what the word before it says, an abbreviation, an initial, a number.

use super::WORD_CAP;
use super::abbreviations::{AFTER_ORDINAL, BEFORE_ORDINAL, BEFORE_TIME, Class, LETTERED, class, class_of, is_zone, listed};
use super::characters::{capitalised, in_word, lowered, roman, window, window_back};
use super::next_words::{NextKind, NextWord};
use super::scan::Scan;

impl<'a> Scan<'a> {
    /// The letters, digits and inner dots before `at`, within the sentence.
    pub(super) fn word_before(&self, at: usize) -> &'a str {
        let head = window_back(&self.text[self.begun()..at], WORD_CAP);
        let head = &self.text[at - head.len()..at];
        let word = head.trim_end_matches(in_word);
        head[word.len()..].trim_start_matches(['.', '\'', '’'])
    }

    /// The word before the one that ends at `at`.
    fn word_before_last(&self, at: usize) -> &'a str {
        let start = at - self.word_before(at).len();
        let head = self.text[..start].trim_end_matches([' ', '\u{a0}', '\n', '.', '"', '“', '(']);
        if head.len() < self.begun() { "" } else { self.word_before(head.len()) }
    }

    pub(super) fn abbreviates(&self, at: usize) -> bool {
        let word = self.word_before(at);
        word.chars().count() == 1 || lowered(word, |word| class(word).is_some())
    }

    /// Whether the single full stop at `at` ends its sentence, given what follows.
    pub(super) fn period_ends(&self, at: usize, next: &NextWord) -> bool {
        let word = self.word_before(at);
        if word.is_empty() || word.contains(['\'', '’']) {
            return true;
        }
        if self.is_item_mark(at, word) {
            return false;
        }
        let mut chars = word.chars();
        let (first, single) = (chars.next().unwrap_or('.'), chars.next().is_none());
        if first.is_numeric() && word.ends_with(char::is_numeric) {
            return self.number_ends(at, word, next);
        }
        if single && first.is_alphabetic() {
            return self.letter_ends(at, first, next);
        }
        // `Tull, III. 159`
        if next.kind == NextKind::Digit && roman(word) && capitalised(word) {
            return false;
        }
        let Some(class) = class_of(word) else {
            return true;
        };
        if next.bracket || !matches!(next.kind, NextKind::Capital | NextKind::Digit) {
            return false;
        }
        let capital = next.kind == NextKind::Capital;
        let counted = self.word_before_last(at).ends_with(|c: char| c.is_ascii_digit());
        match class {
            Class::Title => false,
            Class::Numbered => capital && !numeral(next.word),
            Class::Open => next.starts(self.text),
            Class::Closed => next.starts(self.text) || capital && self.clause_begins(next),
            Class::Last => capital,
            Class::Unit if counted => capital,
            Class::Time if counted => capital && !is_zone(next.word) && !self.opens_with_time(at),
            // `A.M. Tull`: two initials.
            Class::Unit | Class::Time => next.starts(self.text),
        }
    }

    /// `1.`, `3.2.`, `b.` or `iv.` with nothing before it in its sentence.
    fn is_item_mark(&self, at: usize, word: &str) -> bool {
        let head = &self.text[self.begun()..at - word.len()];
        if head.len() > 2 * WORD_CAP || head.contains(char::is_alphanumeric) {
            return false;
        }
        let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        digits && (word.len() <= 3 || word.contains('.')) || word.chars().count() == 1 || roman(word)
    }

    fn number_ends(&self, at: usize, word: &str, next: &NextWord) -> bool {
        if word.len() > 2 || !word.bytes().all(|b| b.is_ascii_digit()) {
            return true;
        }
        // German ordinals: `am 3. Mai`, `der 2. Anlauf`.
        match next.kind {
            NextKind::Digit => false,
            NextKind::Capital => {
                !(listed(next.word, AFTER_ORDINAL)
                    || listed(self.word_before_last(at), BEFORE_ORDINAL) && !next.starts(self.text))
            }
            _ => true,
        }
    }

    /// One letter: an initial, unless what stands around it says otherwise.
    fn letter_ends(&self, at: usize, letter: char, next: &NextWord) -> bool {
        if !letter.is_uppercase() && !letter.is_lowercase() {
            return true;
        }
        let head = &self.text[self.begun()..at - letter.len_utf8()];
        // `USB-C. Then`
        let mut before = head.chars().rev();
        if before.next() == Some('-') && before.next().is_some_and(char::is_alphanumeric) {
            return true;
        }
        let prior = self.word_before_last(at);
        let lettered = letter.is_uppercase() && listed(prior, LETTERED);
        let hour = letter == 'm' && matches!(prior, "a" | "p");
        let measured = letter.is_lowercase() && prior.ends_with(|c: char| c.is_ascii_digit()) && "mkgslh".contains(letter);
        next.kind == NextKind::Capital
            && !next.bracket
            && (lettered || measured || hour || !prior.is_empty() && next.starts_surely(self.text))
    }

    /// A capital word, and behind it a small one: more likely the begin of a sentence than the
    /// rest of a name.
    fn clause_begins(&self, next: &NextWord) -> bool {
        let rest = &self.text[next.at + next.word.len()..];
        let mut words = window(rest, WORD_CAP).split_whitespace();
        let second = words.next().unwrap_or_default();
        rest.starts_with(char::is_whitespace)
            && next.word.chars().skip(1).any(char::is_lowercase)
            && second.starts_with(char::is_lowercase)
            && !lowered(next.word, |word| class(word).is_some())
            && !matches!(second, "and" | "of" | "for" | "de" | "del" | "von" | "y" | "et" | "und")
    }

    /// `At 5 a.m. Mr. Orr left`: a phrase of time that opens its sentence does not end it.
    fn opens_with_time(&self, at: usize) -> bool {
        let head = &self.text[self.begun()..at];
        if head.len() > WORD_CAP {
            return false;
        }
        let mut words = head.split_whitespace();
        let opens = words.next().is_some_and(|word| listed(word, BEFORE_TIME));
        opens && words.count() <= 4
    }
}

/// A word that counts like a number: `Fig. B`, `Vol. II`; the words `I` and `A` do not.
fn numeral(word: &str) -> bool {
    !matches!(word, "I" | "A") && (roman(word) || word.chars().count() == 1)
}
