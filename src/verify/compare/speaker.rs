//! Who said it: whom a note lets speak a quotation, against whom the source lets speak it.
//!
//! Every place where the words stand is looked at, and one that fits, or of which nothing can be
//! said, clears the note. A source may call one person by surname, full name, title and role, and
//! a body by the person who speaks for it; so somebody named near the words is only the wrong
//! one if the source's verb binds them to another, and both are surely two people.

mod attribution;

use crate::library::{SentenceId, SourceId, View};
use crate::note::quotations_in;
use crate::text::words::{form, words};
use crate::verify::claim::Claim;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::quotation::{Occurrence, places};
use crate::verify::verification::{QuotationCheck, QuotationMatch, WrongSpeaker};
use crate::verify::words::offices::is_position;
use crate::verify::words::saying::is_saying;
use attribution::{Speaker, Who, is_title};

pub const COMPARISON: Comparison =
    Comparison::new("speaker", "who speaks a quotation with whom the source lets speak it", Compare::Quoted);

/// How far from a quotation its speaker is named, in sentences.
const NEAR: usize = 3;

/// The first right quotation that no source lets the note's speaker say.
pub fn wrong_speaker(claim: &Claim<'_>, checks: &[QuotationCheck], library: &View<'_>) -> Option<WrongSpeaker> {
    checks.iter().find_map(|check| {
        let QuotationMatch::Verbatim { source, span } = check.found else { return None };
        let speaker = speaker(claim, check, checks)?;
        let check_at = Check { claim, speaker: &speaker, library };
        let told: Vec<Attribution> = places(claim, &check.quotation, library).iter().map(|place| check_at.at(place)).collect();
        let clears = |it: &Attribution| matches!(it, Attribution::Fits | Attribution::Unclear);
        if told.iter().any(clears) || told.iter().all(|it| matches!(it, Attribution::Silent)) {
            return None;
        }
        let actual = told.into_iter().find_map(|it| match it {
            Attribution::Another { source: of, name } if of == source => Some(name),
            _ => None,
        });
        Some(WrongSpeaker { claim: speaker.span, source, span, actual })
    })
}

/// Whom the note lets speak.
fn speaker(claim: &Claim<'_>, check: &QuotationCheck, checks: &[QuotationCheck]) -> Option<Speaker> {
    let whole = Span::new(0, claim.text.len());
    let read = attribution::around(claim.text, check.quotation.span, whole);
    read.or_else(|| beside_verb(claim, checks)).filter(|speaker| speaker.who != Who::Pronoun)
}

/// The only name beside a verb of saying, outside the quotations.
fn beside_verb(claim: &Claim<'_>, checks: &[QuotationCheck]) -> Option<Speaker> {
    let analysis = claim.analysis;
    let outside = |span: Span| !checks.iter().any(|c| c.quotation.span.overlaps(span));
    let mut found = analysis.names.iter().filter(|name| {
        let after = analysis.words[name.last..].iter().take(2);
        let before = analysis.words[..name.first].iter().rev().take(2);
        let colon = claim.text[name.span.end..].trim_start().starts_with(':');
        // "Q:" and "A:" are nobody.
        name.span.len() > 1 && outside(name.span) && (colon || after.chain(before).filter(|w| outside(w.span)).any(is_saying))
    });
    let (only, more) = (found.next()?, found.next());
    let of_name = &analysis.words[only.first..only.last];
    let terms: Vec<Term> = of_name.iter().filter(|w| !w.is_stop && !is_title(w)).map(|w| w.term).collect();
    (more.is_none() && !terms.is_empty()).then_some(Speaker { span: only.span, who: Who::Name(terms) })
}

/// What one place says of the note's speaker.
enum Attribution {
    Fits,
    Unclear,
    /// Nobody of that name, here or near.
    Absent,
    /// Nobody of that name, and no verb of saying either.
    Silent,
    /// The source's verb binds the words to somebody else.
    Another {
        source: SourceId,
        name: Span,
    },
}

/// The note's side, held against one place after the other.
struct Check<'a> {
    claim: &'a Claim<'a>,
    speaker: &'a Speaker,
    library: &'a View<'a>,
}

