//! `name-conflict`: a name or an office where the source has another.

use super::{Check, Rule, Severity, conflicts};

pub const RULE: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Warning,
    summary: "a name or an office differs from the source's",
    ..Rule::of(Check::Sentence(conflicts::findings))
};
