//! Where a workspace begins.

use std::path::{Path, PathBuf};

use super::settings;

/// The nearest folder at or above `start` with `corroborate.toml`, a `sources` folder or `.git`;
/// else the folder itself. A file stands for its folder.
#[must_use]
pub fn find(start: &Path) -> PathBuf {
    let folder = if start.is_file() { start.parent().unwrap_or(start) } else { start };
    let is_root =
        |dir: &&Path| dir.join(settings::FILE_NAME).is_file() || dir.join("sources").is_dir() || dir.join(".git").exists();
    folder.ancestors().find(is_root).unwrap_or(folder).to_owned()
}
