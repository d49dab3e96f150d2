//! Clock times: "17:40", "10.40", "7 a.m.", "eight in the morning", "noon".

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::Span;
use crate::text::language::{Language, Vocabulary, has, position};
use crate::text::numbers::number_words::{cardinal, first_words};
use crate::text::tokens::Tokens;
use crate::text::words::{Term, Word, form};

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockTime {
    pub span: Span,
    /// 0 to 1439.
    pub minute_of_day: u16,
    /// "at seven" may be morning or evening.
    pub ambiguous: bool,
}

/// The minute of the day of each of [`NAMED`].
const NAMED_MINUTES: [u16; 2] = [720, 0];

/// Times with a name.
static NAMED: [Vocabulary; 1] = [Vocabulary::new(Language::English, "noon midday | midnight")];

/// Words before "10.40" that make it a time.
static BEFORE_TIME: [Vocabulary; 6] = [
    Vocabulary::new(Language::English, "at until"),
    Vocabulary::new(Language::Spanish, "las"),
    Vocabulary::new(Language::French, "à"),
    Vocabulary::new(Language::German, "um"),
    Vocabulary::new(Language::Italian, "alle"),
    Vocabulary::new(Language::Portuguese, "às"),
];

/// Words behind it.
static BEHIND_TIME: [Vocabulary; 3] = [
    Vocabulary::new(Language::English, "am pm a p"),
    Vocabulary::new(Language::French, "h"),
    Vocabulary::new(Language::German, "uhr"),
];

