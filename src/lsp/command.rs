//! Commands: what an editor can have done by name. All of it happens in the server.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{ExecuteCommandParams, Position, Url};

use super::convert;
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::report::{Report, html, markdown};
use crate::text::Untrusted;
use crate::workspace::{CheckedNote, explain};
use crate::{clock, message};

/// A command that the server knows.
#[derive(Debug)]
pub enum Command {
    Reindex,
    ShowReport,
    Explain(Url, Position),
    WriteProof(Url),
}

pub const NAMES: [&str; 4] = ["corroborate.reindex", "corroborate.showReport", "corroborate.explain", "corroborate.writeProof"];

impl Command {
    /// Reads a command; the error is in words for the user.
    pub fn of(params: ExecuteCommandParams) -> Result<Self, Untrusted> {
        match params.command.as_str() {
            "corroborate.reindex" => Ok(Self::Reindex),
            "corroborate.showReport" => Ok(Self::ShowReport),
            "corroborate.explain" => {
                let misused = || message!("corroborate.explain needs {uri, position}");
                let place = params.arguments.first().ok_or_else(misused)?;
                let position = serde_json::from_value(place["position"].clone()).ok();
                let (uri, position) = uri_of(place).zip(position).ok_or_else(misused)?;
                Ok(Self::Explain(uri, position))
            }
            "corroborate.writeProof" => {
                let uri = params.arguments.first().and_then(uri_of);
                uri.map(Self::WriteProof).ok_or_else(|| message!("corroborate.writeProof needs {uri}"))
            }
            other => Err(message!(r#"unknown command "{}""#, other)),
        }
    }
}

fn uri_of(argument: &Value) -> Option<Url> {
    argument["uri"].as_str().and_then(|uri| Url::parse(uri).ok())
}

/// A text made for the user, and the file that shows it where the client can show files.
pub struct ReadingText {
    pub text: String,
    pub file: Option<Url>,
}

/// All notes with their claims and findings.
pub fn report(all: &SessionView) -> ReadingText {
    let mut text = String::new();
    let mut file = None;
    for workspace in &all.workspaces {
        let notes: Vec<_> = notes(workspace, all).map(|note| note.note).collect();
        let part = markdown::text(&Report::of(notes.iter().map(AsRef::as_ref), &workspace.reading(), None));
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&part);
        file = file.or_else(|| Some(workspace.as_ref()));
    }
    let file =
        file.filter(|_| all.client.show_document).and_then(|workspace| workspace.write_for_reading("report.md", &text).ok());
    ReadingText { file: file.and_then(|file| convert::uri(&file)), text }
}

/// The proof of a note, written as a page; the result says where it is.
pub fn proof(seen: &DocumentView) -> Option<Value> {
    let snapshot = seen.snapshot().filter(|_| seen.is_note)?;
    let note = CheckedNote { path: seen.name.clone(), text: snapshot.text.clone(), checked: snapshot.checked.clone() };
    let page = html::page(&Report::of(std::iter::once(&note), &seen.workspace.reading(), clock::now()));
    let file = seen.workspace.write_for_reading("proof.html", &page).ok()?;
    Some(json!({ "uri": convert::uri(&file)? }))
}

/// How the sentence at a position was judged.
pub fn explanation(seen: &DocumentView, position: Position) -> Option<ReadingText> {
    let snapshot = seen.snapshot()?;
    let offset = seen.text().offset(position);
    let (sentence, judged) = snapshot.checked.at(offset)?;
    let judged = judged?;
    let claim = &snapshot.text[judged.start..];
    let reading = seen.workspace.reading();
    let words = Untrusted::from(sentence.words.of(&snapshot.text));
    let explanation = explain::explanation(claim, judged, &reading);
    // Indented, so that no word of a source is markup.
    let shown: String = explanation.iter().map(|line| format!("    {}\n", line.plain())).collect();
    let text = format!("# Explanation\n\n    {}\n\n{shown}", words.plain());
    let file = seen.client.show_document.then(|| seen.workspace.write_for_reading("explanation.md", &text).ok()).flatten();
    Some(ReadingText { file: file.and_then(|file| convert::uri(&file)), text })
}
