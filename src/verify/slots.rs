//! Slots: a number, date, time or name of the claim against the one in its place in a source.
//!
//! A slot conflicts only if a source sentence says the rest of the claim, has a comparable value
//! next to the same neighbours, and has nowhere the value of the claim.

use super::items::{Items, Mask, What, same_time};
use super::polarity::is_negation;
use super::windows::{Looked, Windows};
use super::{Claim, Conflict, Slot};
use crate::library::{Library, SentenceId, SourceSentence};
use crate::text::dates::{Date, differ};
use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// How much of the rest of the claim a sentence must say before its values can contradict it.
const SAYS_THE_REST: f32 = 0.5;
/// The same where only the place in the sentence ties two names together.
const SAYS_NEARLY_ALL: f32 = 0.7;
/// A sentence that has the claimed value settles the matter if it says this much of what the
/// best one says.
const SETTLES: f32 = 0.7;

/// What of the weight of words that the library does not know is left out.
const UNKNOWN_COUNTS_LESS: f32 = 0.5;
/// What a sentence with the value must say of the rest to settle what its neighbours say.
const SAYS_SOMETHING: f32 = 0.25;
/// A value this near in the same source, in sentences, settles it as well.
const NEAR: usize = 2;

/// All slots of the claim that a source fills otherwise.
pub fn conflicts(claim: &Claim<'_>, items: &Items, windows: &Windows, clauses: &[Span], library: &Library) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (at, item) in items.items.iter().enumerate() {
        let clause = clauses.iter().find(|c| c.encloses(item.span)).map_or(items.all(), |c| items.mask_within(*c));
        let conflict = match item.what {
            What::Term(_) => None,
            What::Number(i) => {
                slot(claim, items, windows, library, (at, clause), |s| number(claim, i, s, library)).map(|c| (Slot::Number, c))
            }
            What::Date(i) => slot(claim, items, windows, library, (at, clause), |s| date(claim, i, s)).map(|c| (Slot::Date, c)),
            What::Year(i) => slot(claim, items, windows, library, (at, clause), |s| year(claim, i, s)).map(|c| (Slot::Date, c)),
            What::Time(i) => slot(claim, items, windows, library, (at, clause), |s| time(claim, i, s)).map(|c| (Slot::Time, c)),
            What::Era(i) => slot(claim, items, windows, library, (at, clause), |s| era(claim, i, s)).map(|c| (Slot::Date, c)),
        };
        if conflict.is_none() && matches!(item.what, What::Number(_)) {
            found.extend(denied_value(claim, items, at, windows, library));
        }
        found.extend(conflict.map(|(slot, (sentence, value))| {
            let text = sentence_text(library, sentence);
            if slot == Slot::Number && item.span.of(claim.text).to_lowercase() == value.of(text).to_lowercase() {
                Conflict::with(sentence, slot, with_words(claim.analysis, item.span), with_words(&sentence.analysis, value))
            } else {
                Conflict::with(sentence, slot, item.span, value)
            }
        }));
    }
    found.extend(names(claim, items, windows, library));
    // A date is one thing, whatever of it is wrong.
    found.dedup_by_key(|c: &mut Conflict| c.claim);
    for conflict in weekdays(claim, windows, library) {
        if !found.iter().any(|c| c.claim.overlaps(conflict.claim)) {
            found.push(conflict);
        }
    }
    found.extend(swapped(claim, items, windows, clauses, library));
    found.sort_by_key(|c| (c.claim, c.slot));
    found
}

/// "At least 600" against "up to 600", "410 miles" against "410 kilometres": where the figures are
/// the same, the words around them are what differs.
fn with_words(analysis: &Analysis, span: Span) -> Span {
    let number = analysis.numbers.iter().find(|n| n.span == span);
    let unit = analysis.words.iter().find(|w| w.span.start >= span.end).filter(|w| w.span.start - span.end <= 1);
    number.map_or(span, |n| unit.map_or(n.with_bound, |w| n.with_bound.cover(w.span)))
}

