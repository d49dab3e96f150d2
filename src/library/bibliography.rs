//! Bibliographies: citation keys, what they stand for, and the files behind them.

mod bibtex;
mod csl;
mod files;
mod links;

pub use files::is_absolute;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Unreadable, paths};
use crate::source::Metadata;

/// A larger bibliography is named as too large and not read. In bytes.
pub const LARGEST: u64 = 32 << 20;

/// Of a bibliography with more entries the first are read.
const MOST_ENTRIES: usize = 100_000;

/// A bibliography entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub metadata: Metadata,
    pub doi: Option<String>,
    /// The first and the last page in print.
    pub pages: Option<(u32, u32)>,
    /// Paths of its files as far as the entry names any: relative to the root, or from the top of
    /// the disk of whoever wrote the bibliography.
    pub files: Vec<String>,
}

impl Entry {
    /// The pages of "281--284", "281–84" or "e12, 281-284".
    #[must_use]
    fn pages_of(field: &str) -> Option<(u32, u32)> {
        let (first, last) = field.split(',').find_map(|part| part.split_once(['-', '–', '—', '‐', '‑']))?;
        let last = last.trim_start_matches(['-', '–']).trim();
        let (from, to): (u32, u32) = (first.trim().parse().ok()?, last.parse().ok()?);
        let place = 10u32.checked_pow(last.len() as u32)?;
        let to = if to < from { from - from % place + to } else { to };
        (from <= to).then_some((from, to))
    }
}

/// The entries of one file by key.
pub type Entries = BTreeMap<String, Entry>;

/// What could be read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub entries: Entries,
    /// Something in it could not be read, or it is empty: it may be half-written.
    pub is_broken: bool,
    /// What of it does not count, in words.
    pub notices: Vec<String>,
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

    /// It has more entries than are read.
    fn is_full(&mut self) {
        self.notices = vec![format!("only its first {MOST_ENTRIES} entries are read")];
    }
}

/// Reads a bibliography, CSL-JSON by its extension and BibTeX or BibLaTeX otherwise. `path` is
/// relative to the root.
#[must_use]
pub fn read(path: &str, text: &str) -> Read {
    let folder = paths::folder(path);
    if text.trim().is_empty() {
        return Read { is_broken: true, ..Read::default() };
    }
    if is_json(path) { csl::read(text, folder) } else { bibtex::read(text, folder) }
}

/// Whether a JSON file may be a bibliography by its beginning. Large files of other kinds need not be read.
#[must_use]
pub fn may_be_csl(head: &[u8]) -> bool {
    csl::may_be(&String::from_utf8_lossy(head))
}

/// How much of a JSON file tells whether it is a bibliography, in bytes.
pub const HEAD: u64 = 64 << 10;

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
pub struct Bibliographies(BTreeMap<String, Arc<File>>);

/// A bibliography as it was read.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub entries: Entries,
    /// Why it could not be read, in words that follow its name.
    pub failure: Option<String>,
    /// What of it does not count, in words.
    pub notices: Vec<String>,
    /// Its size and time when it was read, unless it had only just changed. What came of it holds as long as they do,
    /// so that one that takes long does so once.
    pub stamp: Option<(u64, SystemTime)>,
}

/// When it was read makes no difference.
impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries && self.failure == other.failure && self.notices == other.notices
    }
}

impl Eq for File {}

impl Bibliographies {
    #[must_use]
    pub fn of(files: BTreeMap<String, Arc<File>>) -> Self {
        Self(files)
    }

    /// The bibliography with this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Arc<File>> {
        self.0.get(path)
    }

    /// The entries of the bibliography with this path.
    #[must_use]
    pub fn entries_of(&self, path: &str) -> Option<&Entries> {
        self.0.get(path).map(|file| &file.entries)
    }

    /// All entries; of two with one key that of the first file by path.
    #[must_use]
    pub fn entries(&self) -> Entries {
        let mut all = Entries::new();
        for (key, entry) in self.0.values().flat_map(|file| &file.entries) {
            all.entry(key.clone()).or_insert_with(|| entry.clone());
        }
        all
    }

    /// The files that could not be read.
    pub fn unreadable(&self) -> impl Iterator<Item = Unreadable> {
        let failed = self.0.iter().filter_map(|(path, file)| Some((path, file.failure.as_ref()?)));
        failed.map(|(path, reason)| Unreadable { path: path.clone(), reason: reason.clone() })
    }

    /// What of the files does not count, with their paths.
    pub fn notices(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(path, file)| file.notices.iter().map(|notice| (path.as_str(), notice.as_str())))
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
