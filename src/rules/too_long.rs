//! `too-long`: what is longer than what is checked.

use super::{Check, CitationView, Finding, Rule, SentenceView, Severities, Severity, about};
use crate::note::{LONGEST, LONGEST_SENTENCE, MOST_DEFINED, Note, beginning};
use crate::text::Span;
use crate::text::words::words;
use crate::verify::{MOST_QUOTED, Verification};

pub const RULE: Rule = Rule {
    code: "too-long",
    severity: Severity::Information,
    summary: "a note, a sentence or a quotation is longer than what is checked of it",
    ..Rule::of(Check::Both(footnote, sentence))
};

/// The end of what was read of a note.
#[must_use]
pub fn on_note(note: &Note, text: &str, severities: &Severities) -> Option<Finding> {
    let cut = note.cut.filter(|_| severities.wants(RULE.code))?;
    let message = format!("The note is longer than {} MB. What stands from here on is not checked.", LONGEST >> 20);
    let span = first_words(text, cut);
    about(span.of(text), vec![RULE.finding(span, message, None)]).pop().map(|finding| severities.applied(finding))
}

fn footnote(citation: &CitationView<'_>, rule: &Rule) -> Vec<Finding> {
    let is_long = citation.defined > MOST_DEFINED;
    let message = || format!("The footnote cites too much. Only its first {MOST_DEFINED} citations count.");
    is_long.then(|| rule.finding(citation.span(), message(), None)).into_iter().collect()
}

fn sentence(subject: &SentenceView<'_>, rule: &Rule, _: &Verification) -> Vec<Finding> {
    let visible = subject.visible;
    let whole = subject.quoting();
    let checked = whole.start + beginning(whole.of(visible), LONGEST_SENTENCE).len();
    // What is marked ends with the sentence.
    let own = Span::new(0, whole.end).of(visible);
    let mut found = Vec::new();
    if checked < whole.end {
        let message =
            format!("This is too long for one sentence. What stands behind its first {LONGEST_SENTENCE} bytes is not checked.");
        found.push(rule.finding(first_words(own, checked), message, None));
    }
    for quotation in &subject.quotations {
        let inner = Span::new(quotation.inner.start, quotation.inner.end.min(checked));
        // No word is shorter.
        if inner.len() < 2 * MOST_QUOTED {
            continue;
        }
        if let Some(word) = words(inner.of(visible)).get(MOST_QUOTED) {
            let message = format!("This quotation is too long to be compared. Its first {MOST_QUOTED} words are.");
            found.push(rule.finding(first_words(own, inner.start + word.span.start), message, None));
        }
    }
    found
}

/// A few words behind a place, at which something is said of all that follows.
fn first_words(text: &str, at: usize) -> Span {
    const FEW: usize = 60;
    let start = at + (text[at..].len() - text[at..].trim_start().len());
    Span::new(start, start + beginning(text[start..].lines().next().unwrap_or_default(), FEW).len())
}
