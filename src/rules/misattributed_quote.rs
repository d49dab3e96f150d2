//! `misattributed-quote`: a right quotation that is given to somebody else.

use super::wording::{note_words, source_at, source_words};
use super::{Finding, Place, Rule, Severity, Subject};

pub const RULE: Rule = Rule {
    code: "misattributed-quote",
    severity: Severity::Warning,
    summary: "a quotation is given to somebody whom its source does not name",
    check,
};

fn check(subject: &Subject<'_>, rule: &Rule) -> Vec<Finding> {
    subject
        .judged()
        .filter_map(|(_, v)| v.wrong_speaker)
        .map(|(name, source, span)| {
            let place = Place { source, span };
            let message = format!(
                "The note gives these words to {}, whom {} does not name near {}.",
                note_words(subject, name),
                source_at(subject, place),
                source_words(subject, place)
            );
            rule.finding(name, message, Some(place))
        })
        .collect()
}
