//! What is left of the findings of a note when those go that its directives or the desk's list ignore.
//!
//! This comes last, over findings that are kept between checks, and depends on nothing that was there
//! before. Stretches in which nothing changes stay the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::findings::{Findings, Stretch};
use super::outcome::Work;
use crate::note::Directive;
use crate::recent::Key;
use crate::rules::suppress::{self, Suppression};
use crate::rules::{Finding, Fingerprint, in_order};
use crate::text::Span;

/// What was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    /// How many findings.
    pub findings: usize,
    /// The entries of the desk's list that left something out.
    pub entries: BTreeSet<Fingerprint>,
}

/// A directive at work.
struct Active<'a> {
    directive: &'a Directive,
    reach: Option<Span>,
    /// For each rule that it names whether it left out a finding.
    used: Vec<bool>,
}

/// Leaves out what is ignored, and adds what is said of directives. What is ignored by nothing is known
/// only when the check is whole.
pub fn apply(work: &Work<'_>, findings: Findings, is_whole: bool) -> (Findings, Ignored) {
    let (note, store) = (work.note, &work.workspace.store);
    let mut ignored = Ignored::default();
    if note.directives.is_empty() && store.is_empty() {
        return (findings, ignored);
    }
    let active = |directive| Active {
        directive,
        reach: note.reach(directive, work.text),
        used: vec![false; directive.codes.len().max(1)],
    };
    let mut directives: Vec<Active<'_>> = note.directives.iter().map(active).collect();
    let mut is_left = |finding: &Finding, start: usize| {
        let is_listed = store.has(finding.fingerprint);
        if is_listed {
            ignored.entries.insert(finding.fingerprint);
        }
        let at = finding.span.start + start;
        let mut goes = is_listed;
        for directive in &mut directives {
            goes |= directive.covers(finding, at, work.text);
        }
        ignored.findings += usize::from(goes);
        !goes
    };
    let left: Vec<Vec<bool>> =
        findings.stretches().iter().map(|it| it.findings.iter().map(|finding| is_left(finding, it.start)).collect()).collect();
    let is_known = is_whole && work.workspace.is_all_known();
    let told = directives.iter().flat_map(|it| it.told(work, is_known)).collect();
    (Findings::of(joined(work, findings.stretches(), &left, told)), ignored)
}

impl Active<'_> {
    /// Whether it leaves out a finding at a place, which is noted.
    fn covers(&mut self, finding: &Finding, at: usize, text: &str) -> bool {
        let named = suppress::names(self.directive, text, finding.code);
        let inside = self.reach.is_some_and(|reach| reach.touches(at) && (at < reach.end || finding.span.is_empty()));
        let Some(named) = named.filter(|_| inside) else { return false };
        self.used[named] = true;
        true
    }

    fn told(&self, work: &Work<'_>, is_known: bool) -> Vec<Finding> {
        suppress::of_directive(&Suppression {
            directive: self.directive,
            text: work.text,
            visible: &work.note.layout.visible,
            used: is_known.then_some(self.used.as_slice()),
            severities: &work.severities,
        })
    }
}

/// The stretches with what is left of their findings, and with what is told beside.
fn joined(work: &Work<'_>, stretches: &[Stretch], left: &[Vec<bool>], told: Vec<Finding>) -> Vec<Stretch> {
    let mut told = in_order(told).into_iter().peekable();
    let mut key = Key::default();
    let ends = stretches.iter().skip(1).map(|next| next.start).chain([usize::MAX]);
    let joined = stretches.iter().zip(left).zip(ends).map(|((stretch, left), end)| {
        let mut more = Vec::new();
        while let Some(finding) = told.next_if(|finding| finding.span.start < end) {
            more.push(finding.from_start(stretch.start));
        }
        if more.is_empty() && left.iter().all(|is_left| *is_left) {
            return stretch.clone();
        }
        key.begin().number(stretch.findings.as_ptr() as usize).number(left.len()).text(&format!("{left:?}{more:?}"));
        let make = || {
            let rest = stretch.findings.iter().zip(left).filter(|(_, is_left)| **is_left).map(|(finding, _)| finding.clone());
            // With the findings before, so that no others get their address.
            (Arc::clone(&stretch.findings), in_order(rest.chain(more).collect()).into())
        };
        let (_, findings) = work.workspace.memo.left.get_or(&key, make);
        Stretch { findings, ..*stretch }
    });
    joined.collect()
}
