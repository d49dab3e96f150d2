//! Settings: what `corroborate.toml`, an editor and the command line may say.
//!
//! [`table`] lists them all. They are read in layers: the defaults, then the user's own file, then what an editor gives,
//! then the workspace's file, so that the rules of a desk are the same for everyone, then the command line. What a
//! workspace must not decide counts in the user's own file alone.

mod layer;
pub mod model;
pub mod schema;
pub mod table;
mod user;

use std::collections::BTreeMap;
use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde_json::Value;

use crate::library::aliases::MOST_OTHERS;
use crate::library::files;
use crate::library::scan::Globs;
use crate::message;
use crate::rules::cite::Style;
use crate::rules::yardstick::Yardstick;
use crate::rules::{Level, Profile, Severities};
use crate::text::Untrusted;
use model::ModelSettings;

/// The settings file, at the root of a workspace.
pub const FILE_NAME: &str = "corroborate.toml";

/// A larger settings file is not read. In bytes. It is read in the server's own process: the parser goes no deeper
/// than 80 tables, and TOML has nothing that grows.
const LARGEST: u64 = 1 << 20;

/// What holds in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Globs of the files that can be evidence, relative to the root.
    pub sources: Vec<String>,
    /// Globs of the files that are checked; what is a source is never a note.
    pub notes: Vec<String>,
    /// Globs of the bibliographies; without it all that are found.
    pub bibliography: Option<Vec<String>>,
    /// Other names of the same thing: `"the Ministry" = "Ministry of Ports"`.
    pub aliases: BTreeMap<String, String>,
    /// Larger sources are not read, in MB.
    pub largest_source_mb: u32,
    /// How citations are written that a fix inserts; without it as the note's own.
    pub citation_style: Option<Style>,
    /// The words of likelihood that judgements have.
    pub yardstick: Yardstick,
    /// What editors show beside findings.
    pub code_lens: bool,
    pub inlay_hints: bool,
    pub semantic_tokens: bool,
    /// Who judges what claims mean.
    pub model: ModelSettings,
    /// What is said of rules, the last word last.
    pub steps: Vec<Step>,
}

/// What is said of rules, for all notes or for some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// `None` for all.
    pub notes: Option<Patterns>,
    pub profile: Option<Profile>,
    pub rules: BTreeMap<&'static str, Level>,
}

/// Globs that are ready to be used.
#[derive(Clone, Debug)]
pub struct Patterns {
    written: Vec<String>,
    set: GlobSet,
}

/// A mistake in the settings. What is wrong does not count, the rest does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line in the workspace's settings file, from one; `None` if it is not of that file.
    pub line: Option<usize>,
    pub message: Untrusted,
}

impl Mistake {
    /// What is said of a name with too many others, wherever these are given.
    pub(super) fn of_alias(name: &str) -> Self {
        let message = message!("“{}” has more than {} aliases; only the first count", name, MOST_OTHERS);
        Self { line: None, message }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let mut settings = Self {
            sources: Vec::new(),
            notes: Vec::new(),
            bibliography: None,
            aliases: BTreeMap::new(),
            largest_source_mb: 0,
            citation_style: None,
            yardstick: Yardstick::default(),
            code_lens: false,
            inlay_hints: false,
            semantic_tokens: false,
            model: ModelSettings::default(),
            steps: Vec::new(),
        };
        layer::of_client(&mut settings, &table::defaults());
        settings.steps.clear();
        settings
    }
}

impl Settings {
    /// What holds with this text of the user's own file, these settings of an editor's section `corroborate`, and this
    /// text of a settings file. The last wins for what it gives.
    #[must_use]
    pub fn layered(user: Option<&str>, client: Option<&Value>, file: Option<&str>) -> (Self, Vec<Mistake>) {
        let mut settings = Self::default();
        let mut mistakes = user.map_or_else(Vec::new, |text| layer::of_user(&mut settings, text));
        mistakes.extend(client.map_or_else(Vec::new, |given| layer::of_client(&mut settings, given)));
        mistakes.extend(file.map_or_else(Vec::new, |text| layer::of_file(&mut settings, text)));
        (settings, mistakes)
    }

    /// The settings of the workspace at `root`.
    #[must_use]
    pub fn load(root: &Path, client: Option<&Value>) -> (Self, Vec<Mistake>) {
        let (user, unread) = match user::read() {
            Some(Ok(text)) => (Some(text), None),
            Some(Err(reason)) => (None, Some(message!("your own settings: the file cannot be read: {}", reason))),
            None => (None, None),
        };
        let user = user.as_deref();
        let (settings, mut mistakes) = match files::read_text(root, FILE_NAME, LARGEST) {
            Ok(text) => Self::layered(user, client, Some(&text)),
            Err(refusal) if refusal.is_absence() => Self::layered(user, client, None),
            Err(refusal) => {
                let (settings, mut mistakes) = Self::layered(user, client, None);
                mistakes.push(Mistake { line: Some(1), message: message!("the file cannot be read: {}", refusal.to_string()) });
                (settings, mistakes)
            }
        };
        mistakes.extend(unread.map(|message| Mistake { line: None, message }));
        (settings, mistakes)
    }

    /// How bad what is found in a note is.
    #[must_use]
    pub fn severities(&self, note: &str) -> Severities {
        let steps = || self.steps.iter().filter(|step| step.notes.as_ref().is_none_or(|notes| notes.matches(note)));
        let profile = steps().filter_map(|step| step.profile).next_back();
        Severities::of(profile.unwrap_or_default(), steps().flat_map(|step| &step.rules).map(|(code, level)| (*code, *level)))
    }

    /// Larger sources are not read, in bytes.
    #[must_use]
    pub fn largest_source(&self) -> u64 {
        u64::from(self.largest_source_mb) << 20
    }

    /// The compiled globs. Settings that were read have valid ones.
    #[must_use]
    pub fn globs(&self) -> Globs {
        let defaults = Self::default();
        Globs::new(&self.sources, &self.notes, self.bibliography.as_deref())
            .or_else(|_| Globs::new(&defaults.sources, &defaults.notes, None))
            .expect("the default globs are valid")
    }
}

impl Patterns {
    pub fn new(globs: &[String]) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            set.add(Glob::new(glob.trim_start_matches("./"))?);
        }
        Ok(Self { written: globs.to_vec(), set: set.build()? })
    }

    fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}

impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Patterns {}

impl Mistake {
    /// With the place at which it stands.
    #[must_use]
    pub fn told(&self) -> Untrusted {
        match self.line {
            Some(line) => message!("{}:{}: {}", FILE_NAME, line, self.message),
            None => self.message.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_source_is_never_a_note() {
        let globs = Settings::default().globs();
        assert!(globs.is_source("sources/a/b.md") && !globs.is_note("sources/a/b.md"));
        assert!(globs.is_note("notes/a.md") && globs.is_note("a.md"));
    }
}
