//! Dates and clock times in running text.
//!
//! English first; month and weekday names also in Spanish, French, German, Italian and
//! Portuguese. What is not certain is left open: a date has the fields that its words give.

mod calendar;
mod clock_times;
mod date;
pub mod eras;
mod figures;
mod named;
mod names;
mod ordinal_days;
pub mod relative_dates;
mod years;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::numbers::number_words::first_words_of_ordinals;
use super::tokens::Tokens;
use super::words::{Term, Word, form};
pub use calendar::{day_number, weekday_of};
pub use clock_times::{ClockTime, clock_times};
pub use date::{Date, Edge, differ};
pub use figures::{DayOrder, day_order};

/// The first date in a text that has day, month and year, as ISO 8601.
#[must_use]
pub fn first_full_date(text: &str) -> Option<String> {
    dates(text, &super::words::words(text)).iter().find_map(|date| match (date.year, date.month, date.day) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    })
}

/// The dates of a text, given its words.
#[must_use]
pub fn dates(text: &str, words: &[Word]) -> Vec<Date> {
    let tokens = Tokens { text, words };
    let mut found: Vec<Date> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !may_begin(&words[at]) {
            at += 1;
            continue;
        }
        match date_at(tokens, at) {
            Some((date, next)) => {
                found.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a date can begin with this word; nearly all words are told at once.
fn may_begin(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> = LazyLock::new(|| names::all().chain(first_words_of_ordinals()).map(form).collect());
    word.has_digit || FORMS.contains(&word.form)
}

/// The date that begins with a word, and the word behind it.
fn date_at(tokens: Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    figures::figures(tokens, at)
        .or_else(|| named::named(tokens, at))
        .or_else(|| years::year_alone(tokens, at))
        .or_else(|| years::short_year(tokens, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    pub(super) fn shown(text: &str) -> Vec<String> {
        dates(text, &words(text))
            .iter()
            .map(|d| {
                let part = |n: Option<i32>| n.map_or("?".to_owned(), |n| n.to_string());
                let weekday = d.weekday.map_or(String::new(), |w| format!(" wd{w}"));
                format!("{}-{}-{}{weekday}", part(d.year), part(d.month.map(i32::from)), part(d.day.map(i32::from)))
            })
            .collect()
    }

    #[test]
    fn dates_in_every_usual_form() {
        for (text, expected) in [
            ("on 14 March 2024", "2024-3-14"),
            ("March 14, 2024", "2024-3-14"),
            ("the 14th of March", "?-3-14"),
            ("the eleventh of March", "?-3-11"),
            ("2024-03-14", "2024-3-14"),
            ("14/03/2024", "2024-3-14"),
            ("04/03/2024", "2024-?-?"),
            ("20/4/11", "2011-4-20"),
            ("4/4/21", "2021-4-4"),
            ("27.08.19", "2019-8-27"),
            ("14.03.2024", "2024-3-14"),
            ("in June 2024", "2024-6-?"),
            ("by the end of August", "?-8-?"),
            ("before May", "?-5-?"),
            ("Tuesday, 12 March", "?-3-12 wd1"),
            ("Tuesday March 12, 2024", "2024-3-12 wd1"),
            ("on Monday he", "?-?-? wd0"),
            ("signed in 2011", "2011-?-?"),
            ("14 de junio de 2024", "2024-6-14"),
            ("le 14 juin 2024", "2024-6-14"),
            ("am 14. Juni 2024", "2024-6-14"),
            ("el domingo 23 de junio", "?-6-23 wd6"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn ordinary_words_and_numbers_are_no_dates() {
        for text in [
            "It may rain.",
            "They march on.",
            "The sun rose.",
            "1,900 people",
            "clause 10.11.12",
            "MT/118/2024",
            "2000 workers",
            "won 3 of 12",
            "HG-2021",
            "$2024",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_weekday_is_that_of_its_date() {
        let text = "Tuesday March 12, 2024 and Monday March 12, 2024";
        let right: Vec<_> = dates(text, &words(text)).iter().map(Date::weekday_is_right).collect();
        assert_eq!(right, [Some(true), Some(false)]);
    }
}
