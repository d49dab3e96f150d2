//! References: from a passage of a source, or from a citation, to every sentence of a note that rests
//! on it.

use std::sync::Arc;

use tower_lsp::lsp_types::{Location, Position};

use super::diagnostics;
use super::notes::notes;
use super::request::{All, Seen};
use crate::library::SourceId;
use crate::library::resolve::Cited;
use crate::rules::Place;
use crate::text::Span;
use crate::workspace::Workspace;

/// What is looked for, in one state of a library.
pub struct Wanted {
    pub workspace: Arc<Workspace>,
    what: What,
}

enum What {
    /// All citations of a source.
    Source(SourceId),
    /// Sentences that rest on any of these passages.
    Passages(Vec<Place>),
}

pub fn wanted(seen: &Seen, position: Position) -> Option<Wanted> {
    let offset = seen.text().offset(position);
    let what = if seen.is_note { in_note(seen, offset)? } else { What::Passages(vec![passage(seen, offset)?]) };
    Some(Wanted { workspace: Arc::clone(&seen.workspace), what })
}

fn in_note(seen: &Seen, offset: usize) -> Option<What> {
    let checked = &seen.snapshot()?.checked;
    let citation = checked.note.citations.iter().position(|citation| citation.span.touches(offset));
    if let Some(Cited::Sources(ids)) = citation.map(|at| &checked.cited[at]) {
        return ids.first().copied().map(What::Source);
    }
    let supporting = checked.at(offset)?.1.filter(|judged| judged.is_borne_out())?.supporting();
    Some(What::Passages(supporting.map(Place::from).collect()))
}

/// The sentence of a source at an offset of its text.
pub fn passage(seen: &Seen, offset: usize) -> Option<Place> {
    let file = super::convert::path(&seen.uri)?;
    let source = seen.workspace.source_at(&file)?;
    let library = seen.workspace.library.view();
    let spans = library.sentences_of(source).map(|at| library.sentence(crate::library::SentenceId(at)).span);
    let span = spans.into_iter().find(|span| span.touches(offset))?;
    Some(Place { source, span })
}

pub fn references(wanted: &Wanted, with_declaration: bool, all: &All) -> Vec<Location> {
    let Wanted { workspace, what } = wanted;
    let mut found = Vec::new();
    if with_declaration {
        let reading = workspace.reading();
        let places = match what {
            What::Source(id) => vec![Place { source: *id, span: Span::default() }],
            What::Passages(places) => places.clone(),
        };
        found.extend(places.into_iter().filter_map(|place| diagnostics::location(place, &reading, &all.client)));
    }
    for note in notes(workspace, all) {
        let mut spans: Vec<Span> = match what {
            What::Source(id) => note.note.citing(*id).map(|citation| citation.span).collect(),
            What::Passages(places) => {
                places.iter().flat_map(|place| note.note.resting_on(*place)).map(|sentence| sentence.span).collect()
            }
        };
        spans.sort_unstable();
        spans.dedup();
        found.extend(spans.into_iter().map(|span| note.location(span, all)));
    }
    found
}
