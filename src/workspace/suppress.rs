//! What is left of the findings of a note when those go that its directives or the desk's list ignore.
//!
//! This comes last, over findings that are kept between checks, and depends on nothing that was there
//! before. Parts in which nothing changes stay the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::findings::{Findings, PartFindings};
use super::sentence::Work;
use crate::cache::Key;
use crate::note::{Directive, Lines};
use crate::rules::suppress::{self, Suppression};
use crate::rules::{CitedNote, Finding, Fingerprint, in_order};
use crate::text::Span;

/// What was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoredFindings {
    /// In no order that says anything.
    pub findings: Vec<IgnoredFinding>,
    /// The entries of the desk's list that left something out.
    pub entries: BTreeSet<Fingerprint>,
}

/// A finding that somebody accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredFinding {
    /// With its place in the note.
    pub finding: Finding,
    /// Why, in that person's words; empty where none are given.
    pub reason: String,
    /// Whether a comment in the note says so, and not the desk's list.
    pub is_in_note: bool,
}

/// A directive at work.
struct Active<'a> {
    directive: &'a Directive,
    reach: Option<Span>,
}

/// Leaves out what is ignored, and adds what is said of directives. What is ignored by nothing is known
/// only when the check is whole.
pub fn apply(work: &Work<'_>, findings: Findings, is_whole: bool) -> (Findings, IgnoredFindings) {
    let (note, text, store) = (work.note.note, work.note.text, &work.workspace.store);
    let mut ignored = IgnoredFindings::default();
    if note.directives.is_empty() && store.is_empty() {
        return (findings, ignored);
    }
    let lines = Lines::of(text);
    let active = |directive| Active { directive, reach: note.reach(directive, text, &lines) };
    let directives: Vec<Active<'_>> = note.directives.iter().map(active).collect();
    let reaches = Reaches::of(&directives, text);
    let mut places: FxHashMap<&str, Places> = FxHashMap::default();
    let mut is_left = |finding: &Finding, start: usize| {
        let is_listed = store.entry(finding.fingerprint).is_some();
        if is_listed {
            ignored.entries.insert(finding.fingerprint);
        }
        let place = (finding.span.start + start, finding.span.is_empty());
        places.entry(finding.code).or_default().add(place);
        let entry = store.entry(finding.fingerprint).map(|entry| (entry.reason.clone(), false));
        let directive = || reaches.covering(finding.code, place).map(|it| (it.reason.of(text).trim().to_owned(), true));
        let Some((reason, is_in_note)) = entry.or_else(directive) else { return true };
        ignored.findings.push(IgnoredFinding { finding: finding.shifted(start), reason, is_in_note });
        false
    };
    let left: Vec<Vec<bool>> =
        findings.parts().iter().map(|it| it.findings.iter().map(|finding| is_left(finding, it.start)).collect()).collect();
    let mut all = Places::default();
    #[expect(clippy::iter_over_hash_type, reason = "all are sorted afterwards")]
    for places in places.values_mut() {
        places.sort();
        all.join(places);
    }
    all.sort();
    places.insert(ALL, all);
    let is_known = is_whole && work.workspace.is_all_known();
    let told = directives.iter().flat_map(|it| it.told(work, is_known, &places)).collect();
    (Findings::of(joined(work, findings.parts(), &left, told)), ignored)
}

/// The findings with others beside them, which are not kept.
pub fn with(work: &Work<'_>, findings: Findings, more: Vec<Finding>) -> Findings {
    if more.is_empty() {
        return findings;
    }
    let left: Vec<Vec<bool>> = findings.parts().iter().map(|part| vec![true; part.findings.len()]).collect();
    Findings::of(joined(work, findings.parts(), &left, more))
}

/// Stands for all rules, in directives that name none.
const ALL: &str = "";

/// Where a finding begins, and whether it has no words.
type Place = (usize, bool);

/// Where findings of one rule begin: those with words, and those without.
#[derive(Default)]
struct Places([Vec<usize>; 2]);

