//! Marked omissions and insertions that change what a quotation says.
//!
//! Ellipses and brackets are the quoter's right. Here stands what they may not do: leave out a
//! “not” or an “only” that governs the words beside it, or put another name, number or a denial
//! into the source's mouth. In doubt nothing is held against them.

use super::pieces::Bracket;
use super::region::Region;
use crate::library::{SentenceId, SourceId, View};
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};
use crate::verify::claim::Claim;
use crate::verify::verification::{Change, QuotationMatch};
use crate::verify::words::negations::{DIRECT, NEGATIONS};
use crate::verify::words::offices::is_title;
use crate::verify::words::{WordSet, is_one_of};

/// What is wrong with a marked quotation.
#[derive(Clone, Copy, Debug)]
pub enum Flaw {
    /// A word of the source that must not be left out.
    Dropped(Span),
    /// What the bracket says, and what the source says in its place.
    Replaced(Change),
}

impl Flaw {
    pub fn into_match(self, source: SourceId, span: Span) -> QuotationMatch {
        match self {
            Self::Dropped(dropped) => QuotationMatch::Cut { source, span: span.cover(dropped), dropped },
            Self::Replaced(change) => {
                let span = if change.source.is_empty() { span } else { span.cover(change.source) };
                QuotationMatch::Altered { source, span, changes: vec![change] }
            }
        }
    }
}

/// Looks at the marks of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The note's visible text.
    note: &'a str,
    library: &'a View<'a>,
    /// Whether the note says beside the quotation that something is not so.
    note_denies: bool,
}

/// Words of hedging that a short omission must not take away.
static HEDGES: WordSet = WordSet::forms("may might perhaps possibly probably partly sometimes could");
/// Words that no omission may take away, as it is they that make the sense: these, and negations.
static QUALIFIERS: WordSet = WordSet::forms("only some allegedly alleged reportedly almost nearly if unless until");
/// An omission up to this long is about the words beside it.
const SHORT_GAP: usize = 3;

impl<'a> Judge<'a> {
    pub fn new(claim: &Claim<'a>, library: &'a View<'a>) -> Self {
        static REFUSALS: WordSet = WordSet::forms("rejected rejects dismissed dismisses doubts doubted whether contrary");
        let outside = |span: Span| !claim.quotations.iter().any(|q| q.span.overlaps(span));
        let mut own = claim.analysis.words.iter().filter(|w| outside(w.span));
        Self { note: claim.text, library, note_denies: own.any(|w| NEGATIONS.has(w) || REFUSALS.has(w)) }
    }

    /// The words before a quotation's first: a denial that was cut off, or a bracket in the place
    /// of a name.
    pub fn before(&self, region: &Region<'_>, bracket: Option<&Bracket>, start: usize) -> Option<Flaw> {
        let previous = start.checked_sub(1).filter(|i| region.sentences[*i] == region.sentences[start])?;
        let gap = Span::new(region.words[previous].span.end, region.words[start].span.start).of(region.text);
        if !gap.chars().all(|c| c.is_whitespace() || c == '\0') {
            return None;
        }
        if let Some(bracket) = bracket {
            let first = (0..=previous)
                .rev()
                .take_while(|i| region.sentences[*i] == region.sentences[start] && region.words[*i].is_capital)
                .last()
                .unwrap_or(previous);
            return self.replaced(region, bracket, first, start);
        }
        let word = &region.words[previous];
        let opens_not_only = is_one_of!(&region.words[start], "only just merely necessarily");
        let is_or_not = previous > 0 && is_one_of!(&region.words[previous - 1], "or if why");
        (DIRECT.has(word) && !self.note_denies && !opens_not_only && !is_or_not).then_some(Flaw::Dropped(word.span))
    }

    /// The words `from..to` of the source, for which the note has a mark.
    pub fn between(&self, region: &Region<'_>, bracket: Option<&Bracket>, from: usize, to: usize) -> Option<Flaw> {
        if from > 0 && region.sentences[from - 1] != region.sentences[to] {
            return None;
        }
        let kept = |w: &Word| bracket.is_some_and(|b| b.words.iter().any(|mine| mine.form == w.form));
        let governs = |w: &&Word| (NEGATIONS.has(w) || QUALIFIERS.has(w) || to - from <= SHORT_GAP && HEDGES.has(w)) && !kept(w);
        let dropped = attached(region, from, to).find(governs).map(|w| Flaw::Dropped(w.span));
        dropped.or_else(|| bracket.and_then(|b| self.replaced(region, b, from, to)))
    }

    /// A bracket behind the last word.
    pub fn after(&self, region: &Region<'_>, bracket: Option<&Bracket>, end: usize) -> Option<Flaw> {
        let bracket = bracket?;
        let sentence = region.sentences[end - 1];
        let gap = Span::new(region.words[end - 1].span.end, region.words.get(end)?.span.start).of(region.text);
        let mut last = end;
        while last < region.words.len() && region.sentences[last] == sentence && region.words[last].is_capital {
            last += 1;
        }
        (gap.trim().is_empty()).then(|| self.replaced(region, bracket, end, last))?
    }

