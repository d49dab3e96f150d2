//! The baseline of `corroborate check`: the findings that are known, so that only new ones count.
//!
//! Each entry is one line, and the lines are sorted, as in `corroborate-ignore.toml`. It says how often a finding is in a
//! note, so that one more of it is new. A baseline that is not whole would let findings through or tell old ones as new, so
//! unlike the other lists it is refused as a whole if a line is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;

use super::{Failure, Report, write_whole};
use crate::library::files;
use crate::message;
use crate::rules::store::{self, entry_of_line, quoted};
use crate::rules::{Finding, Fingerprint};
use crate::text::Untrusted;
use crate::text::words::readable;
use crate::workspace::{CheckedNote, Findings, PartFindings, Workspace};

/// A larger baseline is not read. In bytes.
const LARGEST: u64 = 8 << 20;

const HEADER: &str =
    "# Findings that are known, one a line. `corroborate check --update-baseline` writes it. See docs/team.md of corroborate.\n";

/// What a finding is known by, and the note (or list) in which it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    fingerprint: Fingerprint,
    rule: String,
    note: String,
}

/// How often it is there, and its first words for people.
#[derive(Clone, Debug)]
struct Known {
    count: usize,
    text: String,
}

/// Known findings.
#[derive(Debug, Default)]
pub struct Baseline(BTreeMap<Key, Known>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: String,
    note: String,
    count: usize,
    #[serde(default)]
    text: String,
}

/// What came of a baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many findings are in it.
    pub known: usize,
    /// How many of its findings are no longer there, in the notes that were checked.
    pub gone: usize,
}

impl Baseline {
    /// Reads a file that the user names.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let name = file.to_string_lossy();
        let failed = |error: std::io::Error| {
            let advice = if error.kind() == std::io::ErrorKind::NotFound { "; --update-baseline writes it" } else { "" };
            Failure(message!("{}: the baseline cannot be read: {}{}", name, error.to_string(), advice))
        };
        let mut bytes = Vec::new();
        std::fs::File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Failure(message!("{}: the baseline is larger than {} MB", name, (LARGEST >> 20).to_string())));
        }
        let text = String::from_utf8(bytes).map_err(|_| Failure(message!("{}: the baseline is not UTF-8 text", name)))?;
        Self::parse(&text).map_err(|(line, why)| Failure(message!("{}:{}: the baseline is broken: {}", name, line, why)))
    }

    /// With the number of the first wrong line.
    fn parse(text: &str) -> Result<Self, (usize, Untrusted)> {
        let mut baseline = Self::default();
        for (at, line) in text.lines().enumerate() {
            let Some((key, known)) = listed(line).map_err(|why| (at + 1, why))? else { continue };
            // Two people may have written down the same finding.
            let most = baseline.0.get(&key).map_or(0, |before| before.count).max(known.count);
            baseline.0.insert(key, Known { count: most, ..known });
        }
        Ok(baseline)
    }

    /// The baseline with what was found now, and what it says of notes that are there and were not checked.
    pub fn updated(mut self, report: &Report, workspace: &Workspace) -> Self {
        let checked = checked(report);
        self.0.retain(|key, _| !checked.contains(key.note.as_str()) && is_there(&key.note, workspace));
        each(report, workspace, |key, text| {
            self.0.entry(key).or_insert_with(|| Known { count: 0, text: first_words(text) }).count += 1;
        });
        self
    }

    pub fn write(&self, file: &Path) -> Result<(), Failure> {
        let lines = self.0.iter().map(|(Key { fingerprint, rule, note }, Known { count, text })| {
            let [rule, text] = [rule, text].map(|value| quoted(value));
            let note = toml::Value::from(note.as_str());
            format!("\"{fingerprint}\" = {{ rule = {rule}, note = {note}, count = {count}, text = {text} }}\n")
        });
        let text: String = std::iter::once(HEADER.to_owned()).chain(lines).collect();
        write_whole(file, text.as_bytes())
    }

    /// How many findings it has.
    pub fn len(&self) -> usize {
        self.0.values().map(|known| known.count).sum()
    }

    /// Takes out of what was found what is known. What is known of notes that are gone may be in others now.
    pub fn apply(self, report: &mut Report, workspace: &Workspace) -> Compared {
        let checked: BTreeSet<String> = checked(report).into_iter().map(str::to_owned).collect();
        let mut homeless: BTreeMap<(Fingerprint, String), usize> = BTreeMap::new();
        let mut left: BTreeMap<Key, usize> = BTreeMap::new();
        for (key, known) in self.0 {
            if checked.contains(&key.note) || is_there(&key.note, workspace) {
                left.insert(key, known.count);
            } else {
                *homeless.entry((key.fingerprint, key.rule)).or_default() += known.count;
            }
        }
        let mut compared = Compared::default();
        let mut is_known = |key: Key| {
            let own = left.get_mut(&key).filter(|count| **count > 0);
            let count = own.or_else(|| homeless.get_mut(&(key.fingerprint, key.rule)).filter(|count| **count > 0));
            count.map(|count| *count -= 1).inspect(|()| compared.known += 1).is_some()
        };
        for note in &mut report.notes {
            let new: Vec<Finding> = note.checked.findings.iter().filter(|it| !is_known(key(it, note))).cloned().collect();
            note.checked.findings = Findings::of(vec![PartFindings { findings: new.into(), start: 0, line: 0 }]);
        }
        report.of_store.retain(|(line, finding)| !is_known(key_of_store(*line, finding, workspace)));
        let is_checked = |key: &Key| checked.contains(&key.note);
        compared.gone = left.iter().filter(|(key, _)| is_checked(key)).map(|(_, count)| *count).sum();
        // Notes that are gone took theirs with them, unless only some notes were checked: it may be in the others.
        if report.are_all {
            compared.gone += homeless.values().sum::<usize>();
        }
        compared
    }
}

