//! "Check this note": sentences to verifications to findings.

use super::outcome::{Outcome, Work};
use super::{Workspace, judge};
use crate::library::View;
use crate::library::resolve::{self, Cited};
use crate::note::{Note, Sentence};
use crate::recent::Key;
use crate::rules::{self, Finding, Judged, Place};

/// A note that has been checked.
#[derive(Clone, Debug)]
pub struct Checked {
    pub note: Note,
    /// In the order of the note's sentences; `None` for those that assert nothing.
    pub verifications: Vec<Option<Judged>>,
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
pub fn check(
    text: &str,
    path: &str,
    workspace: &Workspace,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Checked, Cancelled> {
    let note = Note::parse_again(text, &workspace.memo.blocks);
    let cited = resolve::follow(&note, path, &workspace.library, workspace);
    let work = Work::new(text, path, &note, &cited, workspace);
    let mut key = Key::default();
    let sentences = 0..note.sentences.len();
    let judged: Vec<usize> = sentences.filter(|at| work.is_judged(*at)).collect();
    let mut outcomes: Vec<Option<Outcome>> = vec![None; note.sentences.len()];
    for at in &judged {
        outcomes[*at] = work.known(*at, &mut key);
    }
    let new: Vec<usize> = judged.into_iter().filter(|at| outcomes[*at].is_none()).collect();
    for at in new {
        if is_cancelled() {
            return Err(Cancelled);
        }
        outcomes[at] = Some(work.judge(at));
    }
    let verifications = work.verifications(&outcomes);
    let mut findings = Vec::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        outcome.iter().for_each(|outcome| work.findings(at, outcome, &mut findings));
    }
    for (at, claims) in work.claims().iter().enumerate() {
        let from = note.citations[at].span.start;
        let found = work.of_citation(at, claims, &verifications, &mut key);
        findings.extend(found.iter().map(|finding| finding.shifted(from)));
    }
    let findings = rules::in_order(findings);
    Ok(Checked { verifications, findings, note, cited })
}

impl Checked {
    /// The places in sources at which a citation points. A footnote points where its definition
    /// does.
    #[must_use]
    pub fn cited_places(&self, at: usize, library: &View<'_>) -> Vec<Place> {
        judge::cited_places(&self.note, at, &self.cited, library)
    }

    /// The verification of the sentence at a byte offset, with the sentence.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(&Sentence, Option<&Judged>)> {
        let at = self.note.sentence_at(offset)?;
        Some((&self.note.sentences[at], self.verifications[at].as_ref()))
    }
}