    /// A bracket that says something else than the words `from..to` in its place.
    fn replaced(&self, region: &Region<'_>, bracket: &Bracket, from: usize, to: usize) -> Option<Flaw> {
        let theirs = &region.words[from..to];
        let place = match (theirs.first(), theirs.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        };
        let flaw = Flaw::Replaced(Change { claim: bracket.inner, source: place });
        if let ([mine], [other]) = (&bracket.words[..], theirs)
            && mine.has_digit
            && other.has_digit
        {
            return (mine.form != other.form).then_some(flaw);
        }
        // "[Three] offers" for "two offers".
        let counted = |text: &str, span: Span| {
            let numbers = Analysis::of(text, span).numbers;
            numbers.into_iter().next().filter(|n| n.span == span)
        };
        if let [mine] = &bracket.words[..]
            && let [other] = theirs
            && let (Some(mine), Some(theirs)) = (counted(self.note, mine.span), counted(region.text, other.span))
        {
            return (!mine.same_value(&theirs)).then_some(flaw);
        }
        if let [mine] = &bracket.words[..]
            && DIRECT.has(mine)
        {
            return (!theirs.iter().any(|w| NEGATIONS.has(w))).then_some(flaw);
        }
        let names: Vec<&Word> = bracket.words.iter().filter(|w| w.is_capital && !w.is_stop && !is_title(w)).collect();
        // "WHO" may stand for "World Health Organization": nothing can be said of it.
        let is_acronym = |w: &&&Word| w.span.of(self.note).chars().skip(1).any(char::is_uppercase);
        if names.is_empty() || names.iter().any(|w| is_acronym(&w)) {
            return None;
        }
        let is_other = if theirs.len() == 1 && is_pronoun(&theirs[0]) {
            self.means_another(region, from, &names)
        } else {
            self.names_another(region, from, to, &names)
        };
        is_other.then_some(flaw)
    }

    /// Whether the source names somebody else in the words `from..to`.
    fn names_another(&self, region: &Region<'_>, from: usize, to: usize, names: &[&Word]) -> bool {
        let theirs = &region.words[from..to];
        let is_name = |w: &Word| w.is_capital && !w.is_stop && !is_title(w);
        let has_article = theirs.iter().any(|w| w.is_stop) || from > 0 && is_one_of!(&region.words[from - 1], "the a an");
        let Some(last) = theirs.last().filter(|w| is_name(w)) else { return false };
        let others: Vec<&Word> = theirs.iter().filter(|w| is_name(w)).collect();
        let known = others.len() > 1 || self.is_known_name(last.term);
        known && !has_article && !shares(names, &others) && !self.go_together(region.source, names, &others)
    }

    /// Whether a "he" or "she" can only be somebody else: the sentence before names one person,
    /// and nothing near names the one in the bracket.
    fn means_another(&self, region: &Region<'_>, at: usize, names: &[&Word]) -> bool {
        const NEAR: usize = 4;
        let sentence = region.sentences[at];
        let range = self.library.sentences_of(region.source);
        let near = sentence.saturating_sub(NEAR).max(range.start)..(sentence + 2).min(range.end);
        let words = near.flat_map(|i| &self.library.sentence(SentenceId(i)).analysis.words);
        let capitals: Vec<&Word> = words.filter(|w| w.is_capital && !w.is_stop).collect();
        let metadata = &self.library.source(region.source).metadata;
        let about = [&metadata.author, &metadata.title].into_iter().flatten().flat_map(|text| crate::text::words::words(text));
        if shares(names, &capitals) || about.into_iter().any(|w| names.iter().any(|n| n.term == w.term)) {
            return false;
        }
        let Some(before) = sentence.checked_sub(1).filter(|i| *i >= range.start) else { return false };
        let analysis = &self.library.sentence(SentenceId(before)).analysis;
        matches!(&analysis.names[..], [one] if one.last - one.first >= 2 || self.is_known_name(analysis.words[one.first].term))
    }

    /// Whether the source names both side by side: then one may be another way to call the other.
    /// Who only stands in one sentence with somebody is somebody else.
    fn go_together(&self, source: SourceId, names: &[&Word], others: &[&Word]) -> bool {
        let query: Vec<(Term, f32)> = names.iter().chain(others).map(|w| (w.term, 1.0)).collect();
        let is = |word: &Word, side: &[&Word]| side.iter().any(|n| n.term == word.term);
        let pairs = |a: &Word, b: &Word| is(a, names) && is(b, others) || is(a, others) && is(b, names);
        self.library.passages(&query, Some(source), 8).iter().any(|(id, _)| {
            let words = &self.library.sentence(*id).analysis.words;
            let beside = words.windows(2).any(|w| pairs(&w[0], &w[1]));
            beside || words.windows(3).any(|w| is_one_of!(&w[1], "is was as called alias the") && pairs(&w[0], &w[2]))
        })
    }

    /// Whether the library writes the word with a capital inside sentences, and nowhere without.
    fn is_known_name(&self, term: Term) -> bool {
        let passages = self.library.passages(&[(term, 1.0)], None, 12);
        let mut inside = false;
        for (id, _) in passages {
            let words = &self.library.sentence(id).analysis.words;
            for (at, word) in words.iter().enumerate().filter(|(_, w)| w.term == term) {
                if !word.is_capital {
                    return false;
                }
                inside |= at > 0;
            }
        }
        inside
    }
}

/// The words of `from..to` that belong to what is kept on either side: commas and the like cut
/// off what is a remark of its own.
fn attached<'r>(region: &'r Region<'_>, from: usize, to: usize) -> impl Iterator<Item = &'r Word> {
    let stops = |i: usize| {
        let before = i.checked_sub(1).map_or(0, |i| region.words[i].span.end);
        let gap = Span::new(before, region.words[i].span.start).of(region.text);
        gap.contains([',', ';', ':', '—', '–', '(', ')'])
    };
    let head = (from..to).take_while(|i| !stops(*i)).count();
    let tail = (from..to).rev().take_while(|i| !stops(*i + 1)).count();
    region.words[from..to].iter().enumerate().filter(move |(i, _)| *i < head || *i >= to - from - tail).map(|(_, w)| w)
}

fn shares(a: &[&Word], b: &[&Word]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.term == b.term || a.root == b.root))
}

fn is_pronoun(word: &Word) -> bool {
    is_one_of!(word, "he she him her his")
}
