//! Hover: what the sources say to the words under the cursor.

use std::sync::Arc;

use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range, Url};

use super::convert;
use super::document::Snapshot;
use super::notes::notes;
use super::references;
use super::request::{DocumentView, SessionView};
use crate::library::SourceId;
use crate::library::resolve::CitationTarget;
use crate::message;
use crate::origins;
use crate::report::Standing;
use crate::rules::{Finding, Place};
use crate::source::Source;
use crate::text::untrusted::markdown;
use crate::text::{Span, Untrusted};
use crate::verify::{Evidence, Role, Verification};
use crate::workspace::{Reading, Workspace};

/// What there is to say, as data.
struct HoverContent<'a> {
    /// The words that it is said of.
    about: Span,
    /// One line on top.
    heading: Untrusted,
    /// Findings on these words.
    findings: Vec<&'a Finding>,
    /// On how many origins the support rests.
    origins: Option<Untrusted>,
    evidence: Vec<&'a Evidence>,
    /// Sources that a citation names.
    sources: Vec<SourceId>,
    /// What stands at the places that it names.
    places: Vec<Place>,
}

impl HoverContent<'_> {
    /// The cited sources of which nothing is quoted.
    fn unquoted(&self) -> impl Iterator<Item = &SourceId> {
        let quoted = |id: SourceId| self.evidence.iter().any(|e| e.source == id) || self.places.iter().any(|p| p.source == id);
        self.sources.iter().filter(move |id| !quoted(**id))
    }
}

/// What a hover is about.
pub enum HoverSubject {
    Note(Hover),
    /// The notes that rest on it are still to be asked.
    Source(SourcePassage),
}

pub fn at(seen: &DocumentView, position: Position) -> Option<HoverSubject> {
    if seen.is_note { hover(seen, position).map(HoverSubject::Note) } else { in_source(seen, position).map(HoverSubject::Source) }
}

fn hover(seen: &DocumentView, position: Position) -> Option<Hover> {
    let workspace = &seen.workspace.reading();
    let offset = seen.text().offset(position);
    let said = say(seen.snapshot()?, offset, workspace)?;
    let (kind, value) = if seen.client.hover_markdown {
        (MarkupKind::Markdown, as_markdown(&said, workspace))
    } else {
        (MarkupKind::PlainText, as_plain(&said, workspace))
    };
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range: Some(seen.text().range(said.about)) })
}

/// A passage of a source with its range in the document.
pub struct SourcePassage {
    workspace: Arc<Workspace>,
    place: Place,
    range: Range,
}

/// The passage of a source at a position.
fn in_source(seen: &DocumentView, position: Position) -> Option<SourcePassage> {
    let place = references::passage(seen, seen.text().offset(position))?;
    Some(SourcePassage { workspace: Arc::clone(&seen.workspace), place, range: seen.text().range(place.span) })
}

/// Which notes rest on a passage.
pub fn resting(passage: &SourcePassage, all: &SessionView) -> Option<Hover> {
    const MOST: usize = 5;
    let SourcePassage { workspace, place, range } = passage;
    let mut lines = Vec::new();
    for note in notes(workspace, all) {
        for sentence in note.note.resting_on(*place) {
            let words = note.note.checked.note.words_of(sentence);
            let line = note.text(all).position(sentence.span.start).line + 1;
            lines.push((message!("{}:{}", note.note.path, line as usize), Untrusted::from(words).shortened(LONGEST_QUOTE)));
        }
    }
    let heading = match lines.len() {
        0 => return None,
        1 => "1 sentence rests on this".to_owned(),
        number => format!("{number} sentences rest on this"),
    };
    let rest = lines.len().saturating_sub(MOST);
    let more = (rest > 0).then(|| format!("and {rest} more"));
    let shown = lines.into_iter().take(MOST);
    let (kind, parts): (_, Vec<String>) = if all.client.hover_markdown {
        let shown = shown.map(|(place, words)| format!("> {}\n\n— {}", words.markdown(), place.code()));
        (MarkupKind::Markdown, std::iter::once(format!("**{heading}**")).chain(shown).chain(more).collect())
    } else {
        let shown = shown.map(|(place, words)| format!("“{}”\n— {}", words.plain(), place.plain()));
        (MarkupKind::PlainText, std::iter::once(heading).chain(shown).chain(more).collect())
    };
    let contents = HoverContents::Markup(MarkupContent { kind, value: parts.join("\n\n") });
    Some(Hover { contents, range: Some(*range) })
}

