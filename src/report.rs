//! Floor 7: reports, the proof of what a note says, sentence by sentence, for people and programs without this tool.
//!
//! What a report has is put together here: the claims of some notes, numbered through, with verdict, evidence, origins,
//! findings and what was accepted; the sources that they rest on; and by what hashes the same files are known again. One
//! file each writes it as [`html`], [`markdown`] and [`sarif`]. Nothing here judges, and nothing asks for the time: whoever
//! wants a day in a report brings it.

pub mod html;
pub mod markdown;
pub mod sarif;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, files};
use crate::note::SentenceKind;
use crate::origins::links::{self, Rested};
use crate::origins::{self, Link, Origins};
use crate::rules::{ClaimVerification, Finding, Severity, lock, store};
use crate::text::Span;
use crate::verify::Verdict;
use crate::workspace::{CheckedNote, Counts, IgnoredFinding, Reading, settings};

/// Notes with all that was found of them.
pub struct Report<'r> {
    pub notes: Vec<ReportedNote<'r>>,
    /// The sources that the notes cite or rest on, in the order of their paths.
    pub sources: BTreeMap<SourceId, ReportedSource>,
    pub workspace: &'r Reading<'r>,
    /// When it was made, in words.
    pub made: Option<String>,
    /// The files that say what is checked and how, with their hashes, as far as they are there.
    pub settings: Vec<(&'static str, String)>,
}

/// A note.
pub struct ReportedNote<'r> {
    pub note: &'r CheckedNote,
    /// SHA-256 of its text, in hexadecimal digits.
    pub hash: String,
    pub counts: Counts,
    /// In the order of the text.
    pub claims: Vec<ReportedClaim<'r>>,
    /// What was found outside of claims: of citations, directives, headings.
    pub beside: Vec<&'r Finding>,
}

/// A claim or judgement.
pub struct ReportedClaim<'r> {
    /// Counted through all notes, from 1.
    pub number: usize,
    /// Index into the note's sentences.
    pub at: usize,
    pub standing: Standing,
    pub judged: &'r ClaimVerification,
    pub origins: Origins,
    pub findings: Vec<&'r Finding>,
    pub accepted: Vec<&'r IgnoredFinding>,
}

/// How a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Supported,
    Partial,
    Unsupported,
    Contradicted,
    Misquoted,
    Judgement,
}

/// A source that a note cites or rests on.
pub struct ReportedSource {
    /// Counted in the order of the paths, from 1.
    pub number: usize,
    /// SHA-256 of the file, in hexadecimal digits; nothing if it cannot be read now.
    pub hash: Option<String>,
    /// The claims that rest on it, by their numbers.
    pub claims: Vec<usize>,
    /// On what it rests itself.
    pub origins: Vec<Link>,
}

impl Standing {
    pub const ALL: [Self; 6] =
        [Self::Supported, Self::Partial, Self::Unsupported, Self::Contradicted, Self::Misquoted, Self::Judgement];

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Supported => "Supported",
            Self::Partial => "Partly supported",
            Self::Unsupported => "Unsupported",
            Self::Contradicted => "Contradicted",
            Self::Misquoted => "Misquoted",
            Self::Judgement => "Judgement",
        }
    }

    /// As one sign, which does without colour.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Supported => "✓",
            Self::Partial => "◐",
            Self::Unsupported => "?",
            Self::Contradicted => "✗",
            Self::Misquoted => "“✗”",
            Self::Judgement => "§",
        }
    }

    /// As one word for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Partial => "partial",
            Self::Unsupported => "unsupported",
            Self::Contradicted => "contradicted",
            Self::Misquoted => "misquoted",
            Self::Judgement => "judgement",
        }
    }

    /// How a sentence of a kind with a verdict stands; nothing for what is no claim.
    #[must_use]
    pub const fn of(kind: Option<SentenceKind>, verdict: Verdict) -> Option<Self> {
        if matches!(kind, Some(SentenceKind::Judgement)) {
            return Some(Self::Judgement);
        }
        match verdict {
            Verdict::Supported => Some(Self::Supported),
            Verdict::Partial => Some(Self::Partial),
            Verdict::Unsupported => Some(Self::Unsupported),
            Verdict::Contradicted => Some(Self::Contradicted),
            Verdict::Misquoted => Some(Self::Misquoted),
            Verdict::NotAClaim => None,
        }
    }
}

