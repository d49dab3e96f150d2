//! The parts of a note: stretches that can be parsed by themselves, as Markdown begins anew with
//! each. One keystroke changes one of them; the others are taken as they were.
//!
//! A part begins behind an empty line with a heading or a paragraph. That ends all lists, quotations,
//! tables and footnotes above. What it does not end is code, comments and front matter, so a part
//! whose last block is one of these takes in what follows. Footnotes are used in one part and defined
//! in another: the labels of all are known to all. Where links have definitions of their own, which is
//! rare, the note is one part.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::cache::BlockContext;
use super::{
    Citation, Note, NoteCache, Sentence, bibliographies, block_sentences, citations, directives, hide, obsidian, quotations,
    with_subjects,
};
use crate::text::blocks::{Block, connect};
use crate::text::{LineIndex, Span, markdown};

/// What was read in a part. Everything counts from its beginning.
#[derive(Debug)]
pub struct Part {
    /// No other part has it, so it stands for the part's content.
    pub id: usize,
    /// How many lines end in it.
    pub lines: usize,
    note: Note,
    leading: Vec<bool>,
    definitions: Vec<(String, Arc<[usize]>)>,
    may_go_on: bool,
    has_link_definitions: bool,
}

/// A part in its note.
#[derive(Clone, Debug)]
pub struct PlacedPart {
    pub part: Arc<Part>,
    pub span: Span,
    /// Its first block, sentence and citation among the note's.
    pub block: usize,
    pub sentence: usize,
    pub citation: usize,
}

static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Part {
    /// Reads a part, in whose note there are footnotes with these labels.
    pub(super) fn read(text: &str, footnotes: &str, cache: Option<&NoteCache>) -> Self {
        let mut markdown = if footnotes.is_empty() { markdown::parse(text) } else { markdown::parse_part(text, footnotes) };
        let comments = obsidian::comments(text, &markdown.layout.blocks, &markdown.code);
        markdown.leave_out(&comments.spans);
        let found = citations::find(text, &markdown, cache);
        hide(&mut markdown.layout.visible, text, &found.citations);
        obsidian::hide(&mut markdown.layout.visible, &markdown.layout.blocks, &comments.spans);
        let layout = markdown.layout;
        let with_subjects = with_subjects(&layout.visible, &found.citations);
        let mut sentences = Vec::new();
        for (at, block) in layout.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_prose()) {
            let next = layout.blocks.get(at + 1);
            let cut = |inside| {
                let quotations = quotations::find(text, &layout.visible, block, next, &markdown.code);
                block_sentences(&layout, &with_subjects, at, block, &quotations, &found.citations, inside)
            };
            let (visible, code, citations) = (&layout.visible, &markdown.code, &found.citations);
            sentences.extend(match cache {
                Some(cache) => cache.sentences(&BlockContext { text, visible, block, next, code, citations }, at, cut),
                None => cut(0..citations.len()),
            });
        }
        Self {
            id: COUNT.fetch_add(1, Ordering::Relaxed),
            lines: LineIndex::new(text).line(text.len()),
            note: Note {
                layout,
                sentences,
                citations: found.citations,
                directives: directives::find(text, &markdown.comments),
                bibliographies: Vec::new(),
                cut: None,
            },
            leading: markdown.leading,
            definitions: found.definitions,
            may_go_on: markdown.may_go_on || comments.is_open,
            has_link_definitions: markdown.has_link_definitions,
        }
    }

    /// About how much memory it takes.
    pub(super) fn weight(it: &Arc<Self>) -> usize {
        const FOR_EACH_BYTE: usize = 3;
        FOR_EACH_BYTE * it.note.layout.visible.len()
    }

    /// The note of which this is all.
    pub(super) fn alone(self, text: &str) -> Note {
        let mut note = self.note;
        citations::define(&mut note.citations, &self.definitions);
        note.bibliographies = bibliographies(text);
        note
    }
}

/// A note with its parts. None where it cannot be parted.
pub fn of(text: &str, cache: &NoteCache) -> (Note, Vec<PlacedPart>) {
    let parts = whole_parts(text, cache);
    let are_apart = parts.len() > 1 && !parts.iter().any(|(_, part)| part.has_link_definitions);
    match labels(&parts).filter(|_| are_apart).and_then(|footnotes| with_footnotes(text, parts, &footnotes, cache)) {
        Some(parts) => join(text, &parts),
        None => (Part::read(text, "", Some(cache)).alone(text), Vec::new()),
    }
}

type Parts = Vec<(Span, Arc<Part>)>;

/// The parts, each of which ends what it begins.
fn whole_parts(text: &str, cache: &NoteCache) -> Parts {
    let spans = spans(text);
    let mut parts = Vec::new();
    let mut at = 0;
    while at < spans.len() {
        // Twice as much each time, as it may be all.
        let mut more = 1;
        let (behind, span, part) = loop {
            let behind = (at + more).min(spans.len());
            let span = spans[at].cover(spans[behind - 1]);
            let part = cache.part(span.of(text), "");
            if !part.may_go_on || behind == spans.len() {
                break (behind, span, part);
            }
            more *= 2;
        };
        parts.push((span, part));
        at = behind;
    }
    parts
}

