//! Dates and clock times in running text.
//!
//! English first; month and weekday names also in Spanish, French, German, Italian and
//! Portuguese. What is not certain is left open: a date has the fields that its words give.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Span;
use super::numbers::ORDINALS;
use super::words::{Term, Word, form};

/// A calendar date, or as much of one as the words give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    pub span: Span,
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// 0 is Monday.
    pub weekday: Option<u8>,
    /// Where in the month, of a date without a day.
    pub edge: Option<Edge>,
}

/// An end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// "the start of May", its first day.
    Start,
    /// "the end of May", its last day.
    End,
}

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockTime {
    pub span: Span,
    /// 0 to 1439.
    pub minute_of_day: u16,
    /// "at seven" may be morning or evening.
    pub ambiguous: bool,
}

/// The first date in a text that has day, month and year, as ISO 8601.
#[must_use]
pub fn first_full_date(text: &str) -> Option<String> {
    dates(text, &super::words::words(text)).iter().find_map(|date| match (date.year, date.month, date.day) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    })
}

impl Date {
    /// Whether some field that both know differs. Weekdays count only where a day is lacking.
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> bool {
        differ(self.year, other.year)
            || differ(self.month, other.month)
            || (self.month.is_some() && other.month.is_some() && differ(self.day, other.day))
            || ((self.day.is_none() || other.day.is_none()) && differ(self.weekday, other.weekday))
    }

    /// Whether both know some field, and none differs.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let shared = (self.year.is_some() && other.year.is_some())
            || (self.month.is_some() && other.month.is_some())
            || (self.weekday.is_some() && other.weekday.is_some());
        shared && !self.conflicts(other)
    }

    /// Whether the other date gives the same month and day, or weekday, as far as this one has
    /// them, and no other year.
    #[must_use]
    pub fn same_day(&self, other: &Self) -> bool {
        let is_day = self.day.is_none() || self.day == other.day || other.is_edge_on(self.day);
        let month = self.month.is_some() && self.month == other.month && is_day;
        let weekday = (self.month.is_none() || other.month.is_none()) && self.weekday.is_some() && self.weekday == other.weekday;
        (month || weekday) && !self.conflicts(other)
    }

    /// Whether a day of its month is the one at its edge.
    fn is_edge_on(&self, day: Option<u8>) -> bool {
        match (self.edge, self.month) {
            (Some(Edge::Start), _) => day == Some(1),
            (Some(Edge::End), Some(2)) => matches!(day, Some(28 | 29)),
            (Some(Edge::End), Some(4 | 6 | 9 | 11)) => day == Some(30),
            (Some(Edge::End), Some(_)) => day == Some(31),
            _ => false,
        }
    }

    /// Whether a full date falls on the weekday that stands beside it; `None` where something
    /// is missing.
    #[must_use]
    pub fn weekday_is_right(&self) -> Option<bool> {
        let (y, m, d) = (self.year?, self.month?, self.day?);
        Some(weekday_of(y, m, d) == self.weekday?)
    }
}

/// Whether both are known and not the same.
pub fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, after Howard Hinnant's
/// `days_from_civil`.
#[must_use]
pub fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// 0 is Monday.
#[must_use]
pub fn weekday_of(year: i32, month: u8, day: u8) -> u8 {
    (day_number(year, month, day) + 3).rem_euclid(7) as u8
}

