//! Floor 5: rules turn verdicts into findings, in words for people.
//!
//! One file per rule, one table that lists them. A rule is a pure function; it knows nothing of
//! editors. Each has a page in `docs/rules/`.

mod bare_confidence;
mod bare_judgement;
mod broken_anchor;
pub mod cite;
mod cited_note;
mod conflicting_sources;
mod conflicts;
mod contradicted_claim;
pub mod descriptor;
mod dropped_attribution;
mod estimates;
pub mod evidence_changed;
mod fingerprint;
mod fix;
mod grounds;
mod invalid_suppression;
mod likelihood_word;
pub mod lock;
mod misattributed_quote;
mod misquote;
mod missing_citation;
mod mixed_confidence;
mod name_conflict;
mod number_conflict;
pub mod offer;
mod overclaim;
mod partly_supported_claim;
mod severities;
mod single_origin;
pub mod source_list;
mod stale_evidence;
pub mod store;
pub mod suppress;
mod suppression_without_reason;
mod too_long;
mod unknown_citation;
mod unreadable_source;
mod unsourced_quote;
mod unsupported_claim;
mod unsupporting_citation;
mod unused_suppression;
mod vague_number;
mod view;
mod wording;
mod wrong_citation;
pub mod yardstick;

pub use broken_anchor::bears_out;
pub use cited_note::CitedNote;
pub use fingerprint::Fingerprint;
pub use fix::{Edit, Fix};
pub use severities::{Level, Profile, Severities};
pub use too_long::on_note;
pub use unreadable_source::on_file as unreadable_file;
pub use view::{CitationView, SentenceView};

use std::ops::Deref;
use std::sync::Arc;

use suppress::Suppression;

use crate::library::{SourceId, View};
use crate::text::{Span, Untrusted, spelling};
use crate::verify::{Confidence, Evidence, Verification};

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

impl Finding {
    /// The finding with this severity if it is sure, and with less if it is not.
    fn with_confidence(self, confidence: Confidence, sure: Severity) -> Self {
        let severity = match confidence {
            Confidence::Sure => sure,
            Confidence::Likely => Severity::Information,
            Confidence::Unsure => Severity::Hint,
        };
        Self { severity, ..self }
    }
}

impl From<&Evidence> for Place {
    fn from(evidence: &Evidence) -> Self {
        Self { source: evidence.source, span: evidence.span }
    }
}

/// What a rule says about words of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    /// Only the words that are meant, in the note.
    pub span: Span,
    /// What the note says, what the source says, and where.
    pub message: Untrusted,
    /// The passage that the message is about.
    pub place: Option<Place>,
    /// Edits that would resolve it, the most likely first.
    pub fixes: Vec<Fix>,
    /// What it is known by, whatever changes around it.
    pub fingerprint: Fingerprint,
}

/// A verification of a sentence, which may be shared by notes that have the sentence.
#[derive(Clone, Debug)]
pub struct ClaimVerification {
    /// Its spans of the claim count from `start`.
    pub verification: Arc<Verification>,
    /// Where the text of the claim begins in the note.
    pub start: usize,
}

impl ClaimVerification {
    /// The verification with spans that count from a place at or before the claim.
    #[must_use]
    pub fn seen_from(&self, place: usize) -> Verification {
        self.verification.shifted(self.start - place)
    }
}

impl Deref for ClaimVerification {
    type Target = Verification;

    fn deref(&self) -> &Verification {
        &self.verification
    }
}

/// A rule.
pub struct Rule {
    pub code: &'static str,
    pub severity: Severity,
    /// One line for lists of rules.
    pub summary: &'static str,
    /// The first profile that asks for it. After `draft` it is off before that one, and a warning from there on.
    pub profile: Profile,
    /// It says what no source says, or that there is no such source. While sources are still being read for
    /// the first time it must wait.
    pub is_of_absence: bool,
    /// The first fix of its findings puts back what the source has and changes nothing that the note says of
    /// the world.
    pub has_safe_fix: bool,
    /// Its findings are words that do nothing.
    pub is_superfluous: bool,
    check: Check,
}

