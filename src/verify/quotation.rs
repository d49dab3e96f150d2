//! Quotations against the words of sources.
//!
//! Verbatim means word for word after folding (see [`crate::text::words`]): marks, dashes,
//! spaces, case and punctuation are free, as newspapers treat them. Marked ellipses and brackets
//! are allowed. The nearest passage is found by semi-global alignment over words (Sellers, 1980).

use super::polarity::changes_sense;
use super::{Claim, Evidence, QuotationCheck, Role, cited_first};
use crate::library::{Library, SentenceId, SourceId};
use crate::note::Quotation;
use crate::text::words::{Term, Word, words};
use crate::text::{Span, sentences};

/// A difference between a quotation and its source. An empty span marks the place where words
/// are lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub claim: Span,
    pub source: Span,
}

/// Where a quotation's words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotationMatch {
    /// A title, a term, a scare quote: up to three words, or capitals throughout.
    Short,
    /// The note says that it is a translation.
    Translated,
    Verbatim {
        source: SourceId,
        span: Span,
    },
    /// Nearly these words.
    Altered {
        source: SourceId,
        span: Span,
        changes: Vec<Change>,
    },
    /// These words, but what the ellipsis leaves out changes their sense.
    Cut {
        source: SourceId,
        span: Span,
        dropped: Span,
    },
    /// Sentences that do not follow each other in the source.
    Stitched {
        source: SourceId,
        span: Span,
    },
    Nowhere,
}

impl QuotationMatch {
    /// Whether the quotation should not stand like this.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Altered { .. } | Self::Cut { .. } | Self::Stitched { .. } | Self::Nowhere)
    }

    /// The source that has it word for word.
    #[must_use]
    pub fn verbatim_in(&self) -> Option<SourceId> {
        match self {
            Self::Verbatim { source, .. } => Some(*source),
            _ => None,
        }
    }

    /// The passage behind it.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        let (source, span, role) = match self {
            Self::Verbatim { source, span } => (*source, *span, Role::Supports),
            Self::Altered { source, span, .. } | Self::Cut { source, span, .. } | Self::Stitched { source, span } => {
                (*source, *span, Role::Conflicts)
            }
            Self::Short | Self::Translated | Self::Nowhere => return None,
        };
        // Of altered words the ones that the note has otherwise stand out.
        let matched = match self {
            Self::Altered { changes, .. } => changes.iter().map(|c| c.source).filter(|s| !s.is_empty()).collect(),
            _ => vec![span],
        };
        Some(Evidence { source, span, role, matched })
    }
}

/// Up to this many words a quotation may be a title or an ironic term.
const SHORT: usize = 3;
/// Share of a quotation's words that an altered one must still have.
const ALIKE: f32 = 0.6;
const CANDIDATES: usize = 12;
/// Longer quotations are aligned by their beginning.
const MOST_WORDS: usize = 240;

/// Looks a quotation up in the library.
pub fn find(claim: &Claim<'_>, quotation: &Quotation, library: &Library) -> QuotationMatch {
    let pieces = pieces(claim.text, quotation.inner);
    let wanted: Vec<Word> = pieces.iter().flat_map(|p| p.words.iter().copied()).take(MOST_WORDS).collect();
    let is_short = wanted.len() <= SHORT && !quotation.is_block;
    if wanted.is_empty() {
        return QuotationMatch::Short;
    }
    let regions = regions(claim, &wanted, library);
    if let Some(found) = regions.iter().find_map(|region| region.verbatim(&pieces)) {
        return found;
    }
    if is_short || is_title(&wanted) && !quotation.is_block {
        return QuotationMatch::Short;
    }
    if says_translated(claim.text, claim.analysis) {
        return QuotationMatch::Translated;
    }
    if let Some(stitched) = stitched(claim, quotation, &regions) {
        return stitched;
    }
    let altered = regions.iter().filter_map(|region| region.altered(&wanted)).fold(None, better);
    altered.map_or(QuotationMatch::Nowhere, |(_, found)| found)
}

