//! The labelled sentences of notes in `tests/claims`, with what they are taken for.

use std::path::Path;

use corroborate::library::Library;
use corroborate::note::SentenceKind;
use corroborate::workspace::{self, Workspace};
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct LabelledNote {
    id: String,
    md: String,
    sentences: Vec<LabelledSentence>,
}

#[derive(Deserialize)]
struct LabelledSentence {
    s: String,
    k: String,
}

/// A sentence of a note.
#[allow(dead_code)] // Each user needs a part of it.
pub struct NoteSentence {
    /// Its note, its number and its kind.
    pub name: String,
    /// Whether its note is of the test part: its number ends in 1.
    pub is_test: bool,
    /// Whether it should be checked, and is.
    pub asserts: bool,
    pub is_checked: bool,
    /// What its words are taken for.
    pub taken_for: String,
}

/// All sentences of a set, in order.
pub fn of(set: &str) -> Vec<NoteSentence> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/claims/{set}.jsonl"));
    let text = std::fs::read_to_string(path).expect("a set of notes");
    let notes: Vec<LabelledNote> = text.lines().map(|line| serde_json::from_str(line).expect("a note")).collect();
    let workspace = Workspace::of_library(Library::default());
    notes.par_iter().flat_map_iter(|note| of_note(note, &workspace)).collect()
}

fn of_note(note: &LabelledNote, workspace: &Workspace) -> Vec<NoteSentence> {
    let LabelledNote { id, md, sentences } = note;
    let checked = workspace::check(md, "note.md", workspace, &|| false).expect("nobody cancels").note;
    let mut from = 0;
    let of_sentence = |(at, LabelledSentence { s, k }): (usize, &LabelledSentence)| {
        let start = md[from..].find(s).map_or_else(|| md.find(s).expect("the sentence"), |at| from + at);
        from = start + s.len();
        let kinds: Vec<Option<SentenceKind>> =
            checked.sentences.iter().filter(|own| own.span.start < from && start < own.span.end).map(|own| own.kind).collect();
        let mut names: Vec<&str> = kinds.iter().map(|kind| name(*kind)).collect();
        names.dedup();
        NoteSentence {
            name: format!("{id}.{} {k}", at + 1),
            is_test: id.ends_with('1'),
            asserts: matches!(k.as_str(), "claim" | "claim-about-source" | "premise"),
            is_checked: kinds.iter().flatten().any(|kind| kind.asserts()),
            taken_for: names.join(" "),
        }
    };
    sentences.iter().enumerate().map(of_sentence).collect()
}

fn name(kind: Option<SentenceKind>) -> &'static str {
    match kind {
        Some(SentenceKind::Claim) => "claim",
        Some(SentenceKind::Premise) => "premise",
        Some(SentenceKind::Judgement) => "judgement",
        Some(SentenceKind::Other) | None => "other",
    }
}
