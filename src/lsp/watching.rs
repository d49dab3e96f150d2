//! Watching the files of a workspace, for clients that do not do so themselves.

use std::path::{Path, PathBuf};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Watches a folder and all below it until it is dropped.
pub struct Watcher {
    root: PathBuf,
    _watcher: RecommendedWatcher,
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Watcher {
    /// `tell` hears of files and folders that changed, came or went, on a thread of the watcher's.
    /// Where it lost track it names the root.
    pub fn start(root: &Path, tell: impl Fn(Vec<PathBuf>) + Send + 'static) -> notify::Result<Self> {
        let all = root.to_owned();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            // Reading a file changes nothing.
            Ok(event) if event.kind.is_access() => {}
            Ok(event) if event.need_rescan() => tell(vec![all.clone()]),
            Ok(event) => tell(event.paths),
            Err(_) => tell(vec![all.clone()]),
        })?;
        watcher.watch(root, RecursiveMode::Recursive)?;
        Ok(Self { root: root.to_owned(), _watcher: watcher })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }
}
