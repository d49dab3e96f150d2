//! What a date is, and when two of them agree.

use super::calendar::{is_last_of_month, weekday_of};
use super::figures::DayOrder;
use crate::text::Span;

/// A calendar date, or as much of one as the words give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    pub span: Span,
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// Day and month of a date in figures, where either may be either: 3 and 4 of "03/04/2021". Neither is known then.
    pub either: Option<(u8, u8)>,
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

impl Date {
    /// Whether some field that both know differs. Weekdays count only where a day is lacking.
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> bool {
        differ(self.year, other.year)
            || self.may_be(other) == Some(false)
            || other.may_be(self) == Some(false)
            || differ(self.month, other.month)
            || (self.month.is_some() && other.month.is_some() && differ(self.day, other.day))
            || ((self.day.is_none() || other.day.is_none()) && differ(self.weekday, other.weekday))
    }

    /// Whether both know some field, and none differs.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let shared = self.may_be(other).is_some()
            || other.may_be(self).is_some()
            || (self.year.is_some() && other.year.is_some())
            || (self.month.is_some() && other.month.is_some())
            || (self.weekday.is_some() && other.weekday.is_some());
        shared && !self.conflicts(other)
    }

    /// Whether the other date gives the same month and day, or weekday, as far as this one has
    /// them, and no other year.
    #[must_use]
    pub fn same_day(&self, other: &Self) -> bool {
        if self.may_be(other) == Some(true) || other.may_be(self) == Some(true) {
            return !self.conflicts(other);
        }
        let is_day = self.day.is_none() || self.day == other.day || other.is_edge_on(self.day);
        let month = self.month.is_some() && self.month == other.month && is_day;
        let weekday = (self.month.is_none() || other.month.is_none()) && self.weekday.is_some() && self.weekday == other.weekday;
        (month || weekday) && !self.conflicts(other)
    }

    /// Whether one of both readings of this date in figures is the day of the other; `None` where it has one reading, or
    /// the other no day.
    fn may_be(&self, other: &Self) -> Option<bool> {
        let (a, b) = self.either?;
        let (x, y) = other.month.zip(other.day).or(other.either)?;
        Some((a, b) == (x, y) || (a, b) == (y, x))
    }

    /// Takes the reading that is usual where it was written.
    pub fn read_in(&mut self, order: DayOrder) {
        if let Some((a, b)) = self.either.take() {
            let (day, month) = if order == DayOrder::DayFirst { (a, b) } else { (b, a) };
            (self.day, self.month) = (Some(day), Some(month));
        }
    }

    /// Whether a day of its month is the one at its edge.
    fn is_edge_on(&self, day: Option<u8>) -> bool {
        match (self.edge, self.month, day) {
            (Some(Edge::Start), _, Some(day)) => day == 1,
            (Some(Edge::End), Some(month), Some(day)) => is_last_of_month(month, day),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_month_is_its_last_day() {
        let edge = |edge, month| Date { month: Some(month), edge: Some(edge), ..Date::default() };
        let day = |month, day| Date { month: Some(month), day: Some(day), ..Date::default() };
        for (month, last) in [(1, 31), (2, 28), (2, 29), (4, 30), (12, 31)] {
            assert!(day(month, last).same_day(&edge(Edge::End, month)), "{month}-{last}");
            assert!(!day(month, 27).same_day(&edge(Edge::End, month)));
        }
        assert!(!day(4, 31).same_day(&edge(Edge::End, 4)) && !day(1, 30).same_day(&edge(Edge::End, 1)));
        assert!(day(4, 1).same_day(&edge(Edge::Start, 4)) && !day(4, 2).same_day(&edge(Edge::Start, 4)));
    }
}
