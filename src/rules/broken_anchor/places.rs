//! Pages and other counted places: whether the source has them, and whether they say it.

use crate::library::anchors::{self, Found};
use crate::library::locators::{self, Found as Located};
use crate::library::{SentenceId, SourceId, View};
use crate::message;
use crate::note::locators::{Locator, LocatorKind};
use crate::note::{Citation, CitationKind, Sentence};
use crate::rules::wording::source_name;
use crate::rules::{Finding, Place, Rule, Subject, cite};
use crate::source::{MarkKind, Source};
use crate::text::words::{Term, words};
use crate::text::{Span, Untrusted};
use crate::verify::{Evidence, Verdict, Verification};

/// A page or another counted place that the source does not have.
pub fn missing(subject: &Subject<'_>, rule: &Rule, citation: &Citation, id: SourceId) -> Option<Finding> {
    let locators = citation.places();
    let locator = locators.iter().find(|locator| locators::find(locator, id, subject.library) == Located::Missing)?;
    let source = subject.library.source(id);
    let name = message!("{} has no {} {}", source_name(source), kind_name(locator.kind), locator.from);
    // Where a claim cites it that the source bears out, the right place is known.
    let right = borne_out(subject, id).find_map(|evidence| Some((evidence, label(subject, locator, citation, evidence)?)));
    let Some((evidence, label)) = right else { return Some(rule.finding(citation.span, message!("{}.", name), None)) };
    let message = message!("{}; it says so {} {}.", name, preposition(locator.kind), shown(locator.kind, &label));
    let place = Place { source: id, span: evidence.span };
    Some(rule.finding(citation.span, message, Some(place)).with_fixes(cite::relocated(subject, citation, &label)))
}

/// What bears out a claim in a source.
pub fn bears_out(v: &Verification, id: SourceId) -> Option<&Evidence> {
    supporting(v, id).next().filter(|_| v.verdict == Verdict::Supported)
}

/// What bears out the claims that a citation stands for, in the source that it cites.
fn borne_out<'a>(subject: &Subject<'a>, id: SourceId) -> impl Iterator<Item = &'a Evidence> + use<'a> {
    let subject = *subject;
    subject.claims.iter().filter_map(move |at| bears_out(subject.verifications[*at].as_ref()?, id))
}

/// Places that the source has, but that do not say what the claim says, while another one does.
pub fn elsewhere(subject: &Subject<'_>, rule: &Rule, sentence: &Sentence, verification: &Verification) -> Vec<Finding> {
    let pointing: Vec<(&Citation, SourceId)> = subject.pointing(sentence).collect();
    let mut ids: Vec<SourceId> = pointing.iter().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        let citing: Vec<&Citation> = pointing.iter().filter(|(_, of)| *of == id).map(|(citation, _)| *citation).collect();
        let Some(evidence) = supporting(verification, id).next() else { continue };
        let Some(cited) = cited_spans(subject, &citing, id) else { continue };
        let is_there = supporting(verification, id).any(|e| cited.iter().any(|span| span.overlaps(e.span)));
        if is_there || says_much(sentence.words.of(&subject.note.layout.visible), &cited, evidence, subject.library) {
            continue;
        }
        let Some(citation) = citing.first() else { continue };
        let locators = citation.places();
        let Some(locator) = locators.first() else { continue };
        let Some(label) = label(subject, locator, citation, evidence).filter(|label| !is_near(locator, label, id, subject))
        else {
            continue;
        };
        let old = shown(locator.kind, &range(&locators));
        let message = message!(
            "{} says so {} {}, not {}.",
            source_name(subject.library.source(id)),
            preposition(locator.kind),
            shown(locator.kind, &label),
            old
        );
        let place = Place { source: id, span: evidence.span };
        // A citation in the definition of a footnote is meant by its mark in the sentence.
        let mark = sentence.citations.iter().map(|at| &subject.note.citations[*at]);
        let at = mark.filter(|c| c.kind == CitationKind::Footnote).find(|mark| defines(subject, mark, citation));
        let is_shared = at.is_some_and(|mark| is_used_again(subject, mark));
        let fix = cite::relocated(subject, citation, &label).filter(|_| !is_shared && citing.len() == 1);
        found.push(rule.finding(at.unwrap_or(citation).span, message, Some(place)).with_fixes(fix));
    }
    found
}

fn supporting(verification: &Verification, id: SourceId) -> impl Iterator<Item = &Evidence> {
    verification.supporting().filter(move |e| e.source == id)
}

/// The places at which all citations of one source point. `None` where one of them names none, or
/// one that cannot be told or is not there.
fn cited_spans(subject: &Subject<'_>, citing: &[&Citation], id: SourceId) -> Option<Vec<Span>> {
    let library = subject.library;
    let mut spans = Vec::new();
    for citation in citing {
        let locators = citation.places();
        let has_anchor = anchors::of(citation).iter().any(|anchor| matches!(anchors::find(anchor, id, library), Found::At(_)));
        if locators.is_empty() || has_anchor {
            return None;
        }
        for locator in locators {
            match locators::find(&locator, id, library) {
                Located::At(found) => spans.extend(found.into_iter().map(|span| widened(&locator, span, library.source(id)))),
                Located::Missing | Located::Unknown => return None,
            }
        }
    }
    Some(spans)
}