impl Check<'_> {
    fn at(&self, place: &Occurrence) -> Attribution {
        let bound = self.bound(place);
        match (&self.speaker.who, bound) {
            (Who::Pronoun, _) => Attribution::Unclear,
            (Who::Role(role), Some(bound)) => self.role_at(*role, place, &bound),
            (Who::Role(_), None) => Attribution::Unclear,
            (Who::Name(name), bound) => self.name_at(name, place, bound),
        }
    }

    /// Whom the source lets speak at the place.
    fn bound(&self, place: &Occurrence) -> Option<Speaker> {
        let source = self.library.source(place.source);
        let text = &source.layout.visible;
        let block = source.layout.blocks[self.library.sentence(SentenceId(place.sentence)).block].span;
        let within = around(text, block, place.span);
        let quotations = quotations_in(text, within);
        let Some(at) = quotations.iter().position(|q| q.span.encloses(place.span)) else {
            return attribution::label(text, block.trimmed(text));
        };
        let read = |i: usize| attribution::around(text, quotations[i].span, within);
        // “One,” Chen said. “Two.”: the second goes on where the first ended.
        let goes_on = |i: usize| {
            let own = Span::new(quotations[i - 1].span.end, quotations[i].span.start).of(text);
            own.matches(['.', '!', '?']).count() <= 1
        };
        let said = read(at).or_else(|| at.checked_sub(1).filter(|_| goes_on(at)).and_then(read))?;
        if said.who == Who::Pronoun { self.meant(place, quotations[at].span).or(Some(said)) } else { Some(said) }
    }

    /// Whom a "she" of the source means: the one name of the sentence before.
    fn meant(&self, place: &Occurrence, quotation: Span) -> Option<Speaker> {
        let first = (self.library.sentences_of(place.source).start..=place.sentence)
            .rev()
            .find(|i| self.library.sentence(SentenceId(*i)).span.end <= quotation.start)?;
        let sentence = self.library.sentence(SentenceId(first));
        let block = self.library.sentence(SentenceId(place.sentence)).block;
        let text = &self.library.source(place.source).layout.visible;
        attribution::only_subject(text, sentence.span).filter(|_| sentence.block == block)
    }

    fn name_at(&self, name: &[Term], place: &Occurrence, bound: Option<Speaker>) -> Attribution {
        let metadata = &self.library.source(place.source).metadata;
        let about = |texts: &[&Option<String>]| {
            texts.iter().filter_map(|text| text.as_deref()).flat_map(words).any(|w| name.contains(&w.term))
        };
        if about(&[&metadata.author, &metadata.publisher]) {
            return Attribution::Fits;
        }
        let is_near = self.names_near(place).iter().any(|t| name.contains(t));
        let is_known = self.mentions(name, place.source).next().is_some();
        match bound {
            Some(Speaker { span, who: Who::Name(other) }) => {
                if other.iter().any(|t| name.contains(t)) || self.is_spelt_like(span, place.source) {
                    Attribution::Fits
                } else if is_known && !self.are_two_people(name, &other, place.source) {
                    Attribution::Unclear
                } else {
                    Attribution::Another { source: place.source, name: span }
                }
            }
            _ if is_near || about(&[&metadata.title]) => Attribution::Fits,
            _ if is_known => Attribution::Unclear,
            _ if self.somebody_speaks(place.sentence) => Attribution::Absent,
            _ => Attribution::Silent,
        }
    }

    /// The note says "the minister": wrong where the source's minister is somebody else than the
    /// one who speaks there, who is something else.
    fn role_at(&self, role: Term, place: &Occurrence, bound: &Speaker) -> Attribution {
        let holders = self.holders(role, place.source);
        let other = match &bound.who {
            Who::Pronoun => return Attribution::Unclear,
            Who::Role(other) if *other == role => return Attribution::Fits,
            Who::Role(other) => {
                let others = self.holders(*other, place.source);
                let apart = !others.is_empty() && !holders.iter().any(|t| others.contains(t));
                return if apart && !holders.is_empty() {
                    Attribution::Another { source: place.source, name: bound.span }
                } else {
                    Attribution::Unclear
                };
            }
            Who::Name(other) => other,
        };
        if other.iter().any(|t| holders.contains(t)) {
            return Attribution::Fits;
        }
        let has_role_too = self.mentions(other, place.source).any(|words| words.iter().any(|w| w.term == role));
        if holders.is_empty() || has_role_too || !self.is_somebody(other, place.source) {
            return Attribution::Unclear;
        }
        Attribution::Another { source: place.source, name: bound.span }
    }

    /// The words of sentences of a source that hold a name.
    fn mentions<'n>(&'n self, name: &'n [Term], source: SourceId) -> impl Iterator<Item = &'n [Word]> {
        const MOST: usize = 12;
        let query: Vec<(Term, f32)> = name.iter().map(|t| (*t, 1.0)).collect();
        let found = self.library.passages(&query, Some(source), MOST);
        found
            .into_iter()
            .map(|(id, _)| &self.library.sentence(id).analysis.words[..])
            .filter(move |words| words.iter().any(|w| w.is_capital && name.contains(&w.term)))
    }

    /// The names that stand directly beside a role: "captain Lotte Brann", "the captain, Lotte
    /// Brann", "Lotte Brann, the captain".
    fn holders(&self, role: Term, source: SourceId) -> Vec<Term> {
        const MOST: usize = 12;
        let mut found = Vec::new();
        for (id, _) in self.library.passages(&[(role, 1.0)], Some(source), MOST) {
            let words = &self.library.sentence(id).analysis.words;
            for at in (0..words.len()).filter(|at| words[*at].term == role) {
                let after = words[at + 1..].iter().take_while(|w| w.is_capital && !w.is_stop);
                let before = words[..at].iter().rev().skip_while(|w| w.is_stop).take_while(|w| w.is_capital && !w.is_stop);
                found.extend(after.chain(before).filter(|w| !is_title(w)).map(|w| w.term));
            }
        }
        found
    }

    /// Whether two names of one source are surely two people: the note's is a person, the other
    /// does not speak for a body of that name, and no sentence holds both close together.
    fn are_two_people(&self, name: &[Term], other: &[Term], source: SourceId) -> bool {
        const CLOSE: usize = 6;
        let position = |words: &[Word], of: &[Term]| words.iter().position(|w| w.is_capital && of.contains(&w.term));
        let together = self.mentions(name, source).any(|words| match (position(words, name), position(words, other)) {
            (Some(a), Some(b)) => a.abs_diff(b) <= CLOSE,
            _ => false,
        });
        let note_says_person = self
            .claim
            .analysis
            .words
            .iter()
            .any(|w| is_title(w) && w.span.end <= self.speaker.span.end && self.speaker.span.start <= w.span.end + 2);
        let is_person = note_says_person || self.is_somebody(name, source);
        let may_be = is_person || self.speaks_here(name, source) && !self.is_somebody(other, source);
        may_be && !together
    }

    /// Whether a source tells what the bearer of a name is, or calls them "who" or by their age.
    fn is_somebody(&self, name: &[Term], source: SourceId) -> bool {
        let text = &self.library.source(source).layout.visible;
        self.mentions(name, source).any(|words| {
            let Some(last) = words.iter().rposition(|w| w.is_capital && name.contains(&w.term)) else { return false };
            let first = words[..=last].iter().rposition(|w| !w.is_capital || w.is_stop).map_or(0, |at| at + 1);
            let title_inside = words[first..last].iter().any(is_title);
            let before = first.checked_sub(1).is_some_and(|i| is_title(&words[i]));
            // "Ada Fenn, the owner", but not "Fenn Mills, whose owner" and not "Fenn's owner".
            let apposed = text[words[last].span.end..].starts_with(',');
            let after = words[last + 1..].iter().take(4).take_while(|w| !is_saying(w) && w.form != form("whose"));
            let is_who = words.get(last + 1).is_some_and(|w| w.form == form("who") || w.has_digit && w.span.len() == 2);
            title_inside || before || apposed && (is_who || after.take_while(|w| !w.is_capital).any(is_position))
        })
    }

    /// Whether the bearer of a name does something in a source that speakers do.
    fn speaks_here(&self, name: &[Term], source: SourceId) -> bool {
        static ANSWERS: WordSet = WordSet::forms("disagreed agreed nodded laughed declined shrugged smiled denied rejected");
        self.mentions(name, source).any(|words| {
            let at = words.iter().rposition(|w| w.is_capital && name.contains(&w.term));
            let next = at.and_then(|at| words.get(at + 1));
            next.is_some_and(|w| is_saying(w) || ANSWERS.has(w))
        })
    }

    /// Terms of all capitalised words near a place.
    fn names_near(&self, place: &Occurrence) -> Vec<Term> {
        let range = self.library.sentences_of(place.source);
        let near = place.sentence.saturating_sub(NEAR).max(range.start)..(place.sentence + NEAR + 1).min(range.end);
        let words = near.flat_map(|i| &self.library.sentence(SentenceId(i)).analysis.words);
        words.filter(|w| w.is_capital).map(|w| w.term).collect()
    }

    /// Whether the sentence or its neighbours tell of somebody saying something.
    fn somebody_speaks(&self, at: usize) -> bool {
        let range = self.library.sentences_of(self.library.sentence(SentenceId(at)).source);
        let near = at.saturating_sub(1).max(range.start)..(at + 2).min(range.end);
        near.flat_map(|i| &self.library.sentence(SentenceId(i)).analysis.words).any(is_saying)
    }

    /// Whether the source spells the note's name in another way: "Lindh" and "Lind".
    fn is_spelt_like(&self, span: Span, source: SourceId) -> bool {
        const SAME: usize = 4;
        let head = |word: &str| -> String { word.to_lowercase().chars().take(SAME).collect() };
        let theirs = span.of(&self.library.source(source).layout.visible);
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() >= SAME).map(head).collect()
        };
        let mine = words(self.speaker.span.of(self.claim.text));
        words(theirs).iter().any(|w| mine.contains(w))
    }
}

/// As much of a paragraph around a place as attribution can reach.
fn around(text: &str, block: Span, place: Span) -> Span {
    const REACH: usize = 3000;
    let start = text.floor_char_boundary(place.start.saturating_sub(REACH)).max(block.start);
    let end = text.ceil_char_boundary((place.end + REACH).min(text.len())).min(block.end);
    Span::new(start, end.max(place.end))
}

#[cfg(test)]
mod tests {
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            “The lock gate was rotten to the core,” Corlin said. The clerk, Henrik Sauvel, disagreed.
            - [Sauvel] said: “The lock gate was rotten to the core.” = Corlin
            - Corlin said: “The lock gate was rotten to the core.”
        "#,
        );
    }
}
