//! "Check this note": sentences to verifications to findings.

use std::sync::Arc;

use super::findings::{Findings, PartFindings};
use super::part::{PartEntry, PartRange, ranges};
use super::sentence::{SentenceEntry, Work};
use super::suppress::{self, IgnoredFindings};
use super::{Workspace, cited, judge, locked, parallel};
use crate::cache::Key;
use crate::library::View;
use crate::library::resolve::CitationTarget;
use crate::note::{Note, Sentence, SentenceKind};
use crate::rules::{self, CitedNote, ClaimVerification, Place};
use crate::text::LineIndex;
use crate::verify::Verdict;

/// A note that has been checked.
#[derive(Clone, Debug)]
pub struct CheckResult {
    pub note: Note,
    /// In the order of the note's sentences; `None` for those that assert nothing.
    pub verifications: Vec<Option<ClaimVerification>>,
    /// What the note's citations lead to, in their order.
    pub cited: Vec<CitationTarget>,
    /// In the order of the text, without those that are ignored.
    pub findings: Findings,
    pub ignored: IgnoredFindings,
    /// The sentence that is left out, as somebody is still typing it.
    pub unfinished: Option<usize>,
    /// Whether all its other sentences are judged. Before that what is said of citations is lacking, too.
    pub is_whole: bool,
}

/// Work that its owner no longer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Checks a note. `path` is its name relative to the root; `is_cancelled` is asked before each
/// sentence.
pub fn check(
    text: &str,
    path: &str,
    workspace: &Workspace,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<CheckResult, Cancelled> {
    check_telling(text, path, workspace, is_cancelled, None, None)
}

/// Checks a note, which may take long, and tells now and then what was found so far. The sentence in which somebody is
/// typing, if it is not finished, is left out.
pub fn check_telling(
    text: &str,
    path: &str,
    workspace: &Workspace,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    so_far: Option<&dyn Fn(CheckResult)>,
    typing_at: Option<usize>,
) -> Result<CheckResult, Cancelled> {
    let (note, parts) = Note::parse_again(text, &workspace.cache.notes);
    let cited = cited::follow(&note, &parts, path, workspace);
    let (severities, style) = (workspace.settings.severities(path), workspace.settings.citation_style);
    let unfinished = typing_at.and_then(|at| note.unfinished(text, at));
    let cited_note = CitedNote::new(path, text, &note, &cited, &severities, style, &workspace.settings.yardstick);
    let work = Work::new(cited_note, workspace, unfinished);
    let mut key = Key::default();
    let mut check = Check { work: &work, parts: Vec::new(), entries: vec![None; note.sentences.len()] };
    let new = check.look_up(ranges(&note, &parts), &mut key);
    // After an edit in the midst of a long check all that was found before is there at once.
    if let Some(so_far) = so_far.filter(|_| !new.is_empty() && check.is_begun()) {
        so_far(told(&work, &check.parts, &check.entries));
    }
    let Check { parts, entries, .. } = &mut check;
    // Nothing found so far is no news, and must not take away what is shown from before.
    let tell = |entries: &[Option<SentenceEntry>]| {
        let Some(tell) = so_far else { return };
        let told = told(&work, parts, entries);
        if !told.findings.is_empty() {
            tell(told);
        }
    };
    parallel::judge(&new, &work, entries, is_cancelled, &tell)?;
    workspace.answers.save();
    let verifications = verifications(&work, &check.parts, &check.entries);
    let findings = check.findings(&verifications, &mut key);
    let findings = suppress::with(&work, findings, locked::findings(&work));
    let (findings, ignored) = suppress::apply(&work, findings, true);
    let kinds = kinds(&check.parts, &check.entries);
    Ok(CheckResult { verifications, findings, ignored, note: note.with_kinds(kinds), cited, unfinished, is_whole: true })
}

type Parts = Vec<(PartRange, Option<Arc<PartEntry>>)>;

/// A check under way.
struct Check<'a> {
    work: &'a Work<'a>,
    /// With what is known of them.
    parts: Parts,
    /// What is known of sentences in parts that are not known.
    entries: Vec<Option<SentenceEntry>>,
}

impl Check<'_> {
    /// Finds what is known, and returns the sentences that must be judged.
    fn look_up(&mut self, parts: Vec<PartRange>, key: &mut Key) -> Vec<usize> {
        let mut new = Vec::new();
        for part in parts {
            let entry = part.cached(self.work, key);
            if entry.is_none() {
                for at in part.sentences.clone().filter(|at| self.work.may_assert(*at)) {
                    self.entries[at] = self.work.cached(at, key);
                    new.extend(Some(at).filter(|at| self.entries[*at].is_none()));
                }
            }
            self.parts.push((part, entry));
        }
        new
    }

    /// Whether anything is known.
    fn is_begun(&self) -> bool {
        self.entries.iter().any(Option::is_some) || self.parts.iter().any(|(_, entry)| entry.is_some())
    }

    fn findings(&mut self, verifications: &[Option<ClaimVerification>], key: &mut Key) -> Findings {
        let claims = self.work.note.claims();
        let Self { work, parts, entries } = self;
        let found = parts.iter().map(|(part, entry)| {
            if let Some(entry) = entry {
                if let Some(findings) = part.valid(entry, work, &claims, verifications) {
                    return findings;
                }
                // What its citations stand for elsewhere has changed.
                for at in part.sentences.clone().filter(|at| work.may_assert(*at)) {
                    entries[at] = Some(work.cached(at, key).unwrap_or_else(|| work.judge(at)));
                }
            }
            part.found(work, entries, &claims, verifications, key)
        });
        Findings::of(found.chain(end(work)).collect())
    }
}