/// A line stands for its paragraph: many point at where that begins.
fn widened(locator: &Locator, span: Span, source: &Source) -> Span {
    if locator.kind != LocatorKind::Line {
        return span;
    }
    source.layout.blocks.iter().filter(|block| block.span.overlaps(span)).fold(span, |span, block| span.cover(block.span))
}

/// Whether the cited places hold nearly as much of the claim as the evidence does: the verifier
/// names only the best passages, and others may bear it out as well.
fn says_much(claim: &str, cited: &[Span], evidence: &Evidence, library: &View<'_>) -> bool {
    const NEARLY: f32 = 0.75;
    let mut terms: Vec<Term> = words(claim).iter().filter(|w| !w.is_stop).map(|w| w.term).collect();
    terms.sort_unstable();
    terms.dedup();
    let held = |window: &[usize]| -> f32 {
        let words = window.iter().flat_map(|i| &library.sentence(SentenceId(*i)).analysis.words);
        let there: Vec<Term> = words.map(|word| word.term).collect();
        terms.iter().filter(|term| there.contains(term)).map(|term| library.weight(*term)).sum()
    };
    let best = |spans: &[Span]| {
        let is_inside = |i: &usize| spans.iter().any(|span| library.sentence(SentenceId(*i)).span.overlaps(*span));
        let inside: Vec<usize> = library.sentences_of(evidence.source).filter(is_inside).collect();
        let neighbours = inside.windows(2).filter(|pair| pair[0] + 1 == pair[1]);
        neighbours.chain(inside.chunks(1)).map(held).fold(0.0, f32::max)
    };
    best(cited) >= NEARLY * best(&[evidence.span])
}

/// Whether counting otherwise explains the difference.
fn is_near(locator: &Locator, label: &str, id: SourceId, subject: &Subject<'_>) -> bool {
    let source = subject.library.source(id);
    if locator.kind != LocatorKind::Paragraph || !locators::counts_paragraphs(source) {
        return false;
    }
    // What is a paragraph of a page is a guess.
    let has_pages = source.marks.iter().any(|mark| mark.kind == MarkKind::Page);
    let number = |text: &str| text.parse::<usize>().ok();
    let last = locator.to.as_deref().unwrap_or(&locator.from);
    let apart = |(at, from, to): (usize, usize, usize)| at + 1 < from || at > to + 1;
    has_pages || !number(label).zip(number(&locator.from)).zip(number(last)).is_some_and(|((at, from), to)| apart((at, from, to)))
}

/// The name of the evidence's place, as the citation names places.
fn label(subject: &Subject<'_>, locator: &Locator, citation: &Citation, evidence: &Evidence) -> Option<String> {
    let physical = matches!(citation.kind, CitationKind::Link | CitationKind::Address);
    locators::label(locator, physical, evidence.span, evidence.source, subject.library)
}

/// Whether the definition of a footnote holds the citation.
fn defines(subject: &Subject<'_>, mark: &Citation, citation: &Citation) -> bool {
    let inside = mark.definition.as_deref().unwrap_or_default();
    inside.iter().any(|at| std::ptr::eq(&subject.note.citations[*at], citation))
}

fn is_used_again(subject: &Subject<'_>, mark: &Citation) -> bool {
    let marks = subject.note.citations.iter().filter(|c| c.kind == CitationKind::Footnote && c.target == mark.target);
    marks.count() > 1
}

/// All that the locators name, from the first to the last.
fn range(locators: &[Locator]) -> String {
    let one = |locator: &Locator| match &locator.to {
        Some(to) => format!("{}–{to}", locator.from),
        None => locator.from.clone(),
    };
    locators.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn kind_name(kind: LocatorKind) -> &'static str {
    match kind {
        LocatorKind::Page => "page",
        LocatorKind::Paragraph => "paragraph",
        LocatorKind::Section => "section",
        LocatorKind::Line => "line",
        LocatorKind::Time => "time",
        LocatorKind::Row => "row",
    }
}

fn shown(kind: LocatorKind, label: &str) -> Untrusted {
    match kind {
        LocatorKind::Page if label.contains(['–', ',']) => message!("pp. {}", label),
        LocatorKind::Page => message!("p. {}", label),
        LocatorKind::Paragraph => message!("¶ {}", label),
        LocatorKind::Time => label.into(),
        LocatorKind::Section if label.contains(char::is_alphabetic) => message!("the section “{}”", label),
        LocatorKind::Section | LocatorKind::Line | LocatorKind::Row => message!("{} {}", kind_name(kind), label),
    }
}

fn preposition(kind: LocatorKind) -> &'static str {
    match kind {
        LocatorKind::Page => "on",
        LocatorKind::Time => "at",
        LocatorKind::Paragraph | LocatorKind::Section | LocatorKind::Line | LocatorKind::Row => "in",
    }
}
