//! Citations to sources: what a pointer in a note leads to.

use super::{Library, SourceId};
use crate::note::{Citation, CitationKind};

/// What a citation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cited {
    /// A source of the library; several for a footnote with several citations.
    Sources(Vec<SourceId>),
    /// A bibliography entry without a file in the library.
    Entry,
    /// Something that is no source: another note, a web page, a remark.
    NotASource,
    /// Nothing that is known.
    Unknown,
}

/// What is known of the files around a note.
pub trait Surroundings {
    /// Whether a path relative to the root is where sources lie.
    fn is_source_path(&self, path: &str) -> bool;
    /// Whether there is a note with this path, file name or file name without extension.
    fn is_note(&self, target: &str) -> bool;
}

/// Follows a citation of the note at `path` (relative to the root).
#[must_use]
pub fn follow(citation: &Citation, path: &str, library: &Library, around: &dyn Surroundings) -> Cited {
    let target = citation.target.as_str();
    match citation.kind {
        CitationKind::Key => known(target, library).unwrap_or(Cited::Unknown),
        CitationKind::BareKey => {
            known(target, library).unwrap_or(if looks_like_key(target) { Cited::Unknown } else { Cited::NotASource })
        }
        CitationKind::Definition => {
            known(target, library).or_else(|| link(target, path, library, around)).unwrap_or(Cited::Unknown)
        }
        CitationKind::Wiki => known(target, library).unwrap_or_else(|| {
            if around.is_note(target) || !looks_like_file(target) { Cited::NotASource } else { Cited::Unknown }
        }),
        CitationKind::Link => link(target, path, library, around).unwrap_or(Cited::Unknown),
        CitationKind::Footnote => footnote(citation, path, library, around),
    }
}

fn known(target: &str, library: &Library) -> Option<Cited> {
    if let Some(id) = library.resolve(target) {
        return Some(Cited::Sources(vec![id]));
    }
    library.entries().contains_key(target).then_some(Cited::Entry)
}

fn footnote(citation: &Citation, path: &str, library: &Library, around: &dyn Surroundings) -> Cited {
    let Some(targets) = &citation.definition else { return Cited::Unknown };
    let ids: Vec<SourceId> = targets
        .iter()
        .filter_map(|target| match known(target, library).or_else(|| link(target, path, library, around)) {
            Some(Cited::Sources(ids)) => Some(ids),
            _ => None,
        })
        .flatten()
        .collect();
    // A definition that leads nowhere is named where it stands.
    if ids.is_empty() { Cited::NotASource } else { Cited::Sources(ids) }
}

/// `None`: the link leads to where sources lie, but there is none.
fn link(target: &str, path: &str, library: &Library, around: &dyn Surroundings) -> Option<Cited> {
    if target.contains("://") || target.starts_with("mailto:") {
        return Some(library.by_url(target).map_or(Cited::NotASource, |id| Cited::Sources(vec![id])));
    }
    if target.is_empty() || target.starts_with('#') {
        return Some(Cited::NotASource);
    }
    let decoded = percent_decoded(target.split(['#', '?']).next().unwrap_or_default());
    let full = join(path, &decoded);
    if let Some(id) = library.by_path(&full).or_else(|| library.by_path(decoded.trim_start_matches("./"))) {
        return Some(Cited::Sources(vec![id]));
    }
    (!around.is_source_path(&full)).then_some(Cited::NotASource)
}

/// A link relative to a note, as a path relative to the root. What leads above the root is empty.
fn join(note: &str, link: &str) -> String {
    let mut parts: Vec<&str> = note.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return String::new(),
            ".." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let raw = text.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| raw[at] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok());
        bytes.push(hex.unwrap_or(raw[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Keys mostly hold a year or a number; a bare `@somebody` is more likely an account.
fn looks_like_key(target: &str) -> bool {
    target.bytes().filter(u8::is_ascii_digit).count() >= 2 && !target.contains('.')
}

/// A wiki link such as `[[0104_story]]` or `[[story.txt]]`; `[[Ilse Marrow]]` may be a note that
/// is yet to be written.
fn looks_like_file(target: &str) -> bool {
    !target.contains(' ') && (target.contains(['_', '/', '.']) || target.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_the_note() {
        assert_eq!(join("notes/a.md", "../sources/b.txt"), "sources/b.txt");
        assert_eq!(join("a.md", "sources/./b.txt"), "sources/b.txt");
        assert_eq!(join("a.md", "../../etc/passwd"), "");
        assert_eq!(percent_decoded("a%20b%zz%"), "a b%zz%");
    }

    #[test]
    fn keys_and_accounts_are_told_apart() {
        assert!(looks_like_key("lindqvale2024") && !looks_like_key("lindqvale"));
        assert!(looks_like_file("0104_story") && !looks_like_file("Ilse Marrow") && !looks_like_file("Marrow"));
    }
}