/// What a line lists. Empty lines and comments list nothing.
fn listed(line: &str) -> Result<Option<(Key, Known)>, Untrusted> {
    const FORM: &str = "an entry is one line that --update-baseline writes";
    let Some((fingerprint, entry)) = entry_of_line(line, FORM)? else { return Ok(None) };
    let Written { rule, note, count, text } = entry;
    // A rule of a later version is no mistake.
    Ok(Some((Key { fingerprint, rule, note }, Known { count: count.min(usize::MAX >> 32), text })))
}

/// The files of which a whole baseline knows what is found now.
fn checked(report: &Report) -> BTreeSet<&str> {
    let list = Some(store::FILE_NAME).filter(|_| report.are_all);
    report.notes.iter().map(|note| note.path.as_str()).chain(list).collect()
}

fn is_there(note: &str, workspace: &Workspace) -> bool {
    files::is_there(&workspace.root, note)
}

/// All that was found, with the words that it is about.
fn each(report: &Report, workspace: &Workspace, mut tell: impl FnMut(Key, &str)) {
    for note in &report.notes {
        for finding in &note.checked.findings {
            let sentence = note.checked.at(finding.span.start).map_or(finding.span, |(sentence, _)| sentence.span);
            tell(key(finding, note), sentence.of(&note.text));
        }
    }
    for (line, finding) in &report.of_store {
        tell(key_of_store(*line, finding, workspace), workspace.store.on_line(*line).map_or("", |entry| &entry.text));
    }
}

/// What is said of a directive has no fingerprint of its own.
fn key(finding: &Finding, note: &CheckedNote) -> Key {
    let is_known = finding.fingerprint != Fingerprint::default();
    let own = || Fingerprint::of(finding.code, finding.span.of(&note.text));
    let fingerprint = if is_known { finding.fingerprint } else { own() };
    Key { fingerprint, rule: finding.code.to_owned(), note: note.path.clone() }
}

fn key_of_store(line: usize, finding: &Finding, workspace: &Workspace) -> Key {
    let about = workspace.store.on_line(line).map(|entry| format!("{} {}", entry.rule, entry.text)).unwrap_or_default();
    let fingerprint = Fingerprint::of(finding.code, &about);
    Key { fingerprint, rule: finding.code.to_owned(), note: store::FILE_NAME.to_owned() }
}

fn first_words(text: &str) -> String {
    const MOST: usize = 60;
    let text = readable(text);
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].rsplit_once(' ').map_or(&text[..at], |(words, _)| words)),
        None => text,
    }
}
