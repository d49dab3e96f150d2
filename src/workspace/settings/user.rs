//! The user's own settings file. It lies outside of all workspaces, so nobody who sends one can write it.

use std::fs;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Names another file, by its whole path: a relative one would lie in a workspace.
pub const VARIABLE: &str = "CORROBORATE_SETTINGS";

/// In bytes.
const LARGEST: u64 = 1 << 20;

/// Its text, if there is one; or why it cannot be read.
pub fn read() -> Option<Result<String, String>> {
    let path = path()?;
    let about = fs::metadata(&path).ok()?;
    if !about.is_file() || about.len() > LARGEST {
        return Some(Err(format!("it is no file of at most {LARGEST} bytes")));
    }
    Some(fs::read_to_string(path).map_err(|error| error.kind().to_string()))
}

/// `corroborate/settings.toml` in the user's folder for settings.
fn path() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from).filter(|path| path.is_absolute());
    named.or_else(|| Some(etcetera::choose_base_strategy().ok()?.config_dir().join("corroborate").join("settings.toml")))
}
