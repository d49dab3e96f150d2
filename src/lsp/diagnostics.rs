//! Findings as diagnostics.

use std::fmt::Write;
use std::sync::Arc;

use tower_lsp::lsp_types::{CodeDescription, Diagnostic, DiagnosticRelatedInformation, Location, NumberOrString, Range, Url};

use super::capabilities::Negotiated;
use super::convert::{self, Text};
use super::document::Snapshot;
use crate::recent::{Key, Recent};
use crate::rules::{self, Finding, Place};
use crate::text::{LineIndex, Span};
use crate::workspace::{Reading, Workspace};

/// What was written of findings, but for their ranges. It belongs to one state of one library, and
/// so opens no source for what was written before.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<Recent<Arc<str>>>);

impl Written {
    /// The diagnostic of each finding as JSON, without its range and its last brace.
    pub fn of(&self, findings: &[Finding], workspace: &Workspace, client: &Negotiated) -> Vec<Arc<str>> {
        let mut key = Key::default();
        findings.iter().map(|finding| self.written(finding, workspace, client, &mut key)).collect()
    }

    fn written(&self, finding: &Finding, workspace: &Workspace, client: &Negotiated, key: &mut Key) -> Arc<str> {
        key.begin().text(finding.code).number(finding.severity as usize).text(&finding.message);
        if let Some(place) = finding.place {
            key.number(place.source.0).span(place.span, 0);
        }
        self.0.get_or(key, || {
            let text = Text { text: "", lines: &LineIndex::new(""), encoding: client.encoding };
            let diagnostic = diagnostic(finding, text, &workspace.reading(), client);
            let mut fields = serde_json::to_value(diagnostic).unwrap_or_default();
            fields.as_object_mut().and_then(|fields| fields.remove("range"));
            fields.to_string().strip_suffix('}').unwrap_or_default().into()
        })
    }
}

/// The message that publishes the diagnostics of a checked note, without those in an unfinished
/// sentence.
pub fn message(uri: &Url, snapshot: &Snapshot, client: &Negotiated, unfinished: Option<Span>) -> String {
    let text = Text { text: &snapshot.text, lines: &snapshot.lines, encoding: client.encoding };
    let all = snapshot.checked.findings.iter().zip(&snapshot.written);
    let mut body = String::with_capacity(snapshot.written.iter().map(|written| written.len() + ROOM_FOR_RANGE).sum());
    body.push_str(r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"diagnostics":["#);
    let mut comma = "";
    for (finding, written) in all.filter(|(finding, _)| !unfinished.is_some_and(|span| span.overlaps(finding.span))) {
        let Range { start, end } = text.range(finding.span);
        let (from, to) = (start.character, end.character);
        body.push_str(comma);
        body.push_str(written);
        // Writing into a string cannot fail.
        let _ = write!(
            body,
            r#","range":{{"start":{{"line":{},"character":{from}}},"end":{{"line":{},"character":{to}}}}}}}"#,
            start.line, end.line
        );
        comma = ",";
    }
    let _ = write!(body, r#"],"uri":{},"version":{}}}}}"#, serde_json::Value::from(uri.as_str()), snapshot.version);
    body
}

/// About what a range takes as JSON.
const ROOM_FOR_RANGE: usize = 90;

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
