//! Files that are about to be renamed: links and citations of notes go on leading to them.

use std::path::PathBuf;

use tower_lsp::lsp_types::{FileRename, Url, WorkspaceEdit};

use super::convert;
use super::edits::{Edits, bibliographies};
use super::notes::notes;
use super::request::SessionView;
use crate::library::paths;
use crate::library::resolve::{CitationTarget, percent_decoded};
use crate::note::{Citation, CitationKind};
use crate::rules::cite;
use crate::text::Span;
use crate::workspace::Workspace;

/// A file or folder and its new name, relative to the root.
struct FileRenaming {
    old: String,
    new: String,
}

impl FileRenaming {
    /// The new path of a file, if it is renamed.
    fn path(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(self.old.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{}{rest}", self.new))
    }
}

pub fn edits(files: &[FileRename], all: &SessionView) -> Option<WorkspaceEdit> {
    let mut edits = Edits::default();
    for workspace in &all.workspaces {
        let name = |uri: &str| workspace.name_of(&file(uri)?);
        let renamed: Vec<FileRenaming> =
            files.iter().filter_map(|file| Some(FileRenaming { old: name(&file.old_uri)?, new: name(&file.new_uri)? })).collect();
        if renamed.is_empty() {
            continue;
        }
        let now = |path: &str| renamed.iter().find_map(|renamed| renamed.path(path));
        in_bibliographies(workspace, &now, all, &mut edits);
        for note in notes(workspace, all) {
            let (text, checked) = (&note.note.text, &note.note.checked);
            for (citation, cited) in checked.note.citations.iter().zip(&checked.cited) {
                if let Some((span, new)) = rewritten(citation, cited, &note.note.path, text, workspace, &now) {
                    edits.add(&note.uri, note.version, note.text(all), span, &new);
                }
            }
        }
    }
    (!edits.is_empty()).then(|| edits.finish(&all.client))
}

/// Entries name their files, in braces or quotation marks, seen from the bibliography.
fn in_bibliographies(workspace: &Workspace, now: &dyn Fn(&str) -> Option<String>, all: &SessionView, edits: &mut Edits) {
    for file in bibliographies(workspace) {
        let folder = paths::folder(file.path);
        let mut start = 0;
        for part in file.text.split_inclusive(['{', '}', '"', ';', ':']) {
            let name = part.trim_end_matches(['{', '}', '"', ';', ':']);
            let old = paths::join(folder, name).filter(|_| name.contains('.') && !name.contains('\n'));
            if let Some(new) = old.and_then(|old| now(&old)) {
                let span = Span::new(start, start + name.len());
                edits.add(&file.uri, None, file.text(all.client.encoding), span, &paths::relative(folder, &new));
            }
            start += part.len();
        }
    }
}

fn file(uri: &str) -> Option<PathBuf> {
    convert::path(&Url::parse(uri).ok()?)
}

/// The target of a citation as it must be when files have their new names, with its place.
fn rewritten(
    citation: &Citation,
    cited: &CitationTarget,
    note: &str,
    text: &str,
    workspace: &Workspace,
    now: &dyn Fn(&str) -> Option<String>,
) -> Option<(Span, String)> {
    let target = citation.target.as_str();
    let new = match citation.kind {
        CitationKind::Link => {
            if target.is_empty() || target.contains("://") || target.starts_with('/') {
                return None;
            }
            let decoded = percent_decoded(target);
            let old = paths::join(paths::folder(note), &decoded)?;
            // Either the file moves or the note that links to it.
            let home = now(note).unwrap_or_else(|| note.to_owned());
            if now(&old).is_none() && home == note {
                return None;
            }
            let there = now(&old).unwrap_or_else(|| old.clone());
            if !workspace.root.join(&old).exists() {
                return None;
            }
            cite::encoded(&paths::relative(paths::folder(&home), &there), "/")
        }
        CitationKind::Key | CitationKind::BareKey | CitationKind::Wiki | CitationKind::Definition => {
            let CitationTarget::Sources(ids) = cited else { return None };
            let path = workspace.library.path(*ids.first()?);
            if workspace.library.entries().contains_key(target) {
                return None;
            }
            alike(target, path, &now(path)?).filter(|new| cite::is_writable(new))?
        }
        CitationKind::Footnote | CitationKind::Address => return None,
    };
    if new == target {
        return None;
    }
    let raw = citation.span.of(text);
    let at = citation.span.start + raw.rfind(&format!("]({target}")).map(|at| at + 2).or_else(|| raw.find(target))?;
    Some((Span::new(at, at + target.len()), new))
}

/// The new path, written as the old one was: as a name without extension, a name, or a path.
fn alike(target: &str, old: &str, new: &str) -> Option<String> {
    let without = |path: &str| path.rsplit_once('.').map_or(path.to_owned(), |(bare, _)| bare.to_owned());
    if target == paths::stem(old) {
        return Some(paths::stem(new).to_owned());
    }
    if target == paths::name(old) {
        return Some(paths::name(new).to_owned());
    }
    if target == old {
        return Some(new.to_owned());
    }
    (target == without(old)).then(|| without(new))
}
