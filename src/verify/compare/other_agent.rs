//! A deed that the source gives to another name, in the same place, where it knows the claim's name too and says
//! nothing of the kind of it.

use crate::library::SentenceId;
use crate::text::names::Name;
use crate::verify::compare::comparison::prelude::*;

pub const COMPARISON: Comparison =
    Comparison::new("other-agent", "who does something with whom the source has do it", Compare::Clause(compare));

fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let claim = clause.claim.analysis;
    let name = claim.names.iter().find(|n| clause.span.encloses(n.span))?;
    let own = clause.context().items.words_within(name.span);
    let rest = clause.items & !own;
    let values = rest & clause.values();
    let is_too_little = rest.count_ones() < 3 || values != 0 && rest.count_ones() < 4;
    if own == 0 || is_too_little || !leads(clause, name) {
        return None;
    }
    let terms = terms_of(claim, name);
    // Where anybody says much of it near the claim's own name, nothing is held against it.
    let says = |c: &Candidate<'_>| clause.share_of(c.held.inside(), rest);
    if clause.candidates().iter().any(|c| says(c) >= enough::MOST && is_near(clause, c, &terms)) {
        return None;
    }
    let predicate: Vec<Term> =
        claim.words[name.last..].iter().filter(|w| clause.span.encloses(w.span) && !w.is_stop).take(3).map(|w| w.term).collect();
    let is_about_it = |c: &&Candidate<'_>| {
        says(c) >= enough::NEARLY_ALL && !c.sentence.is_heading && values & !c.held.exact == 0 && knows(clause, c, &terms)
    };
    let found = clause.candidates().iter().filter(is_about_it).filter_map(|c| Some((c, other_name(clause, c, &predicate)?)));
    let best = found.reduce(|best, next| if says(next.0) > says(best.0) { next } else { best });
    best.map(|(candidate, other)| candidate.conflict(Slot::Name, name.span, other.span))
}

/// Whether the clause begins with the name.
fn leads(clause: &Clause<'_>, name: &Name) -> bool {
    let before = clause.range.start.min(name.first)..name.first;
    clause.claim.analysis.words[before].iter().all(|w| w.is_stop)
}

/// Informative words of a name.
fn terms_of(analysis: &Analysis, name: &Name) -> Vec<Term> {
    informative(&analysis.words[name.first..name.last]).map(|w| w.term).collect()
}

/// Whether the sentence or those around it have the name.
fn is_near(clause: &Clause<'_>, candidate: &Candidate<'_>, name: &[Term]) -> bool {
    let range = clause.library.sentences_of(candidate.source());
    let mut near = candidate.at.saturating_sub(2).max(range.start)..(candidate.at + 2).min(range.end);
    near.any(|at| clause.library.sentence(SentenceId(at)).analysis.words.iter().any(|w| name.contains(&w.term)))
}

/// Whether the source surely names the claim's name somewhere.
fn knows(clause: &Clause<'_>, candidate: &Candidate<'_>, name: &[Term]) -> bool {
    let names_it = |analysis: &Analysis| {
        let sure = analysis.names.iter().filter(|n| !n.is_doubtful);
        sure.flat_map(|n| &analysis.words[n.first..n.last]).any(|w| name.contains(&w.term))
    };
    clause.candidates().iter().any(|c| c.source() == candidate.source() && names_it(c.analysis()))
}

/// The name right before the predicate, if the claim has no word of it.
fn other_name<'c>(clause: &Clause<'_>, candidate: &Candidate<'c>, predicate: &[Term]) -> Option<&'c Name> {
    let theirs = candidate.analysis();
    let place = theirs.words.iter().position(|w| predicate.contains(&w.term))?;
    theirs.names.iter().filter(|n| n.last <= place && place - n.last <= 2).find(|n| {
        let terms = terms_of(theirs, n);
        !terms.is_empty() && !terms.iter().any(|t| has_term(&clause.claim.analysis.words, *t))
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
            In May the council met. Corlin signed the contract for the new harbour crane. The next day, at the quay, rain fell. Later the mayor, Henrik Sauvel, inspected the ferry.
            - [Sauvel] signed the contract for the new harbour crane. = Corlin

            In May the council met. Corlin signed the contract for the new harbour crane.
            - Corlin signed the contract for the new harbour crane.
        "#,
        );
    }
}
