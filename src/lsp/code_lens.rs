//! Code lenses: how the claims of a note stand, and how many notes cite a source.

use std::sync::Arc;

use tower_lsp::lsp_types::{CodeLens, Command, Range};

use super::convert;
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::library::SourceId;
use crate::text::Span;
use crate::workspace::{Counts, Workspace};

/// The lenses of a document, or the source whose notes have to be counted.
pub enum Lenses {
    OfNote(Vec<CodeLens>),
    OfSource(Arc<Workspace>, SourceId),
}

pub fn in_document(seen: &DocumentView) -> Lenses {
    if !seen.workspace.settings.code_lens {
        return Lenses::OfNote(Vec::new());
    }
    if let Some(snapshot) = seen.snapshot().filter(|_| seen.is_note) {
        let counts = Counts::of(&snapshot.checked, Span::new(0, snapshot.text.len()));
        let lens = (counts.claims > 0).then(|| lens(counts.shown()));
        return Lenses::OfNote(lens.into_iter().collect());
    }
    let source = convert::path(&seen.uri).and_then(|file| seen.workspace.source_at(&file));
    match source {
        Some(source) => Lenses::OfSource(Arc::clone(&seen.workspace), source),
        None => Lenses::OfNote(Vec::new()),
    }
}

pub fn with_notes(lenses: Lenses, all: &SessionView) -> Vec<CodeLens> {
    let (workspace, source) = match lenses {
        Lenses::OfNote(lenses) => return lenses,
        Lenses::OfSource(workspace, source) => (workspace, source),
    };
    let citing = notes(&workspace, all).filter(|note| note.note.citing(source).next().is_some()).count();
    vec![lens(match citing {
        0 => "cited by no note".to_owned(),
        1 => "cited by 1 note".to_owned(),
        citing => format!("cited by {citing} notes"),
    })]
}

/// A line on top that does nothing: an empty command is shown and not clickable.
fn lens(title: String) -> CodeLens {
    CodeLens { range: Range::default(), command: Some(Command { title, command: String::new(), arguments: None }), data: None }
}
