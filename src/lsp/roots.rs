//! The roots of a session: folders, each with a library of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::lsp_types::{InitializeParams, Url};

use super::convert;
use super::diagnostics::DiagnosticsCache;
use super::loading::{self, Loading};
use super::watching::Watcher;
use crate::library::cache::{self, CacheProblem};
use crate::text::Untrusted;
use crate::workspace::{ChangeScope, Workspace, root, settings};

/// The folders that a client opens, most telling source first.
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| folder.uri.clone());
    #[allow(deprecated)] // Older clients send nothing else.
    let root = params.root_uri.clone();
    let mut found: Vec<PathBuf> = folders.chain(root).filter_map(|uri| convert::path(&uri)).collect();
    found.dedup();
    found
}

/// A folder with everything that is known of it.
#[derive(Debug)]
pub struct Root {
    /// No other root of the session has it, or had it before.
    pub id: usize,
    pub folder: PathBuf,
    pub workspace: Option<Arc<Workspace>>,
    /// The number of that state. No other state of any root has it.
    pub generation: u64,
    /// The diagnostics of that state.
    pub diagnostics: DiagnosticsCache,
    pub loading: Loading,
    /// Watches the folder for clients that do not.
    pub watcher: Option<Watcher>,
    /// Counts changes of files, to find the moment when they stop.
    pub changes: u64,
    /// What was said of the cache.
    pub problems_said: Vec<CacheProblem>,
    /// The mistakes in the settings that were said last.
    pub mistakes_said: Vec<Untrusted>,
    /// Files of settings with diagnostics.
    pub mistakes_shown: Vec<Url>,
    /// Files with a diagnostic that says why they cannot be read.
    pub unreadable_shown: Vec<Url>,
}

impl Root {
    fn new(id: usize, folder: PathBuf) -> Self {
        let loading = Loading::numbered(id);
        Self {
            id,
            folder,
            workspace: None,
            generation: 0,
            diagnostics: DiagnosticsCache::default(),
            loading,
            watcher: None,
            changes: 0,
            problems_said: Vec::new(),
            mistakes_said: Vec::new(),
            mistakes_shown: Vec::new(),
            unreadable_shown: Vec::new(),
        }
    }

    /// Notes what must be read again after a file changed, came or went. Returns whether anything must.
    fn touched(&mut self, file: &Path) -> bool {
        let Some(workspace) = &self.workspace else { return false };
        match workspace.affected(file) {
            ChangeScope::Nothing => return false,
            ChangeScope::Source(name) => self.loading.want(name),
            ChangeScope::Everything => self.loading.want_all(),
        }
        true
    }
}

/// All roots.
#[derive(Debug, Default)]
pub struct Roots {
    all: Vec<Root>,
    /// The folders that the client opened.
    asked: Vec<PathBuf>,
    made: usize,
}

impl Roots {
    /// Adds a folder that the client opened; the root is where its library begins. Returns the root if
    /// it is new.
    pub fn open(&mut self, folder: PathBuf) -> Option<usize> {
        let begin = if loading::has_library(&folder) { folder.clone() } else { root::find(&folder) };
        self.asked.push(folder);
        self.add(begin)
    }

    /// Takes away a folder that the client closed, with the root if nothing else needs it. Returns it.
    pub fn close(&mut self, folder: &Path) -> Option<Root> {
        self.asked.retain(|asked| asked != folder);
        let at = self.all.iter().position(|root| folder.starts_with(&root.folder) || root.folder.starts_with(folder))?;
        let is_needed = self.asked.iter().any(|asked| asked.starts_with(&self.all[at].folder));
        (!is_needed).then(|| self.all.remove(at))
    }

    fn add(&mut self, folder: PathBuf) -> Option<usize> {
        if self.all.iter().any(|root| root.folder == folder) {
            return None;
        }
        self.made += 1;
        self.all.push(Root::new(self.made, folder));
        Some(self.made)
    }

    /// The root of a file, which is made if there is none. The second says that it is new. A folder
    /// with settings of its own is a root within another one.
    pub fn home(&mut self, file: &Path) -> (usize, bool) {
        let is_rendition = |root: &&Root| root.workspace.as_ref().is_some_and(|workspace| workspace.is_rendition(file));
        if let Some(root) = self.all.iter().find(is_rendition) {
            return (root.id, false);
        }
        // A report or a rendition that was open before, and whose root is not read yet.
        if cache::holds(file)
            && let Some(root) = self.first()
        {
            return (root.id, false);
        }
        let around = self.around(file).map(|root| (root.id, root.folder.clone()));
        let begin = match &around {
            Some((_, outer)) => file.ancestors().skip(1).find(|dir| *dir == outer || dir.join(settings::FILE_NAME).is_file()),
            None => None,
        };
        let begin = begin.map_or_else(|| root::find(file), Path::to_owned);
        if let Some(id) = self.add(begin.clone()) {
            return (id, true);
        }
        let id = self.all.iter().find(|root| root.folder == begin).or(self.all.first()).map_or(0, |root| root.id);
        (id, false)
    }

    /// Notes what must be read again after files changed, came or went. Returns the roots in which anything
    /// must.
    pub fn touched(&mut self, files: &[PathBuf]) -> Vec<usize> {
        let is_touched = |root: &mut Root| files.iter().filter(|file| root.touched(file)).count() > 0;
        self.all.iter_mut().filter_map(|root| is_touched(root).then_some(root.id)).collect()
    }

    /// The innermost root around a file.
    fn around(&self, file: &Path) -> Option<&Root> {
        let around = self.all.iter().filter(|root| file.starts_with(&root.folder));
        around.max_by_key(|root| root.folder.as_os_str().len())
    }

    pub fn get(&self, id: usize) -> Option<&Root> {
        self.all.iter().find(|root| root.id == id)
    }

    pub fn get_mut(&mut self, id: usize) -> Option<&mut Root> {
        self.all.iter_mut().find(|root| root.id == id)
    }

    /// The root of what has no file.
    pub fn first(&self) -> Option<&Root> {
        self.all.first()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Root> {
        self.all.iter()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Root> {
        self.all.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_with_settings_of_its_own_is_a_root() {
        let base = std::env::temp_dir().join(format!("corroborate-roots-{}", std::process::id()));
        for folder in ["a/sources", "a/notes", "a/inner/deep", "b/sources", "c"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
        }
        std::fs::write(base.join("a/inner/corroborate.toml"), "").unwrap();
        let mut roots = Roots::default();
        assert_eq!(roots.open(base.join("a")), Some(1));
        assert_eq!(roots.open(base.join("a/notes")), None);
        assert_eq!(roots.open(base.join("b")), Some(2));
        assert_eq!(roots.home(&base.join("a/notes/n.md")), (1, false));
        assert_eq!(roots.home(&base.join("a/inner/deep/n.md")), (3, true));
        assert_eq!(roots.home(&base.join("a/inner/n.md")), (3, false));
        assert_eq!(roots.home(&base.join("b/n.md")), (2, false));
        assert_eq!(roots.home(&base.join("c/n.md")), (4, true));
        assert!(roots.close(&base.join("a")).is_none());
        assert_eq!(roots.close(&base.join("b")).map(|root| root.id), Some(2));
        std::fs::remove_dir_all(base).unwrap();
    }
}
