//! `corroborate origins`: on what the sources rest, and why.

mod picture;

use std::path::Path;

use serde_json::{Value, json};

use super::terminal::Terminal;
use super::{CLEAN, Failure, Root, open};
use crate::library::SourceId;
use crate::message;
use crate::origins::links::{self, Rested};
use crate::origins::{Link, Why};
use crate::text::Untrusted;
use crate::text::words::counted;
use crate::workspace::Reading;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only what this source rests on, and what rests on it: a path, file name or citation key
    #[arg(value_name = "SOURCE")]
    source: Option<String>,
    #[command(flatten)]
    root: Root,
    /// How to print them; `html` and `svg` are a picture of who rests on whom
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
    Html,
    Svg,
}

/// Shown of the words that name an origin. In characters.
const LONGEST_WORDS: usize = 120;

pub fn run(options: &Options) -> Result<u8, Failure> {
    let workspace = open(&options.root.find(Path::new("."))?);
    let workspace = &workspace.reading();
    let only = match &options.source {
        Some(name) => Some(workspace.library.resolve(name).ok_or_else(|| Failure(message!("{}: no such source", name)))?),
        None => None,
    };
    let sources: Vec<SourceId> = workspace.library.ids().collect();
    let mut all = links::of(&sources, &workspace.library);
    if let Some(only) = only {
        all.retain(|rested| rested.origin.held == Some(only) || rested.by.contains_key(&only));
    }
    match options.format {
        Format::Human => print(&mut Terminal::open(), &all, workspace)?,
        Format::Json => {
            let origins: Vec<Value> = all.iter().map(|rested| as_json(rested, workspace)).collect();
            super::json::line(&mut std::io::stdout().lock(), &json!({ "version": 1, "origins": origins }))?;
        }
        Format::Html => print_text(&picture::page(&all, workspace))?,
        Format::Svg => print_text(&picture::drawing(&all, workspace).into_string())?,
    }
    Ok(CLEAN)
}

fn print_text(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")
}

/// What to call an origin, with what it is for the library.
fn name(rested: &Rested, workspace: &Reading<'_>) -> Untrusted {
    let is_maker = rested.by.values().all(|(_, link)| link.why == Why::Made);
    match rested.origin.held {
        None if is_maker => rested.origin.name.clone(),
        Some(held) => message!("{} ({})", rested.origin.name, workspace.library.path(held)),
        None => message!("{} (not held)", rested.origin.name),
    }
}

/// Why a source rests on it, in words: "“a cable obtained by”, line 12".
fn reason(link: &Link, workspace: &Reading<'_>) -> Untrusted {
    let quoted = |span| {
        let source = workspace.library.source(link.source);
        let words = source.quote(span).shortened(LONGEST_WORDS).quoted();
        message!("{}, {}", words, workspace.library.place(link.source, span.start))
    };
    match link.why {
        Why::Noted => message!("as noted of it"),
        Why::Made => message!("by the same people"),
        Why::Named(words) => message!("{}", quoted(words)),
        Why::Whole(words) => message!("all of it, by {}", quoted(words)),
        Why::Quoted(words) => message!("it quotes {}", quoted(words)),
        Why::SameWords(words) => message!("it has the same words: {}", quoted(words)),
    }
}

fn sentences(number: usize) -> String {
    counted(number, "sentence")
}

fn print(out: &mut Terminal, all: &[Rested], workspace: &Reading<'_>) -> std::io::Result<()> {
    for rested in all {
        out.line(&name(rested, workspace))?;
        for (source, (number, link)) in &rested.by {
            let path = workspace.library.path(*source);
            match link.why {
                Why::Made | Why::Noted => out.line(&message!("    {}: {}", path, reason(link, workspace)))?,
                _ => out.line(&message!("    {}: {}; {}", path, sentences(*number), reason(link, workspace)))?,
            }
        }
    }
    let (sources, origins) = (counted(workspace.library.len(), "source"), counted(all.len(), "shared or named origin"));
    out.line(&message!("{}, {}", sources, origins))
}

fn as_json(rested: &Rested, workspace: &Reading<'_>) -> Value {
    let by = rested.by.iter().map(|(source, (number, link))| {
        json!({
            "source": workspace.library.path(*source),
            "sentences": number,
            "why": link.why.name(),
            "words": link.why.words().map(|span| workspace.library.source(*source).quote(span).plain().to_owned()),
            "place": link.why.words().map(|span| workspace.library.place(*source, span.start).plain().to_owned()),
        })
    });
    json!({
        "name": rested.origin.name.plain(),
        "held": rested.origin.held.map(|held| workspace.library.path(held)),
        "rests": by.collect::<Vec<_>>(),
    })
}
