//! Calendar arithmetic, in the Gregorian calendar for all times: numbers of days, weekdays, the ends of months.
//!
//! The `time` library does the counting. What texts give may be no day of any calendar (31 February, the year 20240):
//! days behind the end of a month run on into the next one, and years, months and numbers of days outside the
//! library's range are taken for the nearest inside it.

use time::{Date, Month};

/// Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

/// Days since 1970-01-01.
#[must_use]
pub fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let year = year.clamp(Date::MIN.year(), Date::MAX.year());
    let first = Date::from_calendar_date(year, month_of(month), 1).unwrap_or(Date::MIN);
    i64::from(first.to_julian_day() - EPOCH) + i64::from(day) - 1
}

/// Year, month and day of the day with this number.
#[must_use]
pub fn from_day_number(number: i64) -> (i32, u8, u8) {
    let (year, month, day) = date(number).to_calendar_date();
    (year, month.into(), day)
}

/// 0 is Monday.
#[must_use]
pub fn weekday_of(year: i32, month: u8, day: u8) -> u8 {
    date(day_number(year, month, day)).weekday().number_days_from_monday()
}

/// Whether a month of an unknown year can end with this day.
#[must_use]
pub fn is_last_of_month(month: u8, day: u8) -> bool {
    const COMMON: i32 = 2023;
    const LEAP: i32 = 2024;
    [COMMON, LEAP].iter().any(|year| month_of(month).length(*year) == day)
}

fn month_of(month: u8) -> Month {
    Month::try_from(month.clamp(1, 12)).unwrap_or(Month::January)
}

fn date(number: i64) -> Date {
    let (first, last) = (Date::MIN.to_julian_day(), Date::MAX.to_julian_day());
    let julian = number.saturating_add(EPOCH.into()).clamp(first.into(), last.into());
    i32::try_from(julian).ok().and_then(|day| Date::from_julian_day(day).ok()).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_from_1970() {
        for (date, number) in [
            ((1970, 1, 1), 0),
            ((1969, 12, 31), -1),
            ((2000, 2, 29), 11_016),
            ((2000, 3, 1), 11_017),
            ((1900, 3, 1), -25_508),
            ((1, 1, 1), -719_162),
            ((9999, 12, 31), 2_932_896),
        ] {
            let (year, month, day) = date;
            assert_eq!(day_number(year, month, day), number, "{date:?}");
            assert_eq!(from_day_number(number), date);
        }
    }

    #[test]
    fn numbers_of_days_go_back_and_forth() {
        for number in (-800_000..2_932_896).step_by(997) {
            let (year, month, day) = from_day_number(number);
            assert_eq!(day_number(year, month, day), number);
        }
    }

    #[test]
    fn weekdays_are_computed() {
        assert_eq!((weekday_of(2024, 3, 14), weekday_of(1970, 1, 1), weekday_of(2000, 2, 29)), (3, 3, 1));
    }

    #[test]
    fn what_is_no_day_has_the_nearest_number() {
        assert_eq!(day_number(2023, 2, 31), day_number(2023, 3, 3));
        assert_eq!(day_number(2023, 4, 0), day_number(2023, 3, 31));
        assert_eq!((day_number(2023, 0, 5), day_number(2023, 13, 5)), (day_number(2023, 1, 5), day_number(2023, 12, 5)));
        let (first, last) = (from_day_number(i64::MIN), from_day_number(i64::MAX));
        assert_eq!((first.1, first.2, last.1, last.2), (1, 1, 12, 31));
        assert_eq!(day_number(i32::MAX, 12, 31), day_number(last.0, 12, 31));
        assert_eq!(day_number(i32::MIN, 1, 1), day_number(first.0, 1, 1));
        assert!(weekday_of(i32::MAX, 12, 31) < 7 && weekday_of(i32::MIN, 1, 1) < 7);
    }
}
