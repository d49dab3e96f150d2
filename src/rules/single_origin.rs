//! `single-origin`: what readers might take for common knowledge, and one source has it.

use super::wording::{source_at, source_name};
use super::{Check, Finding, Place, Rule, SentenceView, Severity};
use crate::library::SourceId;
use crate::message;
use crate::note::SentenceKind;
use crate::text::words::{self, Term};
use crate::verify::{Evidence, Verdict, Verification, is_saying};

pub const RULE: Rule = Rule {
    code: "single-origin",
    severity: Severity::Hint,
    summary: "all sources that support the sentence have one origin",
    is_for_release: true,
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
    let Some(other) = supports.iter().find(|e| e.source != first.source) else {
        return vec![finding(subject, rule, first, None)];
    };
    let shared = supports.iter().map(|e| shared(subject, first, e)).collect::<Option<Vec<Shared>>>();
    let how = shared.map(|shared| shared.into_iter().find(|how| *how != Shared::Source));
    how.map(|how| finding(subject, rule, first, how.map(|how| (*other, how)))).into_iter().collect()
}

/// What makes two passages one.
#[derive(Clone, PartialEq, Eq)]
enum Shared {
    Source,
    /// Who published or wrote both.
    Maker(String),
    Words,
}

fn finding(subject: &SentenceView<'_>, rule: &Rule, first: &Evidence, also: Option<(&Evidence, Shared)>) -> Finding {
    let place = Place::from(first);
    let at = source_at(subject, place);
    let message = match also {
        None => message!("This rests on one source, {}.", at),
        Some((other, how)) => {
            let other = source_name(subject.library.source(other.source));
            match how {
                Shared::Maker(name) => message!("This rests on one origin: {} and {} are both by {}.", at, other, name),
                _ => message!("This rests on one origin: {} and {} have it in the same words.", at, other),
            }
        }
    };
    rule.finding(subject.span.trimmed(subject.visible), message, Some(place))
}

fn is_attributed(subject: &SentenceView<'_>) -> bool {
    let own = subject.words.of(subject.visible);
    let is_according = |word: &words::Word| word.span.of(own).eq_ignore_ascii_case("according");
    words::words(own).iter().any(|word| is_saying(word) || is_according(word))
}

fn shared(subject: &SentenceView<'_>, one: &Evidence, two: &Evidence) -> Option<Shared> {
    if one.source == two.source {
        return Some(Shared::Source);
    }
    if let Some(maker) = same_maker(subject, one.source, two.source) {
        return Some(Shared::Maker(maker));
    }
    has_same_words(subject, one, two).then_some(Shared::Words)
}

fn same_maker(subject: &SentenceView<'_>, one: SourceId, two: SourceId) -> Option<String> {
    let (one, two) = (&subject.library.source(one).metadata, &subject.library.source(two).metadata);
    let pairs = [(&one.publisher, &two.publisher), (&one.author, &two.author)];
    let names = pairs.into_iter().filter_map(|(one, two)| one.as_ref().zip(two.as_ref()));
    names.filter(|(one, two)| words::fold(one.trim()) == words::fold(two.trim())).map(|(one, _)| one.clone()).next()
}

/// Whether most runs of five words of the shorter passage are in the other one, too. Two people who
/// tell of one thing seldom find the same words for so long.
fn has_same_words(subject: &SentenceView<'_>, one: &Evidence, two: &Evidence) -> bool {
    const RUN: usize = 5;
    const FEWEST_RUNS: usize = 5;
    const MOST_OF_TEN: usize = 7;
    let runs = |it: &Evidence| {
        let text = subject.library.source(it.source).quote(it.span);
        let forms: Vec<Term> = words::words(text.plain()).iter().map(|word| word.form).collect();
        forms.windows(RUN).map(<[Term]>::to_vec).collect::<Vec<_>>()
    };
    let (mut short, mut long) = (runs(one), runs(two));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let same = short.iter().filter(|run| long.contains(run)).count();
    short.len() >= FEWEST_RUNS && same * 10 >= short.len() * MOST_OF_TEN
}
