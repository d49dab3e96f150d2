//! `unsupported-claim`: a sentence that no source bears out.

use super::wording::{note_words, source_at};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::message;
use crate::note::SentenceKind;
use crate::text::{Span, Untrusted};
use crate::verify::{Confidence, Verdict, Verification};

pub const RULE: Rule = Rule {
    code: "unsupported-claim",
    severity: Severity::Warning,
    summary: "no source supports the sentence",
    is_of_absence: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    // Without a single source every sentence would be unsupported, which says nothing.
    if subject.library.is_empty() {
        return Vec::new();
    }
    let is_meant = v.verdict == Verdict::Unsupported && v.conflicts.is_empty();
    // If no word is lacking, and nobody has surely read it, there is nothing to show.
    let lacks = v.lacks_facts || !v.missing.is_empty() || is_read_otherwise(v) && v.confidence == Confidence::Sure;
    // Of a premise only a part was looked for.
    let is_vague = subject.kind == SentenceKind::Premise && v.confidence == Confidence::Unsure;
    if !is_meant || !lacks || is_vague || subject.cites_unreadable() {
        return Vec::new();
    }
    let finding = rule.finding(words_of(subject), message(subject, v), nearest(v));
    let confidence = if subject.kind == SentenceKind::Premise { Confidence::Likely.min(v.confidence) } else { v.confidence };
    vec![finding.with_confidence(confidence, rule.severity)]
}

/// Whether the model has read what there is and does not find it there.
fn is_read_otherwise(v: &Verification) -> bool {
    v.excerpt.as_ref().is_some_and(|excerpt| excerpt.entailment.entailed < 0.5)
}

/// The sentence without the citations behind it.
fn words_of(subject: &SentenceView<'_>) -> Span {
    subject.span.trimmed(subject.visible)
}

fn nearest(verification: &Verification) -> Option<Place> {
    verification.evidence.first().map(Place::from)
}

fn message(subject: &SentenceView<'_>, verification: &Verification) -> Untrusted {
    const MOST_SHOWN: usize = 4;
    let Some(place) = nearest(verification) else {
        return message!("No source says this.");
    };
    let says = match (verification.lacks_facts, is_read_otherwise(verification)) {
        (true, _) => "No source says this.",
        (false, true) => "As the model reads them, no source says this.",
        (false, false) => "No source says this in these words.",
    };
    let mut missing: Vec<Untrusted> = Vec::new();
    for words in verification.missing.iter().map(|span| note_words(subject, *span)) {
        if !missing.contains(&words) {
            missing.push(words);
        }
    }
    let more = if missing.len() > MOST_SHOWN { message!(" and more") } else { message!("") };
    missing.truncate(MOST_SHOWN);
    let at = source_at(subject, place);
    if missing.is_empty() {
        message!("{} The nearest passage is in {}.", says, at)
    } else {
        message!("{} The nearest passage, in {}, lacks {}{}.", says, at, Untrusted::joined(missing, ", "), more)
    }
}
