//! Bibliographies: citation keys, what they stand for, and the files behind them.

use std::collections::BTreeMap;

use biblatex::{Bibliography, ChunksExt};

use crate::source::{Metadata, Source};

/// A bibliography entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub metadata: Metadata,
    /// Paths of its files relative to the root, as far as the entry names any.
    pub files: Vec<String>,
}

/// Reads a BibTeX or BibLaTeX file, entry by entry, so that a broken one costs only itself.
/// `folder` is where the file lies, relative to the root.
#[must_use]
pub fn read(text: &str, folder: &str) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for part in entry_texts(text) {
        let Ok(parsed) = Bibliography::parse(part) else { continue };
        for entry in parsed.iter() {
            let get = |names: &[&str]| {
                names.iter().find_map(|name| entry.get(name)).map(|chunks| chunks.format_verbatim()).filter(|v| !v.is_empty())
            };
            let files = get(&["file"]).map(|value| files(&value, folder)).unwrap_or_default();
            entries.insert(
                entry.key.clone(),
                Entry {
                    metadata: Metadata {
                        title: get(&["title"]),
                        author: get(&["author"]),
                        publisher: get(&["publisher", "journal", "journaltitle", "organization", "institution"]),
                        date: get(&["date", "year"]),
                        url: get(&["url"]),
                        ..Metadata::default()
                    },
                    files,
                },
            );
        }
    }
    entries
}

/// Each part of the text that begins with an `@` at the start of a line.
fn entry_texts(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> =
        std::iter::once(0).filter(|_| text.starts_with('@')).chain(text.match_indices("\n@").map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &text[start..end])
}

/// The paths in a `file` field: `a.pdf`, `a.pdf;b.html`, or JabRef's `Label:a.pdf:PDF`.
fn files(value: &str, folder: &str) -> Vec<String> {
    value
        .split(';')
        .map(|part| {
            let pieces: Vec<&str> = part.split(':').collect();
            let path = if pieces.len() == 3 { pieces[1] } else { part };
            let path = path.trim().trim_start_matches("./").replace('\\', "/");
            if folder.is_empty() || path.starts_with('/') { path } else { format!("{folder}/{path}") }
        })
        .filter(|path| !path.is_empty())
        .collect()
}

/// Fills what a source does not say of itself: first from the entry that names its file, then
/// from what its text and name suggest.
pub fn complete(entries: &BTreeMap<String, Entry>, source: &mut Source) {
    let entry = entries.values().find(|entry| entry.files.contains(&source.path));
    let known = entry.map(|entry| &entry.metadata).into_iter().chain([&source.guessed]);
    source.metadata = known.fold(source.metadata.clone(), Metadata::or);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_files_and_a_broken_one_costs_only_itself() {
        let text = "@article{good, title = {A {Mill} story}, file = {Full:wire/a.txt:text;b.txt}}\n@book{bad, title = {unclosed\n@misc{last, date = {2024-03-01}}\n";
        let entries = read(text, "refs");
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["good", "last"]);
        assert_eq!(entries["good"].metadata.title.as_deref(), Some("A Mill story"));
        assert_eq!(entries["good"].files, ["refs/wire/a.txt", "refs/b.txt"]);
    }
}
