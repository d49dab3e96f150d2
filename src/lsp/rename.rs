//! Rename: a citation key, in all notes that cite it and in the bibliographies that have it.

use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::lsp_types::{Position, PrepareRenameResponse, WorkspaceEdit};

use super::edits::{Edits, bibliographies};
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::library::bibliography;
use crate::message;
use crate::note::{Citation, CitationKind};
use crate::text::words::is_invisible;
use crate::text::{Span, Untrusted};
use crate::workspace::Workspace;

/// A refusal in words for the user.
pub fn refused(why: Untrusted) -> Error {
    Error { code: ErrorCode::InvalidParams, message: why.notification().into(), data: None }
}

/// The key of a citation with its place, if the citation is written with one.
fn key_of<'c>(citation: &'c Citation, text: &str) -> Option<(&'c str, Span)> {
    let raw = citation.span.of(text);
    let behind = |opening: &str| raw.find(&format!("{opening}{}", citation.target)).map(|at| at + opening.len());
    let at = match citation.kind {
        CitationKind::Key | CitationKind::BareKey => behind("@").or_else(|| behind("@{"))?,
        CitationKind::Wiki => behind("[[")?,
        _ => return None,
    };
    let start = citation.span.start + at;
    Some((&citation.target, Span::new(start, start + citation.target.len())))
}

/// The key at a position, or why there is nothing to rename.
pub fn key_at(seen: &DocumentView, position: Position) -> Result<String, Untrusted> {
    Ok(found(seen, position)?.0)
}

pub fn prepare(seen: &DocumentView, position: Position) -> Result<Option<PrepareRenameResponse>, Untrusted> {
    let (placeholder, span) = found(seen, position)?;
    let range = seen.text().range(span);
    let placeholder = Untrusted::from(placeholder).plain().to_owned();
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
}

fn found(seen: &DocumentView, position: Position) -> Result<(String, Span), Untrusted> {
    let nothing = || message!("there is no citation key here");
    let snapshot = seen.snapshot().ok_or_else(nothing)?;
    let offset = seen.text().offset(position);
    let at_cursor = snapshot.checked.note.citations.iter().filter(|citation| citation.span.touches(offset));
    let keys: Vec<(&str, Span)> = at_cursor.filter_map(|citation| key_of(citation, &snapshot.text)).collect();
    let key = keys.iter().find(|(_, span)| span.touches(offset)).or(keys.first()).ok_or_else(nothing)?;
    if !seen.workspace.library.entries().contains_key(key.0) {
        return Err(message!("no bibliography has “{}”: where it is a file's name, rename the file", key.0));
    }
    Ok((key.0.to_owned(), key.1))
}

/// All edits that give a key another name.
pub fn rename(key: String, new: &str, all: &SessionView) -> Result<WorkspaceEdit, Untrusted> {
    let is_key = |c: char| c.is_alphanumeric() && !is_invisible(c) || matches!(c, '_' | ':' | '.' | '-' | '/');
    if new.is_empty() || !new.chars().all(is_key) || !new.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return Err(message!("“{}” cannot be a citation key", new));
    }
    if all.workspaces.iter().any(|workspace| workspace.library.entries().contains_key(new)) {
        return Err(message!("“{}” is a citation key already", new));
    }
    let mut edits = Edits::default();
    for workspace in all.workspaces.iter().filter(|workspace| workspace.library.entries().contains_key(&key)) {
        in_bibliographies(workspace, &key, new, all, &mut edits);
        for note in notes(workspace, all) {
            let text = &note.note.text;
            let keys = note.note.checked.note.citations.iter().filter_map(|citation| key_of(citation, text));
            for (_, span) in keys.filter(|(target, _)| *target == key) {
                edits.add(&note.uri, note.version, note.text(all), span, new);
            }
        }
    }
    Ok(edits.finish(&all.client))
}

/// An entry of BibTeX begins with its key, one of CSL-JSON has it as its `id`.
fn in_bibliographies(workspace: &Workspace, key: &str, new: &str, all: &SessionView, edits: &mut Edits) {
    let key = regex::escape(key);
    for file in bibliographies(workspace) {
        let pattern = match bibliography::is_json(file.path) {
            true => format!(r#""id"\s*:\s*"({key})""#),
            false => format!(r"@\w+\s*\{{\s*({key})\s*,"),
        };
        let Ok(pattern) = regex::Regex::new(&pattern) else { continue };
        for found in pattern.captures_iter(&file.text).filter_map(|captures| captures.get(1)) {
            edits.add(&file.uri, None, file.text(all.client.encoding), Span::from(found.range()), new);
        }
    }
}
