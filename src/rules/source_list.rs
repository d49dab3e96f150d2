//! The list of a note's sources, as a section at its end: each source once, in the order in which it is first cited.
//!
//! The section is known again by its heading and the comment below it, so that it can be written anew.

use super::cite::{self, Style};
use super::{CitedNote, Fix, Place, descriptor};
use crate::library::{SourceId, View};
use crate::text::{Span, Untrusted};

const HEADING: &str = "## Sources";
/// It is no directive.
const MARKER: &str = "<!-- This list is written by corroborate. -->";

/// The section, written or written anew. `None` where it is as it should be, or nothing is cited.
#[must_use]
pub fn offer(note: &CitedNote<'_>, library: &View<'_>) -> Option<Fix> {
    let before = section(note.text);
    let cited = descriptor::cited(note, before);
    if cited.is_empty() {
        return None;
    }
    let entries: String = cited.iter().enumerate().map(|(at, id)| entry(note, at + 1, *id, library)).collect();
    let text = format!("{HEADING}\n\n{MARKER}\n\n{entries}");
    match before {
        Some(span) => {
            // What follows begins with an empty line.
            let text = if span.end < note.text.len() { format!("{text}\n") } else { text };
            (span.of(note.text) != text).then(|| Fix::one("write the list of sources anew", span, text))
        }
        None => {
            let end = note.text.len();
            let gap = if note.text.ends_with("\n\n") {
                ""
            } else if note.text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            Some(Fix::one("write a list of sources", Span::new(end, end), format!("{gap}{text}")))
        }
    }
}

/// The section that was written before, up to the next heading.
#[must_use]
pub fn section(text: &str) -> Option<Span> {
    let marker = text.match_indices(MARKER).map(|(at, _)| at).find(|at| text[..*at].trim_end().ends_with(HEADING))?;
    let start = text[..marker].trim_end().len() - HEADING.len();
    let is_heading = start == 0 || text[..start].ends_with('\n');
    let behind = marker + MARKER.len();
    let end = text[behind..].find("\n#").map_or(text.len(), |at| behind + at + 1);
    is_heading.then(|| Span::new(start, end))
}

/// A citation, and in brackets what is known of its source: no sentence that claims anything.
fn entry(note: &CitedNote<'_>, number: usize, id: SourceId, library: &View<'_>) -> String {
    let source = library.source(id);
    let metadata = &source.metadata;
    // A list names sources and no passages.
    let style = if note.style == Style::TextFragment { Style::Link } else { note.style };
    let citation = cite::written(library, note.path, Place { source: id, span: Span::new(0, 0) }, style);
    // Where a publisher is known the descriptor has it, and the author else.
    let author = metadata.author.as_deref().filter(|_| metadata.publisher.is_some());
    let known = [Some(source.title()), author.map(Untrusted::from)];
    let words = Untrusted::joined(known.into_iter().flatten().chain(descriptor::words(source)), "; ");
    format!("{number}. {citation} {}\n", descriptor::written(&words, metadata.url.as_deref()))
}
