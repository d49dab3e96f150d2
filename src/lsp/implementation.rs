//! Go to implementation: from a claim to every passage that supports it.

use tower_lsp::lsp_types::Position;
use tower_lsp::lsp_types::request::GotoImplementationResponse;

use super::definition::led;
use super::request::Seen;
use crate::rules::Place;
use crate::verify::Role;

pub fn implementation(seen: &Seen, position: Position) -> Option<GotoImplementationResponse> {
    let workspace = &seen.workspace.reading();
    let offset = seen.with_text(|text| text.offset(position));
    let (sentence, judged) = seen.snapshot()?.checked.at(offset)?;
    let supporting = judged.filter(|judged| judged.is_borne_out())?.evidence.iter().filter(|e| e.role == Role::Supports);
    led(seen, sentence.span, supporting.map(|e| Place { source: e.source, span: e.span }).collect(), workspace)
}
