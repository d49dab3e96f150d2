//! Go to definition: from a claim to the passages behind it, from a citation to its source.

use tower_lsp::lsp_types::{GotoDefinitionResponse, LocationLink, Position};

use super::diagnostics::location;
use super::document::Snapshot;
use super::request::DocumentView;
use crate::library::SourceId;
use crate::library::resolve::CitationTarget;
use crate::rules::Place;
use crate::text::Span;
use crate::verify::Verification;
use crate::workspace::Reading;

/// Where the thing at a byte offset of the note leads, and the span of that thing.
fn targets(snapshot: &Snapshot, offset: usize, workspace: &Reading<'_>) -> Option<(Span, Vec<Place>)> {
    let checked = &snapshot.checked;
    let here = checked.at(offset);
    let evidence = here.map(|(_, v)| v.map(|v| places(v)).unwrap_or_default()).unwrap_or_default();
    let citation = checked.note.citations.iter().zip(&checked.cited).position(|(c, _)| c.span.touches(offset));
    if let Some(at) = citation
        && let CitationTarget::Sources(ids) = &checked.cited[at]
    {
        let cited = checked.cited_places(at, &workspace.library);
        let place = |id: &SourceId| {
            let mut places = cited.iter().filter(|place| place.source == *id);
            let evidence = evidence.iter().filter(|place| place.source == *id);
            // On a cited page it is the passage that is looked for.
            let inside = |place: &&Place| places.clone().any(|cited| cited.span.overlaps(place.span));
            let exact = places.clone().next().filter(|place| is_short(place, workspace));
            let first =
                exact.or_else(|| evidence.clone().find(inside)).or_else(|| places.next()).or_else(|| evidence.clone().next());
            first.map(|place| first_block(place, workspace)).unwrap_or(Place { source: *id, span: Span::default() })
        };
        return Some((checked.note.citations[at].span, ids.iter().map(place).collect()));
    }
    here.map(|(sentence, _)| (sentence.span, evidence))
}

/// Words at which a text fragment points, and not a page.
fn is_short(place: &Place, workspace: &Reading<'_>) -> bool {
    let blocks = &workspace.library.source(place.source).layout.blocks;
    blocks.iter().any(|block| block.span.encloses(place.span))
}

/// Of a page its first block: a jump goes to its beginning and not to all of it.
fn first_block(place: &Place, workspace: &Reading<'_>) -> Place {
    let blocks = &workspace.library.source(place.source).layout.blocks;
    let first = blocks.iter().find(|block| block.span.overlaps(place.span)).filter(|_| !is_short(place, workspace));
    let span =
        first.map_or(place.span, |block| Span::new(block.span.start.max(place.span.start), block.span.end.min(place.span.end)));
    Place { span, ..*place }
}

/// All passages that bear on a sentence.
fn places(verification: &Verification) -> Vec<Place> {
    verification.evidence.iter().map(Place::from).collect()
}

pub fn definition(seen: &DocumentView, position: Position) -> Option<GotoDefinitionResponse> {
    let workspace = &seen.workspace.reading();
    let offset = seen.text().offset(position);
    let (origin, places) = targets(seen.snapshot()?, offset, workspace)?;
    led(seen, origin, places, workspace)
}

/// The answer to a jump from a span of a note to places in sources.
pub fn led(seen: &DocumentView, origin: Span, places: Vec<Place>, workspace: &Reading<'_>) -> Option<GotoDefinitionResponse> {
    let client = &seen.client;
    let locations: Vec<_> = places.into_iter().filter_map(|place| location(place, workspace, client)).collect();
    if locations.is_empty() {
        return None;
    }
    if !client.definition_link {
        return Some(GotoDefinitionResponse::Array(locations));
    }
    let origin = seen.text().range(origin);
    let links = locations.into_iter().map(|location| LocationLink {
        origin_selection_range: Some(origin),
        target_uri: location.uri,
        target_range: location.range,
        target_selection_range: location.range,
    });
    Some(GotoDefinitionResponse::Link(links.collect()))
}
