//! Whether two numbers say the same.

use super::units::PER_MILLE;
use super::{Bound, Kind, Number};

impl Number {
    /// Whether both name the same value, as exactly as the coarser of them was written.
    #[must_use]
    pub fn same_value(&self, other: &Self) -> bool {
        let readings = |n: &Self| [Some(n.value), n.other_reading];
        readings(self).into_iter().flatten().any(|a| {
            readings(other).into_iter().flatten().any(|b| {
                let rounded = self.bound == Bound::About || other.bound == Bound::About;
                let slack = if rounded { self.precision.max(other.precision).max(0.05 * a.abs().max(b.abs())) } else { 0.0 };
                (a - b).abs() <= slack + 1e-9 * a.abs().max(1.0)
            })
        })
    }

    /// Whether the two count or measure the same kind of thing, so that one can contradict the other.
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        let kinds = self.kind == other.kind || (self.kind.is_part() && other.kind.is_part());
        kinds && (self.unit == other.unit || self.unit.is_none() && other.unit.is_none() || self.kind.is_part())
    }

    /// Whether a source's number bears this one out, with its comparator.
    #[must_use]
    pub fn satisfied_by(&self, source: &Self) -> bool {
        if self.bound.opposes(source.bound) || self.counts_other_money(source) || source.counts_other_money(self) {
            return false;
        }
        let (mine, theirs) = if self.kind.is_part() && source.kind.is_part() {
            (self.share(), source.share())
        } else if self.kind == Kind::Duration && source.kind == Kind::Duration {
            (self.seconds(), source.seconds())
        } else if (self.kind == Kind::Ordinal) != (source.kind == Kind::Ordinal)
            || self.kind.is_part() != source.kind.is_part()
            || self.unit.is_some() && source.unit.is_some() && self.unit != source.unit
        {
            return false;
        } else {
            if self.same_value(source) || self.rounds(source) {
                return true;
            }
            (self.value, source.value)
        };
        let same = (mine - theirs).abs() <= 1e-9 * mine.abs().max(1.0);
        let near = |factor: f64| theirs <= mine * factor && mine <= theirs * factor;
        // Months and years are not of one length: 18 months are a year and a half.
        let same = same || self.kind == Kind::Duration && self.unit != source.unit && near(1.02);
        match self.bound {
            Bound::Exact => same,
            Bound::About => same || near(1.06) || (self.kind == Kind::Fraction && near(1.08)),
            Bound::AtLeast => theirs >= mine && near(1.5),
            Bound::MoreThan => (theirs > mine || (same && source.bound == Bound::MoreThan)) && near(1.5),
            Bound::AtMost => theirs <= mine && near(1.5),
            Bound::LessThan => (theirs < mine || (same && source.bound == Bound::LessThan)) && near(1.5),
        }
    }

    /// Whether this is the source's value with fewer places, which were written on purpose: "7.93 trillion" for 7,927,560
    /// million, but not 1,140 for 1,143.
    fn rounds(&self, source: &Self) -> bool {
        const LEAST_PLACES: f64 = 0.005;
        const LARGE: f64 = 1e6;
        let is_exact = self.precision <= LEAST_PLACES * self.value.abs();
        let has_places = self.value.fract() != 0.0 || self.value >= LARGE;
        is_exact && has_places && source.precision < self.precision && (self.value - source.value).abs() <= self.precision
    }

    /// Whether this is money in a known currency and the other counts something else.
    fn counts_other_money(&self, other: &Self) -> bool {
        self.kind == Kind::Money && other.unit.is_none() && other.kind == Kind::Count && other.counted.is_some()
    }

    /// Whether both give the same figure in different units: 240 million euros and 240 million crowns.
    #[must_use]
    pub fn differs_in_unit(&self, other: &Self) -> bool {
        let units = match (self.unit, other.unit) {
            (Some(a), Some(b)) => a != b && self.kind == other.kind,
            _ => self.counts_other_money(other) || other.counts_other_money(self),
        };
        units && self.same_value(other)
    }

    /// A percentage or fraction as a part of one.
    fn share(&self) -> f64 {
        match (self.kind, self.unit) {
            (Kind::Percent, Some(PER_MILLE)) => self.value / 1000.0,
            (Kind::Percent, _) => self.value / 100.0,
            _ => self.value,
        }
    }

    /// A duration in seconds; months count 30 days and years 365.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        let unit = match self.unit {
            Some("minute") => 60.0,
            Some("hour") => 3600.0,
            Some("day") => 86_400.0,
            Some("week") => 604_800.0,
            Some("month") => 2_592_000.0,
            Some("year") => 31_536_000.0,
            Some("decade") => 315_360_000.0,
            _ => 1.0,
        };
        self.value * unit
    }
}

#[cfg(test)]
mod tests {
    use crate::text::numbers::tests::found;

    fn holds(claim: &str, source: &str) -> bool {
        found(claim)[0].satisfied_by(&found(source)[0])
    }

    #[test]
    fn comparators_and_rounding() {
        for (claim, source, expected) in [
            ("over 100 men", "120 men", true),
            ("over 100 men", "90 men", false),
            ("more than two thirds of it", "68 per cent of it", true),
            ("about 40 men", "41 men", true),
            ("about 40 men", "46 men", false),
            ("40 men", "41 men", false),
            ("a dozen men", "12 men", true),
            ("9,800 people", "9.800 personas", true),
            ("two days", "48 hours", true),
            ("8 per cent", "8 men", false),
            ("third", "3 men", false),
            ("at most 50 men", "48 men", true),
            ("nearly 3 million people", "2.9 million people", true),
        ] {
            assert_eq!(holds(claim, source), expected, "{claim} / {source}");
        }
    }
}
