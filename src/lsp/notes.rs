//! All notes of a root, as the editor has them: open ones with their unsaved text.

use std::sync::Arc;

use tower_lsp::lsp_types::{Location, Url};

use super::convert::{self, Text};
use super::document::text_of;
use super::request::SessionView;
use crate::text::{LineIndex, Span};
use crate::workspace::{CheckedNote, Workspace, check};

/// A note with its lines.
pub struct Note {
    pub uri: Url,
    /// The version, if it is open.
    pub version: Option<i32>,
    pub note: Arc<CheckedNote>,
    lines: LineIndex,
}

impl Note {
    pub fn text<'a>(&'a self, all: &SessionView) -> Text<'a> {
        Text { text: &self.note.text, lines: &self.lines, encoding: all.client.encoding }
    }

    pub fn location(&self, span: Span, all: &SessionView) -> Location {
        Location { uri: self.uri.clone(), range: self.text(all).range(span) }
    }
}

/// The notes of a root in the order of their names, and behind them open ones that its globs do not
/// name. Ends early when nobody waits any more.
pub fn notes<'a>(workspace: &'a Workspace, all: &'a SessionView) -> impl Iterator<Item = Note> + use<'a> {
    let named = workspace.files.notes.iter().filter_map(|name| Some((convert::uri(&workspace.root.join(name))?, name.clone())));
    let is_named = |name: &String| workspace.files.notes.binary_search(name).is_ok();
    let mut others: Vec<(Url, String)> = (all.open.iter())
        .filter(|(_, open)| open.root == workspace.root && !is_named(&open.name))
        .map(|(uri, open)| (uri.clone(), open.name.clone()))
        .collect();
    others.sort();
    let is_cancelled = || all.token.is_cancelled();
    named
        .chain(others)
        .map_while(move |(uri, name)| {
            let note = match all.open.get(&uri) {
                Some(open) => {
                    let text = text_of(&open.rope);
                    let checked = check(&text, &name, workspace, &is_cancelled).ok()?;
                    Some((Some(open.version), Arc::new(CheckedNote { path: name, text, checked })))
                }
                None => workspace.checked_note(&name, &is_cancelled).ok()?.map(|note| (None, note)),
            };
            Some(note.map(|(version, note)| Note { uri, version, lines: LineIndex::new(&note.text), note }))
        })
        .flatten()
}
