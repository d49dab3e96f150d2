//! `partly-supported-claim`: part of a sentence holds, and part of it no source bears out.

use super::wording::source_at;
use super::{Finding, Place, Rule, Severity, Subject};
use crate::verify::Verdict;

pub const RULE: Rule = Rule {
    code: "partly-supported-claim",
    severity: Severity::Warning,
    summary: "no source supports this part of the sentence",
    is_optional: false,
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    let partial = subject.judged().filter(|(s, v)| v.verdict == Verdict::Partial && !subject.cites_unreadable(s));
    partial
        .flat_map(|(_, v)| {
            let place = v.evidence.first().map(|e| Place { source: e.source, span: e.span });
            v.unsupported.iter().map(move |part| (*part, place))
        })
        .map(|(part, place)| {
            let message = match place {
                Some(place) => format!("No source says this part. {} bears out the rest.", source_at(subject, place)),
                None => "No source says this part.".to_owned(),
            };
            rule.finding(part, message, place)
        })
        .collect()
}
