//! Finding and reading bibliographies.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{LARGEST_SOURCE, read_bounded, relative};
use crate::library::bibliography::{self, Bibliographies};
use crate::library::parallel;
use crate::note;

/// The bibliographies that the front matter of notes names, as far as there are such files below
/// the root.
pub fn named(root: &Path, notes: &[String]) -> BTreeSet<String> {
    let named = parallel::map(notes, |path| {
        let names = head(&root.join(path)).map(|head| note::bibliographies(&head)).unwrap_or_default();
        let places = names.iter().flat_map(|name| bibliography::places(path, name));
        places.filter(|place| is_below(root, place)).collect::<Vec<_>>()
    });
    named.into_iter().flatten().collect()
}

/// Front matter is short.
fn head(file: &Path) -> Option<String> {
    const LONGEST: u64 = 8 << 10;
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file that lies below the root, not only by its name.
fn is_below(root: &Path, path: &str) -> bool {
    let real = root.join(path).canonicalize().ok().filter(|file| file.is_file());
    real.is_some_and(|file| root.canonicalize().is_ok_and(|root| relative(&root, &file).is_some()))
}

/// Reads bibliographies. What was known `before` of those that are half-written stays.
pub fn read(root: &Path, files: &[String], before: &Bibliographies) -> Bibliographies {
    let mut read = Bibliographies::default();
    for path in files {
        let before = before.0.get(path);
        let text = read_bounded(&root.join(path), LARGEST_SOURCE).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let found = text.map(|text| bibliography::read(path, &text)).unwrap_or(bibliography::Read::unreadable());
        let entries = found.or_before(before);
        if !entries.is_empty() {
            read.0.insert(path.clone(), entries);
        }
    }
    read
}
