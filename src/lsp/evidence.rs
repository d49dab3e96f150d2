//! Our own requests, for views that an editor's plugin may show beside a note: the evidence for the
//! sentence at the cursor, the verdict on each claim, and the library. See `docs/protocol.md`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{Position, Range, TextDocumentIdentifier, Url};

use super::convert;
use super::diagnostics::location;
use super::notes::notes;
use super::request::{DocumentView, SessionView};
use crate::library::SourceId;
use crate::library::resolve::CitationTarget;
use crate::note::SentenceKind;
use crate::origins;
use crate::rules::{Place, cite};
use crate::source::Metadata;
use crate::text::Untrusted;
use crate::workspace::CheckResult;

/// What is known of a source, as far as it is.
#[derive(Debug, Default, Serialize)]
struct SourceDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
}

impl SourceDetails {
    fn of(metadata: &Metadata) -> Self {
        let Metadata { date, publisher, .. } = metadata;
        Self { date: date.as_ref().map(plain), publisher: publisher.as_ref().map(plain), grade: metadata.grade().map(plain) }
    }
}

/// As people read it. What a plugin gives back, such as a path, goes out as it is.
fn plain(words: impl Into<Untrusted>) -> String {
    words.into().plain().to_owned()
}

/// A sentence with everything that bears on it.
#[derive(Debug, Serialize)]
pub struct Sentence {
    range: Range,
    text: String,
    verdict: &'static str,
    /// "4 sources, 1 origin: the ministry's cable", where that says more than the passages.
    #[serde(skip_serializing_if = "Option::is_none")]
    origins: Option<String>,
    passages: Vec<Passage>,
}

#[derive(Debug, Serialize)]
pub struct Passage {
    role: &'static str,
    title: String,
    key: String,
    uri: Url,
    range: Range,
    text: String,
    /// `p. 4` or `line 12`.
    place: String,
    #[serde(flatten)]
    about: SourceDetails,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerdictsParams {
    pub text_document: TextDocumentIdentifier,
}

/// The verdict on a claim.
#[derive(Debug, Serialize)]
pub struct SentenceVerdict {
    range: Range,
    verdict: &'static str,
}

/// A source, or a file that could not be read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedSource {
    key: String,
    title: String,
    path: String,
    uri: Option<Url>,
    cited_by: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<String>,
    #[serde(flatten)]
    about: SourceDetails,
}

/// Names a source as it was listed.
#[derive(Debug, Deserialize)]
pub struct RenditionParams {
    pub path: String,
    pub uri: Url,
}

/// The file that shows a source's text.
#[derive(Debug, Serialize)]
pub struct Rendition {
    uri: Url,
}

/// Larger libraries are told as far as this.
const MOST: usize = 5_000;

pub fn at(seen: &DocumentView, position: Position) -> Option<Sentence> {
    let snapshot = seen.snapshot()?;
    let offset = seen.text().offset(position);
    let at = snapshot.checked.note.sentence_at(offset)?;
    let sentence = &snapshot.checked.note.sentences[at];
    let reading = seen.workspace.reading();
    let judged = snapshot.checked.verifications[at].as_ref();
    let reader = origins::Reader::new(&reading.library);
    let origins = judged.map(|judged| origins::of_evidence(judged.supporting(), &reader));
    let evidence = judged.into_iter().flat_map(|judged| &judged.evidence);
    let passages = evidence.filter_map(|evidence| {
        let place = Place::from(evidence);
        let source = reading.library.source(place.source);
        let location = location(place, &reading, &seen.client)?;
        Some(Passage {
            role: evidence.role.name(),
            title: plain(source.title()),
            key: plain(cite::key(&reading.library, place.source).unwrap_or_else(|| source.path.clone())),
            uri: location.uri,
            range: location.range,
            text: plain(source.quote(place.span)),
            place: plain(reading.library.place(place.source, place.span.start)),
            about: SourceDetails::of(&source.metadata),
        })
    });
    Some(Sentence {
        range: seen.text().range(sentence.span),
        text: plain(sentence.span.of(&snapshot.text)),
        verdict: verdict(&snapshot.checked, at),
        origins: origins.as_ref().and_then(origins::Origins::shown).map(plain),
        passages: passages.collect(),
    })
}

fn verdict(checked: &CheckResult, at: usize) -> &'static str {
    match (checked.note.sentences[at].kind, checked.verdict(at)) {
        (Some(SentenceKind::Judgement), _) => "judgement",
        (_, Some(verdict)) => verdict.name(),
        (_, None) => "not-a-claim",
    }
}

pub fn verdicts(seen: &DocumentView) -> Option<Vec<SentenceVerdict>> {
    let checked = &seen.snapshot()?.checked;
    let judged = (0..checked.note.sentences.len()).filter(|at| checked.verifications[*at].is_some());
    let judged = judged
        .map(|at| SentenceVerdict { range: seen.text().range(checked.note.sentences[at].span), verdict: verdict(checked, at) });
    Some(judged.collect())
}

pub fn sources(all: &SessionView) -> Vec<ListedSource> {
    let mut listed = Vec::new();
    for workspace in &all.workspaces {
        let mut citing: HashMap<SourceId, usize> = HashMap::new();
        for note in notes(workspace, all) {
            let mut cited: Vec<SourceId> = (note.note.checked.cited.iter())
                .filter_map(|cited| if let CitationTarget::Sources(ids) = cited { Some(ids) } else { None })
                .flatten()
                .copied()
                .collect();
            cited.sort_unstable();
            cited.dedup();
            cited.into_iter().for_each(|id| *citing.entry(id).or_default() += 1);
        }
        for id in workspace.library.ids().take(MOST) {
            let reading = workspace.reading();
            let source = reading.library.source(id);
            listed.push(ListedSource {
                key: plain(cite::key(&reading.library, id).unwrap_or_else(|| source.path.clone())),
                title: plain(source.title()),
                path: source.path.clone(),
                uri: convert::uri(&workspace.root.join(&source.file)),
                cited_by: citing.get(&id).copied().unwrap_or(0),
                unreadable: None,
                about: SourceDetails::of(&source.metadata),
            });
        }
        listed.extend(workspace.library.unreadable().iter().map(|file| ListedSource {
            key: plain(crate::library::paths::stem(&file.path)),
            title: plain(crate::library::paths::name(&file.path)),
            path: file.path.clone(),
            uri: convert::uri(&workspace.root.join(&file.path)),
            cited_by: 0,
            unreadable: Some(plain(&file.reason)),
            about: SourceDetails::default(),
        }));
    }
    listed
}

/// Where a listed source can be read, which is written now if it is a rendition.
pub fn rendition(params: &RenditionParams, all: &SessionView) -> Option<Rendition> {
    let file = convert::path(&params.uri)?;
    all.workspaces.iter().find_map(|workspace| {
        let reading = workspace.reading();
        // Of two roots that have a source of this path, the one with the file.
        let source = reading.library.by_path(&params.path).map(|id| reading.library.source(id))?;
        (workspace.root.join(&source.file) == file).then_some(())?;
        Some(Rendition { uri: convert::uri(&reading.file_of(source)?)? })
    })
}
