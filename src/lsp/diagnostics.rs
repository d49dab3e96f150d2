//! Findings as diagnostics.

use std::fmt::Write;
use std::sync::Arc;

use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    Position, Range, Url,
};

use super::capabilities::ClientFeatures;
use super::convert::{self, Text};
use super::document::Snapshot;
use crate::cache::{Cache, Key};
use crate::message;
use crate::rules::{self, Finding, Place};
use crate::text::{LineIndex, Span, Untrusted};
use crate::workspace::{Findings, PartFindings, Reading, Workspace};

/// A cache of diagnostics as they are written. It belongs to one state of one library, and so no source is
/// opened for what was written before.
#[derive(Clone, Debug, Default)]
pub struct DiagnosticsCache(Arc<Caches>);

#[derive(Debug)]
struct Caches {
    /// A finding, without its range and its last brace.
    findings: Cache<Arc<str>>,
    /// A part by its findings and its first line. With the findings, so that no others get their
    /// address.
    parts: Cache<(Arc<[Finding]>, Arc<str>)>,
}

impl Default for Caches {
    fn default() -> Self {
        Self { findings: Cache::weighing(|text| text.len()), parts: Cache::weighing(|(_, text)| text.len()) }
    }
}

impl DiagnosticsCache {
    /// The diagnostics of each part of the findings in a text, as JSON with commas between.
    pub fn of(&self, findings: &Findings, text: &str, workspace: &Workspace, client: &ClientFeatures) -> Vec<Arc<str>> {
        let mut key = Key::default();
        let written = findings.parts().iter().map(|part| {
            key.begin().number(part.findings.as_ptr() as usize).number(part.findings.len()).number(part.line);
            let write = || (Arc::clone(&part.findings), self.part(part, text, None, workspace, client).into());
            self.0.parts.get_or(&key, write).1
        });
        written.collect()
    }

