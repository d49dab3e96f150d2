//! The catalogue: sources by name, path and address, and the citation keys that mean them.

use rustc_hash::FxHashMap;

use super::bibliography::{Entries, Entry, is_absolute};
use super::{SourceId, urls};
use crate::source::Source;

/// Looks sources up. Where a name is that of several sources, the first in the order of paths is
/// meant.
#[derive(Debug, Default)]
pub struct Catalogue {
    paths: FxHashMap<String, SourceId>,
    bare_paths: FxHashMap<String, SourceId>,
    names: FxHashMap<String, Vec<SourceId>>,
    stems: FxHashMap<String, SourceId>,
    urls: FxHashMap<String, SourceId>,
    /// What lies inside a file: by its path, its name, and its name without extension.
    inside: FxHashMap<String, Vec<SourceId>>,
    /// The paths in order.
    all: Vec<String>,
    keys: FxHashMap<SourceId, String>,
}

impl Catalogue {
    /// `sources` in the order of their paths.
    pub fn of(sources: &[Source]) -> Self {
        let mut catalogue = Self::default();
        for (at, source) in sources.iter().enumerate() {
            let id = SourceId(at);
            catalogue.paths.insert(source.path.clone(), id);
            if let Some((bare, _)) = source.path.rsplit_once('.') {
                catalogue.bare_paths.entry(bare.to_owned()).or_insert(id);
            }
            catalogue.names.entry(source.file_name().to_owned()).or_default().push(id);
            catalogue.stems.entry(source.stem().to_owned()).or_insert(id);
            if source.file != source.path {
                let name = source.file.rsplit('/').next().unwrap_or_default();
                let mut names = vec![source.file.as_str(), name, name.rsplit_once('.').map_or(name, |(stem, _)| stem)];
                names.dedup();
                for name in names.into_iter().filter(|name| !name.is_empty()) {
                    catalogue.inside.entry(name.to_owned()).or_default().push(id);
                }
            }
            let addresses = [&source.metadata.url, &source.metadata.archive_url];
            for url in addresses.into_iter().flatten().filter_map(|url| urls::normal(url)) {
                catalogue.urls.entry(url.replace("dx.doi.org/", "doi.org/")).or_insert(id);
            }
            catalogue.all.push(source.path.clone());
        }
        catalogue
    }

    /// Notes under which key each source is cited: the first that leads to it.
    pub fn name_keys(&mut self, entries: &Entries) {
        for (key, entry) in entries {
            if let Some(id) = self.of_entry(entry) {
                self.keys.entry(id).or_insert_with(|| key.clone());
            }
        }
    }

    /// The first citation key that leads to a source.
    pub fn key(&self, id: SourceId) -> Option<&str> {
        self.keys.get(&id).map(String::as_str)
    }

    pub fn by_path(&self, path: &str) -> Option<SourceId> {
        self.paths.get(path).copied()
    }

    pub fn by_url(&self, url: &str) -> Option<SourceId> {
        self.urls.get(&urls::normal(url)?.replace("dx.doi.org/", "doi.org/")).copied()
    }

    /// The sources inside a file: the messages of a mailbox, the attachments of a mail.
    pub fn inside(&self, file: &str) -> &[SourceId] {
        self.inside.get(file).map_or(&[], Vec::as_slice)
    }

    /// The source that a path, a file name, or a file name without extension means.
    pub fn by_name(&self, target: &str) -> Option<SourceId> {
        let first = |name: &str| self.names.get(name).and_then(|ids| ids.first()).copied();
        // A path from elsewhere, such as `../sources/a.txt` or `sources/a`.
        let tail = || Some(target.trim_start_matches("../")).filter(|tail| tail.contains('/'));
        self.by_path(target)
            .or_else(|| first(target))
            .or_else(|| self.stems.get(target).copied())
            .or_else(|| tail().and_then(|tail| self.by_path(tail).or_else(|| self.bare_paths.get(tail).copied())))
            .or_else(|| tail().and_then(|tail| self.by_tail(tail)))
    }

    /// The first source whose path ends with these folders and this name, such as
    /// `letters.mbox/2.eml` or `wire/cable`.
    fn by_tail(&self, tail: &str) -> Option<SourceId> {
        let ends = |path: &str| path.strip_suffix(tail).is_some_and(|head| head.ends_with('/'));
        let bare = |path: &str| path.rsplit_once('.').is_some_and(|(bare, _)| ends(bare));
        self.all.iter().position(|path| ends(path) || bare(path)).map(SourceId)
    }

