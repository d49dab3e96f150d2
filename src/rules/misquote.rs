//! `misquote`: a quotation whose words differ from those of its source.

use super::wording::{note_words, source_at, source_words};
use super::{Check, Edit, Finding, Fix, Place, Rule, SentenceView, Severity, fix};
use crate::message;
use crate::note::Quotation;
use crate::text::words::capitalised;
use crate::text::{Span, Untrusted};
use crate::verify::{Change, QuotationMatch, Verification};

pub const RULE: Rule = Rule {
    code: "misquote",
    severity: Severity::Error,
    summary: "a quotation differs from its source",
    has_safe_fix: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    v.quotations.iter().filter_map(|check| finding(subject, rule, &check.quotation, &check.found)).collect()
}

fn finding(subject: &SentenceView<'_>, rule: &Rule, quotation: &Quotation, found: &QuotationMatch) -> Option<Finding> {
    let inner = quotation.inner;
    match found {
        QuotationMatch::Altered { source, span, changes } => {
            let place = Place { source: *source, span: *span };
            let finding = rule.finding(marked(inner, changes), altered(subject, place, changes), Some(place));
            Some(finding.with_fixes(restored(subject, quotation, place, changes)))
        }
        QuotationMatch::Cut { source, span, dropped } => {
            let place = Place { source: *source, span: *span };
            let word = source_words(subject, Place { source: *source, span: *dropped });
            let message = message!(
                "The omission in this quotation changes its sense: it leaves out {}. {} says {}.",
                word,
                source_at(subject, place),
                source_words(subject, place)
            );
            Some(rule.finding(inner, message, Some(place)).with_fixes(whole(subject, quotation, place)))
        }
        QuotationMatch::Stitched { source, span, joints } => {
            let place = Place { source: *source, span: *span };
            let message = message!(
                "These words do not follow each other in {}; mark the omission or quote them apart.",
                source_at(subject, place)
            );
            Some(rule.finding(inner, message, Some(place)).with_fixes(omissions(joints)))
        }
        _ => None,
    }
}

/// Only the wrong words, or the whole quotation where words are lacking or much differs.
fn marked(inner: Span, changes: &[Change]) -> Span {
    match changes {
        [one] if !one.claim.is_empty() => one.claim,
        _ => inner,
    }
}

/// Up to this many differences are told one by one.
const MOST_TOLD: usize = 3;

fn altered(subject: &SentenceView<'_>, place: Place, changes: &[Change]) -> Untrusted {
    let source = |span| source_words(subject, Place { source: place.source, span });
    let at = source_at(subject, place);
    match changes {
        [one] if one.claim.is_empty() => message!("This quotation leaves out {}, which stands in {}.", source(one.source), at),
        [one] if one.source.is_empty() => message!("{} is not in the quoted words of {}.", note_words(subject, one.claim), at),
        [one] => message!("The quotation has {}, but {} has {}.", note_words(subject, one.claim), at, source(one.source)),
        few if few.len() <= MOST_TOLD => {
            let told = few.iter().map(|change| difference(subject, place, change));
            message!("This quotation differs from {}: {}.", at, Untrusted::joined(told, "; "))
        }
        _ => message!("This quotation differs from {}, which says {}.", at, source_words(subject, place)),
    }
}

fn difference(subject: &SentenceView<'_>, place: Place, change: &Change) -> Untrusted {
    let source = source_words(subject, Place { source: place.source, span: change.source });
    match (change.claim.is_empty(), change.source.is_empty()) {
        (true, _) => message!("it leaves out {}", source),
        (_, true) => message!("it adds {}", note_words(subject, change.claim)),
        _ => message!("it has {} for {}", note_words(subject, change.claim), source),
    }
}

