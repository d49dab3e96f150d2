//! `corroborate explain`: how a claim was judged, step by step.

use std::io::Write;
use std::path::Path;

use super::{CLEAN, Failure, Root, open};
use crate::workspace::claims;
use crate::workspace::explain::explanation;

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
        write!(out, "\n{}", explanation(&options.claim, verification, workspace))?;
    }
    Ok(CLEAN)
}