/// The dates of a text, given its words.
#[must_use]
pub fn dates(text: &str, words: &[Word]) -> Vec<Date> {
    let scan = Scan { text, words };
    let mut found: Vec<Date> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !begins_date(&words[at]) {
            at += 1;
            continue;
        }
        let parsed =
            scan.numeric(at).or_else(|| scan.written(at)).or_else(|| scan.year_alone(at)).or_else(|| scan.short_year(at));
        match parsed {
            Some((date, next)) => {
                let edge = if date.day.is_none() && date.month.is_some() { scan.edge_before(at) } else { None };
                found.push(Date { edge, ..date });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a date can begin with this word; nearly all words are told at once.
fn begins_date(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> =
        LazyLock::new(|| MONTHS.iter().chain(WEEKDAYS).copied().flatten().chain(ORDINALS).map(|w| form(w)).collect());
    word.has_digit || FORMS.contains(&word.form)
}

fn begins_time(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> =
        LazyLock::new(|| HOURS.iter().chain(&["noon", "midday", "midnight"]).map(|w| form(w)).collect());
    word.has_digit || FORMS.contains(&word.form)
}

/// The clock times of a text, given its words.
#[must_use]
pub fn clock_times(text: &str, words: &[Word]) -> Vec<ClockTime> {
    let scan = Scan { text, words };
    let mut found: Vec<ClockTime> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !begins_time(&words[at]) {
            at += 1;
            continue;
        }
        match scan.time(at) {
            Some((time, next)) => {
                found.push(time);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    words: &'t [Word],
}

type Found<T> = Option<(T, usize)>;

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.span.of(self.text))
    }

    fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    /// What stands between this word and the next one.
    fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => Span::new(a.span.end, b.span.start).of(self.text).trim_matches(['\n', '\r', '\t', '\u{a0}']),
            _ => "\0",
        }
    }

    fn span(&self, first: usize, next: usize) -> Span {
        self.words[first].span.cover(self.words[next - 1].span)
    }

    /// `2024-03-14`, `14/03/2024`, `14.03.2024`.
    fn numeric(&self, at: usize) -> Found<Date> {
        let word = self.word(at);
        let before = &self.text[..self.words.get(at)?.span.start];
        if !word.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with(['/', '-', '_', '.']) {
            return None;
        }
        let dotted: Vec<&str> = word.split('.').collect();
        let (parts, next) = if dotted.len() == 3 {
            (dotted, at + 1)
        } else if matches!(self.gap(at), "-" | "/" | "‑") && self.gap(at) == self.gap(at + 1) {
            (vec![word, self.word(at + 1), self.word(at + 2)], at + 3)
        } else {
            return None;
        };
        let number = |i: usize| parts[i].parse::<u32>().ok();
        // A timestamp goes on without a space: 2024-03-14T10:00.
        let third = parts[2].split(['T', 't']).next().and_then(|p| p.parse::<u32>().ok());
        let (a, b, c) = (number(0)?, number(1)?, third?);
        let (year, month, day) = if parts[0].len() == 4 {
            (a, Some(b), Some(c))
        } else if parts[2].len() == 4 {
            match (a, b) {
                (13..=31, 1..=12) => (c, Some(b), Some(a)),
                (1..=12, 13..=31) => (c, Some(a), Some(b)),
                (1..=31, 1..=31) if parts.len() == 3 && word.contains('.') => (c, Some(b), Some(a)),
                (1..=12, 1..=12) if a == b => (c, Some(a), Some(b)),
                (1..=12, 1..=12) => (c, None, None),
                _ => return None,
            }
        } else {
            return None;
        };
        let valid = is_year(year) && month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=31).contains(&d));
        valid.then(|| {
            (
                Date {
                    span: self.span(at, next),
                    year: Some(year as i32),
                    month: month.map(|m| m as u8),
                    day: day.map(|d| d as u8),
                    weekday: None,
                    edge: None,
                },
                next,
            )
        })
    }

    /// "the end of" before a month.
    fn edge_before(&self, at: usize) -> Option<Edge> {
        let (of, edge) = (at.checked_sub(1)?, at.checked_sub(2)?);
        if self.lower(of) != "of" {
            return None;
        }
        match self.lower(edge).as_str() {
            "start" | "beginning" => Some(Edge::Start),
            "end" | "close" => Some(Edge::End),
            _ => None,
        }
    }

    /// Weekday, day, month and year in words, in any usual order.
    fn written(&self, at: usize) -> Found<Date> {
        let mut date = Date { span: Span::default(), year: None, month: None, day: None, weekday: None, edge: None };
        let mut next = at;
        if let Some(day) = weekday(self.word(next)) {
            if !self.stands_as_weekday(next) {
                return None;
            }
            date.weekday = Some(day);
            next += 1;
        }
        if let Some(after) = self.day_month(next, &mut date).or_else(|| self.month_day(next, &mut date)) {
            let joined = date.weekday.is_none() || matches!(self.gap(next - 1), " " | ", " | ",");
            if !joined {
                date.month = None;
                date.day = None;
            } else {
                next = after;
                next = self.trailing_year(next, &mut date);
            }
        }
        if next == at {
            return None;
        }
        date.span = self.span(at, next);
        Some((date, next))
    }

    /// "Sun" and "Mon" alone are other words too.
    fn stands_as_weekday(&self, at: usize) -> bool {
        let word = self.word(at);
        word.chars().count() > 4
            || self.words.get(at + 1).is_some_and(|w| w.has_digit)
            || month(self.word(at + 1)).is_some()
            || word.chars().count() == 4 && !word.is_ascii()
    }

    /// "14 March", "14th of March", "the eleventh of March", "14 de junio", "14. Juni".
    fn day_month(&self, at: usize, date: &mut Date) -> Option<usize> {
        let day = self.day(at)?;
        let mut next = at + 1;
        if matches!(self.word(next), "of" | "de" | "di") {
            next += 1;
        } else if !self.gap(at).trim_matches([' ', '.']).is_empty() {
            return None;
        }
        let found = month(self.word(next))?;
        if !self.words[next].is_capital && found.is_english && !self.word(next).eq_ignore_ascii_case(found.name) {
            return None;
        }
        (date.day, date.month) = (Some(day), Some(found.number));
        Some(next + 1)
    }

    /// "March 14", "March 14, 2024", "March" alone where it is surely the month.
    fn month_day(&self, at: usize, date: &mut Date) -> Option<usize> {
        let found = month(self.word(at))?;
        if !self.words[at].is_capital && found.is_english {
            return None;
        }
        date.month = Some(found.number);
        if let (Some(day), true) = (self.day(at + 1), matches!(self.gap(at), " " | ". " | "")) {
            // "June 12 stations" is rare, "June 2024" is not: a day has at most two digits.
            date.day = Some(day);
            return Some(at + 2);
        }
        let has_year = matches!(self.gap(at), " " | ", " | ". ") && year(self.word(at + 1)).is_some();
        let has_year_of = matches!(self.word(at + 1), "of" | "de") && year(self.word(at + 2)).is_some();
        if has_year || has_year_of || !found.is_ambiguous || self.follows_date_word(at) {
            return Some(at + 1);
        }
        date.month = None;
        None
    }

    fn trailing_year(&self, next: usize, date: &mut Date) -> usize {
        let joined = matches!(self.gap(next - 1), " " | ", " | "," | ". ");
        if joined && let Some(found) = year(self.word(next)) {
            date.year = Some(found);
            return next + 1;
        }
        if joined
            && matches!(self.word(next), "of" | "de")
            && let Some(found) = year(self.word(next + 1))
        {
            date.year = Some(found);
            return next + 2;
        }
        next
    }

    /// "May" and "March" are also a verb and a noun.
    fn follows_date_word(&self, at: usize) -> bool {
        const DATE_WORDS: &[&str] = &[
            "in", "on", "by", "since", "until", "till", "before", "after", "of", "from", "to", "late", "early", "mid", "last",
            "next", "end", "this", "through", "during", "and", "between", "every", "each", "en", "de", "im", "le",
        ];
        at > 0 && DATE_WORDS.contains(&self.lower(at - 1).as_str()) && self.words[at].is_capital
    }

    fn day(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, 'º' | 'ª'));
        if digits.is_empty() {
            let lower = word.to_lowercase();
            let mut ordinal = ORDINALS.iter().position(|d| *d == lower).map(|i| i as u8 + 1);
            if matches!(lower.as_str(), "twenty" | "thirty") && self.gap(at) == "-" {
                ordinal = None;
            }
            return ordinal;
        }
        let suffix = &word[digits.len()..];
        let is_ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª");
        digits.parse().ok().filter(|d| is_ordinal && digits.len() <= 2 && (1..=31).contains(d))
    }

    /// A year without month: "in 2011", "(2011)", "2011 was".
    fn year_alone(&self, at: usize) -> Found<Date> {
        const BEFORE: &[&str] = &[
            "in", "since", "by", "until", "till", "from", "to", "of", "before", "after", "during", "between", "and", "through",
            "year", "early", "late", "mid", "en", "desde", "hasta", "depuis", "seit", "the", "than", "against", "for", "around",
            "circa", "c", "spring", "summer", "autumn", "winter", "fall", "election", "season",
        ];
        let found = year(self.word(at))?;
        let before = if at == 0 { String::new() } else { self.lower(at - 1) };
        let glued = at > 0
            && !matches!(
                self.gap(at - 1).trim(),
                "" | "," | "(" | "–" | "-" | "/" | "’" | ":" | ";" | ". " | "." | "—" | "“" | "\"" | "["
            );
        let after_currency = self.text[..self.words[at].span.start].trim_end().ends_with(['$', '£', '€', '#']);
        let is_code =
            self.text[..self.words[at].span.start].ends_with(['-', '/', '_']) && at > 0 && year(self.word(at - 1)).is_none();
        let before_is_word = BEFORE.contains(&before.as_str());
        let opens = self.text[..self.words[at].span.start].trim_end().ends_with(['(', ',', '–', '-']) || at == 0;
        // In "1,900 people" and "2000 people" the noun is counted; after "in" it is a year.
        let counts_noun = self.gap(at) == " "
            && self.words.get(at + 1).is_some_and(|w| !w.is_stop && !w.is_capital && self.word(at + 1).ends_with('s'));
        let plausible = before_is_word || ((opens || self.is_recent(found)) && !counts_noun);
        (plausible && !glued && !after_currency && !is_code).then(|| {
            (Date { span: self.words[at].span, year: Some(found), month: None, day: None, weekday: None, edge: None }, at + 1)
        })
    }

    /// The end of "2018–19", in the century of its beginning.
    fn short_year(&self, at: usize) -> Found<Date> {
        let before = at.checked_sub(1)?;
        let first = year(self.word(before))?;
        let last = self.word(at).parse::<i32>().ok().filter(|_| self.word(at).len() == 2)?;
        // "2010-12" may be a month.
        let is_range = match self.gap(before) {
            "–" | "/" => true,
            "-" => last > 12,
            _ => false,
        };
        let found = first - first % 100 + last + if last == 0 { 100 } else { 0 };
        (is_range && found > first).then(|| {
            (Date { span: self.words[at].span, year: Some(found), month: None, day: None, weekday: None, edge: None }, at + 1)
        })
    }

    fn is_recent(&self, year: i32) -> bool {
        (1900..=2059).contains(&year)
    }

    fn time(&self, at: usize) -> Found<ClockTime> {
        let word = self.word(at);
        let lower = word.to_lowercase();
        match lower.as_str() {
            "noon" | "midday" => return Some((self.clock(at, at + 1, 720, false), at + 1)),
            "midnight" => return Some((self.clock(at, at + 1, 0, false), at + 1)),
            _ => {}
        }
        let (hour, minute, mut next, written) = self.hour_minute(at)?;
        let (half, after) = self.half_of_day(next);
        match half {
            Some(half) if hour <= 12 => {
                let hour = hour % 12 + if half == Half::Afternoon { 12 } else { 0 };
                Some((self.clock(at, after, hour * 60 + minute, false), after))
            }
            _ if written == Written::Clock => {
                // "7:30" may be either half of the day; "07:30" and "17:40" may not.
                let ambiguous = hour < 12 && word.len() == 1;
                Some((self.clock(at, next, hour * 60 + minute, ambiguous), next))
            }
            _ if matches!(self.lower(next).as_str(), "o'clock" | "o’clock") => {
                next += 1;
                let (half, after) = self.half_of_day(next);
                let shift = u16::from(half == Some(Half::Afternoon)) * 720;
                let time = hour % 12 * 60 + shift;
                Some((self.clock(at, after.max(next), time, half.is_none()), after.max(next)))
            }
            _ => None,
        }
    }

    fn clock(&self, first: usize, next: usize, minute_of_day: u16, ambiguous: bool) -> ClockTime {
        ClockTime { span: self.span(first, next), minute_of_day, ambiguous }
    }

    /// "17:40", "10.40" after "at" or before "Uhr", "7", "seven".
    fn hour_minute(&self, at: usize) -> Option<(u16, u16, usize, Written)> {
        let word = self.word(at);
        if let Some(hour) = HOURS.iter().position(|h| h.eq_ignore_ascii_case(word)) {
            return Some((hour as u16 + 1, 0, at + 1, Written::Word));
        }
        let two = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() == 2);
        if let Some((hour, minute)) = word.split_once('.') {
            let hour = hour.parse().ok().filter(|h| *h < 24)?;
            let minute = two(minute).filter(|m| *m < 60)?;
            let before = if at == 0 { String::new() } else { self.lower(at - 1) };
            let is_time = matches!(before.as_str(), "at" | "until" | "las" | "um" | "à" | "alle" | "às")
                || matches!(self.lower(at + 1).as_str(), "uhr" | "h" | "am" | "pm" | "a" | "p");
            return is_time.then_some((hour, minute, at + 1, Written::Clock));
        }
        let hour: u16 = word.parse().ok().filter(|h| *h < 25 && word.len() <= 2)?;
        if self.gap(at) == ":"
            && let Some(minute) = two(self.word(at + 1)).filter(|m| *m < 60)
        {
            let seconds = self.gap(at + 1) == ":" && two(self.word(at + 2)).is_some();
            return Some((hour % 24, minute, at + 2 + usize::from(seconds), Written::Clock));
        }
        Some((hour, 0, at + 1, Written::Digits))
    }

    /// "a.m.", "pm", "in the morning", "at night".
    fn half_of_day(&self, at: usize) -> (Option<Half>, usize) {
        let close = at > 0 && matches!(self.gap(at - 1), " " | "" | "\u{202f}");
        if !close {
            return (None, at);
        }
        let half = match (self.lower(at).as_str(), self.lower(at + 1).as_str()) {
            ("am", _) => return (Some(Half::Morning), at + 1),
            ("pm", _) => return (Some(Half::Afternoon), at + 1),
            ("a", "m") if self.gap(at) == "." => return (Some(Half::Morning), at + 2),
            ("p", "m") if self.gap(at) == "." => return (Some(Half::Afternoon), at + 2),
            ("in", "the") => match self.lower(at + 2).as_str() {
                "morning" => Some(Half::Morning),
                "afternoon" | "evening" => Some(Half::Afternoon),
                _ => None,
            },
            _ => None,
        };
        (half, if half.is_some() { at + 3 } else { at })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Clock,
    Digits,
    Word,
}

