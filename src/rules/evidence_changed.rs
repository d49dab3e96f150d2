//! `evidence-changed`: the source that a claim cites is another file than when it was locked, and the words that bore the
//! claim out are gone from it, or stand elsewhere.

use rustc_hash::FxHashMap;

use super::wording::source_name;
use super::{Check, CitedNote, Finding, Fingerprint, Place, Rule, Severity, about};
use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, View};
use crate::message;
use crate::text::{Span, Untrusted};

pub const RULE: Rule = Rule {
    code: "evidence-changed",
    severity: Severity::Warning,
    summary: "a cited source has changed since it was locked, and what bore the claim out with it",
    ..Rule::of(Check::Locked)
};

/// What became of what was locked of one note, by the claim and the source.
pub type ChangedEvidence = FxHashMap<(Fingerprint, SourceId), Change>;

/// What became of words that bore a claim out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first of the words.
    pub words: String,
    /// Where they stood.
    pub place: String,
    pub now: Now,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// They stand elsewhere.
    Moved(Span),
    /// They are gone; perhaps with what is most like them.
    Gone(Option<Span>),
}

/// By what a claim is known in the lock.
#[must_use]
pub fn fingerprint(note: &CitedNote<'_>, sentence: usize) -> Fingerprint {
    Fingerprint::of(RULE.code, words(note, sentence))
}

fn words<'n>(note: &CitedNote<'n>, sentence: usize) -> &'n str {
    note.note.sentences[sentence].words.of(&note.note.layout.visible)
}

/// The sources that a sentence cites, each once, with the first citation that leads there.
#[must_use]
pub fn cited(note: &CitedNote<'_>, sentence: usize) -> Vec<(usize, SourceId)> {
    let mut cited: Vec<(usize, SourceId)> = Vec::new();
    for at in &note.note.sentences[sentence].citations {
        let CitationTarget::Sources(ids) = &note.cited[*at] else { continue };
        for id in ids {
            if !cited.iter().any(|(_, known)| known == id) {
                cited.push((*at, *id));
            }
        }
    }
    cited
}

/// What is said of the citations of a note.
#[must_use]
pub fn findings(note: &CitedNote<'_>, changed: &ChangedEvidence, library: &View<'_>) -> Vec<Finding> {
    if changed.is_empty() || !note.severities.wants(RULE.code) {
        return Vec::new();
    }
    let sources: rustc_hash::FxHashSet<SourceId> = changed.keys().map(|(_, source)| *source).collect();
    let mut found = Vec::new();
    for sentence in 0..note.note.sentences.len() {
        let cited = cited(note, sentence).into_iter().filter(|(_, id)| sources.contains(id));
        for (citation, id) in cited {
            let Some(change) = changed.get(&(fingerprint(note, sentence), id)) else { continue };
            let finding = finding(change, note.note.citations[citation].span, id, library);
            let known = about(words(note, sentence), vec![finding]);
            found.extend(known.into_iter().map(|finding| note.severities.applied(finding)));
        }
    }
    found
}

fn finding(change: &Change, span: Span, id: SourceId, library: &View<'_>) -> Finding {
    let source = source_name(library.source(id));
    let was: Untrusted = change.place.as_str().into();
    let at = |span: Span| Place { source: id, span };
    match change.now {
        Now::Moved(now) => {
            let message = message!(
                "{} has changed since it was locked: what bore this out is at {} now; it was at {}.",
                source,
                library.place(id, now.start),
                was
            );
            // Lines move whenever a source grows.
            Finding { severity: Severity::Hint, ..RULE.finding(span, message, Some(at(now))) }
        }
        Now::Gone(near) => {
            let words = change.words.as_str();
            let message = message!(
                "{} has changed since it was locked: what bore this out is gone. It was at {}: “{}”",
                source,
                was,
                words
            );
            RULE.finding(span, message, near.map(at))
        }
    }
}
