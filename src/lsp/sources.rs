//! Sources that fit what somebody typed: for completion and for workspace symbols.

use crate::library::SourceId;
use crate::library::paths;
use crate::rules::cite;
use crate::workspace::Reading;

/// A source that fits.
pub struct Match {
    pub source: SourceId,
    /// The key or name under which it is cited. `None` if none can be written.
    pub key: Option<String>,
}

/// Titles are known only of sources that are opened. In larger libraries only entries of
/// bibliographies are found by their titles.
const FEW: usize = 2_000;

/// The sources whose key, file name or title has the letters of `typed` in their order, best first.
pub fn matching(typed: &str, workspace: &Reading<'_>, most: usize) -> Vec<Match> {
    let library = &workspace.library;
    let typed = typed.to_lowercase();
    let mut found: Vec<(u32, String, SourceId)> = Vec::new();
    for (key, entry) in library.entries() {
        let Some(source) = library.resolve(key) else { continue };
        let rank = rank(&typed, key).or_else(|| Some(TITLE + self::rank(&typed, entry.metadata.title.as_deref()?)?));
        found.extend(rank.map(|rank| (rank, key.clone(), source)));
    }
    for source in library.ids().filter(|id| library.key(*id).is_none()) {
        let path = library.path(source);
        let title = || {
            // Opened for itself: all of them would stay open.
            let view = library.view();
            let title = (library.len() <= FEW).then(|| view.source(source).metadata.title.clone()).flatten()?;
            Some(TITLE + rank(&typed, &title)?)
        };
        let rank = rank(&typed, paths::stem(path)).or_else(title);
        found.extend(rank.map(|rank| (rank, path.to_owned(), source)));
    }
    found.sort();
    found.truncate(most);
    let keyed = found.into_iter().map(|(_, name, source)| {
        let key = Some(name).filter(|name| library.key(source).is_some() && cite::is_writable(name));
        let key = key.or_else(|| cite::name(library, source));
        Match { source, key }
    });
    keyed.collect()
}

/// What fits by its title comes behind what fits by its key.
const TITLE: u32 = 3;

/// How well a name fits: 0 if it begins with what was typed, 1 if it holds it, 2 if its letters are
/// there in order. `typed` is in lower case.
fn rank(typed: &str, name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    if name.starts_with(typed) {
        return Some(0);
    }
    if name.contains(typed) {
        return Some(1);
    }
    let mut letters = name.chars();
    typed.chars().filter(|c| !c.is_whitespace()).all(|c| letters.any(|own| own == c)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn names_fit_by_beginning_part_and_letters() {
        assert_eq!(rank("cab", "Cable-7"), Some(0));
        assert_eq!(rank("able", "cable-7"), Some(1));
        assert_eq!(rank("cb7", "cable-7"), Some(2));
        assert_eq!(rank("c7b", "cable-7"), None);
        assert_eq!(rank("", "x"), Some(0));
    }
}
