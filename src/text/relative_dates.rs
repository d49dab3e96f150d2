//! Dates that mean something only on the day they were written: "on Friday", "yesterday",
//! "12 March", "last month". With the day of writing they become calendar dates.

use super::Span;
use super::dates::{Date, day_number, weekday_of};
use super::words::Word;

/// A full calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// Reads an ISO 8601 date, `2024-03-15`, with anything behind it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        ((1000..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    fn number(self) -> i64 {
        day_number(self.year, self.month, self.day)
    }

    /// The day with this number, after Howard Hinnant's `civil_from_days`.
    fn from_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * month_index + 2) / 5 + 1) as u8;
        let month = (if month_index < 10 { month_index + 3 } else { month_index - 9 }) as u8;
        Self { year: (year_of_era + era * 400 + i64::from(month <= 2)) as i32, month, day }
    }

    fn later(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    fn weekday(self) -> u8 {
        weekday_of(self.year, self.month, self.day)
    }
}

/// Completes the dates of a sentence that was written on a day, and adds those that no month or
/// weekday names.
pub fn resolve(text: &str, words: &[Word], dates: &mut Vec<Date>, written: Day) {
    for date in dates.iter_mut() {
        complete(date, text, words, written);
    }
    let lower = |at: usize| words.get(at).map_or(String::new(), |w| w.span.of(text).to_lowercase());
    for at in 0..words.len() {
        let span = words[at].span;
        if let Some(by) = match lower(at).as_str() {
            "yesterday" => Some(-1),
            "today" => Some(0),
            "tomorrow" => Some(1),
            _ => None,
        } {
            dates.push(dated(span, written.later(by)));
        }
        let by = match lower(at).as_str() {
            "last" | "previous" => -1,
            "this" => 0,
            "next" => 1,
            _ => continue,
        };
        let pair = || span.cover(words[at + 1].span);
        match lower(at + 1).as_str() {
            "year" => {
                dates.push(Date {
                    span: pair(),
                    year: Some(written.year + by),
                    month: None,
                    day: None,
                    weekday: None,
                    edge: None,
                });
            }
            "month" => {
                let months = written.year * 12 + i32::from(written.month) - 1 + by;
                let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
                dates.push(Date { span: pair(), year: Some(year), month: Some(month), day: None, weekday: None, edge: None });
            }
            _ => {}
        }
    }
    dates.sort_by_key(|d| d.span);
}

fn dated(span: Span, day: Day) -> Date {
    Date { span, year: Some(day.year), month: Some(day.month), day: Some(day.day), weekday: Some(day.weekday()), edge: None }
}

fn complete(date: &mut Date, text: &str, words: &[Word], written: Day) {
    match (date.weekday, date.month, date.day) {
        (Some(weekday), None, None) if date.year.is_none() => {
            let ahead = i64::from((weekday + 7 - written.weekday()) % 7);
            let by = if is_ahead(date.span, text, words) {
                if ahead == 0 { 7 } else { ahead }
            } else if ahead == 0 && before(date.span, text, words).last().is_none_or(|w| w != "last") {
                0
            } else {
                ahead - 7
            };
            *date = dated(date.span, written.later(by));
        }
        (_, Some(month), Some(day)) if date.year.is_none() => {
            // The nearest such day, half a year back or ahead. If that is to come and nothing says so,
            // the year stays open.
            let near = |year: &i32| (day_number(*year, month, day) - written.number()).abs();
            let nearest = (written.year - 1..=written.year + 1).min_by_key(near);
            let is_to_come = nearest.is_some_and(|year| day_number(year, month, day) > written.number());
            date.year = nearest.filter(|_| !is_to_come || is_ahead(date.span, text, words));
        }
        _ => {}
    }
}

/// Words of the sentence before a span, in lower case.
fn before(span: Span, text: &str, words: &[Word]) -> Vec<String> {
    words.iter().take_while(|w| w.span.end <= span.start).map(|w| w.span.of(text).to_lowercase()).collect()
}

/// Whether the sentence speaks of what is to come.
fn is_ahead(span: Span, text: &str, words: &[Word]) -> bool {
    let before = before(span, text, words);
    let last = before.last().map_or("", String::as_str);
    let pair = |a: &str, b: &[&str]| before.windows(2).any(|p| p[0] == a && b.contains(&p[1].as_str()));
    match last {
        "next" | "by" | "until" => true,
        "last" | "since" => false,
        _ => {
            before.iter().any(|w| matches!(w.as_str(), "will" | "shall"))
                || pair("is", &["to", "due"])
                || pair("are", &["to", "due"])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::dates::dates;
    use crate::text::words::words;

    fn shown(text: &str) -> Vec<String> {
        let words = words(text);
        let mut found = dates(text, &words);
        // A Thursday.
        resolve(text, &words, &mut found, Day { year: 2025, month: 5, day: 8 });
        let part = |n: Option<i32>| n.map_or("?".to_owned(), |n| n.to_string());
        found
            .iter()
            .map(|d| format!("{}-{}-{}", part(d.year), part(d.month.map(i32::from)), part(d.day.map(i32::from))))
            .collect()
    }

    #[test]
    fn days_become_dates() {
        for (text, expected) in [
            ("He said on Wednesday that it fell.", "2025-5-7"),
            ("He said on Thursday that it fell.", "2025-5-8"),
            ("Last Thursday it fell.", "2025-5-1"),
            ("He will speak on Friday.", "2025-5-9"),
            ("She is to speak next Thursday.", "2025-5-15"),
            ("It was sold yesterday.", "2025-5-7"),
            ("It fell last month.", "2025-4-?"),
            ("It fell last year.", "2024-?-?"),
            ("It closed on 30 December.", "2024-12-30"),
            ("It will open on 30 September.", "2025-9-30"),
            ("It burned down on 30 September.", "?-9-30"),
            ("It closed in May 2021.", "2021-5-?"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn numbers_of_days_go_back_and_forth() {
        for number in (-800_000..800_000).step_by(997) {
            assert_eq!(Day::from_number(number).number(), number);
        }
    }
}