type CheckSentence = fn(&SentenceView<'_>, &Rule, &Verification) -> Vec<Finding>;
type CheckCitation = fn(&CitationView<'_>, &Rule) -> Vec<Finding>;
type CheckDirective = fn(&Rule, &Suppression<'_>) -> Vec<Finding>;

/// What a rule looks at, one after the other.
enum Check {
    /// The sentences that were judged, with the judgement.
    Sentence(CheckSentence),
    /// The citations, with what they lead to.
    Citation(CheckCitation),
    Both(CheckCitation, CheckSentence),
    /// The directives, with what they were good for.
    Directive(CheckDirective),
    /// What was locked, beside all others: see [`evidence_changed::findings`].
    Locked,
}

/// Every rule, in the order of their codes.
pub const RULES: &[Rule] = &[
    bare_confidence::RULE,
    bare_judgement::RULE,
    broken_anchor::RULE,
    conflicting_sources::RULE,
    contradicted_claim::RULE,
    dropped_attribution::RULE,
    evidence_changed::RULE,
    invalid_suppression::RULE,
    likelihood_word::RULE,
    misattributed_quote::RULE,
    misquote::RULE,
    missing_citation::RULE,
    mixed_confidence::RULE,
    name_conflict::RULE,
    number_conflict::RULE,
    overclaim::RULE,
    partly_supported_claim::RULE,
    single_origin::RULE,
    stale_evidence::RULE,
    suppression_without_reason::RULE,
    too_long::RULE,
    unknown_citation::RULE,
    unreadable_source::RULE,
    unsourced_quote::RULE,
    unsupported_claim::RULE,
    unsupporting_citation::RULE,
    unused_suppression::RULE,
    vague_number::RULE,
    wrong_citation::RULE,
];

/// All findings of a note, in the order of its text.
#[must_use]
pub fn findings(note: &CitedNote<'_>, verifications: &[Option<ClaimVerification>], library: &View<'_>) -> Vec<Finding> {
    let judged = verifications.iter().enumerate().filter_map(|(at, v)| Some((at, v.as_ref()?)));
    let of_sentences = judged.flat_map(|(at, v)| {
        let from = note.surroundings(at).start;
        shifted(of_sentence(&note.sentence(at, library), &v.seen_from(from), note.severities), from)
    });
    let claims = note.claims();
    let of_citations = claims.iter().enumerate().flat_map(|(at, claims)| {
        let view = note.citation(at, claims, verifications, library);
        shifted(of_citation(&view, note.severities), note.note.citations[at].span.start)
    });
    in_order(of_sentences.chain(of_citations).collect())
}

fn shifted(found: Vec<Finding>, by: usize) -> impl Iterator<Item = Finding> {
    found.into_iter().map(move |finding| finding.shifted(by))
}

/// What all rules say of a sentence that was judged. All spans count from the beginning of its view.
#[must_use]
pub fn of_sentence(view: &SentenceView<'_>, verification: &Verification, severities: &Severities) -> Vec<Finding> {
    let words = view.words.of(view.visible);
    let checks = rules(view.library, severities).filter_map(|rule| match rule.check {
        Check::Sentence(check) | Check::Both(_, check) => Some(about(words, check(view, rule, verification))),
        Check::Citation(_) | Check::Directive(_) | Check::Locked => None,
    });
    checks.flatten().map(|finding| severities.applied(finding)).collect()
}

/// What all rules say of a citation. All spans count from its beginning.
#[must_use]
pub fn of_citation(view: &CitationView<'_>, severities: &Severities) -> Vec<Finding> {
    let words = view.citation.with_locator();
    let checks = rules(view.library, severities).filter_map(|rule| match rule.check {
        Check::Citation(check) | Check::Both(check, _) => Some(about(words, check(view, rule))),
        Check::Sentence(_) | Check::Directive(_) | Check::Locked => None,
    });
    checks.flatten().map(|finding| severities.applied(finding)).collect()
}

fn rules<'a>(library: &View<'_>, severities: &'a Severities) -> impl Iterator<Item = &'static Rule> + use<'a> {
    let is_partial = library.is_partial();
    let is_known = move |rule: &Rule| !(is_partial && rule.is_of_absence);
    RULES.iter().filter(move |rule| is_known(rule) && severities.wants(rule.code))
}

/// Findings in the order of the text.
#[must_use]
pub fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    findings
}

/// Findings of one rule, which are known by these words.
fn about(words: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    let fingerprint = findings.first().map(|finding| Fingerprint::of(finding.code, words)).unwrap_or_default();
    findings.iter_mut().for_each(|finding| finding.fingerprint = fingerprint);
    findings
}

impl Finding {
    /// The same finding in a text that begins `by` bytes earlier.
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        let fixes = self.fixes.iter().map(|fix| fix.shifted(by)).collect();
        Self { span: fix::shifted(self.span, by), fixes, ..self.clone() }
    }

    /// The same finding in the part of its text that begins at `start`. Of its fixes some may lie
    /// before that.
    #[must_use]
    pub fn from_start(&self, start: usize) -> Self {
        self.shifted(start.wrapping_neg())
    }

    fn with_fixes(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        Self { fixes: fixes.into_iter().collect(), ..self }
    }
}

impl Rule {
    /// A rule of which nothing is so but what is said of it.
    const fn of(check: Check) -> Self {
        Self {
            code: "",
            severity: Severity::Warning,
            summary: "",
            profile: Profile::Draft,
            is_of_absence: false,
            has_safe_fix: false,
            is_superfluous: false,
            check,
        }
    }

    fn finding(&self, span: Span, message: impl Into<Untrusted>, place: Option<Place>) -> Finding {
        Finding {
            code: self.code,
            severity: self.severity,
            span,
            message: message.into(),
            place,
            fixes: Vec::new(),
            fingerprint: Fingerprint::default(),
        }
    }
}

/// The rule that has this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    Some(&RULES[RULES.binary_search_by_key(&code, |rule| rule.code).ok()?])
}

/// The mistake of naming a rule that is not there.
#[must_use]
pub fn no_rule(name: &str) -> String {
    match nearest_rule(name) {
        Some(code) => format!("is no rule; did you mean “{code}”?"),
        None => "is no rule".to_owned(),
    }
}

/// The rule that is meant by a name that none has.
#[must_use]
pub fn nearest_rule(name: &str) -> Option<&'static str> {
    spelling::nearest(name, RULES.iter().map(|rule| rule.code))
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
            assert!(!rule.summary.is_empty() && text.contains(rule.severity.name()), "{page} does not say how severe it is");
        }
    }
}
