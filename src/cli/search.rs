//! `corroborate search`: the passages that hold some words, best first.

use std::path::{Path, PathBuf};

use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Failure, Root, open};
use crate::message;
use crate::text::words;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    root: Root,
    /// How many passages to print
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    most: u32,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let here: &Path = &PathBuf::from(".");
    let workspace = open(&options.root.find(here)?);
    let library = &workspace.library.view();
    let found = library.fitting(&words::words(&options.words.join(" ")), options.most as usize);
    let mut out = Terminal::open();
    for (id, score) in &found {
        let sentence = library.sentence(*id);
        let source = library.source(sentence.source);
        let address = library.address(sentence.source, sentence.span.start);
        out.line(&message!("{}  {}", address, format!("{score:.1}")))?;
        out.line(&message!("    {}", source.quote(sentence.span)))?;
    }
    Ok(if found.is_empty() { FINDINGS } else { CLEAN })
}
