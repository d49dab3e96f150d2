//! `corroborate explain`: how a claim was judged, step by step.

use std::path::Path;

use super::terminal::Terminal;
use super::{CLEAN, Failure, Root, open};
use crate::message;
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
    let judged = claims::judge(&options.claim, &workspace.library, None, workspace.model());
    let workspace = &workspace.reading();
    let mut out = Terminal::open();
    let score = format!("{:.2}", judged.score);
    out.line(&message!("{} (score {}; 0.50 is the line)", judged.verdict.name(), score))?;
    for verification in &judged.sentences {
        out.end()?;
        explanation(&options.claim, verification, workspace).iter().try_for_each(|line| out.line(line))?;
    }
    Ok(CLEAN)
}
