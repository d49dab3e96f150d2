//! Diagnostics that the client asks for, of one note or of all.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHasher};
use tower_lsp::lsp_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, PreviousResultId,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::diagnostics::diagnostic;
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::workspace::{CheckedNote, Workspace};

pub fn nothing() -> DocumentDiagnosticReportResult {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport::default();
    let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}

/// The diagnostics of a document as they are now, or that they are as `before`.
pub fn document(seen: &DocumentView, before: Option<&str>) -> DocumentDiagnosticReportResult {
    let Some(snapshot) = seen.snapshot().filter(|_| seen.is_note) else { return nothing() };
    let mut list = String::new();
    seen.diagnostics.list(&mut list, snapshot, &seen.workspace, &seen.client);
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

/// The diagnostics of all notes, open or not. Clients ask again and again, so nothing is written for what
/// they have already.
pub fn workspace(before: &[PreviousResultId], all: &SessionView) -> WorkspaceDiagnosticReportResult {
    let before: HashMap<&Url, &str> = before.iter().map(|previous| (&previous.uri, previous.value.as_str())).collect();
    let mut items = Vec::new();
    for workspace in &all.workspaces {
        for note in notes(workspace, all) {
            let id = id_of_note(&note.note, workspace);
            let version = note.version.map(i64::from);
            items.push(if before.get(&note.uri) == Some(&id.as_str()) {
                WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                    uri: note.uri.clone(),
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
                })
            } else {
                let reading = workspace.reading();
                let findings = note.note.checked.findings.iter();
                let items = findings.map(|f| diagnostic(f, note.text(all), &reading, &all.client)).collect();
                WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                    uri: note.uri.clone(),
                    version,
                    full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
                })
            });
        }
    }
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

/// A name for what was found in a note, with the note's text and the places in sources.
fn id_of_note(note: &CheckedNote, workspace: &Workspace) -> String {
    let mut hasher = FxHasher::default();
    note.text.hash(&mut hasher);
    for finding in &note.checked.findings {
        (finding.code, finding.severity, finding.span, &finding.message).hash(&mut hasher);
        finding.place.map(|place| (workspace.library.path(place.source), place.span)).hash(&mut hasher);
    }
    format!("{:x}-{:x}", note.text.len(), hasher.finish())
}
