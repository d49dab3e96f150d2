//! Readers of sources: whatever the bytes are, what they make of them is sound, and always the same.

use std::io::{Cursor, Write as _};

use corroborate::source::{self, Fields, Source};
use corroborate::text::Span;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::guard;

/// What a small file may grow to, as no file grows to more than a hundred times its size. In bytes.
const SMALL: usize = 8 << 20;

pub fn is_within(span: Span, text: &str) -> bool {
    span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
}

pub fn read(path: &str, bytes: &[u8]) {
    let read = || source::read(path, bytes, &Fields::default()).unwrap_or_default();
    let Some(sources) = guard::surviving(read) else { return };
    sources.iter().for_each(|source| sound(source, bytes.len()));
    let again = guard::surviving(read).expect("what was read once is read again");
    assert_eq!(sources.len(), again.len(), "{path}");
    for (one, other) in sources.iter().zip(&again) {
        assert_eq!((&one.text, &one.layout, &one.marks), (&other.text, &other.layout, &other.marks), "{}", one.path);
        assert_eq!((&one.metadata, &one.notices), (&other.metadata, &other.notices), "{}", one.path);
    }
}

fn sound(source: &Source, size: usize) {
    let Source { path, text, layout, marks, .. } = source;
    assert_eq!(text.len(), layout.visible.len(), "{path}");
    assert!(text.len() <= SMALL.max(size * 100), "{path}: {} bytes from {size}", text.len());
    for (at, block) in layout.blocks.iter().enumerate() {
        assert!(is_within(block.span, text) && is_within(block.span, &layout.visible), "{path}: {block:?}");
        assert!(block.cells.iter().all(|cell| is_within(*cell, text)), "{path}: {block:?}");
        assert!([block.lead, block.heading].into_iter().flatten().all(|before| before < at), "{path}: {block:?}");
    }
    assert!(layout.blocks.is_sorted_by_key(|block| block.span.start), "{path}: blocks are in order");
    assert!(marks.iter().all(|mark| text.is_char_boundary(mark.at)), "{path}: {marks:?}");
    assert!(marks.is_sorted_by_key(|mark| mark.at), "{path}: {marks:?}");
    // Every place has a name or none, and asking is safe.
    for at in marks.iter().map(|mark| mark.at).chain([0, text.len()]) {
        let _ = (source.place(at), source.page_number(at), source.paragraph_at(at));
    }
}

/// A zipped file, or its main part.
pub fn read_archive(path: &str, main: &str, bytes: &[u8]) {
    if is_zipped(bytes) { read(path, bytes) } else { read(path, &archive(&[(main, bytes)])) }
}

/// A book, or its only chapter.
pub fn read_epub(bytes: &[u8]) {
    const CONTAINER: &[u8] = b"<container><rootfiles><rootfile full-path=\"p.opf\"/></rootfiles></container>";
    const PACKAGE: &[u8] =
        b"<package><manifest><item id=\"c\" href=\"c.xhtml\"/></manifest><spine><itemref idref=\"c\"/></spine></package>";
    if is_zipped(bytes) {
        return read("a.epub", bytes);
    }
    read("a.epub", &archive(&[("META-INF/container.xml", CONTAINER), ("p.opf", PACKAGE), ("c.xhtml", bytes)]));
}

fn is_zipped(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}
