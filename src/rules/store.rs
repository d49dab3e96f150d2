//! `corroborate-ignore.toml`: the findings that a desk accepts, with the reasons.
//!
//! Each entry is one line, and the lines are sorted, so that changes of two people merge. Every line is
//! read by itself: one that is wrong is told, and the others count.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::suppress::is_reason;
use super::{Edit, Finding, Fingerprint, Rule, Severities, no_rule, rule, suppression_without_reason, unused_suppression};
use crate::message;
use crate::text::{Span, Untrusted};

/// The file, at the root of a workspace.
pub const FILE_NAME: &str = "corroborate-ignore.toml";

/// A larger list is not read. In bytes.
pub const LARGEST: u64 = 8 << 20;

const HEADER: &str = "# Findings that are accepted, one a line. See docs/suppressions.md of corroborate.\n";

/// The findings that a desk accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// The text of the file, empty if there is none.
    pub text: String,
    entries: BTreeMap<Fingerprint, ListedEntry>,
    lines: BTreeMap<usize, Fingerprint>,
    /// Lines that are wrong, in order.
    pub mistakes: Vec<Mistake>,
}

/// An entry with the line on which it stands, from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    pub line: usize,
    pub entry: Entry,
}

/// Why a finding is accepted. The fingerprint alone decides which one it is; the rest is for people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub rule: String,
    /// Where it was found.
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub reason: String,
    /// The first words of what it is about.
    #[serde(default)]
    pub text: String,
}

/// A wrong line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From one.
    pub line: usize,
    pub message: Untrusted,
}

impl Mistake {
    /// With the place in the file.
    #[must_use]
    pub fn told(&self) -> Untrusted {
        self.told_of(FILE_NAME)
    }

    /// The same of another file that is written like this one.
    #[must_use]
    pub fn told_of(&self, file: &str) -> Untrusted {
        message!("{}:{}: {}", file, self.line, self.message)
    }
}

impl Store {
    /// Reads the text of the file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut store = Self { text: text.to_owned(), ..Self::default() };
        for (at, line) in text.lines().enumerate() {
            let line_number = at + 1;
            match listed(line) {
                Ok(None) => {}
                Ok(Some((fingerprint, entry))) => match store.entries.get(&fingerprint) {
                    Some(before) => {
                        let message = message!("this finding is on line {} already", before.line);
                        store.mistakes.push(Mistake { line: line_number, message });
                    }
                    None => {
                        store.entries.insert(fingerprint, ListedEntry { line: line_number, entry });
                        store.lines.insert(line_number, fingerprint);
                    }
                },
                Err(message) => store.mistakes.push(Mistake { line: line_number, message }),
            }
        }
        store
    }

    /// The store where the file is there and cannot be read.
    #[must_use]
    pub fn unreadable(why: String) -> Self {
        Self { mistakes: vec![Mistake { line: 1, message: message!("the file cannot be read: {}", why) }], ..Self::default() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is said of a finding, if it is accepted.
    #[must_use]
    pub fn entry(&self, fingerprint: Fingerprint) -> Option<&Entry> {
        self.entries.get(&fingerprint).map(|listed| &listed.entry)
    }

    /// What is said of its entries, with their lines. `used` are those that left out a finding, if all
    /// notes were checked.
    #[must_use]
    pub fn findings(&self, used: Option<&BTreeSet<Fingerprint>>, severities: &Severities) -> Vec<(usize, Finding)> {
        let finding = |rule: &Rule, message: &str| {
            let finding = rule.finding(Span::default(), message, None);
            severities.wants(rule.code).then(|| severities.applied(finding))
        };
        let mut found = Vec::new();
        for (fingerprint, ListedEntry { line, entry }) in self.entries() {
            let is_unused = used.is_some_and(|used| !used.contains(&fingerprint)) && severities.wants(&entry.rule);
            let unused = is_unused.then(|| finding(&unused_suppression::RULE, "No finding is ignored by this. Delete the line."));
            let is_unexplained = !is_reason(&entry.reason);
            let unexplained =
                is_unexplained.then(|| finding(&suppression_without_reason::RULE, "This does not say why. Write a reason."));
            found.extend(unused.into_iter().chain(unexplained).flatten().map(|finding| (*line, finding)));
        }
        found.sort_by_key(|(line, _)| *line);
        found
    }

    /// The entry on a line.
    #[must_use]
    pub fn on_line(&self, line: usize) -> Option<&Entry> {
        self.lines.get(&line).and_then(|fingerprint| self.entries.get(fingerprint)).map(|listed| &listed.entry)
    }

    /// All entries, in the order of the fingerprints.
    pub fn entries(&self) -> impl Iterator<Item = (Fingerprint, &ListedEntry)> {
        self.entries.iter().map(|(fingerprint, listed)| (*fingerprint, listed))
    }
}

/// The text of the file with an entry more, in its place.
#[must_use]
pub fn with(text: &str, fingerprint: Fingerprint, entry: &Entry) -> String {
    let Edit { span, text: line } = insertion(text, fingerprint, entry);
    format!("{}{line}{}", &text[..span.start], &text[span.end..])
}

/// The edit that puts an entry in its place. A line with the same fingerprint is replaced.
#[must_use]
pub fn insertion(text: &str, fingerprint: Fingerprint, entry: &Entry) -> Edit {
    let line = format!("{}\n", written(fingerprint, entry));
    if text.is_empty() {
        return Edit { span: Span::default(), text: format!("{HEADER}{line}") };
    }
    let lines = || {
        let ends = text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some((*end, line))
        });
        ends.map(|(end, line)| (Span::new(end - line.len(), end), line))
    };
    let known = |line: &str| listed(line.trim_end()).ok().flatten().map(|(fingerprint, _)| fingerprint);
    // People may have put it anywhere.
    let written = fingerprint.to_string();
    let mut same = lines().filter(|(_, line)| line.contains(&written) && known(line) == Some(fingerprint));
    if let Some((span, _)) = same.next() {
        return Edit { span, text: line };
    }
    match lines().find(|(_, line)| known(line).is_some_and(|known| known > fingerprint)) {
        Some((Span { start, .. }, _)) => Edit { span: Span::new(start, start), text: line },
        None => {
            let end = if text.ends_with('\n') { "" } else { "\n" };
            Edit { span: Span::new(text.len(), text.len()), text: format!("{end}{line}") }
        }
    }
}

