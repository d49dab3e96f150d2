//! Standard error, to which both doors say what is wrong.

use crate::text::Untrusted;

/// Says something on a line of its own.
#[allow(clippy::print_stderr)] // It is here that the lint leads.
pub fn say(words: &Untrusted) {
    eprintln!("corroborate: {}", words.terminal());
}
