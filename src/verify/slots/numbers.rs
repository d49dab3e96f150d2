//! Numbers: another value of the same kind with the same neighbours, and one that is only denied.

use super::{Neighbours, sentence_text, share_of};
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, Word, term};
use crate::text::{Analysis, Span};
use crate::verify::items::Items;
use crate::verify::polarity::is_negation;
use crate::verify::windows::Windows;
use crate::verify::{Claim, Conflict, Slot};

/// A comparable number of the sentence with the same neighbours, and another value.
pub fn number(claim: &Claim<'_>, i: usize, sentence: &SourceSentence, library: &View<'_>) -> Option<Span> {
    let wanted = &claim.analysis.numbers[i];
    let others: Vec<&Number> = claim.analysis.numbers.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, n)| n).collect();
    if is_score(claim.text, wanted) {
        return None;
    }
    let mine = Neighbours::of(claim.analysis, wanted.span);
    sentence
        .analysis
        .numbers
        .iter()
        .filter(|n| {
            !n.label
                && !is_score(sentence_text(library, sentence), n)
                && (n.kind != Kind::Vague || wanted.kind == Kind::Vague)
                && (wanted.comparable(n) && !wanted.satisfied_by(n) || wanted.differs_in_unit(n))
        })
        .filter(|n| !others.iter().any(|other| other.satisfied_by(n)))
        .filter(|n| !is_other_part(claim, sentence, n, wanted))
        .map(|n| (mine.agreement(&Neighbours::of(&sentence.analysis, n.span), wanted.unit.is_some()), n))
        .filter(|(agreement, _)| *agreement >= 2)
        .fold(Best::default(), Best::or)
        .only()
}

/// The number whose place is most alike; of several that are alike none is meant.
#[derive(Default)]
struct Best<'n> {
    agreement: usize,
    found: Option<&'n Number>,
    is_tie: bool,
}

impl<'n> Best<'n> {
    fn or(self, (agreement, number): (usize, &'n Number)) -> Self {
        match self.found {
            Some(found) if agreement == self.agreement => Self { is_tie: self.is_tie || !found.same_value(number), ..self },
            Some(_) if agreement < self.agreement => self,
            _ => Self { agreement, found: Some(number), is_tie: false },
        }
    }

    fn only(self) -> Option<Span> {
        self.found.filter(|_| !self.is_tie).map(|n| n.span)
    }
}

/// "At least 600" against "up to 600", "410 miles" against "410 kilometres": where the figures are
/// the same, the words around them are what differs.
pub fn with_words(analysis: &Analysis, span: Span) -> Span {
    let number = analysis.numbers.iter().find(|n| n.span == span);
    let unit = analysis.words.iter().find(|w| w.span.start >= span.end).filter(|w| w.span.start - span.end <= 1);
    number.map_or(span, |n| unit.map_or(n.with_bound, |w| n.with_bound.cover(w.span)))
}

/// A value that the source names only to deny it: "not 41 but 39", "not in the 109th".
pub fn denied_value(claim: &Claim<'_>, items: &Items, at: usize, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    const SAYS: f32 = 0.3;
    let span = items.items[at].span;
    let own = claim.analysis.words.iter().take_while(|w| w.span.end <= span.start).collect::<Vec<_>>();
    if own.iter().rev().take(3).any(|w| is_negation(w.form)) {
        return None;
    }
    let terms = items.all() & !items.slots;
    windows
        .looked_at
        .iter()
        .filter(|l| l.mask >> at & 1 == 1 && share_of(items, l.mask | l.near | l.around, terms) >= SAYS)
        .find_map(|l| {
            let sentence = library.sentence(SentenceId(l.at));
            let text = sentence_text(library, sentence);
            let theirs = &sentence.analysis;
            let is_denied = |place: Span| {
                let before: Vec<&Word> = theirs.words.iter().take_while(|w| w.span.end <= place.start).collect();
                before.iter().rev().take(3).take_while(|w| w.is_stop || is_negation(w.form)).any(|w| w.span.of(text) == "not")
                    && !before.iter().rev().take(3).any(|w| matches!(w.span.of(text), "just" | "only" | "merely"))
            };
            let mut places = items.places(claim, at, theirs).peekable();
            places.peek()?;
            let all_denied = places.all(is_denied);
            let value = items.others(claim, at, theirs).next()?;
            all_denied.then(|| Conflict::with(sentence, Slot::Number, span, value))
        })
}

/// "Costs include 17 million for the hall": a part says nothing against a total, unless the claim
/// speaks of what it is a part for.
fn is_other_part(claim: &Claim<'_>, sentence: &SourceSentence, number: &Number, wanted: &Number) -> bool {
    thread_local! {
        static INCLUDE: Term = term("include");
    }
    let is_part = |analysis: &Analysis, value: Span| {
        let mut before = analysis.words.iter().take_while(|w| w.span.end <= value.start);
        INCLUDE.with(|include| before.any(|w| w.term == *include))
    };
    if !is_part(&sentence.analysis, number.span) || is_part(claim.analysis, wanted.span) {
        return false;
    }
    let theirs = &sentence.analysis;
    let next = theirs.numbers.iter().map(|n| n.span.start).filter(|start| *start >= number.span.end).min().unwrap_or(usize::MAX);
    let behind = theirs.words.iter().filter(|w| w.span.start >= number.span.end && w.span.end <= next && !w.is_stop);
    let has_unit = matches!(number.kind, Kind::Money | Kind::Duration | Kind::Measure);
    let is_unit = |w: &Word| has_unit && w.span.start - number.span.end <= 1;
    !behind.filter(|w| !is_unit(w)).any(|w| claim.analysis.words.iter().any(|c| c.term == w.term))
}

/// One half of "10–7": a result or a range counts nothing by itself.
fn is_score(text: &str, number: &Number) -> bool {
    let dash = |c: char| matches!(c, '-' | '–' | '‑');
    let digit = |c: char| c.is_ascii_digit();
    let (before, after) = (&text[..number.span.start], &text[number.span.end..]);
    number.unit.is_none()
        && (before.ends_with(dash) && before.trim_end_matches(dash).ends_with(digit)
            || after.starts_with(dash) && after.trim_start_matches(dash).starts_with(digit))
}
