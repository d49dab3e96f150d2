//! Code actions: the fixes of the findings under the cursor, and the edits that ignore them.
//!
//! Edits name the version of the document for which they were made, so a client that has typed on
//! drops them.

use tower_lsp::lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionResponse, CreateFile, CreateFileOptions,
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, ResourceOp,
    TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use super::capabilities::Negotiated;
use super::convert::{self, Text};
use super::diagnostics;
use super::document::Snapshot;
use super::request::Seen;
use crate::rules::{Edit, Fix, Subject, offer, suppress};
use crate::text::{LineIndex, Span};
use crate::workspace::Reading;

/// What can be done about a range of a note.
pub fn code_actions(seen: &Seen, range: Range, context: &CodeActionContext) -> Option<CodeActionResponse> {
    let snapshot = seen.snapshot().filter(|_| seen.client.code_actions)?;
    let (workspace, client) = (&seen.workspace.reading(), &seen.client);
    seen.with_text(|text| {
        let range = Span::new(text.offset(range.start), text.offset(range.end));
        let mut found = Vec::new();
        if wants(context, &CodeActionKind::QUICKFIX) {
            found.extend(fixes(snapshot, &seen.uri, range, text, workspace, client));
            found.extend(suppressions(snapshot, seen, range, text, workspace));
        }
        if wants(context, &CodeActionKind::REFACTOR_REWRITE) {
            let offered = offers(snapshot, range.start, &seen.name, workspace);
            found.extend(offered.into_iter().map(|fix| CodeAction {
                title: sentence_case(&fix.title),
                kind: Some(CodeActionKind::REFACTOR_REWRITE),
                edit: Some(edit(&fix.edits, &seen.uri, snapshot.version, text, client)),
                ..CodeAction::default()
            }));
        }
        // Whoever asks for all kinds means the cursor, and not the whole file.
        if context.only.is_some() && wants(context, &fix_all()) {
            found.extend(all_safe(snapshot, &seen.uri, text, client));
        }
        Some(found.into_iter().map(CodeActionOrCommand::CodeAction).collect())
    })
}

/// `source.fixAll.corroborate`
pub fn fix_all() -> CodeActionKind {
    CodeActionKind::new("source.fixAll.corroborate")
}

/// The fixes of the findings that a range touches.
fn fixes(
    snapshot: &Snapshot,
    uri: &Url,
    range: Span,
    text: Text<'_>,
    workspace: &Reading<'_>,
    client: &Negotiated,
) -> Vec<CodeAction> {
    let mut found = Vec::new();
    let touched = |span: Span| span.start <= range.end && range.start <= span.end;
    for finding in snapshot.checked.findings.iter().filter(|f| touched(f.span)) {
        for (at, fix) in finding.fixes.iter().enumerate() {
            found.push(CodeAction {
                title: sentence_case(&fix.title),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostics::diagnostic(finding, text, workspace, client)]),
                edit: Some(edit(&fix.edits, uri, snapshot.version, text, client)),
                is_preferred: Some(at == 0),
                ..CodeAction::default()
            });
        }
    }
    found
}

/// The edits that ignore the findings that a range touches.
fn suppressions(snapshot: &Snapshot, seen: &Seen, range: Span, text: Text<'_>, workspace: &Reading<'_>) -> Vec<CodeAction> {
    let (checked, client) = (&snapshot.checked, &seen.client);
    let mut found = Vec::new();
    let touched = |span: Span| span.start <= range.end && range.start <= span.end;
    for finding in checked.findings.iter().filter(|f| touched(f.span)) {
        for fix in suppress::fixes(&checked.note, &snapshot.text, &seen.name, &workspace.store, finding) {
            let edit = match fix.file {
                None => Some(edit(&fix.edits, &seen.uri, snapshot.version, text, client)),
                Some(file) => edit_of_store(&fix.edits, file, workspace, client),
            };
            found.extend(edit.map(|edit| CodeAction {
                title: sentence_case(&fix.title),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostics::diagnostic(finding, text, workspace, client)]),
                edit: Some(edit),
                is_preferred: Some(false),
                ..CodeAction::default()
            }));
        }
    }
    found
}

