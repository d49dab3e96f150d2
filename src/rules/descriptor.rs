//! Source descriptors, after Intelligence Community Directive 206: who speaks in a source, what it is, from when, and
//! how far it is to be trusted, in words for readers who do not know it.

use super::{CitedNote, Fix, cite, fix};
use crate::library::resolve::CitationTarget;
use crate::library::{SourceId, View};
use crate::message;
use crate::note::{Citation, CitationKind, descriptors};
use crate::source::{Format, Source};
use crate::text::untrusted::Gap;
use crate::text::{Span, Untrusted};

/// A descriptor behind the citation at an offset of a note. `None` where none stands, there is one already, or nothing
/// is known of its source.
#[must_use]
pub fn offer(note: &CitedNote<'_>, offset: usize, library: &View<'_>) -> Option<Fix> {
    let at = note.note.citations.iter().position(|citation| citation.span.touches(offset))?;
    let (citation, CitationTarget::Sources(ids)) = (&note.note.citations[at], &note.cited[at]) else { return None };
    let source = library.source(*ids.first()?);
    let place = end(note.text, citation);
    let is_described = descriptors::behind(note.text, place).is_some();
    let words = words(source).filter(|_| !is_described && citation.is_pointer())?;
    let title = message!("describe the source: {}", fix::shown(words.plain()));
    Some(Fix::one(title, Span::new(place, place), format!(" {}", written(&words, None))))
}

/// In the brackets by which a descriptor is known, with an address of the web behind the words.
#[must_use]
pub fn written(words: &Untrusted, address: Option<&str>) -> String {
    // Brackets of their own would end it.
    let words = Untrusted::from(words.plain().replace(['(', ')'], ""));
    let words = words.inserted(Gap { before: descriptors::OPENING, behind: ")" });
    let address = address.filter(|url| cite::is_plain_address(url)).map(|url| format!("; <{url}>")).unwrap_or_default();
    format!("{}{words}{address})", descriptors::OPENING)
}

/// What is known of a source besides its title. `None` where that is only what kind of document it is.
#[must_use]
pub fn words(source: &Source) -> Option<Untrusted> {
    let metadata = &source.metadata;
    let maker = metadata.publisher.as_deref().or(metadata.author.as_deref()).map(Untrusted::from);
    let date = metadata.date.as_deref().map(Untrusted::from);
    let origin = metadata.origin.as_deref().map(|origin| message!("on the word of {}", origin));
    let trust = trust(source);
    if maker.is_none() && date.is_none() && trust.is_none() {
        return None;
    }
    let kind = Some(Untrusted::from(kind(source)));
    let what = Untrusted::joined([maker, kind, date, origin].into_iter().flatten(), ", ");
    Some(Untrusted::joined([Some(what), trust].into_iter().flatten(), "; "))
}

/// "Usually reliable, probably true": both scales of the Admiralty code in words, as far as somebody has judged it.
fn trust(source: &Source) -> Option<Untrusted> {
    let first = |grade: &Option<String>| grade.as_deref().and_then(|grade| grade.trim().chars().next());
    let reliability = first(&source.metadata.reliability).and_then(|grade| match grade.to_ascii_uppercase() {
        'A' => Some("completely reliable"),
        'B' => Some("usually reliable"),
        'C' => Some("fairly reliable"),
        'D' => Some("not usually reliable"),
        'E' => Some("unreliable"),
        'F' => Some("reliability cannot be judged"),
        _ => None,
    });
    let credibility = first(&source.metadata.credibility).and_then(|grade| match grade {
        '1' => Some("confirmed by other sources"),
        '2' => Some("probably true"),
        '3' => Some("possibly true"),
        '4' => Some("doubtful"),
        '5' => Some("improbable"),
        '6' => Some("truth cannot be judged"),
        _ => None,
    });
    let both: Vec<&str> = [reliability, credibility].into_iter().flatten().collect();
    (!both.is_empty()).then(|| Untrusted::joined(both, ", "))
}

/// What kind of document it is, by its file.
fn kind(source: &Source) -> &'static str {
    match Format::of(&source.path) {
        Some(Format::Html) => "web page",
        Some(Format::Pdf | Format::Docx | Format::OpenDocument | Format::Rtf) => "document",
        Some(Format::Epub) => "book",
        Some(Format::Mail | Format::Mailbox) => "mail",
        Some(Format::Table) => "table",
        Some(Format::Captions) => "recording",
        Some(Format::Export) => "record",
        Some(Format::Plain | Format::Markdown) | None => "text",
    }
}

/// Where a citation ends, with the brackets around it.
fn end(text: &str, citation: &Citation) -> usize {
    let span = cite::with_locator(text, citation);
    let closing = match citation.kind {
        CitationKind::Key if !span.of(text).ends_with(']') => text[span.end..].find(']').map(|at| at + 1),
        CitationKind::Link if text[..span.start].ends_with('(') && text[span.end..].starts_with(')') => Some(1),
        _ => None,
    };
    span.end + closing.unwrap_or(0)
}

/// The sources that a note cites, in the order in which it first does, but for citations in a span.
pub fn cited(note: &CitedNote<'_>, without: Option<Span>) -> Vec<SourceId> {
    let mut seen = rustc_hash::FxHashSet::default();
    let citing = note.note.citations.iter().zip(note.cited);
    let citing = citing.filter(|(citation, _)| without.is_none_or(|span| !span.overlaps(citation.span)));
    let cited = citing.flat_map(|(_, cited)| match cited {
        CitationTarget::Sources(ids) => ids.as_slice(),
        _ => &[],
    });
    cited.copied().filter(|id| seen.insert(*id)).collect()
}
