//! Settings: the one place that knows what `corroborate.toml` may say.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;

use crate::library::scan::{Globs, LARGEST_SOURCE};
use crate::rules::cite::Style;
use crate::text::{LineIndex, Span};

/// The settings file, at the root of a workspace.
pub const FILE_NAME: &str = "corroborate.toml";

/// What a workspace can say about itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    #[serde(rename = "largest-source")]
    pub largest_source_mb: u32,
    /// Whether `missing-citation` tells of supported sentences that cite nothing.
    #[serde(rename = "missing-citation")]
    pub missing_citation: bool,
    /// How citations are written that a fix inserts; without it as the note's own.
    #[serde(rename = "citation-style")]
    pub citation_style: Option<Style>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sources: vec!["sources/**".to_owned()],
            notes: vec!["**/*.md".to_owned(), "**/*.markdown".to_owned()],
            bibliography: None,
            aliases: BTreeMap::new(),
            largest_source_mb: (LARGEST_SOURCE >> 20) as u32,
            missing_citation: false,
            citation_style: None,
        }
    }
}

/// A mistake in the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// One-based.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FILE_NAME}:{}: {}; the defaults are used", self.line, self.message)
    }
}

impl Settings {
    /// The settings of a workspace; the defaults where there is no file or a mistake in it.
    #[must_use]
    pub fn load(root: &Path) -> (Self, Option<SettingsError>) {
        let parsed = match std::fs::read_to_string(root.join(FILE_NAME)) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Self::default(), None),
            Err(error) => Err(SettingsError { line: 1, message: error.to_string() }),
        };
        match parsed {
            Ok(settings) => (settings, None),
            Err(error) => (Self::default(), Some(error)),
        }
    }

    /// Larger sources are not read, in bytes.
    #[must_use]
    pub fn largest_source(&self) -> u64 {
        u64::from(self.largest_source_mb) << 20
    }

    /// Reads the text of a settings file.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let settings: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = error.message().lines().collect::<Vec<_>>().join(" ");
            SettingsError { line: LineIndex::new(text).line(at) + 1, message }
        })?;
        for pattern in settings.sources.iter().chain(&settings.notes).chain(settings.bibliography.iter().flatten()) {
            if let Err(error) = Globs::new(std::slice::from_ref(pattern), &[], None) {
                let at = text.find(pattern.as_str()).map_or(0, |at| Span::new(at, at).start);
                return Err(SettingsError { line: LineIndex::new(text).line(at) + 1, message: error.to_string() });
            }
        }
        Ok(settings)
    }

    /// The compiled globs. Settings that were parsed have valid ones.
    #[must_use]
    pub fn globs(&self) -> Globs {
        let defaults = Self::default();
        Globs::new(&self.sources, &self.notes, self.bibliography.as_deref())
            .or_else(|_| Globs::new(&defaults.sources, &defaults.notes, None))
            .expect("the default globs are valid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_its_line_and_what_is_allowed() {
        let error = Settings::parse("notes = [\"*.md\"]\nsuorces = [\"a/**\"]\n").unwrap_err();
        expect_test::expect!["corroborate.toml:2: unknown field `suorces`, expected one of `sources`, `notes`, `bibliography`, `aliases`, `largest-source`, `missing-citation`, `citation-style`; the defaults are used"]
            .assert_eq(&error.to_string());
        let error = Settings::parse("\n\nsources = \"a\"\n").unwrap_err();
        expect_test::expect![[r#"corroborate.toml:3: invalid type: string "a", expected a sequence; the defaults are used"#]]
            .assert_eq(&error.to_string());
        let error = Settings::parse("sources = [\"a/**\",\n \"b/[\"]").unwrap_err();
        expect_test::expect![
            "corroborate.toml:2: error parsing glob 'b/[': unclosed character class; missing ']'; the defaults are used"
        ]
        .assert_eq(&error.to_string());
    }

    #[test]
    fn what_is_a_source_is_never_a_note() {
        let globs = Settings::default().globs();
        assert!(globs.is_source("sources/a/b.md") && !globs.is_note("sources/a/b.md"));
        assert!(globs.is_note("notes/a.md") && globs.is_note("a.md"));
    }
}
