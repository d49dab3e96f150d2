//! Finding and reading the files of a workspace. Each is opened by [`super::files`].

mod references;

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use globset::{Glob, GlobSet, GlobSetBuilder};
use ignore::{WalkBuilder, WalkState};

use super::bibliography::{self, Bibliographies};
use super::files::{self, Refusal};
use super::worker::{Kind, Request, TimeLimit, Workers, surviving};
use crate::source::{self, Fields, Format, ReadError, Source};

/// A larger source is named as too large and not read, unless the settings allow more. In bytes.
pub const LARGEST_SOURCE: u64 = 64 << 20;

/// Metadata is short.
const LARGEST_SIDECAR: u64 = source::LONGEST_YAML as u64;

/// Longer texts are read in another process, which is worth it for them.
const SHORT: u64 = 1 << 20;

/// Which files are sources and which are notes.
#[derive(Clone, Debug)]
pub struct Globs {
    sources: GlobSet,
    notes: GlobSet,
    /// `None`: all that look like bibliographies.
    bibliographies: Option<GlobSet>,
}

/// A glob that is not one.
#[derive(Debug)]
pub struct BadGlob(globset::Error);

impl fmt::Display for BadGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Globs {
    /// Globs relative to the root, with `/` between folders and `**` for any depth.
    pub fn new(sources: &[String], notes: &[String], bibliographies: Option<&[String]>) -> Result<Self, BadGlob> {
        let set = |patterns: &[String]| {
            let mut builder = GlobSetBuilder::new();
            for pattern in patterns {
                builder.add(Glob::new(pattern.trim_start_matches("./"))?);
            }
            builder.build()
        };
        Ok(Self {
            sources: set(sources).map_err(BadGlob)?,
            notes: set(notes).map_err(BadGlob)?,
            bibliographies: bibliographies.map(set).transpose().map_err(BadGlob)?,
        })
    }

    /// Whether a path relative to the root is a source's.
    #[must_use]
    pub fn is_source(&self, path: &str) -> bool {
        self.sources.is_match(path)
    }

    /// Whether a path relative to the root is a note's: what is a source is never a note.
    #[must_use]
    pub fn is_note(&self, path: &str) -> bool {
        self.notes.is_match(path) && !self.is_source(path)
    }

    /// Whether a path relative to the root may be a bibliography's. JSON has to be looked into.
    #[must_use]
    pub fn is_bibliography(&self, path: &str) -> bool {
        let is_hidden = path.split('/').any(|part| part.starts_with('.'));
        match &self.bibliographies {
            _ if is_hidden => false,
            Some(globs) => globs.is_match(path),
            None if bibliography::is_json(path) => !self.is_source(path),
            None => path.to_ascii_lowercase().ends_with(".bib"),
        }
    }
}

/// The files of a workspace, as paths relative to the root, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    pub sources: Vec<String>,
    /// YAML files among the sources: what the user knows of the file beside them.
    pub sidecars: Vec<String>,
    pub notes: Vec<String>,
    pub bibliographies: Vec<String>,
}

/// Lists the files of a workspace. Hidden files are left out and symbolic links are not followed.
/// What git ignores counts, as desks often keep their sources out of the repository.
#[must_use]
pub fn list(root: &Path, globs: &Globs) -> Files {
    let found = Mutex::new(Files::default());
    let walk = WalkBuilder::new(root)
        .git_ignore(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .parents(false)
        .build_parallel();
    walk.run(|| {
        let mut own = ThreadFiles { files: Files::default(), all: &found };
        Box::new(move |entry| {
            let entry = entry.ok().filter(|entry| entry.file_type().is_some_and(|t| t.is_file()));
            if let Some(path) = entry.and_then(|entry| relative(root, entry.path())) {
                own.files.put(path, globs);
            }
            WalkState::Continue
        })
    });
    let mut files = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sources.sort();
    files.notes.sort();
    files.sidecars.sort();
    files.bibliographies.extend(references::named(root, &files.notes));
    files.bibliographies.sort();
    files.bibliographies.dedup();
    files.sources.retain(|path| files.bibliographies.binary_search(path).is_err());
    files
}

impl Files {
    fn put(&mut self, path: String, globs: &Globs) {
        if globs.is_bibliography(&path) {
            self.bibliographies.push(path);
        } else if globs.is_source(&path) && is_yaml(&path) {
            self.sidecars.push(path);
        } else if globs.is_source(&path) {
            self.sources.push(path);
        } else if globs.is_note(&path) {
            self.notes.push(path);
        }
    }
}

/// The files that one thread found; they join the others when it ends.
struct ThreadFiles<'a> {
    files: Files,
    all: &'a Mutex<Files>,
}

