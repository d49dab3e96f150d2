//! "Check this note": sentences to verifications to findings.

use super::Workspace;
use super::memo::Key;
use crate::library::resolve::{self, Cited};
use crate::library::{SourceId, View, places};
use crate::note::{Note, Sentence, SentenceKind};
use crate::rules::{self, Finding, Place, Subject};
use crate::text::words::Term;
use crate::text::{Analysis, Span};
use crate::verify::{self, Cell, Claim, Evidence, Role, Verdict, Verification};

/// A note that has been checked.
#[derive(Clone, Debug)]
pub struct Checked {
    pub note: Note,
    /// In the order of the note's sentences; `None` for those that assert nothing.
    pub verifications: Vec<Option<Verification>>,
    /// What the note's citations lead to, in their order.
    pub cited: Vec<Cited>,
    /// In the order of the text.
    pub findings: Vec<Finding>,
}

/// Work that its owner no longer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Checks a note. `path` is its name relative to the root; `is_cancelled` is asked before each
/// sentence.
pub fn check(text: &str, path: &str, workspace: &Workspace, is_cancelled: &dyn Fn() -> bool) -> Result<Checked, Cancelled> {
    let note = Note::parse(text);
    let cited = resolve::follow(&note, path, &workspace.library, workspace);
    let mut verifications = Vec::with_capacity(note.sentences.len());
    for at in 0..note.sentences.len() {
        if is_cancelled() {
            return Err(Cancelled);
        }
        let sentence = &note.sentences[at];
        verifications.push((sentence.kind != SentenceKind::Other).then(|| judge(&note, at, &cited, workspace)));
    }
    let findings = rules::findings(&Subject {
        path,
        text,
        note: &note,
        verifications: &verifications,
        cited: &cited,
        library: &workspace.library.view(),
        wants_citations: workspace.settings.missing_citation,
        citation_style: workspace.settings.citation_style,
    });
    Ok(Checked { note, verifications, cited, findings })
}

fn judge(note: &Note, at: usize, cited: &[Cited], workspace: &Workspace) -> Verification {
    let sentence = &note.sentences[at];
    // What one claim opens may go when it is judged.
    let library = &workspace.library.view();
    let visible = &note.layout.visible;
    let words = sentence.span.trimmed(visible);
    let whole = sentence.quotations.iter().fold(words, |span, q| span.cover(q.span));
    let key = Key {
        text: whole.of(visible).to_owned(),
        quotations: sentence.quotations.iter().map(|q| q.from_start(whole.start)).collect(),
        context: context(note, at),
        cells: cells(note, at, whole),
        cited: cited_sources(sentence, cited),
        is_judgement: sentence.kind == SentenceKind::Judgement,
    };
    let words = Span::new(words.start - whole.start, words.end - whole.start);
    let verified = workspace.memo.get_or_insert(key, |key| {
        let claim = Claim {
            text: &key.text,
            analysis: &Analysis::of(&key.text, words),
            quotations: &key.quotations,
            context: &key.context,
            cells: &key.cells,
            cited: &key.cited,
            only: None,
            is_judgement: key.is_judgement,
        };
        verify::verify(&claim, library)
    });
    let mut verification = verified.shifted(whole.start);
    cited_place_first(&mut verification, note, at, cited, library);
    // An assessment needs no source; only a wrong premise counts against it.
    let lacks_support = matches!(verification.verdict, Verdict::Unsupported | Verdict::Partial);
    if sentence.kind == SentenceKind::Judgement && lacks_support {
        verification.verdict = Verdict::NotAClaim;
    }
    verification
}

/// Of several passages that bear a claim out those come first at which its citations point.
fn cited_place_first(verification: &mut Verification, note: &Note, at: usize, cited: &[Cited], library: &View<'_>) {
    let citations = &note.sentences[at].citations;
    let pointed: Vec<Place> = citations.iter().flat_map(|at| cited_places(note, *at, cited, library)).collect();
    let is_there = |e: &Evidence| pointed.iter().any(|place| e.source == place.source && e.span.overlaps(place.span));
    verification.evidence.sort_by_key(|e| !(e.role == Role::Supports && is_there(e)));
}

fn cited_places(note: &Note, at: usize, cited: &[Cited], library: &View<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    for at in places::pointing(note, at) {
        let (citation, Cited::Sources(ids)) = (&note.citations[at], &cited[at]) else { continue };
        for id in ids {
            let spans = places::of(citation, *id, library);
            places.extend(spans.into_iter().map(|span| Place { source: *id, span }));
        }
    }
    places
}

fn cited_sources(sentence: &Sentence, cited: &[Cited]) -> Vec<SourceId> {
    let mut ids: Vec<SourceId> = sentence
        .citations
        .iter()
        .filter_map(|i| match &cited[*i] {
            Cited::Sources(ids) => Some(ids.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    ids.dedup();
    ids
}

/// What a reader has in mind at a sentence: its heading, and the sentence before.
fn context(note: &Note, at: usize) -> Vec<Term> {
    let block = &note.layout.blocks[note.sentences[at].block];
    let mut terms: Vec<Term> = Vec::new();
    let before = at.checked_sub(1).map(|i| &note.sentences[i]).filter(|s| s.block == note.sentences[at].block);
    if let Some(before) = before {
        let named = |w: &crate::text::words::Word| before.analysis.names.iter().any(|n| n.span.encloses(w.span));
        terms.extend(before.analysis.words.iter().filter(|w| !w.is_stop && named(w)).map(|w| w.term));
    }
    for around in [block.heading, block.lead].into_iter().flatten() {
        let words = crate::text::words::words(note.layout.blocks[around].span.of(&note.layout.visible));
        terms.extend(words.iter().filter(|w| !w.is_stop).map(|w| w.term));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
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
    let cell = |(cell, head): (&Span, &Span)| Cell { span: inside(cell), header: head.of(visible).trim().to_owned() };
    block.cells.iter().zip(header).map(cell).collect()
}

impl Checked {
    /// The places in sources at which a citation points. A footnote points where its definition
    /// does.
    #[must_use]
    pub fn cited_places(&self, at: usize, library: &View<'_>) -> Vec<Place> {
        cited_places(&self.note, at, &self.cited, library)
    }

    /// The verification of the sentence at a byte offset, with the sentence.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(&Sentence, Option<&Verification>)> {
        let at = self.note.sentence_at(offset)?;
        Some((&self.note.sentences[at], self.verifications[at].as_ref()))
    }
}
