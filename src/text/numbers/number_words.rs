//! The reader of number words: "twenty-two", "one hundred and five", "twenty-first". Numbers, dates, centuries and
//! clock times all read with it, so that a word means the same to each of them.

use super::magnitudes;
use crate::text::language::{Language, Vocabulary, position};
use crate::text::tokens::Tokens;

/// From zero.
static CARDINALS: [Vocabulary; 1] = [Vocabulary::new(
    Language::English,
    "zero | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen | fourteen | \
     fifteen | sixteen | seventeen | eighteen | nineteen",
)];

/// From twenty.
static TENS: [Vocabulary; 1] =
    [Vocabulary::new(Language::English, "twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety")];

/// From first.
static ORDINALS: [Vocabulary; 1] = [Vocabulary::new(
    Language::English,
    "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth | thirteenth | \
     fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth",
)];

/// Those that a day of a month can have.
static ORDINAL_TENS: [Vocabulary; 1] = [Vocabulary::new(Language::English, "twentieth | thirtieth")];

/// A number in words.
pub(in crate::text) struct NumberWords {
    pub value: f64,
    pub is_ordinal: bool,
    /// The word behind it.
    pub next: usize,
}

/// All words with which a number can begin.
pub(in crate::text) fn first_words() -> impl Iterator<Item = &'static str> {
    let tables = [&CARDINALS, &TENS, &ORDINALS, &ORDINAL_TENS];
    tables.into_iter().flatten().flat_map(Vocabulary::entries).map(|(_, word)| word)
}

/// All words with which an ordinal can begin.
pub(in crate::text) fn first_words_of_ordinals() -> impl Iterator<Item = &'static str> {
    [&TENS, &ORDINALS, &ORDINAL_TENS].into_iter().flatten().flat_map(Vocabulary::entries).map(|(_, word)| word)
}

/// "two", "forty": words below a hundred.
pub(in crate::text) fn cardinal(word: &str) -> Option<u8> {
    position(&CARDINALS, word).or_else(|| position(&TENS, word).map(tens)).map(|value| value as u8)
}

fn ordinal(word: &str) -> Option<u8> {
    let small = position(&ORDINALS, word).map(|at| at + 1);
    small.or_else(|| position(&ORDINAL_TENS, word).map(tens)).map(|value| value as u8)
}

fn tens(position: usize) -> usize {
    10 * (position + 2)
}

/// The number that begins with a word, as long as it is.
pub(in crate::text) fn number_words(tokens: Tokens<'_>, at: usize) -> Option<NumberWords> {
    if let Some(value) = ordinal(&tokens.lower(at)) {
        return Some(NumberWords { value: value.into(), is_ordinal: true, next: at + 1 });
    }
    let (mut total, mut group, mut next) = (0.0, 0.0, at);
    let mut seen = false;
    while next < tokens.words.len() {
        let word = tokens.lower(next);
        if seen && !tokens.is_close(next - 1) {
            break;
        }
        if let Some(unit) = cardinal(&word).map(f64::from) {
            // "two three" are two numbers, "twenty two" is one.
            if seen
                && !(group % 100.0 >= 20.0 && group % 10.0 == 0.0 && unit < 10.0
                    || group % 100.0 == 0.0 && group > 0.0
                    || group == 0.0)
            {
                break;
            }
            group += unit;
        } else if word == "hundred" && seen {
            group = if group == 0.0 { 100.0 } else { group * 100.0 };
        } else if word == "dozen" && seen {
            group *= 12.0;
        } else if word == "score" && seen && (2.0..10.0).contains(&group) {
            group *= 20.0;
        } else if let Some(factor) = magnitudes::factor(&word).filter(|_| seen) {
            total += group.max(1.0) * factor;
            group = 0.0;
        } else if let Some(last) = ordinal(&word).filter(|o| seen && group >= 20.0 && group % 10.0 == 0.0 && *o < 10) {
            return Some(NumberWords { value: total + group + f64::from(last), is_ordinal: true, next: next + 1 });
        } else if word == "and"
            && seen
            && (group % 100.0 == 0.0)
            && cardinal(&tokens.lower(next + 1)).is_some()
            && (group > 0.0 || total > 0.0)
        {
            next += 1;
            continue;
        } else {
            break;
        }
        seen = true;
        next += 1;
    }
    seen.then_some(NumberWords { value: total + group, is_ordinal: false, next })
}

/// Whether the word at `at` ends a longer number: the "first" of "twenty-first" and of "hundred and first".
pub(in crate::text) fn continues_number(tokens: Tokens<'_>, at: usize) -> bool {
    let is_close = |at: usize| at.checked_sub(1).is_some_and(|before| tokens.is_close(before));
    if !is_close(at) {
        return false;
    }
    let before = tokens.lower(at - 1);
    let leads = |word: &str| cardinal(word).is_some_and(|value| value >= 20) || magnitudes::factor(word).is_some();
    leads(&before) || before == "and" && is_close(at - 1) && magnitudes::factor(&tokens.lower(at - 2)).is_some()
}