fn is_year(year: u32) -> bool {
    (1400..=2100).contains(&year)
}

fn year(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse::<u32>().ok()).flatten().filter(|y| is_year(*y)).map(|y| y as i32)
}

struct Month {
    number: u8,
    name: &'static str,
    is_english: bool,
    /// Also an ordinary word.
    is_ambiguous: bool,
}

fn month(word: &str) -> Option<Month> {
    if word.len() < 3 || word.len() > 11 {
        return None;
    }
    let lower = word.to_lowercase();
    MONTHS.iter().enumerate().find_map(|(i, names)| {
        let at = names.iter().position(|name| *name == lower)?;
        let is_ambiguous =
            matches!(lower.as_str(), "may" | "march" | "mar" | "set" | "dec" | "jan" | "sept" | "abril" | "out" | "mai");
        Some(Month { number: i as u8 + 1, name: names[at], is_english: at < 3, is_ambiguous })
    })
}

fn weekday(word: &str) -> Option<u8> {
    if word.len() < 3 || word.len() > 13 {
        return None;
    }
    let english = word.starts_with(char::is_uppercase);
    let lower = word.to_lowercase();
    WEEKDAYS.iter().enumerate().find_map(|(i, names)| {
        let at = names.iter().position(|name| *name == lower)?;
        (at >= 2 || english).then_some(i as u8)
    })
}