/// Where parts may begin, as spans that cover the text.
fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    if has_lone_return(text) {
        return vec![Span::new(0, text.len())];
    }
    let (mut start, mut at, mut is_behind_empty) = (0, 0, false);
    // What may be front matter goes until here.
    let mut closed = 0;
    for line in text.split_inclusive('\n') {
        if is_behind_empty && at >= closed && is_beginning(line) {
            spans.push(Span::new(start, at));
            start = at;
        }
        is_behind_empty = is_empty(line);
        at += line.len();
        // It may begin front matter anywhere, also in a quotation; whether it does hangs on an end.
        if line.trim_end().ends_with("---") {
            closed = closed.max(at + front_matter(&text[at..]));
        }
    }
    spans.push(Span::new(start, text.len()));
    spans
}

/// A lone return ends a line for Markdown, which nobody writes any more.
fn has_lone_return(text: &str) -> bool {
    text.contains('\r') && text.split('\n').any(|line| line.strip_suffix('\r').unwrap_or(line).contains('\r'))
}

fn is_empty(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// How far front matter goes whose first line has been read; nowhere if it has no end.
fn front_matter(text: &str) -> usize {
    let is_end = |line: &str| matches!(line.trim_end_matches(['\n', '\r']).trim_end_matches(' '), "---" | "...");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_first = at == 0;
        at += line.len();
        if is_first && (is_empty(line) || is_end(line)) {
            return 0;
        }
        if is_end(line) {
            return at;
        }
    }
    0
}

/// Whether a line behind an empty one begins a part: headings do, and some of the paragraphs, chosen
/// by their words, so that an edit elsewhere changes nothing.
fn is_beginning(line: &str) -> bool {
    const ONE_OF: usize = 8;
    const FIRST: usize = 24;
    let title = line.trim_start_matches('#');
    let is_heading = title.len() < line.len() && line.len() - title.len() <= 6 && title.starts_with(' ');
    let begins_with_letter = |words: &str| words.starts_with(char::is_alphabetic);
    if is_heading {
        return begins_with_letter(title.trim_start_matches(' '));
    }
    begins_with_letter(line) && line.bytes().take(FIRST).map(usize::from).sum::<usize>().is_multiple_of(ONE_OF)
}

/// The definitions of all labels of footnotes, as a text. `None` if one is too odd.
fn labels(parts: &Parts) -> Option<String> {
    let mut labels: Vec<&str> = parts.iter().flat_map(|(_, part)| &part.definitions).map(|(label, _)| label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    let is_plain = |label: &&str| label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    labels.iter().all(is_plain).then(|| labels.iter().map(|label| format!("[^{label}]: x\n\n")).collect())
}

/// The parts as they are where these footnotes are defined. `None` where the last part uses footnotes
/// and may not have ended, so that nothing can be defined behind it.
fn with_footnotes(text: &str, mut parts: Parts, footnotes: &str, cache: &NoteCache) -> Option<Parts> {
    for (span, part) in parts.iter_mut().filter(|(span, _)| !footnotes.is_empty() && span.of(text).contains("[^")) {
        if part.may_go_on {
            return None;
        }
        *part = cache.part(span.of(text), footnotes);
    }
    Some(parts)
}

fn join(text: &str, parts: &Parts) -> (Note, Vec<PlacedPart>) {
    let mut note = Note { bibliographies: bibliographies(text), ..Note::default() };
    let mut leading = Vec::new();
    let mut definitions = Vec::new();
    let mut placed = Vec::with_capacity(parts.len());
    // A long note is joined anew after each key: growing step by step took a good part of that.
    let sum = |count: fn(&Part) -> usize| parts.iter().map(|(_, part)| count(part)).sum();
    note.layout.visible.reserve(text.len());
    note.layout.blocks.reserve(sum(|part| part.note.layout.blocks.len()));
    note.sentences.reserve(sum(|part| part.note.sentences.len()));
    note.citations.reserve(sum(|part| part.note.citations.len()));
    for (span, part) in parts {
        let (by, read) = (span.start, &part.note);
        let (block, sentence, citation) = (note.layout.blocks.len(), note.sentences.len(), note.citations.len());
        note.layout.visible.push_str(&read.layout.visible);
        note.layout.blocks.extend(read.layout.blocks.iter().map(|block| moved(block, by)));
        note.sentences.extend(read.sentences.iter().map(|sentence: &Sentence| sentence.placed(by, block, citation)));
        note.citations.extend(read.citations.iter().map(|c| Citation { span: c.span.shifted(by), ..c.clone() }));
        note.directives.extend(read.directives.iter().map(|directive| directive.shifted(by)));
        leading.extend(&part.leading);
        let inside = |inside: &[usize]| inside.iter().map(|at| at + citation).collect();
        definitions.extend(part.definitions.iter().map(|(label, at)| (label.clone(), inside(at))));
        placed.push(PlacedPart { part: Arc::clone(part), span: *span, block, sentence, citation });
    }
    connect(&mut note.layout.blocks, &leading);
    citations::define(&mut note.citations, &definitions);
    (note, placed)
}

fn moved(block: &Block, by: usize) -> Block {
    let cells = block.cells.iter().map(|cell| cell.shifted(by)).collect();
    Block { kind: block.kind, span: block.span.shifted(by), lead: None, heading: None, cells }
}
