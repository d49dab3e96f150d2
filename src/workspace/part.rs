//! What was found out of a part of a note: most parts are as they were before a keystroke, and so is
//! all that was found out of them.

use std::ops::Range;
use std::sync::Arc;

use super::findings::PartFindings;
use super::sentence::{SentenceEntry, Work};
use crate::cache::Key;
use crate::note::{LONGEST_AROUND, Note, PlacedPart, SentenceKind, beginning};
use crate::rules::{self, ClaimVerification, Finding};

/// A part of a note, or all of one that cannot be parted.
#[derive(Clone, Debug)]
pub struct PartRange {
    /// What stands for its content.
    id: Option<usize>,
    /// Where it begins, in bytes and in lines.
    start: usize,
    line: usize,
    blocks: Range<usize>,
    pub sentences: Range<usize>,
    citations: Range<usize>,
}

/// What was found out of a part. Everything counts from its beginning.
#[derive(Clone, Debug)]
pub struct PartEntry {
    pub kinds: Vec<Option<SentenceKind>>,
    verifications: Vec<Option<ClaimVerification>>,
    findings: Arc<[Finding]>,
    /// What bears out those claims elsewhere for which its citations stand.
    outside: Vec<u8>,
}

impl PartEntry {
    /// About how much memory it takes.
    pub fn weight(it: &Arc<Self>) -> usize {
        const VERIFICATION: usize = 600;
        VERIFICATION * (it.verifications.len() + it.findings.len())
    }
}

/// The ranges of the parts of a note.
pub fn ranges(note: &Note, parts: &[PlacedPart]) -> Vec<PartRange> {
    let all = (note.layout.blocks.len(), note.sentences.len(), note.citations.len());
    if parts.is_empty() {
        return vec![PartRange { id: None, start: 0, line: 0, blocks: 0..all.0, sentences: 0..all.1, citations: 0..all.2 }];
    }
    let ends = parts.iter().skip(1).map(|part| (part.block, part.sentence, part.citation)).chain([all]);
    let mut line = 0;
    let range = |(it, end): (&PlacedPart, (usize, usize, usize))| {
        let (blocks, sentences, citations) = (it.block..end.0, it.sentence..end.1, it.citation..end.2);
        let range = PartRange { id: Some(it.part.id), start: it.span.start, line, blocks, sentences, citations };
        line += it.part.lines;
        range
    };
    parts.iter().zip(ends).map(range).collect()
}

impl PartRange {
    /// What is known of it.
    pub fn cached(&self, work: &Work<'_>, key: &mut Key) -> Option<Arc<PartEntry>> {
        (work.is_kept(&self.sentences) && self.write(work, key)).then(|| work.workspace.cache.parts.get(key)).flatten()
    }

    /// Its judgements at their places in the note.
    pub fn verifications<'h>(&self, entry: &'h PartEntry) -> impl Iterator<Item = Option<ClaimVerification>> + use<'h> {
        let by = self.start;
        let placed =
            move |it: &ClaimVerification| ClaimVerification { verification: Arc::clone(&it.verification), start: it.start + by };
        entry.verifications.iter().map(move |judged| judged.as_ref().map(placed))
    }

    /// The findings in it, if they still hold.
    pub fn valid(
        &self,
        entry: &PartEntry,
        work: &Work<'_>,
        claims: &[Vec<usize>],
        all: &[Option<ClaimVerification>],
    ) -> Option<PartFindings> {
        (entry.outside == self.outside(work, claims, all)).then(|| self.with(Arc::clone(&entry.findings)))
    }

    /// What the rules say of it, as far as it is known or its sentences are judged.
    pub fn so_far(&self, entry: Option<&PartEntry>, work: &Work<'_>, entries: &[Option<SentenceEntry>]) -> PartFindings {
        let findings = entry.map(|entry| Arc::clone(&entry.findings));
        self.with(findings.unwrap_or_else(|| self.relative(self.of_sentences(work, entries))))
    }

    /// What the rules say of its sentences and citations. It goes into the cache, if it can.
    pub fn found(
        &self,
        work: &Work<'_>,
        entries: &[Option<SentenceEntry>],
        claims: &[Vec<usize>],
        all: &[Option<ClaimVerification>],
        key: &mut Key,
    ) -> PartFindings {
        let mut found = self.of_sentences(work, entries);
        for at in self.citations.clone() {
            let from = work.note.note.citations[at].span.start;
            found.extend(work.of_citation(at, &claims[at], all, key).iter().map(|finding| finding.shifted(from)));
        }
        let findings = self.relative(found);
        let is_cached = self.sentences.clone().all(|at| entries[at].as_ref().is_none_or(SentenceEntry::has_findings));
        if is_cached && work.is_kept(&self.sentences) && self.write(work, key) {
            let placed = |it: &ClaimVerification| ClaimVerification {
                verification: Arc::clone(&it.verification),
                start: it.start - self.start,
            };
            let verifications = all[self.sentences.clone()].iter().map(|judged| judged.as_ref().map(placed)).collect();
            let kinds = entries[self.sentences.clone()].iter().map(|entry| Some(entry.as_ref()?.kind)).collect();
            let entry =
                PartEntry { kinds, verifications, findings: Arc::clone(&findings), outside: self.outside(work, claims, all) };
            work.workspace.cache.parts.put(key, Arc::new(entry));
        }
        self.with(findings)
    }

    fn of_sentences(&self, work: &Work<'_>, entries: &[Option<SentenceEntry>]) -> Vec<Finding> {
        let mut found = Vec::new();
        for at in self.sentences.clone() {
            entries[at].iter().for_each(|entry| work.findings(at, entry, &mut found));
        }
        found
    }

    fn relative(&self, found: Vec<Finding>) -> Arc<[Finding]> {
        rules::in_order(found).iter().map(|finding| finding.from_start(self.start)).collect()
    }

    fn with(&self, findings: Arc<[Finding]>) -> PartFindings {
        PartFindings { findings, start: self.start, line: self.line }
    }

    /// Writes all that its entry depends on but for what lies [`outside`](Self::outside). Nothing
    /// stands for a note that cannot be parted.
    fn write(&self, work: &Work<'_>, key: &mut Key) -> bool {
        let Some(id) = self.id else { return false };
        let (blocks, visible, first) = (&work.note.note.layout.blocks, &work.note.note.layout.visible, self.blocks.start);
        key.begin().number(id);
        let mut before: Vec<usize> = Vec::new();
        for block in &blocks[self.blocks.clone()] {
            for around in [block.heading, block.lead].into_iter().flatten().filter(|around| *around < first) {
                // Only the last heading, header and paragraph before it can be any of its blocks'.
                match before.iter().position(|known| *known == around) {
                    Some(known) => key.number(known),
                    None => {
                        before.push(around);
                        key.text(beginning(blocks[around].span.of(visible), LONGEST_AROUND))
                    }
                };
            }
        }
        work.note.marks(self.citations.clone(), self.start).write(key);
        work.write_wishes(key);
        true
    }

    /// What bears out claims of other parts at whose footnotes its citations stand.
    fn outside(&self, work: &Work<'_>, claims: &[Vec<usize>], all: &[Option<ClaimVerification>]) -> Vec<u8> {
        let mut key = Key::default();
        for at in self.citations.clone().filter(|at| claims[*at].iter().any(|claim| !self.sentences.contains(claim))) {
            key.number(at - self.citations.start);
            work.note.borne_out(at, &claims[at], all).for_each(|span| _ = key.span(span, 0));
        }
        key.bytes().to_vec()
    }
}
