//! The cache of notes: what was read lately in their blocks. One keystroke changes one block, and only that one
//! is looked into again.
//!
//! A changed part of a note ([`super::parts`]) still has many blocks as they were. Its Markdown is
//! parsed again, which is cheap; costly is what is read in the blocks, and that depends on little
//! outside them.

use std::ops::Range;
use std::sync::Arc;

use super::{Citation, CitationKind, Part, Sentence};
use crate::cache::{Cache, Key};
use crate::text::Span;
use crate::text::blocks::Block;

/// Parts by their texts; citations and sentences by the blocks in which they stand.
#[derive(Debug)]
pub struct NoteCache {
    parts: Cache<Arc<Part>>,
    citations: Cache<Arc<[Citation]>>,
    sentences: Cache<Arc<[Sentence]>>,
}

/// A block with all that its sentences may depend on.
pub struct BlockContext<'a> {
    pub text: &'a str,
    pub visible: &'a str,
    pub block: &'a Block,
    pub next: Option<&'a Block>,
    /// All of the note's, in order.
    pub code: &'a [Span],
    /// All of the note's, in order.
    pub citations: &'a [Citation],
}

impl Default for NoteCache {
    fn default() -> Self {
        Self { parts: Cache::weighing(Part::weight), citations: Cache::default(), sentences: Cache::default() }
    }
}

impl NoteCache {
    /// A part of a note, in other parts of which there are footnotes with these labels.
    pub fn part(&self, text: &str, footnotes: &str) -> Arc<Part> {
        let make = || Arc::new(Part::read(text, footnotes, Some(self)));
        self.parts.get_or(Key::default().text(text).text(footnotes), make)
    }

    /// The citations of a block, which depend on nothing but its words.
    pub fn citations(&self, prose: &str, find: impl FnOnce(&str) -> Vec<Citation>) -> Arc<[Citation]> {
        if !prose.contains(['[', '@']) {
            return Arc::default();
        }
        self.citations.get_or(Key::default().text(prose), || find(prose).into())
    }

    /// The sentences of a block, known or cut now. `cut` hears which citations may be theirs; `at` is
    /// the place of the block among all.
    pub fn sentences(&self, it: &BlockContext<'_>, at: usize, cut: impl FnOnce(Range<usize>) -> Vec<Sentence>) -> Vec<Sentence> {
        let inside = it.citations_inside();
        let (from, first) = (it.start(&inside), inside.start);
        let mut key = Key::default();
        it.write(&mut key, &inside, from);
        if let Some(known) = self.sentences.get(&key) {
            return known.iter().map(|sentence| sentence.placed(from, at, first)).collect();
        }
        let found = cut(inside);
        self.sentences.put(&key, found.iter().map(|sentence| relative(sentence, from, first)).collect());
        found
    }
}

impl BlockContext<'_> {
    /// The citations that begin in the block; the ends may hold some of its neighbours'.
    fn citations_inside(&self) -> Range<usize> {
        let span = self.block.span;
        let first = self.citations.partition_point(|c| c.span.start + 1 < span.start);
        let behind = self.citations.partition_point(|c| c.span.start < span.end);
        first..behind.max(first)
    }

    /// Where counting begins, so that nothing lies before it.
    fn start(&self, inside: &Range<usize>) -> usize {
        self.citations[inside.clone()].iter().fold(self.block.span.start, |start, c| start.min(c.span.start))
    }

    fn write(&self, key: &mut Key, inside: &Range<usize>, from: usize) {
        let span = self.block.span;
        key.number(self.block.kind as usize).span(span, from).text(span.of(self.text)).text(span.of(self.visible));
        // Whether a mark opens or closes may depend on its neighbours.
        let around = [self.visible[..span.start].chars().next_back(), self.visible[span.end..].chars().next()];
        key.char(around[0]).char(around[1]);
        let goes_on = self.next.filter(|next| next.kind == self.block.kind);
        let mark = goes_on.and_then(|next| next.span.of(self.visible).trim_start().chars().next());
        key.char(mark);
        for citation in &self.citations[inside.clone()] {
            let kind = match citation.kind {
                CitationKind::Link => 1,
                CitationKind::BareKey => 2,
                CitationKind::Definition => 3,
                CitationKind::Key | CitationKind::Wiki | CitationKind::Footnote | CitationKind::Address => 4,
            };
            key.number(kind).span(citation.span, from);
        }
        let first = self.code.partition_point(|code| code.end <= span.start);
        for code in self.code[first..].iter().take_while(|code| code.start < span.end) {
            key.number(0).span(*code, from);
        }
    }
}

/// A sentence as it stands in its block, whatever is before it.
fn relative(it: &Sentence, from: usize, first: usize) -> Sentence {
    let back = |span: Span| Span::new(span.start - from, span.end - from);
    Sentence {
        span: back(it.span),
        words: back(it.words),
        kind: it.kind,
        block: 0,
        quotations: it.quotations.iter().map(|q| q.from_start(from)).collect(),
        citations: it.citations.iter().map(|at| at - first).collect(),
    }
}