/// What the sentence at an offset could also be, though nothing is wrong with it.
fn offers(snapshot: &Snapshot, offset: usize, path: &str, workspace: &Reading<'_>) -> Vec<Fix> {
    let checked = &snapshot.checked;
    let Some(at) = checked.note.sentence_at(offset) else { return Vec::new() };
    let Some(judged) = &checked.verifications[at] else { return Vec::new() };
    let subject = Subject {
        path,
        text: &snapshot.text,
        note: &checked.note,
        verifications: &checked.verifications,
        cited: &checked.cited,
        library: &workspace.library,
        severities: &workspace.settings.severities(path),
        citation_style: workspace.settings.citation_style,
    };
    offer::offers(&subject, at, judged)
}

/// Findings whose first fix puts back what the source has and changes nothing that the note says of the
/// world.
const SAFE: [&str; 3] = ["broken-anchor", "misquote", "wrong-citation"];

/// One edit that applies all safe fixes, the first of those that overlap.
fn all_safe(snapshot: &Snapshot, uri: &Url, text: Text<'_>, client: &Negotiated) -> Option<CodeAction> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in snapshot.checked.findings.iter().filter(|f| SAFE.contains(&f.code)).filter_map(|f| f.fixes.first()) {
        let is_free =
            |edit: &Edit| edits.iter().all(|other| !other.span.touches(edit.span.start) && !edit.span.touches(other.span.start));
        if fix.edits.iter().all(is_free) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    (!edits.is_empty()).then(|| CodeAction {
        title: "Fix all that is safe".to_owned(),
        kind: Some(fix_all()),
        edit: Some(edit(&edits, uri, snapshot.version, text, client)),
        ..CodeAction::default()
    })
}

/// A client may ask for some kinds only; a kind stands for all that begin with it.
fn wants(context: &CodeActionContext, ours: &CodeActionKind) -> bool {
    let is_ours = |kind: &CodeActionKind| {
        let rest = ours.as_str().strip_prefix(kind.as_str());
        kind.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(is_ours))
}

fn edit(edits: &[Edit], uri: &Url, version: i32, text: Text<'_>, client: &Negotiated) -> WorkspaceEdit {
    // Lines end as the note's do.
    let ending = if text.text.contains("\r\n") { "\r\n" } else { "\n" };
    let edit = |e: &Edit| TextEdit { range: text.range(e.span), new_text: e.text.replace('\n', ending) };
    let edits: Vec<TextEdit> = edits.iter().map(edit).collect();
    if !client.document_changes {
        return WorkspaceEdit { changes: Some([(uri.clone(), edits)].into()), ..WorkspaceEdit::default() };
    }
    let document = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![document])), ..WorkspaceEdit::default() }
}

/// An edit of the list of accepted findings. If it is not there yet, the client has to make it.
fn edit_of_store(edits: &[Edit], file: &str, workspace: &Reading<'_>, client: &Negotiated) -> Option<WorkspaceEdit> {
    let path = workspace.root.join(file);
    let uri = convert::uri(&path)?;
    let text = &workspace.store.text;
    let text = Text { text, lines: &LineIndex::new(text), encoding: client.encoding };
    let edits = edits.iter().map(|e| TextEdit { range: text.range(e.span), new_text: e.text.clone() });
    if path.is_file() {
        return Some(WorkspaceEdit { changes: Some([(uri, edits.collect())].into()), ..WorkspaceEdit::default() });
    }
    let create = client.creates_files.then(|| {
        let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
        ResourceOp::Create(CreateFile { uri: uri.clone(), options, annotation_id: None })
    })?;
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let document = TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() };
    let operations = vec![DocumentChangeOperation::Op(create), DocumentChangeOperation::Edit(document)];
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

fn sentence_case(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
