//! Years, alone and behind a month: "in 2011", "(2011)", "2018–19", "14 March 2024".

use super::Date;
use crate::text::language::{Language, Vocabulary, has};
use crate::text::tokens::Tokens;

/// Words behind which a number of four digits is a year.
static BEFORE: [Vocabulary; 4] = [
    Vocabulary::new(
        Language::English,
        "in since by until till from to of before after during between and through year early late mid the than against for \
         around circa c spring summer autumn winter fall election season",
    ),
    Vocabulary::new(Language::Spanish, "en desde hasta"),
    Vocabulary::new(Language::French, "en depuis"),
    Vocabulary::new(Language::German, "seit"),
];

/// Years that need no word before them.
const RECENT: std::ops::RangeInclusive<i32> = 1900..=2059;

pub(super) fn is_year(year: u32) -> bool {
    (1400..=2100).contains(&year)
}

/// The year that a word is.
pub(super) fn year(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse::<u32>().ok()).flatten().filter(|y| is_year(*y)).map(|y| y as i32)
}

/// The year behind a date's other words, and the word behind it.
pub(super) fn year_behind(tokens: Tokens<'_>, next: usize) -> Option<(i32, usize)> {
    if !matches!(tokens.gap_in_line(next - 1), " " | ", " | "," | ". ") {
        return None;
    }
    let is_of = matches!(tokens.raw(next), "of" | "de");
    let found = year(tokens.raw(next)).map(|found| (found, next + 1));
    found.or_else(|| year(tokens.raw(next + 1)).filter(|_| is_of).map(|found| (found, next + 2)))
}

/// A year without month: "in 2011", "(2011)", "2011 was".
pub(super) fn year_alone(tokens: Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let found = year(tokens.raw(at))?;
    let gap_before = at.checked_sub(1).map(|before| tokens.gap_in_line(before).trim());
    let is_glued = gap_before.is_some_and(|gap| {
        !matches!(gap, "" | "," | "(" | "–" | "-" | "/" | "’" | ":" | ";" | ". " | "." | "—" | "“" | "\"" | "[")
    });
    let before = tokens.before(at);
    let is_money = before.trim_end().ends_with(['$', '£', '€', '#']);
    let is_code = before.ends_with(['-', '/', '_']) && at > 0 && year(tokens.raw(at - 1)).is_none();
    let opens = before.trim_end().ends_with(['(', ',', '–', '-']) || at == 0;
    // In "1,900 people" and "2000 people" the noun is counted; after "in" it is a year.
    let counts_noun = tokens.gap_in_line(at) == " "
        && tokens.words.get(at + 1).is_some_and(|w| !w.is_stop && !w.is_capital && tokens.raw(at + 1).ends_with('s'));
    let is_plausible = has(&BEFORE, &tokens.lower_before(at)) || (opens || RECENT.contains(&found)) && !counts_noun;
    (is_plausible && !is_glued && !is_money && !is_code).then(|| (of_year(tokens, at, found), at + 1))
}

/// The end of "2018–19", in the century of its beginning.
pub(super) fn short_year(tokens: Tokens<'_>, at: usize) -> Option<(Date, usize)> {
    let before = at.checked_sub(1)?;
    let first = year(tokens.raw(before))?;
    let last = tokens.raw(at).parse::<i32>().ok().filter(|_| tokens.raw(at).len() == 2)?;
    // "2010-12" may be a month.
    let is_range = match tokens.gap_in_line(before) {
        "–" | "/" => true,
        "-" => last > 12,
        _ => false,
    };
    let found = first - first % 100 + last + if last == 0 { 100 } else { 0 };
    (is_range && found > first).then(|| (of_year(tokens, at, found), at + 1))
}

fn of_year(tokens: Tokens<'_>, at: usize, year: i32) -> Date {
    Date { span: tokens.words[at].span, year: Some(year), ..Date::default() }
}

#[cfg(test)]
mod tests {
    use crate::text::dates::tests::shown;

    #[test]
    fn the_end_of_a_range_of_years_may_lack_its_century() {
        for (text, expected) in [
            ("the 2018–19 season", vec!["2018-?-?", "2019-?-?"]),
            ("in 1999/00", vec!["1999-?-?", "2000-?-?"]),
            ("the 2018-19 season", vec!["2018-?-?", "2019-?-?"]),
            ("in 2018-04", vec!["2018-?-?"]),
            ("in 2018–17", vec!["2018-?-?"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
