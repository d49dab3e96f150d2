//! Go to definition: from a claim to the passages behind it, from a citation to its source.

use tower_lsp::lsp_types::{GotoDefinitionResponse, LocationLink};

use super::capabilities::Negotiated;
use super::convert::Text;
use super::diagnostics::location;
use super::document::Snapshot;
use crate::library::SourceId;
use crate::library::resolve::Cited;
use crate::rules::Place;
use crate::text::Span;
use crate::workspace::Workspace;

/// Where the thing at a byte offset of the note leads, and the span of that thing.
fn targets(snapshot: &Snapshot, offset: usize) -> Option<(Span, Vec<Place>)> {
    let checked = &snapshot.checked;
    let here = checked.at(offset);
    let evidence: Vec<Place> = here
        .and_then(|(_, verification)| verification)
        .map(|v| v.evidence.iter().map(|e| Place { source: e.source, span: e.span }).collect())
        .unwrap_or_default();
    let citation = checked.note.citations.iter().zip(&checked.cited).find(|(c, _)| c.span.touches(offset));
    if let Some((citation, Cited::Sources(ids))) = citation {
        let within = |id: &SourceId| evidence.iter().find(|place| place.source == *id).copied();
        let places = ids.iter().map(|id| within(id).unwrap_or(Place { source: *id, span: Span::default() }));
        return Some((citation.span, places.collect()));
    }
    here.map(|(sentence, _)| (sentence.span, evidence))
}

pub fn definition(
    snapshot: &Snapshot,
    offset: usize,
    workspace: &Workspace,
    client: &Negotiated,
) -> Option<GotoDefinitionResponse> {
    let (origin, places) = targets(snapshot, offset)?;
    let locations: Vec<_> = places.into_iter().filter_map(|place| location(place, workspace, client)).collect();
    if locations.is_empty() {
        return None;
    }
    if !client.definition_link {
        return Some(GotoDefinitionResponse::Array(locations));
    }
    let text = Text { text: &snapshot.text, lines: &snapshot.lines, encoding: client.encoding };
    let links = locations.into_iter().map(|location| LocationLink {
        origin_selection_range: Some(text.range(origin)),
        target_uri: location.uri,
        target_range: location.range,
        target_selection_range: location.range,
    });
    Some(GotoDefinitionResponse::Link(links.collect()))
}
