//! Finding and reading bibliographies.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::library::bibliography::{self, Bibliographies, File, Read};
use crate::library::worker::Workers;
use crate::library::{files, parallel};
use crate::note;

/// The bibliographies that the front matter of notes names, as far as there are such files below
/// the root.
pub fn named(root: &Path, notes: &[String]) -> BTreeSet<String> {
    let named = parallel::map(notes, |path| {
        let names = head(root, path).map(|head| note::bibliographies(&head)).unwrap_or_default();
        let places = names.iter().flat_map(|name| bibliography::places(path, name));
        places.filter(|place| files::is_there(root, place)).collect::<Vec<_>>()
    });
    named.into_iter().flatten().collect()
}

/// Front matter is short.
fn head(root: &Path, path: &str) -> Option<String> {
    const LONGEST: u64 = 8 << 10;
    Some(String::from_utf8_lossy(&files::head(root, path, LONGEST).ok()?).into_owned())
}

/// Reads bibliographies, each in a process of its own. What was known `before` of those that did not change stays, and
/// of those that are half-written or cannot be read what they said.
pub fn read(root: &Path, paths: &[String], before: &Bibliographies) -> Bibliographies {
    let workers = Workers::new();
    let files = parallel::side_by_side(paths, |path| file(root, path, before.file(path), &workers));
    Bibliographies::of(paths.iter().cloned().zip(files).filter_map(|(path, file)| Some((path, file?))).collect())
}

/// `None` for other files that only look like bibliographies by their names.
fn file(root: &Path, path: &str, before: Option<&Arc<File>>, workers: &Workers) -> Option<Arc<File>> {
    let stamp = files::metadata(root, path).ok().and_then(|found| Some((found.len(), found.modified().ok()?)));
    if let Some(before) = before.filter(|before| stamp.is_some() && before.stamp == stamp) {
        return Some(Arc::clone(before));
    }
    let is_other = bibliography::is_json(path)
        && files::head(root, path, bibliography::HEAD).is_ok_and(|head| !bibliography::may_be_csl(&head));
    if is_other {
        return None;
    }
    let stamp = stamp.filter(|(_, modified)| !files::is_fresh(*modified));
    let (read, failure) = match workers.bibliography(root, path) {
        Ok(read) => (read, None),
        Err(reason) => (Read { is_broken: true, ..Read::default() }, Some(reason)),
    };
    let notices = read.notices.clone();
    Some(Arc::new(File { entries: read.or_before(before.map(|before| &before.entries)), failure, notices, stamp }))
}
