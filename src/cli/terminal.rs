//! The one way to standard output. Words reach it as [`Untrusted`] only, so that no file commands it.

use std::io::{self, Write};

use anstyle::Style;

use crate::text::Untrusted;

/// Standard output, for people.
pub struct Terminal(anstream::AutoStream<io::StdoutLock<'static>>);

impl Terminal {
    pub fn open() -> Self {
        Self(anstream::stdout().lock())
    }

    pub fn words(&mut self, words: &Untrusted) -> io::Result<()> {
        write!(self.0, "{}", words.terminal())
    }

    pub fn styled(&mut self, style: Style, words: &Untrusted) -> io::Result<()> {
        write!(self.0, "{style}{}{style:#}", words.terminal())
    }

    pub fn line(&mut self, words: &Untrusted) -> io::Result<()> {
        self.words(words)?;
        self.end()
    }

    pub fn end(&mut self) -> io::Result<()> {
        writeln!(self.0)
    }

    /// A line with a mark below each column that has one.
    pub fn marks(&mut self, style: Style, columns: &[bool]) -> io::Result<()> {
        let end = columns.iter().rposition(|mark| *mark).map_or(0, |last| last + 1);
        let marks: String = columns[..end].iter().map(|mark| if *mark { '^' } else { ' ' }).collect();
        writeln!(self.0, "{style}{marks}{style:#}")
    }
}
