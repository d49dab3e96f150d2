//! A note with what its citations lead to. From it the views are cut that rules get to see, and the keys of
//! their findings are made of those views.

use std::cell::Cell;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::grounds::{Grounds, gives_reason};
use super::view::{CitationView, Definition, Footnotes, Manner, Mark, Marks, Pointer, SentenceView};
use super::yardstick::Yardstick;
use super::{ClaimVerification, Severities, bare_confidence, bare_judgement, bears_out, cite};
use super::{likelihood_word, missing_citation, mixed_confidence};
use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, View, places};
use crate::note::{CitationKind, Note, Sentence, SentenceKind};
use crate::text::Span;

/// Where so many citations lead nowhere, nobody asks what each of them means.
const MANY_UNKNOWN: usize = 1_000;
/// How many bytes before a sentence a rule may look at, such as an article before a name.
const BEFORE: usize = 4;
/// How far it may look for the beginning of the line.
const FAR_BEFORE: usize = 64;

/// A note, and how the desk wants it.
pub struct CitedNote<'a> {
    /// Its name, relative to the root.
    pub path: &'a str,
    pub text: &'a str,
    pub note: &'a Note,
    /// In the order of the note's citations.
    pub cited: &'a [CitationTarget],
    pub severities: &'a Severities,
    /// How citations are written.
    pub style: cite::Style,
    /// The words of likelihood.
    pub yardstick: &'a Yardstick,
    /// Whether few of the note's citations lead nowhere, so that it is worth to look for what each may mean.
    pub has_few_unknown: bool,
    /// How often footnotes are marked, by their labels.
    marks: FxHashMap<&'a str, usize>,
    /// Block by block.
    has_backtick: Vec<bool>,
    /// Block by block, whether something is cited or a reason given, as far as somebody asked.
    are_grounded: Vec<OnceLock<bool>>,
}

impl<'a> CitedNote<'a> {
    /// Without a style that the desk wants the note's own counts.
    #[must_use]
    pub fn new(
        path: &'a str,
        text: &'a str,
        note: &'a Note,
        cited: &'a [CitationTarget],
        severities: &'a Severities,
        style: Option<cite::Style>,
        yardstick: &'a Yardstick,
    ) -> Self {
        let mut marks = FxHashMap::default();
        for citation in note.citations.iter().filter(|c| c.kind == CitationKind::Footnote) {
            *marks.entry(citation.target.as_str()).or_default() += 1;
        }
        let style = style.unwrap_or_else(|| cite::style_of(note, cited));
        let has_few_unknown =
            cited.iter().filter(|cited| **cited == CitationTarget::Unknown).take(MANY_UNKNOWN).count() < MANY_UNKNOWN;
        let has_backtick = note.layout.blocks.iter().map(|block| block.span.of(text).contains('`')).collect();
        let are_grounded = note.layout.blocks.iter().map(|_| OnceLock::new()).collect();
        Self { path, text, note, cited, severities, style, yardstick, has_few_unknown, marks, has_backtick, are_grounded }
    }

    /// The words around a sentence: up to the next one, as a citation may end behind its last word, and as much
    /// before and behind as tells what Markdown would make of words that are put there.
    #[must_use]
    pub fn surroundings(&self, at: usize) -> Span {
        let (sentence, visible) = (&self.note.sentences[at], &self.note.layout.visible);
        let next = self.note.sentences.get(at + 1).filter(|next| next.block == sentence.block);
        let end = next.map_or(self.note.layout.blocks[sentence.block].span.end, |next| next.span.start);
        let own = sentence.quoting(visible).cover(sentence.span).cover(sentence.words);
        let end = own.end.max(end);
        let behind = self.text[end..].chars().next().filter(|c| !matches!(c, '\n' | '\r'));
        Span::new(self.beginning(own.start), end + behind.map_or(0, char::len_utf8))
    }

    /// The beginning of the line before a place, or a letter there that is near: behind it nothing begins a
    /// block.
    fn beginning(&self, at: usize) -> usize {
        let floor = |place: usize| self.text.floor_char_boundary(place);
        let far = floor(at.saturating_sub(FAR_BEFORE));
        let line = self.text[far..at].rfind(['\n', '\r']).map_or(far, |end| far + end + 1);
        let letter = self.text[line..at].rfind(char::is_alphabetic).map_or(line, |letter| line + letter);
        letter.min(floor(at.saturating_sub(BEFORE))).max(line)
    }