impl Places {
    fn add(&mut self, (at, is_empty): Place) {
        self.0[usize::from(is_empty)].push(at);
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| own.extend(other));
    }

    fn sort(&mut self) {
        self.0.iter_mut().for_each(|places| places.sort_unstable());
    }

    /// Whether there is one in a span; one without words may stand at its end.
    fn has_in(&self, span: Span) -> bool {
        let first = |places: &[usize]| places.get(places.partition_point(|at| *at < span.start)).copied();
        first(&self.0[0]).is_some_and(|at| at < span.end) || first(&self.0[1]).is_some_and(|at| at <= span.end)
    }
}

/// What the directives of a note cover, rule by rule.
struct Reaches<'a>(FxHashMap<&'a str, Vec<(Span, &'a Directive)>>);

impl<'a> Reaches<'a> {
    fn of(directives: &[Active<'a>], text: &'a str) -> Self {
        let mut reaches: FxHashMap<&str, Vec<(Span, &Directive)>> = FxHashMap::default();
        for Active { directive, reach } in directives {
            let codes = directive.codes.iter().map(|code| code.of(text));
            for code in codes.chain(Some(ALL).filter(|_| directive.codes.is_empty())) {
                reaches.entry(code).or_default().extend(reach.map(|reach| (reach, *directive)));
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each is for itself")]
        for spans in reaches.values_mut() {
            spans.sort_by_key(|(span, _)| *span);
            // What ends no later than one before it covers nothing more.
            let mut end = None;
            spans.retain(|(span, _)| end.replace(end.unwrap_or(0).max(span.end)).is_none_or(|before| span.end > before));
        }
        Self(reaches)
    }

    /// A directive that covers a place, for a rule.
    fn covering(&self, code: &str, (at, is_empty): Place) -> Option<&'a Directive> {
        let covers = |spans: &Vec<(Span, &'a Directive)>| {
            let behind = spans.partition_point(|(span, _)| span.start <= at);
            let last = spans[..behind].last().filter(|(span, _)| at < span.end || at == span.end && is_empty);
            last.map(|(_, directive)| *directive)
        };
        [code, ALL].into_iter().filter_map(|code| self.0.get(code)).find_map(covers)
    }
}

impl Active<'_> {
    /// For each rule that it names whether it leaves out a finding; one for all if it names none.
    fn used(&self, text: &str, places: &FxHashMap<&str, Places>) -> Vec<bool> {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut is_used = |code| {
            let is_new = seen.insert(code);
            is_new && self.reach.zip(places.get(code)).is_some_and(|(reach, places)| places.has_in(reach))
        };
        if self.directive.codes.is_empty() {
            return vec![is_used(ALL)];
        }
        self.directive.codes.iter().map(|code| is_used(code.of(text))).collect()
    }

    fn told(&self, work: &Work<'_>, is_known: bool, places: &FxHashMap<&str, Places>) -> Vec<Finding> {
        let CitedNote { note, text, severities, .. } = &work.note;
        suppress::of_directive(&Suppression {
            directive: self.directive,
            text,
            visible: &note.layout.visible,
            used: is_known.then(|| self.used(text, places)).as_deref(),
            severities,
        })
    }
}

/// The parts with what is left of their findings, and with what is told beside.
fn joined(work: &Work<'_>, parts: &[PartFindings], left: &[Vec<bool>], told: Vec<Finding>) -> Vec<PartFindings> {
    let mut told = in_order(told).into_iter().peekable();
    let mut key = Key::default();
    let ends = parts.iter().skip(1).map(|next| next.start).chain([usize::MAX]);
    let joined = parts.iter().zip(left).zip(ends).map(|((part, left), end)| {
        let mut more = Vec::new();
        while let Some(finding) = told.next_if(|finding| finding.span.start < end) {
            more.push(finding.from_start(part.start));
        }
        if more.is_empty() && left.iter().all(|is_left| *is_left) {
            return part.clone();
        }
        key.begin().number(part.findings.as_ptr() as usize).number(left.len()).text(&format!("{left:?}{more:?}"));
        let make = || {
            let rest = part.findings.iter().zip(left).filter(|(_, is_left)| **is_left).map(|(finding, _)| finding.clone());
            // With the findings before, so that no others get their address.
            (Arc::clone(&part.findings), in_order(rest.chain(more).collect()).into())
        };
        let (_, findings) = work.workspace.cache.left.get_or(&key, make);
        PartFindings { findings, ..*part }
    });
    joined.collect()
}