/// The entry as its line.
fn written(fingerprint: Fingerprint, entry: &Entry) -> String {
    let Entry { rule, note, reason, text } = entry;
    let [rule, note, reason, text] = [rule, note, reason, text].map(|value| quoted(value));
    format!("\"{fingerprint}\" = {{ rule = {rule}, note = {note}, reason = {reason}, text = {text} }}")
}

/// A text as TOML has it, on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    toml::Value::from(text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

/// Whether a line is one that git leaves where a merge failed.
#[must_use]
fn is_left_over(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark))
}

/// What a line lists, of a file that has an entry a line behind a fingerprint. Empty lines and comments list nothing.
/// `form` says what an entry looks like.
pub fn entry_of_line<T: DeserializeOwned>(line: &str, form: &'static str) -> Result<Option<(Fingerprint, T)>, Untrusted> {
    if line.trim().is_empty() || line.trim_start().starts_with('#') {
        return Ok(None);
    }
    if is_left_over(line) {
        return Err(message!("this is left over from a merge"));
    }
    let read: BTreeMap<String, T> = toml::from_str(line).map_err(|error| message!("{}; {}", error.message(), form))?;
    let mut read = read.into_iter();
    let (Some((written, entry)), None) = (read.next(), read.next()) else { return Err(form.into()) };
    Ok(Some((fingerprint_of(&written, form)?, entry)))
}

pub fn fingerprint_of(written: &str, form: &'static str) -> Result<Fingerprint, Untrusted> {
    Fingerprint::parse(written).ok_or_else(|| message!("“{}” is no fingerprint; {}", written, form))
}

fn listed(line: &str) -> Result<Option<(Fingerprint, Entry)>, Untrusted> {
    const FORM: &str = "an entry is one line: \"fingerprint\" = { rule = \"…\", reason = \"…\" }";
    let Some((fingerprint, entry)) = entry_of_line::<Entry>(line, FORM)? else { return Ok(None) };
    if rule(&entry.rule).is_none() {
        return Err(message!("“{}” {}", entry.rule, no_rule(&entry.rule)));
    }
    Ok(Some((fingerprint, entry)))
}
