//! `single-origin`: what readers might take for common knowledge, and one source has it.

use super::wording::{source_at, source_name};
use super::{Check, Finding, Place, Profile, Rule, SentenceView, Severity};
use crate::library::SourceId;
use crate::message;
use crate::note::SentenceKind;
use crate::origins::{self, Link, Origin, Why};
use crate::text::words;
use crate::verify::{Evidence, Verdict, Verification, is_saying};

pub const RULE: Rule = Rule {
    code: "single-origin",
    severity: Severity::Hint,
    summary: "all sources that support the sentence have one origin",
    profile: Profile::Release,
    is_of_absence: true,
    ..Rule::of(Check::Sentence(check))
};

fn check(subject: &SentenceView<'_>, rule: &Rule, v: &Verification) -> Vec<Finding> {
    // Whose words they are is said where somebody is quoted or named as the speaker.
    let is_bare = subject.kind == SentenceKind::Claim && subject.quotations.is_empty() && !is_attributed(subject);
    if !is_bare || v.verdict != Verdict::Supported || subject.library.len() < 2 {
        return Vec::new();
    }
    let supports: Vec<&Evidence> = v.supporting().collect();
    let Some(first) = supports.first() else { return Vec::new() };
    let found = origins::of_evidence(supports.iter().copied(), &origins::Reader::new(subject.library));
    let Some((origin, links)) = found.only() else { return Vec::new() };
    let other = supports.iter().map(|e| e.source).find(|source| *source != first.source);
    let place = Place::from(*first);
    let at = source_at(subject, place);
    let message = match (other.map(|other| source_name(subject.library.source(other))), shared(origin, links, first.source)) {
        (None, Shared::Maker) => message!("This rests on one source, {}.", at),
        (None, Shared::Origin) => message!("This rests on one source, {}, which has it from {}.", at, origin.name),
        (None, Shared::Words) => return Vec::new(),
        (Some(other), Shared::Maker) => message!("This rests on one origin: {} and {} are both by {}.", at, other, origin.name),
        (Some(other), Shared::Words) => message!("This rests on one origin: {} and {} have it in the same words.", at, other),
        (Some(other), Shared::Origin) => {
            message!("This rests on one origin, {}: {} and {} have it from there.", origin.name, at, other)
        }
    };
    vec![rule.finding(subject.span.trimmed(subject.visible), message, Some(place))]
}

/// What makes passages one.
enum Shared {
    /// Who published or wrote them.
    Maker,
    Words,
    /// What they say it from.
    Origin,
}

fn shared(origin: &Origin, links: &[Link], first: SourceId) -> Shared {
    let is_named = |link: &Link| !matches!(link.why, Why::SameWords(_));
    match links {
        [] => Shared::Maker,
        links if links.iter().any(is_named) && origin.held != Some(first) => Shared::Origin,
        _ => Shared::Words,
    }
}

fn is_attributed(subject: &SentenceView<'_>) -> bool {
    let own = subject.words.of(subject.visible);
    let is_according = |word: &words::Word| word.span.of(own).eq_ignore_ascii_case("according");
    words::words(own).iter().any(|word| is_saying(word) || is_according(word))
}