fn say<'a>(snapshot: &'a Snapshot, offset: usize, workspace: &Reading<'_>) -> Option<HoverContent<'a>> {
    let checked = &snapshot.checked;
    let findings_at = |span: Span| checked.findings.iter().filter(|f| f.span.overlaps(span)).collect::<Vec<_>>();
    if let Some(at) = checked.note.citations.iter().position(|c| c.span.touches(offset)) {
        let citation = &checked.note.citations[at];
        let sources = match &checked.cited[at] {
            CitationTarget::Sources(ids) => ids.clone(),
            _ => Vec::new(),
        };
        let findings = findings_at(citation.span);
        if !sources.is_empty() || !findings.is_empty() {
            let evidence = checked.at(offset).and_then(|(_, v)| v).map(|v| in_sources(v, &sources)).unwrap_or_default();
            let places = shown_places(checked.cited_places(at, &workspace.library), &evidence);
            return Some(HoverContent {
                about: citation.span,
                heading: message!("Citation"),
                findings,
                origins: None,
                evidence,
                sources,
                places,
            });
        }
    }
    let (sentence, verification) = checked.at(offset)?;
    let verification = verification?;
    let smaller = verification.quotations.iter().map(|q| q.quotation.span).chain(verification.conflicts.iter().map(|c| c.claim));
    let smaller = smaller.map(|span| span.shifted(verification.start));
    let about = smaller.filter(|span| span.touches(offset)).min_by_key(|span| span.len()).unwrap_or(sentence.span);
    Some(HoverContent {
        about,
        heading: heading(verification),
        findings: findings_at(sentence.span),
        origins: origins::of_evidence(verification.supporting(), &origins::Reader::new(&workspace.library)).shown(),
        evidence: verification.evidence.iter().collect(),
        sources: Vec::new(),
        places: Vec::new(),
    })
}

/// The first cited places, without those that the evidence shows already.
fn shown_places(places: Vec<Place>, evidence: &[&Evidence]) -> Vec<Place> {
    const MOST: usize = 3;
    let is_shown = |place: &Place| evidence.iter().any(|e| e.source == place.source && e.span.encloses(place.span));
    places.into_iter().filter(|place| !is_shown(place)).take(MOST).collect()
}

fn in_sources<'v>(verification: &'v Verification, sources: &[SourceId]) -> Vec<&'v Evidence> {
    verification.evidence.iter().filter(|e| sources.contains(&e.source)).collect()
}

fn heading(verification: &Verification) -> Untrusted {
    let word = Standing::of(None, verification.verdict).map_or("Not a claim", Standing::words);
    let score = format!("{:.0}", verification.score * 100.0);
    match verification.comparisons().as_slice() {
        [] => message!("{} ({} %)", word, score),
        comparisons => message!("{} ({} %; {})", word, score, comparisons.join(", ")),
    }
}

/// Longer passages are cut; the jump shows the rest.
const LONGEST_QUOTE: usize = 700;

fn as_markdown(said: &HoverContent<'_>, workspace: &Reading<'_>) -> String {
    let mut parts = vec![format!("**{}**", said.heading.markdown())];
    parts.extend(said.findings.iter().map(|f| f.message.markdown()));
    parts.extend(said.origins.iter().map(Untrusted::markdown));
    for evidence in &said.evidence {
        let source = workspace.library.source(evidence.source);
        let quote = markdown::strong(&source.layout.visible, evidence.span, &evidence.matched, LONGEST_QUOTE);
        parts.push(format!("> {quote}\n\n{}", markdown_origin(evidence, workspace)));
    }
    for place in &said.places {
        let quote = beginning(place, workspace).markdown();
        let origin = markdown_place(place.source, place.span.start, workspace);
        parts.push(format!("At the cited place:\n\n> {quote}\n\n— {origin}"));
    }
    for id in said.unquoted() {
        let path = Untrusted::from(&workspace.library.source(*id).path);
        parts.push(format!("{} — {}", about(*id, workspace).markdown(), path.code()));
    }
    parts.join("\n\n")
}

