//! Numbers in words: "forty thousand", "a dozen", "dozens", "first"; and words that are numbers at some times only,
//! such as "one" and "second".

use super::number_words::number_words;
use super::units::{is_duration, unit_of};
use super::value::{Value, half_of_last_place};
use super::{Kind, magnitudes};
use crate::text::language::{Language, Vocabulary, has, position};
use crate::text::tokens::Tokens;

/// The least that each of [`VAGUE`] means.
const LEAST: [f64; 3] = [24.0, 200.0, 2000.0];

/// Plurals of magnitudes that give no figure.
static VAGUE: [Vocabulary; 1] = [Vocabulary::new(Language::English, "dozens | hundreds | thousands")];

/// Words behind which "one" stands for a thing.
static BEFORE_PRONOUN: [Vocabulary; 1] =
    [Vocabulary::new(Language::English, "no the this that every any each some which another only")];

/// All words but number words with which a number in words can begin.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    VAGUE.iter().flat_map(Vocabulary::entries).map(|(_, word)| word).chain(["a", "an"])
}

/// "twenty-two", "one hundred and five", "forty thousand", "a dozen", "dozens", "first".
pub(super) fn spelled(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    let first = tokens.lower(at);
    if let Some(least) = position(&VAGUE, &first).map(|at| LEAST[at]) {
        return Some(Value::new(least, least, Kind::Vague, at + 1));
    }
    if matches!(first.as_str(), "a" | "an") {
        return with_article(tokens, at);
    }
    let found = number_words(tokens, at)?;
    if found.is_ordinal {
        // "30 second breaks" are no ordinal.
        let is_time = first == "second" && at > 0 && tokens.words[at - 1].has_digit;
        return (!is_time).then(|| Value::new(found.value, 0.5, Kind::Ordinal, found.next));
    }
    if found.next == at + 1 && first == "one" && !one_counts(tokens, at) {
        return None;
    }
    Some(Value::new(found.value, half_of_last_place(found.value), Kind::Count, found.next))
}

/// "a year and a half", "a dozen", "a hundred thousand".
fn with_article(tokens: Tokens<'_>, at: usize) -> Option<Value> {
    if is_duration(&tokens.lower(at + 1)) && is_and_a_half(tokens, at + 2) {
        return Some(Value::new(1.0, 0.5, Kind::Count, at + 1));
    }
    let noun = tokens.lower(at + 1);
    let factor = magnitudes::factor(&noun).or((noun == "dozen").then_some(12.0))?;
    let mut value = Value::new(factor, factor / 20.0, Kind::Count, at + 2);
    value.multiply(tokens);
    Some(value)
}

/// "one" is a number before a unit or a plain noun after a number's usual company.
fn one_counts(tokens: Tokens<'_>, at: usize) -> bool {
    let (before, after) = (tokens.lower_before(at), tokens.lower(at + 1));
    let is_company = after == "of" && matches!(before.as_str(), "" | "least" | "just" | "about");
    !has(&BEFORE_PRONOUN, &before) && (unit_of(&after).is_some() || is_company)
}

/// Whether these words are "and a half".
pub(super) fn is_and_a_half(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.lower(at) == "and" && tokens.lower(at + 1) == "a" && tokens.lower(at + 2) == "half"
}

/// Adds the half of "two and a half years" and "a year and a half"; returns the word behind it.
pub(super) fn add_half(tokens: Tokens<'_>, value: &mut Value, next: usize, has_unit: bool) -> Option<usize> {
    if value.value.fract() != 0.0 || value.kind == Kind::Ordinal {
        return None;
    }
    let at = [next, next + 1].into_iter().take(1 + usize::from(has_unit)).find(|at| is_and_a_half(tokens, *at))?;
    value.value += 0.5;
    Some(at + 3)
}
