//! How many origins the evidence for a claim has.

use super::names::Name;
use super::origin::{Link, Origin, Why};
use super::reader::Reader;
use super::shared;
use crate::library::SourceId;
use crate::text::words::counted;
use crate::text::{Span, Untrusted};
use crate::verify::Evidence;

/// The origins of some passages.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// How many sources the passages are of.
    pub sources: usize,
    /// Each with the links that lead to it.
    pub origins: Vec<(Origin, Vec<Link>)>,
}

/// The origins of the evidence that supports a claim.
#[must_use]
pub fn of_evidence<'e>(evidence: impl Iterator<Item = &'e Evidence>, reader: &Reader<'_, '_>) -> Origins {
    let library = reader.library;
    let passages: Vec<(SourceId, Span)> = evidence.map(|e| (e.source, e.span)).collect();
    let mut groups = Groups::default();
    let own = |source: SourceId| (reader.own(source), None);
    let of_passages: Vec<Vec<(Origin, Option<Link>)>> = passages
        .iter()
        .map(|(source, span)| {
            let links = library.sentences_at(*source, *span).flat_map(|at| reader.links(at));
            let found: Vec<_> = links.map(|link| (link.origin.clone(), Some(link))).collect();
            if found.is_empty() { vec![own(*source)] } else { found }
        })
        .collect();
    // Whoever has it from a paper that is here itself has it from where that one has it.
    let is_of = |origin: &Origin, source: SourceId| reader.is_by(origin, source);
    for (at, origins) in of_passages.iter().enumerate() {
        for (origin, link) in origins {
            let ultimate = (0..passages.len()).find(|other| {
                let (source, is_other) = (passages[*other].0, *other != at && passages[*other].0 != passages[at].0);
                is_other && link.is_some() && is_of(origin, source) && of_passages[*other].iter().any(|(_, link)| link.is_some())
            });
            match ultimate {
                Some(other) => {
                    let all: Vec<usize> = of_passages[other].iter().map(|(origin, _)| groups.of(origin)).collect();
                    all.into_iter().for_each(|group| groups.add(group, at, link.clone()));
                }
                None => {
                    let group = groups.of(origin);
                    groups.add(group, at, link.clone());
                }
            }
        }
    }
    for (at, one) in passages.iter().enumerate() {
        for (other, two) in passages.iter().enumerate().take(at).filter(|(_, two)| two.0 != one.0) {
            let text = |(source, span): &(SourceId, Span)| library.source(*source).quote(*span);
            let (a, b) = (text(one), text(two));
            let author = |source: SourceId| library.source(source).metadata.author.as_deref().map(Name::of);
            if shared::has_same_words(a.plain(), b.plain()) || shared::quotes_same(a.plain(), b.plain()) {
                let why = Why::SameWords(one.1);
                groups.join(at, other, Some(&|origin| Link { source: one.0, passage: one.1, origin, why }));
            } else if author(one.0).zip(author(two.0)).is_some_and(|(one, two)| one.is(&two)) {
                groups.join(at, other, None);
            }
        }
    }
    let mut sources: Vec<SourceId> = passages.iter().map(|(source, _)| *source).collect();
    sources.sort_unstable();
    sources.dedup();
    Origins { sources: sources.len(), origins: groups.all.into_iter().map(|group| (group.origin, group.links)).collect() }
}

impl Origins {
    /// "4 sources, 1 origin: Ministry of Transport cable"; nothing where each source is its own origin.
    #[must_use]
    pub fn shown(&self) -> Option<Untrusted> {
        if self.sources < 2 && self.origins.iter().all(|(_, links)| links.is_empty()) {
            return None;
        }
        let names = Untrusted::joined(self.origins.iter().map(|(origin, _)| origin.name.clone()), "; ");
        Some(crate::message!("{}, {}: {}", counted(self.sources, "source"), counted(self.origins.len(), "origin"), names))
    }

    /// The only origin, if there is one.
    #[must_use]
    pub fn only(&self) -> Option<&(Origin, Vec<Link>)> {
        match &self.origins[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Origins that are one, with the passages that rest on them.
#[derive(Default)]
struct Groups {
    all: Vec<Group>,
}

struct Group {
    origin: Origin,
    passages: Vec<usize>,
    links: Vec<Link>,
}

impl Groups {
    fn of(&mut self, origin: &Origin) -> usize {
        if let Some(at) = self.all.iter().position(|group| group.origin.is(origin)) {
            // A source that is there says best what it is, and as a document more than its maker does.
            let known = &self.all[at].origin;
            if known.held.is_none() && origin.held.is_some() || known.held == origin.held && known.kind.is_none() {
                self.all[at].origin = origin.clone();
            }
            return at;
        }
        self.all.push(Group { origin: origin.clone(), passages: Vec::new(), links: Vec::new() });
        self.all.len() - 1
    }

    fn add(&mut self, group: usize, passage: usize, link: Option<Link>) {
        self.all[group].passages.push(passage);
        self.all[group].links.extend(link);
    }

    /// The origins of two passages are the same.
    fn join(&mut self, one: usize, two: usize, link: Option<&dyn Fn(Origin) -> Link>) {
        let of = |groups: &Self, passage: usize| groups.all.iter().position(|group| group.passages.contains(&passage));
        while let (Some(a), Some(b)) = (of(self, one), self.all.iter().rposition(|group| group.passages.contains(&two))) {
            if a == b {
                return;
            }
            let (into, from) = (a.min(b), a.max(b));
            let gone = self.all.remove(from);
            let group = &mut self.all[into];
            // What is named stands for what is only somebody's own.
            if group.links.is_empty() && !gone.links.is_empty() {
                group.origin = gone.origin;
            }
            group.passages.extend(gone.passages);
            group.links.extend(gone.links);
            let origin = group.origin.clone();
            group.links.extend(link.map(|link| link(origin)));
        }
    }
}
