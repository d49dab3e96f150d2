//! What was found out of one sentence or one citation, and all that it depends on.
//!
//! Most of a note is as it was before a keystroke. So the outcome is kept under the words around
//! the sentence and whatever else the verifier and the rules look at; only where these changed is
//! anything worked out again.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Workspace;
use super::judge;
use crate::library::resolve::Cited;
use crate::library::{SourceId, View};
use crate::note::{Citation, CitationKind, LONGEST_AROUND, Note, SentenceKind, beginning};
use crate::recent::Key;
use crate::rules::{self, Finding, Judged, Severities, Subject, cite};
use crate::text::Span;
use crate::text::blocks::Block;
use crate::verify::Verification;

/// What was found out of a sentence.
#[derive(Clone, Debug)]
pub struct Outcome {
    verification: Arc<Verification>,
    /// What the rules say; spans count from the sentence's surroundings. `None` where it cannot be
    /// kept, as it depends on other places of the note.
    findings: Option<Arc<[Finding]>>,
}

impl Outcome {
    /// Whether the findings can be kept.
    pub const fn is_kept(&self) -> bool {
        self.findings.is_some()
    }

    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        const VERIFICATION: usize = 600;
        VERIFICATION * (1 + self.findings.as_ref().map_or(0, |findings| findings.len()))
    }
}

/// A note with all that its sentences are held against.
pub struct Work<'a> {
    pub text: &'a str,
    pub path: &'a str,
    pub note: &'a Note,
    pub cited: &'a [Cited],
    pub workspace: &'a Workspace,
    /// How often footnotes are marked, by their labels.
    marks: FxHashMap<&'a str, usize>,
    style: cite::Style,
    has_few_unknown: bool,
    pub severities: Severities,
    /// The same as a text.
    levels: String,
}

/// Where so many citations lead nowhere, nobody asks what each of them means.
const MANY_UNKNOWN: usize = 1_000;
/// How many bytes before a sentence a rule may look at, such as an article before a name.
const BEFORE: usize = 4;

impl<'a> Work<'a> {
    pub fn new(text: &'a str, path: &'a str, note: &'a Note, cited: &'a [Cited], workspace: &'a Workspace) -> Self {
        let mut marks = FxHashMap::default();
        for citation in note.citations.iter().filter(|c| c.kind == CitationKind::Footnote) {
            *marks.entry(citation.target.as_str()).or_default() += 1;
        }
        let style = workspace.settings.citation_style.unwrap_or_else(|| cite::style_of(note, cited));
        let severities = workspace.settings.severities(path);
        let levels = severities.written();
        let has_few_unknown = cited.iter().filter(|cited| **cited == Cited::Unknown).take(MANY_UNKNOWN).count() < MANY_UNKNOWN;
        Self { text, path, note, cited, workspace, marks, style, has_few_unknown, severities, levels }
    }

    /// Whether a sentence asserts anything.
    pub fn is_judged(&self, at: usize) -> bool {
        self.note.sentences[at].kind != SentenceKind::Other
    }

    /// What is known of a sentence.
    pub fn known(&self, at: usize, key: &mut Key) -> Option<Outcome> {
        self.write_sentence(at, key);
        self.workspace.memo.sentences.get(key)
    }

    /// Judges a sentence, and keeps what is found.
    pub fn judge(&self, at: usize) -> Outcome {
        // What one claim opens may go when it is judged.
        let library = &self.workspace.library.view();
        let judged = judge::judge(self.note, at, self.cited, self.workspace, library);
        let from = self.surroundings(at).start;
        let found = rules::of_sentence(&self.subject(&[], library), at, &judged);
        let findings = self.is_local(at, &found).then(|| found.iter().map(|f| f.from_start(from)).collect());
        let outcome = Outcome { verification: judged.verification, findings };
        let mut key = Key::default();
        self.write_sentence(at, &mut key);
        self.workspace.memo.sentences.put(&key, outcome.clone());
        outcome
    }