    /// What rules may see of a sentence. Spans count from the beginning of its surroundings.
    #[must_use]
    pub fn sentence<'v>(&'v self, at: usize, library: &'v View<'v>) -> SentenceView<'v> {
        let (sentence, around) = (&self.note.sentences[at], self.surroundings(at));
        let inside = |span: Span| Span::new(span.start - around.start, span.end - around.start);
        let blocks = &self.note.layout.blocks;
        let first = blocks.partition_point(|block| block.span.start <= around.start).saturating_sub(1);
        let reached =
            blocks[first..].iter().zip(&self.has_backtick[first..]).take_while(|(block, _)| block.span.start < around.end);
        SentenceView {
            library,
            text: around.of(self.text),
            visible: around.of(&self.note.layout.visible),
            block: blocks[sentence.block].kind,
            kind: sentence.kind.unwrap_or(SentenceKind::Claim),
            span: inside(sentence.span),
            words: inside(sentence.words),
            quotations: sentence.quotations.iter().map(|quotation| quotation.from_start(around.start)).collect(),
            marks: self.marks(sentence.citations.iter().copied(), around.start),
            manner: self.severities.wants(missing_citation::RULE.code).then(|| self.manner(sentence)),
            yardstick: Some(self.yardstick).filter(|_| self.wants_measures()),
            grounds: self.wants_grounds().then(|| self.grounds(at)),
            blocks: reached.map(|(block, has)| (block.span.start.saturating_sub(around.start), *has)).collect(),
            footnotes: Footnotes { note: self, were_asked: Cell::new(false) },
        }
    }

    /// What rules may see of a citation. Spans count from its beginning.
    #[must_use]
    pub fn citation<'v>(
        &'v self,
        at: usize,
        claims: &[usize],
        verifications: &[Option<ClaimVerification>],
        library: &'v View<'v>,
    ) -> CitationView<'v> {
        let citation = &self.note.citations[at];
        CitationView {
            library,
            citation: self.pointer(at, citation.span.start),
            defined: citation.definition.as_ref().map_or(0, |inside| inside.len()),
            is_lone_unknown: self.has_few_unknown && self.cited[at] == CitationTarget::Unknown,
            borne_out: self.borne_out(at, claims, verifications).collect(),
        }
    }

    /// What bears out the claims for which a citation of a place stands, in the source that it cites first.
    pub fn borne_out<'b>(
        &self,
        at: usize,
        claims: &'b [usize],
        verifications: &'b [Option<ClaimVerification>],
    ) -> impl Iterator<Item = Span> + use<'b> {
        let source = match &self.cited[at] {
            CitationTarget::Sources(ids) if self.note.citations[at].locator.is_some() => ids.first().copied(),
            _ => None,
        };
        let verified = claims.iter().filter_map(|at| verifications[*at].as_ref());
        source.into_iter().flat_map(move |id| verified.clone().filter_map(move |it| Some(bears_out(it, id)?.span)))
    }

    /// Citations, with their places seen from one before them all.
    pub fn marks(&self, citations: impl Iterator<Item = usize>, from: usize) -> Marks<'a> {
        let mut marks = Marks { all: Vec::with_capacity(citations.size_hint().0), definitions: Vec::new() };
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        for at in citations {
            let citation = &self.note.citations[at];
            let definition = citation.definition.as_deref().map(|inside| {
                *known.entry(citation.target.as_str()).or_insert_with(|| {
                    let citations = inside.iter().map(|at| self.pointer(*at, from)).collect();
                    marks.definitions.push(Definition { is_shared: self.is_shared(&citation.target), citations });
                    marks.definitions.len() - 1
                })
            });
            let place = |at: usize| at.wrapping_sub(from);
            let span = Span::new(place(citation.span.start), place(citation.span.end));
            marks.all.push(Mark { span, citation: self.pointer(at, from), definition });
        }
        marks
    }

    /// Whether a footnote has several marks.
    fn is_shared(&self, label: &str) -> bool {
        self.marks.get(label).is_some_and(|marks| *marks > 1)
    }

    fn pointer(&self, at: usize, from: usize) -> Pointer<'a> {
        let citation = &self.note.citations[at];
        Pointer {
            citation,
            text: cite::with_locator(self.text, citation).of(self.text),
            cited: &self.cited[at],
            start: citation.span.start.wrapping_sub(from),
        }
    }

    fn manner(&self, sentence: &Sentence) -> Manner<'a> {
        Manner { path: self.path, style: self.style, cited_behind: self.cited_behind(sentence).collect() }
    }

    /// Whether a rule asks for the yardstick.
    #[must_use]
    pub fn wants_measures(&self) -> bool {
        self.severities.wants(likelihood_word::RULE.code) || self.severities.wants(mixed_confidence::RULE.code)
    }

    fn wants_grounds(&self) -> bool {
        self.severities.wants(bare_confidence::RULE.code) || self.severities.wants(bare_judgement::RULE.code)
    }

    /// What a sentence and those around it say of grounds. They lie in its block, so in its part of the note.
    fn grounds(&self, at: usize) -> Grounds {
        let (all, block) = (&self.note.sentences, self.note.sentences[at].block);
        let is_grounded = |sentence: &Sentence| {
            sentence.block == block
                && (!sentence.citations.is_empty() || gives_reason(sentence.words.of(&self.note.layout.visible)))
        };
        let beside = &all[at.saturating_sub(1)..all.len().min(at + 2)];
        let whole = || {
            let first = all.partition_point(|sentence| sentence.block < block);
            all[first..].iter().take_while(|sentence| sentence.block == block).any(is_grounded)
        };
        Grounds { are_near: beside.iter().any(is_grounded), are_in_block: *self.are_grounded[block].get_or_init(whole) }
    }

    /// The sources that the sentences behind one cite in its block.
    fn cited_behind(&self, sentence: &Sentence) -> impl Iterator<Item = SourceId> {
        let (all, block) = (&self.note.sentences, sentence.block);
        let first = all.partition_point(|other| other.block <= block && other.span.start <= sentence.span.start);
        let behind = all[first..].iter().take_while(move |other| other.block == block);
        behind
            .flat_map(|sentence| &sentence.citations)
            .flat_map(|at| match &self.cited[*at] {
                CitationTarget::Sources(ids) => ids.as_slice(),
                _ => &[],
            })
            .copied()
    }

    /// For each citation the sentences that it stands for.
    #[must_use]
    pub fn claims(&self) -> Vec<Vec<usize>> {
        let mut claims = vec![Vec::new(); self.note.citations.len()];
        for (at, sentence) in self.note.sentences.iter().enumerate() {
            for citation in sentence.citations.iter().flat_map(|citation| places::pointing(self.note, *citation)) {
                if claims[citation].last() != Some(&at) {
                    claims[citation].push(at);
                }
            }
        }
        claims
    }
}
