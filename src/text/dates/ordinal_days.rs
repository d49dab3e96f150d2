//! Days of a month in words: "the twenty-first of March", "March the twenty-first", "twenty-first March", "May first".
//!
//! An ordinal beside a month is often no day: "the second March budget", "in March the first trains ran", "May first
//! be asked". What stands around the two must show that it is one; where it does not, they are no date of that day.

use super::names::Month;
use super::years::year_behind;
use crate::text::language::{Language, Vocabulary};
use crate::text::numbers::number_words::{cardinal, continues_number, number_words};
use crate::text::tokens::Tokens;

/// Higher ones seldom count how often something took place.
const HIGHEST_COUNT: u8 = 12;

/// The day that an ordinal in words can be, and the word behind it.
pub(super) fn ordinal_day(tokens: Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let found = number_words(tokens, at).filter(|number| number.is_ordinal && !continues_number(tokens, at))?;
    (1.0..=31.0).contains(&found.value).then_some((found.value as u8, found.next))
}

/// What the word before a date says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WordBefore {
    /// "on", which a month without a day never has, or a weekday.
    Day,
    /// "since": a day, or a month.
    Time,
    /// "in", "last": a month.
    Month,
    Nothing,
}

/// Words for [`WordBefore::Day`], [`WordBefore::Time`] and [`WordBefore::Month`].
static BEFORE: [Vocabulary; 1] = [Vocabulary::new(
    Language::English,
    "on | by since until till before after from to dated | in during this last next every each early late mid",
)];

/// What stands behind a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WordBehind {
    /// A mark, or the end.
    Mark,
    /// "he", "and", "was".
    FunctionWord,
    /// "of", "in", "be", with which an ordinal counts or stands alone: "the first of its kind", "the third in a row",
    /// "may the first be".
    Continuation,
    /// A word with a capital.
    Name,
    /// Any other word, which the ordinal may count; also a possessive ending.
    Noun,
}

/// "the Nth of MONTH", with the month at `month_at`. "A third of March" is a part, "the first of May Day" is none.
pub(super) fn is_date_with_of(tokens: Tokens<'_>, at: usize, month_at: usize) -> bool {
    let before = tokens.lower_before(at);
    let is_part = matches!(before.as_str(), "a" | "an" | "another") || cardinal(&before).is_some();
    !is_part && !has_possessive(tokens, month_at + 1) && !is_holiday(tokens, month_at + 1)
}

/// "Nth MONTH", with the month at `month_at`.
pub(super) fn is_date_before_month(tokens: Tokens<'_>, at: usize, day: u8, month_at: usize, has_weekday: bool) -> bool {
    let has_space = tokens.gap_in_line(month_at - 1).trim_matches(' ').is_empty();
    if !has_space || !tokens.words[month_at].is_capital {
        return false;
    }
    let has_article = tokens.lower_before(at) == "the";
    let before = word_before(tokens, at - usize::from(has_article), has_weekday);
    let is_high = day > HIGHEST_COUNT;
    if let Some((_, after)) = year_behind(tokens, month_at + 1) {
        // "the first May 2024 ballot"
        let behind = word_behind(tokens, after);
        let is_free = !has_article && matches!(before, WordBefore::Day | WordBefore::Time);
        return before != WordBefore::Month && (is_free || !matches!(behind, WordBehind::Noun | WordBehind::Name));
    }
    match (before, word_behind(tokens, month_at + 1)) {
        (WordBefore::Month, _) | (_, WordBehind::Noun) => false,
        (WordBefore::Day, WordBehind::Name) => !tokens.words[month_at - 1].is_capital && !is_holiday(tokens, month_at + 1),
        (_, WordBehind::Name) => false,
        (WordBefore::Day, _) => true,
        (WordBefore::Time, WordBehind::Continuation) => !has_article,
        (WordBefore::Time, _) => is_high || !has_article,
        (WordBefore::Nothing, WordBehind::Continuation) => false,
        (WordBefore::Nothing, _) => is_high,
    }
}

/// "MONTH Nth" and "MONTH the Nth", with the month at `at` and the word `next` behind the day.
pub(super) fn is_date_behind_month(tokens: Tokens<'_>, at: usize, month: Month, day: u8, next: usize, has_weekday: bool) -> bool {
    let before = word_before(tokens, at, has_weekday);
    if before == WordBefore::Month {
        return false;
    }
    if year_behind(tokens, next).is_some() {
        return true;
    }
    let is_high = day > HIGHEST_COUNT;
    // "March first, then rest."
    let is_request = month.is_ambiguous && before == WordBefore::Nothing && at == 0 && next < tokens.words.len() && !is_high;
    match word_behind(tokens, next) {
        WordBehind::Mark => !is_request,
        WordBehind::FunctionWord => before == WordBefore::Day || is_high,
        WordBehind::Name => before == WordBefore::Day && !tokens.words[next - 1].is_capital,
        WordBehind::Continuation | WordBehind::Noun => false,
    }
}

