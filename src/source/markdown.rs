//! Reader for Markdown with YAML front matter.

use super::front_matter::{self, Fields};
use super::metadata::Metadata;
use crate::text::blocks::{BlockKind, Layout};
use crate::text::markdown;

pub fn read(text: &str) -> (Metadata, Layout) {
    let fields = front_matter::find(text).map(|span| Fields::from_yaml(span.of(text))).unwrap_or_default();
    let layout = markdown::parse(text).layout;
    let mut metadata = Metadata::from_fields(&fields);
    if metadata.title.is_none() {
        metadata.title = layout
            .blocks
            .iter()
            .find(|block| block.kind == BlockKind::Heading)
            .map(|block| crate::text::words::readable(block.span.of(&layout.visible)));
    }
    (metadata, layout)
}