/// A value that the source names only to deny it: "not 41 but 39", "not in the 109th".
fn denied_value(claim: &Claim<'_>, items: &Items, at: usize, windows: &Windows, library: &Library) -> Option<Conflict> {
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

/// A weekday that is not that of its date, which the source has too.
fn weekdays(claim: &Claim<'_>, windows: &Windows, library: &Library) -> Vec<Conflict> {
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

/// The best sentence that says the rest of the claim but has another value in slot `at`.
fn slot<'l>(
    claim: &Claim<'_>,
    items: &Items,
    windows: &Windows,
    library: &'l Library,
    (at, clause): (usize, Mask),
    other_value: impl Fn(&SourceSentence) -> Option<Span>,
) -> Option<(&'l SourceSentence, Span)> {
    let own: Mask = 1 << at;
    let terms = clause & !items.slots;
    let others = clause & items.slots & !own & !items.same_span(at);
    if terms.count_ones() < 2 {
        return None;
    }
    // A word that the library does not know is often another word for one that it knows.
    let unknown = items.unknown(library) & terms;
    let total = items.weight(terms) - UNKNOWN_COUNTS_LESS * items.weight(unknown);
    // Words found in a dictionary bear a claim out, and settle nothing.
    let near = |l: &Looked| if library.is_foreign(l.source) { 0 } else { l.near };
    let rest = |l: &Looked| items.weight((l.mask | near(l) | l.around) & terms) / total.max(f32::EPSILON);
    let having: Vec<&Looked> = windows.looked_at.iter().filter(|l| l.mask & own != 0).collect();
    // What a correction puts right is settled by the correction, whoever says otherwise.
    let corrects = |l: &Looked| library.is_correction(l.source);
    let corrected = having.iter().any(|l| corrects(l));
    if corrected {
        return None;
    }
    let settled = having.iter().map(|l| rest(l)).fold(0.0, f32::max);
    let near =
        |l: &Looked| having.iter().any(|h| h.source == l.source && h.at.abs_diff(l.at) <= NEAR && rest(h) >= SAYS_SOMETHING);
    let span = items.items[at].span;
    let mine = Neighbours::of(claim.analysis, span);
    let in_its_place = |l: &&Looked| {
        let theirs = &library.sentence(SentenceId(l.at)).analysis;
        items.places(claim, at, theirs).any(|place| mine.agreement(&Neighbours::of(theirs, place), false) >= 1)
    };
    let cited_has_it = having.iter().any(|l| claim.cited.contains(&l.source));
    // The value beside the same name settles it, whatever else is said there.
    let names = clause & items.names;
    let is_named = |l: &Looked| names != 0 && names & !(l.mask | l.around) == 0;
    let in_place = cited_has_it || having.iter().any(|l| is_named(l)) || having.iter().copied().any(|l| in_its_place(&l));
    let mut best: Option<(f32, &SourceSentence, Span)> = None;
    for looked in &windows.looked_at {
        let says = rest(looked);
        let is_settled = settled >= SETTLES * says && !corrects(looked);
        let too_little = says < SAYS_THE_REST || looked.mask & own != 0 || is_settled || near(looked);
        if too_little || best.as_ref().is_some_and(|(most, _, _)| *most >= says) {
            continue;
        }
        let sentence = library.sentence(SentenceId(looked.at));
        // What says nothing of the clause's other values speaks of something else.
        let said = (others & looked.mask).count_ones();
        if sentence.is_question
            || in_place && !corrects(looked)
            || 2 * said < others.count_ones()
            || speaks_of_another_year(claim, sentence)
        {
            continue;
        }
        if let Some(value) = other_value(sentence) {
            best = Some((says, sentence, value));
        }
    }
    best.map(|(_, sentence, value)| (sentence, value))
}

/// "In 2019 turnout was 66 per cent" says nothing against a claim on another year.
fn speaks_of_another_year(claim: &Claim<'_>, sentence: &SourceSentence) -> bool {
    let years = |analysis: &Analysis| analysis.dates.iter().filter_map(|d| d.year).collect::<Vec<_>>();
    let (mine, theirs) = (years(claim.analysis), years(&sentence.analysis));
    mine.is_empty() && theirs.len() == 1 && sentence.analysis.dates.iter().any(|d| d.year.is_some() && d.month.is_none())
}

fn share_of(items: &Items, mask: Mask, of: Mask) -> f32 {
    let total = items.weight(of);
    if total > 0.0 { items.weight(mask & of) / total } else { 0.0 }
}

/// A comparable number of the sentence with the same neighbours, and another value.
fn number(claim: &Claim<'_>, i: usize, sentence: &SourceSentence, library: &Library) -> Option<Span> {
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

fn sentence_text<'l>(library: &'l Library, sentence: &SourceSentence) -> &'l str {
    &library.source(sentence.source).layout.visible
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

/// The only date of the sentence of the same grain, if it is another one.
fn date(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.dates[i];
    let same_grain = |d: &&Date| d.month.is_some() == wanted.month.is_some() && d.day.is_some() == wanted.day.is_some();
    let dates: Vec<_> = sentence.analysis.dates.iter().filter(same_grain).collect();
    let mine = Neighbours::of(claim.analysis, wanted.span);
    // When something was published is not when it happened.
    let is_published = |d: &Date| {
        let before = sentence.analysis.words.iter().rev().skip_while(|w| w.span.end > d.span.start).take(3);
        before.map(|w| w.term).any(is_publishing)
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

fn is_publishing(term: Term) -> bool {
    thread_local! {
        static TERMS: Vec<Term> = ["published", "article", "report", "story", "issue", "edition", "dated"].map(crate::text::words::term).to_vec();
    }
    TERMS.with(|terms| terms.contains(&term))
}

/// The only time of the sentence, if it is another era with the same neighbours.
fn era(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.eras[i];
    let theirs = &sentence.analysis;
    let [other] = theirs.eras.as_slice() else { return None };
    let mine = Neighbours::of(claim.analysis, wanted.span);
    let agrees = mine.agreement(&Neighbours::of(theirs, other.span), false) >= 2;
    (agrees && other.is_apart(wanted) && theirs.dates.iter().all(|d| d.year.is_none())).then_some(other.span)
}

/// The only year of the sentence, if it is another one.
fn year(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
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

/// The only clock time of the sentence, or the one behind the same word, if it is another one.
fn time(claim: &Claim<'_>, i: usize, sentence: &SourceSentence) -> Option<Span> {
    let wanted = &claim.analysis.times[i];
    let mine = Neighbours::of(claim.analysis, wanted.span);
    let only = sentence.analysis.times.len() == 1;
    let in_place = |span: Span| only || mine.follows_the_same(&Neighbours::of(&sentence.analysis, span));
    sentence.analysis.times.iter().find(|t| in_place(t.span)).filter(|t| !same_time(wanted, t)).map(|t| t.span)
}

/// Names in the place of another: same surname with another forename, or the only name beside
/// the same word in a sentence that says all the rest.
fn names(claim: &Claim<'_>, items: &Items, windows: &Windows, library: &Library) -> Vec<Conflict> {
    let mut found = Vec::new();
    let terms = items.all() & !items.slots;
    for name in claim.analysis.names.iter().filter(|n| !n.is_doubtful) {
        let words: Vec<&Word> =
            claim.analysis.words[name.first..name.last].iter().filter(|w| !w.is_stop && !w.has_digit).collect();
        let own = items
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| name.span.encloses(item.span))
            .fold(0, |mask, (at, _)| mask | 1 << at);
        let rest = terms & !own;
        let known = |word: &Word| windows.looked_at.iter().any(|l| has(library, l, word.term));
        // The source may call it by another name.
        let is_found = windows.looked_at.iter().any(|l| own & !l.mask == 0);
        if rest == 0 || is_found || words.is_empty() || words.iter().all(|w| known(w)) {
            continue;
        }
        let mine = Neighbours::of(claim.analysis, name.span);
        let best = windows
            .looked_at
            .iter()
            .map(|l| (share_of(items, (l.mask | l.around) & rest, rest), l))
            .filter(|(says, _)| *says >= SAYS_NEARLY_ALL)
            .filter_map(|(says, l)| {
                let sentence = library.sentence(SentenceId(l.at));
                other_name(claim, &words, &mine, sentence, library).map(|span| (says, sentence, span))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.span.cmp(&a.1.span)));
        found.extend(best.map(|(_, sentence, value)| Conflict::with(sentence, Slot::Name, name.span, value)));
    }
    found
}

/// Two names that the claim has the wrong way round: each clause is said, word for word, of the
/// name in the other one.
fn swapped(claim: &Claim<'_>, items: &Items, windows: &Windows, clauses: &[Span], library: &Library) -> Vec<Conflict> {
    const SAYS_ALL: f32 = 0.8;
    const SAYS_HALF: f32 = 0.5;
    let name_of =
        |clause: &Span| claim.analysis.names.iter().find(|n| clause.encloses(n.span)).map(|n| (n.span, items.name_mask(n.span)));
    let mut found = Vec::new();
    for (i, clause) in clauses.iter().enumerate() {
        let others = clauses.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, c)| name_of(c));
        let Some((span, own)) = name_of(clause).filter(|(_, own)| *own != 0) else { continue };
        let rest = items.mask_within(*clause) & !own & !items.slots;
        for (_, other) in others.filter(|(_, other)| *other != 0 && *other & own == 0) {
            let says = |l: &Looked| share_of(items, (l.mask | l.near) & rest, rest);
            let with = |l: &&Looked, name: Mask, not: Mask| l.mask & name != 0 && l.mask & not == 0;
            let own_is_said = windows.looked_at.iter().any(|l| l.mask & own != 0 && says(l) >= SAYS_HALF);
            let place = windows.looked_at.iter().find(|l| with(l, other, own) && says(l) >= SAYS_ALL);
            if let (false, Some(looked), true) = (own_is_said, place, rest.count_ones() >= 2) {
                let sentence = library.sentence(SentenceId(looked.at));
                let value = items.first_found(other, &sentence.analysis).unwrap_or(sentence.span);
                found.push(Conflict::with(sentence, Slot::Name, span, value));
                break;
            }
        }
    }
    found
}

fn has(library: &Library, looked: &Looked, term: Term) -> bool {
    library.sentence(SentenceId(looked.at)).analysis.words.iter().any(|w| w.term == term)
}

fn other_name(
    claim: &Claim<'_>,
    words: &[&Word],
    mine: &Neighbours,
    sentence: &SourceSentence,
    library: &Library,
) -> Option<Span> {
    let visible = sentence_text(library, sentence);
    let in_claim = |term: Term| claim.analysis.words.iter().any(|w| w.term == term);
    let of_sentence = &sentence.analysis;
    of_sentence
        .names
        .iter()
        .filter(|n| !n.is_doubtful || n.last - n.first > 1)
        .find(|n| {
            let theirs: Vec<&Word> = of_sentence.words[n.first..n.last].iter().filter(|w| !w.is_stop && !w.has_digit).collect();
            let (Some(my_last), Some(their_last)) = (words.last(), theirs.last()) else { return false };
            let new = theirs.iter().filter(|w| !in_claim(w.term)).count();
            let forename = |of: &[&Word]| of.len().checked_sub(2).map(|i| of[i].term).filter(|_| of.len() <= 3);
            let same_surname = my_last.term == their_last.term
                && matches!((forename(words), forename(&theirs)), (Some(a), Some(b)) if a != b && !is_title(a) && !is_title(b));
            let their_place = Neighbours::of(of_sentence, n.span);
            let replaced = new == theirs.len() && mine.touches(&their_place) && mine.agreement(&their_place, false) >= 3;
            let misspelt = words.iter().any(|w| theirs.iter().any(|t| alike(w.span.of(claim.text), t.span.of(visible))));
            (same_surname || replaced) && !misspelt
        })
        .map(|n| n.span)
}

/// A word that goes before names and is none.
pub fn is_title(word: Term) -> bool {
    const TITLES: &[&str] = &[
        "judge",
        "minister",
        "president",
        "dr",
        "mr",
        "mrs",
        "ms",
        "sir",
        "lord",
        "lady",
        "professor",
        "prof",
        "senator",
        "governor",
        "mayor",
        "captain",
        "general",
        "colonel",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "councillor",
        "inspector",
        "bishop",
        "pope",
        "justice",
        "ambassador",
        "secretary",
        "chief",
        "director",
        "chairman",
        "prime",
        "deputy",
        "vice",
    ];
    thread_local! {
        static TERMS: Vec<Term> = TITLES.iter().map(|t| crate::text::words::term(t)).collect();
    }
    TERMS.with(|terms| terms.contains(&word))
}

/// Two spellings of one name, such as "Sauvel" and "Sauvell" or "Frân" and "Frn".
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    longest > 2 && a != b && prefix + suffix + 1 >= longest
}