/// Every sentence of the library at which the quotation begins word for word, by its number.
pub fn places(claim: &Claim<'_>, quotation: &Quotation, library: &Library) -> Vec<(SourceId, usize)> {
    let pieces = pieces(claim.text, quotation.inner);
    let wanted: Vec<Word> = pieces.iter().flat_map(|p| p.words.iter().copied()).take(MOST_WORDS).collect();
    let Some(first) = pieces.first().filter(|_| wanted.len() > SHORT) else { return Vec::new() };
    let mut found: Vec<(SourceId, usize)> = regions(claim, &wanted, library)
        .iter()
        .flat_map(|r| r.occurrences(&first.words, 0, r.words.len()).map(|at| (r.source, r.sentences[at])).collect::<Vec<_>>())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

type Ranked = (f32, QuotationMatch);

/// The first of the most alike.
fn better(best: Option<Ranked>, next: Ranked) -> Option<Ranked> {
    match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    }
}

/// Whether a sentence with verbatim quotations says little besides: who spoke, and where.
pub fn carries(claim: &Claim<'_>, checks: &[QuotationCheck]) -> bool {
    const MOST_OWN_WORDS: usize = 4;
    let outside = |span: Span| !checks.iter().any(|c| c.quotation.span.overlaps(span));
    let names = &claim.analysis.names;
    let own =
        claim.analysis.words.iter().filter(|w| !w.is_stop && outside(w.span) && !names.iter().any(|n| n.span.encloses(w.span)));
    let quoted = claim.analysis.words.iter().filter(|w| !outside(w.span)).count();
    own.count() <= MOST_OWN_WORDS.min(quoted)
}

fn says_translated(text: &str, analysis: &crate::text::Analysis) -> bool {
    analysis.words.iter().any(|w| {
        let word = w.span.of(text).to_lowercase();
        matches!(word.as_str(), "translation" | "translated" | "trans" | "übersetzung" | "traducción" | "traduction")
    })
}

/// Titles of works and cases are set in quotation marks too.
fn is_title(words: &[Word]) -> bool {
    let informative: Vec<&Word> = words.iter().filter(|w| !w.is_stop && !w.has_digit).collect();
    let capitals = informative.iter().filter(|w| w.is_capital).count();
    informative.len() >= 2 && capitals * 10 >= informative.len() * 8
}

/// Words of a quotation between marked omissions.
struct Piece {
    words: Vec<Word>,
    /// How many words of the source may have been left out before it; 0 for none.
    gap: usize,
}

/// What an ellipsis may leave out, and what a bracket may stand for, in words.
const ELLIPSIS_GAP: usize = 120;
const BRACKET_GAP: usize = 8;

/// Splits a quotation at its ellipses and brackets. "[T]he" is one word.
fn pieces(text: &str, inner: Span) -> Vec<Piece> {
    let mut clean = inner.of(text).to_owned().into_bytes();
    let mut gaps: Vec<(Span, usize)> = Vec::new();
    let raw = inner.of(text);
    for (at, c) in raw.char_indices() {
        if gaps.last().is_some_and(|(span, _)| at < span.end) {
            continue;
        }
        let rest = &raw[at..];
        if c == '['
            && let Some(close) = rest.find(']')
        {
            let inside = &rest[1..close];
            let joins = rest[close + 1..].starts_with(char::is_alphanumeric) && inside.chars().count() == 1;
            if joins {
                (clean[at], clean[at + close]) = (0, 0);
            } else {
                let gap = if inside.contains(['.', '…']) { ELLIPSIS_GAP } else { BRACKET_GAP };
                gaps.push((Span::new(at, at + close + 1), gap));
            }
        } else if c == '…' {
            gaps.push((Span::new(at, at + c.len_utf8()), ELLIPSIS_GAP));
        } else if let Some(dots) = ["(...)", "....", "...", ". . ."].iter().find(|dots| rest.starts_with(**dots)) {
            gaps.push((Span::new(at, at + dots.len()), ELLIPSIS_GAP));
        }
    }
    let clean = String::from_utf8(clean).unwrap_or_else(|_| raw.to_owned());
    let mut found = Vec::new();
    let (mut start, mut gap_before) = (0, 0);
    for (gap, most) in gaps.into_iter().chain([(Span::new(raw.len(), raw.len()), 0)]) {
        let part = Span::new(start, gap.start);
        let mut inside = words(part.of(&clean));
        inside.iter_mut().for_each(|w| w.span = w.span.shifted(inner.start + part.start));
        if inside.is_empty() {
            gap_before = gap_before.max(most);
        } else {
            found.push(Piece { words: inside, gap: gap_before });
            gap_before = most;
        }
        start = gap.end;
    }
    if let Some(first) = found.first_mut() {
        first.gap = 0;
    }
    found
}