/// The source's words where the note has others.
fn restored(subject: &SentenceView<'_>, quotation: &Quotation, place: Place, changes: &[Change]) -> Option<Fix> {
    let edits: Option<Vec<Edit>> = changes.iter().map(|change| edit(subject, quotation, place, change)).collect();
    let edits = edits?;
    let title = match (changes, &edits[..]) {
        ([change], [_]) if change.claim.is_empty() => message!("insert {}", fix::shown(&words(subject, place, change.source))),
        ([change], [_]) if change.source.is_empty() => message!("remove {}", note_words(subject, change.claim)),
        ([change], [edit]) => message!("replace {} with {}", note_words(subject, change.claim), fix::shown(&edit.text)),
        _ => message!("quote as in the source: {}", fix::shown(&words(subject, place, place.span))),
    };
    Some(Fix { title, edits, file: None })
}

fn words(subject: &SentenceView<'_>, place: Place, span: Span) -> String {
    subject.library.source(place.source).quote(span).plain().to_owned()
}

fn edit(subject: &SentenceView<'_>, quotation: &Quotation, place: Place, change: &Change) -> Option<Edit> {
    let new = fit(subject, quotation, &words(subject, place, change.source), change.claim)?;
    if change.claim.is_empty() {
        let at_start = change.claim.start == quotation.inner.start;
        let text = if at_start { format!("{new} ") } else { format!(" {new}") };
        return Some(Edit { span: change.claim, text });
    }
    if !fix::is_plain(subject, change.claim) {
        return None;
    }
    if change.source.is_empty() {
        return Some(Edit { span: with_a_space(subject, quotation.inner, change.claim), text: String::new() });
    }
    Some(Edit { span: change.claim, text: new })
}

/// A word goes with the space before it, or behind it at the start of the quotation.
fn with_a_space(subject: &SentenceView<'_>, inner: Span, span: Span) -> Span {
    let text = subject.text;
    if span.start > inner.start && text[..span.start].ends_with(' ') {
        Span::new(span.start - 1, span.end)
    } else if text[span.end..].starts_with(' ') {
        Span::new(span.start, span.end + 1)
    } else {
        span
    }
}

/// The source's words as they can stand inside the note's marks: a capital where the quotation
/// begins with one, and no marks of the outer kind. `None` if nothing is certain.
fn fit(subject: &SentenceView<'_>, quotation: &Quotation, words: &str, at: Span) -> Option<String> {
    let outer = Span::new(quotation.span.start, quotation.inner.start).of(subject.text);
    let double = outer.contains(['“', '"', '«', '»', '„']);
    let mut inside = words.to_owned();
    if double {
        inside = fix::in_double_marks(words);
    } else if outer.contains(['‘', '‹']) && words.contains(['‘', '’', '‹', '›']) {
        return None;
    }
    let note_has_capital = quotation.inner.of(subject.text).starts_with(char::is_uppercase);
    let capital = at.start == quotation.inner.start && note_has_capital;
    fix::inserted(subject, at, &if capital { capitalised(&inside) } else { inside })
}

/// The source's words from end to end.
fn whole(subject: &SentenceView<'_>, quotation: &Quotation, place: Place) -> Option<Fix> {
    const LONGEST: usize = 400;
    let words = words(subject, place, place.span);
    let inner = last_word_of(quotation.inner, subject.text);
    if words.len() > LONGEST || !fix::is_plain(subject, inner) {
        return None;
    }
    let text = fit(subject, quotation, &words, inner)?;
    Some(Fix::one(message!("quote as in the source: {}", fix::shown(&words)), inner, text))
}

/// A quotation without the stop or comma at its end.
fn last_word_of(inner: Span, text: &str) -> Span {
    let words = inner.of(text).trim_end_matches(['.', ',', '!', '?', ';', ':']);
    Span::new(inner.start, inner.start + words.len())
}

/// An ellipsis where the parts join.
fn omissions(joints: &[usize]) -> Option<Fix> {
    let edits: Vec<Edit> = joints.iter().map(|at| Edit { span: Span::new(*at, *at), text: "[…] ".to_owned() }).collect();
    (!edits.is_empty()).then(|| Fix { title: "mark the omission with […]".into(), edits, file: None })
}
