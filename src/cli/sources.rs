//! `corroborate sources`: what is known of each source and what is lacking, or one source's text.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::terminal::Terminal;
use super::{CLEAN, Failure, Format, Root, open};
use crate::message;
use crate::source::Source;
use crate::text::Untrusted;
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
    if let Some(name) = &options.source {
        let id = workspace.library.resolve(name).ok_or_else(|| Failure(message!("{}: {}", name, no_text(name, workspace))))?;
        let mut out = Terminal::open();
        workspace.library.source(id).text.lines().try_for_each(|line| out.line(&Untrusted::of_line(line)))?;
        return Ok(CLEAN);
    }
    match options.format {
        Format::Human => print(&mut Terminal::open(), workspace)?,
        Format::Json => {
            let keys = keys(workspace);
            let sources: Vec<Value> =
                workspace.library.ids().map(|id| as_json(workspace.library.view().source(id), &keys)).collect();
            let (unreadable, notices) = (super::json::unreadable(workspace), super::json::notices(workspace));
            let all = json!({ "version": 1, "sources": sources, "unreadable": unreadable, "notices": notices });
            super::json::line(&mut std::io::stdout().lock(), &all)?;
        }
    }
    Ok(CLEAN)
}

/// Why there is no text to print.
fn no_text(name: &str, workspace: &Reading<'_>) -> Untrusted {
    let library = &workspace.library;
    let inside = library.inside(name);
    if !inside.is_empty() {
        return message!("it holds {}", Untrusted::joined(inside.iter().map(|id| library.path(*id)), ", "));
    }
    let is_it = |path: &str| path == name || path.ends_with(&format!("/{name}"));
    match library.unreadable_files().iter().find(|file| is_it(&file.path)) {
        Some(file) => message!("it cannot be read: {}", file.reason),
        None => message!("no such source"),
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
        fields.insert(name.to_owned(), json!(value.map(|value| Untrusted::from(value).plain().to_owned())));
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

fn print(out: &mut Terminal, workspace: &Reading<'_>) -> std::io::Result<()> {
    for id in workspace.library.ids() {
        let library = workspace.library.view();
        let source = library.source(id);
        let metadata = &source.metadata;
        out.line(&(&source.path).into())?;
        let grade = metadata.grade();
        let about =
            [metadata.date.as_deref(), metadata.title.as_deref(), metadata.publisher.as_deref(), metadata.author.as_deref()];
        let marking = [grade.as_deref(), metadata.classification.as_deref()];
        let about = Untrusted::joined(about.into_iter().chain(marking).flatten(), " · ");
        if !about.is_empty() {
            out.line(&message!("    {}", about))?;
        }
        let missing = missing(source);
        if !missing.is_empty() {
            out.line(&message!("    missing: {}", Untrusted::joined(missing, ", ")))?;
        }
        for notice in library.notices_of(id) {
            out.line(&message!("    {}", notice))?;
        }
    }
    let (read, not) = (workspace.library.len(), workspace.library.unreadable().len());
    out.line(&message!("{} source{} read, {} not", read, if read == 1 { "" } else { "s" }, not))
}
