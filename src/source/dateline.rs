//! The day on which a document came out, as the lines around its headline tell it: "Published 13 January 2017", a date by
//! itself, a byline with one, the dateline of an agency.
//!
//! A date inside a sentence is no such thing, as it may be a birthday or a deadline.

use std::sync::LazyLock;

use regex::Regex;

use super::metadata::iso_date;
use crate::text::blocks::{BlockKind, Layout};
use crate::text::dates::{Date, dates};
use crate::text::words::words;

/// A block of a page as it is shown, of the first ones, in which datelines stand.
#[derive(Debug)]
pub struct Line {
    pub text: String,
    pub is_headline: bool,
    pub is_boilerplate: bool,
    /// What a `time` element in it says.
    pub time: Option<String>,
}

/// What is longer is a paragraph of the text: only its head is kept.
pub const LONGEST_LINE: usize = 200;

/// Lines before the headline that may be about the article: a section, a date.
const BEFORE: usize = 6;

/// How far into a text its date may stand, in bytes.
const HEAD: usize = 600;

/// Where nothing is a headline, the lines in which a date may stand.
const FIRST: usize = 12;

/// Words that say that the date behind them is that of publication.
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(first\ published|published|posted|publication\ date|date\ of\ publication|publication|date\ published|issued|released
            | date\ of\ issue | release\ date | press\ release | filed | date | dated
            | veröffentlicht|erschienen|publiziert | publié|publiée|mis\ en\ ligne|paru | publicado|publicada | pubblicato|pubblicata
            | gepubliceerd|geplaatst | opublikowano | publicerad|publicerat | publisert | udgivet|offentliggjort | julkaistu | опубликовано
            | datum|fecha|data )
            (\ (on|at|online|by\ [^|]{1,60}\ on|am|den|der|le|el|il|em|op|på|den|um|w|dnia))? [\s:,;|·•–—-]* (on\ )?$",
    )
    .expect("a valid pattern")
});

/// What may stand before a date that stands for itself: nothing, a weekday, a byline.
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(
            [\s(\[|·•–—-]*
            | ((by|von|par|por|di|door|av)\ [^.!?]{2,80} | [\p{L}\ .'’&-]{2,60}) \s* [|·•,–—/-]\s*
            | (by|von|par|por|di|door|av)\ [\p{L}\ .'’-]{2,60}\s+
            ) (on\ |am\ |den\ |le\ |el\ |il\ |\p{L}{2,10}[,.]?\ ?)? \s*$",
    )
    .expect("a valid pattern")
});

/// What may stand behind it: a time of day, how long it takes to read, a byline, that it was changed later.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s,.;)\]|·•–—-]*(
            $ | (at|um|à|a\ las|alle|kl\.?|-|–|—)?\s*\d{1,2}[:.h]\d{2} | \d{1,2}\s*(am|pm|uhr|h)\b | \d+\ min | by\b|von\b|par\b|por\b
            | updated|modified|last|aktualisiert|mis\ à\ jour|actualizado | in\b | comments?\b | share\b | \d+\ comments?
            ) | ^\s*[|·•/]",
    )
    .expect("a valid pattern")
});

/// Other days than that of publication.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ix)\b(born|died|deadline|updated|modified|last\ (updated|modified|reviewed|changed)|changed|revised|reviewed|edited|expires?|due|until|valid|accessed|retrieved|archived|copyright|next|event|starts?|ends?|closing|closes|aktualisiert|stand|geändert|mis\ à\ jour|actualizado|aggiornato|bijgewerkt|geboren|né)\b|©")
        .expect("a valid pattern")
});

/// What minutes and transcripts begin with: "Held in the clubhouse on 11 September 2023."
static HELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(held|(minutes|transcript|record|report)\b.{0,60}\b(meeting|session|hearing|sitting))\b")
        .expect("a valid pattern")
});

/// `HOLMNESS, 19 January 2024 (Coast Wire) – …`, `Holmness, 19 January 2024. …`
static OF_AGENCY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[^.!?;:—–]{2,80}(\s[—–-]+\s|\s?—\s?|\)\s?[—–-]+\s?|,[^.!?;:,—–]{6,30}\d{4}\.\s)")
        .expect("a valid pattern")
});

/// The day by a `time` element in a line around the headline.
pub fn of_times(lines: &[Line]) -> Option<String> {
    let around = around(lines);
    let day = |line: &Line| line.time.as_deref().and_then(iso_date).filter(|date| date.len() == "2024-01-19".len());
    let short = || lines[around.clone()].iter().filter(|line| line.text.len() < LONGEST_LINE);
    short()
        .filter(|line| !OTHER.is_match(&line.text))
        .find_map(day)
        .or_else(|| short().filter(|line| is_published_first(&line.text)).find_map(day))
}

/// The day by the words of lines.
pub fn of_words(lines: &[Line]) -> Option<String> {
    let near = &lines[around(lines)];
    let short = |line: &&Line| line.text.len() < LONGEST_LINE;
    let labelled = near.iter().filter(short).find_map(|line| labelled(&line.text));
    let alone = || near.iter().filter(short).find_map(|line| alone(&line.text));
    // Some pages say it below the text.
    let below = || {
        let mut all =
            lines.iter().filter(short).filter(|line| !line.is_boilerplate).filter_map(|line| self::labelled(&line.text));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    };
    labelled.or_else(alone).or_else(|| of_agency(near)).or_else(below)
}

