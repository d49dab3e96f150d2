//! `corroborate explain`: how a claim was judged, step by step.

use std::io::Write;
use std::path::Path;

use super::{CLEAN, Failure, Root, open};
use crate::text::Span;
use crate::text::words::readable;
use crate::verify::support::{NAMES, weights};
use crate::verify::{Evidence, Verification};
use crate::workspace::{Reading, claims};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The claim, as a note would say it
    claim: String,
    #[command(flatten)]
    root: Root,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let workspace = open(&options.root.find(Path::new("."))?);
    let judged = claims::judge(&options.claim, &workspace.library, None);
    let workspace = &workspace.reading();
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} (score {:.2}; 0.50 is the line)", judged.verdict.name(), judged.score)?;
    for verification in &judged.sentences {
        sentence(&mut out, &options.claim, verification, workspace)?;
    }
    Ok(CLEAN)
}

fn sentence(out: &mut impl Write, claim: &str, v: &Verification, workspace: &Reading<'_>) -> std::io::Result<()> {
    writeln!(out, "\n{}: {}", v.verdict.name(), reason(claim, v))?;
    for evidence in &v.evidence {
        passage(out, evidence, workspace)?;
    }
    writeln!(out, "  what the score is made of (value × weight):")?;
    for ((value, weight), (name, _)) in v.features.values.iter().zip(weights()).zip(NAMES) {
        writeln!(out, "    {value:5.2} × {weight:6.2}  {name}")?;
    }
    Ok(())
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

fn passage(out: &mut impl Write, evidence: &Evidence, workspace: &Reading<'_>) -> std::io::Result<()> {
    let source = workspace.library.source(evidence.source);
    let matched: Vec<String> = evidence.matched.iter().map(|s| source.quote(*s)).collect();
    let address = workspace.library.address(evidence.source, evidence.span.start);
    writeln!(out, "  {} {address}", evidence.role.name())?;
    writeln!(out, "    “{}”", source.quote(evidence.span))?;
    writeln!(out, "    in common: {}", matched.join(", "))
}
