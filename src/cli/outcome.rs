//! Whether a check fails, and why.

use serde_json::{Value, json};

use super::Report;
use crate::message;
use crate::rules::{self, Severity};
use crate::text::Untrusted;

/// What makes a check fail.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Limits {
    /// Fail on any finding of this rule, however severe it is; or on any warning ("warnings")
    #[arg(long, value_name = "RULE|warnings", value_parser = denied)]
    deny: Vec<Denied>,
    /// Fail only on more warnings than this; an error always fails [default: 0]
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    Rule(&'static str),
    Warnings,
}

fn denied(given: &str) -> Result<Denied, String> {
    if given == "warnings" {
        return Ok(Denied::Warnings);
    }
    let rule = rules::rule(given).ok_or_else(|| format!("{given} {}, and not “warnings”", rules::no_rule(given)))?;
    Ok(Denied::Rule(rule.code))
}

/// Why a check fails, with the number of findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Errors(usize),
    /// With the number that is allowed.
    Warnings(usize, usize),
    Denied(&'static str, usize),
}

impl Limits {
    /// Why this fails; nothing if it does not.
    pub fn reasons(&self, report: &Report) -> Vec<Reason> {
        let count = |severity| report.findings().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let most = if self.deny.contains(&Denied::Warnings) { 0 } else { self.max_warnings.unwrap_or(0) };
        let of_errors = (errors > 0).then_some(Reason::Errors(errors));
        let of_warnings = (warnings > most).then_some(Reason::Warnings(warnings, most));
        let mut codes: Vec<&'static str> = self.deny.iter().filter_map(|it| it.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        let of_code = |code| (code, report.findings().filter(|finding| finding.code == code).count());
        let of_rules = codes.into_iter().map(of_code).filter(|(_, found)| *found > 0);
        of_errors.into_iter().chain(of_warnings).chain(of_rules.map(|(code, found)| Reason::Denied(code, found))).collect()
    }

    /// Whether anything else counts than usual, so that it is worth saying why a check fails.
    pub fn are_given(&self) -> bool {
        !self.deny.is_empty() || self.max_warnings.is_some()
    }
}

impl Denied {
    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Rule(code) => Some(code),
            Self::Warnings => None,
        }
    }
}

impl Reason {
    /// In words.
    pub fn words(&self) -> Untrusted {
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        match self {
            Self::Errors(found) => message!("{} error{}", *found, plural(*found)),
            Self::Warnings(found, most) => message!("{} warning{}, and {} allowed", *found, plural(*found), allowed(*most)),
            Self::Denied(code, found) => message!("{} finding{} of {}, which is denied", *found, plural(*found), *code),
        }
    }

    /// For programs.
    pub fn value(&self) -> Value {
        match self {
            Self::Errors(found) => json!({ "by": "errors", "count": found }),
            Self::Warnings(found, most) => json!({ "by": "warnings", "count": found, "allowed": most }),
            Self::Denied(code, found) => json!({ "by": "denied", "rule": code, "count": found }),
        }
    }
}

fn allowed(most: usize) -> String {
    match most {
        0 => "none is".to_owned(),
        1 => "1 is".to_owned(),
        more => format!("{more} are"),
    }
}
