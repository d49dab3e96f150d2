//! Floor 8: the command line. One file per command; nothing here analyses.

mod allocator;
mod baseline;
mod changes;
mod check;
mod doctor;
mod explain;
mod human;
mod index;
mod json;
mod lock;
mod origins;
mod outcome;
mod report;
mod search;
mod sources;
mod terminal;
mod verify;

use std::io::{self, IsTerminal, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser, Subcommand};

use crate::library::cache::CacheProblem;
use crate::library::files::Refusal;
use crate::library::worker;
use crate::rules::Finding;
use crate::text::Untrusted;
use crate::text::words::is_invisible;
use crate::workspace::settings::Step;
use crate::workspace::{CheckedNote, Opener, Workspace};
use crate::{message, standard_error};

use baseline::Compared;
use outcome::Reason;

/// No finding of severity warning or above.
const CLEAN: u8 = 0;
/// At least one such finding, or what was asked for otherwise.
const FINDINGS: u8 = 1;
/// The command could not do its work.
const FAILED: u8 = 2;

/// Checks analyst notes against the source documents beside them.
#[derive(Debug, Parser)]
#[command(name = "corroborate", version, max_term_width = 100)]
struct Arguments {
    /// Speak the language server protocol on standard input and output (same as `lsp`)
    #[arg(long)]
    stdio: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check notes and print what their sources do not bear out
    Check(check::Options),
    /// Write down in corroborate.lock what bears the cited claims out, so that a change of a source is told
    Lock(lock::Options),
    /// Write the proof of notes: every sentence with its verdict, passages, origins and sources
    Report(report::Options),
    /// Find the passages of the library that hold these words
    Search(search::Options),
    /// Say how a claim is judged: passages, words in common and missing, and the score's parts
    Explain(explain::Options),
    /// List the sources with what is known of them, or print the text of one
    Sources(sources::Options),
    /// Say which sentences stand otherwise since sources came, went, changed or were corrected
    Changes(changes::Options),
    /// List on what the sources rest: cables, statements, agencies, other sources; and why
    Origins(origins::Options),
    /// Read changed sources into the index that is kept between sessions
    Index(index::Options),
    /// Say how things are, for a report: version, settings, library, cache, what was not read and why
    Doctor(doctor::Options),
    /// Delete what is kept of the workspace between sessions
    Clean(index::CleanOptions),
    /// Judge claims, one JSON object a line, against documents or the library
    Verify(verify::Options),
    /// Speak the language server protocol on standard input and output
    Lsp {
        /// Accepted for editors that pass it; there is no other way
        #[arg(long)]
        stdio: bool,
    },
    /// Read files for another process of this program
    #[command(hide = true, name = worker::COMMAND)]
    ReadWorker { code: String },
    /// Print a completion script for a shell
    Completions { shell: clap_complete::Shell },
}

/// How a command prints what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Where the sources are.
#[derive(Clone, Debug, clap::Args)]
struct Root {
    /// The workspace's folder [default: the nearest one upwards with corroborate.toml, sources/ or .git]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// What was checked.
struct Report {
    notes: Vec<CheckedNote>,
    /// Notes that could not be read, and why.
    unread: Vec<(String, Refusal)>,
    /// What is said of the list of findings that the desk accepts, with the lines.
    of_store: Vec<(usize, Finding)>,
    /// Whether all notes of the workspace were checked, against all of its sources.
    are_all: bool,
    /// What came of a baseline.
    baseline: Option<Compared>,
    /// Why the check fails.
    failed: Vec<Reason>,
}

impl Report {
    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.notes.iter().flat_map(|note| &note.checked.findings).chain(self.of_store.iter().map(|(_, finding)| finding))
    }
}

/// Writes a file as a whole, or not at all. A link in its place is replaced and not followed: the folder may come from
/// anybody.
fn write_whole(file: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure(message!("{}: {}", file.to_string_lossy(), error.to_string()));
    let name = file.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    let new = file.with_file_name(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    let write = || {
        let mut written = std::fs::File::create_new(&new)?;
        // Who may read it may go on doing so.
        if let Some(before) = std::fs::symlink_metadata(file).ok().filter(std::fs::Metadata::is_file) {
            written.set_permissions(before.permissions())?;
        }
        written.write_all(bytes)?;
        std::fs::rename(&new, file)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&new);
        failed(error)
    })
}

/// Why a command could not do its work, in words for the user.
#[derive(Debug)]
struct Failure(Untrusted);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string().into())
    }
}

