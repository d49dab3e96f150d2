//! Notes with marks: `^^^ code` below a line underlines the words above it.
//!
//! Every finding must have a mark and every mark a finding. A mark may say more: `^^^ error[code]` how
//! severe the finding is, and lines with `= ` below it the message and, with `= fix: `, the titles of
//! all fixes. `…` in a message stands for any words. `{words × 300}` in a note stands for the words so
//! many times; of findings in such a line only the line is compared.

use corroborate::library::Library;
use corroborate::rules::Finding;
use corroborate::text::{Encoding, LineIndex};
use corroborate::workspace::{self, CheckResult, Workspace};

/// Columns of a message below a mark.
const WIDTH: usize = 100;

/// A note with what is expected to be found in it.
#[derive(Default)]
pub struct Marked {
    /// The note itself.
    pub text: String,
    pub marks: Vec<Mark>,
    /// The lines as they are written, with repetitions that are not written out.
    lines: Vec<String>,
}

/// A finding as it is written below a line, or as it came.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    line: usize,
    column: usize,
    width: usize,
    /// `None`: any words of the line.
    words: Option<String>,
    severity: Option<String>,
    pub code: String,
    message: Option<String>,
    /// Empty: whatever there is.
    fixes: Vec<String>,
}

impl Marked {
    pub fn read(note: &str) -> Self {
        let mut marked = Self::default();
        let mut is_below_mark = false;
        for line in note.lines() {
            if line.trim_start().starts_with('^') {
                marked.mark(line);
                is_below_mark = true;
            } else if let Some(words) = line.trim_start().strip_prefix("= ").filter(|_| is_below_mark) {
                marked.marks.last_mut().expect("a mark").tell(words);
            } else {
                marked.text.push_str(&written_out(line));
                marked.text.push('\n');
                marked.lines.push(line.to_owned());
                is_below_mark = false;
            }
        }
        marked
    }

    fn mark(&mut self, line: &str) {
        let column = line.chars().take_while(|c| *c == ' ').count();
        let width = line.trim_start().chars().take_while(|c| *c == '^').count();
        let above = self.lines.last().expect("a line above a mark");
        let label = line.trim_start().trim_start_matches('^').trim();
        let (severity, code) = label.strip_suffix(']').and_then(|label| label.split_once('[')).unzip();
        self.marks.push(Mark {
            line: self.lines.len() - 1,
            column,
            width,
            words: (written_out(above) == *above).then(|| above.chars().skip(column).take(width).collect()),
            severity: severity.map(str::to_owned),
            code: code.unwrap_or(label).to_owned(),
            ..Mark::default()
        });
    }

    /// Whether exactly this was found.
    pub fn is_borne_out(&self, findings: &[Finding]) -> bool {
        let found = self.found(findings);
        self.marks.len() == found.len() && self.marks.iter().zip(&found).all(|(mark, found)| mark.means(found))
    }

    /// The note with what was found in it, told as far as the marks tell it. What has no mark is told in
    /// full, or in short if it is to be written into a page.
    pub fn with(&self, findings: &[Finding], is_short: bool) -> String {
        let found = self.found(findings).into_iter().map(|found| {
            let mark = self.marks.iter().find(|mark| mark.is_place_of(&found));
            match mark.or_else(|| self.marks.iter().find(|mark| mark.code == found.code)) {
                Some(mark) => mark.updated(found),
                None if is_short => Mark { severity: None, message: None, fixes: Vec::new(), ..found },
                None => found,
            }
        });
        self.written(&found.collect::<Vec<_>>())
    }

    fn found(&self, findings: &[Finding]) -> Vec<Mark> {
        let lines = LineIndex::new(&self.text);
        let mark = |finding: &Finding| {
            let place = lines.position(&self.text, finding.span.start, Encoding::Utf32);
            let words = finding.span.of(&self.text);
            let width = words.lines().next().unwrap_or_default().chars().count();
            let line = self.lines.get(place.line).filter(|line| written_out(line) != **line);
            let (column, width) = line.map_or((place.column, width), |line| (0, line.chars().count()));
            Mark {
                line: place.line,
                column,
                width,
                words: Some(words.to_owned()),
                severity: Some(finding.severity.name().to_owned()),
                code: finding.code.to_owned(),
                message: Some(finding.message.plain().to_owned()),
                fixes: finding.fixes.iter().map(|fix| fix.title.plain().to_owned()).collect(),
            }
        };
        findings.iter().map(mark).collect()
    }

    fn written(&self, marks: &[Mark]) -> String {
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(line);
            text.push('\n');
            marks.iter().filter(|mark| mark.line == at).for_each(|mark| text.push_str(&mark.written()));
        }
        text
    }
}

