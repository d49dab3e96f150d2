//! The judgement on one sentence of a note: what the verifier is told of it, and what its citations
//! add.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Workspace;
use super::cache::VerificationKey;
use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, View, places};
use crate::note::{LONGEST_AROUND, LONGEST_SENTENCE, Note, Sentence, SentenceKind, beginning, ending};
use crate::rules::{ClaimVerification, Place};
use crate::text::words::{self, Term};
use crate::text::{Analysis, Span, names};
use crate::verify::{self, Cell, Claim, Evidence, Role, Verdict, Verification};

/// The words of a sentence with all that it quotes.
pub fn claim(note: &Note, at: usize) -> Span {
    note.sentences[at].quoting(&note.layout.visible)
}

/// Judges a sentence, or remembers what was said of the same claim.
pub fn judge(
    note: &Note,
    at: usize,
    kind: SentenceKind,
    cited: &[CitationTarget],
    workspace: &Workspace,
    library: &View<'_>,
) -> ClaimVerification {
    let sentence = &note.sentences[at];
    let visible = &note.layout.visible;
    let (words, whole) = (sentence.span.trimmed(visible), claim(note, at));
    let text = beginning(whole.of(visible), LONGEST_SENTENCE);
    let whole = Span::new(whole.start, whole.start + text.len());
    let quoted = sentence.quotations.iter().filter(|q| q.inner.start < whole.end);
    let key = VerificationKey {
        text: text.to_owned(),
        quotations: quoted.map(|q| q.until(whole.end).from_start(whole.start)).collect(),
        context: context(note, at),
        cells: cells(note, at, whole),
        cited: cited_sources(sentence, cited),
        is_judgement: matches!(kind, SentenceKind::Judgement | SentenceKind::Premise),
        is_premise: kind == SentenceKind::Premise,
        before: leans_on(note, at).to_owned(),
    };
    let words = Span::new(words.start - whole.start, words.end.min(whole.end) - whole.start);
    let verified = workspace.cache.verification(&key, || {
        let analysis = Analysis::of(&key.text, words);
        let claim = Claim {
            span: words,
            before: &key.before,
            quotations: &key.quotations,
            context: &key.context,
            cells: &key.cells,
            cited: &key.cited,
            is_judgement: key.is_judgement,
            is_premise: key.is_premise,
            without: workspace.without,
            ..Claim::bare(&key.text, &analysis)
        };
        verify::verify(&claim, library, workspace.model())
    });
    let mut verification = Verification::clone(&verified);
    cited_place_first(&mut verification, note, at, cited, library);
    // An assessment needs no source; only a wrong premise counts against it.
    let lacks_support = matches!(verification.verdict, Verdict::Unsupported | Verdict::Partial);
    if kind == SentenceKind::Judgement && lacks_support {
        verification.verdict = Verdict::NotAClaim;
    }
    ClaimVerification { verification: Arc::new(verification), start: whole.start }
}

/// Of several passages that bear a claim out those come first at which its citations point.
fn cited_place_first(verification: &mut Verification, note: &Note, at: usize, cited: &[CitationTarget], library: &View<'_>) {
    let citations = &note.sentences[at].citations;
    let pointed: Vec<Place> = citations.iter().flat_map(|at| cited_places(note, *at, cited, library)).collect();
    let is_there = |e: &Evidence| pointed.iter().any(|place| e.source == place.source && e.span.overlaps(place.span));
    verification.evidence.sort_by_key(|e| !(e.role == Role::Supports && is_there(e)));
}

pub fn cited_places(note: &Note, at: usize, cited: &[CitationTarget], library: &View<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    for at in places::pointing(note, at) {
        let (citation, CitationTarget::Sources(ids)) = (&note.citations[at], &cited[at]) else { continue };
        for id in ids {
            let spans = places::of(citation, *id, library);
            places.extend(spans.into_iter().map(|span| Place { source: *id, span }));
        }
    }
    places
}

fn cited_sources(sentence: &Sentence, cited: &[CitationTarget]) -> Vec<SourceId> {
    let mut seen: FxHashSet<SourceId> = FxHashSet::default();
    let led = sentence.citations.iter().flat_map(|i| match &cited[*i] {
        CitationTarget::Sources(ids) => ids.as_slice(),
        _ => &[],
    });
    led.copied().filter(|id| seen.insert(*id)).collect()
}

/// What a reader has in mind at a sentence: its heading, and the sentence before.
fn context(note: &Note, at: usize) -> Vec<Term> {
    let block = &note.layout.blocks[note.sentences[at].block];
    let mut terms: Vec<Term> = Vec::new();
    let before = at.checked_sub(1).map(|i| &note.sentences[i]).filter(|s| s.block == note.sentences[at].block);
    if let Some(before) = before {
        let own = before.words.of(&note.layout.visible);
        let words = words::words(own);
        let names = names::names(own, &words);
        let named = |w: &words::Word| names.iter().any(|n| n.span.encloses(w.span));
        terms.extend(words.iter().filter(|w| !w.is_stop && named(w)).map(|w| w.term));
    }
    for around in [block.heading, block.lead].into_iter().flatten() {
        let words = words::words(beginning(note.layout.blocks[around].span.of(&note.layout.visible), LONGEST_AROUND));
        terms.extend(words.iter().filter(|w| !w.is_stop).map(|w| w.term));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What a sentence that leans on others leans on: the sentence before it in its block, or the heading.
fn leans_on(note: &Note, at: usize) -> &str {
    let (visible, sentence) = (&note.layout.visible, &note.sentences[at]);
    if !verify::leans(sentence.words.of(visible)) {
        return "";
    }
    let before = at.checked_sub(1).map(|at| &note.sentences[at]).filter(|before| before.block == sentence.block);
    let heading = || note.layout.blocks[sentence.block].heading.map(|heading| note.layout.blocks[heading].span);
    before.map(|before| before.words).or_else(heading).map(|span| ending(span.of(visible), LONGEST_AROUND)).unwrap_or_default()
}

/// The cells of a row, relative to its text, with the words above them.
fn cells(note: &Note, at: usize, row: Span) -> Vec<Cell> {
    let block = &note.layout.blocks[note.sentences[at].block];
    let header = block.lead.map(|lead| &note.layout.blocks[lead].cells);
    let Some(header) = header.filter(|header| !header.is_empty() && header.len() == block.cells.len()) else {
        return Vec::new();
    };
    let visible = &note.layout.visible;
    let inside = |cell: &Span| {
        let (start, end) = (cell.start.clamp(row.start, row.end), cell.end.clamp(row.start, row.end));
        Span::new(start - row.start, end - row.start)
    };
    let cell = |(cell, head): (&Span, &Span)| Cell {
        span: inside(cell),
        header: beginning(head.of(visible).trim(), LONGEST_AROUND).to_owned(),
    };
    block.cells.iter().zip(header).map(cell).collect()
}