/// The language server; it runs for days, so its memory counts.
fn serve() -> u8 {
    allocator::limit_arenas();
    crate::lsp::run()
}

/// What the program writes is texts of sources: files are for the user alone.
fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Ends where the arguments are wrong, or help was asked for. A shell may have put names of files among
/// them.
fn refuse(error: &clap::Error) -> ! {
    let is_seen = |c: char| c == '\n' || !c.is_control() && !is_invisible(c);
    if error.to_string().chars().all(is_seen) {
        error.exit();
    }
    standard_error::say(&error.to_string().into());
    std::process::exit(error.exit_code())
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    keep_files_private();
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    worker::serve_with_this_program();
    let result = match arguments.command {
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Lock(options)) => lock::run(&options),
        Some(Command::Report(options)) => report::run(&options),
        Some(Command::Search(options)) => search::run(&options),
        Some(Command::Explain(options)) => explain::run(&options),
        Some(Command::Sources(options)) => sources::run(&options),
        Some(Command::Changes(options)) => changes::run(&options),
        Some(Command::Origins(options)) => origins::run(&options),
        Some(Command::Index(options)) => index::run(&options),
        Some(Command::Doctor(options)) => doctor::run(&options),
        Some(Command::Clean(options)) => index::clean(&options),
        Some(Command::Verify(options)) => verify::run(&options),
        Some(Command::ReadWorker { code }) => worker::serve(&code).map(|()| CLEAN).map_err(Failure::from),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Arguments::command(), "corroborate", &mut io::stdout());
            Ok(CLEAN)
        }
        Some(Command::Lsp { .. }) => Ok(serve()),
        None if arguments.stdio => Ok(serve()),
        None => {
            let _ = Arguments::command().print_help();
            Ok(FAILED)
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // Whoever read our output has seen enough, as `head` does.
        Err(Failure(message)) if message.plain().contains("Broken pipe") => ExitCode::from(CLEAN),
        Err(Failure(message)) => {
            standard_error::say(&message);
            ExitCode::from(FAILED)
        }
    }
}

impl Root {
    fn is_given(&self) -> bool {
        self.root.is_some()
    }

    /// The workspace's folder for work on `path`.
    fn find(&self, path: &std::path::Path) -> Result<PathBuf, Failure> {
        if let Some(root) = &self.root {
            if !root.is_dir() {
                return Err(Failure(message!("{}: no such folder", root.to_string_lossy())));
            }
            return Ok(root.canonicalize()?);
        }
        let path = path.canonicalize().map_err(|error| Failure(message!("{}: {}", path.to_string_lossy(), error.to_string())))?;
        Ok(crate::workspace::root::find(&path))
    }
}

/// Opens a workspace, with a progress bar on a terminal, and says what was wrong with it.
fn open(root: &std::path::Path) -> Arc<Workspace> {
    open_with(root, Step::default())
}

/// The same with what the command line says of rules.
fn open_with(root: &std::path::Path, last: Step) -> Arc<Workspace> {
    let workspace = read(root, last, &|problem| standard_error::say(&problem.to_string().into()));
    for mistake in &workspace.mistakes {
        standard_error::say(&mistake.told());
    }
    for mistake in &workspace.store.mistakes {
        standard_error::say(&mistake.told());
    }
    for mistake in &workspace.lock.mistakes {
        standard_error::say(&mistake.told_of(crate::rules::lock::FILE_NAME));
    }
    for unreadable in workspace.library.unreadable_files() {
        standard_error::say(&message!("{} was not read: {}", unreadable.path, unreadable.reason));
    }
    for (path, notice) in workspace.library.notices() {
        standard_error::say(&message!("{}: {}", path, notice));
    }
    workspace
}

/// Opens a workspace, with a progress bar on a terminal, and says nothing.
fn read(root: &std::path::Path, last: Step, problem: &(dyn Fn(CacheProblem) + Sync)) -> Arc<Workspace> {
    let bar = indicatif::ProgressBar::hidden();
    if io::stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        if let Ok(style) = indicatif::ProgressStyle::with_template("reading sources {bar:30} {pos}/{len} ({eta})") {
            bar.set_style(style);
        }
    }
    let progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let opener = Opener { progress: &progress, problem, last, ..Opener::default() };
    let workspace = opener.open(root).unwrap_or_else(|_| Workspace::open(root));
    bar.finish_and_clear();
    workspace
}
