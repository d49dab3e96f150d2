//! `corroborate sources`: what is known of each source and what is lacking, or one source's text.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::{CLEAN, Failure, Format, Root, open};
use crate::source::Source;
use crate::text::words::readable;
use crate::workspace::Reading;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Print the text of this source as it is checked: a path, file name or citation key
    #[arg(value_name = "SOURCE")]
    source: Option<String>,
    #[command(flatten)]
    root: Root,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// What a citation of a source should tell.
const WANTED: [&str; 3] = ["title", "publisher", "date"];

pub fn run(options: &Options) -> Result<u8, Failure> {
    let workspace = open(&options.root.find(Path::new("."))?);
    let workspace = &workspace.reading();
    let mut out = anstream::stdout().lock();
    if let Some(name) = &options.source {
        let id = workspace
            .library
            .resolve(name)
            .ok_or_else(|| Failure(format!("{}: {}", readable(name), no_text(name, workspace))))?;
        // Line by line, without characters that could command a terminal.
        for line in workspace.library.source(id).text.lines() {
            let shown: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
            writeln!(out, "{shown}")?;
        }
        return Ok(CLEAN);
    }
    match options.format {
        Format::Human => print(&mut out, workspace)?,
        Format::Json => {
            let keys = keys(workspace);
            let sources: Vec<Value> =
                workspace.library.ids().map(|id| as_json(workspace.library.view().source(id), &keys)).collect();
            let (unreadable, notices) = (super::json::unreadable(workspace), super::json::notices(workspace));
            let all = json!({ "version": 1, "sources": sources, "unreadable": unreadable, "notices": notices });
            serde_json::to_writer(&mut out, &all)?;
            writeln!(out)?;
        }
    }
    Ok(CLEAN)
}

/// Why there is no text to print.
fn no_text(name: &str, workspace: &Reading<'_>) -> String {
    let library = &workspace.library;
    let inside: Vec<&str> = library.inside(name).iter().map(|id| library.path(*id)).collect();
    if !inside.is_empty() {
        return readable(&format!("it holds {}", inside.join(", ")));
    }
    let is_it = |path: &str| path == name || path.ends_with(&format!("/{name}"));
    match library.unreadable_files().iter().find(|file| is_it(&file.path)) {
        Some(file) => format!("it cannot be read: {}", file.reason),
        None => "no such source".to_owned(),
    }
}

fn missing(source: &Source) -> Vec<&'static str> {
    let known: Vec<&str> = source.metadata.fields().map(|(name, _)| name).collect();
    WANTED.into_iter().filter(|name| !known.contains(name)).collect()
}

fn as_json(source: &Source, keys: &BTreeMap<&str, Vec<&str>>) -> Value {
    let mut fields = Map::new();
    fields.insert("path".to_owned(), json!(source.path));
    fields.insert("keys".to_owned(), json!(keys.get(source.path.as_str()).cloned().unwrap_or_default()));
    for (name, value) in source.metadata.slots_named() {
        fields.insert(name.to_owned(), json!(value));
    }
    fields.insert("missing".to_owned(), json!(missing(source)));
    Value::Object(fields)
}

/// The bibliography's keys of the sources, by their paths.
fn keys<'w>(workspace: &'w Reading<'_>) -> BTreeMap<&'w str, Vec<&'w str>> {
    let library = &workspace.library;
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for key in library.entries().keys() {
        if let Some(id) = library.resolve(key) {
            keys.entry(library.path(id)).or_default().push(key);
        }
    }
    keys
}

fn print(out: &mut impl Write, workspace: &Reading<'_>) -> std::io::Result<()> {
    for id in workspace.library.ids() {
        let library = workspace.library.view();
        let source = library.source(id);
        let metadata = &source.metadata;
        writeln!(out, "{}", readable(&source.path))?;
        let grade = metadata.grade();
        let about =
            [metadata.date.as_deref(), metadata.title.as_deref(), metadata.publisher.as_deref(), metadata.author.as_deref()];
        let marking = [grade.as_deref(), metadata.classification.as_deref()];
        let about: Vec<String> = about.into_iter().chain(marking).flatten().map(readable).collect();
        if !about.is_empty() {
            writeln!(out, "    {}", about.join(" · "))?;
        }
        let missing = missing(source);
        if !missing.is_empty() {
            writeln!(out, "    missing: {}", missing.join(", "))?;
        }
        for notice in library.notices_of(id) {
            writeln!(out, "    {}", readable(notice))?;
        }
    }
    let (read, not) = (workspace.library.len(), workspace.library.unreadable().len());
    writeln!(out, "{read} source{} read, {not} not", if read == 1 { "" } else { "s" })
}
