//! Floor 5: rules turn verdicts into findings, in words for people.
//!
//! One file per rule, one table that lists them. A rule is a pure function; it knows nothing of
//! editors. Each has a page in `docs/rules/`.

mod broken_anchor;
pub mod cite;
mod contradicted_claim;
mod dropped_attribution;
mod fix;
mod misattributed_quote;
mod misquote;
mod missing_citation;
mod name_conflict;
mod number_conflict;
mod overclaim;
mod partly_supported_claim;
mod unknown_citation;
mod unreadable_source;
mod unsourced_quote;
mod unsupported_claim;
mod unsupporting_citation;
mod wording;
mod wrong_citation;

pub use fix::{Edit, Fix};
pub use unreadable_source::on_file as unreadable_file;

use crate::library::places;
use crate::library::resolve::Cited;
use crate::library::{SourceId, View};
use crate::note::{Citation, Note, Sentence};
use crate::text::Span;
use crate::verify::Verification;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Information,
    Hint,
}

impl Severity {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }
}

/// A place in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub source: SourceId,
    pub span: Span,
}

/// What a rule says about words of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    /// Only the words that are meant, in the note.
    pub span: Span,
    /// What the note says, what the source says, and where.
    pub message: String,
    /// The passage that the message is about.
    pub place: Option<Place>,
    /// Edits that would resolve it, the most likely first.
    pub fixes: Vec<Fix>,
}

/// A note with everything that is known about it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its name, relative to the root.
    pub path: &'a str,
    pub text: &'a str,
    pub note: &'a Note,
    /// In the order of the note's sentences; `None` for those that assert nothing.
    pub verifications: &'a [Option<Verification>],
    /// In the order of the note's citations.
    pub cited: &'a [Cited],
    pub library: &'a View<'a>,
    /// Whether the desk wants every supported sentence to cite its source.
    pub wants_citations: bool,
    /// How the desk wants citations to be written; `None`: as the note has them.
    pub citation_style: Option<cite::Style>,
}

impl<'a> Subject<'a> {
    /// The sentences that were judged, with the judgement.
    fn judged(&self) -> impl Iterator<Item = (&'a Sentence, &'a Verification)> + use<'a> {
        self.note.sentences.iter().zip(self.verifications).filter_map(|(s, v)| v.as_ref().map(|v| (s, v)))
    }

    /// The citations of a sentence that say where in a source, with that source. A footnote says
    /// it in its definition.
    fn pointing(&self, sentence: &Sentence) -> Vec<(&'a Citation, SourceId)> {
        let inside = sentence.citations.iter().flat_map(|at| places::pointing(self.note, *at));
        inside
            .flat_map(|at| match &self.cited[at] {
                Cited::Sources(ids) => ids.iter().map(|id| (&self.note.citations[at], *id)).collect(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// Whether a sentence cites a file that may say it, but cannot be read.
    fn cites_unreadable(&self, sentence: &Sentence) -> bool {
        sentence.citations.iter().any(|at| matches!(self.cited[*at], Cited::Unreadable(_)))
    }

    /// The citations of a sentence with the sources that they lead to.
    fn cited_sources(&self, sentence: &'a Sentence) -> impl Iterator<Item = (&'a Citation, SourceId)> + use<'a> {
        let (note, cited) = (self.note, self.cited);
        sentence.citations.iter().flat_map(move |at| match &cited[*at] {
            Cited::Sources(ids) => ids.iter().map(|id| (&note.citations[*at], *id)).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
    }
}

/// A rule.
pub struct Rule {
    pub code: &'static str,
    pub severity: Severity,
    /// One line for lists of rules.
    pub summary: &'static str,
    /// Silent unless the workspace asks for it.
    pub is_optional: bool,
    check: fn(&Subject<'_>, &Rule) -> Vec<Finding>,
}

/// Every rule, in the order of their codes.
pub const RULES: &[Rule] = &[
    broken_anchor::RULE,
    contradicted_claim::RULE,
    dropped_attribution::RULE,
    misattributed_quote::RULE,
    misquote::RULE,
    missing_citation::RULE,
    name_conflict::RULE,
    number_conflict::RULE,
    overclaim::RULE,
    partly_supported_claim::RULE,
    unknown_citation::RULE,
    unreadable_source::RULE,
    unsourced_quote::RULE,
    unsupported_claim::RULE,
    unsupporting_citation::RULE,
    wrong_citation::RULE,
];

/// Rules that say what no source says, or that there is no such source. While sources are still
/// being read for the first time they must wait.
const OF_ABSENCE: [&str; 5] =
    ["partly-supported-claim", "unknown-citation", "unsourced-quote", "unsupported-claim", "unsupporting-citation"];

/// All findings of a note, in the order of its text.
#[must_use]
pub fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = RULES
        .iter()
        .filter(|rule| !rule.is_optional || subject.wants_citations)
        .filter(|rule| !subject.library.is_partial() || !OF_ABSENCE.contains(&rule.code))
        .flat_map(|rule| (rule.check)(subject, rule))
        .collect();
    found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    found
}

impl Finding {
    fn with_fixes(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        Self { fixes: fixes.into_iter().collect(), ..self }
    }
}

impl Rule {
    fn finding(&self, span: Span, message: String, place: Option<Place>) -> Finding {
        Finding { code: self.code, severity: self.severity, span, message, place, fixes: Vec::new() }
    }
}

/// Where the page of a rule can be read.
#[must_use]
pub fn page(code: &str) -> String {
    format!("{}/blob/main/docs/rules/{code}.md", env!("CARGO_PKG_REPOSITORY"))
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn every_rule_has_a_page_and_the_table_is_sorted() {
        assert!(RULES.is_sorted_by_key(|rule| rule.code));
        for rule in RULES {
            let page = format!("{}/docs/rules/{}.md", env!("CARGO_MANIFEST_DIR"), rule.code);
            let text = std::fs::read_to_string(&page).unwrap_or_default();
            assert!(text.starts_with(&format!("# {}", rule.code)), "{page} is missing");
            assert!(text.contains(rule.severity.name()), "{page} does not say how severe it is");
        }
    }
}
