//! `corroborate report`: the proof of notes, as a file to print, sign and keep.

use std::io::Write as _;
use std::path::PathBuf;

use super::check::{self, Checked};
use super::{CLEAN, FAILED, Failure, Root, json};
use crate::report::{Report, html, markdown, sarif};
use crate::workspace::settings::Step;
use crate::{clock, message};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Notes, or folders with notes; all notes of --root without one, else those here
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    root: Root,
    /// As what it is written
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Write it into this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One page that needs no network and no script
    Html,
    /// Markdown
    Md,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// What `check --format json` prints
    Json,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let Checked { workspace, report: checked } = check::all(&options.paths, &options.root, Step::default())?;
    let reading = workspace.reading();
    let report = Report::of(checked.notes.iter(), &reading, clock::now());
    let mut bytes = Vec::new();
    match options.format {
        Format::Html => bytes.extend(html::page(&report).into_bytes()),
        Format::Md => bytes.extend(markdown::text(&report).into_bytes()),
        Format::Sarif => json::line(&mut bytes, &sarif::log(&report))?,
        Format::Json => json::write(&mut bytes, &checked, &reading)?,
    }
    match &options.output {
        Some(file) => {
            std::fs::write(file, bytes).map_err(|error| Failure(message!("{}: {}", file.to_string_lossy(), error.to_string())))?
        }
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    Ok(if checked.unread.is_empty() { CLEAN } else { FAILED })
}
