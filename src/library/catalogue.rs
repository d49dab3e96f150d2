//! The catalogue: sources by name, path and address.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::bibliography::{Entry, is_absolute};
use super::{SourceId, paths, urls};

/// Looks sources up. Where a name is that of several sources, the first in the order of paths is
/// meant.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The paths in order.
    paths: Vec<String>,
    names: Names,
    stems: Names,
    bare_paths: Names,
    tails: OnceLock<Tails>,
    urls: FxHashMap<String, SourceId>,
    /// What lies inside a file: by its path, its name, and its name without extension.
    inside: FxHashMap<String, Vec<SourceId>>,
}

/// A source as the catalogue sees it.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueEntry<'a> {
    pub path: &'a str,
    /// The file in which it lies.
    pub file: &'a str,
    pub urls: &'a [String],
}

/// Sources by one of their names. Only hashes of names are kept: the names are in the paths.
#[derive(Debug, Default)]
struct Names {
    first: FxHashMap<u64, u32>,
    /// The next source whose name has the same hash; itself if there is none.
    next: Vec<u32>,
}

impl Names {
    fn of(paths: &[String], name: impl Fn(&str) -> Option<&str>) -> Self {
        let mut names = Self { first: FxHashMap::default(), next: (0..paths.len() as u32).collect() };
        for (at, path) in paths.iter().enumerate().rev() {
            if let Some(name) = name(path)
                && let Some(next) = names.first.insert(hash(name), at as u32)
            {
                names.next[at] = next;
            }
        }
        names
    }

    /// The sources whose names may be this one, in order.
    fn candidates(&self, name: &str) -> impl Iterator<Item = usize> {
        let following = |at: &u32| Some(self.next[*at as usize]).filter(|next| next != at);
        std::iter::successors(self.first.get(&hash(name)).copied(), following).map(|at| at as usize)
    }
}

/// The paths, with and without extensions, in the order of their ends: what ends alike stands together.
#[derive(Debug)]
struct Tails(Vec<(u32, bool)>);

impl Tails {
    fn of(paths: &[String]) -> Self {
        let all = (0..paths.len() as u32).flat_map(|at| [(at, false), (at, true)]);
        let mut all: Vec<(u32, bool)> = all.filter(|it| ended(paths, *it).is_some()).collect();
        let backwards = |it: &(u32, bool)| ended(paths, *it).unwrap_or_default().bytes().rev();
        all.sort_by(|a, b| backwards(a).cmp(backwards(b)));
        Self(all)
    }

    /// The first source of which a folder and then this is the end of its path.
    fn first(&self, tail: &str, paths: &[String]) -> Option<usize> {
        let wanted = || tail.bytes().rev().chain([b'/']);
        let path = |it: &(u32, bool)| ended(paths, *it).unwrap_or_default();
        let from = self.0.partition_point(|it| path(it).bytes().rev().lt(wanted()));
        let ends = |it: &&(u32, bool)| path(it).strip_suffix(tail).is_some_and(|head| head.ends_with('/'));
        self.0[from..].iter().take_while(ends).map(|(at, _)| *at as usize).min()
    }
}

/// A path, with or without its extension.
fn ended(paths: &[String], (at, is_bare): (u32, bool)) -> Option<&str> {
    let path = paths.get(at as usize)?;
    if is_bare { bare(path) } else { Some(path) }
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

fn bare(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(bare, _)| bare)
}

