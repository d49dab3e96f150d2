//! Weekdays: one that is not that of its date, which the source has too.

use crate::text::dates::{Date, differ};
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("weekday", "the weekday of a date with the one that the date has", Compare::Claim(compare));

fn compare(context: &Context<'_>, _: &[Clause<'_>]) -> Vec<Conflict> {
    let full = |d: &&Date| d.weekday.is_some() && d.month.is_some() && d.day.is_some();
    context.claim.analysis.dates.iter().filter(full).filter_map(|date| wrong_weekday(context, date)).collect()
}

fn wrong_weekday(context: &Context<'_>, date: &Date) -> Option<Conflict> {
    let is_same = |d: &&Date| d.month == date.month && d.day == date.day && d.year.is_some() && !differ(d.year, date.year);
    let (candidate, theirs) = context.candidates().iter().find_map(|c| Some((c, c.analysis().dates.iter().find(is_same)?)))?;
    let dated = Date { year: theirs.year, ..date.clone() };
    let is_wrong = dated.weekday_is_right() == Some(false) && theirs.weekday != date.weekday;
    is_wrong.then(|| candidate.conflict(Slot::Date, date.span, theirs.span))
}

#[cfg(test)]
mod tests {
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            The council of Orlan met on 4 May 2021 and adjourned.
            - The council of Orlan met on [Monday, 4 May 2021]. = 4 May 2021
            - The council of Orlan met on Tuesday, 4 May 2021.
        "#,
        );
    }
}
