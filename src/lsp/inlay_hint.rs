//! Inlay hints: behind each claim a mark for its verdict, and the number of origins on which it rests.

use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use super::request::DocumentView;
use crate::origins;
use crate::report::Standing;
use crate::text::words::counted;

pub fn hints(seen: &DocumentView, range: Range) -> Option<Vec<InlayHint>> {
    if !seen.workspace.settings.inlay_hints {
        return None;
    }
    let checked = &seen.snapshot()?.checked;
    let asked = seen.text().span(range);
    let mut hints = Vec::new();
    let reading = seen.workspace.reading();
    let reader = origins::Reader::new(&reading.library);
    for (at, sentence) in checked.note.sentences.iter().enumerate().filter(|(_, s)| s.span.overlaps(asked)) {
        let Some((verdict, judged)) = checked.verdict(at).zip(checked.verifications[at].as_ref()) else { continue };
        let Some(mark) = Standing::of(None, verdict).map(Standing::sign) else { continue };
        let found = origins::of_evidence(judged.supporting(), &reader);
        let origins = found.origins.len();
        let label = if origins > 1 { format!("{mark} {origins}") } else { mark.to_owned() };
        let tooltip = format!("{}, {}, {}", verdict.name(), counted(found.sources, "source"), counted(origins, "origin"));
        hints.push(InlayHint {
            position: seen.text().position(sentence.span.end),
            label: InlayHintLabel::String(label),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String(tooltip)),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        });
    }
    Some(hints)
}
