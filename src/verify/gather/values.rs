//! Values: the numbers, dates, times and eras of a claim, and where a sentence has the same or another.

use crate::text::dates::ClockTime;
use crate::text::eras::Era;
use crate::text::numbers::{Kind, Number};
use crate::text::{Analysis, Span};

/// A value, by its index in the analysis of the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Number(usize),
    /// The month, day and weekday of a date.
    Date(usize),
    /// The year of a date.
    Year(usize),
    Time(usize),
    /// A decade or century.
    Era(usize),
}

impl Value {
    /// Where in a sentence the value stands.
    pub fn places<'s>(self, claim: &'s Analysis, sentence: &'s Analysis) -> impl Iterator<Item = Span> + 's {
        let is_number = move |n: &&Number| matches!(self, Self::Number(i) if claim.numbers[i].satisfied_by(n));
        let numbers = sentence.numbers.iter().filter(is_number).map(|n| n.span);
        let dates = sentence.dates.iter().filter(move |d| match self {
            Self::Date(i) => claim.dates[i].same_day(d),
            Self::Year(i) => claim.dates[i].year == d.year,
            Self::Era(i) => d.year.is_some_and(|year| claim.eras[i].has(year)),
            Self::Number(_) | Self::Time(_) => false,
        });
        let is_time = move |t: &&ClockTime| matches!(self, Self::Time(i) if same_time(&claim.times[i], t));
        let times = sentence.times.iter().filter(is_time).map(|t| t.span);
        let is_era = move |e: &&Era| matches!(self, Self::Era(i) if claim.eras[i].encloses(e));
        let eras = sentence.eras.iter().filter(is_era).map(|e| e.span);
        numbers.chain(dates.map(|d| d.span)).chain(times).chain(eras)
    }

    /// Where in a sentence other values stand that could be in its place.
    pub fn others<'s>(self, claim: &'s Analysis, sentence: &'s Analysis) -> impl Iterator<Item = Span> + 's {
        let is_number = move |n: &&Number| match self {
            Self::Number(i) => !n.label && claim.numbers[i].comparable(n) && !claim.numbers[i].satisfied_by(n),
            _ => false,
        };
        let numbers = sentence.numbers.iter().filter(is_number).map(|n| n.span);
        let dates = sentence.dates.iter().filter(move |d| match self {
            Self::Date(i) => claim.dates[i].conflicts(d),
            Self::Year(i) => d.year.is_some() && d.year != claim.dates[i].year,
            Self::Era(i) => d.year.is_some_and(|year| !claim.eras[i].has(year)),
            Self::Number(_) | Self::Time(_) => false,
        });
        let is_time = move |t: &&ClockTime| matches!(self, Self::Time(i) if !same_time(&claim.times[i], t));
        let times = sentence.times.iter().filter(is_time).map(|t| t.span);
        let is_era = move |e: &&Era| matches!(self, Self::Era(i) if e.is_apart(&claim.eras[i]));
        let eras = sentence.eras.iter().filter(is_era).map(|e| e.span);
        numbers.chain(dates.map(|d| d.span)).chain(times).chain(eras)
    }

    /// A count of up to a dozen things, or "one week", which proves little by itself.
    pub fn is_small_count(self, claim: &Analysis) -> bool {
        let Self::Number(i) = self else { return false };
        let number = &claim.numbers[i];
        number.unit.is_none() && number.value <= 12.0 || number.kind == Kind::Duration && number.value == 1.0
    }

    /// "First", for which sources have many other words: new, never before, a debut.
    pub fn is_first(self, claim: &Analysis) -> bool {
        let Self::Number(i) = self else { return false };
        claim.numbers[i].kind == Kind::Ordinal && claim.numbers[i].value == 1.0
    }
}

/// Equal to the minute; "seven" without morning or evening may be either.
pub fn same_time(a: &ClockTime, b: &ClockTime) -> bool {
    let half_day = |t: u16| t % 720;
    a.minute_of_day == b.minute_of_day || ((a.ambiguous || b.ambiguous) && half_day(a.minute_of_day) == half_day(b.minute_of_day))
}
