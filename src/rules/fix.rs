//! Fixes: edits of the note that would resolve a finding.
//!
//! A fix is plain data. Its edits do not overlap, and each replaces words of the note as they
//! stand in the file, so no edit may tear markup apart.

use super::SentenceView;
use crate::message;
use crate::text::untrusted::Gap;
use crate::text::words::{self, capitalised, readable};
use crate::text::{Analysis, Span, Untrusted};
use crate::verify::{Conflict, Slot};

/// An edit with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as in “replace “high” with “moderate””.
    pub title: Untrusted,
    /// In the order of the text.
    pub edits: Vec<Edit>,
    /// The file that they are for, below the root, which may not be there yet; `None` for the note.
    pub file: Option<&'static str>,
}

/// Words that go where others stand; an empty span is a place to insert them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Fix {
    /// One edit.
    #[must_use]
    pub fn one(title: impl Into<Untrusted>, span: Span, text: String) -> Self {
        Self { title: title.into(), edits: vec![Edit { span, text }], file: None }
    }

    /// The same fix in a text that begins `by` bytes earlier.
    #[must_use]
    pub fn shifted(&self, by: usize) -> Self {
        let edits = self.edits.iter().map(|edit| Edit { span: shifted(edit.span, by), text: edit.text.clone() });
        Self { edits: edits.collect(), ..self.clone() }
    }
}

/// A span in a text that begins `by` bytes earlier, or later: then what lies before it comes around.
pub(super) const fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start.wrapping_add(by), span.end.wrapping_add(by))
}

/// Replaces words of the note by words of a source.
pub fn replacement(subject: &SentenceView<'_>, span: Span, words: &str) -> Option<Fix> {
    let old = readable(span.of(subject.text));
    let new = like(&old, words);
    if span.is_empty() || new.is_empty() || old == new || !is_plain(subject, span) {
        return None;
    }
    let title = message!("replace {} with {}", shown(&old), shown(&new));
    Some(Fix::one(title, span, inserted(subject, span, &new)?))
}

/// Puts the source's value where the note has another. A value in another language is written
/// as that language writes it, so it is no fix.
pub fn of_conflict(subject: &SentenceView<'_>, conflict: &Conflict) -> Option<Fix> {
    if subject.library.is_foreign(conflict.source) {
        return None;
    }
    let quote = subject.library.source(conflict.source).quote(conflict.value);
    let words = quote.plain();
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    // "Wednesday" means its day in the source only, and a cell may lack its sign.
    let own = conflict.claim.of(subject.text);
    if conflict.slot == Slot::Date && has_digit(own) && !has_digit(words) || own.ends_with('%') && !words.contains('%') {
        return None;
    }
    // "Treasurer" and "chairs": a verb does not stand in the place of an office.
    let is_verb = |words: &str| ["s", "ed", "ing"].iter().any(|ending| words.ends_with(ending));
    if conflict.slot == Slot::Role && is_verb(own) != is_verb(words) {
        return None;
    }
    // The two numbers of a calculation are not its result.
    if conflict.slot == Slot::Number && Analysis::of(words, Span::new(0, words.len())).numbers.len() > 1 {
        return None;
    }
    let claim = if conflict.slot == Slot::Name { without_office(conflict.claim, subject.text, words) } else { conflict.claim };
    replacement(subject, claim, words)
}

/// Of "Treasurer Ann Orr" the name alone, if the other one is a name of as many words and the same last
/// one.
fn without_office(claim: Span, text: &str, other: &str) -> Span {
    let (own, other) = (words::words(claim.of(text)), words::words(other));
    let is_same = own.last().zip(other.last()).is_some_and(|(a, b)| a.form == b.form);
    match own.len().checked_sub(other.len()) {
        Some(before) if is_same && before > 0 => Span::new(claim.start + own[before].span.start, claim.end),
        _ => claim,
    }
}

/// Whether the span holds words only, so that no markup is torn apart.
pub fn is_plain(subject: &SentenceView<'_>, span: Span) -> bool {
    let seen = span.of(subject.visible);
    !span.is_empty() && span.of(subject.text) == seen && !seen.contains('\n')
}

/// Words in the title of a fix.
pub fn shown(words: &str) -> Untrusted {
    const LONGEST: usize = 60;
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => message!("“{}…”", &words[..at]),
        None => message!("“{}”", words),
    }
}

/// Words of a source that mean the same in the place of a span as they do there. `None` where the span
/// may be code, which they could end.
pub fn inserted(subject: &SentenceView<'_>, span: Span, words: &str) -> Option<String> {
    let ends_code = words.contains('`') && subject.may_be_code(span.start);
    (!ends_code).then(|| Untrusted::from(words).inserted(Gap::of(subject.text, span)))
}

/// Words as they can stand in double quotation marks, which none of theirs may end.
pub fn in_double_marks(words: &str) -> String {
    words.replace('“', "‘").replace('”', "’").replace(['"', '«', '»', '„', '‟'], "'")
}

/// The new words, with a capital where the old ones begin with one and the new ones are no name.
fn like(old: &str, new: &str) -> String {
    let begins = |text: &str| text.chars().next().filter(|c| c.is_alphabetic());
    match (begins(old), begins(new)) {
        (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() => capitalised(new),
        _ => new.to_owned(),
    }
}
