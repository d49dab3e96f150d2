//! Comparing: the words of a claim against those in their place in a source.
//!
//! [`COMPARISONS`] lists them in the order in which they are asked. Each is a file with a `COMPARISON`, its words,
//! its code and its tests in both directions. How to add one stands in `docs/architecture.md`.

mod cause;
mod comparison;
mod contrast;
mod correction;
mod date;
mod denial;
mod denied_number;
mod disputed;
mod era;
mod hedge;
mod mispairing;
mod name;
mod number;
mod office;
mod only;
mod opposite;
mod other_agent;
mod places;
pub mod speaker;
mod superlative;
mod swapped_agents;
mod swapped_names;
mod table;
#[cfg(test)]
mod testing;
mod time;
mod universal;
mod weekday;
mod year;

use super::claim::Claim;
use super::context::{Clause, Context};
use super::gather::calculation;
use super::quotation;
use super::verification::{Conflict, QuotationCheck, WrongSpeaker};
use crate::library::View;
pub use comparison::{Compare, Comparison, Effect};
pub use denial::Tally;
pub use table::read as read_tables;

/// Every comparison. Of two that speak of the same words, the first is heard.
pub const COMPARISONS: &[Comparison] = &[
    table::cell::COMPARISON,
    table::change::COMPARISON,
    table::extreme::COMPARISON,
    CALCULATION,
    number::COMPARISON,
    denied_number::COMPARISON,
    date::COMPARISON,
    year::COMPARISON,
    time::COMPARISON,
    era::COMPARISON,
    name::COMPARISON,
    weekday::COMPARISON,
    swapped_names::COMPARISON,
    correction::COMPARISON,
    mispairing::COMPARISON,
    contrast::COMPARISON,
    denial::COMPARISON,
    opposite::COMPARISON,
    office::COMPARISON,
    swapped_agents::COMPARISON,
    other_agent::COMPARISON,
    universal::COMPARISON,
    only::COMPARISON,
    superlative::COMPARISON,
    cause::COMPARISON,
    hedge::COMPARISON,
    disputed::COMPARISON,
    QUOTATION,
    speaker::COMPARISON,
];

const CALCULATION: Comparison =
    Comparison::new(calculation::ID, "a number with the only result that the source's words leave", Compare::Gathered);
const QUOTATION: Comparison = Comparison::new("quotation", "quoted words with those of the source", Compare::Quoted);

/// What a conflict of this comparison does to the verdict.
pub fn effect_of(id: &str) -> Effect {
    COMPARISONS.iter().find(|c| c.id == id).map_or(Effect::Contradicts, |c| c.effect)
}

/// Everything that a source says otherwise, in the order of the claim, with what was found while gathering.
pub fn conflicts(context: &Context<'_>, clauses: &[Clause<'_>], gathered: Vec<Conflict>) -> Vec<Conflict> {
    let without = context.claim.without;
    let is_stated = |c: &Conflict| clauses.iter().any(|clause| clause.span.overlaps(c.claim));
    let mut found: Vec<Conflict> = gathered.into_iter().filter(|c| is_stated(c) && without != Some(c.comparison)).collect();
    for comparison in COMPARISONS.iter().filter(|comparison| without != Some(comparison.id)) {
        // What is not so needs no word on how surely or by whom it is said; nor does an assessment, or what is quoted.
        let is_settled = !found.is_empty() || context.claim.is_judgement || !context.claim.quotations.is_empty();
        if is_settled && matches!(comparison.effect, Effect::Overstates | Effect::Reports) {
            continue;
        }
        for conflict in ask(comparison, context, clauses, &found) {
            let is_known = found.iter().any(|f| f.claim.overlaps(conflict.claim));
            if !is_known && counts(comparison, context, clauses, &conflict) {
                found.push(Conflict { comparison: comparison.id, ..conflict });
            }
        }
    }
    found.sort_by_key(|c| (c.claim, c.slot));
    found
}

/// What a comparison has to say; of clauses only where nothing was `found` yet.
fn ask(comparison: &Comparison, context: &Context<'_>, clauses: &[Clause<'_>], found: &[Conflict]) -> Vec<Conflict> {
    let is_free = |clause: &&Clause<'_>| !found.iter().any(|c| clause.span.overlaps(c.claim));
    let open = |clause: &Clause<'_>| context.items.each_value(clause.items & !context.items.proved).collect::<Vec<_>>();
    match comparison.compare {
        Compare::Gathered | Compare::Quoted => Vec::new(),
        Compare::Claim(compare) => compare(context, clauses),
        Compare::Clause(compare) => clauses.iter().filter(is_free).filter_map(compare).collect(),
        Compare::Value(compare) => {
            let of_clause = |clause| open(clause).into_iter().filter_map(move |(at, value)| compare(clause, at, value));
            clauses.iter().flat_map(of_clause).collect()
        }
    }
}

/// Whether a conflict stands. A value may be borne out otherwise, or stand in a row of which only the header tells
/// what it is; and where a source says the same words, nothing that another sentence says otherwise counts.
fn counts(comparison: &Comparison, context: &Context<'_>, clauses: &[Clause<'_>], conflict: &Conflict) -> bool {
    if comparison.effect == Effect::Retracts {
        return !context.verbatim.iter().any(|at| context.is_in(conflict, *at));
    }
    let is_value = matches!(comparison.compare, Compare::Value(_) | Compare::Claim(_));
    let is_excused = || context.items.is_proved(conflict.claim) || table::needs_a_column(conflict, context.library);
    let own = clauses.iter().find(|clause| clause.span.overlaps(conflict.claim));
    let is_outweighed = || own.is_some_and(|clause| clause.outweighs(conflict));
    context.verbatim.is_empty() && !(is_value && is_excused()) && !is_outweighed()
}

/// Where the words of the claim's quotations stand.
pub fn quotations(claim: &Claim<'_>, library: &View<'_>) -> Vec<QuotationCheck> {
    if claim.without == Some(QUOTATION.id) { Vec::new() } else { quotation::find_all(claim, library) }
}

/// Somebody to whom the claim gives the words of somebody else.
pub fn wrong_speaker(context: &Context<'_>, quotations: &[QuotationCheck]) -> Option<WrongSpeaker> {
    let is_asked = context.claim.without != Some(speaker::COMPARISON.id) && context.verbatim.is_empty();
    is_asked.then(|| speaker::wrong_speaker(context.claim, quotations, context.library))?
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{CALCULATION, COMPARISONS, QUOTATION};

    #[test]
    fn every_comparison_has_tests_in_both_directions() {
        let mut files = Vec::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify/compare"), &mut files);
        let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap_or_default()).collect();
        for comparison in COMPARISONS.iter().filter(|c| ![QUOTATION.id, CALCULATION.id].contains(&c.id)) {
            let id = format!("\"{}\",", comparison.id);
            let own = texts.iter().find(|text| text.contains(&id)).unwrap_or_else(|| panic!("no file has {id}"));
            assert!(own.contains("both_ways("), "{} is not tested in both directions", comparison.id);
            assert_eq!(COMPARISONS.iter().filter(|c| c.id == comparison.id).count(), 1, "{id} twice");
        }
    }

    #[test]
    fn every_comparison_is_documented() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md");
        let page = std::fs::read_to_string(page).unwrap_or_default();
        for comparison in COMPARISONS {
            let row = format!("| `{}` | {} |", comparison.id, comparison.compares);
            assert!(page.contains(&row), "docs/json.md lacks {row}");
        }
    }

    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() { walk(&entry.path(), files) } else { files.push(entry.path()) }
        }
    }
}
