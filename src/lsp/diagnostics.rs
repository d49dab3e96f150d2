//! Findings as diagnostics.

use tower_lsp::lsp_types::{CodeDescription, Diagnostic, DiagnosticRelatedInformation, Location, NumberOrString, Url};

use super::capabilities::Negotiated;
use super::convert::{self, Text};
use super::document::Snapshot;
use crate::rules::{self, Finding, Place};
use crate::text::{LineIndex, Span};
use crate::workspace::Reading;

/// The diagnostics of a checked note, without those in an unfinished sentence.
pub fn of(snapshot: &Snapshot, workspace: &Reading<'_>, client: &Negotiated, unfinished: Option<Span>) -> Vec<Diagnostic> {
    let text = Text { text: &snapshot.text, lines: &snapshot.lines, encoding: client.encoding };
    snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| !unfinished.is_some_and(|span| span.overlaps(finding.span)))
        .map(|finding| diagnostic(finding, text, workspace, client))
        .collect()
}

/// One finding.
pub fn diagnostic(finding: &Finding, text: Text<'_>, workspace: &Reading<'_>, client: &Negotiated) -> Diagnostic {
    let page = Url::parse(&rules::page(finding.code)).ok();
    let related = finding.place.filter(|_| client.related_information).and_then(|place| related(place, workspace, client));
    Diagnostic {
        range: text.range(finding.span),
        severity: Some(convert::severity(finding.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: page.filter(|_| client.code_description).map(|href| CodeDescription { href }),
        source: Some("corroborate".to_owned()),
        message: finding.message.clone(),
        related_information: related.map(|r| vec![r]),
        ..Diagnostic::default()
    }
}

/// The files that cannot be read, each with a diagnostic at its start.
pub fn unreadable(workspace: &Reading<'_>, client: &Negotiated) -> Vec<(Url, Vec<Diagnostic>)> {
    let text = Text { text: "", lines: &LineIndex::new(""), encoding: client.encoding };
    let files = workspace.library.unreadable().iter();
    files
        .filter_map(|file| {
            let uri = convert::uri(&workspace.root.join(&file.path))?;
            let finding = rules::unreadable_file(&file.reason);
            Some((uri, vec![diagnostic(&finding, text, workspace, client)]))
        })
        .collect()
}

fn related(place: Place, workspace: &Reading<'_>, client: &Negotiated) -> Option<DiagnosticRelatedInformation> {
    let source = workspace.library.source(place.source);
    Some(DiagnosticRelatedInformation {
        location: location(place, workspace, client)?,
        message: format!("“{}”", source.quote(place.span)),
    })
}

/// Where a passage stands.
pub fn location(place: Place, workspace: &Reading<'_>, client: &Negotiated) -> Option<Location> {
    let source = workspace.library.source(place.source);
    let text = Text { text: &source.text, lines: workspace.library.lines(place.source), encoding: client.encoding };
    let uri = convert::uri(&workspace.file_of(source)?)?;
    Some(Location { uri, range: text.range(place.span) })
}
