//! Phrases that several rules use.

use super::{Place, Subject};
use crate::source::Source;
use crate::text::Span;
use crate::text::words::readable;

/// The note's words in quotation marks.
pub fn note_words(subject: &Subject<'_>, span: Span) -> String {
    format!("“{}”", shortened(&readable(span.of(&subject.note.layout.visible))))
}

/// The source's words in quotation marks.
pub fn source_words(subject: &Subject<'_>, place: Place) -> String {
    format!("“{}”", shortened(&subject.library.source(place.source).quote(place.span)))
}

/// "the Calverra Gazette, 30 March 2024 (story.html, line 12)".
pub fn source_at(subject: &Subject<'_>, place: Place) -> String {
    let source = subject.library.source(place.source);
    format!("{} ({})", source_name(source), subject.library.place(place.source, place.span.start))
}

/// File name and date: what an analyst calls a source.
pub fn source_name(source: &Source) -> String {
    match &source.metadata.date {
        Some(date) => readable(&format!("{}, {date}", source.file_name())),
        None => readable(source.file_name()),
    }
}

/// At most about 160 characters, cut between words.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 160;
    // The message has a full stop of its own.
    let text = text.trim_end_matches(['.', ' ']);
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", &text[..end])
}
