//! Go to implementation: from a claim to every passage that supports it.

use tower_lsp::lsp_types::Position;
use tower_lsp::lsp_types::request::GotoImplementationResponse;

use super::definition::led;
use super::request::DocumentView;
use crate::rules::Place;

pub fn implementation(seen: &DocumentView, position: Position) -> Option<GotoImplementationResponse> {
    let workspace = &seen.workspace.reading();
    let offset = seen.text().offset(position);
    let (sentence, judged) = seen.snapshot()?.checked.at(offset)?;
    let supporting = judged.filter(|judged| judged.is_borne_out())?.supporting();
    led(seen, sentence.span, supporting.map(Place::from).collect(), workspace)
}
