//! Disputed statements: what a source gives only as somebody's word, against somebody else's, and the claim as
//! fact.

use crate::library::SentenceId;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::gather::windows::Window;

pub const COMPARISON: Comparison =
    Comparison::new("disputed", "a fact with what the source gives as a disputed statement", Compare::Claim(compare))
        .with(Effect::Reports);

/// What shows that something is alleged, that it is disputed, and that it is only believed; as beginnings or
/// phrases.
const ALLEGING: &[&str] = &["alleg", "accus", "claim", "a charge", "the charge"];
const DISPUTING: &[&str] = &[
    "rejected",
    "rejects",
    "denied",
    "denies",
    "disputed",
    "disputes",
    "unverified",
    "not be verified",
    "without evidence",
    "no evidence",
    "unproven",
    "unsubstantiated",
    "can account for",
];
const BELIEVING: &[&str] = &["i believe", "i do not believe", "i think", "i will say", "i suspect", "i cannot show", "i predict"];

/// The best passage is disputed, the claim does not say so, and no other passage gives it as a fact.
fn compare(context: &Context<'_>, _: &[Clause<'_>]) -> Vec<Conflict> {
    const AS_GOOD: f32 = 0.9;
    let Some(first) = context.windows.best.first().filter(|_| !context.is_attributed) else { return Vec::new() };
    let mut rivals = context.windows.best.iter().filter(|w| w.coverage >= AS_GOOD * first.coverage);
    if !rivals.all(|window| is_disputed(context, window)) {
        return Vec::new();
    }
    let (words, passage) = (&context.claim.analysis.words, first.span(context.library));
    let whole = words.iter().map(|w| w.span).reduce(Span::cover).unwrap_or_default();
    let sentence = context.library.sentence(SentenceId(first.first));
    vec![Conflict { sentence: passage, ..Conflict::with(sentence, Slot::Attribution, whole, passage) }]
}

/// Whether a sentence reports an allegation together with its denial, or a belief without proof.
fn is_disputed(context: &Context<'_>, window: &Window) -> bool {
    (window.first..=window.last).any(|at| {
        let sentence = context.library.sentence(SentenceId(at));
        let text = sentence.span.of(&context.library.source(sentence.source).layout.visible).to_lowercase();
        let has = |cues: &[&str]| cues.iter().any(|cue| text.contains(cue));
        has(ALLEGING) && has(DISPUTING) || has(BELIEVING)
    })
}

#[cfg(test)]
mod tests {
    use super::COMPARISON;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            The union claimed that the mine hid two accidents; the owner rejected this.
            - [The mine hid two accidents]. = The union claimed that the mine hid two accidents; the owner rejected this.
            - The union says that the mine hid two accidents.
        "#,
        );
    }
}