fn word_before(tokens: Tokens<'_>, at: usize, has_weekday: bool) -> WordBefore {
    let is_close = at.checked_sub(1).is_some_and(|before| tokens.is_close(before));
    if has_weekday {
        return WordBefore::Day;
    }
    match BEFORE.iter().find_map(|words| words.position(&tokens.lower_before(at))).filter(|_| is_close) {
        Some(0) => WordBefore::Day,
        Some(1) => WordBefore::Time,
        Some(_) => WordBefore::Month,
        None => WordBefore::Nothing,
    }
}

fn word_behind(tokens: Tokens<'_>, next: usize) -> WordBehind {
    if has_possessive(tokens, next) {
        return WordBehind::Noun;
    }
    let Some(word) = tokens.words.get(next) else { return WordBehind::Mark };
    match tokens.gap(next - 1).trim() {
        "" => {}
        // "second-hand"
        "-" | "‑" => return WordBehind::Noun,
        _ => return WordBehind::Mark,
    }
    match tokens.lower(next).as_str() {
        "of" | "in" | "be" => WordBehind::Continuation,
        _ if word.is_stop => WordBehind::FunctionWord,
        _ if word.is_capital => WordBehind::Name,
        _ => WordBehind::Noun,
    }
}

/// Whether the word before `next` has a possessive ending: "March's".
fn has_possessive(tokens: Tokens<'_>, next: usize) -> bool {
    ["'s", "’s"].iter().any(|ending| tokens.behind(next - 1).starts_with(ending))
}

/// "May Day"
fn is_holiday(tokens: Tokens<'_>, next: usize) -> bool {
    tokens.raw(next) == "Day" && tokens.is_close(next - 1)
}

#[cfg(test)]
mod tests {
    use crate::text::dates::tests::shown;

    #[test]
    fn days_in_words_are_the_days_in_figures() {
        let figures = |text: &str| shown(text).concat();
        for (words, in_figures) in [
            ("on the twenty-first of March", "on 21 March"),
            ("on the twenty first of March", "on 21 March"),
            ("on March the twenty-first", "on 21 March"),
            ("on twenty-first March", "on 21 March"),
            ("twenty-first March", "21 March"),
            ("Twenty-first March 2024", "21 March 2024"),
            ("the thirtieth of June was", "30 June"),
            ("the thirty-first of May, 2024", "31 May 2024"),
            ("the first of May 2024", "1 May 2024"),
            ("May first", "1 May"),
            ("since May first, prices", "since 1 May"),
            ("On May second the board met", "On 2 May"),
            ("On March the second Calverra said", "On 2 March"),
            ("March the twenty-first was cold", "21 March"),
            ("on May the first of 2024", "on 1 May 2024"),
            ("by twelfth April it", "by 12 April"),
            ("Tuesday, twelfth March", "Tuesday, 12 March"),
            ("Tuesday, March the twelfth", "Tuesday, 12 March"),
            ("on the\ntwenty-first\nof March", "on 21 March"),
        ] {
            assert_eq!(shown(words), shown(in_figures), "{words}");
            assert_eq!(shown(words).len(), 1, "{words}");
        }
        for (words, in_figures) in [
            ("on the twenty-second of March", "on 21 March"),
            ("on the first of March", "on 21 March"),
            ("March the twentieth", "21 March"),
            ("on twenty-first May", "on 21 March"),
            ("on May third", "on 2 May"),
        ] {
            assert_ne!(figures(words), figures(in_figures), "{words}");
        }
    }

    #[test]
    fn what_is_counted_is_no_day() {
        for (text, expected) in [
            ("the second March budget", "?-3-?"),
            ("on the second March budget", "?-3-?"),
            ("Second March vote fails", "?-3-?"),
            ("the twenty-second March meeting", "?-3-?"),
            ("the twentieth June in a row", "?-6-?"),
            ("since the twentieth June of the war", "?-6-?"),
            ("the third May 2024 ballot", "2024-5-?"),
            ("the first June of the war", "?-6-?"),
            ("In March the first trains ran", "?-3-?"),
            ("By June the first trains ran", "?-6-?"),
            ("By June first results were in", "?-6-?"),
            ("in April first", "?-4-?"),
            ("on June second-quarter sales", "?-6-?"),
            ("June’s second", "?-6-?"),
            ("a third of June sales", "?-6-?"),
            ("the first of June’s trains", "?-6-?"),
            ("the thirty-second of June", "?-6-?"),
            ("the hundred and first of June", "?-6-?"),
        ] {
            let days: Vec<_> = shown(text).into_iter().filter(|date| date.ends_with(|c: char| c.is_ascii_digit())).collect();
            assert_eq!(days, Vec::<String>::new(), "{text}");
            assert!(shown(text).len() <= 1 && shown(text).iter().all(|date| date == expected), "{text}: {:?}", shown(text));
        }
        for text in [
            "the first May Day march",
            "the first of May Day marches",
            "first may be",
            "May first be asked",
            "May the first be the last.",
            "March first, then rest.",
            "It may first rain.",
            "They march second.",
            "the twenty-first century",
        ] {
            assert!(shown(text).iter().all(|date| date.ends_with('?')), "{text}: {:?}", shown(text));
        }
    }
}
