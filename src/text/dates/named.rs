//! Dates whose month or weekday has its name: "14 March 2024", "Tuesday, March 12", "the first of May", "14 de junio".

use super::names::{Month, month, weekday};
use super::years::{year, year_behind};
use super::{Date, Edge, ordinal_days};
use crate::text::language::{Language, Vocabulary, has};
use crate::text::tokens::Tokens;

/// Words behind which "May" and "March" are months.
static DATE_WORDS: [Vocabulary; 4] = [
    Vocabulary::new(
        Language::English,
        "in on by since until till before after of from to late early mid last next end this through during and between every \
         each",
    ),
    Vocabulary::new(Language::Spanish, "en de"),
    Vocabulary::new(Language::French, "en de le"),
    Vocabulary::new(Language::German, "im"),
];

/// Weekday, day, month and year, in any usual order; with the word behind them.
pub(super) fn named(tokens: Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let mut date = Date::default();
    let mut next = at;
    if let Some(day) = weekday(tokens.raw(next)) {
        if !stands_as_weekday(tokens, next) {
            return None;
        }
        date.weekday = Some(day);
        next += 1;
    }
    let has_weekday = date.weekday.is_some();
    let is_joined = !has_weekday || matches!(tokens.gap_in_line(next - 1), " " | ", " | ",");
    let days = || day_month(tokens, next, has_weekday).or_else(|| month_day(tokens, next, has_weekday));
    if let Some(found) = is_joined.then(days).flatten() {
        (date.day, date.month, next) = (found.day, Some(found.month), found.next);
        if let Some((year, after)) = year_behind(tokens, next) {
            (date.year, next) = (Some(year), after);
        }
    }
    if next == at {
        return None;
    }
    date.span = tokens.span(at, next);
    if date.day.is_none() && date.month.is_some() {
        date.edge = edge_before(tokens, at);
    }
    Some((date, next))
}

/// A month, perhaps with its day, and the word behind them.
struct MonthAndDay {
    month: u8,
    day: Option<u8>,
    next: usize,
}

/// "Sun" and "Mon" alone are other words too.
fn stands_as_weekday(tokens: Tokens<'_>, at: usize) -> bool {
    let word = tokens.raw(at);
    word.chars().count() > 4
        || tokens.words.get(at + 1).is_some_and(|w| w.has_digit)
        || month(tokens.raw(at + 1)).is_some()
        || word.chars().count() == 4 && !word.is_ascii()
}

/// "14 March", "14th of March", "the eleventh of March", "14 de junio", "14. Juni".
fn day_month(tokens: Tokens<'_>, at: usize, has_weekday: bool) -> Option<MonthAndDay> {
    let in_figures = day_in_figures(tokens.raw(at)).map(|day| (day, at + 1));
    let (day, behind) = in_figures.or_else(|| ordinal_days::ordinal_day(tokens, at))?;
    let is_of = matches!(tokens.raw(behind), "of" | "de" | "di");
    if !is_of && !tokens.gap_in_line(behind - 1).trim_matches([' ', '.']).is_empty() {
        return None;
    }
    let month_at = behind + usize::from(is_of);
    let found = month(tokens.raw(month_at))?;
    let is_date = in_figures.is_some()
        || if is_of {
            ordinal_days::is_date_with_of(tokens, at, month_at)
        } else {
            ordinal_days::is_date_before_month(tokens, at, day, month_at, has_weekday)
        };
    is_date.then_some(MonthAndDay { month: found.number, day: Some(day), next: month_at + 1 })
}

/// "March 14", "March 14, 2024", "March the first"; "March" alone where it is surely the month.
fn month_day(tokens: Tokens<'_>, at: usize, has_weekday: bool) -> Option<MonthAndDay> {
    let found = month(tokens.raw(at))?;
    if !tokens.words[at].is_capital && found.language == Language::English {
        return None;
    }
    let gap = tokens.gap_in_line(at);
    if matches!(gap, " " | ". " | "")
        && let Some((day, next)) = day_behind(tokens, at, found, has_weekday)
    {
        return Some(MonthAndDay { month: found.number, day: Some(day), next });
    }
    let has_year = matches!(gap, " " | ", " | ". ") && year(tokens.raw(at + 1)).is_some();
    let has_year_of = matches!(tokens.raw(at + 1), "of" | "de") && year(tokens.raw(at + 2)).is_some();
    let is_month = has_year || has_year_of || !found.is_ambiguous || follows_date_word(tokens, at);
    is_month.then_some(MonthAndDay { month: found.number, day: None, next: at + 1 })
}

/// The day behind a month, and the word behind it.
fn day_behind(tokens: Tokens<'_>, at: usize, month: Month, has_weekday: bool) -> Option<(u8, usize)> {
    // "June 12 stations" is rare, "June 2024" is not: a day has at most two digits.
    if let Some(day) = day_in_figures(tokens.raw(at + 1)) {
        return Some((day, at + 2));
    }
    let has_article = tokens.lower(at + 1) == "the" && matches!(tokens.gap_in_line(at + 1), " " | "");
    let (day, next) = ordinal_days::ordinal_day(tokens, at + 1 + usize::from(has_article))?;
    ordinal_days::is_date_behind_month(tokens, at, month, day, next, has_weekday).then_some((day, next))
}

/// "May" and "March" are also a verb and a noun.
fn follows_date_word(tokens: Tokens<'_>, at: usize) -> bool {
    has(&DATE_WORDS, &tokens.lower_before(at)) && tokens.words[at].is_capital
}

/// "14", "14th", "1er", "1º".
fn day_in_figures(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, 'º' | 'ª'));
    let suffix = &word[digits.len()..];
    let is_ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª");
    digits.parse().ok().filter(|d| is_ordinal && digits.len() <= 2 && (1..=31).contains(d))
}

/// "the end of" before a month.
fn edge_before(tokens: Tokens<'_>, at: usize) -> Option<Edge> {
    let (of, edge) = (at.checked_sub(1)?, at.checked_sub(2)?);
    if tokens.lower(of) != "of" {
        return None;
    }
    match tokens.lower(edge).as_str() {
        "start" | "beginning" => Some(Edge::Start),
        "end" | "close" => Some(Edge::End),
        _ => None,
    }
}
