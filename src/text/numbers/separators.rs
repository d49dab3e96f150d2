//! Decimal points and thousands separators: "1,140.5", "1.140,5", "9.800".

use super::value::half_of_last_place;

/// A figure's value.
pub(super) struct Numeral {
    pub value: f64,
    /// Half its last place.
    pub precision: f64,
    /// The value under the other reading of its marks.
    pub other_reading: Option<f64>,
}

impl Numeral {
    fn whole(digits: &str) -> Option<Self> {
        let value = finite(digits)?;
        Some(Self { value, precision: half_of_last_place(value), other_reading: None })
    }

    fn decimal(digits: &str) -> Option<Self> {
        let places = digits.rsplit_once('.').map_or(0, |(_, d)| d.len());
        Some(Self { value: finite(digits)?, precision: 0.5 * 10f64.powi(-(places.min(12) as i32)), other_reading: None })
    }
}

/// Reads digits with any marks between them.
pub(super) fn numeral(number: &str) -> Option<Numeral> {
    let number = number.trim_end_matches(['.', ',']);
    let groups = |mark: char| -> bool {
        let mut parts = number.split(mark);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len()) && !p.starts_with('0')) && parts.all(|p| p.len() == 3)
    };
    match (number.matches(',').count(), number.matches('.').count()) {
        (0, 0) => Numeral::whole(number),
        (_, 0) if groups(',') => Numeral::whole(&number.replace(',', "")),
        (1, 0) => Numeral::decimal(&number.replace(',', ".")),
        (0, 1) => {
            let other_reading = groups('.').then(|| finite(&number.replace('.', ""))).flatten();
            Some(Numeral { other_reading, ..Numeral::decimal(number)? })
        }
        (0, _) if groups('.') => Numeral::whole(&number.replace('.', "")),
        (_, 1) if number.rfind('.') > number.rfind(',') => Numeral::decimal(&number.replace(',', "")),
        (1, _) if number.rfind(',') > number.rfind('.') => Numeral::decimal(&number.replace('.', "").replace(',', ".")),
        _ => None,
    }
}

fn finite(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|v: &f64| v.is_finite())
}