    /// The judgement at its place in the note.
    pub fn judged(&self, at: usize, outcome: &Outcome) -> Judged {
        Judged { verification: Arc::clone(&outcome.verification), start: judge::claim(self.note, at).start }
    }

    /// What the rules say of a sentence.
    pub fn findings(&self, at: usize, outcome: &Outcome, found: &mut Vec<Finding>) {
        match &outcome.findings {
            Some(findings) => {
                let from = self.surroundings(at).start;
                found.extend(findings.iter().map(|finding| finding.shifted(from)));
            }
            None => {
                let library = &self.workspace.library.view();
                found.extend(rules::of_sentence(&self.subject(&[], library), at, &self.judged(at, outcome)));
            }
        }
    }

    /// What the rules say of a citation. `claims` are the sentences for which it stands.
    pub fn of_citation(&self, at: usize, claims: &[usize], verifications: &[Option<Judged>], key: &mut Key) -> Arc<[Finding]> {
        self.write_citation(at, claims, verifications, key);
        self.workspace.memo.citations.get_or(key, || {
            let library = &self.workspace.library.view();
            let found = rules::of_citation(&Subject { claims, ..self.subject(verifications, library) }, at);
            found.iter().map(|finding| finding.from_start(self.note.citations[at].span.start)).collect()
        })
    }

    fn subject<'b>(&'b self, verifications: &'b [Option<Judged>], library: &'b View<'b>) -> Subject<'b> {
        Subject {
            path: self.path,
            text: self.text,
            note: self.note,
            verifications,
            cited: self.cited,
            library,
            severities: &self.severities,
            citation_style: Some(self.style),
            claims: &[],
            has_few_unknown: self.has_few_unknown,
        }
    }
}

/// What outcomes depend on.
impl<'a> Work<'a> {
    /// The words around a sentence: up to the next one, as a citation may end behind its last word.
    fn surroundings(&self, at: usize) -> Span {
        let (sentence, visible) = (&self.note.sentences[at], &self.note.layout.visible);
        let next = self.note.sentences.get(at + 1).filter(|next| next.block == sentence.block);
        let end = next.map_or(self.note.layout.blocks[sentence.block].span.end, |next| next.span.start);
        let own = judge::claim(self.note, at).cover(sentence.span).cover(sentence.words);
        let start = own.start.min(visible.floor_char_boundary(own.start.saturating_sub(BEFORE)));
        Span::new(self.text.floor_char_boundary(start), own.end.max(end))
    }

    fn write_sentence(&self, at: usize, key: &mut Key) {
        let (note, sentence, around) = (self.note, &self.note.sentences[at], self.surroundings(at));
        let (visible, block, from) = (&note.layout.visible, &note.layout.blocks[sentence.block], around.start);
        key.begin().number(block.kind as usize).number(sentence.kind as usize);
        key.text(around.of(self.text)).text(around.of(visible)).span(sentence.span, from).span(sentence.words, from);
        key.number(sentence.quotations.len());
        for quotation in &sentence.quotations {
            quotation.write(key, from);
        }
        // The names of the sentence before, and the words of the headings.
        let before = at.checked_sub(1).map(|at| &note.sentences[at]).filter(|before| before.block == sentence.block);
        key.maybe(before.map(|before| before.words.of(visible)));
        for around in [block.heading, block.lead] {
            key.maybe(around.map(|around| beginning(note.layout.blocks[around].span.of(visible), LONGEST_AROUND)));
        }
        key.number(block.cells.len());
        for cell in &block.cells {
            key.span(*cell, from);
        }
        // Rows of another length have no headers.
        let is_header = |lead: &&Block| lead.cells.len() == block.cells.len();
        let header = block.lead.map(|lead| &note.layout.blocks[lead]).filter(is_header);
        key.number(header.map_or(0, |header| header.cells.len()));
        for (header, cell) in header.iter().flat_map(|header| header.cells.iter().map(move |cell| (header, cell))) {
            key.span(*cell, header.span.start);
        }
        key.number(sentence.citations.len());
        let mut labels = FxHashSet::default();
        for citation in &sentence.citations {
            self.write_pointer(*citation, from, &mut labels, key);
        }
        self.write_wishes(key);
        if self.severities.wants("missing-citation") {
            for id in rules::cited_behind(note, self.cited, sentence) {
                key.number(id.0);
            }
        }
    }

