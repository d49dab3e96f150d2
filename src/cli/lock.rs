//! `corroborate lock`: writes down what bears the cited claims out, and in which state of the sources.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::check::{self, Checked};
use super::terminal::Terminal;
use super::{CLEAN, FAILED, FINDINGS, Failure, Root, write_whole};
use crate::library::files;
use crate::message;
use crate::rules::CitedNote;
use crate::rules::evidence_changed::{cited, fingerprint};
use crate::rules::lock::{self, LockEntry, LockKey, LockedPassage};
use crate::text::words::counted;
use crate::workspace::settings::Step;
use crate::workspace::{CheckedNote, Reading};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Notes, or folders with notes; all notes of --root without one, else those here
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    root: Root,
    /// Write nothing, and fail if there is something to write
    #[arg(long)]
    check: bool,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let Checked { workspace, report } = check::all(&options.paths, &options.root, Step::default())?;
    if let Some(why) = &workspace.lock.unreadable {
        return Err(Failure(message!("{}: {}", lock::FILE_NAME, why)));
    }
    let reading = workspace.reading();
    let checked: BTreeSet<&String> = report.notes.iter().map(|note| &note.path).collect();
    let mut entries: Vec<(LockKey, LockEntry)> = report.notes.iter().flat_map(|note| of_note(note, &reading)).collect();
    let citations = entries.len();
    // Of notes that were not checked stays what was locked.
    let is_kept = |key: &LockKey| !checked.contains(&key.note) && files::is_there(&workspace.root, &key.note);
    entries.extend(workspace.lock.entries().filter(|(key, _)| is_kept(key)).map(|(key, entry)| (key.clone(), entry.clone())));
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    entries.dedup_by(|a, b| a.0 == b.0);
    let before: Vec<(LockKey, LockEntry)> = workspace.lock.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect();
    let known = |key: &LockKey| before.binary_search_by(|(known, _)| known.cmp(key)).ok().map(|at| &before[at].1);
    let new = entries.iter().filter(|(key, _)| known(key).is_none()).count();
    let changed = entries.iter().filter(|(key, entry)| known(key).is_some_and(|known| known != entry)).count();
    let gone = before.len() + new - entries.len();
    let is_same = new + changed + gone == 0 && workspace.lock.mistakes.is_empty();
    let file = workspace.root.join(lock::FILE_NAME);
    if !options.check && (!is_same || !file.exists()) {
        write_whole(&file, lock::text(entries.iter().map(|(key, entry)| (key, entry))).as_bytes())?;
    }
    let (of_notes, of_citations) = (counted(report.notes.len(), "note"), counted(citations, "citation"));
    let mut out = Terminal::open();
    out.line(&message!(
        "{}: {} in {}; {} new, {} changed, {} gone",
        lock::FILE_NAME,
        of_citations,
        of_notes,
        new,
        changed,
        gone
    ))?;
    let is_stale = options.check && !is_same;
    if is_stale {
        out.line(&message!("The lock is not up to date: “corroborate lock” writes it."))?;
    }
    Ok(match (report.unread.is_empty(), is_stale) {
        (false, _) => FAILED,
        (true, true) => FINDINGS,
        (true, false) => CLEAN,
    })
}

/// What is locked of a note: for each claim that cites, and each source that it cites.
fn of_note(note: &CheckedNote, workspace: &Reading<'_>) -> Vec<(LockKey, LockEntry)> {
    let checked = &note.checked;
    let severities = workspace.settings.severities(&note.path);
    let of =
        CitedNote::new(&note.path, &note.text, &checked.note, &checked.cited, &severities, None, &workspace.settings.yardstick);
    let mut entries = Vec::new();
    for (at, judged) in checked.verifications.iter().enumerate() {
        let Some(judged) = judged else { continue };
        for (_, id) in cited(&of, at) {
            let source = workspace.library.source(id);
            let Some(sum) = workspace.sum_of(id) else { continue };
            let evidence = judged.supporting().find(|evidence| evidence.source == id).filter(|_| judged.is_borne_out());
            let passage = evidence.and_then(|evidence| {
                let words = evidence.span.of(&source.layout.visible);
                LockedPassage::of(words, workspace.library.place(id, evidence.span.start).plain().to_owned())
            });
            let key = LockKey { claim: fingerprint(&of, at), note: note.path.clone(), source: source.path.clone() };
            entries.push((key, LockEntry { sum, verdict: judged.verdict.name().to_owned(), passage }));
        }
    }
    entries
}
