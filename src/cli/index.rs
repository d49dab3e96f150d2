//! `corroborate index`: reads what changed into the cache, or everything anew; `corroborate clean`
//! deletes the cache.

use std::path::Path;

use super::terminal::Terminal;
use super::{CLEAN, Failure, Root, open};
use crate::library::cache::CacheFolder;
use crate::{message, standard_error};

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
        standard_error::say(&message!("the index is damaged and is made again"));
        drop(workspace);
        clear(&root)?;
        workspace = open(&root);
    }
    let library = &workspace.library;
    let (sources, sentences) = (library.len(), library.sentences());
    let size = megabytes(workspace.cache_folder().bytes());
    Terminal::open().line(&message!("{} sources, {} sentences, {}", sources, sentences, size))?;
    Ok(CLEAN)
}

pub fn clean(options: &CleanOptions) -> Result<u8, Failure> {
    let bytes = clear(&options.root.find(Path::new("."))?)?;
    Terminal::open().line(&message!("{} deleted", megabytes(bytes)))?;
    Ok(CLEAN)
}

fn clear(root: &Path) -> Result<u64, Failure> {
    let deleted = CacheFolder::of(root).clean()?;
    deleted.ok_or_else(|| Failure(message!("another process is indexing these sources; try again when it is done")))
}

pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
