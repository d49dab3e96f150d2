//! How a sentence was judged, step by step, in words for people.

use super::Reading;
use crate::message;
use crate::text::untrusted::Figure;
use crate::text::{Span, Untrusted};
use crate::verify::features::NAMES;
use crate::verify::score::weights;
use crate::verify::{Evidence, Verification};

/// The whole way of one judgement on words of `claim`, line by line: what was found, and what the score is
/// made of.
#[must_use]
pub fn explanation(claim: &str, v: &Verification, workspace: &Reading<'_>) -> Vec<Untrusted> {
    let mut out = vec![message!("{}: {}", v.verdict.name(), reason(claim, v))];
    for evidence in &v.evidence {
        passage(&mut out, evidence, workspace);
    }
    if let Some(excerpt) = &v.excerpt {
        let read = excerpt.entailment;
        let [entailed, contradicted, neither] = [read.entailed, read.contradicted, read.neither].map(Figure::<5>);
        out.push(message!("  what the model read: “{}”", &*excerpt.text));
        out.push(message!("    it says the claim {}, says otherwise {}, says neither {}", entailed, contradicted, neither));
    }
    out.push(message!("  what the score is made of (value × weight):"));
    for ((value, weight), (name, _)) in v.features.values().iter().zip(weights(&v.features).each).zip(NAMES) {
        out.push(message!("    {} × {}  {}", Figure::<5>(*value), Figure::<6>(weight), name));
    }
    out
}

/// The judgement in one sentence.
fn reason(claim: &str, v: &Verification) -> Untrusted {
    let list = |spans: &[Span]| Untrusted::joined(spans.iter().map(|s| message!("“{}”", s.of(claim))), ", ");
    if let Some(conflict) = v.conflicts.first() {
        let comparison = conflict.comparison;
        return message!(
            "{} is otherwise in the source ({}, by the comparison “{}”)",
            list(&[conflict.claim]),
            conflict.slot.name(),
            comparison
        );
    }
    if v.wrong_speaker.is_some() {
        return message!("somebody else says the quoted words (by the comparison “speaker”)");
    }
    if v.quotations.iter().any(|q| q.found.is_wrong()) {
        return message!("a quotation differs from its source, or is in none (by the comparison “quotation”)");
    }
    if !v.unsupported.is_empty() {
        return message!("nothing bears out {}", list(&v.unsupported));
    }
    match v.missing.as_slice() {
        [] => message!("the best passage has every informative word"),
        missing => message!("the best passage lacks {}", list(missing)),
    }
}

fn passage(out: &mut Vec<Untrusted>, evidence: &Evidence, workspace: &Reading<'_>) {
    let source = workspace.library.source(evidence.source);
    let matched = evidence.matched.iter().map(|s| source.quote(*s));
    let address = workspace.library.address(evidence.source, evidence.span.start);
    out.push(message!("  {} {}", evidence.role.name(), address));
    out.push(message!("    “{}”", source.quote(evidence.span)));
    out.push(message!("    in common: {}", Untrusted::joined(matched, ", ")));
}