/// A stretch of a source in which a quotation may stand.
struct Region {
    source: SourceId,
    words: Vec<Word>,
    /// For each word, the sentence it belongs to.
    sentences: Vec<usize>,
}

/// Places with the quotation's rarest words, cited sources first.
fn regions(claim: &Claim<'_>, wanted: &[Word], library: &Library) -> Vec<Region> {
    const STOP_SHARE: f32 = 0.15;
    let query: Vec<(Term, f32)> = wanted.iter().map(|w| (w.term, if w.is_stop { STOP_SHARE } else { 1.0 })).collect();
    let places = cited_first(claim, &query, CANDIDATES / 2, CANDIDATES, library);
    places.into_iter().map(|id| region(id, wanted.len(), library)).collect()
}

fn region(SentenceId(at): SentenceId, length: usize, library: &Library) -> Region {
    let source = library.sentence(SentenceId(at)).source;
    let range = library.sentences_of(source);
    let count = |i: usize| library.sentence(SentenceId(i)).analysis.words.len();
    let (mut first, mut before) = (at, 0);
    while first > range.start && before < length + BRACKET_GAP {
        first -= 1;
        before += count(first);
    }
    let (mut end, mut after) = (at + 1, 0);
    while end < range.end && after < length + ELLIPSIS_GAP {
        after += count(end);
        end += 1;
    }
    let mut region = Region { source, words: Vec::new(), sentences: Vec::new() };
    for i in first..end {
        let words = &library.sentence(SentenceId(i)).analysis.words;
        region.sentences.extend(std::iter::repeat_n(i, words.len()));
        region.words.extend_from_slice(words);
    }
    region
}

impl Region {
    /// The quotation word for word, if it is here.
    fn verbatim(&self, pieces: &[Piece]) -> Option<QuotationMatch> {
        let first = pieces.first()?;
        let mut cut = None;
        for start in self.occurrences(&first.words, 0, self.words.len()) {
            match self.follow(pieces, start) {
                Some((end, None)) => return Some(QuotationMatch::Verbatim { source: self.source, span: self.span(start, end) }),
                Some((end, Some(dropped))) if cut.is_none() => {
                    cut = Some(QuotationMatch::Cut { source: self.source, span: self.span(start, end), dropped });
                }
                _ => {}
            }
        }
        cut
    }

    /// Follows the pieces from a start: where the last one ends, and a word left out between
    /// them that changes the sense.
    fn follow(&self, pieces: &[Piece], start: usize) -> Option<(usize, Option<Span>)> {
        let mut end = start + pieces[0].words.len();
        let mut dropped = None;
        for piece in &pieces[1..] {
            let next = self.occurrences(&piece.words, end, end + piece.gap).next()?;
            let same_sentence = self.sentences[end - 1] == self.sentences[next];
            if same_sentence && dropped.is_none() {
                dropped = self.words[end..next].iter().find(|w| changes_sense(w.form)).map(|w| w.span);
            }
            end = next + piece.words.len();
        }
        Some((end, dropped))
    }

    /// Where `wanted` stands word for word, starting at one of `from..=to`.
    fn occurrences<'r>(&'r self, wanted: &'r [Word], from: usize, to: usize) -> impl Iterator<Item = usize> + 'r {
        let last = self.words.len().checked_sub(wanted.len()).map_or(0, |last| last.min(to) + 1);
        (from..last).filter(move |at| self.words[*at..].iter().zip(wanted).all(|(a, b)| a.form == b.form))
    }

    fn span(&self, first: usize, end: usize) -> Span {
        self.words[first].span.cover(self.words[end - 1].span)
    }

    /// The most similar words of the region, if they are similar enough.
    fn altered(&self, wanted: &[Word]) -> Option<Ranked> {
        let alignment = align(wanted, &self.words);
        let equal: Vec<(usize, usize)> = alignment.iter().filter_map(|step| step.equal(wanted, &self.words)).collect();
        let informative = equal.iter().filter(|(i, _)| !wanted[*i].is_stop).count();
        let alike = equal.len() as f32 / wanted.len() as f32;
        let (Some((_, first)), Some((_, last))) = (equal.first(), equal.last()) else { return None };
        if alike < ALIKE || informative < 2 {
            return None;
        }
        let changes = changes(&alignment, wanted, &self.words);
        let touched = changes.iter().map(|c| c.source).filter(|s| !s.is_empty());
        let span = touched.fold(self.span(*first, *last + 1), Span::cover);
        Some((alike, QuotationMatch::Altered { source: self.source, span, changes }))
    }
}

