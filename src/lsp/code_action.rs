//! Code actions: the fixes of the findings under the cursor, and the edits that ignore them.
//!
//! Edits name the version of the document for which they were made, so a client that has typed on
//! drops them.

use tower_lsp::lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CreateFile, CreateFileOptions, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::capabilities::Negotiated;
use super::convert::{self, Text};
use super::diagnostics;
use super::document::Snapshot;
use crate::rules::{Finding, Fix, suppress};
use crate::text::{LineIndex, Span};
use crate::workspace::Reading;

/// The fixes of the findings that a range touches, and behind them the edits that ignore these.
pub fn code_actions(
    snapshot: &Snapshot,
    uri: &Url,
    range: Span,
    context: &CodeActionContext,
    workspace: &Reading<'_>,
    client: &Negotiated,
) -> Vec<CodeActionOrCommand> {
    if !client.code_actions || !wants_fixes(context) {
        return Vec::new();
    }
    let text = Text { text: &snapshot.text, lines: snapshot.lines(), encoding: client.encoding };
    let action = |finding: &Finding, fix: &Fix, is_preferred: bool| {
        let edit = match fix.file {
            None => Some(edit(fix, uri, snapshot.version, text, client)),
            Some(file) => edit_of_store(fix, file, workspace, client),
        };
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: sentence_case(&fix.title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::diagnostic(finding, text, workspace, client)]),
            edit: Some(edit?),
            is_preferred: Some(is_preferred),
            ..CodeAction::default()
        }))
    };
    let is_touched = |span: Span| span.start <= range.end && range.start <= span.end;
    let touched: Vec<&Finding> = snapshot.checked.findings.iter().filter(|finding| is_touched(finding.span)).collect();
    let mut found = Vec::new();
    for finding in &touched {
        found.extend(finding.fixes.iter().enumerate().filter_map(|(at, fix)| action(finding, fix, at == 0)));
    }
    let name = convert::path(uri).and_then(|path| workspace.name_of(&path)).unwrap_or_default();
    for finding in touched {
        let fixes = suppress::fixes(&snapshot.checked.note, &snapshot.text, &name, &workspace.store, finding);
        found.extend(fixes.iter().filter_map(|fix| action(finding, fix, false)));
    }
    found
}

/// A client may ask for some kinds only; a kind stands for all that begin with it.
fn wants_fixes(context: &CodeActionContext) -> bool {
    let is_ours = |kind: &CodeActionKind| kind.as_str().is_empty() || *kind == CodeActionKind::QUICKFIX;
    context.only.as_ref().is_none_or(|only| only.iter().any(is_ours))
}

fn edit(fix: &Fix, uri: &Url, version: i32, text: Text<'_>, client: &Negotiated) -> WorkspaceEdit {
    let edits = edits(fix, text);
    if !client.document_changes {
        return WorkspaceEdit { changes: Some([(uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
    }
    let document = document_edit(uri, Some(version), edits);
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![document])), ..WorkspaceEdit::default() }
}

/// An edit of the list of accepted findings. If it is not there yet, the client has to make it.
fn edit_of_store(fix: &Fix, file: &str, workspace: &Reading<'_>, client: &Negotiated) -> Option<WorkspaceEdit> {
    let path = workspace.root.join(file);
    let uri = convert::uri(&path)?;
    let text = &workspace.store.text;
    let edits = edits(fix, Text { text, lines: &LineIndex::new(text), encoding: client.encoding });
    if path.is_file() {
        return Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() });
    }
    if !client.creates_files {
        return None;
    }
    let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
    let create = ResourceOp::Create(CreateFile { uri: uri.clone(), options, annotation_id: None });
    let operations = vec![DocumentChangeOperation::Op(create), DocumentChangeOperation::Edit(document_edit(&uri, None, edits))];
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

fn edits(fix: &Fix, text: Text<'_>) -> Vec<TextEdit> {
    fix.edits.iter().map(|e| TextEdit { range: text.range(e.span), new_text: e.text.clone() }).collect()
}

fn document_edit(uri: &Url, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

fn sentence_case(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
