//! Names of people, places and bodies: runs of capitalised words.
//!
//! No gazetteer: a run of capitals with the particles that names have inside ("Council of
//! Littoral States", "van der Berg"). A single capitalised word at the start of a sentence may be
//! an ordinary word; it is marked as such, and whoever compares names decides.

use super::Span;
use super::words::Word;

/// A name, as a run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub span: Span,
    /// Which of the text's words it consists of, particles included: `first..last`.
    pub first: usize,
    pub last: usize,
    /// One word at the start of a sentence or of a quotation, which may be no name at all.
    pub is_doubtful: bool,
}

/// The names among the words of one sentence.
#[must_use]
pub fn names(text: &str, words: &[Word]) -> Vec<Name> {
    if is_headline(words) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !begins_name(text, words, at) {
            at += 1;
            continue;
        }
        let last = end_of_run(text, words, at);
        found.extend(name(text, words, at, last));
        at = last;
    }
    found
}

/// Where (nearly) every word is capitalised, capitals say nothing.
fn is_headline(words: &[Word]) -> bool {
    let letters: Vec<_> = words.iter().filter(|w| !w.has_digit && !w.is_stop).collect();
    letters.len() >= 5 && letters.iter().filter(|w| w.is_capital).count() * 10 >= letters.len() * 9
}

fn begins_name(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    word.is_capital && !word.is_stop && !is_calendar(word.span.of(text)) && word.span.of(text) != "I"
}

fn end_of_run(text: &str, words: &[Word], first: usize) -> usize {
    let mut last = first + 1;
    while last < words.len() {
        let gap = Span::new(words[last - 1].span.end, words[last].span.start).of(text);
        let joined = matches!(gap.trim_matches([' ', '\n', '\r', '\u{a0}']), "" | "." | "-" | "&" | "’" | "'");
        if !joined || is_calendar(words[last].span.of(text)) {
            break;
        }
        if words[last].is_capital && !words[last].is_stop || is_numbered(text, words, first, last) {
            last += 1;
        } else if is_particle(words[last].span.of(text))
            && words.get(last + 1).is_some_and(|w| w.is_capital && !w.is_stop)
            && !is_calendar(words[last + 1].span.of(text))
        {
            last += 2;
        } else if is_particle(words[last].span.of(text))
            && words.get(last + 1).is_some_and(|w| is_particle(w.span.of(text)))
            && words.get(last + 2).is_some_and(|w| w.is_capital && !w.is_stop)
        {
            last += 3;
        } else {
            break;
        }
    }
    last
}

/// "Terminal 3", "Apollo 11": a number that belongs to the name.
fn is_numbered(text: &str, words: &[Word], first: usize, at: usize) -> bool {
    words[at].has_digit
        && at == first + 1
        && words[at].span.len() <= 3
        && Span::new(words[first].span.end, words[at].span.start).of(text) == " "
}

fn name(text: &str, words: &[Word], first: usize, last: usize) -> Option<Name> {
    let span = words[first].span.cover(words[last - 1].span);
    let before = text[..words[first].span.start].trim_end();
    let opens = first == 0 || before.ends_with(['.', '!', '?', ':', '“', '"', '«', '„', '‘', '(', '•', '*']);
    let is_acronym = span.of(text).chars().filter(|c| c.is_uppercase()).count() > 1;
    let is_doubtful = opens && last == first + 1 && !is_acronym;
    Some(Name { span, first, last, is_doubtful })
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "of" | "de"
            | "del"
            | "della"
            | "da"
            | "do"
            | "dos"
            | "du"
            | "la"
            | "van"
            | "von"
            | "der"
            | "den"
            | "al"
            | "el"
            | "bin"
            | "ibn"
    )
}

fn is_calendar(word: &str) -> bool {
    const CALENDAR: &[&str] = &[
        "Apr",
        "April",
        "Aug",
        "August",
        "Dec",
        "December",
        "Feb",
        "February",
        "Fri",
        "Friday",
        "Jan",
        "January",
        "Jul",
        "July",
        "Jun",
        "June",
        "Mar",
        "March",
        "May",
        "Mon",
        "Monday",
        "Nov",
        "November",
        "Oct",
        "October",
        "Sat",
        "Saturday",
        "Sep",
        "Sept",
        "September",
        "Sun",
        "Sunday",
        "Thu",
        "Thursday",
        "Tue",
        "Tuesday",
        "Wed",
        "Wednesday",
    ];
    CALENDAR.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn shown(text: &str) -> Vec<&str> {
        names(text, &words(text)).iter().map(|n| n.span.of(text)).collect()
    }

    #[test]
    fn runs_of_capitals_with_particles() {
        assert_eq!(
            shown("On Monday the Council of Littoral States sent Ilse van der Marrow to Terminal 3 in Port Ansel."),
            ["Council of Littoral States", "Ilse van der Marrow", "Terminal 3", "Port Ansel"]
        );
    }

    #[test]
    fn punctuation_ends_a_name() {
        assert_eq!(shown("They met Pell, Marrow and Hale."), ["Pell", "Marrow", "Hale"]);
    }

    #[test]
    fn a_capital_at_the_start_is_doubtful() {
        let text = "Turnout rose in Vesk.";
        let found = names(text, &words(text));
        assert_eq!(found.iter().map(|n| n.is_doubtful).collect::<Vec<_>>(), [true, false]);
    }
}
