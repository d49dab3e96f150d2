//! The user's own model, read once however many workspaces are opened with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::settings::Mistake;
use super::settings::model::ModelSettings;
use crate::entail::CrossEncoder;
use crate::message;

type Found = Result<Arc<CrossEncoder>, String>;

/// The model that the settings name, or why it cannot be used; then the bundled one is.
pub fn of(settings: &ModelSettings) -> (Option<Arc<CrossEncoder>>, Option<Mistake>) {
    static KNOWN: LazyLock<Mutex<BTreeMap<PathBuf, Found>>> = LazyLock::new(Mutex::default);
    let Some(path) = &settings.path else { return (None, None) };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    match known.entry(path.clone()).or_insert_with(|| start(path)) {
        Ok(model) => (Some(Arc::clone(model)), None),
        Err(problem) => {
            let message = message!("your own settings: “model.path”: {}; the bundled model is used", problem.as_str());
            (None, Some(Mistake { line: None, message }))
        }
    }
}

fn start(folder: &Path) -> Found {
    let problem = |name: &str, error: std::io::Error| format!("{name}: {error}");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| problem(name, error));
    let network = std::fs::read(folder.join("model.onnx")).map_err(|error| problem("model.onnx", error))?;
    CrossEncoder::start(network, text("tokenizer.json")?, &text("config.json")?).map(Arc::new)
}
