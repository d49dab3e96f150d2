//! Pages and other counted places: whether the source has them, and whether they say it.

use crate::library::anchors::{self, AnchorTarget};
use crate::library::locators::{self, LocatorTarget};
use crate::library::{SentenceId, SourceId, View};
use crate::message;
use crate::note::CitationKind;
use crate::note::locators::{Locator, LocatorKind};
use crate::rules::view::{Pointer, Pointing};
use crate::rules::wording::source_name;
use crate::rules::{CitationView, Finding, Place, Rule, SentenceView, cite};
use crate::source::{MarkKind, Source};
use crate::text::words::{Term, words};
use crate::text::{Span, Untrusted};
use crate::verify::{Evidence, Verdict, Verification};

/// A page or another counted place that the source does not have.
pub fn missing(subject: &CitationView<'_>, rule: &Rule, id: SourceId) -> Option<Finding> {
    let citation = &subject.citation;
    let locators = citation.places();
    let locator = locators.iter().find(|locator| locators::find(locator, id, subject.library) == LocatorTarget::Missing)?;
    let source = subject.library.source(id);
    let name = message!("{} has no {} {}", source_name(source), kind_name(locator.kind), locator.from);
    // Where a claim cites it that the source bears out, the right place is known.
    let place = |span: &Span| Place { source: id, span: *span };
    let named = |place| Some((place, label(locator, citation, place, subject.library)?));
    let right = subject.borne_out.iter().map(place).find_map(named);
    let Some((place, label)) = right else { return Some(rule.finding(subject.span(), message!("{}.", name), None)) };
    let message = message!("{}; it says so {} {}.", name, preposition(locator.kind), shown(locator.kind, &label));
    Some(rule.finding(subject.span(), message, Some(place)).with_fixes(cite::relocated(citation, &label)))
}

/// What bears out a claim in a source.
pub fn bears_out(v: &Verification, id: SourceId) -> Option<&Evidence> {
    supporting(v, id).next().filter(|_| v.verdict == Verdict::Supported)
}

/// Places that the source has, but that do not say what the claim says, while another one does.
pub fn elsewhere(subject: &SentenceView<'_>, rule: &Rule, verification: &Verification) -> Vec<Finding> {
    let pointing: Vec<Pointing<'_, '_>> = subject.pointing().collect();
    let mut ids: Vec<SourceId> = pointing.iter().map(|it| it.source).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        let citing: Vec<&Pointing<'_, '_>> = pointing.iter().filter(|it| it.source == id).collect();
        let Some(evidence) = supporting(verification, id).next() else { continue };
        let Some(cited) = cited_spans(subject.library, &citing, id) else { continue };
        let is_there = supporting(verification, id).any(|e| cited.iter().any(|span| span.overlaps(e.span)));
        if is_there || says_much(subject.words.of(subject.visible), &cited, evidence, subject.library) {
            continue;
        }
        let Some(first) = citing.first() else { continue };
        let locators = first.citation.places();
        let Some(locator) = locators.first() else { continue };
        let (place, library) = (Place { source: id, span: evidence.span }, subject.library);
        let label = label(locator, first.citation, place, library).filter(|label| !is_near(locator, label, id, library));
        let Some(label) = label else { continue };
        let old = shown(locator.kind, &range(&locators));
        let message = message!(
            "{} says so {} {}, not {}.",
            source_name(subject.library.source(id)),
            preposition(locator.kind),
            shown(locator.kind, &label),
            old
        );
        let is_shared = first.definition.is_some_and(|definition| definition.is_shared);
        let fix = cite::relocated(first.citation, &label).filter(|_| !is_shared && citing.len() == 1);
        found.push(rule.finding(first.span, message, Some(place)).with_fixes(fix));
    }
    found
}

fn supporting(verification: &Verification, id: SourceId) -> impl Iterator<Item = &Evidence> {
    verification.supporting().filter(move |e| e.source == id)
}

/// The places at which all citations of one source point. `None` where one of them names none, or
/// one that cannot be told or is not there.
fn cited_spans(library: &View<'_>, citing: &[&Pointing<'_, '_>], id: SourceId) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    for Pointing { citation, .. } in citing {
        let locators = citation.places();
        let has_anchor =
            citation.anchors().iter().any(|anchor| matches!(anchors::find(anchor, id, library), AnchorTarget::At(_)));
        if locators.is_empty() || has_anchor {
            return None;
        }
        for locator in locators {
            match locators::find(&locator, id, library) {
                LocatorTarget::At(found) => {
                    spans.extend(found.into_iter().map(|span| widened(&locator, span, library.source(id))))
                }
                LocatorTarget::Missing | LocatorTarget::Unknown => return None,
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
fn is_near(locator: &Locator, label: &str, id: SourceId, library: &View<'_>) -> bool {
    let source = library.source(id);
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
fn label(locator: &Locator, citation: &Pointer<'_>, evidence: Place, library: &View<'_>) -> Option<String> {
    let physical = matches!(citation.kind(), CitationKind::Link | CitationKind::Address);
    locators::label(locator, physical, evidence.span, evidence.source, library)
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