/// The day by the head of a text without markup. A heading or a short line names it in any words: "Hearing of 14 March 2024".
pub fn of_head(layout: &Layout) -> Option<String> {
    const SHORT: usize = 100;
    let first = layout.blocks.first()?.span.start;
    let near = layout.blocks.iter().take_while(|block| block.span.start < first + HEAD);
    let lines = near.flat_map(|block| block.span.of(&layout.visible).lines().map(|line| (block.kind, line.trim())));
    // The least that a day and a year have.
    const DIGITS: usize = 5;
    let has_digits = |line: &str| line.bytes().filter(u8::is_ascii_digit).take(DIGITS).count() == DIGITS;
    lines.filter(|(_, line)| has_digits(line)).find_map(|(kind, whole)| {
        let line = &whole[..whole.floor_char_boundary(LONGEST_LINE)];
        let found = full(line);
        let first = found.first()?;
        let is_short = || {
            whole.len() <= SHORT && !line.ends_with(['.', '!', '?', ';', ','])
                || kind == BlockKind::Heading
                || HELD.is_match(line)
        };
        let is_of_agency = || OF_AGENCY.find(line).is_some_and(|dateline| first.span.end <= dateline.end());
        let is_named = || is_short() && !OTHER.is_match(&line[..first.span.start]);
        published(&found, line).or_else(|| (is_named() || is_of_agency()).then_some(first)).and_then(iso)
    })
}

/// The lines from a little before the headline to the first paragraph of the text.
fn around(lines: &[Line]) -> std::ops::Range<usize> {
    let headline = lines.iter().position(|line| line.is_headline);
    let start = headline.map_or(0, |at| at.saturating_sub(BEFORE));
    let from = headline.unwrap_or(0);
    let text =
        lines[from..].iter().position(|line| line.text.len() >= LONGEST_LINE - 3 && !line.is_boilerplate && !line.is_headline);
    let end = text.map_or(lines.len(), |at| from + at + 1).min(from + FIRST);
    start..end.min(lines.len())
}

fn full(text: &str) -> Vec<Date> {
    let all = dates(text, &words(text));
    all.into_iter().filter(|date| date.year.is_some() && date.month.is_some() && date.day.is_some()).collect()
}

fn iso(date: &Date) -> Option<String> {
    Some(format!("{:04}-{:02}-{:02}", date.year?, date.month?, date.day?))
}

fn labelled(text: &str) -> Option<String> {
    published(&full(text), text).and_then(iso)
}

/// The first of a line's dates of which the words before it say that it is that of publication.
fn published<'d>(found: &'d [Date], text: &str) -> Option<&'d Date> {
    found.iter().find(|date| PUBLISHED.is_match(&text[..date.span.start]))
}

/// Whether a line says the day of publication before that of a change.
fn is_published_first(text: &str) -> bool {
    PUBLISHED.find(text).is_some() || full(text).first().is_some_and(|date| !OTHER.is_match(&text[..date.span.start]))
}

fn alone(text: &str) -> Option<String> {
    let found = full(text);
    let first = found.first()?;
    let (before, behind) = (&text[..first.span.start], &text[first.span.end..]);
    let is_one = found.len() == 1 || OTHER.is_match(&behind[..behind.len().min(found[1].span.start - first.span.end)]);
    (is_one && !OTHER.is_match(before) && BYLINE.is_match(before) && BEHIND.is_match(behind)).then(|| iso(first)).flatten()
}

fn of_agency(lines: &[Line]) -> Option<String> {
    lines.iter().filter(|line| !line.is_boilerplate && !line.is_headline).find_map(|line| {
        let dateline = OF_AGENCY.find(&line.text)?.as_str();
        full(dateline).first().and_then(iso)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_datelines() {
        for (text, date) in [
            ("Published 13 January 2017", Some("2017-01-13")),
            ("Posted on 13/01/2017", Some("2017-01-13")),
            ("Posted on January 13, 2017 by admin in News", Some("2017-01-13")),
            ("By Ann Ode | Published: Jan 13, 2017 at 10:22", Some("2017-01-13")),
            ("13 January 2017", Some("2017-01-13")),
            ("Friday, 13 January 2017", Some("2017-01-13")),
            ("Friday 13 January 2017 06.00 GMT", Some("2017-01-13")),
            ("By Ann Ode, 13 January 2017", Some("2017-01-13")),
            ("Ann Ode · 13 January 2017 · 5 min read", Some("2017-01-13")),
            ("13 January 2017, updated 15 January 2017", Some("2017-01-13")),
            ("Updated 15 January 2017", None),
            ("Born 15 January 1957 in Holm", None),
            ("Applications close on 15 March 2017", None),
            ("The mayor was elected on 15 March 2017 by the council.", None),
            ("© 15 March 2017", None),
            ("1 May 2017 – 3 June 2017", None),
        ] {
            assert_eq!(labelled(text).or_else(|| alone(text)).as_deref(), date, "{text}");
        }
    }
}
