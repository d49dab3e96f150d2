//! Dates in figures: `2024-03-14`, `14/03/2024`, `14.03.2024`.

use std::sync::LazyLock;

use regex::Regex;

use super::Date;
use super::years::is_year;
use crate::text::tokens::Tokens;

/// In which order a country writes day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// The order that all dates of a text keep which show it: in "15/04/2021" the day stands first.
#[must_use]
pub fn day_order(text: &str) -> Option<DayOrder> {
    static FIGURES: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(\d{1,2})([/-])(\d{1,2})([/-])(?:\d{4}|\d{2})\b").expect("a regex"));
    let mut order = None;
    for found in FIGURES.captures_iter(text).filter(|found| found[2] == found[4]) {
        let number = |at: usize| found[at].parse().unwrap_or(0);
        let own = match (number(1), number(3)) {
            (13..=31, 1..=12) => DayOrder::DayFirst,
            (1..=12, 13..=31) => DayOrder::MonthFirst,
            _ => continue,
        };
        if order.is_some_and(|order| order != own) {
            return None;
        }
        order = Some(own);
    }
    order
}

/// The date that begins with a word, and the word behind it. Where day and month could be either way round, both are
/// kept.
pub(super) fn figures(tokens: Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let word = tokens.raw(at);
    if !word.starts_with(|c: char| c.is_ascii_digit()) || tokens.before(at).ends_with(['/', '-', '_', '.']) {
        return None;
    }
    let dotted: Vec<&str> = word.split('.').collect();
    let gap = tokens.gap_in_line(at);
    let (parts, next) = if dotted.len() == 3 {
        (dotted, at + 1)
    } else if matches!(gap, "-" | "/" | "‑") && gap == tokens.gap_in_line(at + 1) {
        (vec![word, tokens.raw(at + 1), tokens.raw(at + 2)], at + 3)
    } else {
        return None;
    };
    let number = |i: usize| parts[i].parse::<u32>().ok();
    // A timestamp goes on without a space: 2024-03-14T10:00.
    let third = parts[2].split(['T', 't']).next().and_then(|p| p.parse::<u32>().ok());
    let (a, b, c) = (number(0)?, number(1)?, third?);
    // "20/4/11" has its year last, as "20/4/2011" has. Behind hyphens two digits may be a day just as well.
    let is_short = parts[2].len() == 2 && (gap == "/" || parts[0].len() == 2);
    let is_clear = parts[2].len() == 4 || gap == "/";
    let (year, month, day) = if parts[0].len() == 4 {
        (a, Some(b), Some(c))
    } else if parts[2].len() == 4 || is_short {
        let year = if is_short { c + if c < 70 { 2000 } else { 1900 } } else { c };
        match (a, b) {
            (13..=31, 1..=12) => (year, Some(b), Some(a)),
            (1..=12, 13..=31) if is_clear => (year, Some(a), Some(b)),
            (1..=31, 1..=31) if !is_short && word.contains('.') => (year, Some(b), Some(a)),
            (1..=12, 1..=12) if is_clear && a == b => (year, Some(a), Some(b)),
            (1..=12, 1..=12) if is_clear => (year, None, None),
            _ => return None,
        }
    } else {
        return None;
    };
    let either = month.is_none().then_some((a as u8, b as u8));
    let valid = is_year(year) && month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=31).contains(&d));
    let date = Date {
        span: tokens.span(at, next),
        year: Some(year as i32),
        month: month.map(|m| m as u8),
        day: day.map(|d| d as u8),
        either,
        ..Date::default()
    };
    valid.then_some((date, next))
}
