//! `corroborate doctor`: what a maintainer needs to know of an installation and a workspace. No text of notes,
//! sources or settings, and names of files only if that is asked for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::index::megabytes;
use super::terminal::Terminal;
use super::{CLEAN, Failure, Root, read};
use crate::library::cache::{CacheFolder, VARIABLE};
use crate::library::paths;
use crate::message;
use crate::text::Untrusted;
use crate::workspace::Workspace;
use crate::workspace::settings::{self, Step};

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    root: Root,
    /// Name the files that were not read
    #[arg(long)]
    names: bool,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let problems = Mutex::new(Vec::new());
    let problem = |problem| problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    let workspace = read(&options.root.find(Path::new("."))?, Step::default(), &problem);
    let mut out = Terminal::open();
    let mut say = |what: &'static str, words: Untrusted| out.line(&message!("{}: {}", what, words));
    say("version", message!("{} {}", env!("CARGO_PKG_VERSION"), env!("CORROBORATE_CODE")))?;
    say("system", message!("{} {}", std::env::consts::OS, std::env::consts::ARCH))?;
    say("settings", of_settings(&workspace))?;
    say("library", of_library(&workspace))?;
    say("notes", message!("{}", workspace.files.notes.len()))?;
    say("cache", of_cache(&workspace))?;
    for problem in problems.into_inner().unwrap_or_else(PoisonError::into_inner) {
        say("cache", problem.to_string().into())?;
    }
    for unreadable in workspace.library.unreadable_files() {
        say("not read", message!("{}, {}", named(&unreadable.path, options.names), unreadable.reason))?;
    }
    for (path, notice) in workspace.library.notices() {
        say("notice", message!("{}, {}", named(path, options.names), notice))?;
    }
    Ok(CLEAN)
}

/// A file by its kind, or by its name.
fn named(path: &str, is_named: bool) -> Untrusted {
    match kind(path) {
        _ if is_named => Untrusted::of_line(path),
        Some(kind) => message!("a file .{}", kind),
        None => message!("a file"),
    }
}

fn kind(path: &str) -> Option<&str> {
    paths::name(path).rsplit_once('.').map(|(_, kind)| kind)
}

/// The places of mistakes and not their words, which are the file's.
fn of_settings(workspace: &Workspace) -> Untrusted {
    let is_there = workspace.root.join(settings::FILE_NAME).exists();
    let places = |lines: Vec<String>| if lines.is_empty() { "none".to_owned() } else { lines.join(", ") };
    let of_settings =
        workspace.mistakes.iter().map(|mistake| mistake.line.map_or("in the editor's".to_owned(), |line| format!("line {line}")));
    let of_list = workspace.store.mistakes.iter().map(|mistake| format!("line {}", mistake.line));
    message!(
        "{}; mistakes: {}; mistakes in the list of accepted findings: {}",
        if is_there { "a file" } else { "the defaults" },
        places(of_settings.collect()),
        places(of_list.collect())
    )
}

fn of_library(workspace: &Workspace) -> Untrusted {
    let library = &workspace.library;
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for id in library.ids() {
        *kinds.entry(kind(library.path(id)).unwrap_or("none")).or_default() += 1;
    }
    let kinds = kinds.into_iter().map(|(kind, count)| message!("{} .{}", count, kind));
    message!(
        "sources: {} ({}); sentences: {}; files not read: {}; bibliographies: {}, entries: {}",
        library.len(),
        Untrusted::joined(kinds, ", "),
        library.sentences(),
        library.unreadable_files().len(),
        workspace.files.bibliographies.len(),
        library.entries().len()
    )
}

/// Reads the whole index once.
fn of_cache(workspace: &Workspace) -> Untrusted {
    let cache: &CacheFolder = workspace.cache_folder();
    let place = match (cache.folder(), std::env::var_os(VARIABLE)) {
        (None, _) => return message!("this system names no folder for it"),
        (Some(_), Some(_)) => "in the folder that the environment names",
        (Some(_), None) => "in the user's folder",
    };
    let health = match &workspace.library.holdings().disk {
        None => "not in use",
        Some(_) if workspace.library.is_damaged() => "damaged: run “corroborate index”",
        Some(_) => "whole",
    };
    let access = match cache.lock() {
        Ok(Some(_)) => "can be written",
        Ok(None) => "another process is writing",
        Err(_) => "cannot be written",
    };
    message!("{}, {}, {}, {}", place, megabytes(cache.bytes()), health, access)
}
