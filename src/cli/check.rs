//! `corroborate check`: notes in, findings out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::baseline::Baseline;
use super::outcome::Limits;
use super::terminal::Terminal;
use super::{CLEAN, FAILED, FINDINGS, Failure, Format, Report, Root, human, json, open_with};
use crate::rules::{self, Finding, Level, Profile, store};
use crate::workspace::settings::Step;
use crate::workspace::{self, CheckedNote, Workspace};
use crate::{message, standard_error};

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
    /// What the notes are meant for, whatever the settings say
    #[arg(long, value_name = "draft|release|icd203", value_parser = profile)]
    profile: Option<Profile>,
    /// How severe the findings of a rule are, whatever the settings say: error, warning, information,
    /// hint, off or default
    #[arg(long = "rule", value_name = "NAME=SEVERITY", value_parser = level)]
    rules: Vec<(&'static str, Level)>,
    #[command(flatten)]
    limits: Limits,
    /// Leave out the findings that are in this file, and say how many of them are gone
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found into the baseline, in place of what it says of these notes
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
}

fn profile(given: &str) -> Result<Profile, String> {
    Profile::of(given).ok_or_else(|| "it is draft, release or icd203".to_owned())
}

fn level(given: &str) -> Result<(&'static str, Level), String> {
    let (code, level) = given.split_once('=').ok_or("it is written NAME=SEVERITY")?;
    let rule = rules::rule(code).ok_or_else(|| format!("{code} {}", rules::no_rule(code)))?;
    let names = || Level::ALL.map(Level::name).join(", ");
    Ok((rule.code, Level::of(level).ok_or_else(|| format!("{level} is none of {}", names()))?))
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let said = Step { notes: None, profile: options.profile, rules: options.rules.iter().copied().collect() };
    // It is read first: without it there is no need to check anything.
    let baseline = match (&options.baseline, options.update_baseline) {
        (Some(file), false) => Some(Baseline::read(file)?),
        _ => None,
    };
    let Checked { workspace, mut report } = all(&options.paths, &options.root, said)?;
    if let (Some(file), true) = (&options.baseline, options.update_baseline) {
        return update(file, &report, &workspace);
    }
    report.baseline = baseline.map(|baseline| baseline.apply(&mut report, &workspace));
    report.failed = options.limits.reasons(&report);
    match options.format {
        Format::Human => human::print(&report, &workspace.reading(), options.limits.are_given())?,
        Format::Json => json::print(&report, &workspace.reading())?,
    }
    // What was not checked may hold anything, so no check of it is clean.
    if !report.unread.is_empty() {
        return Ok(FAILED);
    }
    Ok(if report.failed.is_empty() { CLEAN } else { FINDINGS })
}

/// Writes the baseline. Of notes that were not checked stays what it says.
fn update(file: &Path, report: &Report, workspace: &Workspace) -> Result<u8, Failure> {
    // What is written anew as a whole may have been broken or not there.
    let before = if report.are_all || !file.exists() { Baseline::default() } else { Baseline::read(file)? };
    let baseline = before.updated(report, workspace);
    baseline.write(file)?;
    let (found, plural) = (baseline.len(), if baseline.len() == 1 { "" } else { "s" });
    Terminal::open().line(&message!("{}: {} finding{}", file.to_string_lossy(), found, plural))?;
    Ok(if report.unread.is_empty() { CLEAN } else { FAILED })
}

/// Notes that were checked, in their workspace.
pub struct Checked {
    pub workspace: Arc<Workspace>,
    pub report: Report,
}

/// Checks the notes that the paths name. What cannot be read is said.
pub fn all(paths: &[PathBuf], root: &Root, said: Step) -> Result<Checked, Failure> {
    let here = Path::new(".");
    let is_given = root.is_given();
    let root = root.find(paths.first().map_or(here, PathBuf::as_path))?;
    let paths = match (paths, is_given) {
        ([], true) => vec![root.clone()],
        ([], false) => vec![here.to_owned()],
        (paths, _) => paths.to_vec(),
    };
    let workspace = open_with(&root, said);
    let (mut notes, mut unread) = (Vec::new(), Vec::new());
    for path in note_paths(&paths, &workspace)? {
        let text = match workspace.read_note(&path) {
            Ok(text) => text,
            Err(refusal) => {
                standard_error::say(&message!("{} was not read: {}", path, refusal.to_string()));
                unread.push((path, refusal));
                continue;
            }
        };
        let Ok(checked) = workspace::check(&text, &path, &workspace, &|| false) else { continue };
        notes.push(CheckedNote { path, text, checked });
    }
    let are_all = are_all(&notes, &workspace);
    let of_store = of_store(&notes, are_all, &workspace);
    let mut report = Report { of_store, notes, unread, are_all, baseline: None, failed: Vec::new() };
    report.failed = Limits::default().reasons(&report);
    Ok(Checked { workspace, report })
}

/// What is said of the list of findings that the desk accepts. An entry that none of the notes needs is
/// told if these are all notes.
fn of_store(notes: &[CheckedNote], are_all: bool, workspace: &Workspace) -> Vec<(usize, Finding)> {
    let used = notes.iter().flat_map(|note| note.checked.ignored.entries.iter().copied()).collect();
    workspace.store.findings(are_all.then_some(&used), &workspace.settings.severities(store::FILE_NAME))
}

fn are_all(notes: &[CheckedNote], workspace: &Workspace) -> bool {
    let checked: BTreeSet<&String> = notes.iter().map(|note| &note.path).collect();
    workspace.is_all_known() && workspace.files.notes.iter().all(|note| checked.contains(note))
}

/// The notes that the paths name, relative to the root, each once.
fn note_paths(paths: &[PathBuf], workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let mut found: Vec<String> = Vec::new();
    for path in paths {
        let full = path.canonicalize().map_err(|error| Failure(message!("{}: {}", path.to_string_lossy(), error.to_string())))?;
        let name = workspace.name_of(&full).ok_or_else(|| outside(path, workspace))?;
        if full.is_dir() {
            let below = |note: &&String| name.is_empty() || note.starts_with(&format!("{name}/"));
            found.extend(workspace.files.notes.iter().filter(below).cloned());
        } else if workspace.is_source(&name) {
            return Err(Failure(message!("{}: a source, not a note", name)));
        } else if !workspace.is_note(&name) && workspace.concerns_library(&name) {
            return Err(Failure(message!("{}: a bibliography or settings, not a note", name)));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn outside(path: &Path, workspace: &Workspace) -> Failure {
    Failure(message!("{} is not below the workspace's folder {}", path.to_string_lossy(), workspace.root.to_string_lossy()))
}
