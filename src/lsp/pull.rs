//! Diagnostics that the client asks for, of one note or of all.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use tower_lsp::lsp_types::{
    Diagnostic, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, PreviousResultId,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::diagnostics::diagnostic;
use super::notes::notes;
use super::request::{All, Seen};

pub fn nothing() -> DocumentDiagnosticReportResult {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport::default();
    let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}

/// The diagnostics of a document as they are now, or that they are as `before`.
pub fn document(seen: &Seen, before: Option<&str>) -> DocumentDiagnosticReportResult {
    let Some(snapshot) = seen.snapshot().filter(|_| seen.is_note) else { return nothing() };
    let unfinished = snapshot.unfinished(seen.typing_at);
    let mut list = String::new();
    seen.written.list(&mut list, snapshot, unfinished, &seen.workspace, &seen.client);
    let id = id_of(&list);
    let report = if before == Some(id.as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        let items = serde_json::from_str(&list).unwrap_or_default();
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// A name for some diagnostics that others do not have.
fn id_of(list: &str) -> String {
    format!("{:x}-{:x}", list.len(), FxBuildHasher.hash_one(list))
}

/// The diagnostics of all notes, open or not.
pub fn workspace(before: &[PreviousResultId], all: &All) -> WorkspaceDiagnosticReportResult {
    let mut items = Vec::new();
    for workspace in &all.workspaces {
        for note in notes(workspace, all) {
            let reading = workspace.reading();
            let found: Vec<Diagnostic> =
                note.note.checked.findings.iter().map(|f| diagnostic(f, note.text(all), &reading, &all.client)).collect();
            let id = id_of(&serde_json::to_string(&found).unwrap_or_default());
            let version = note.version.map(i64::from);
            let is_same = before.iter().any(|previous| previous.uri == note.uri && previous.value == id);
            items.push(if is_same {
                WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                    uri: note.uri.clone(),
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
                })
            } else {
                WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                    uri: note.uri.clone(),
                    version,
                    full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items: found },
                })
            });
        }
    }
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}
