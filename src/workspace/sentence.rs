//! What was found out of one sentence or one citation, and all that it depends on.
//!
//! Most of a note is as it was before a keystroke. So the entry is kept under the words around
//! the sentence and whatever else the verifier and the rules look at; only where these changed is
//! anything worked out again. What rules look at is in their views ([`rules::SentenceView`],
//! [`rules::CitationView`]), which write it into the key; what the verifier looks at is written here.

use std::ops::Range;
use std::sync::Arc;

use super::kinds::SentenceContext;
use super::{Workspace, judge};
use crate::cache::Key;
use crate::library::View;
use crate::note::{LONGEST_AROUND, SentenceKind, beginning};
use crate::rules::{self, CitedNote, ClaimVerification, Finding, SentenceView};
use crate::text::blocks::Block;
use crate::verify::Verification;

/// What was found out of a sentence.
#[derive(Clone, Debug)]
pub struct SentenceEntry {
    pub kind: SentenceKind,
    /// `None` where it asserts nothing.
    verification: Option<Arc<Verification>>,
    /// What the rules say; spans count from the sentence's surroundings. `None` where it cannot be
    /// kept, as it depends on other places of the note.
    findings: Option<Arc<[Finding]>>,
}

impl SentenceEntry {
    /// A sentence that asserts nothing.
    fn without_claim() -> Self {
        Self { kind: SentenceKind::Other, verification: None, findings: Some(Arc::new([])) }
    }

    /// Whether its findings are in it.
    pub const fn has_findings(&self) -> bool {
        self.findings.is_some()
    }

    /// About how much memory it takes.
    pub fn weight(&self) -> usize {
        const VERIFICATION: usize = 1600;
        VERIFICATION * (1 + self.findings.as_ref().map_or(0, |findings| findings.len()))
    }
}

/// A note with all that its sentences are held against.
pub struct Work<'a> {
    pub note: CitedNote<'a>,
    pub workspace: &'a Workspace,
    /// The severities as a text.
    levels: String,
    /// A sentence that somebody is still typing.
    unfinished: Option<usize>,
}

impl<'a> Work<'a> {
    pub fn new(note: CitedNote<'a>, workspace: &'a Workspace, unfinished: Option<usize>) -> Self {
        let levels = note.severities.written();
        Self { note, workspace, levels, unfinished }
    }

    pub fn unfinished(&self) -> Option<usize> {
        self.unfinished
    }

    /// Whether what is found out of some sentences may be kept.
    pub fn is_kept(&self, sentences: &Range<usize>) -> bool {
        self.unfinished.is_none_or(|at| !sentences.contains(&at))
    }

    /// Whether a sentence may assert something, as far as Markdown says, and is finished.
    pub fn may_assert(&self, at: usize) -> bool {
        self.note.note.sentences[at].kind != Some(SentenceKind::Other) && self.unfinished != Some(at)
    }

    fn context(&self, at: usize) -> SentenceContext<'_> {
        SentenceContext::of(self.note.note, at, self.unfinished)
    }

    /// What is known of a sentence.
    pub fn cached(&self, at: usize, key: &mut Key) -> Option<SentenceEntry> {
        let kind = self.note.note.sentences[at].kind;
        let kind = kind.or_else(|| self.context(at).known(&self.workspace.cache, key))?;
        if kind == SentenceKind::Other {
            return Some(SentenceEntry::without_claim());
        }
        self.write_sentence(at, &self.view(at, kind, &self.workspace.library.view()), key);
        self.workspace.cache.sentences.get(key)
    }

    fn view<'v>(&'v self, at: usize, kind: SentenceKind, library: &'v View<'v>) -> SentenceView<'v> {
        let mut view = self.note.sentence(at, library);
        view.kind = kind;
        view
    }

    /// Judges a sentence, and keeps what is found.
    pub fn judge(&self, at: usize) -> SentenceEntry {
        let (note, workspace) = (self.note.note, self.workspace);
        let kind = note.sentences[at].kind;
        let kind = kind.unwrap_or_else(|| self.context(at).kind(&workspace.cache, workspace.answers()));
        if kind == SentenceKind::Other {
            return SentenceEntry::without_claim();
        }
        // What one claim opens may go when it is judged.
        let library = &workspace.library.view();
        let judged = judge::judge(note, at, kind, self.note.cited, workspace, library);
        let view = self.view(at, kind, library);
        let found = self.of_sentence(at, &view, &judged);
        let findings = view.is_all_of(&found).then(|| found.into());
        let entry = SentenceEntry { kind, verification: Some(judged.verification), findings };
        let mut key = Key::default();
        self.write_sentence(at, &view, &mut key);
        workspace.cache.sentences.put(&key, entry.clone());
        entry
    }

    /// The judgement at its place in the note.
    pub fn judged(&self, at: usize, entry: &SentenceEntry) -> Option<ClaimVerification> {
        let verification = Arc::clone(entry.verification.as_ref()?);
        Some(ClaimVerification { verification, start: judge::claim(self.note.note, at).start })
    }

    /// What the rules say of a sentence.
    pub fn findings(&self, at: usize, entry: &SentenceEntry, found: &mut Vec<Finding>) {
        let from = self.note.surroundings(at).start;
        let mut add = |findings: &[Finding]| found.extend(findings.iter().map(|finding| finding.shifted(from)));
        match &entry.findings {
            Some(findings) => add(findings),
            None => {
                let library = &self.workspace.library.view();
                let Some(judged) = self.judged(at, entry) else { return };
                add(&self.of_sentence(at, &self.view(at, entry.kind, library), &judged));
            }
        }
    }

    fn of_sentence(&self, at: usize, view: &SentenceView<'_>, judged: &ClaimVerification) -> Vec<Finding> {
        rules::of_sentence(view, &judged.seen_from(self.note.surroundings(at).start), self.note.severities)
    }

    /// What the rules say of a citation. `claims` are the sentences for which it stands.
    pub fn of_citation(
        &self,
        at: usize,
        claims: &[usize],
        verifications: &[Option<ClaimVerification>],
        key: &mut Key,
    ) -> Arc<[Finding]> {
        let library = &self.workspace.library.view();
        let view = self.note.citation(at, claims, verifications, library);
        view.write(key.begin().text(&self.levels));
        self.workspace.cache.citations.get_or(key, || rules::of_citation(&view, self.note.severities).into())
    }
}

/// What entries depend on.
impl Work<'_> {
    fn write_sentence(&self, at: usize, view: &SentenceView<'_>, key: &mut Key) {
        view.write(key.begin().text(&self.levels));
        self.write_context(at, key);
    }

    /// What the verifier looks at beside the sentence: the names of the sentence before, the words of the
    /// headings, and the cells of its row with those above them.
    fn write_context(&self, at: usize, key: &mut Key) {
        let (note, sentence, from) = (self.note.note, &self.note.note.sentences[at], self.note.surroundings(at).start);
        let (visible, block) = (&note.layout.visible, &note.layout.blocks[sentence.block]);
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
    }

    /// What the desk wants to hear, and how citations that are missing are to be written.
    pub fn write_wishes(&self, key: &mut Key) {
        key.text(&self.levels).number(usize::from(self.note.has_few_unknown));
        if self.note.severities.wants("missing-citation") {
            key.text(self.note.path).number(self.note.style as usize);
        }
        if self.note.wants_measures() {
            self.note.yardstick.write(key);
        }
    }
}
