//! `contradicted-claim`: a source denies the claim, or a correction takes it back.

use super::{Check, Rule, Severity, conflicts};

pub const RULE: Rule = Rule {
    code: "contradicted-claim",
    severity: Severity::Error,
    summary: "a source says the opposite",
    ..Rule::of(Check::Sentence(conflicts::findings))
};
