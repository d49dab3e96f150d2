//! Reader for Markdown with YAML front matter, and for the highlights that reading programs export.

use super::Content;
use super::front_matter::{self, Fields};
use super::metadata::Metadata;
use crate::text::blocks::{BlockKind, Layout};
use crate::text::markdown::{self, Markdown, Pointer};
use crate::text::words::readable;

pub fn read(text: String) -> Content {
    let (fields, notice) = front_matter::find(&text).map(|span| Fields::of_front_matter(span.of(&text))).unwrap_or_default();
    let notices = notice.into_iter().collect();
    let parsed = markdown::parse(&text);
    let original = original(&parsed);
    let mut layout = parsed.layout;
    let heading = layout.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let title = heading.map(|block| readable(block.span.of(&layout.visible)));
    let guessed = Metadata { title, ..Metadata::default() };
    let metadata = Metadata::from_fields(&fields).or(&Metadata::from_fields(&listed_fields(&text, &mut layout)));
    let metadata = metadata.or(&Metadata { url: original, ..Metadata::default() });
    Content { metadata, guessed, notices, ..Content::of_text(text, layout, Vec::new()) }
}

/// Where a clip comes from: its first heading is a link, or a link says "Read Original".
fn original(parsed: &Markdown) -> Option<String> {
    let Markdown { layout, pointers, .. } = parsed;
    let heading = layout.blocks.first().filter(|block| block.kind == BlockKind::Heading)?;
    pointers.iter().find_map(|pointer| {
        let Pointer::Link { span, target } = pointer else { return None };
        let words = readable(span.of(&layout.visible));
        let is_title = heading.span.encloses(*span) && readable(heading.span.of(&layout.visible)) == words;
        let is_original = words.eq_ignore_ascii_case("read original") || words.eq_ignore_ascii_case("view original");
        ((is_title || is_original) && target.starts_with("http")).then(|| target.clone())
    })
}

/// The fields of a list below a heading "Metadata", as Readwise and others write them: `- Author: [[Ada Moss]]`. They are no
/// text.
fn listed_fields(text: &str, layout: &mut Layout) -> Fields {
    let mut fields = Fields::default();
    let is_listed = |heading: &str| heading.trim().eq_ignore_ascii_case("metadata");
    let visible = &layout.visible;
    let Some(at) = layout.blocks.iter().position(|block| block.kind == BlockKind::Heading && is_listed(block.span.of(visible)))
    else {
        return fields;
    };
    for item in layout.blocks[at + 1..].iter_mut().take_while(|block| block.kind == BlockKind::ListItem) {
        let Some((name, value)) = item.span.of(text).split_once(": ") else { continue };
        let name = name.trim_matches(['*', '_', '-', ' ']).to_lowercase();
        fields.add(if name == "full title" { "title" } else { &name }, value);
        item.kind = BlockKind::Boilerplate;
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn clippers_and_reading_programs_name_author_and_address() {
        for text in [
            "---\ntitle: Pier\nsource: https://a.example/pier\nauthor:\n  - \"[[Ada Moss]]\"\npublished: 2023-05-10\n---\nIt closed.\n",
            "# Pier\n\n## Metadata\n- Author: [[people/moss|Ada Moss]]\n- Full Title: Pier\n- URL: https://a.example/pier\n- Published: 2023-05-10\n\n## Highlights\n- It closed.\n",
        ] {
            let metadata = read(text.to_owned()).metadata;
            let fields: Vec<_> = metadata.fields().map(|(_, value)| value).collect();
            assert_eq!(fields, ["Pier", "Ada Moss", "2023-05-10", "https://a.example/pier"], "{text}");
        }
        for text in ["# [Pier](https://a.example/pier)\n\nIt closed.\n", "# Pier\n\n[Read Original](https://a.example/pier)\n"] {
            assert_eq!(read(text.to_owned()).metadata.url.as_deref(), Some("https://a.example/pier"), "{text}");
        }
        let wire = "---\nsource: Coast Wire\n---\nIt closed.\n";
        assert_eq!(read(wire.to_owned()).metadata.url, None);
    }
}
