//! What is read in running text.

use std::borrow::Cow;

use corroborate::text::relative_dates::{self, Day};
use corroborate::text::{Analysis, Span, sentences};

use super::readers::is_within;

/// The sentences of a text, which hold all of it, with what is read in them.
fn sentences_of(bytes: &[u8]) -> (Cow<'_, str>, Vec<Analysis>) {
    let text = String::from_utf8_lossy(bytes);
    let mut read = Vec::new();
    let mut last = 0;
    for span in sentences::sentences(&text) {
        assert!(is_within(span, &text) && span.start >= last && !span.is_empty(), "{span:?} behind {last}");
        assert!(text[last..span.start].trim().is_empty(), "words between sentences before {span:?}");
        last = span.end;
        read.push(Analysis::of(&text, span));
    }
    assert!(text[last..].trim().is_empty(), "words behind {last}");
    (text, read)
}

fn assert_inside(span: Span, text: &str, what: &dyn std::fmt::Debug) {
    assert!(is_within(span, text) && !span.is_empty(), "{what:?}");
}

pub fn numbers(bytes: &[u8]) {
    let (text, read) = sentences_of(bytes);
    for found in &read {
        for number in &found.numbers {
            assert_inside(number.span, &text, number);
            assert!(is_within(number.with_bound, &text) && number.with_bound.encloses(number.span), "{number:?}");
            assert!(!number.value.is_nan() && number.precision >= 0.0, "{number:?}");
            assert!(!number.value.is_finite() || number.same_value(number), "{number:?} is not itself");
            assert!(!number.differs_in_unit(number), "{number:?} has another unit than itself");
        }
        for (one, other) in found.numbers.iter().zip(found.numbers.iter().skip(1)) {
            // Two may share a sign, as in “1$5”.
            assert!(one.span.start <= other.span.start, "{one:?} and {other:?}");
            let _ = (one.satisfied_by(other), one.comparable(other), one.bound.opposes(other.bound));
        }
    }
}

pub fn dates(bytes: &[u8]) {
    let (text, read) = sentences_of(bytes);
    let written = Day::parse("2024-02-29").expect("a day");
    for found in read {
        for time in &found.times {
            assert_inside(time.span, &text, time);
            assert!(time.minute_of_day < 24 * 60, "{time:?}");
        }
        for era in &found.eras {
            assert_inside(era.span, &text, era);
            assert!(era.first <= era.last && era.encloses(era), "{era:?}");
        }
        let mut dates = found.dates;
        for is_resolved in [false, true] {
            if is_resolved {
                relative_dates::resolve(&text, &found.words, &mut dates, written);
            }
            for date in &dates {
                assert_inside(date.span, &text, date);
                let is_in = |field: Option<u8>, range: std::ops::RangeInclusive<u8>| field.is_none_or(|it| range.contains(&it));
                assert!(is_in(date.month, 1..=12) && is_in(date.day, 1..=31) && is_in(date.weekday, 0..=6), "{date:?}");
                assert!(!date.conflicts(date), "{date:?} is not itself");
                let _ = date.weekday_is_right();
            }
        }
    }
}
