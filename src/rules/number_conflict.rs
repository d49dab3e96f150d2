//! `number-conflict`: a number, date or time that the source has otherwise.

use super::{Check, Rule, Severity, conflicts};

pub const RULE: Rule = Rule {
    code: "number-conflict",
    severity: Severity::Error,
    summary: "a number, date or time differs from the source's",
    ..Rule::of(Check::Sentence(conflicts::findings))
};
