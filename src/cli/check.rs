//! `corroborate check`: notes in, findings out.

use std::path::{Path, PathBuf};

use super::{CLEAN, FINDINGS, Failure, Format, Root, human, json, open};
use crate::rules::Severity;
use crate::workspace::{self, CheckedNote, Workspace};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Notes, or folders with notes; all notes of --root without one, else those here
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    root: Root,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let here = Path::new(".");
    let root = options.root.find(options.paths.first().map_or(here, PathBuf::as_path))?;
    let paths = match (options.paths.as_slice(), options.root.is_given()) {
        ([], true) => vec![root.clone()],
        ([], false) => vec![here.to_owned()],
        (paths, _) => paths.to_vec(),
    };
    let workspace = open(&root);
    let mut notes = Vec::new();
    for path in note_paths(&paths, &workspace)? {
        let text = std::fs::read(root.join(&path)).map_err(|error| Failure(format!("{path}: {error}")))?;
        let text = String::from_utf8(text).map_err(|_| Failure(format!("{path}: not UTF-8 text")))?;
        let Ok(checked) = workspace::check(&text, &path, &workspace, &|| false) else { continue };
        notes.push(CheckedNote { path, text, checked });
    }
    match options.format {
        Format::Human => human::print(&notes, &workspace.reading())?,
        Format::Json => json::print(&notes, &workspace.reading())?,
    }
    let is_bad = |note: &CheckedNote| note.checked.findings.iter().any(|f| f.severity <= Severity::Warning);
    Ok(if notes.iter().any(is_bad) { FINDINGS } else { CLEAN })
}

/// The notes that the paths name, relative to the root, each once.
fn note_paths(paths: &[PathBuf], workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let mut found: Vec<String> = Vec::new();
    for path in paths {
        let full = path.canonicalize().map_err(|error| Failure(format!("{}: {error}", path.display())))?;
        let name = workspace.name_of(&full).ok_or_else(|| outside(path, workspace))?;
        if full.is_dir() {
            let below = |note: &&String| name.is_empty() || note.starts_with(&format!("{name}/"));
            found.extend(workspace.files.notes.iter().filter(below).cloned());
        } else if workspace.is_source(&name) {
            return Err(Failure(format!("{name}: a source, not a note")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn outside(path: &Path, workspace: &Workspace) -> Failure {
    Failure(format!("{} is not below the workspace's folder {}", path.display(), workspace.root.display()))
}