    /// The source behind a bibliography entry: one of its files, else what has its address.
    pub fn of_entry(&self, entry: &Entry) -> Option<SourceId> {
        let by_doi = || entry.doi.as_deref().and_then(urls::of_doi).and_then(|url| self.urls.get(&url).copied());
        let by_url = || entry.metadata.url.as_deref().and_then(|url| self.by_url(url));
        entry.files.iter().find_map(|file| self.by_file(file)).or_else(by_url).or_else(by_doi)
    }

    /// A file that an entry names. A path from the top of somebody's disk is that of the source
    /// which shares its tail; if two share as much of it, none is meant.
    fn by_file(&self, file: &str) -> Option<SourceId> {
        if let Some(id) = self.by_path(file) {
            return Some(id);
        }
        let name = file.rsplit('/').next().unwrap_or(file);
        let shared = |id: &SourceId| {
            let path = &self.all[id.0];
            let same = path.rsplit('/').zip(file.rsplit('/')).take_while(|(a, b)| a == b).count();
            let is_whole = same == path.split('/').count();
            (is_absolute(file) || !file.contains('/') || is_whole).then_some((same, *id))
        };
        let found: Vec<(usize, SourceId)> = self.names.get(name)?.iter().filter_map(shared).collect();
        let most = found.iter().map(|(same, _)| *same).max()?;
        let mut best = found.iter().filter(|(same, _)| *same == most);
        best.next().filter(|_| best.next().is_none()).map(|(_, id)| *id)
    }
}

/// Fills what sources do not say of themselves: first from the entries that mean them, then from
/// what their texts and names suggest.
pub fn complete(sources: &mut [Source], entries: &Entries, catalogue: &Catalogue) {
    for entry in entries.values() {
        if let Some(SourceId(at)) = catalogue.of_entry(entry) {
            sources[at].metadata = std::mem::take(&mut sources[at].metadata).or(&entry.metadata);
        }
    }
    for source in sources {
        source.metadata = std::mem::take(&mut source.metadata).or(&source.guessed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(paths: &[&str]) -> Catalogue {
        Catalogue::of(&paths.iter().map(|path| Source::of_text((*path).to_owned(), String::new())).collect::<Vec<_>>())
    }

    fn file(name: &str) -> Entry {
        Entry { files: vec![name.to_owned()], ..Entry::default() }
    }

    #[test]
    fn paths_of_another_disk_are_known_by_their_tail() {
        let catalogue = catalogue(&["sources/2023/report.pdf", "sources/2024/report.pdf", "sources/a.html"]);
        for (name, found) in [
            ("/home/me/desk/sources/2024/report.pdf", Some(1)),
            ("C:/desk/2023/report.pdf", Some(0)),
            ("/home/me/report.pdf", None),
            ("/zotero/storage/X1/a.html", Some(2)),
            ("refs/sources/a.html", Some(2)),
            ("refs/other/a.html", None),
            ("a.html", Some(2)),
            ("/zotero/b.html", None),
        ] {
            assert_eq!(catalogue.of_entry(&file(name)), found.map(SourceId), "{name}");
        }
    }

    #[test]
    fn a_name_may_have_its_folders_before_it() {
        let catalogue = catalogue(&["sources/letters.mbox/2.eml", "sources/x/log.txt", "sources/y/log.txt"]);
        for (name, found) in [
            ("letters.mbox/2.eml", Some(0)),
            ("letters.mbox/2", Some(0)),
            ("y/log", Some(2)),
            ("y/log.txt", Some(2)),
            ("z/log", None),
            ("ters.mbox/2.eml", None),
        ] {
            assert_eq!(catalogue.by_name(name), found.map(SourceId), "{name}");
        }
    }

    #[test]
    fn an_entry_may_share_its_address_with_a_source() {
        let mut source = Source::of_text("sources/x.html".to_owned(), String::new());
        source.metadata.url = Some("https://dx.doi.org/10.1/AB".to_lowercase());
        source.metadata.archive_url = Some("https://archive.example/1/".to_owned());
        let catalogue = Catalogue::of(&[source]);
        let mut entry = Entry { doi: Some("10.1/Ab".to_owned()), ..Entry::default() };
        assert_eq!(catalogue.of_entry(&entry), Some(SourceId(0)));
        entry = Entry::default();
        entry.metadata.url = Some("http://archive.example/1".to_owned());
        assert_eq!(catalogue.of_entry(&entry), Some(SourceId(0)));
        assert_eq!(catalogue.of_entry(&Entry::default()), None);
    }
}