impl Catalogue {
    /// `cards` in the order of their paths.
    pub fn of<'a>(cards: impl Iterator<Item = CatalogueEntry<'a>>) -> Self {
        let mut catalogue = Self::default();
        for (at, card) in cards.enumerate() {
            let id = SourceId(at);
            if card.file != card.path {
                let name = paths::name(card.file);
                let mut names = vec![card.file, name, paths::stem(card.file)];
                names.dedup();
                for name in names.into_iter().filter(|name| !name.is_empty()) {
                    catalogue.inside.entry(name.to_owned()).or_default().push(id);
                }
            }
            card.urls.iter().for_each(|url| catalogue.add_url(url, id));
            catalogue.paths.push(card.path.to_owned());
        }
        catalogue.names = Names::of(&catalogue.paths, |path| Some(paths::name(path)));
        catalogue.stems = Names::of(&catalogue.paths, |path| Some(paths::stem(path)));
        catalogue.bare_paths = Names::of(&catalogue.paths, bare);
        catalogue
    }

    /// Notes an address of a source.
    pub fn add_url(&mut self, url: &str, id: SourceId) {
        if let Some(url) = urls::normal(url) {
            self.urls.entry(url.replace("dx.doi.org/", "doi.org/")).or_insert(id);
        }
    }

    pub fn by_path(&self, path: &str) -> Option<SourceId> {
        self.paths.binary_search_by(|own| own.as_str().cmp(path)).ok().map(SourceId)
    }

    pub fn by_url(&self, url: &str) -> Option<SourceId> {
        self.urls.get(&urls::normal(url)?.replace("dx.doi.org/", "doi.org/")).copied()
    }

    /// The sources inside a file: the messages of a mailbox, the attachments of a mail.
    pub fn inside(&self, file: &str) -> &[SourceId] {
        self.inside.get(file).map_or(&[], Vec::as_slice)
    }

    fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        self.names.candidates(name).filter(move |at| paths::name(&self.paths[*at]) == name)
    }

    /// The source that a path, a file name, or a file name without extension means.
    pub fn by_name(&self, target: &str) -> Option<SourceId> {
        let by_stem = || self.stems.candidates(target).find(|at| paths::stem(&self.paths[*at]) == target).map(SourceId);
        let by_bare = |path: &str| self.bare_paths.candidates(path).find(|at| bare(&self.paths[*at]) == Some(path)).map(SourceId);
        // A path from elsewhere, such as `../sources/a.txt` or `sources/a`.
        let tail = || Some(target.trim_start_matches("../")).filter(|tail| tail.contains('/'));
        self.by_path(target)
            .or_else(|| self.named(target).next().map(SourceId))
            .or_else(by_stem)
            .or_else(|| tail().and_then(|tail| self.by_path(tail).or_else(|| by_bare(tail))))
            .or_else(|| tail().and_then(|tail| self.by_tail(tail)))
    }

    /// The first source whose path ends with these folders and this name, such as
    /// `letters.mbox/2.eml` or `wire/cable`.
    fn by_tail(&self, tail: &str) -> Option<SourceId> {
        self.tails.get_or_init(|| Tails::of(&self.paths)).first(tail, &self.paths).map(SourceId)
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
        let shared = |at: usize| {
            let path = &self.paths[at];
            let same = path.rsplit('/').zip(file.rsplit('/')).take_while(|(a, b)| a == b).count();
            let is_whole = same == path.split('/').count();
            (is_absolute(file) || !file.contains('/') || is_whole).then_some((same, SourceId(at)))
        };
        let found: Vec<(usize, SourceId)> = self.named(paths::name(file)).filter_map(shared).collect();
        let most = found.iter().map(|(same, _)| *same).max()?;
        let mut best = found.iter().filter(|(same, _)| *same == most);
        best.next().filter(|_| best.next().is_none()).map(|(_, id)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(paths: &[&str]) -> Catalogue {
        Catalogue::of(paths.iter().map(|path| CatalogueEntry { path, file: path, urls: &[] }))
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
        let (path, urls) = ("sources/x.html", ["https://dx.doi.org/10.1/ab".to_owned(), "https://archive.example/1/".to_owned()]);
        let catalogue = Catalogue::of([CatalogueEntry { path, file: path, urls: &urls }].into_iter());
        let mut entry = Entry { doi: Some("10.1/Ab".to_owned()), ..Entry::default() };
        assert_eq!(catalogue.of_entry(&entry), Some(SourceId(0)));
        entry = Entry::default();
        entry.metadata.url = Some("http://archive.example/1".to_owned());
        assert_eq!(catalogue.of_entry(&entry), Some(SourceId(0)));
        assert_eq!(catalogue.of_entry(&Entry::default()), None);
    }
}
