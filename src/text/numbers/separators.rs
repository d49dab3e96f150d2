//! Decimal points and thousands separators: "1,140.5", "1.140,5", "1’140.5", "7,92,756", "9.800".

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
    if let Some(mark) = APOSTROPHES.into_iter().find(|mark| number.contains(*mark)) {
        let (whole, fraction) = number.split_at(number.find(['.', ',']).unwrap_or(number.len()));
        let is_plain = is_grouped(whole, mark) && !fraction.chars().skip(1).any(|c| !c.is_ascii_digit());
        return if is_plain { numeral(&number.replace(mark, "")) } else { None };
    }
    match (number.matches(',').count(), number.matches('.').count()) {
        (0, 0) => Numeral::whole(number),
        (_, 0) if is_grouped(number, ',') => Numeral::whole(&number.replace(',', "")),
        (1, 0) => Numeral::decimal(&number.replace(',', ".")),
        (0, 1) => {
            let other_reading = is_grouped(number, '.').then(|| finite(&number.replace('.', ""))).flatten();
            Some(Numeral { other_reading, ..Numeral::decimal(number)? })
        }
        (0, _) if is_grouped(number, '.') => Numeral::whole(&number.replace('.', "")),
        _ => {
            let (whole, fraction) = number.rsplit_once(['.', ','])?;
            let mark = if number.as_bytes()[whole.len()] == b'.' { ',' } else { '.' };
            let has_groups = is_grouped(whole, mark) && whole.contains(mark);
            has_groups.then(|| Numeral::decimal(&format!("{}.{fraction}", whole.replace(mark, "")))).flatten()
        }
    }
}

/// Between thousands in Switzerland.
pub(super) const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

/// Whether a mark parts thousands, or, as in India, the last thousand and then hundreds: "7,92,756".
fn is_grouped(digits: &str, mark: char) -> bool {
    let groups: Vec<usize> = digits.split(mark).map(str::len).collect();
    let [first, middle @ .., last] = &groups[..] else { return digits.bytes().all(|b| b.is_ascii_digit()) };
    let is_of = |most: usize| (1..=most).contains(first) && middle.iter().all(|group| *group == most);
    *last == 3 && !digits.starts_with('0') && (is_of(3) || mark == ',' && is_of(2))
}

fn finite(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn conventions_of_all_countries() {
        for (text, expected) in [
            ("1,140", Some(1140.0)),
            ("1,140.5", Some(1140.5)),
            ("1.140,5", Some(1140.5)),
            ("1.234.567,89", Some(1_234_567.89)),
            ("7,92,756", Some(792_756.0)),
            ("2,50,000.75", Some(250_000.75)),
            ("1,23,45,678", Some(12_345_678.0)),
            ("1’250’000", Some(1_250_000.0)),
            ("1'250.50", Some(1250.5)),
            ("3,2", Some(3.2)),
            ("0,125", Some(0.125)),
            ("1,2,3", None),
            ("12,3456,789", None),
            ("1,23.4,5", None),
            ("1,2.3", None),
            ("1’25", None),
        ] {
            assert_eq!(numeral(text).map(|n| n.value), expected, "{text}");
        }
    }
}