/// The clock times of a text, given its words.
#[must_use]
pub fn clock_times(text: &str, words: &[Word]) -> Vec<ClockTime> {
    let tokens = Tokens { text, words };
    let mut found: Vec<ClockTime> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !may_begin(&words[at]) {
            at += 1;
            continue;
        }
        match clock_time(tokens, at) {
            Some((time, next)) => {
                found.push(time);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a time can begin with this word; nearly all words are told at once.
fn may_begin(word: &Word) -> bool {
    static FORMS: LazyLock<FxHashSet<Term>> = LazyLock::new(|| {
        let hours = first_words().filter(|word| hour_in_words(word).is_some());
        hours.chain(NAMED.iter().flat_map(Vocabulary::entries).map(|(_, word)| word)).map(form).collect()
    });
    word.has_digit || FORMS.contains(&word.form)
}

/// "one" to "twelve".
fn hour_in_words(word: &str) -> Option<u16> {
    cardinal(word).filter(|hour| (1..=12).contains(hour)).map(u16::from)
}

fn clock_time(tokens: Tokens<'_>, at: usize) -> Option<(ClockTime, usize)> {
    if let Some(named) = position(&NAMED, &tokens.lower(at)) {
        return Some((time(tokens, at, at + 1, NAMED_MINUTES[named], false), at + 1));
    }
    let HourAndMinute { hour, minute, next, notation } = hour_and_minute(tokens, at)?;
    let (half, after) = half_of_day(tokens, next);
    match half {
        Some(half) if hour <= 12 => Some((time(tokens, at, after, hour % 12 * 60 + half.minutes() + minute, false), after)),
        _ if notation == Notation::Clock => {
            // "7:30" may be either half of the day; "07:30" and "17:40" may not.
            let ambiguous = hour < 12 && tokens.raw(at).len() == 1;
            Some((time(tokens, at, next, hour * 60 + minute, ambiguous), next))
        }
        _ if matches!(tokens.lower(next).as_str(), "o'clock" | "o’clock") => {
            let (half, after) = half_of_day(tokens, next + 1);
            let minute_of_day = hour % 12 * 60 + half.map_or(0, HalfOfDay::minutes);
            Some((time(tokens, at, after, minute_of_day, half.is_none()), after))
        }
        _ => None,
    }
}

fn time(tokens: Tokens<'_>, first: usize, next: usize, minute_of_day: u16, ambiguous: bool) -> ClockTime {
    ClockTime { span: tokens.span(first, next), minute_of_day, ambiguous }
}

/// How an hour is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// With its minutes.
    Clock,
    Figure,
    Word,
}

struct HourAndMinute {
    hour: u16,
    minute: u16,
    /// The word behind them.
    next: usize,
    notation: Notation,
}

/// "17:40", "10.40" after "at" or before "Uhr", "7", "seven".
fn hour_and_minute(tokens: Tokens<'_>, at: usize) -> Option<HourAndMinute> {
    let word = tokens.raw(at);
    if let Some(hour) = hour_in_words(&word.to_lowercase()) {
        return Some(HourAndMinute { hour, minute: 0, next: at + 1, notation: Notation::Word });
    }
    let minute = |text: &str| text.parse::<u16>().ok().filter(|m| text.len() == 2 && *m < 60);
    if let Some((hour, behind)) = word.split_once('.') {
        let hour = hour.parse().ok().filter(|h| *h < 24)?;
        let minute = minute(behind)?;
        let is_time = has(&BEFORE_TIME, &tokens.lower_before(at)) || has(&BEHIND_TIME, &tokens.lower(at + 1));
        return is_time.then_some(HourAndMinute { hour, minute, next: at + 1, notation: Notation::Clock });
    }
    let hour: u16 = word.parse().ok().filter(|h| *h < 25 && word.len() <= 2)?;
    if tokens.gap_in_line(at) == ":"
        && let Some(minute) = minute(tokens.raw(at + 1))
    {
        let seconds = tokens.raw(at + 2);
        let has_seconds = tokens.gap_in_line(at + 1) == ":" && seconds.len() == 2 && seconds.parse::<u16>().is_ok();
        let next = at + 2 + usize::from(has_seconds);
        return Some(HourAndMinute { hour: hour % 24, minute, next, notation: Notation::Clock });
    }
    Some(HourAndMinute { hour, minute: 0, next: at + 1, notation: Notation::Figure })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HalfOfDay {
    Morning,
    Afternoon,
}

impl HalfOfDay {
    /// The minutes of the day before it.
    fn minutes(self) -> u16 {
        match self {
            Self::Morning => 0,
            Self::Afternoon => 720,
        }
    }
}

/// "a.m.", "pm", "in the morning", with the word behind.
fn half_of_day(tokens: Tokens<'_>, at: usize) -> (Option<HalfOfDay>, usize) {
    use HalfOfDay::{Afternoon, Morning};
    if at == 0 || !matches!(tokens.gap_in_line(at - 1), " " | "" | "\u{202f}") {
        return (None, at);
    }
    let has_dot = tokens.gap_in_line(at) == ".";
    match (tokens.lower(at).as_str(), tokens.lower(at + 1).as_str(), tokens.lower(at + 2).as_str()) {
        ("am", ..) => (Some(Morning), at + 1),
        ("pm", ..) => (Some(Afternoon), at + 1),
        ("a", "m", _) if has_dot => (Some(Morning), at + 2),
        ("p", "m", _) if has_dot => (Some(Afternoon), at + 2),
        ("in", "the", "morning") => (Some(Morning), at + 3),
        ("in", "the", "afternoon" | "evening") => (Some(Afternoon), at + 3),
        _ => (None, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn clock_times_in_every_usual_form() {
        for (text, expected) in [
            ("at 17:40", Some((1060, false))),
            ("at 10.40", Some((640, false))),
            ("7 a.m.", Some((420, false))),
            ("7:30 pm", Some((1170, false))),
            ("noon", Some((720, false))),
            ("eight in the\nmorning", Some((480, false))),
            ("nine in the evening", Some((1260, false))),
            ("eight o'clock", Some((480, true))),
            ("eight stations", None),
            ("won 3:2", None),
            ("10.40 metres", None),
        ] {
            let found = clock_times(text, &words(text));
            assert_eq!(found.first().map(|t| (t.minute_of_day, t.ambiguous)), expected, "{text}");
        }
    }
}
