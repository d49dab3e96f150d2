//! Code actions: the fixes of the findings under the cursor.
//!
//! Edits name the version of the document for which they were made, so a client that has typed on
//! drops them.

use tower_lsp::lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::capabilities::Negotiated;
use super::convert::Text;
use super::diagnostics;
use super::document::Snapshot;
use crate::rules::Fix;
use crate::text::Span;
use crate::workspace::Reading;

/// The fixes of the findings that a range touches.
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
    let mut found = Vec::new();
    let touched = |span: Span| span.start <= range.end && range.start <= span.end;
    for finding in snapshot.checked.findings.iter().filter(|f| touched(f.span)) {
        for (at, fix) in finding.fixes.iter().enumerate() {
            found.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: sentence_case(&fix.title),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostics::diagnostic(finding, text, workspace, client)]),
                edit: Some(edit(fix, uri, snapshot.version, text, client)),
                is_preferred: Some(at == 0),
                ..CodeAction::default()
            }));
        }
    }
    found
}

/// A client may ask for some kinds only; a kind stands for all that begin with it.
fn wants_fixes(context: &CodeActionContext) -> bool {
    let is_ours = |kind: &CodeActionKind| kind.as_str().is_empty() || *kind == CodeActionKind::QUICKFIX;
    context.only.as_ref().is_none_or(|only| only.iter().any(is_ours))
}

fn edit(fix: &Fix, uri: &Url, version: i32, text: Text<'_>, client: &Negotiated) -> WorkspaceEdit {
    let edits: Vec<TextEdit> =
        fix.edits.iter().map(|e| TextEdit { range: text.range(e.span), new_text: e.text.clone() }).collect();
    if !client.document_changes {
        return WorkspaceEdit { changes: Some([(uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
    }
    let document = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![document])), ..WorkspaceEdit::default() }
}

fn sentence_case(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
