//! What the index's files were when they were written.
//!
//! tantivy looks at most of its files only when something is searched, and answers from damaged ones as
//! if nothing were. So sizes and times are kept beside the index. A file whose size differs is damaged; one
//! whose time differs was touched or copied, or is not listed yet, and its checksum decides.
//!
//! The manifest is also a seal: an index that is not whole and never had one was not written to its end.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::index::SegmentComponent;

use crate::library::checked;

const NAME: &str = "manifest.bin";

/// Files by their names.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Manifest(BTreeMap<PathBuf, Stamp>);

/// In bytes, and in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    modified: u128,
}

fn stamp(file: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(file).ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    Some(Stamp { size: metadata.len(), modified })
}

/// The files of the last state of an index.
fn files(index: &Index) -> tantivy::Result<Vec<PathBuf>> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let segments = index.searchable_segment_metas()?;
    let files = segments.iter().flat_map(|segment| {
        let deletes = segment.has_deletes().then_some(Delete);
        let parts = [Postings, Positions, Terms, Store, FastFields, FieldNorms].into_iter().chain(deletes);
        parts.map(|part| segment.relative_path(part))
    });
    Ok(files.collect())
}

#[must_use]
pub fn is_sealed(folder: &Path) -> bool {
    folder.join(NAME).exists()
}

/// Before anything is deleted.
pub fn unseal(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Notes what the files are that were just written.
pub fn write(index: &Index, folder: &Path) -> tantivy::Result<()> {
    let stamps = files(index)?.into_iter().filter_map(|file| Some((file.clone(), stamp(&folder.join(file))?)));
    let bytes = checked::encode(&Manifest(stamps.collect()));
    let new = folder.join(NAME).with_extension("new");
    fs::write(&new, bytes)?;
    fs::rename(new, folder.join(NAME))?;
    Ok(())
}

/// Whether all files are what was written, as far as can be seen without reading those that nobody touched.
pub fn is_whole(index: &Index, folder: &Path) -> bool {
    let bytes = fs::read(folder.join(NAME)).unwrap_or_default();
    let Manifest(written) = checked::decode(&bytes).unwrap_or_default();
    let is_whole = |file: &PathBuf| match (stamp(&folder.join(file)), written.get(file)) {
        (None, _) => false,
        (Some(now), Some(then)) if now == *then => true,
        (Some(now), Some(then)) if now.size != then.size => false,
        _ => index.directory().validate_checksum(file).unwrap_or(false),
    };
    files(index).is_ok_and(|files| files.iter().all(is_whole))
}