/// One step of an alignment: an index into the quotation, into the region, or both.
#[derive(Clone, Copy, Debug)]
struct Step {
    wanted: Option<usize>,
    found: Option<usize>,
}

impl Step {
    fn equal(self, wanted: &[Word], found: &[Word]) -> Option<(usize, usize)> {
        let (i, j) = (self.wanted?, self.found?);
        (wanted[i].form == found[j].form).then_some((i, j))
    }
}

/// A replaced word costs as much as a dropped or an added one; of equally dear alignments the one
/// with more equal words is the better.
const CHANGED: i32 = 1000;
const EQUAL: i32 = -1;

/// The cheapest way to turn some stretch of `found` into `wanted`, by whole words.
fn align(wanted: &[Word], found: &[Word]) -> Vec<Step> {
    let (n, m) = (wanted.len(), found.len());
    let width = m + 1;
    let pair = |i: usize, j: usize| if wanted[i - 1].form == found[j - 1].form { EQUAL } else { CHANGED };
    let mut cost = vec![0i32; (n + 1) * width];
    for i in 1..=n {
        cost[i * width] = i as i32 * CHANGED;
        for j in 1..=m {
            let diagonal = cost[(i - 1) * width + j - 1] + pair(i, j);
            let added = cost[(i - 1) * width + j] + CHANGED;
            let dropped = cost[i * width + j - 1] + CHANGED;
            cost[i * width + j] = diagonal.min(added).min(dropped);
        }
    }
    // Of equal ends the last: a wrong last word is a replaced one, not an added one.
    let mut j = (0..=m).rev().min_by_key(|j| cost[n * width + j]).unwrap_or(0);
    let mut i = n;
    let mut steps = Vec::new();
    while i > 0 {
        let here = cost[i * width + j];
        if j > 0 && here == cost[(i - 1) * width + j - 1] + pair(i, j) {
            (i, j) = (i - 1, j - 1);
            steps.push(Step { wanted: Some(i), found: Some(j) });
        } else if here == cost[(i - 1) * width + j] + CHANGED {
            i -= 1;
            steps.push(Step { wanted: Some(i), found: None });
        } else {
            j -= 1;
            steps.push(Step { wanted: None, found: Some(j) });
        }
    }
    steps.reverse();
    steps
}

/// Runs of steps that are not equal, as spans of both sides.
fn changes(steps: &[Step], wanted: &[Word], found: &[Word]) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let mut open: Option<Change> = None;
    let (mut claim_at, mut source_at) = (wanted[0].span.start, 0);
    for step in steps {
        if let Some((i, j)) = step.equal(wanted, found) {
            all.extend(open.take());
            (claim_at, source_at) = (wanted[i].span.end, found[j].span.end);
            continue;
        }
        let change = open.get_or_insert(Change { claim: Span::new(claim_at, claim_at), source: Span::new(source_at, source_at) });
        if let Some(i) = step.wanted {
            change.claim = if change.claim.is_empty() { wanted[i].span } else { change.claim.cover(wanted[i].span) };
        }
        if let Some(j) = step.found {
            change.source = if change.source.is_empty() { found[j].span } else { change.source.cover(found[j].span) };
        }
    }
    all.extend(open);
    all
}

/// A quotation of several sentences, each of which is verbatim in one source, but not in a row.
fn stitched(claim: &Claim<'_>, quotation: &Quotation, regions: &[Region]) -> Option<QuotationMatch> {
    let parts = sentences::sentences(quotation.inner.of(claim.text));
    if parts.len() < 2 {
        return None;
    }
    let mut places: Vec<(SourceId, Span)> = Vec::new();
    for part in parts {
        let pieces = pieces(claim.text, part.shifted(quotation.inner.start));
        let found = regions.iter().find_map(|region| region.verbatim(&pieces))?;
        let QuotationMatch::Verbatim { source, span } = found else { return None };
        places.push((source, span));
    }
    let (source, span) = places[0];
    places.iter().all(|(s, _)| *s == source).then_some(QuotationMatch::Stitched { source, span })
}
