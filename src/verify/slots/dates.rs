//! Dates, years, eras and clock times: another one in the same place, and a weekday that is not
//! that of its date.

use super::Neighbours;
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::dates::{Date, differ};
use crate::text::words::Term;
use crate::text::{Analysis, Span};
use crate::verify::items::same_time;
use crate::verify::windows::Windows;
use crate::verify::{Claim, Conflict, Slot};

/// The only date of the sentence of the same grain, if it is another one.
pub fn date(claim: &Claim<'_>, i: usize, sentence: &SourceSentence, library: &View<'_>) -> Option<Span> {
    let wanted = &claim.analysis.dates[i];
    let same_grain = |d: &&Date| d.month.is_some() == wanted.month.is_some() && d.day.is_some() == wanted.day.is_some();
    let dates: Vec<_> = sentence.analysis.dates.iter().filter(same_grain).collect();
    let mine = Neighbours::of(claim.analysis, wanted.span);
    // When something was published is not when it happened.
    let is_published = |d: &Date| {
        let before = sentence.analysis.words.iter().rev().skip_while(|w| w.span.end > d.span.start).take(3);
        before.map(|w| w.term).any(is_publishing) || is_dateline(d, sentence, &library.source(sentence.source).layout.visible)
    };
    let agreed = |d: &Date| {
        dates.len() == 1 && (wanted.day.is_some() || wanted.weekday.is_some())
            || mine.agreement(&Neighbours::of(&sentence.analysis, d.span), false) >= 2
    };
    dates
        .iter()
        .find(|d| {
            wanted.conflicts(d) && agreed(d) && !is_published(d) && !claim.analysis.dates.iter().any(|other| other.agrees(d))
        })
        .map(|d| d.span)
}

/// "TAVASK, 3 February 2025 — The board said": when it was written.
fn is_dateline(date: &Date, sentence: &SourceSentence, visible: &str) -> bool {
    const LONGEST: usize = 60;
    let before = Span::new(sentence.span.start, date.span.start.max(sentence.span.start)).of(visible);
    let behind = visible[date.span.end..].trim_start_matches([')', ',', '.', ' ']);
    before.len() < LONGEST && before.chars().next().is_none_or(char::is_uppercase) && behind.starts_with(['—', '–'])
}

fn is_publishing(term: Term) -> bool {
    thread_local! {
        static TERMS: Vec<Term> = ["published", "article", "report", "story", "issue", "edition", "dated"].map(crate::text::words::term).to_vec();
    }
    TERMS.with(|terms| terms.contains(&term))
}

/// The only year of the sentence, if it is another one.
pub fn year(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.dates[i];
    let mut years = sentence.analysis.dates.iter().filter(|d| d.year.is_some());
    // "The 1900s" are many years.
    let behind = &claim.text[wanted.span.end..];
    if behind.starts_with(['s', '\'', '’']) {
        return None;
    }
    let (only, more) = (years.next()?, years.next());
    let same_grain = only.month.is_some() == wanted.month.is_some();
    let other = only.year != wanted.year
        && same_grain
        && (wanted.month.is_none() || only.month == wanted.month && only.day == wanted.day);
    (more.is_none() && other && claim.analysis.dates.iter().filter(|d| d.year.is_some()).count() == 1).then_some(only.span)
}

/// The only time of the sentence, if it is another era with the same neighbours.
pub fn era(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.eras[i];
    let theirs = &sentence.analysis;
    let [other] = theirs.eras.as_slice() else { return None };
    let mine = Neighbours::of(claim.analysis, wanted.span);
    let agrees = mine.agreement(&Neighbours::of(theirs, other.span), false) >= 2;
    (agrees && other.is_apart(wanted) && theirs.dates.iter().all(|d| d.year.is_none())).then_some(other.span)
}

/// The only clock time of the sentence, or the one behind the same word, if it is another one.
pub fn time(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.times[i];
    let mine = Neighbours::of(claim.analysis, wanted.span);
    let only = sentence.analysis.times.len() == 1;
    let in_place = |span: Span| only || mine.follows_the_same(&Neighbours::of(&sentence.analysis, span));
    sentence.analysis.times.iter().find(|t| in_place(t.span)).filter(|t| !same_time(wanted, t)).map(|t| t.span)
}

/// A weekday that is not that of its date, which the source has too.
pub fn weekdays(claim: &Claim<'_>, windows: &Windows, library: &View<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for date in claim.analysis.dates.iter().filter(|d| d.weekday.is_some() && d.month.is_some() && d.day.is_some()) {
        let place = windows.looked_at.iter().find_map(|l| {
            let sentence = library.sentence(SentenceId(l.at));
            let same = |d: &&Date| d.month == date.month && d.day == date.day && d.year.is_some() && !differ(d.year, date.year);
            sentence.analysis.dates.iter().find(same).map(|d| (sentence, d))
        });
        if let Some((sentence, theirs)) = place {
            let full = Date { year: theirs.year, ..date.clone() };
            if full.weekday_is_right() == Some(false) && theirs.weekday != date.weekday {
                found.push(Conflict::with(sentence, Slot::Date, date.span, theirs.span));
            }
        }
    }
    found
}

/// "In 2019 turnout was 66 per cent" says nothing against a claim on another year.
pub fn speaks_of_another_year(claim: &Claim<'_>, sentence: &SourceSentence) -> bool {
    let years = |analysis: &Analysis| analysis.dates.iter().filter_map(|d| d.year).collect::<Vec<_>>();
    let (mine, theirs) = (years(claim.analysis), years(&sentence.analysis));
    mine.is_empty() && theirs.len() == 1 && sentence.analysis.dates.iter().any(|d| d.year.is_some() && d.month.is_none())
}
