//! Citations to sources: what a pointer in a note leads to.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bibliography::{self, Entries};
use super::{Library, SourceId, paths};
use crate::note::{Citation, CitationKind, Note};

/// What a citation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationTarget {
    /// A source of the library; several for a footnote with several citations.
    Sources(Vec<SourceId>),
    /// A bibliography entry without a file in the library.
    Entry,
    /// A file that cannot be read, by its place in [`Library::unreadable`].
    Unreadable(usize),
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

/// Follows the citations of the note at `path` (relative to the root), in their order.
#[must_use]
pub fn follow<'n>(note: &'n Note, path: &str, library: &Library, around: &dyn Surroundings) -> Vec<CitationTarget> {
    let way = Way { path, library, around, own: own_entries(note, path, library), unreadable: OnceCell::new() };
    // The same is cited again and again.
    let mut known: FxHashMap<(CitationKind, &str), CitationTarget> = FxHashMap::default();
    let mut follow = |citation: &'n Citation| {
        let target = (citation.kind, citation.target.as_str());
        known.entry(target).or_insert_with(|| way.follow(citation)).clone()
    };
    let mut cited: Vec<CitationTarget> = note.citations.iter().map(&mut follow).collect();
    for (at, citation) in note.citations.iter().enumerate() {
        if let (CitationKind::Footnote, Some(inside)) = (&citation.kind, &citation.definition) {
            cited[at] = together(inside.iter().map(|at| &cited[*at]));
        }
    }
    cited
}

/// What a footnote leads to by the citations of its definition. A definition that leads nowhere is
/// named where it stands.
fn together<'c>(inside: impl Iterator<Item = &'c CitationTarget>) -> CitationTarget {
    let sources = inside.filter_map(|cited| match cited {
        CitationTarget::Sources(ids) => Some(ids),
        _ => None,
    });
    let mut seen: FxHashSet<SourceId> = FxHashSet::default();
    let ids: Vec<SourceId> = sources.flatten().copied().filter(|id| seen.insert(*id)).collect();
    if ids.is_empty() { CitationTarget::NotASource } else { CitationTarget::Sources(ids) }
}

/// The entries of the bibliographies that the note's front matter names. They go before those of
/// others with the same key.
fn own_entries<'l>(note: &Note, path: &str, library: &'l Library) -> Vec<&'l Entries> {
    let files = library.bibliographies();
    let file = |name: &String| bibliography::places(path, name).find_map(|place| files.entries_of(&place));
    note.bibliographies.iter().filter_map(file).collect()
}

/// From a note to what its citations name.
struct Way<'a> {
    path: &'a str,
    library: &'a Library,
    around: &'a dyn Surroundings,
    own: Vec<&'a Entries>,
    /// The places of what cannot be read, by path, name, and name without extension.
    unreadable: OnceCell<FxHashMap<&'a str, usize>>,
}

impl Way<'_> {
    fn follow(&self, citation: &Citation) -> CitationTarget {
        let target = citation.target.as_str();
        match citation.kind {
            CitationKind::Key => self.known(target).unwrap_or(CitationTarget::Unknown),
            CitationKind::BareKey => self.known(target).unwrap_or(if looks_like_key(target) {
                CitationTarget::Unknown
            } else {
                CitationTarget::NotASource
            }),
            CitationKind::Definition => self.known(target).or_else(|| self.link(target)).unwrap_or(CitationTarget::Unknown),
            CitationKind::Wiki => self.known(target).unwrap_or_else(|| {
                if self.around.is_note(target) || !looks_like_file(target) {
                    CitationTarget::NotASource
                } else {
                    CitationTarget::Unknown
                }
            }),
            CitationKind::Link | CitationKind::Address => self.link(target).unwrap_or(CitationTarget::Unknown),
            CitationKind::Footnote => CitationTarget::Unknown,
        }
    }

    fn known(&self, target: &str) -> Option<CitationTarget> {
        let own = self.own.iter().find(|entries| entries.contains_key(target));
        let meant = own.and_then(|entries| self.library.resolve_with(entries, target)).or_else(|| self.library.resolve(target));
        if let Some(found) = self.with_inside(meant, target) {
            return Some(found);
        }
        if let Some(at) = self.unreadable(target) {
            return Some(CitationTarget::Unreadable(at));
        }
        (own.is_some() || self.library.entries().contains_key(target)).then_some(CitationTarget::Entry)
    }

    /// Who cites a mail or a mailbox cites what is in it, too.
    fn with_inside(&self, id: Option<SourceId>, target: &str) -> Option<CitationTarget> {
        let file = id.map_or(target, |id| self.library.path(id));
        let ids: Vec<SourceId> = id.into_iter().chain(self.library.inside(file).iter().copied()).collect();
        (!ids.is_empty()).then_some(CitationTarget::Sources(ids))
    }

    /// The file that a key or name means, among those that cannot be read.
    fn unreadable(&self, target: &str) -> Option<usize> {
        let entry = self.own.iter().find_map(|entries| entries.get(target)).or_else(|| self.library.entries().get(target));
        let files = entry.into_iter().flat_map(|entry| &entry.files).filter_map(|file| self.unreadable_file(file));
        self.unreadable_names().get(target).copied().into_iter().chain(files).min()
    }

    fn unreadable_names(&self) -> &FxHashMap<&str, usize> {
        self.unreadable.get_or_init(|| {
            let names = |path| [path, paths::name(path), paths::stem(path)];
            let files = self.library.unreadable().iter().enumerate().rev();
            files.flat_map(|(at, file)| names(file.path.as_str()).map(|name| (name, at))).collect()
        })
    }

    fn unreadable_file(&self, path: &str) -> Option<usize> {
        let at = *self.unreadable_names().get(path)?;
        self.library.unreadable()[at..].iter().position(|file| file.path == path).map(|more| at + more)
    }

    /// `None`: the link leads to where sources lie, but there is none.
    fn link(&self, target: &str) -> Option<CitationTarget> {
        if target.contains("://") || target.starts_with("mailto:") {
            return Some(self.library.by_url(target).map_or(CitationTarget::NotASource, |id| CitationTarget::Sources(vec![id])));
        }
        if target.is_empty() || target.starts_with('#') {
            return Some(CitationTarget::NotASource);
        }
        let decoded = percent_decoded(target.split(['#', '?']).next().unwrap_or_default());
        let full = paths::join(paths::folder(self.path), &decoded).unwrap_or_default();
        let id = self.library.by_path(&full).or_else(|| self.library.by_path(decoded.trim_start_matches("./")));
        if let Some(found) = self.with_inside(id, &full) {
            return Some(found);
        }
        if let Some(at) = self.unreadable_file(&full) {
            return Some(CitationTarget::Unreadable(at));
        }
        (!self.around.is_source_path(&full)).then_some(CitationTarget::NotASource)
    }
}

#[must_use]
pub fn percent_decoded(text: &str) -> String {
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
    fn percent_signs_are_decoded() {
        assert_eq!(percent_decoded("a%20b%zz%"), "a b%zz%");
    }

    #[test]
    fn keys_and_accounts_are_told_apart() {
        assert!(looks_like_key("lindqvale2024") && !looks_like_key("lindqvale"));
        assert!(looks_like_file("0104_story") && !looks_like_file("Ilse Marrow") && !looks_like_file("Marrow"));
    }
}
