//! How a sentence was judged, step by step, in words for people.

use std::fmt::Write;

use super::Reading;
use crate::text::Span;
use crate::text::words::readable;
use crate::verify::support::{NAMES, weights};
use crate::verify::{Evidence, Verification};

/// The whole way of one judgement on words of `claim`: what was found, and what the score is made of.
#[must_use]
pub fn explanation(claim: &str, v: &Verification, workspace: &Reading<'_>) -> String {
    let mut out = format!("{}: {}\n", v.verdict.name(), reason(claim, v));
    for evidence in &v.evidence {
        passage(&mut out, evidence, workspace);
    }
    out.push_str("  what the score is made of (value × weight):\n");
    for ((value, weight), (name, _)) in v.features.values.iter().zip(weights()).zip(NAMES) {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "    {value:5.2} × {weight:6.2}  {name}");
    }
    out
}

/// The judgement in one sentence.
fn reason(claim: &str, v: &Verification) -> String {
    let list = |spans: &[Span]| spans.iter().map(|s| format!("“{}”", readable(s.of(claim)))).collect::<Vec<_>>().join(", ");
    if let Some(conflict) = v.conflicts.first() {
        return format!("{} is otherwise in the source ({})", list(&[conflict.claim]), conflict.slot.name());
    }
    if v.quotations.iter().any(|q| q.found.is_wrong()) {
        return "a quotation differs from its source, or is in none".to_owned();
    }
    if v.contested.is_some() {
        return "the source gives it as a disputed statement only".to_owned();
    }
    if !v.unsupported.is_empty() {
        return format!("nothing bears out {}", list(&v.unsupported));
    }
    match v.missing.as_slice() {
        [] => "the best passage has every informative word".to_owned(),
        missing => format!("the best passage lacks {}", list(missing)),
    }
}

fn passage(out: &mut String, evidence: &Evidence, workspace: &Reading<'_>) {
    let source = workspace.library.source(evidence.source);
    let matched: Vec<String> = evidence.matched.iter().map(|s| source.quote(*s)).collect();
    let address = workspace.library.address(evidence.source, evidence.span.start);
    let _ = writeln!(out, "  {} {address}", evidence.role.name());
    let _ = writeln!(out, "    “{}”", source.quote(evidence.span));
    let _ = writeln!(out, "    in common: {}", matched.join(", "));
}
