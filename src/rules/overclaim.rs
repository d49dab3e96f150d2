//! `overclaim`: the note says more than its source: "all" for "most", a fact for an allegation.

use super::{Check, Rule, Severity, conflicts};

pub const RULE: Rule = Rule {
    code: "overclaim",
    severity: Severity::Warning,
    summary: "the note says more than its source",
    ..Rule::of(Check::Sentence(conflicts::findings))
};
