//! Bibliographies: citation keys, what they stand for, and the files behind them.

mod bibtex;
mod csl;
mod files;

pub use files::is_absolute;

use std::collections::BTreeMap;

use super::paths;
use crate::source::Metadata;

/// A bibliography entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub metadata: Metadata,
    pub doi: Option<String>,
    /// Paths of its files as far as the entry names any: relative to the root, or from the top of
    /// the disk of whoever wrote the bibliography.
    pub files: Vec<String>,
}

/// The entries of one file by key.
pub type Entries = BTreeMap<String, Entry>;

/// What could be read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub entries: Entries,
    /// Something in it could not be read, or it is empty: it may be half-written.
    pub is_broken: bool,
}

impl Read {
    /// Nothing, for now.
    #[must_use]
    pub fn unreadable() -> Self {
        Self { is_broken: true, ..Self::default() }
    }

    /// While a file is half-written, what it said before holds for the keys that it lacks. As soon
    /// as all of it can be read again, only that counts.
    #[must_use]
    pub fn or_before(mut self, before: Option<&Entries>) -> Entries {
        if let (true, Some(before)) = (self.is_broken, before) {
            for (key, entry) in before {
                self.entries.entry(key.clone()).or_insert_with(|| entry.clone());
            }
        }
        self.entries
    }
}

/// Reads a bibliography, CSL-JSON by its extension and BibTeX or BibLaTeX otherwise. `path` is
/// relative to the root.
#[must_use]
pub fn read(path: &str, text: &str) -> Read {
    let folder = paths::folder(path);
    if text.trim().is_empty() {
        return Read::unreadable();
    }
    if is_json(path) { csl::read(text, folder) } else { bibtex::read(text, folder) }
}

/// Whether a file is one of those that may be CSL-JSON.
#[must_use]
pub fn is_json(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"))
}

/// What a name in the front matter of a note may mean: a path from the note's folder, or from the
/// root. Nothing above the root.
pub fn places(note: &str, name: &str) -> impl Iterator<Item = String> {
    [paths::join(paths::folder(note), name), paths::join("", name)].into_iter().flatten()
}

/// All bibliographies of a workspace by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bibliographies(pub BTreeMap<String, Entries>);

impl Bibliographies {
    /// All entries; of two with one key that of the first file by path.
    #[must_use]
    pub fn entries(&self) -> Entries {
        let mut all = Entries::new();
        for (key, entry) in self.0.values().flatten() {
            all.entry(key.clone()).or_insert_with(|| entry.clone());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(entries: &Entries) -> Vec<&str> {
        entries.keys().map(String::as_str).collect()
    }

    #[test]
    fn a_half_written_file_keeps_what_it_said() {
        let before = read("refs.bib", "@misc{a, title = {A}}\n@misc{b, title = {B}}\n").or_before(None);
        let half = read("refs.bib", "@misc{b, title = {New}}\n@misc{a, title = {A").or_before(Some(&before));
        assert_eq!(keys(&half), ["a", "b"]);
        assert_eq!(half["b"].metadata.title.as_deref(), Some("New"));
        assert_eq!(keys(&read("refs.bib", "").or_before(Some(&half))), ["a", "b"]);
        assert_eq!(keys(&read("refs.bib", "@misc{b, title = {New}}\n").or_before(Some(&half))), ["b"]);
        let json = read("refs.json", r#"[{"id": "a", "type": "book"}]"#).or_before(None);
        assert_eq!(keys(&read("refs.json", r#"[{"id": "a", "ty"#).or_before(Some(&json))), ["a"]);
    }
}
