//! Floor 6: a workspace, its settings and library, and "check this note".
//!
//! A [`Workspace`] is an immutable snapshot: work on it may run anywhere while the session goes
//! on. *Architecture invariant:* the findings of a note are a pure function of the note's text
//! and path, the library's content and the settings.

pub mod check;
pub mod claims;
mod memo;
pub mod root;
pub mod settings;

use std::path::{Path, PathBuf};

use crate::library::Library;
use crate::library::bibliography::{self, Bibliographies};
use crate::library::renditions::Renditions;
use crate::library::resolve::Surroundings;
use crate::library::scan::{self, Files, Globs, Unreadable};
use crate::note::Note;
use crate::source::Source;
use settings::{Settings, SettingsError};

pub use check::{Checked, check};

/// A root folder with everything that was read from it.
#[derive(Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub settings: Settings,
    /// What is wrong with `corroborate.toml`; the settings are the defaults then.
    pub settings_error: Option<SettingsError>,
    pub files: Files,
    pub library: Library,
    pub unreadable: Vec<Unreadable>,
    globs: Globs,
    renditions: Renditions,
    memo: memo::Memo,
}

/// How far the reading of a workspace has come: sources read, and sources in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

impl Workspace {
    /// Reads the workspace at `root`. It never fails: what cannot be read is listed.
    #[must_use]
    pub fn open(root: &Path, progress: Progress<'_>) -> Self {
        Self::read(root, &Bibliographies::default(), progress)
    }

    /// Reads it again. Of bibliographies that are just being written it keeps what they said.
    #[must_use]
    pub fn reopen(&self, progress: Progress<'_>) -> Self {
        Self::read(&self.root, self.library.bibliographies(), progress)
    }

    fn read(root: &Path, before: &Bibliographies, progress: Progress<'_>) -> Self {
        let (settings, settings_error) = Settings::load(root);
        let globs = settings.globs();
        let files = scan::list(root, &globs);
        let all = files.sources.len();
        let (library, unreadable) = scan::read(root, &files, before, &|done| progress(done, all));
        let library = library.with_aliases(&settings.aliases);
        Self {
            root: root.to_owned(),
            settings,
            settings_error,
            files,
            library,
            unreadable,
            globs,
            renditions: Renditions::of(root),
            memo: memo::Memo::default(),
        }
    }

    /// A workspace that holds only a library, for checking claims against given documents.
    #[must_use]
    pub fn of_library(library: Library) -> Self {
        let settings = Settings::default();
        let globs = settings.globs();
        Self {
            root: PathBuf::new(),
            settings,
            settings_error: None,
            files: Files::default(),
            library,
            unreadable: Vec::new(),
            globs,
            renditions: Renditions::default(),
            memo: memo::Memo::default(),
        }
    }

    /// The file that shows a source's text: its own, or its rendition. `None` where that cannot be
    /// written.
    #[must_use]
    pub fn file_of(&self, source: &Source) -> Option<PathBuf> {
        if source.is_rendition { self.renditions.file(source).ok() } else { Some(self.root.join(&source.path)) }
    }

    /// The name of a file below the root, as notes and sources are called.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> Option<String> {
        scan::relative(&self.root, path)
    }

    /// Whether a file is a source by its path.
    #[must_use]
    pub fn is_source(&self, name: &str) -> bool {
        self.globs.is_source(name)
    }

    /// Whether a note names a bibliography that is there but was not read.
    #[must_use]
    pub fn lacks_bibliography(&self, name: &str, note: &Note) -> bool {
        let places = note.bibliographies.iter().flat_map(|file| bibliography::places(name, file));
        let is_new = |place: &String| self.files.bibliographies.binary_search(place).is_err();
        places.filter(is_new).any(|place| self.root.join(place).is_file())
    }

    /// Whether a change of the file means that the library changes.
    #[must_use]
    pub fn concerns_library(&self, name: &str) -> bool {
        let is_read = || self.files.bibliographies.iter().any(|path| path == name);
        self.globs.is_source(name) || self.globs.is_bibliography(name) || is_read() || name == settings::FILE_NAME
    }
}

impl Surroundings for Workspace {
    fn is_source_path(&self, path: &str) -> bool {
        self.globs.is_source(path)
    }

    fn is_note(&self, target: &str) -> bool {
        self.files.notes.iter().any(|note| {
            let name = note.rsplit('/').next().unwrap_or(note);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            note == target || name == target || stem == target || note.strip_suffix(".md") == Some(target)
        })
    }
}
