//! `unsupporting-citation`: the cited source says something else, and so does every other.

use super::wording::source_name;
use super::{Finding, Place, Rule, Severity, Subject};
use crate::verify::Verdict;

pub const RULE: Rule = Rule {
    code: "unsupporting-citation",
    severity: Severity::Warning,
    summary: "the cited source does not support the sentence",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let mut found = Vec::new();
    for (sentence, v) in subject.judged().filter(|(_, v)| matches!(v.verdict, Verdict::Unsupported | Verdict::Contradicted)) {
        let Some((citation, cited)) = subject.cited_sources(sentence).next() else { continue };
        // What the source says may have been taken back elsewhere; then the source is not to blame.
        let says_it = v.cited_support == Some(true);
        let blamed = |id| v.conflicts.iter().any(|c| c.source == id);
        if says_it && !v.conflicts.is_empty() && !subject.cited_sources(sentence).any(|(_, id)| blamed(id)) {
            continue;
        }
        let near = v.evidence.iter().find(|e| e.source == cited).map(|e| Place { source: e.source, span: e.span });
        let message = format!("{} does not bear this out.", source_name(subject.library.source(cited)));
        found.push(rule.finding(citation.span, message, near));
    }
    found
}
