//! Everything the verifier wants to know of one sentence, found once.

use super::Span;
use super::dates::{self, ClockTime, Date};
use super::eras::{self, Era};
use super::names::{self, Name};
use super::numbers::{self, Number};
use super::words::{self, Word};

/// The words, numbers, dates and names of one sentence; all spans are of the whole text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    pub words: Vec<Word>,
    pub numbers: Vec<Number>,
    pub dates: Vec<Date>,
    pub times: Vec<ClockTime>,
    pub eras: Vec<Era>,
    pub names: Vec<Name>,
}

impl Analysis {
    /// Analyses the part of `text` that `span` names.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        let part = span.of(text);
        let mut words = words::words(part);
        let mut names = names::names(part, &words);
        let mut dates = dates::dates(part, &words);
        let mut times = dates::clock_times(part, &words);
        let mut eras = eras::eras(part, &words);
        dates.retain(|d| !eras.iter().any(|e| e.span.overlaps(d.span)));
        let dated = dates.iter().map(|d| d.span).chain(times.iter().map(|t| t.span));
        let taken: Vec<Span> = dated.chain(eras.iter().map(|e| e.span)).collect();
        let mut numbers = numbers::numbers(part, &words, &taken);
        let by = span.start;
        words.iter_mut().for_each(|x| x.span = x.span.shifted(by));
        names.iter_mut().for_each(|x| x.span = x.span.shifted(by));
        dates.iter_mut().for_each(|x| x.span = x.span.shifted(by));
        times.iter_mut().for_each(|x| x.span = x.span.shifted(by));
        eras.iter_mut().for_each(|x| x.span = x.span.shifted(by));
        numbers.iter_mut().for_each(|x| {
            x.span = x.span.shifted(by);
            x.with_bound = x.with_bound.shifted(by);
        });
        Self { words, numbers, dates, times, eras, names }
    }
}