/// The informative words around a slot, nearest first.
struct Neighbours {
    before: Vec<Term>,
    after: Vec<Term>,
}

impl Neighbours {
    const REACH: usize = 4;

    fn of(analysis: &Analysis, slot: Span) -> Self {
        let informative = |w: &&Word| !w.is_stop && !w.has_digit;
        let before = analysis.words.iter().rev().skip_while(|w| w.span.end > slot.start).filter(informative);
        let after = analysis.words.iter().skip_while(|w| w.span.start < slot.end).filter(informative);
        Self {
            before: before.take(Self::REACH).map(|w| w.term).collect(),
            after: after.take(Self::REACH).map(|w| w.term).collect(),
        }
    }

    /// Whether the word right before or right behind is the same.
    fn touches(&self, other: &Self) -> bool {
        let same = |a: &[Term], b: &[Term]| !a.is_empty() && a.first() == b.first();
        same(&self.before, &other.before) || same(&self.after, &other.after)
    }

    /// Whether the word right before is the same.
    fn follows_the_same(&self, other: &Self) -> bool {
        !self.before.is_empty() && self.before.first() == other.before.first()
    }

    /// How alike two places are: the word right behind counts double (it is what is counted),
    /// unless it is only the unit.
    fn agreement(&self, other: &Self, first_is_unit: bool) -> usize {
        let head = |n: &Self| n.after.first().copied();
        let same_head = head(self).is_some() && head(self) == head(other);
        let shared = |a: &[Term], b: &[Term]| a.iter().filter(|t| b.contains(t)).count();
        let around = shared(&self.before, &other.before) + shared(&self.after, &other.after);
        let crossed = shared(&self.before, &other.after) + shared(&self.after, &other.before);
        usize::from(same_head && !first_is_unit) + around + crossed / 2
    }
}
