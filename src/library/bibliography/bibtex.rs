//! BibTeX and BibLaTeX.

use biblatex::{Bibliography, ChunksExt, Entry as Parsed};

use super::{Entry, Read, files};
use crate::source::Metadata;

/// Reads a file; where it is not well-formed entry by entry, so that a broken one costs only
/// itself.
pub fn read(text: &str, folder: &str) -> Read {
    if let Ok(parsed) = Bibliography::parse(text) {
        return Read { entries: parsed.iter().map(|e| (e.key.clone(), entry(e, folder))).collect(), is_broken: false };
    }
    let mut read = Read::default();
    let is_abbreviation = |part: &&str| part[1..].trim_start().get(..6).is_some_and(|name| name.eq_ignore_ascii_case("string"));
    let abbreviations: String = parts(text).filter(is_abbreviation).filter(|part| Bibliography::parse(part).is_ok()).collect();
    for part in parts(text).filter(|part| !is_abbreviation(part)) {
        match Bibliography::parse(&format!("{abbreviations}\n{part}")) {
            Ok(parsed) => read.entries.extend(parsed.iter().map(|e| (e.key.clone(), entry(e, folder)))),
            Err(_) => read.is_broken = true,
        }
    }
    read
}

/// Each part of the text that begins with an `@` at the start of a line.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> =
        std::iter::once(0).filter(|_| text.starts_with('@')).chain(text.match_indices("\n@").map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &text[start..end])
}

fn entry(parsed: &Parsed, folder: &str) -> Entry {
    let get = |names: &[&str]| {
        names.iter().find_map(|name| parsed.get(name)).map(|chunks| chunks.format_verbatim()).filter(|v| !v.is_empty())
    };
    Entry {
        metadata: Metadata {
            title: get(&["title"]),
            author: get(&["author"]),
            publisher: get(&["publisher", "journal", "journaltitle", "organization", "institution"]),
            date: get(&["date", "year"]),
            url: get(&["url"]),
            ..Metadata::default()
        },
        doi: get(&["doi"]),
        files: get(&["file"]).map(|value| files::of_field(&value, folder)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_files_and_a_broken_one_costs_only_itself() {
        let text = "@article{good, title = {A {Mill} story}, file = {Full:wire/a.txt:text;b.txt}}\n@book{bad, title = {unclosed\n@misc{last, date = {2024-03-01}}\n";
        let Read { entries, is_broken } = read(text, "refs");
        assert!(is_broken);
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["good", "last"]);
        assert_eq!(entries["good"].metadata.title.as_deref(), Some("A Mill story"));
        assert_eq!(entries["good"].files, ["refs/wire/a.txt", "refs/b.txt"]);
    }

    #[test]
    fn a_key_that_is_there_twice_breaks_nothing() {
        let Read { entries, is_broken } = read("@misc{a, title = {A}}\n@misc{a, title = {B}}\n", "");
        assert_eq!((entries.len(), is_broken), (1, false));
    }

    #[test]
    fn abbreviations_are_known_also_in_broken_files() {
        let text = "@string{gz = {Calverra Gazette}}\n@article{a, journal = gz}\n";
        for text in [text.to_owned(), format!("{text}@book{{bad, title = {{x\n")] {
            assert_eq!(read(&text, "").entries["a"].metadata.publisher.as_deref(), Some("Calverra Gazette"), "{text}");
        }
    }

    #[test]
    fn what_better_bibtex_writes_is_read() {
        let text = "@online{a,\n  url = {https://a.example/x_y},\n  doi = {10.1000/abc},\n  file = {Full Text\\: one:/home/me/Zotero/storage/AB12/my\\_report.pdf:application/pdf;C\\:\\\\Users\\\\me\\\\a.html}\n}\n";
        let entry = &read(text, "refs").entries["a"];
        assert_eq!(entry.files, ["/home/me/Zotero/storage/AB12/my_report.pdf", "C:/Users/me/a.html"]);
        assert_eq!((entry.metadata.url.as_deref(), entry.doi.as_deref()), (Some("https://a.example/x_y"), Some("10.1000/abc")));
    }
}
