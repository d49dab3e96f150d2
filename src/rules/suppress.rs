//! Leaving findings out: what directives cover, what is said of them, and the edits that write them.

use super::store::{self, Entry, Store};
use super::{Check, Edit, Finding, Fingerprint, Fix, RULES, Severities, about, rule};
use crate::message;
use crate::note::{Directive, Lines, Note, Reach};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::readable;

/// What a fix writes for a reason; it is none.
pub const PLACEHOLDER: &str = "TODO: say why";

/// A directive with what it was good for.
pub struct Suppression<'a> {
    pub directive: &'a Directive,
    pub text: &'a str,
    /// The note's text without markup.
    pub visible: &'a str,
    /// For each rule that it names whether a finding was left out for it, one for all if it names none.
    /// `None` while not everything is known.
    pub used: Option<&'a [bool]>,
    pub severities: &'a Severities,
}

impl Suppression<'_> {
    /// Whether a rule that is named exists and is not switched off.
    pub(super) fn is_heard(&self, code: Span) -> bool {
        self.severities.wants(code.of(self.text))
    }
}

/// What the rules say of a directive. No directive can leave that out.
#[must_use]
pub fn of_directive(it: &Suppression<'_>) -> Vec<Finding> {
    let checks = RULES.iter().filter(|rule| it.severities.wants(rule.code)).filter_map(|rule| match rule.check {
        Check::Directive(check) => Some(about(it.directive.span.of(it.text), check(rule, it))),
        _ => None,
    });
    checks.flatten().map(|finding| it.severities.applied(finding)).collect()
}

/// Whether words say why.
#[must_use]
pub fn is_reason(words: &str) -> bool {
    !words.is_empty() && !words.starts_with("TODO")
}

/// The edits that would ignore a finding: where it stands, in its note, and in the project, in the file
/// [`store::FILE_NAME`].
#[must_use]
pub fn fixes(note: &Note, text: &str, path: &str, store: &Store, finding: &Finding) -> Vec<Fix> {
    let is_ignorable = rule(finding.code).is_some_and(|rule| !matches!(rule.check, Check::Directive(_)));
    if !is_ignorable {
        return Vec::new();
    }
    let fix = |title: &str, edit: Edit, file: Option<&'static str>| Fix {
        title: message!("ignore “{}” {}", finding.code, title),
        edits: vec![edit],
        file,
    };
    let here = in_sentence(note, text, finding).map(|edit| fix("in this sentence", edit, None));
    let (fingerprint, entry) = entry(note, text, path, finding);
    let in_project = store::insertion(&store.text, fingerprint, &entry);
    here.into_iter()
        .chain([
            fix("in this note", in_file(note, text, finding.code), None),
            fix("in the project, for this sentence", in_project, Some(store::FILE_NAME)),
        ])
        .collect()
}

/// The entry of the store that ignores a finding.
#[must_use]
pub fn entry(note: &Note, text: &str, path: &str, finding: &Finding) -> (Fingerprint, Entry) {
    let sentence = note.sentence_at(finding.span.start).map_or(finding.span, |at| note.sentences[at].span);
    let entry = Entry {
        rule: finding.code.to_owned(),
        note: readable(path),
        reason: PLACEHOLDER.to_owned(),
        text: first_words(&readable(sentence.of(text))),
    };
    (finding.fingerprint, entry)
}

fn first_words(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].rsplit_once(' ').map_or(&text[..at], |(words, _)| words)),
        None => text.to_owned(),
    }
}

/// A directive behind the sentence, or a name more in the one that is there.
fn in_sentence(note: &Note, text: &str, finding: &Finding) -> Option<Edit> {
    let sentence = &note.sentences[note.sentence_at(finding.span.start)?];
    if let Some(edit) = one_more(note, text, Reach::Sentence, finding.span.start, finding.code) {
        return Some(edit);
    }
    // Marks that close what is around its last words belong to them.
    let closing = text[sentence.span.end..].trim_start_matches(['*', '_', '`', '~', '"', '”', '’', ')']);
    let at = text.len() - closing.len();
    Some(Edit { span: Span::new(at, at), text: format!(" {}", written(Reach::Sentence, finding.code)) })
}

/// A directive at the head of the note, behind its front matter, or a name more in the one that is there.
fn in_file(note: &Note, text: &str, code: &str) -> Edit {
    if let Some(edit) = one_more(note, text, Reach::File, 0, code) {
        return edit;
    }
    let matter = note.layout.blocks.first().filter(|block| block.kind == BlockKind::Markup && text.starts_with("---"));
    let directive = written(Reach::File, code);
    match matter {
        Some(matter) => Edit { span: Span::new(matter.span.end, matter.span.end), text: format!("\n\n{directive}\n") },
        None => Edit { span: Span::default(), text: format!("{directive}\n\n") },
    }
}

fn one_more(note: &Note, text: &str, reach: Reach, at: usize, code: &str) -> Option<Edit> {
    let lines = Lines::of(text);
    let covers = |d: &&Directive| d.reach == Some(reach) && note.reach(d, text, &lines).is_some_and(|span| span.touches(at));
    let last = note.directives.iter().find(covers)?.codes.last()?;
    Some(Edit { span: Span::new(last.end, last.end), text: format!(", {code}") })
}

fn written(reach: Reach, code: &str) -> String {
    format!("<!-- corroborate: {}[{code}] {PLACEHOLDER} -->", reach.name())
}

/// A comment with the white space that goes with it: its line if it has one of its own, and an empty one
/// that would be left over.
pub(super) fn without(text: &str, comment: Span) -> Span {
    let before = text[..comment.start].trim_end_matches([' ', '\t']);
    let behind = text[comment.end..].trim_start_matches([' ', '\t', '\r']);
    if !before.is_empty() && !before.ends_with('\n') {
        return Span::new(before.len(), comment.end);
    }
    let Some(rest) = behind.strip_prefix('\n') else { return Span::new(before.len(), text.len() - behind.len()) };
    let is_after_empty = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let empty = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n').map_or(rest.len(), str::len);
    Span::new(before.len(), text.len() - rest.len() + if is_after_empty { empty } else { 0 })
}
