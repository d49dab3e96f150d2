//! Reader for Markdown with YAML front matter.

use super::Content;
use super::front_matter::{self, Fields};
use super::metadata::Metadata;
use crate::text::blocks::BlockKind;
use crate::text::markdown;
use crate::text::words::readable;

pub fn read(text: String) -> Content {
    let (fields, notice) = front_matter::find(&text).map(|span| Fields::of_front_matter(span.of(&text))).unwrap_or_default();
    let notices = notice.into_iter().collect();
    let layout = markdown::parse(&text).layout;
    let heading = layout.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let title = heading.map(|block| readable(block.span.of(&layout.visible)));
    let guessed = Metadata { title, ..Metadata::default() };
    Content { metadata: Metadata::from_fields(&fields), guessed, notices, ..Content::of_text(text, layout, Vec::new()) }
}