impl<'r> Report<'r> {
    #[must_use]
    pub fn of(notes: impl Iterator<Item = &'r CheckedNote>, workspace: &'r Reading<'r>, made: Option<String>) -> Self {
        let reader = origins::Reader::new(&workspace.library);
        let (mut number, mut sources) = (0, BTreeMap::new());
        let notes: Vec<ReportedNote<'_>> = notes.map(|note| reported(note, &reader, &mut number, &mut sources)).collect();
        let ids: Vec<SourceId> = sources.keys().copied().collect();
        let rested = links::of(&ids, &workspace.library);
        for (at, (id, source)) in sources.iter_mut().enumerate() {
            source.number = at + 1;
            source.claims.dedup();
            source.hash = hash_of(&workspace.library.source(*id).file, workspace);
            source.origins = rested.iter().filter_map(|it: &Rested| it.by.get(id)).map(|(_, link)| link.clone()).collect();
        }
        let settings = [settings::FILE_NAME, store::FILE_NAME, lock::FILE_NAME];
        let settings = settings.into_iter().filter_map(|name| Some((name, hash_of(name, workspace)?))).collect();
        Self { notes, sources, workspace, made, settings }
    }

    /// The findings of all notes.
    pub fn findings(&self) -> impl Iterator<Item = &'r Finding> {
        self.notes.iter().flat_map(|note| &note.note.checked.findings)
    }

    /// How many claims and judgements stand so.
    #[must_use]
    pub fn number_of(&self, standing: Standing) -> usize {
        self.notes.iter().flat_map(|note| &note.claims).filter(|claim| claim.standing == standing).count()
    }

    /// How many findings are as severe as this.
    #[must_use]
    pub fn number_found(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// What was accepted, in all notes.
    pub fn accepted(&self) -> impl Iterator<Item = &'r IgnoredFinding> {
        self.notes.iter().flat_map(|note| &note.note.checked.ignored.findings)
    }

    /// How many origins the sources have that the claims rest on.
    #[must_use]
    pub fn origins(&self) -> usize {
        let all = self.notes.iter().flat_map(|note| &note.claims).flat_map(|claim| &claim.origins.origins);
        let mut seen: Vec<&origins::Origin> = Vec::new();
        for (origin, _) in all {
            if !seen.iter().any(|known| known.is(origin)) {
                seen.push(origin);
            }
        }
        seen.len()
    }
}

fn reported<'r>(
    note: &'r CheckedNote,
    reader: &origins::Reader<'_, '_>,
    number: &mut usize,
    sources: &mut BTreeMap<SourceId, ReportedSource>,
) -> ReportedNote<'r> {
    let checked = &note.checked;
    let mut claims: Vec<ReportedClaim<'r>> = Vec::new();
    for (at, judged) in checked.verifications.iter().enumerate() {
        let sentence = &checked.note.sentences[at];
        let Some(judged) = judged else { continue };
        let Some(standing) = Standing::of(sentence.kind, judged.verdict) else { continue };
        *number += 1;
        let is_of = |span: Span| span.overlaps(sentence.span) || sentence.span.encloses(span);
        claims.push(ReportedClaim {
            number: *number,
            at,
            standing,
            judged,
            origins: origins::of_evidence(judged.supporting(), reader),
            findings: checked.findings.iter().filter(|finding| is_of(finding.span)).collect(),
            accepted: checked.ignored.findings.iter().filter(|ignored| is_of(ignored.finding.span)).collect(),
        });
        for evidence in &judged.evidence {
            sources.entry(evidence.source).or_insert_with(ReportedSource::new).claims.push(*number);
        }
    }
    for cited in &checked.cited {
        if let CitationTarget::Sources(ids) = cited {
            ids.iter().for_each(|id| _ = sources.entry(*id).or_insert_with(ReportedSource::new));
        }
    }
    let is_told = |finding: &&Finding| claims.iter().any(|claim| claim.findings.iter().any(|told| std::ptr::eq(*told, *finding)));
    let beside = checked.findings.iter().filter(|finding| !is_told(finding)).collect();
    let counts = Counts::of(checked, Span::new(0, note.text.len()));
    ReportedNote { note, hash: hash(note.text.as_bytes()), counts, claims, beside }
}

impl ReportedSource {
    const fn new() -> Self {
        Self { number: 0, hash: None, claims: Vec::new(), origins: Vec::new() }
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash_of(path: &str, workspace: &Reading<'_>) -> Option<String> {
    files::read(&workspace.root, path, workspace.settings.largest_source()).ok().map(|bytes| hash(&bytes))
}
