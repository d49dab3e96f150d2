//! Document highlight: the other citations of a source, and the other places of a figure.

use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, Position};

use super::request::DocumentView;
use crate::library::resolve::CitationTarget;
use crate::text::Span;
use crate::text::words::{Word, words};

pub fn highlights(seen: &DocumentView, position: Position) -> Option<Vec<DocumentHighlight>> {
    let snapshot = seen.snapshot()?;
    let offset = seen.text().offset(position);
    let spans = citations(&snapshot.checked, offset).or_else(|| figures(&snapshot.checked.note.layout.visible, offset))?;
    let highlight = |span: Span| DocumentHighlight { range: seen.text().range(span), kind: Some(DocumentHighlightKind::TEXT) };
    Some(spans.into_iter().map(highlight).collect())
}

/// All citations that lead where the one at the offset does, or are written alike.
fn citations(checked: &crate::workspace::CheckResult, offset: usize) -> Option<Vec<Span>> {
    let all = &checked.note.citations;
    let at = all.iter().position(|citation| citation.span.touches(offset))?;
    let is_same = |other: usize| match (&checked.cited[at], &checked.cited[other]) {
        (CitationTarget::Sources(a), CitationTarget::Sources(b)) => a == b,
        _ => all[at].target == all[other].target,
    };
    Some((0..all.len()).filter(|other| is_same(*other)).map(|other| all[other].span).collect())
}

/// All places with the number at the offset.
fn figures(visible: &str, offset: usize) -> Option<Vec<Span>> {
    let all = words(visible);
    let figure: &Word = all.iter().find(|word| word.span.touches(offset) && word.has_digit)?;
    Some(all.iter().filter(|word| word.form == figure.form).map(|word| word.span).collect())
}
