//! The user's own settings file. It lies outside of all workspaces, so nobody who sends one can write it.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Names another file.
pub const VARIABLE: &str = "CORROBORATE_SETTINGS";

/// In bytes.
const LARGEST: u64 = 1 << 20;

/// Its text, if there is one.
pub fn read() -> Option<String> {
    let mut text = String::new();
    File::open(path()?).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// `corroborate/settings.toml` in the user's folder for settings.
pub fn path() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(etcetera::choose_base_strategy().ok()?.config_dir().join("corroborate").join("settings.toml")))
}