/// English name, its abbreviations, then Spanish, French, German, Italian, Portuguese.
const MONTHS: &[&[&str]] = &[
    &["january", "jan", "jan", "enero", "janvier", "januar", "gennaio", "janeiro"],
    &["february", "feb", "feb", "febrero", "février", "februar", "febbraio", "fevereiro"],
    &["march", "mar", "mar", "marzo", "mars", "märz", "março"],
    &["april", "apr", "apr", "abril", "avril", "aprile"],
    &["may", "may", "may", "mayo", "mai", "maggio", "maio"],
    &["june", "jun", "jun", "junio", "juin", "juni", "giugno", "junho"],
    &["july", "jul", "jul", "julio", "juillet", "juli", "luglio", "julho"],
    &["august", "aug", "aug", "agosto", "août"],
    &["september", "sep", "sept", "septiembre", "setiembre", "septembre", "settembre", "setembro"],
    &["october", "oct", "oct", "octubre", "octobre", "oktober", "ottobre", "outubro"],
    &["november", "nov", "nov", "noviembre", "novembre", "novembro"],
    &["december", "dec", "dec", "diciembre", "décembre", "dezember", "dicembre", "dezembro"],
];

const WEEKDAYS: &[&[&str]] = &[
    &["monday", "mon", "lunes", "lundi", "montag", "lunedì", "segunda-feira"],
    &["tuesday", "tue", "martes", "mardi", "dienstag", "martedì"],
    &["wednesday", "wed", "miércoles", "mercredi", "mittwoch", "mercoledì"],
    &["thursday", "thu", "jueves", "jeudi", "donnerstag", "giovedì"],
    &["friday", "fri", "viernes", "vendredi", "freitag", "venerdì"],
    &["saturday", "sat", "sábado", "samedi", "samstag", "sabato"],
    &["sunday", "sun", "domingo", "dimanche", "sonntag", "domenica"],
];

