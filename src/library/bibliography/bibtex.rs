//! BibTeX and BibLaTeX.

use std::collections::HashMap;

use biblatex::{Bibliography, ChunksExt, Entry as Parsed, Pair, RawBibliography};

use super::{Entry, MOST_ENTRIES, Read, files, links};
use crate::source::Metadata;

/// Deeper braces are an attack, and cost `biblatex` more than they weigh.
const DEEPEST: usize = 100;

/// Reads a file; where it is not well-formed entry by entry, so that a broken one costs only
/// itself.
pub fn read(text: &str, folder: &str) -> Read {
    if !is_too_deep(text)
        && let Ok(mut raw) = RawBibliography::parse(text)
    {
        let notices = links::cut(&mut raw);
        if let Ok(parsed) = Bibliography::from_raw(raw) {
            let mut read = Read { notices, ..Read::default() };
            read.take(&parsed, folder);
            return read;
        }
    }
    by_parts(text, folder)
}

fn by_parts(text: &str, folder: &str) -> Read {
    let mut read = Read::default();
    let mut all = RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    let mut deep = 0;
    for part in parts(text) {
        if is_too_deep(part) {
            deep += 1;
            continue;
        }
        match RawBibliography::parse(part) {
            Ok(raw) => {
                all.entries.extend(raw.entries);
                all.abbreviations.extend(raw.abbreviations);
            }
            Err(_) => read.is_broken = true,
        }
    }
    read.notices = links::cut(&mut all);
    if deep > 0 {
        read.notices.push(format!("what has braces nested more than {DEEPEST} deep was not read ({deep} entries)"));
    }
    let abbreviations: HashMap<&str, &Pair<'_>> = all.abbreviations.iter().map(|pair| (pair.key.v, pair)).collect();
    for entry in &all.entries {
        match Bibliography::from_raw(links::alone(entry, &abbreviations)) {
            Ok(parsed) => read.take(&parsed, folder),
            Err(_) => read.is_broken = true,
        }
    }
    read
}

impl Read {
    fn take(&mut self, parsed: &Bibliography, folder: &str) {
        for parsed in parsed.iter() {
            if self.entries.len() >= MOST_ENTRIES && !self.entries.contains_key(&parsed.key) {
                return self.is_full();
            }
            self.entries.insert(parsed.key.clone(), entry(parsed, folder));
        }
    }
}

/// Whether braces are nested too deep anywhere between two `@` at starts of lines.
fn is_too_deep(text: &str) -> bool {
    let mut depth = 0usize;
    let mut before = b'\n';
    text.bytes().any(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'@' if before == b'\n' => depth = 0,
            _ => {}
        }
        before = byte;
        depth > DEEPEST
    })
}

/// Each part of the text that begins with an `@` at the start of a line.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> =
        std::iter::once(0).filter(|_| text.starts_with('@')).chain(text.match_indices("\n@").map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &text[start..end])
}

fn entry(parsed: &Parsed, folder: &str) -> Entry {
    let get =
        |names: &[&str]| names.iter().find_map(|name| parsed.get(name)).map(ChunksExt::format_verbatim).filter(|v| !v.is_empty());
    Entry {
        metadata: Metadata {
            title: get(&["title"]),
            author: get(&["author"]),
            publisher: get(&["publisher", "journal", "journaltitle", "organization", "institution"]),
            date: get(&["date", "year"]),
            url: get(&["url"]),
            origin: get(&["origin", "origpublisher"]),
            ..Metadata::default()
        },
        doi: get(&["doi"]),
        pages: get(&["pages"]).as_deref().and_then(Entry::pages_of),
        files: get(&["file"]).map(|value| files::of_field(&value, folder)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_have_files_and_a_broken_one_costs_only_itself() {
        let text = "@article{good, title = {A {Mill} story}, file = {Full:wire/a.txt:text;b.txt}}\n@book{bad, title = {unclosed\n@misc{last, date = {2024-03-01}}\n";
        let Read { entries, is_broken, .. } = read(text, "refs");
        assert!(is_broken);
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["good", "last"]);
        assert_eq!(entries["good"].metadata.title.as_deref(), Some("A Mill story"));
        assert_eq!(entries["good"].files, ["refs/wire/a.txt", "refs/b.txt"]);
    }

    #[test]
    fn pages_in_print() {
        for (field, pages) in [
            ("281--284", Some((281, 284))),
            ("281-84", Some((281, 284))),
            ("281–284", Some((281, 284))),
            ("1204--7", Some((1204, 1207))),
            ("e12", None),
            ("12", None),
            ("ii--ix", None),
        ] {
            let text = format!("@article{{a, pages = {{{field}}}}}\n");
            assert_eq!(read(&text, "").entries["a"].pages, pages, "{field}");
        }
    }

    #[test]
    fn a_key_that_is_there_twice_breaks_nothing() {
        let Read { entries, is_broken, .. } = read("@misc{a, title = {A}}\n@misc{a, title = {B}}\n", "");
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

    #[test]
    fn what_leads_in_circles_or_grows_costs_only_itself_and_is_named() {
        let pyramid: String = (1..30).map(|at| format!("@string{{s{at} = s{0} # s{0}}}\n", at - 1)).collect();
        let pyramid = format!("@string{{s0 = {{xxxxxxxxxx}}}}\n{pyramid}@misc{{a, title = s29}}\n");
        let chain: String = (0..2000).map(|at| format!("@book{{k{at}, crossref = {{k{}}}, title = {{T}}}}\n", at + 1)).collect();
        for text in [
            "@book{a,crossref={a}}",
            "@book{a, xdata = {b}}\n@xdata{b, xdata = {c, a}}\n@xdata{c, xdata = {b}}\n",
            "@string{a = b}\n@string{b = a}\n@misc{a, title = a}\n",
            "@string{a = {x}}\n@string{a = a # a}\n@misc{a, title = a}\n",
            &pyramid,
            &chain,
            &format!("@misc{{a, title = {}x{}}}\n", "{".repeat(5000), "}".repeat(5000)),
        ] {
            for broken in ["", "@misc{bad, title = {\n"] {
                let read = read(&format!("{text}\n@misc{{good, title = {{Good}}}}\n{broken}"), "");
                let shown = &text[..text.len().min(60)];
                assert_eq!(read.entries["good"].metadata.title.as_deref(), Some("Good"), "{shown}");
                assert_eq!((read.notices.len(), read.is_broken), (1, !broken.is_empty()), "{shown}: {:?}", read.notices);
            }
        }
    }
}