    /// What the desk wants to hear, and how citations that are missing are to be written.
    pub fn write_wishes(&self, key: &mut Key) {
        key.text(&self.levels);
        if self.severities.wants("missing-citation") {
            key.text(self.path).number(self.style as usize);
        }
    }

    /// A citation of a sentence; of a footnote also what its definition cites, once for all of its `labels`.
    pub fn write_pointer(&self, at: usize, from: usize, labels: &mut FxHashSet<&'a str>, key: &mut Key) {
        let citation = &self.note.citations[at];
        key.span(citation.span, from);
        self.write_target(at, key);
        let Some(inside) = citation.definition.as_ref().filter(|_| labels.insert(citation.target.as_str())) else { return };
        key.number(self.marks.get(citation.target.as_str()).copied().unwrap_or(0).min(2)).number(inside.len());
        for at in inside.iter() {
            let citation = &self.note.citations[*at];
            self.write_target(*at, key);
            key.text(cite::with_locator(self.text, citation).of(self.text));
        }
    }

    fn write_target(&self, at: usize, key: &mut Key) {
        let citation: &Citation = &self.note.citations[at];
        key.number(citation.kind as usize).text(&citation.target).maybe(citation.locator.as_deref());
        key.number(usize::from(citation.definition.is_some()));
        let (what, which): (usize, &[SourceId]) = match &self.cited[at] {
            Cited::Sources(ids) => (0, ids),
            Cited::Entry => (1, &[]),
            Cited::NotASource => (2, &[]),
            Cited::Unknown if self.has_few_unknown => (3, &[]),
            Cited::Unknown => (4, &[]),
            Cited::Unreadable(at) => (5 + at, &[]),
        };
        key.number(what).number(which.len());
        for id in which {
            key.number(id.0);
        }
    }

    fn write_citation(&self, at: usize, claims: &[usize], verifications: &[Option<Judged>], key: &mut Key) {
        let citation = &self.note.citations[at];
        key.begin();
        self.write_target(at, key);
        key.text(citation.span.of(self.text)).text(cite::with_locator(self.text, citation).of(self.text));
        key.number(citation.definition.as_ref().map_or(0, |inside| inside.len())).text(&self.levels);
        self.write_support(at, claims, verifications, key);
    }

    /// What bears out the claims for which a citation of a place stands.
    pub fn write_support(&self, at: usize, claims: &[usize], verifications: &[Option<Judged>], key: &mut Key) {
        let (Cited::Sources(ids), true) = (&self.cited[at], self.note.citations[at].locator.is_some()) else { return };
        let Some(id) = ids.first() else { return };
        for judged in claims.iter().filter_map(|at| verifications[*at].as_ref()) {
            if let Some(evidence) = rules::bears_out(judged, *id) {
                key.span(evidence.span, 0);
            }
        }
    }

    /// Whether findings depend on nothing but what is in the key. A fix may lie in the definition of
    /// a footnote, or put another footnote in the place of one.
    fn is_local(&self, at: usize, found: &[Finding]) -> bool {
        let around = self.surroundings(at);
        let is_inside =
            |f: &Finding| around.encloses(f.span) && f.fixes.iter().all(|fix| fix.edits.iter().all(|e| around.encloses(e.span)));
        let mut kinds = self.note.sentences[at].citations.iter().map(|at| self.note.citations[*at].kind);
        let has_footnote = kinds.any(|kind| kind == CitationKind::Footnote);
        found.iter().all(|finding| is_inside(finding) && !(has_footnote && finding.code == "wrong-citation"))
    }
}