fn markdown_origin(evidence: &Evidence, workspace: &Reading<'_>) -> String {
    let place = markdown_place(evidence.source, evidence.span.start, workspace);
    let contradicts = if evidence.role == Role::Conflicts { "against it: " } else { "" };
    format!("— {contradicts}{}, {place}", about(evidence.source, workspace).markdown())
}

/// The place in a source; where the jump leads to a rendition, with a link to the file itself.
fn markdown_place(id: SourceId, offset: usize, workspace: &Reading<'_>) -> String {
    let address = workspace.library.address(id, offset).code();
    match original(workspace.library.source(id), offset, workspace) {
        Some(uri) => format!("{address} ([original]({uri}))"),
        None => address,
    }
}

/// The file behind a rendition, at the page if it is a PDF.
fn original(source: &Source, offset: usize, workspace: &Reading<'_>) -> Option<Url> {
    if !source.is_rendition {
        return None;
    }
    let mut uri = convert::uri(&workspace.root.join(&source.file))?;
    if let Some(page) = source.page_number(offset).filter(|_| source.file == source.path) {
        uri.set_fragment(Some(&format!("page={page}")));
    }
    // A bracket in a path would end the link.
    Url::parse(&uri.as_str().replace('(', "%28").replace(')', "%29")).ok()
}

fn as_plain(said: &HoverContent<'_>, workspace: &Reading<'_>) -> String {
    let mut parts = vec![said.heading.plain().to_owned()];
    parts.extend(said.findings.iter().map(|f| f.message.plain().to_owned()));
    parts.extend(said.origins.iter().map(|origins| origins.plain().to_owned()));
    for evidence in &said.evidence {
        let quote = workspace.library.source(evidence.source).quote(evidence.span).shortened(LONGEST_QUOTE);
        let against = if evidence.role == Role::Conflicts { "against it: " } else { "" };
        parts.push(format!(
            "“{}”\n— {against}{}",
            quote.plain(),
            message!("{}, {}", about(evidence.source, workspace), place_of(evidence, workspace)).plain()
        ));
    }
    for place in &said.places {
        let quote = beginning(place, workspace);
        let address = workspace.library.address(place.source, place.span.start);
        parts.push(format!("At the cited place:\n“{}”\n— {}", quote.plain(), address.plain()));
    }
    for id in said.unquoted() {
        let path = &workspace.library.source(*id).path;
        parts.push(message!("{} — {}", about(*id, workspace), path).plain().to_owned());
    }
    parts.join("\n\n")
}

/// The first words of a place, which may be a long page.
fn beginning(place: &Place, workspace: &Reading<'_>) -> Untrusted {
    let source = workspace.library.source(place.source);
    let end = source.layout.visible.floor_char_boundary(place.span.end.min(place.span.start + 8 * LONGEST_QUOTE));
    source.quote(Span::new(place.span.start, end)).shortened(LONGEST_QUOTE)
}

/// Title, publisher and date, as far as they are known.
fn about(id: SourceId, workspace: &Reading<'_>) -> Untrusted {
    let source = workspace.library.source(id);
    let metadata = &source.metadata;
    let more = [&metadata.publisher, &metadata.date].into_iter().flatten().map(Untrusted::from);
    Untrusted::joined(std::iter::once(source.title()).chain(more), ", ")
}

fn place_of(evidence: &Evidence, workspace: &Reading<'_>) -> Untrusted {
    let place = Place::from(evidence);
    workspace.library.address(place.source, place.span.start)
}
