//! `corroborate` checks analyst notes against the source documents beside them.
//!
//! The house, from the ground up; each floor uses only the floors below it:
//!
//! 1. [`text`]: spans, lines, sentences, words, numbers, dates, names; [`entail`]: the model that reads
//! 2. [`source`] and [`note`]: documents that can be evidence, and documents that are checked
//! 3. [`library`]: all sources of a workspace, and the search for passages
//! 4. [`verify`]: what the library says about a claim; [`origins`]: whose word that is
//! 5. [`rules`]: verdicts to findings, in words for people
//! 6. [`workspace`]: settings, files, and "check this note"
//! 7. [`report`]: the proof of what a note says, for who does not have this tool
//! 8. [`cli`] and [`lsp`]: the two doors
//!
//! `docs/architecture.md` walks through it.

// What is printed goes through `cli/terminal.rs` and `standard_error.rs`: anything else would break into the stream of the
// language server.
#![cfg_attr(not(test), warn(clippy::panic, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used))]

mod cache;
pub mod cli;
mod clock;
pub mod entail;

pub mod library;
pub mod lsp;
pub mod note;
pub mod origins;
pub mod report;
pub mod rules;
pub mod source;
mod standard_error;
pub mod text;
pub mod verify;
pub mod workspace;
