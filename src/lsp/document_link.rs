//! Document links: citations lead to their sources.

use tower_lsp::lsp_types::DocumentLink;

use super::convert;
use super::request::DocumentView;
use crate::library::resolve::CitationTarget;
use crate::note::CitationKind;

pub fn links(seen: &DocumentView) -> Option<Vec<DocumentLink>> {
    let checked = &seen.snapshot()?.checked;
    let reading = seen.workspace.reading();
    let cited = checked.note.citations.iter().zip(&checked.cited);
    // Editors know Markdown's own links, and a footnote may lead to several sources.
    let ours = cited.filter(|(c, _)| !matches!(c.kind, CitationKind::Link | CitationKind::Address | CitationKind::Footnote));
    let links = ours.filter_map(|(citation, cited)| {
        let CitationTarget::Sources(ids) = cited else { return None };
        let source = reading.library.source(*ids.first()?);
        let target = convert::uri(&reading.file_of(source)?)?;
        let range = seen.text().range(citation.span);
        // VS Code reads it as Markdown.
        let tooltip = Some(source.title().notification());
        Some(DocumentLink { range, target: Some(target), tooltip, data: None })
    });
    Some(links.collect())
}
