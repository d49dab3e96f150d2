//! `corroborate index`: reads what changed into the cache, or everything anew; `corroborate clean`
//! deletes the cache.

use std::io::Write;
use std::path::Path;

use super::{CLEAN, Failure, Root, open};
use crate::library::cache::Cache;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    root: Root,
    /// Read all sources again
    #[arg(long)]
    rebuild: bool,
}

#[derive(Debug, clap::Args)]
pub struct CleanOptions {
    #[command(flatten)]
    root: Root,
}

pub fn run(options: &Options) -> Result<u8, Failure> {
    let root = options.root.find(Path::new("."))?;
    if options.rebuild {
        clear(&root)?;
    }
    let mut workspace = open(&root);
    if workspace.library.is_damaged() {
        eprintln!("corroborate: the index is damaged and is made again");
        drop(workspace);
        clear(&root)?;
        workspace = open(&root);
    }
    let library = &workspace.library;
    let (sources, sentences) = (library.len(), library.sentences());
    writeln!(anstream::stdout(), "{sources} sources, {sentences} sentences, {}", megabytes(workspace.cache().bytes()))?;
    Ok(CLEAN)
}

pub fn clean(options: &CleanOptions) -> Result<u8, Failure> {
    let bytes = clear(&options.root.find(Path::new("."))?)?;
    writeln!(anstream::stdout(), "{} deleted", megabytes(bytes))?;
    Ok(CLEAN)
}

fn clear(root: &Path) -> Result<u64, Failure> {
    let deleted = Cache::of(root).clean()?;
    deleted.ok_or_else(|| Failure("another process is indexing these sources; try again when it is done".to_owned()))
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
