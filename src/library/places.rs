//! Where a citation points inside its source: at words, a heading, a page, a time.

use super::anchors::{self, AnchorTarget};
use super::{SourceId, View, locators};
use crate::note::{Citation, Note};
use crate::text::Span;

/// The spans of a source at which a citation points, the most exact first. None where it names no
/// place, or one that is not there.
#[must_use]
pub fn of(citation: &Citation, id: SourceId, library: &View<'_>) -> Vec<Span> {
    let anchored = anchors::of(citation).into_iter().filter_map(|anchor| match anchors::find(&anchor, id, library) {
        AnchorTarget::At(span) => Some(span),
        _ => None,
    });
    let mut found: Vec<Span> = anchored.collect();
    if found.is_empty() {
        let counted = citation.places().into_iter().filter_map(|locator| match locators::find(&locator, id, library) {
            locators::LocatorTarget::At(spans) => Some(spans),
            _ => None,
        });
        found.extend(counted.flatten());
    }
    found
}

/// The citations that say where: those of its definition for a footnote, else itself. Numbers are
/// places in [`Note::citations`].
pub fn pointing(note: &Note, at: usize) -> impl Iterator<Item = usize> + use<'_> {
    let inside = note.citations[at].definition.as_deref();
    inside.unwrap_or_default().iter().copied().chain(Some(at).filter(|_| inside.is_none()))
}