    /// The message that publishes the diagnostics of a checked note, without those in an unfinished
    /// sentence.
    pub fn message(&self, uri: &Url, snapshot: &Snapshot, workspace: &Workspace, client: &ClientFeatures) -> String {
        let mut body = r#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"diagnostics":"#.to_owned();
        self.list(&mut body, snapshot, workspace, client);
        // Writing into a string cannot fail.
        let _ = write!(body, r#","uri":{},"version":{}}}}}"#, serde_json::Value::from(uri.as_str()), snapshot.version);
        body
    }

    /// The diagnostics of a checked note, without those in an unfinished sentence, as a JSON list.
    pub fn list(&self, out: &mut String, snapshot: &Snapshot, workspace: &Workspace, client: &ClientFeatures) {
        const ROOM: usize = 1000;
        out.reserve(snapshot.diagnostics.iter().map(|written| written.len() + 1).sum::<usize>() + ROOM);
        out.push('[');
        let mut comma = "";
        for (part, written) in snapshot.checked.findings.parts().iter().zip(&snapshot.diagnostics) {
            let is_hidden = |span: Span| part.findings.iter().any(|f| f.span.shifted(part.start).overlaps(span));
            let rest = snapshot.unfinished().filter(|span| is_hidden(*span));
            let rest = rest.map(|span| self.part(part, &snapshot.text, Some(span), workspace, client));
            let written = rest.as_deref().unwrap_or(written);
            if !written.is_empty() {
                out.push_str(comma);
                out.push_str(written);
                comma = ",";
            }
        }
        out.push(']');
    }

    /// The diagnostics of a part, without those in an unfinished sentence.
    fn part(
        &self,
        part: &PartFindings,
        text: &str,
        unfinished: Option<Span>,
        workspace: &Workspace,
        client: &ClientFeatures,
    ) -> String {
        let text = &text[part.start..];
        let last = part.findings.iter().map(|finding| finding.span.end).max().unwrap_or(0);
        // A line index of what is looked at, and not of all.
        let lines = LineIndex::new(&text[..text.floor_char_boundary(last)]);
        let text = Text { text, lines: &lines, encoding: client.encoding };
        let mut key = Key::default();
        let mut out = String::new();
        let is_shown = |span: Span| !unfinished.is_some_and(|hidden| hidden.overlaps(span.shifted(part.start)));
        for finding in part.findings.iter().filter(|finding| is_shown(finding.span)) {
            let comma = if out.is_empty() { "" } else { "," };
            let written = self.finding(finding, workspace, client, &mut key);
            let Range { start, end } = text.range(finding.span);
            let (from, to) = (part.line + start.line as usize, part.line + end.line as usize);
            let _ = write!(
                out,
                r#"{comma}{written},"range":{{"start":{{"line":{from},"character":{}}},"end":{{"line":{to},"character":{}}}}}}}"#,
                start.character, end.character
            );
        }
        out
    }

    fn finding(&self, finding: &Finding, workspace: &Workspace, client: &ClientFeatures, key: &mut Key) -> Arc<str> {
        key.begin().text(finding.code).number(finding.severity as usize).text(finding.message.plain());
        if let Some(place) = finding.place {
            key.number(place.source.0).span(place.span, 0);
        }
        self.0.findings.get_or(key, || {
            let text = Text { text: "", lines: &LineIndex::new(""), encoding: client.encoding };
            let diagnostic = diagnostic(finding, text, &workspace.reading(), client);
            let mut fields = serde_json::to_value(diagnostic).unwrap_or_default();
            fields.as_object_mut().and_then(|fields| fields.remove("range"));
            fields.to_string().strip_suffix('}').unwrap_or_default().into()
        })
    }
}

/// One finding.
pub fn diagnostic(finding: &Finding, text: Text<'_>, workspace: &Reading<'_>, client: &ClientFeatures) -> Diagnostic {
    let page = Url::parse(&rules::page(finding.code)).ok();
    let related = finding.place.filter(|_| client.related_information).and_then(|place| related(place, workspace, client));
    Diagnostic {
        range: text.range(finding.span),
        severity: Some(convert::severity(finding.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: page.filter(|_| client.code_description).map(|href| CodeDescription { href }),
        source: Some("corroborate".to_owned()),
        message: finding.message.plain().to_owned(),
        related_information: related.map(|r| vec![r]),
        tags: (client.fades && rules::rule(finding.code).is_some_and(|rule| rule.is_superfluous))
            .then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    }
}

/// A mistake in a file of settings, on its line, from one.
pub fn mistake((line, message): (usize, &Untrusted)) -> Diagnostic {
    let line = line.saturating_sub(1) as u32;
    Diagnostic {
        range: Range::new(Position::new(line, 0), Position::new(line + 1, 0)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("corroborate".to_owned()),
        message: message.plain().to_owned(),
        ..Diagnostic::default()
    }
}

/// The files that cannot be read, each with a diagnostic at its start.
pub fn unreadable(workspace: &Reading<'_>, client: &ClientFeatures) -> Vec<(Url, Vec<Diagnostic>)> {
    let text = Text { text: "", lines: &LineIndex::new(""), encoding: client.encoding };
    let files = workspace.library.unreadable_files();
    files
        .iter()
        .filter_map(|file| {
            let uri = convert::uri(&workspace.root.join(&file.path))?;
            let finding = rules::unreadable_file(&file.reason);
            Some((uri, vec![diagnostic(&finding, text, workspace, client)]))
        })
        .collect()
}

fn related(place: Place, workspace: &Reading<'_>, client: &ClientFeatures) -> Option<DiagnosticRelatedInformation> {
    let source = workspace.library.source(place.source);
    Some(DiagnosticRelatedInformation {
        location: location(place, workspace, client)?,
        message: message!("“{}”", source.quote(place.span)).plain().to_owned(),
    })
}

/// Where a passage stands.
pub fn location(place: Place, workspace: &Reading<'_>, client: &ClientFeatures) -> Option<Location> {
    let source = workspace.library.source(place.source);
    let text = Text { text: &source.text, lines: workspace.library.lines(place.source), encoding: client.encoding };
    let uri = convert::uri(&workspace.file_of(source)?)?;
    Some(Location { uri, range: text.range(place.span) })
}
