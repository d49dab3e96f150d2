//! Findings for people: the sentence with the words underlined, and the source's words below.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::{Failure, Report};
use crate::rules::{Finding, Place, Severity, store};
use crate::text::words::{is_invisible, readable};
use crate::text::{Encoding, LineIndex, Span};
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

pub fn print(report: &Report, workspace: &Reading<'_>) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
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
    Ok(())
}

fn print_finding(
    out: &mut impl Write,
    finding: &Finding,
    note: &CheckedNote,
    lines: &LineIndex,
    workspace: &Reading<'_>,
) -> std::io::Result<()> {
    let colour = style(finding.severity);
    let at = lines.position(&note.text, finding.span.start, Encoding::Utf32);
    head(out, finding)?;
    writeln!(out, "  {MARGIN}-->{MARGIN:#} {}:{}:{}", readable(&note.path), at.line + 1, at.column + 1)?;
    let sentence = note.checked.at(finding.span.start).map_or(finding.span, |(sentence, _)| sentence.span.cover(finding.span));
    underlined(out, &note.text, near(&note.text, sentence, finding.span.start), finding.span, colour)?;
    if let Some(place) = finding.place {
        evidence(out, place, workspace)?;
    }
    for fix in &finding.fixes {
        writeln!(out, "   {MARGIN}={MARGIN:#} fix: {}", readable(&fix.title))?;
    }
    writeln!(out)
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

fn head(out: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    let colour = style(finding.severity);
    writeln!(out, "{colour}{}[{}]{colour:#}{BOLD}: {}{BOLD:#}", finding.severity.name(), finding.code, finding.message)
}

/// What is said of an entry of the list of accepted findings.
fn print_of_store(out: &mut impl Write, line: usize, finding: &Finding, workspace: &Reading<'_>) -> std::io::Result<()> {
    head(out, finding)?;
    writeln!(out, "  {MARGIN}-->{MARGIN:#} {}:{line}", store::FILE_NAME)?;
    if let Some(entry) = workspace.store.on_line(line) {
        writeln!(out, "   {MARGIN}|{MARGIN:#} {} in {}: {}", entry.rule, readable(&entry.note), readable(&entry.text))?;
    }
    writeln!(out)
}

/// The sentence in lines of at most [`WIDTH`] columns, with `^` below the marked words.
fn underlined(out: &mut impl Write, text: &str, sentence: Span, marked: Span, colour: Style) -> std::io::Result<()> {
    let mut line = String::new();
    let mut marks = String::new();
    let mut column = 0;
    let mut flush = |line: &mut String, marks: &mut String| -> std::io::Result<()> {
        writeln!(out, "   {MARGIN}|{MARGIN:#} {}", line.trim_end())?;
        if marks.contains('^') {
            writeln!(out, "   {MARGIN}|{MARGIN:#} {colour}{}{colour:#}", marks.trim_end())?;
        }
        line.clear();
        marks.clear();
        Ok(())
    };
    for (at, word) in pieces(text, sentence) {
        let width: usize = word.chars().map(|c| c.width().unwrap_or(0)).sum();
        if column > 0 && column + width > WIDTH {
            flush(&mut line, &mut marks)?;
            column = 0;
        }
        for (i, c) in word.char_indices().filter(|(_, c)| !is_invisible(*c) && !c.is_control()) {
            line.push(c);
            let is_marked = marked.start <= at + i && at + i < marked.end;
            marks.extend(std::iter::repeat_n(if is_marked { '^' } else { ' ' }, c.width().unwrap_or(0)));
        }
        line.push(' ');
        marks.push(if marked.start <= at + word.len() && at + word.len() < marked.end { '^' } else { ' ' });
        column += width + 1;
    }
    flush(&mut line, &mut marks)
}

/// The words of a span with their offsets.
fn pieces(text: &str, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let mut from = span.start;
    span.of(text).split_whitespace().map(move |word| {
        let at = text[from..].find(word).map_or(from, |found| from + found);
        from = at + word.len();
        (at, word)
    })
}

/// File, line and date of the passage, and its words.
fn evidence(out: &mut impl Write, place: Place, workspace: &Reading<'_>) -> std::io::Result<()> {
    let source = workspace.library.source(place.source);
    let about = [source.metadata.publisher.as_deref(), source.metadata.date.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", readable(&about.join(", "))) };
    writeln!(out, "   {MARGIN}={MARGIN:#} {}{about}", workspace.library.address(place.source, place.span.start))?;
    let mut column = 0;
    let quote = format!("“{}”", source.quote(place.span));
    for word in quote.split(' ') {
        let width: usize = word.chars().map(|c| c.width().unwrap_or(0)).sum();
        if column > 0 && column + width > WIDTH {
            writeln!(out)?;
            column = 0;
        }
        write!(out, "{}{word}", if column == 0 { "     " } else { " " })?;
        column += width + 1;
    }
    writeln!(out)
}

fn summary(out: &mut impl Write, report: &Report, workspace: &Reading<'_>) -> std::io::Result<()> {
    let notes = &report.notes;
    let count = |severity| report.findings().filter(|f| f.severity == severity).count();
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let mut parts = vec![plural(count(Severity::Error), "error"), plural(count(Severity::Warning), "warning")];
    let hints = count(Severity::Information) + count(Severity::Hint);
    if hints > 0 {
        parts.push(plural(hints, "hint"));
    }
    let ignored: usize = notes.iter().map(|note| note.checked.ignored.findings).sum();
    if ignored > 0 {
        parts.push(format!("{ignored} ignored"));
    }
    let claims = notes.iter().flat_map(|n| &n.checked.verifications).flatten().count();
    writeln!(
        out,
        "{} in {} with {}, checked against {}",
        parts.join(", "),
        plural(notes.len(), "note"),
        plural(claims, "claim"),
        plural(workspace.library.len(), "source"),
    )?;
    if workspace.library.is_empty() {
        writeln!(out, "There are no sources: put documents into {}.", workspace.root.join("sources").display())?;
    }
    Ok(())
}