const HOURS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn shown(text: &str) -> Vec<String> {
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
    fn the_end_of_a_range_of_years_may_lack_its_century() {
        for (text, expected) in [
            ("the 2018–19 season", vec!["2018-?-?", "2019-?-?"]),
            ("in 1999/00", vec!["1999-?-?", "2000-?-?"]),
            ("the 2018-19 season", vec!["2018-?-?", "2019-?-?"]),
            ("in 2018-04", vec!["2018-?-?"]),
            ("in 2018–17", vec!["2018-?-?"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_and_numbers_are_no_dates() {
        for text in [
            "It may rain.",
            "They march on.",
            "The sun rose.",
            "1,900 people",
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
    fn clock_times_in_every_usual_form() {
        for (text, expected) in [
            ("at 17:40", Some((1060, false))),
            ("at 10.40", Some((640, false))),
            ("7 a.m.", Some((420, false))),
            ("7:30 pm", Some((1170, false))),
            ("noon", Some((720, false))),
            ("eight in the\nmorning", Some((480, false))),
            ("nine in the evening", Some((1260, false))),
            ("eight o'clock", Some((480, true))),
            ("eight stations", None),
            ("won 3:2", None),
            ("10.40 metres", None),
        ] {
            let found = clock_times(text, &words(text));
            assert_eq!(found.first().map(|t| (t.minute_of_day, t.ambiguous)), expected, "{text}");
        }
    }

    #[test]
    fn weekdays_are_computed() {
        assert_eq!((weekday_of(2024, 3, 14), weekday_of(1970, 1, 1), weekday_of(2000, 2, 29)), (3, 3, 1));
        let text = "Tuesday March 12, 2024 and Monday March 12, 2024";
        let right: Vec<_> = dates(text, &words(text)).iter().map(Date::weekday_is_right).collect();
        assert_eq!(right, [Some(true), Some(false)]);
    }
}