impl Drop for ThreadFiles<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.sources.append(&mut self.files.sources);
        all.sidecars.append(&mut self.files.sidecars);
        all.notes.append(&mut self.files.notes);
        all.bibliographies.append(&mut self.files.bibliographies);
    }
}

/// Whether a file is a sidecar by its name.
#[must_use]
pub fn is_yaml(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, e)| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"))
}

/// A path below the root in the form that sources and notes are named by.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Vec<&str> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
    Some(parts.join("/"))
}

/// Reads the sources in a file; `None` if that takes longer than the limit. Files of more than
/// `largest` bytes are not read.
///
/// Short texts are read in this process, as there are many of them and their readers are ours and do nothing that
/// grows faster than the text; everything else is read in another one.
pub fn read_source(
    root: &Path,
    path: &str,
    files: &Files,
    largest: u64,
    (workers, limit): (&Workers, TimeLimit),
) -> Result<Option<Vec<Source>>, String> {
    let format = Format::of(path).ok_or_else(|| ReadError::UnknownFormat.to_string())?;
    let (sidecar, notice) = fields(root, path, files);
    let request =
        |sidecar| Request { root: root.to_owned(), path: path.to_owned(), kind: Kind::Source { sidecar, largest, limit } };
    let sources = if format.is_text() {
        match files::read(root, path, SHORT.min(largest)) {
            Ok(bytes) => Some(surviving(|| source::read(path, &bytes, &sidecar))?.map_err(|error| error.to_string())?),
            Err(Refusal::TooLarge(_)) => workers.sources(&request(sidecar))?,
            Err(refusal) => return Err(refusal.to_string()),
        }
    } else {
        workers.sources(&request(sidecar))?
    };
    Ok(sources.map(|sources| noticed(sources, notice)))
}

/// Reads a file's text as the editor has it.
pub fn read_text(root: &Path, path: &str, text: &str, files: &Files, workers: &Workers) -> Result<Vec<Source>, String> {
    let format = Format::of(path).ok_or_else(|| ReadError::UnknownFormat.to_string())?;
    let (sidecar, notice) = fields(root, path, files);
    let sources = if format.is_text() && text.len() as u64 <= SHORT {
        surviving(|| source::read(path, text.as_bytes(), &sidecar))?.map_err(|error| error.to_string())?
    } else {
        let kind = Kind::OpenSource { sidecar, text: text.to_owned() };
        workers.sources(&Request { root: root.to_owned(), path: path.to_owned(), kind })?.unwrap_or_default()
    };
    Ok(noticed(sources, notice))
}

/// The sources of a file, the first of which tells a notice.
fn noticed(mut sources: Vec<Source>, notice: Option<String>) -> Vec<Source> {
    if let Some(source) = sources.first_mut() {
        source.notices.extend(notice);
    }
    sources
}

/// Reads the bibliographies. `before` is what they said when they were read last.
#[must_use]
pub fn read_bibliographies(root: &Path, files: &Files, before: &Bibliographies) -> Bibliographies {
    references::read(root, &files.bibliographies, before)
}

/// What the user noted of a source beside it, and a notice if that cannot be read.
fn fields(root: &Path, path: &str, files: &Files) -> (Fields, Option<String>) {
    let Some(name) = sidecar(path, files) else { return (Fields::default(), None) };
    let text = files::read(root, &name, LARGEST_SIDECAR).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    match text.map_err(|refusal| refusal.to_string()).and_then(|text| Fields::from_yaml(&text)) {
        Ok(fields) => (fields, None),
        Err(why) => (Fields::default(), Some(format!("{name} beside it was not read: {why}"))),
    }
}

/// The sidecar of a source, if it has one.
#[must_use]
pub fn sidecar(path: &str, files: &Files) -> Option<String> {
    if files.sidecars.is_empty() {
        return None;
    }
    sidecars(path).find(|name| files.sidecars.binary_search(name).is_ok())
}

/// The names that the sidecar of a source may have: `a.pdf.yaml`, `a.yaml`, or with `yml`.
fn sidecars(path: &str) -> impl Iterator<Item = String> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    ["yaml", "yml"].into_iter().flat_map(move |extension| [format!("{path}.{extension}"), format!("{stem}.{extension}")])
}
