//! Findings for people: the sentence with the words underlined, and the source's words below.

use std::io;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::outcome::Reason;
use super::terminal::Terminal;
use super::{Failure, Report};
use crate::message;
use crate::rules::{Finding, Place, Severity, store};
use crate::text::words::{counted, is_invisible};
use crate::text::{Encoding, LineIndex, Span, Untrusted};
use crate::workspace::{CheckedNote, Reading};

/// Columns of text, which is what people read with ease on any terminal.
const WIDTH: usize = 88;

const BOLD: Style = Style::new().bold();
const MARGIN: Style = AnsiColor::Blue.on_default().bold();

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Information | Severity::Hint => AnsiColor::Cyan.on_default().bold(),
    }
}

/// Prints what was found, and if it is asked for why the check fails.
pub fn print(report: &Report, workspace: &Reading<'_>, with_reasons: bool) -> Result<(), Failure> {
    let mut out = Terminal::open();
    for note in &report.notes {
        let lines = LineIndex::new(&note.text);
        for finding in &note.checked.findings {
            print_finding(&mut out, finding, note, &lines, workspace)?;
        }
    }
    for (line, finding) in &report.of_store {
        print_of_store(&mut out, *line, finding, workspace)?;
    }
    summary(&mut out, report, workspace)?;
    if let Some(gone) = report.baseline.map(|baseline| baseline.gone).filter(|gone| *gone > 0) {
        let (plural, verb) = if gone == 1 { ("", "is") } else { ("s", "are") };
        out.line(&message!("{} finding{} of the baseline {} gone: --update-baseline takes them out", gone, plural, verb))?;
    }
    if with_reasons && !report.failed.is_empty() {
        out.line(&message!("Failed: {}", Untrusted::joined(report.failed.iter().map(Reason::words), "; ")))?;
    }
    Ok(())
}

fn print_finding(
    out: &mut Terminal,
    finding: &Finding,
    note: &CheckedNote,
    lines: &LineIndex,
    workspace: &Reading<'_>,
) -> io::Result<()> {
    let colour = style(finding.severity);
    let at = lines.position(&note.text, finding.span.start, Encoding::Utf32);
    head(out, finding)?;
    below(out, "-->", &message!("{}:{}:{}", note.path, at.line + 1, at.column + 1))?;
    let sentence = note.checked.at(finding.span.start).map_or(finding.span, |(sentence, _)| sentence.span.cover(finding.span));
    underlined(out, &note.text, near(&note.text, sentence, finding.span.start), finding.span, colour)?;
    if let Some(place) = finding.place {
        evidence(out, place, workspace)?;
    }
    for fix in &finding.fixes {
        below(out, "=", &message!("fix: {}", fix.title))?;
    }
    out.end()
}

/// Of what is longer than any sentence only what is near a place is shown.
fn near(text: &str, sentence: Span, at: usize) -> Span {
    const BEFORE: usize = 1_000;
    const LONGEST: usize = 5_000;
    if sentence.len() <= LONGEST {
        return sentence;
    }
    let start = sentence.start.max(text.floor_char_boundary(at.saturating_sub(BEFORE)));
    Span::new(start, sentence.end.min(text.floor_char_boundary(start + LONGEST)))
}

/// A line below the head of a finding, behind a sign in the margin.
fn below(out: &mut Terminal, sign: &'static str, words: &Untrusted) -> io::Result<()> {
    margin(out, sign)?;
    out.line(words)
}

fn margin(out: &mut Terminal, sign: &'static str) -> io::Result<()> {
    out.words(&if sign.len() > 1 { message!("  ") } else { message!("   ") })?;
    out.styled(MARGIN, &sign.into())?;
    out.words(&message!(" "))
}

fn head(out: &mut Terminal, finding: &Finding) -> io::Result<()> {
    out.styled(style(finding.severity), &message!("{}[{}]", finding.severity.name(), finding.code))?;
    out.styled(BOLD, &message!(": {}", finding.message))?;
    out.end()
}

/// What is said of an entry of the list of accepted findings.
fn print_of_store(out: &mut Terminal, line: usize, finding: &Finding, workspace: &Reading<'_>) -> io::Result<()> {
    head(out, finding)?;
    below(out, "-->", &message!("{}:{}", store::FILE_NAME, line))?;
    if let Some(entry) = workspace.store.on_line(line) {
        below(out, "|", &message!("{} in {}: {}", entry.rule, entry.note, entry.text))?;
    }
    out.end()
}

