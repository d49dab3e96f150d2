//! `corroborate changes`: which sentences stand otherwise since sources came, went, changed or were corrected.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use time::{Date, Month};

use super::terminal::Terminal;
use super::{CLEAN, FINDINGS, Failure, Format, Root, open};
use crate::library::files;
use crate::message;
use crate::text::words::counted;
use crate::text::{LineIndex, Untrusted};
use crate::workspace::changes::{self, AffectedNote, AffectedSentence};
use crate::workspace::{Reading, Workspace};

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("state").required(true))]
pub struct Options {
    /// Compare with the same workspace without the sources whose files changed on this day (UTC) or later
    #[arg(long, value_name = "YYYY-MM-DD", group = "state", value_parser = day)]
    since: Option<Date>,
    /// Compare with another copy of the workspace, such as a Git worktree of an older commit
    #[arg(long, value_name = "DIR", group = "state")]
    before: Option<PathBuf>,
    #[command(flatten)]
    root: Root,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

fn day(given: &str) -> Result<Date, String> {
    let wrong = || "it is written YYYY-MM-DD".to_owned();
    let mut parts = given.split('-');
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok()).ok_or_else(wrong);
    let (year, month, day) = (next()?, next()?, next()?);
    let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok()).ok_or_else(wrong)?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).map_err(|_| wrong())?).map_err(|_| wrong())
}

/// Shown of a sentence or a passage. In characters.
const LONGEST: usize = 160;

pub fn run(options: &Options) -> Result<u8, Failure> {
    let root = options.root.find(Path::new("."))?;
    let now = open(&root);
    let before = match (&options.before, options.since) {
        (Some(folder), _) => {
            let folder = folder
                .canonicalize()
                .map_err(|error| Failure(message!("{}: {}", folder.to_string_lossy(), error.to_string())))?;
            Workspace::open(&folder)
        }
        (None, Some(day)) => Arc::new(without_new(&now, day)),
        (None, None) => return Err(Failure(message!("--since or --before says what to compare with"))),
    };
    let sources = changes::of_sources(&before, &now);
    let Ok(notes) = changes::of_notes(&before, &now) else { return Ok(CLEAN) };
    let reading = now.reading();
    match options.format {
        Format::Json => {
            let sources: Vec<Value> =
                sources.iter().map(|(path, change)| json!({ "path": path, "change": change.name() })).collect();
            let notes: Vec<Value> = notes.iter().map(|note| as_json(note, &reading)).collect();
            super::json::line(&mut std::io::stdout().lock(), &json!({ "version": 1, "sources": sources, "notes": notes }))?;
        }
        Format::Human => {
            let mut out = Terminal::open();
            for (path, change) in &sources {
                out.line(&message!("{}: {}", path, change.name()))?;
            }
            for note in &notes {
                for affected in &note.sentences {
                    print(&mut out, note, affected, &reading)?;
                }
            }
            out.line(&summary(&notes))?;
        }
    }
    Ok(if notes.is_empty() { CLEAN } else { FINDINGS })
}

/// The workspace as it was without the sources whose files changed on a day or later.
fn without_new(now: &Workspace, day: Date) -> Workspace {
    let start = day.midnight().assume_utc().unix_timestamp();
    let start = UNIX_EPOCH + Duration::from_secs(u64::try_from(start).unwrap_or_default());
    now.without_sources(|file| {
        files::metadata(&now.root, file).ok().and_then(|it| it.modified().ok()).is_some_and(|at| at >= start)
    })
}

fn summary(notes: &[AffectedNote]) -> Untrusted {
    let sentences: usize = notes.iter().map(|note| note.sentences.len()).sum();
    let verb = if sentences == 1 { "is" } else { "are" };
    message!("{} in {} {} affected", counted(sentences, "sentence"), counted(notes.len(), "note"), verb)
}

fn print(out: &mut Terminal, note: &AffectedNote, affected: &AffectedSentence, reading: &Reading<'_>) -> std::io::Result<()> {
    let sentence = note.sentence(affected);
    let line = LineIndex::new(&note.note.text).line(sentence.span.start) + 1;
    let words = Untrusted::from(note.note.checked.note.words_of(sentence)).shortened(LONGEST).quoted();
    out.line(&message!("{}:{}: {} {}", note.note.path, line, words, affected.change.words()))?;
    if let Some(place) = affected.place {
        let source = reading.library.source(place.source);
        let said = source.quote(place.span).shortened(LONGEST).quoted();
        out.line(&message!("    {}: {}", reading.library.address(place.source, place.span.start), said))?;
    }
    Ok(())
}

fn as_json(note: &AffectedNote, reading: &Reading<'_>) -> Value {
    let lines = LineIndex::new(&note.note.text);
    let sentences = note.sentences.iter().map(|affected| {
        let sentence = note.sentence(affected);
        json!({
            "line": lines.line(sentence.span.start) + 1,
            "text": sentence.span.of(&note.note.text),
            "change": affected.change.name(),
            "source": affected.source().map(|source| reading.library.path(source)),
            "quote": affected.place.map(|place| reading.library.source(place.source).quote(place.span).plain().to_owned()),
        })
    });
    json!({ "path": note.note.path, "sentences": sentences.collect::<Vec<_>>() })
}
