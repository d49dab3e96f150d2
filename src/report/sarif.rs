//! The findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), as code scanning of GitHub and others
//! reads them. What was accepted is there too, as a suppressed result with its reason.

use serde_json::{Value, json};

use super::Report;
use crate::rules::{Finding, RULES, Severity};
use crate::text::{Encoding, LineIndex, Span};
use crate::workspace::{CheckedNote, IgnoredFinding};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// One log with one run. Columns count UTF-16 units, from 1.
#[must_use]
pub fn log(report: &Report<'_>) -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "shortDescription": { "text": rule.summary },
                "helpUri": format!("{HOME}/blob/main/docs/rules/{}.md", rule.code),
                "defaultConfiguration": { "level": level(rule.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = report
        .notes
        .iter()
        .flat_map(|reported| {
            let note = reported.note;
            let lines = LineIndex::new(&note.text);
            let found: Vec<Value> = note.checked.findings.iter().map(|it| result(it, None, note, &lines, report)).collect();
            let mut ignored: Vec<&IgnoredFinding> = note.checked.ignored.findings.iter().collect();
            ignored.sort_by_key(|it| (it.finding.span, it.finding.code));
            let ignored = ignored.into_iter().map(|it| result(&it.finding, Some(it), note, &lines, report));
            found.into_iter().chain(ignored.collect::<Vec<_>>())
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "corroborate",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules,
            } },
            "columnKind": "utf16CodeUnits",
            "artifacts": report.notes.iter().map(|note| json!({
                "location": location(&note.note.path),
                "hashes": { "sha-256": note.hash },
            })).collect::<Vec<_>>(),
            "results": results,
        }],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

fn result(
    finding: &Finding,
    ignored: Option<&IgnoredFinding>,
    note: &CheckedNote,
    lines: &LineIndex,
    report: &Report<'_>,
) -> Value {
    let library = &report.workspace.library;
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": RULES.binary_search_by_key(&finding.code, |rule| rule.code).unwrap_or_default(),
        "level": level(finding.severity),
        "message": { "text": finding.message.plain() },
        "locations": [{ "physicalLocation": {
            "artifactLocation": location(&note.path),
            "region": region(&note.text, finding.span, lines),
        } }],
        "partialFingerprints": { "corroborate/v1": finding.fingerprint.to_string() },
    });
    if let Some(place) = finding.place {
        let source = library.source(place.source);
        let mut at = json!({ "artifactLocation": location(&source.file) });
        if !source.is_rendition {
            at["region"] = region(&source.text, place.span, library.lines(place.source));
        }
        let said = json!({ "text": source.quote(place.span).shortened(300).plain() });
        result["relatedLocations"] = json!([{ "id": 1, "physicalLocation": at, "message": said }]);
    }
    if let Some(ignored) = ignored {
        let mut suppression = json!({ "kind": if ignored.is_in_note { "inSource" } else { "external" } });
        if !ignored.reason.is_empty() {
            suppression["justification"] = json!(ignored.reason);
        }
        result["suppressions"] = json!([suppression]);
    }
    result
}

/// A path below the root as a relative reference of RFC 3986.
fn location(path: &str) -> Value {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let uri: String =
        path.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    json!({ "uri": uri, "uriBaseId": "%SRCROOT%" })
}

fn region(text: &str, span: Span, lines: &LineIndex) -> Value {
    let start = lines.position(text, span.start, Encoding::Utf16);
    let end = lines.position(text, span.end, Encoding::Utf16);
    json!({
        "startLine": start.line + 1,
        "startColumn": start.column + 1,
        "endLine": end.line + 1,
        "endColumn": end.column + 1,
    })
}