/// The sentence in lines of at most [`WIDTH`] columns, with `^` below the marked words.
fn underlined(out: &mut Terminal, text: &str, sentence: Span, marked: Span, colour: Style) -> io::Result<()> {
    let mut line = Line::default();
    for (at, word) in pieces(text, sentence) {
        if !line.words.is_empty() && line.marks.len() + width(word) > WIDTH {
            std::mem::take(&mut line).print(out, colour)?;
        }
        for (i, c) in word.char_indices().filter(|(_, c)| !is_invisible(*c) && !c.is_control()) {
            line.words.push(c);
            let is_marked = marked.start <= at + i && at + i < marked.end;
            line.marks.extend(std::iter::repeat_n(is_marked, c.width().unwrap_or(0)));
        }
        line.words.push(' ');
        line.marks.push(marked.start <= at + word.len() && at + word.len() < marked.end);
    }
    line.print(out, colour)
}

/// A line of a sentence, and which of its columns are marked.
#[derive(Default)]
struct Line {
    words: String,
    marks: Vec<bool>,
}

impl Line {
    fn print(self, out: &mut Terminal, colour: Style) -> io::Result<()> {
        below(out, "|", &self.words.into())?;
        if self.marks.contains(&true) {
            margin(out, "|")?;
            out.marks(colour, &self.marks)?;
        }
        Ok(())
    }
}

/// The columns of a word, without what nobody sees.
fn width(word: &str) -> usize {
    word.chars().filter(|c| !is_invisible(*c)).map(|c| c.width().unwrap_or(0)).sum()
}

/// The words of a span with their offsets, without those of which nothing can be seen.
fn pieces(text: &str, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let mut from = span.start;
    let words = span.of(text).split_whitespace().map(move |word| {
        let at = text[from..].find(word).map_or(from, |found| from + found);
        from = at + word.len();
        (at, word)
    });
    words.filter(|(_, word)| word.contains(|c: char| !is_invisible(c) && !c.is_control()))
}

/// File, line and date of the passage, and its words.
fn evidence(out: &mut Terminal, place: Place, workspace: &Reading<'_>) -> io::Result<()> {
    let source = workspace.library.source(place.source);
    let about = [source.metadata.publisher.as_deref(), source.metadata.date.as_deref()];
    let about = Untrusted::joined(about.into_iter().flatten(), ", ");
    let address = workspace.library.address(place.source, place.span.start);
    below(out, "=", &if about.is_empty() { address } else { message!("{} ({})", address, about) })?;
    let mut column = 0;
    let quote = message!("“{}”", source.quote(place.span));
    for word in quote.plain().split(' ') {
        if column > 0 && column + width(word) > WIDTH {
            out.end()?;
            column = 0;
        }
        out.words(&if column == 0 { message!("     {}", word) } else { message!(" {}", word) })?;
        column += width(word) + 1;
    }
    out.end()
}

fn summary(out: &mut Terminal, report: &Report, workspace: &Reading<'_>) -> io::Result<()> {
    let notes = &report.notes;
    let count = |severity| report.findings().filter(|f| f.severity == severity).count();
    let told = |number: usize, what: &str| Untrusted::from(counted(number, what));
    let mut parts = vec![told(count(Severity::Error), "error"), told(count(Severity::Warning), "warning")];
    let hints = count(Severity::Information) + count(Severity::Hint);
    if hints > 0 {
        parts.push(told(hints, "hint"));
    }
    let ignored: usize = notes.iter().map(|note| note.checked.ignored.findings.len()).sum();
    if ignored > 0 {
        parts.push(message!("{} ignored", ignored));
    }
    if let Some(baseline) = report.baseline {
        parts.push(message!("{} in the baseline", baseline.known));
    }
    let claims = notes.iter().flat_map(|n| &n.checked.verifications).flatten().count();
    out.line(&message!(
        "{} in {} with {}, checked against {}",
        Untrusted::joined(parts, ", "),
        counted(notes.len(), "note"),
        counted(claims, "claim"),
        counted(workspace.library.len(), "source"),
    ))?;
    if workspace.library.is_empty() {
        out.line(&message!("There are no sources: put documents into {}.", workspace.root.join("sources").to_string_lossy()))?;
    }
    Ok(())
}
