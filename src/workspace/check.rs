//! "Check this note": sentences to verifications to findings.

use std::sync::Arc;

use super::findings::{Findings, Stretch};
use super::outcome::{Outcome, Work};
use super::piece::{Held, Piece, pieces};
use super::suppress::{self, Ignored};
use super::{Workspace, cited, crew, judge};
use crate::library::View;
use crate::library::resolve::Cited;
use crate::note::{Note, Sentence, SentenceKind};
use crate::recent::Key;
use crate::rules::{self, CitedNote, Judged, Place};
use crate::text::LineIndex;
use crate::verify::Verdict;

/// A note that has been checked.
#[derive(Clone, Debug)]
pub struct Checked {
    pub note: Note,
    /// In the order of the note's sentences; `None` for those that assert nothing.
    pub verifications: Vec<Option<Judged>>,
    /// What the note's citations lead to, in their order.
    pub cited: Vec<Cited>,
    /// In the order of the text, without those that are ignored.
    pub findings: Findings,
    pub ignored: Ignored,
    /// Whether all its sentences are judged. Before that what is said of citations is lacking, too.
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
) -> Result<Checked, Cancelled> {
    check_telling(text, path, workspace, is_cancelled, None)
}

/// Checks a note, which may take long, and tells now and then what was found so far.
pub fn check_telling(
    text: &str,
    path: &str,
    workspace: &Workspace,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    so_far: Option<&dyn Fn(Checked)>,
) -> Result<Checked, Cancelled> {
    let (note, parts) = Note::parse_again(text, &workspace.memo.blocks);
    let cited = cited::follow(&note, &parts, path, workspace);
    let (severities, style) = (workspace.settings.severities(path), workspace.settings.citation_style);
    let work = Work::new(CitedNote::new(path, text, &note, &cited, &severities, style), workspace);
    let mut key = Key::default();
    let mut check = Check { work: &work, pieces: Vec::new(), outcomes: vec![None; note.sentences.len()] };
    let new = check.look_up(pieces(&note, &parts), &mut key);
    // After an edit in the midst of a long check all that was found before is there at once.
    if let Some(so_far) = so_far.filter(|_| !new.is_empty() && check.is_begun()) {
        so_far(told(&work, &check.pieces, &check.outcomes));
    }
    let Check { pieces, outcomes, .. } = &mut check;
    let tell = |outcomes: &[Option<Outcome>]| so_far.into_iter().for_each(|tell| tell(told(&work, pieces, outcomes)));
    crew::judge(&new, &work, outcomes, is_cancelled, &tell)?;
    let verifications = verifications(&work, &check.pieces, &check.outcomes);
    let findings = check.findings(&verifications, &mut key);
    let (findings, ignored) = suppress::apply(&work, findings, true);
    Ok(Checked { verifications, findings, ignored, note, cited, is_whole: true })
}

type Pieces = Vec<(Piece, Option<Arc<Held>>)>;

/// A check under way.
struct Check<'a> {
    work: &'a Work<'a>,
    /// With what is known of them.
    pieces: Pieces,
    /// What is known of sentences in pieces that are not known.
    outcomes: Vec<Option<Outcome>>,
}

impl Check<'_> {
    /// Finds what is known, and returns the sentences that must be judged.
    fn look_up(&mut self, pieces: Vec<Piece>, key: &mut Key) -> Vec<usize> {
        let mut new = Vec::new();
        for piece in pieces {
            let held = piece.known(self.work, key);
            if held.is_none() {
                for at in piece.sentences.clone().filter(|at| self.work.is_judged(*at)) {
                    self.outcomes[at] = self.work.known(at, key);
                    new.extend(Some(at).filter(|at| self.outcomes[*at].is_none()));
                }
            }
            self.pieces.push((piece, held));
        }
        new
    }

    /// Whether anything is known.
    fn is_begun(&self) -> bool {
        self.outcomes.iter().any(Option::is_some) || self.pieces.iter().any(|(_, held)| held.is_some())
    }

    fn findings(&mut self, verifications: &[Option<Judged>], key: &mut Key) -> Findings {
        let claims = self.work.note.claims();
        let Self { work, pieces, outcomes } = self;
        let found = pieces.iter().map(|(piece, held)| {
            if let Some(held) = held {
                if let Some(stretch) = piece.stretch(held, work, &claims, verifications) {
                    return stretch;
                }
                // What its citations stand for elsewhere has changed.
                for at in piece.sentences.clone().filter(|at| work.is_judged(*at)) {
                    outcomes[at] = Some(work.known(at, key).unwrap_or_else(|| work.judge(at)));
                }
            }
            piece.found(work, outcomes, &claims, verifications, key)
        });
        Findings::of(found.chain(end(work)).collect())
    }
}

/// What is said where reading ended.
fn end(work: &Work<'_>) -> Option<Stretch> {
    let CitedNote { note, text, severities, .. } = &work.note;
    let finding = rules::on_note(note, text, severities)?;
    // A stretch begins with a line.
    let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = LineIndex::new(&text[..start]).line(start);
    Some(Stretch { findings: Arc::new([finding.from_start(start)]), start, line })
}

/// All judgements, in the order of the sentences.
fn verifications(work: &Work<'_>, pieces: &Pieces, outcomes: &[Option<Outcome>]) -> Vec<Option<Judged>> {
    let mut all = Vec::with_capacity(outcomes.len());
    for (piece, held) in pieces {
        match held {
            Some(held) => all.extend(piece.verifications(held)),
            None => all.extend(piece.sentences.clone().map(|at| Some(work.judged(at, outcomes[at].as_ref()?)))),
        }
    }
    all
}

/// What is found so far.
fn told(work: &Work<'_>, pieces: &Pieces, outcomes: &[Option<Outcome>]) -> Checked {
    let found = Findings::of(pieces.iter().map(|(piece, held)| piece.so_far(held.as_deref(), work, outcomes)).collect());
    let (findings, ignored) = suppress::apply(work, found, false);
    let verifications = verifications(work, pieces, outcomes);
    Checked { note: work.note.note.clone(), verifications, cited: work.note.cited.to_vec(), findings, ignored, is_whole: false }
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

    /// The verdict on a claim, by its place among the sentences; `None` for judgements and what is not
    /// judged.
    #[must_use]
    pub fn verdict(&self, at: usize) -> Option<Verdict> {
        (self.note.sentences[at].kind == SentenceKind::Claim).then(|| Some(self.verifications[at].as_ref()?.verdict)).flatten()
    }

    /// Whether all is said of the sentence at a byte offset.
    #[must_use]
    pub fn is_done_at(&self, offset: usize) -> bool {
        self.is_whole || self.at(offset).is_some_and(|(_, judged)| judged.is_some())
    }
}
