//! Phrases that several rules use.

use super::{Place, SentenceView};
use crate::message;
use crate::source::Source;
use crate::text::words::readable;
use crate::text::{Span, Untrusted};

/// The note's words in quotation marks.
pub fn note_words(subject: &SentenceView<'_>, span: Span) -> Untrusted {
    shortened(&readable(span.of(subject.visible))).quoted()
}

/// The source's words in quotation marks.
pub fn source_words(subject: &SentenceView<'_>, place: Place) -> Untrusted {
    shortened(subject.library.source(place.source).quote(place.span).plain()).quoted()
}

/// "the Calverra Gazette, 30 March 2024 (story.html, line 12)".
pub fn source_at(subject: &SentenceView<'_>, place: Place) -> Untrusted {
    let source = subject.library.source(place.source);
    message!("{} ({})", source_name(source), subject.library.place(place.source, place.span.start))
}

/// File name and date: what an analyst calls a source.
pub fn source_name(source: &Source) -> Untrusted {
    match &source.metadata.date {
        Some(date) => message!("{}, {}", source.file_name(), date),
        None => source.file_name().into(),
    }
}

/// At most about 160 characters, cut between words.
fn shortened(text: &str) -> Untrusted {
    const LONGEST: usize = 160;
    // The message has a full stop of its own.
    let text = text.trim_end_matches(['.', ' ']);
    if text.chars().count() <= LONGEST {
        return text.into();
    }
    let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    message!("{}…", &text[..end])
}
