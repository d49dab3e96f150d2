//! Workspace symbols: sources by file name, key and, where it is known at once, title.

use tower_lsp::lsp_types::{Location, Range, SymbolInformation, SymbolKind};

use super::convert;
use super::request::SessionView;
use super::sources::{Match, matching};
use crate::library::SourceId;
use crate::text::Untrusted;
use crate::workspace::Reading;

const MOST: usize = 200;

pub fn symbols(query: &str, all: &SessionView) -> Vec<SymbolInformation> {
    let mut found = Vec::new();
    for workspace in &all.workspaces {
        let reading = workspace.reading();
        let matches = matching(query, &reading, MOST - found.len().min(MOST));
        found.extend(matches.into_iter().filter_map(|Match { source, .. }| symbol(source, &reading)));
    }
    found
}

fn symbol(id: SourceId, workspace: &Reading<'_>) -> Option<SymbolInformation> {
    let source = workspace.library.source(id);
    let uri = convert::uri(&workspace.file_of(source)?)?;
    #[allow(deprecated)] // The field has to be given.
    Some(SymbolInformation {
        name: source.title().plain().to_owned(),
        kind: SymbolKind::FILE,
        tags: None,
        deprecated: None,
        location: Location { uri, range: Range::default() },
        container_name: Some(Untrusted::from(workspace.library.key(id).unwrap_or(&source.path)).plain().to_owned()),
    })
}
