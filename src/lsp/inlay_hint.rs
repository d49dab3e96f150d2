//! Inlay hints: behind each claim a mark for its verdict, and the number of sources that say it.

use std::collections::BTreeSet;

use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use super::request::DocumentView;
use crate::verify::Verdict;

pub fn hints(seen: &DocumentView, range: Range) -> Option<Vec<InlayHint>> {
    if !seen.workspace.settings.inlay_hints {
        return None;
    }
    let checked = &seen.snapshot()?.checked;
    let asked = seen.text().span(range);
    let mut hints = Vec::new();
    for (at, sentence) in checked.note.sentences.iter().enumerate().filter(|(_, s)| s.span.overlaps(asked)) {
        let Some((verdict, judged)) = checked.verdict(at).zip(checked.verifications[at].as_ref()) else { continue };
        let mark = match verdict {
            Verdict::Supported => "✓",
            Verdict::Partial => "◐",
            Verdict::Unsupported => "?",
            Verdict::Contradicted => "✗",
            Verdict::Misquoted => "“✗”",
            Verdict::NotAClaim => continue,
        };
        let supporting: BTreeSet<_> = judged.supporting().map(|e| e.source).collect();
        let sources = supporting.len();
        let label = if sources > 1 { format!("{mark} {sources}") } else { mark.to_owned() };
        let tooltip = format!("{}, {sources} source{}", verdict.name(), if sources == 1 { "" } else { "s" });
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
