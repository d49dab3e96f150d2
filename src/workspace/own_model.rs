//! The user's own model, read once however many workspaces are opened with it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use super::settings::Mistake;
use super::settings::model::ModelSettings;
use crate::entail::CrossEncoder;
use crate::message;

const FILES: [&str; 3] = ["model.onnx", "tokenizer.json", "config.json"];

/// A folder, and when its files were written.
type Version = (PathBuf, Vec<Option<SystemTime>>);

/// The model that the settings name, or why it cannot be used; then the bundled one is.
pub fn of(settings: &ModelSettings) -> (Option<Arc<CrossEncoder>>, Option<Mistake>) {
    static KNOWN: LazyLock<Mutex<BTreeMap<Version, Arc<CrossEncoder>>>> = LazyLock::new(Mutex::default);
    let Some(folder) = &settings.path else { return (None, None) };
    let written = FILES.map(|name| fs::metadata(folder.join(name)).and_then(|file| file.modified()).ok());
    let version = (folder.clone(), written.to_vec());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(model) = known.get(&version) {
        return (Some(Arc::clone(model)), None);
    }
    match start(folder) {
        Ok(model) => {
            // One that was changed is needed no more.
            known.retain(|(of, _), _| of != folder);
            known.insert(version, Arc::clone(&model));
            (Some(model), None)
        }
        Err(problem) => {
            let message = message!("your own settings: “model.path”: {}; the bundled model is used", problem.as_str());
            (None, Some(Mistake { line: None, message }))
        }
    }
}

fn start(folder: &Path) -> Result<Arc<CrossEncoder>, String> {
    let [network, tokenizer, config] = FILES;
    let problem = |name: &str, error: io::Error| format!("{name}: {}", error.kind());
    let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| problem(name, error));
    let bytes = fs::read(folder.join(network)).map_err(|error| problem(network, error))?;
    CrossEncoder::start(bytes, text(tokenizer)?, &text(config)?).map(Arc::new)
}
