//! Numbers in running text: digits and words, with their magnitude, unit and comparator.
//!
//! Values are `f64` in the unit's own scale ("6.5 million" is 6 500 000). Dates and clock times
//! are not numbers; the caller says where they stand.

mod bounds;
mod comparison;
mod currencies;
mod digits;
mod fractions;
mod labels;
mod magnitudes;
mod number;
pub(super) mod number_words;
mod separators;
mod spelled;
mod units;
mod value;
mod vulgar_fractions;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::Span;
use super::tokens::Tokens;
use super::words::{Term, Word, form};
pub use bounds::Bound;
pub use number::{Kind, Number};

/// The numbers of a text, given its words; `taken` are spans of dates and clock times.
#[must_use]
pub fn numbers(text: &str, words: &[Word], taken: &[Span]) -> Vec<Number> {
    let tokens = Tokens { text, words };
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !may_begin(&words[at]) || taken.iter().any(|span| span.overlaps(words[at].span)) {
            at += 1;
            continue;
        }
        match number(tokens, at) {
            Some((number, next)) => {
                found.push(number);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    share_units(text, &mut found);
    found
}

/// Whether a number can begin with this word; nearly all words are told at once.
fn may_begin(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> = LazyLock::new(|| {
        let words = number_words::first_words().chain(spelled::first_words()).chain(["half"]);
        words.chain(vulgar_fractions::signs()).map(form).collect()
    });
    word.has_digit || FORMS.contains(&word.form)
}

/// The number that begins with a word, and the word behind it.
fn number(tokens: Tokens<'_>, at: usize) -> Option<(Number, usize)> {
    let mut value = digits::digits(tokens, at)
        .or_else(|| vulgar_fractions::alone(tokens, at))
        .or_else(|| fractions::fraction(tokens, at))
        .or_else(|| spelled::spelled(tokens, at))?;
    let mut span = tokens.span(at, value.next);
    let (mut unit, mut kind, mut next) = units::read_unit(tokens, &value, at, &mut span);
    if let Some((length, currency)) = currencies::currency_before(tokens.before(at)) {
        span.start -= length;
        (unit, kind) = (Some(currency), Kind::Money);
    }
    let (bound, back) = bounds::bound(tokens, at, next);
    let label = labels::is_label(tokens, at, &value, unit);
    if let Some(after) = spelled::add_half(tokens, &mut value, next, unit.is_some()) {
        span = span.cover(tokens.words[after - 1].span);
        next = after;
    }
    let number = Number {
        span,
        value: value.value,
        kind,
        unit,
        bound,
        precision: value.precision,
        other_reading: value.other_reading,
        label,
        counted: if unit.is_none() { counted(tokens, next) } else { None },
        with_bound: tokens.words[at - back].span.cover(span),
    };
    Some((number, next))
}

/// What a number without a unit counts: the plain word behind it.
fn counted(tokens: Tokens<'_>, next: usize) -> Option<Term> {
    // "4,2 millones de coronas": a particle is not what is counted.
    const SHORTEST: usize = 4;
    let word = tokens.words.get(next).filter(|_| tokens.is_close(next - 1))?;
    let is_noun = !word.is_stop && !word.is_capital && !word.has_digit && word.span.len() >= SHORTEST;
    is_noun.then_some(word.term)
}

/// In "20–45 %" and "5 to 10 hours" the unit belongs to both numbers.
fn share_units(text: &str, found: &mut [Number]) {
    for i in 1..found.len() {
        let between = Span::new(found[i - 1].span.end, found[i].span.start).of(text);
        let is_range = matches!(between.trim(), "-" | "–" | "—" | "to" | "or" | "and") && between.len() <= 5;
        if is_range && found[i - 1].unit.is_none() && found[i - 1].kind == Kind::Count && found[i].unit.is_some() {
            (found[i - 1].unit, found[i - 1].kind) = (found[i].unit, found[i].kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    pub(super) fn found(text: &str) -> Vec<Number> {
        numbers(text, &words(text), &[])
    }

    fn shown(text: &str) -> String {
        found(text)
            .iter()
            .map(|n| format!("{}={}{}", n.span.of(text), n.value, n.unit.map_or(String::new(), |u| format!(" {u}"))))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn values_and_units() {
        for (text, expected) in [
            ("sent 40,000 papers", "40,000=40000"),
            ("cost 6.5 million crowns a day", "6.5 million=6500000 crown"),
            ("worth $1.2 billion", "$1.2 billion=1200000000 dollar"),
            ("a £135,000 study", "£135,000=135000 pound"),
            ("raised €20m", "€20m=20000000 euro"),
            ("may lose 5 mln bucks", "5 mln=5000000 dollar"),
            ("ten quid each", "ten=10 pound"),
            ("was 61.4 % there", "61.4 %=61.4 percent"),
            ("rose by 8 per cent", "8 per cent=8 percent"),
            ("Twenty-two of them", "Twenty-two=22"),
            ("forty thousand papers", "forty thousand=40000"),
            ("one hundred and five men", "one hundred and five=105"),
            ("a dozen\nstates", "a dozen=12"),
            ("half a million voters", "half a million=500000"),
            ("a thirty-year lease", "thirty=30 year"),
            ("sixty hours later", "sixty=60 hour"),
            ("one week before", "one=1 week"),
            ("about 11 metres", "11=11 metre"),
            ("between 5 and 10 hours", "5=5 hour; 10=10 hour"),
            ("20–45 %", "20=20 percent; 45 %=45 percent"),
            ("3,2 million", "3,2 million=3200000"),
            ("₹7,92,756 crore", "₹7,92,756 crore=7927560000000 rupee"),
            ("Rs 2.5 lakh", "Rs 2.5 lakh=250000 rupee"),
            ("Rs. 2,50,000 each", "Rs. 2,50,000=250000 rupee"),
            ("CHF 1’250’000 a year", "CHF 1’250’000=1250000 franc"),
            ("some 2½ million people", "2½ million=2500000"),
            ("4¾ per cent", "4¾ per cent=4.75 percent"),
            ("2 1/2 hours", "2 1/2=2.5 hour"),
            ("½ million votes", "½ million=500000"),
            ("3/4 of the vote", "3/4=0.75"),
            ("1,063 ft (324 m) tall", "1,063=1063 foot; 324=324 metre"),
            ("3.2 ± 0.4 tonnes", "3.2 ± 0.4=3.2 tonne"),
            ("four score boats", "four score=80"),
            ("Rs 4,500 cr a year", "Rs 4,500 cr=45000000000 rupee"),
            ("£5 m a year", "£5 m=5000000 pound"),
            ("EUR 3,4 Mio. in all", "EUR 3,4 Mio=3400000 euro"),
            ("1 234,5 k€ before tax", "1 234,5 k€=1234500 euro"),
            ("2 480 000 customers", "2 480 000=2480000"),
            ("a rate of 2,5 ‰", "2,5 ‰=2.5 per mille"),
            ("2.5 per thousand", "2.5 per thousand=2.5 per mille"),
            ("12.345,5 t of gravel", "12.345,5=12345.5 tonne"),
            ("1\u{a0}234\u{a0}567 votes", "1\u{a0}234\u{a0}567=1234567"),
            ("two fifths of it", "two fifths=0.4"),
            ("the 21st day", "21st=21"),
            ("the twenty-first day", "twenty-first=21"),
            ("the thirtieth day", "thirtieth=30"),
            ("saw one polling station in ten", "one polling station in ten=0.1"),
            ("Seven out of nine cranes", "Seven=7; nine=9"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn codes_and_pronouns_are_no_numbers() {
        for text in [
            "1,2,3",
            "9/10 on",
            "HG-07",
            "ref MT/118/2024",
            "no one came",
            "one another",
            "the one that",
            "COVID-19",
            "half past",
            "0101_port",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_of_names_are_labels() {
        let labels = |text: &str| found(text).iter().map(|n| n.label).collect::<Vec<_>>();
        assert_eq!(labels("near Terminal 3 now"), [true]);
        assert_eq!(labels("that Directorate Nine did"), [true]);
        assert_eq!(labels("see p. 3 there"), [true]);
        assert_eq!(labels("then crane four stopped"), [false]);
    }
}
