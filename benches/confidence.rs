//! `cargo bench --bench confidence`: how often the verifier is right when it speaks against a claim, by how sure it is, and
//! who is right where a comparison and the model disagree.
//!
//! The tuning part of `tests/claims` (from which the limits are chosen), then the test part.

#[path = "../tests/support/passages.rs"]
mod passages;
mod reader;

use std::collections::BTreeMap;

use corroborate::verify::{Slot, Verdict, Verification};
use corroborate::workspace::claims;
use passages::{Part, Passage};
use rayon::prelude::*;
use reader::reader;

fn main() {
    for part in [Part::Tuning, Part::Test] {
        let judged = judged(part);
        reader().save();
        println!(
            "\n{part:?} part, {} claims of which {} are not supported",
            judged.len(),
            judged.iter().filter(|j| !j.0).count()
        );
        print("verdicts against a claim, by confidence: right of all", &judged, |v| {
            let by = if v.conflicts.iter().any(|c| c.slot == Slot::Meaning) { "model" } else { "" };
            let is_against =
                matches!(v.verdict, Verdict::Contradicted | Verdict::Unsupported | Verdict::Partial | Verdict::Misquoted);
            if is_against { vec![format!("{} {} {by}", v.verdict.name(), v.confidence.name())] } else { Vec::new() }
        });
        print("scores: not supported, of all", &judged, |v| {
            let lacks = if v.lacks_facts { "lacks a name or value" } else { "" };
            vec![format!("{:12} {:.2} {lacks}", v.verdict.name(), (v.score * 20.0).floor() / 20.0)]
        });
        print("comparisons, by what the model reads: not supported, of all", &judged, |v| {
            let read = v.excerpt.as_ref().map_or("unread", |excerpt| match excerpt.entailment.entailed {
                share if share >= 0.9 => "entailed",
                share if share >= 0.5 => "perhaps entailed",
                share if share >= 0.1 => "perhaps not",
                _ => "not entailed",
            });
            v.conflicts.iter().map(|c| format!("{:16} {read}", c.comparison)).collect()
        });
        print("contradicted, by what the model reads: not supported, of all", &judged, |v| {
            v.excerpt.iter().map(|r| format!("contradicted {:.1}", (r.entailment.contradicted * 10.0).floor() / 10.0)).collect()
        });
    }
}

fn judged(part: Part) -> Vec<(bool, Verification)> {
    let own: Vec<Passage> = passages::sets().iter().flat_map(|set| passages::of(set)).filter(|p| p.part() == part).collect();
    let of_passage = |passage: &Passage| -> Vec<(bool, Verification)> {
        let library = passage.library();
        let only = passage.only(&library);
        let judge = |claim: &passages::Labelled| claims::judge(&claim.claim, &library, only, Some(reader()));
        let claims = passage.claims.iter().filter(|claim| claim.context.is_none());
        claims.filter_map(|claim| Some((claim.is_supported(), judge(claim).sentences.into_iter().next()?))).collect()
    };
    own.par_iter().flat_map_iter(of_passage).collect()
}

fn print(title: &str, judged: &[(bool, Verification)], names: impl Fn(&Verification) -> Vec<String>) {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (is_supported, v) in judged {
        for name in names(v) {
            let count = counts.entry(name).or_default();
            count.0 += usize::from(!is_supported);
            count.1 += 1;
        }
    }
    println!("\n{title}");
    for (name, (right, all)) in counts {
        println!("{right:6} of {all:6} {:6.1} %  {name}", 100.0 * right as f64 / all as f64);
    }
}
