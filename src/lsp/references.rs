//! References: from a passage of a source, or from a citation, to every sentence of a note that rests
//! on it.

use std::sync::Arc;

use tower_lsp::lsp_types::{Location, Position};

use super::diagnostics;
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::library::SourceId;
use crate::library::resolve::CitationTarget;
use crate::rules::Place;
use crate::text::Span;
use crate::workspace::Workspace;

/// What is looked for, in one state of a library.
pub struct Query {
    pub workspace: Arc<Workspace>,
    what: Subject,
}

enum Subject {
    /// All citations of a source.
    Source(SourceId),
    /// Sentences that rest on any of these passages.
    Passages(Vec<Place>),
}

pub fn query(seen: &DocumentView, position: Position) -> Option<Query> {
    let offset = seen.text().offset(position);
    let what = if seen.is_note { in_note(seen, offset)? } else { Subject::Passages(vec![passage(seen, offset)?]) };
    Some(Query { workspace: Arc::clone(&seen.workspace), what })
}

fn in_note(seen: &DocumentView, offset: usize) -> Option<Subject> {
    let checked = &seen.snapshot()?.checked;
    let citation = checked.note.citations.iter().position(|citation| citation.span.touches(offset));
    if let Some(CitationTarget::Sources(ids)) = citation.map(|at| &checked.cited[at]) {
        return ids.first().copied().map(Subject::Source);
    }
    let supporting = checked.at(offset)?.1.filter(|judged| judged.is_borne_out())?.supporting();
    Some(Subject::Passages(supporting.map(Place::from).collect()))
}

/// The sentence of a source at an offset of its text.
pub fn passage(seen: &DocumentView, offset: usize) -> Option<Place> {
    let file = super::convert::path(&seen.uri)?;
    let source = seen.workspace.source_at(&file)?;
    let library = seen.workspace.library.view();
    let spans = library.sentences_of(source).map(|at| library.sentence(crate::library::SentenceId(at)).span);
    let span = spans.into_iter().find(|span| span.touches(offset))?;
    Some(Place { source, span })
}

pub fn references(wanted: &Query, with_declaration: bool, all: &SessionView) -> Vec<Location> {
    let Query { workspace, what } = wanted;
    let mut found = Vec::new();
    if with_declaration {
        let reading = workspace.reading();
        let places = match what {
            Subject::Source(id) => vec![Place { source: *id, span: Span::default() }],
            Subject::Passages(places) => places.clone(),
        };
        found.extend(places.into_iter().filter_map(|place| diagnostics::location(place, &reading, &all.client)));
    }
    for note in notes(workspace, all) {
        let mut spans: Vec<Span> = match what {
            Subject::Source(id) => note.note.citing(*id).map(|citation| citation.span).collect(),
            Subject::Passages(places) => {
                places.iter().flat_map(|place| note.note.resting_on(*place)).map(|sentence| sentence.span).collect()
            }
        };
        spans.sort_unstable();
        spans.dedup();
        found.extend(spans.into_iter().map(|span| note.location(span, all)));
    }
    found
}