impl Mark {
    /// Takes a line from below the mark.
    fn tell(&mut self, words: &str) {
        let rest = if let Some(title) = words.strip_prefix("fix: ") {
            return self.fixes.push(title.to_owned());
        } else {
            self.fixes.last_mut().or(self.message.as_mut())
        };
        match rest {
            Some(so_far) => *so_far = format!("{so_far} {words}"),
            None => self.message = Some(words.to_owned()),
        }
    }

    fn is_place_of(&self, found: &Self) -> bool {
        let has_words = self.words.is_none() || self.words == found.words && self.column == found.column;
        self.line == found.line && has_words && self.code == found.code
    }

    fn means(&self, found: &Self) -> bool {
        let is_message = |message: &String| found.message.as_ref().is_some_and(|found| is_like(message, found));
        self.is_place_of(found)
            && (self.severity.is_none() || self.severity == found.severity)
            && self.message.as_ref().is_none_or(is_message)
            && (self.fixes.is_empty() || self.fixes == found.fixes)
    }

    /// What was found, told as far as this mark tells it.
    fn updated(&self, found: Self) -> Self {
        if self.means(&found) {
            return self.clone();
        }
        Self {
            column: if self.words.is_none() { self.column } else { found.column },
            width: if self.words.is_none() { self.width } else { found.width },
            severity: found.severity.filter(|_| self.severity.is_some()),
            message: found.message.filter(|_| self.message.is_some()),
            fixes: if self.fixes.is_empty() { Vec::new() } else { found.fixes },
            ..found
        }
    }

    fn written(&self) -> String {
        let label = self.severity.as_ref().map_or_else(|| self.code.clone(), |severity| format!("{severity}[{}]", self.code));
        let mut text = format!("{}{} {label}\n", " ".repeat(self.column), "^".repeat(self.width));
        let fixes = self.fixes.iter().map(|title| format!("fix: {title}"));
        for told in self.message.iter().cloned().chain(fixes) {
            let mut line = String::from("=");
            for word in told.split(' ') {
                if line.len() > 1 && line.chars().count() + word.chars().count() >= WIDTH {
                    text.push_str(&line);
                    text.push('\n');
                    line = String::from("=");
                }
                line.push(' ');
                line.push_str(word);
            }
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

/// Whether `found` is what `shown` shows, in which `…` stands for any words.
pub fn is_like(shown: &str, found: &str) -> bool {
    if shown == found {
        return true;
    }
    let Some((first, rest)) = shown.split_once('…') else { return false };
    let Some(mut left) = found.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = rest.split('…').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some((_, behind)) = left.split_once(piece) else { return false };
        left = behind;
    }
    left.ends_with(last)
}

/// A line with `{words × 3}` written out.
fn written_out(line: &str) -> String {
    let repetition = || {
        let (before, rest) = line.split_once('{')?;
        let (inside, behind) = rest.split_once('}')?;
        let (words, times) = inside.rsplit_once(" × ")?;
        Some(format!("{before}{}{}", words.repeat(times.parse().ok()?), written_out(behind)))
    };
    repetition().unwrap_or_else(|| line.to_owned())
}

/// Checks `note` (with marks) against `sources` (with `//- path` headers).
#[track_caller]
pub fn check(sources: &str, note: &str) {
    let marked = Marked::read(note);
    let findings = checked(sources, &marked.text).findings;
    assert!(marked.is_borne_out(&findings), "expected:\n{note}\ncame:\n{}", marked.with(&findings, false));
}

/// Checks a note of one line, applies the first fix of its only finding, and returns the title
/// and the new line. The new note must be without that finding.
#[track_caller]
pub fn fixed(sources: &str, note: &str) -> (String, String) {
    let before = checked(sources, note);
    let messages: Vec<&str> = before.findings.iter().map(|f| f.message.plain()).collect();
    let [finding] = &before.findings[..] else { panic!("one finding was expected: {messages:#?}") };
    let fix = finding.fixes.first().unwrap_or_else(|| panic!("no fix for {messages:?}"));
    let text = applied(note, finding);
    let again = checked(sources, &text);
    assert!(again.findings.iter().all(|f| f.code != finding.code), "{text}\n{:#?}", again.findings);
    (fix.title.plain().to_owned(), text)
}

/// The note after the first fix of a finding.
fn applied(note: &str, finding: &Finding) -> String {
    let mut text = note.to_owned();
    let mut edits = finding.fixes[0].edits.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    for edit in edits {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    text
}

pub fn checked(sources: &str, text: &str) -> CheckResult {
    let sources = super::parts(sources).into_iter().flat_map(|(path, text)| super::sources(path, &text)).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    workspace::check(text, "note.md", &workspace, &|| false).expect("nobody cancels")
}