/// What is said where reading ended.
fn end(work: &Work<'_>) -> Option<PartFindings> {
    let CitedNote { note, text, severities, .. } = &work.note;
    let finding = rules::on_note(note, text, severities)?;
    // A part begins with a line.
    let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = LineIndex::new(&text[..start]).line(start);
    Some(PartFindings { findings: Arc::new([finding.from_start(start)]), start, line })
}

/// All judgements, in the order of the sentences.
fn verifications(work: &Work<'_>, parts: &Parts, entries: &[Option<SentenceEntry>]) -> Vec<Option<ClaimVerification>> {
    let mut all = Vec::with_capacity(entries.len());
    for (part, entry) in parts {
        match entry {
            Some(entry) => all.extend(part.verifications(entry)),
            None => all.extend(part.sentences.clone().map(|at| work.judged(at, entries[at].as_ref()?))),
        }
    }
    all
}

/// What all sentences do, in their order, as far as it is known.
fn kinds(parts: &Parts, entries: &[Option<SentenceEntry>]) -> Vec<Option<SentenceKind>> {
    let mut all = Vec::with_capacity(entries.len());
    for (part, entry) in parts {
        match entry {
            Some(entry) => all.extend_from_slice(&entry.kinds),
            None => all.extend(entries[part.sentences.clone()].iter().map(|entry| Some(entry.as_ref()?.kind))),
        }
    }
    all
}

/// What is found so far.
fn told(work: &Work<'_>, parts: &Parts, entries: &[Option<SentenceEntry>]) -> CheckResult {
    let found = Findings::of(parts.iter().map(|(part, entry)| part.so_far(entry.as_deref(), work, entries)).collect());
    let found = suppress::with(work, found, locked::findings(work));
    let (findings, ignored) = suppress::apply(work, found, false);
    let verifications = verifications(work, parts, entries);
    CheckResult {
        note: work.note.note.clone().with_kinds(kinds(parts, entries)),
        verifications,
        cited: work.note.cited.to_vec(),
        findings,
        ignored,
        unfinished: work.unfinished(),
        is_whole: false,
    }
}

impl CheckResult {
    /// The places in sources at which a citation points. A footnote points where its definition
    /// does.
    #[must_use]
    pub fn cited_places(&self, at: usize, library: &View<'_>) -> Vec<Place> {
        judge::cited_places(&self.note, at, &self.cited, library)
    }

    /// The verification of the sentence at a byte offset, with the sentence.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(&Sentence, Option<&ClaimVerification>)> {
        let at = self.note.sentence_at(offset)?;
        Some((&self.note.sentences[at], self.verifications[at].as_ref()))
    }

    /// The verdict on a claim, by its place among the sentences; `None` for judgements and what is not
    /// judged.
    #[must_use]
    pub fn verdict(&self, at: usize) -> Option<Verdict> {
        (self.note.sentences[at].kind.is_some_and(SentenceKind::asserts))
            .then(|| Some(self.verifications[at].as_ref()?.verdict))
            .flatten()
    }

    /// The same check of the same text, with the sentence at a byte offset judged now: whoever asks for it does not wait
    /// for those before it. Findings stay as they were.
    #[must_use]
    pub fn judged_at(&self, offset: usize, text: &str, path: &str, workspace: &Workspace) -> Self {
        let mut judged = self.clone();
        let Some(at) = self.note.sentence_at(offset) else { return judged };
        let (severities, style) = (workspace.settings.severities(path), workspace.settings.citation_style);
        let cited = CitedNote::new(path, text, &self.note, &self.cited, &severities, style, &workspace.settings.yardstick);
        let work = Work::new(cited, workspace, None);
        if work.may_assert(at) {
            let entry = work.judge(at);
            judged.verifications[at] = work.judged(at, &entry);
            judged.note.sentences[at].kind = Some(entry.kind);
        }
        judged
    }

    /// Whether the sentence at a byte offset has been judged, if there is one that asserts anything.
    #[must_use]
    pub fn is_done_at(&self, offset: usize) -> bool {
        let is_done = |at: usize| self.note.sentences[at].kind == Some(SentenceKind::Other) || self.verifications[at].is_some();
        self.note.sentence_at(offset).is_none_or(is_done)
    }
}
