//! Dates that mean something only on the day they were written: "on Friday", "yesterday",
//! "12 March", "last month". With the day of writing they become calendar dates.

use super::Date;
use super::calendar::{day_number, from_day_number, weekday_of};
use crate::text::Span;
use crate::text::words::Word;

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

    /// Whether a date is this day; `None` if it could be, and does not say the day.
    #[must_use]
    pub fn is(self, date: &Date) -> Option<bool> {
        let own = Date { year: Some(self.year), month: Some(self.month), day: Some(self.day), ..Date::default() };
        if own.conflicts(date) { Some(false) } else { date.day.filter(|_| date.month.is_some()).map(|_| true) }
    }

    /// The days from this one to another.
    #[must_use]
    pub fn until(self, other: Self) -> i64 {
        other.number() - self.number()
    }

    fn number(self) -> i64 {
        day_number(self.year, self.month, self.day)
    }

    fn later(self, days: i64) -> Self {
        let (year, month, day) = from_day_number(self.number() + days);
        Self { year, month, day }
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
                dates.push(Date { span: pair(), year: Some(written.year + by), ..Date::default() });
            }
            "month" => {
                let months = written.year * 12 + i32::from(written.month) - 1 + by;
                let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
                dates.push(Date { span: pair(), year: Some(year), month: Some(month), ..Date::default() });
            }
            _ => {}
        }
    }
    dates.sort_by_key(|d| d.span);
}

fn dated(span: Span, day: Day) -> Date {
    Date {
        span,
        year: Some(day.year),
        month: Some(day.month),
        day: Some(day.day),
        weekday: Some(day.weekday()),
        ..Date::default()
    }
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
}
