//! `unsupported-claim`: a sentence that no source bears out.

use super::wording::{note_words, source_at};
use super::{Check, Finding, Place, Rule, Severity, Subject};
use crate::note::Sentence;
use crate::text::Span;
use crate::verify::{Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "unsupported-claim",
    severity: Severity::Warning,
    summary: "no source supports the sentence",
    is_for_release: false,
    check: Check::Sentence(check),
};

fn check(subject: &Subject<'_>, rule: &Rule, sentence: &Sentence, v: &Verification) -> Vec<Finding> {
    // Without a single source every sentence would be unsupported, which says nothing.
    if subject.library.is_empty() {
        return Vec::new();
    }
    let is_meant = v.verdict == Verdict::Unsupported && v.contested.is_none() && v.conflicts.is_empty();
    // If no word is lacking there is nothing to show.
    let lacks = v.lacks_facts || !v.missing.is_empty();
    if !is_meant || !lacks || subject.cites_unreadable(sentence) {
        return Vec::new();
    }
    let finding = rule.finding(words_of(subject, sentence), message(subject, v), nearest(v));
    // Words alone may be a free paraphrase: worth a look, not a warning.
    vec![if v.lacks_facts { finding } else { Finding { severity: Severity::Information, ..finding } }]
}

/// The sentence without the citations behind it.
fn words_of(subject: &Subject<'_>, sentence: &Sentence) -> Span {
    sentence.span.trimmed(&subject.note.layout.visible)
}

fn nearest(verification: &Verification) -> Option<Place> {
    verification.evidence.first().map(Place::from)
}

fn message(subject: &Subject<'_>, verification: &Verification) -> String {
    const MOST_SHOWN: usize = 4;
    let Some(place) = nearest(verification) else {
        return "No source says this.".to_owned();
    };
    let says = if verification.lacks_facts { "No source says this." } else { "No source says this in these words." };
    let mut missing: Vec<String> = Vec::new();
    for words in verification.missing.iter().map(|span| note_words(subject, *span)) {
        if !missing.contains(&words) {
            missing.push(words);
        }
    }
    let more = if missing.len() > MOST_SHOWN { " and more" } else { "" };
    missing.truncate(MOST_SHOWN);
    let at = source_at(subject, place);
    if missing.is_empty() {
        format!("{says} The nearest passage is in {at}.")
    } else {
        format!("{says} The nearest passage, in {at}, lacks {}{more}.", missing.join(", "))
    }
}
