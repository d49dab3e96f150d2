//! Plain arithmetic: a sum, difference, change, share, product or span of time that the claim
//! states and the source leaves to its reader.
//!
//! A number is calculated only if the claim has a word for the operation, and only from numbers
//! of the same kind in the best windows. What comes out right counts as found. What comes out
//! wrong is a conflict only where the source's own words ("from 12 to 15", "41 of the 55") leave
//! one calculation and no other.

mod cues;
mod operands;

use super::items::Items;
use super::proof::{Derivation, Proof};
use super::windows::{Window, Windows};
use crate::library::View;
use crate::text::numbers::{Bound, Kind, Number};
use crate::verify::claim::Claim;
use crate::verify::gather::candidate::{Candidate, Mask, enough};
use crate::verify::verification::{Conflict, Slot};
use cues::{Cues, Operation};
use operands::{Operand, Passage};

/// What the comparison is called.
pub const ID: &str = "calculation";

/// How many windows are calculated with.
const MOST_WINDOWS: usize = 4;
/// How far behind the best window the other number may stand.
const NEAR: usize = 4;
/// The longest row of numbers that is summed up.
const MOST_TERMS: usize = 6;

/// Calculates what the claim's cue words ask for.
pub fn read(claim: &Claim<'_>, items: &Items, windows: &Windows<'_>, library: &View<'_>) -> Derivation {
    let mut found = Derivation::default();
    if !claim.cells.is_empty() || !cues::any(claim) && cues::multiples(claim).is_empty() {
        return found;
    }
    for (at, i) in items.each_number(items.all() & !items.proved) {
        let cues = Cues::of(claim, i);
        let said = cues.items(claim, items) | 1 << at;
        // A number that stands beside nothing else of the claim may be there by chance, and "about one
        // in thirteen" is near to many a figure.
        let is_rough_part = claim.analysis.numbers[i].kind == Kind::Fraction && cues.is_rough;
        let is_there = windows.best.first().is_some_and(|w| w.held.exact >> at & 1 == 1 && holds(items, w, said));
        if is_there && !is_rough_part || cues.operations.is_empty() {
            continue;
        }
        let question = Question { claim, wanted: &claim.analysis.numbers[i], cues: &cues };
        if !question.prove(said, &passages(claim, said, items, windows, library), &mut found.proof) {
            found.conflicts.extend(question.refute(at, items, windows, library));
        }
    }
    for (word, factor) in cues::multiples(claim) {
        let said = items.mask_of(word);
        let is_multiple = |(a, b): &(&Operand, &Operand)| a.is_like(b) && b.is_times(a, factor) && (a.is_named || b.is_named);
        let passages = passages(claim, said, items, windows, library);
        if let Some((a, b)) = passages.iter().flat_map(Passage::pairs).find(is_multiple) {
            [a.at, b.at].iter().for_each(|at| found.proof.add(*at, said));
        }
    }
    found
}

/// Where operands are looked for: in each window, sentence by sentence and then as a whole, and
/// at last in the windows of the best source together, with what stands near.
fn passages(claim: &Claim<'_>, said: Mask, items: &Items, windows: &Windows<'_>, library: &View<'_>) -> Vec<Passage> {
    let worth: Vec<&Window> = windows.best.iter().filter(|w| holds(items, w, said)).take(MOST_WINDOWS).collect();
    let sentences = worth.iter().flat_map(|w| w.first..=w.last).map(|at| vec![at]);
    let whole = worth.iter().filter(|w| w.first < w.last).map(|w| (w.first..=w.last).collect());
    let best = windows.best.first();
    let of_best: Vec<&&Window> = worth.iter().filter(|w| best.is_some_and(|b| b.source == w.source)).collect();
    let mut joined: Vec<usize> = of_best.iter().flat_map(|w| w.first..=w.last).collect();
    if let Some(best) = of_best.first() {
        joined.extend((best.last + 1..=best.last + NEAR).filter(|at| library.sentences_of(best.source).contains(at)));
    }
    joined.sort_unstable();
    joined.dedup();
    sentences.chain(whole).chain(std::iter::once(joined)).map(|ats| Passage::of(claim, &ats, library)).collect()
}

/// Whether a window has enough of the claim beside what a calculation would say.
fn holds(items: &Items, window: &Window, said: Mask) -> bool {
    let rest = items.all() & !said;
    let held = window.held.any() & rest;
    held.count_ones() as f32 >= enough::SOME * rest.count_ones() as f32
}

/// A number of the claim that may be the result of a calculation.
struct Question<'a> {
    claim: &'a Claim<'a>,
    wanted: &'a Number,
    cues: &'a Cues,
}

impl Question<'_> {
    /// Whether some passage has the operands; it then says the cue words and the number too.
    fn prove(&self, said: Mask, passages: &[Passage], proof: &mut Proof) -> bool {
        let calculate = |passage| self.cues.operations.iter().find_map(|operation| self.calculate(*operation, passage));
        let Some(operands) = passages.iter().find_map(calculate) else { return false };
        operands.iter().for_each(|at| proof.add(*at, said));
        true
    }

    /// The sentences whose numbers give the wanted one.
    fn calculate(&self, operation: Operation, passage: &Passage) -> Option<Vec<usize>> {
        match operation {
            Operation::Sum => self.sum(passage),
            Operation::Difference => self.pair(
                passage,
                |a, b| {
                    self.wanted.unit == Some("point") && a.is_percent() && b.is_percent() || self.is_like(a) && self.is_like(b)
                },
                |a, b| (a - b).abs(),
            ),
            Operation::Change => self.change(passage),
            Operation::Share => self.share(passage),
            Operation::Product => self.product(passage),
            Operation::Span => self.span(passage),
        }
    }

    /// Two to six numbers that follow one another.
    fn sum(&self, passage: &Passage) -> Option<Vec<usize>> {
        let like: Vec<&Operand> = passage.numbers.iter().filter(|o| self.is_like(o)).collect();
        let runs = (0..like.len()).flat_map(|from| (2..=MOST_TERMS).filter_map(move |n| Some((from, from.checked_add(n)?))));
        let mut runs = runs.filter(|(_, end)| *end <= like.len()).map(|(from, end)| &like[from..end]);
        let fitting = runs.find(|run| self.fits(run.iter().map(|o| o.value()).sum()) && self.counts_the_same(run))?;
        Some(fitting.iter().map(|o| o.at).collect())
    }

    fn pair(
        &self,
        passage: &Passage,
        is_fit: impl Fn(&Operand, &Operand) -> bool,
        result: impl Fn(f64, f64) -> f64,
    ) -> Option<Vec<usize>> {
        passage
            .pairs()
            .find(|(a, b)| {
                let is_turned = self.cues.direction.zip(operands::direction(a, b)).is_some_and(|(claimed, is)| claimed != is);
                !is_turned && is_fit(a, b) && self.fits(result(a.value(), b.value())) && self.counts_the_same(&[*a, *b])
            })
            .map(|(a, b)| vec![a.at, b.at])
    }

    /// A change in per cent, on the base that the claim's direction gives.
    fn change(&self, passage: &Passage) -> Option<Vec<usize>> {
        let rises = self.cues.direction.unwrap_or(true);
        let scale = self.scale();
        self.pair(
            passage,
            |a, b| a.is_like(b) && !a.is_percent(),
            |a, b| {
                let base = if rises { a.min(b) } else { a.max(b) };
                if base > 0.0 { (a - b).abs() / base * scale } else { 0.0 }
            },
        )
    }

    fn share(&self, passage: &Passage) -> Option<Vec<usize>> {
        /// Of more numbers than this, some pair has nearly any ratio.
        const FEW: usize = 5;
        let scale = self.scale();
        let few = passage.numbers.len() <= FEW;
        self.pair(
            passage,
            |a, b| a.is_like(b) && !a.is_percent() && (few || a.is_part_of(b)),
            |a, b| {
                if a.max(b) > 0.0 { a.min(b) / a.max(b) * scale } else { 0.0 }
            },
        )
    }

    /// So much a day, times the days that the claim names.
    fn product(&self, passage: &Passage) -> Option<Vec<usize>> {
        let times = self.claim.analysis.numbers.iter().filter(|n| n.span != self.wanted.span && !n.label && n.value > 1.0);
        let rates = passage.numbers.iter().filter(|o| o.is_rate && self.is_like(o));
        rates.clone().find(|rate| times.clone().any(|n| self.fits(rate.value() * n.value))).map(|rate| vec![rate.at])
    }

    /// The time between two moments, of which the claim may give one.
    fn span(&self, passage: &Passage) -> Option<Vec<usize>> {
        let seconds = self.wanted.seconds();
        let slack = if self.wanted.bound == Bound::About { 0.06 } else { 0.02 } * seconds;
        let between =
            |a: &operands::Moment, b: &operands::Moment| a.until(b).is_some_and(|s| s > 0.0 && (s - seconds).abs() <= slack);
        let claimed = operands::moments(self.claim.analysis);
        for (i, (at, a)) in passage.moments.iter().enumerate() {
            if claimed.iter().any(|c| between(a, c)) {
                return Some(vec![*at]);
            }
            if let Some((other, _)) = passage.moments[i + 1..].iter().find(|(_, b)| between(a, b)) {
                return Some(vec![*at, *other]);
            }
        }
        None
    }

    /// What a part of one is in the claim's terms.
    fn scale(&self) -> f64 {
        if self.wanted.kind == Kind::Percent { 100.0 } else { 1.0 }
    }

    /// A number that can be a term of a sum that is the wanted one.
    fn is_like(&self, operand: &Operand) -> bool {
        operand.counts_like(self.wanted) && operand.value() > 0.0
    }

    /// Things that are only counted must be counted under a word that the claim has too, or be a
    /// number that the claim gives beside the calculated one.
    fn counts_the_same(&self, operands: &[&Operand]) -> bool {
        let is_bare = |o: &&Operand| o.number.unit.is_none() && o.value() < 1e5;
        let others = || self.claim.analysis.numbers.iter().filter(|n| n.span != self.wanted.span && !n.label);
        let is_given = |o: &&Operand| others().any(|n| n.value > 1.0 && n.kind == o.number.kind && n.same_value(&o.number));
        !operands.iter().any(is_bare) || operands.iter().any(|o| o.is_named || is_given(o))
    }

    /// Whether a result is what the claim says, as exactly as it says so.
    fn fits(&self, result: f64) -> bool {
        const SLIGHTLY: f64 = 0.2;
        const ROUGHLY: f64 = 0.08;
        let wanted = self.wanted.value;
        let apart = (result - wanted).abs();
        let exact = apart <= self.wanted.precision.min(0.05 * wanted.abs()) * 1.001 + 1e-9;
        result > 0.0
            && match if self.cues.adds_up { Bound::Exact } else { self.wanted.bound } {
                Bound::Exact => exact || self.cues.is_rough && apart <= ROUGHLY * wanted,
                Bound::About => exact || apart <= ROUGHLY * wanted,
                Bound::AtLeast | Bound::MoreThan => result > wanted && apart <= SLIGHTLY * wanted,
                Bound::AtMost | Bound::LessThan => result < wanted && apart <= SLIGHTLY * wanted,
            }
    }

    /// The one calculation that the best window leaves, if its result is far from the claim.
    fn refute(&self, at: usize, items: &Items, windows: &Windows<'_>, library: &View<'_>) -> Option<Conflict> {
        const FAR: f64 = 0.25;
        let only_number = self.claim.analysis.numbers.iter().filter(|n| !n.label).count() == 1;
        let [operation] = self.cues.operations.as_slice() else { return None };
        let said_somewhere = windows.candidates.iter().any(|c| c.held.exact >> at & 1 == 1);
        if !only_number || said_somewhere || !self.claim.analysis.dates.is_empty() {
            return None;
        }
        let rest = items.all() & !items.values & !self.cues.items(self.claim, items);
        let says_the_rest = |c: &&Candidate<'_>| items.share_of(c.held.inside(), rest) >= enough::MOST;
        let mut refuting = windows.candidates.iter().filter(says_the_rest).filter_map(|candidate| {
            let passage = Passage::of(self.claim, &[candidate.at], library);
            let (a, b, result) = self.only_result(*operation, &passage)?;
            let far = (result - self.wanted.value).abs() > FAR * result.abs().max(self.wanted.value.abs());
            let conflict = candidate.conflict(Slot::Number, self.wanted.span, a.number.span.cover(b.number.span));
            far.then_some(Conflict { comparison: ID, ..conflict })
        });
        let conflict = refuting.next()?;
        refuting.next().is_none().then_some(conflict)
    }

    fn only_result<'p>(&self, operation: Operation, passage: &'p Passage) -> Option<(&'p Operand, &'p Operand, f64)> {
        let [a, b] = passage.numbers.as_slice() else { return None };
        let scale = self.scale();
        let result = match operation {
            Operation::Share if a.is_part_of(b) && a.is_like(b) && a.value() < b.value() => a.value() / b.value() * scale,
            Operation::Change if operands::is_from_to(a, b) && a.is_like(b) && a.value() > 0.0 => {
                (b.value() - a.value()).abs() / a.value() * scale
            }
            Operation::Difference if operands::is_from_to(a, b) && self.is_like(a) && self.is_like(b) => {
                (b.value() - a.value()).abs()
            }
            _ => return None,
        };
        self.counts_the_same(&[a, b]).then_some((a, b, result))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::source::{Fields, read};
    use crate::text::{Analysis, Span};
    /// Whether a claim's number is proved, refuted or neither by a source of these words.
    fn result(claim: &str, source: &str) -> &'static str {
        result_of(claim, "a.txt", source)
    }

    fn result_of(claim: &str, path: &str, source: &str) -> &'static str {
        let library = Library::new(read(path, source.as_bytes(), &Fields::default()).unwrap_or_default(), Default::default());
        let library = library.view();
        let analysis = Analysis::of(claim, Span::new(0, claim.len()));
        let claim = Claim::bare(claim, &analysis);
        let items = Items::of(&claim, &library);
        let candidates = crate::verify::gather::candidates(&claim, &items, &library);
        let windows = crate::verify::gather::windows::best(&items, &claim, &candidates, &Proof::default(), &library);
        let found = read_all(&claim, &items, &windows, &library);
        match (found.proof.all != 0, found.conflicts.is_empty()) {
            (true, _) => "right",
            (false, false) => "wrong",
            (false, true) => "open",
        }
    }

    use super::read as read_all;

    #[test]
    fn sums_of_numbers_that_follow_one_another() {
        let source = "The estate left 20,000 crowns to the choir, 35,000 crowns to the school and 4,500 crowns to the ferrymen.";
        assert_eq!(result("What the estate left adds up to 59,500 crowns.", source), "right");
        assert_eq!(result("The choir and the school of the estate got 55,000 crowns together.", source), "right");
        assert_eq!(result("What the estate left adds up to 62,000 crowns.", source), "open");
        assert_eq!(result("The estate left 59,500 crowns.", source), "open");
        let cards = "The referee showed five yellow cards and two red ones.";
        assert_eq!(result("The referee showed seven cards in all.", cards), "right");
        assert_eq!(result("The referee showed nine cards in all.", cards), "open");
    }

    #[test]
    fn differences_in_the_direction_of_the_claim() {
        let source = "The share of late trains was 7.4 per cent, against 9.9 per cent in the year before.";
        assert_eq!(result("The share of late trains fell by 2.5 percentage points.", source), "right");
        assert_eq!(result("The share of late trains rose by 2.5 percentage points.", source), "open");
        assert_eq!(result("The share of late trains fell by 4.5 percentage points.", source), "open");
        let source = "The toll on the bridge rose from 40 florins to 52 florins.";
        assert_eq!(result("The toll on the bridge rose by 12 florins.", source), "right");
        assert_eq!(result("The toll on the bridge rose by 30 per cent.", source), "right");
        assert_eq!(result("The toll on the bridge rose by almost a third.", source), "open");
        assert_eq!(result("The toll on the bridge rose by 20 per cent.", source), "wrong");
        assert_eq!(result("The toll on the bridge fell by 30 per cent.", source), "open");
    }

    #[test]
    fn shares_as_exactly_as_the_claim_says() {
        let source = "In 41 of the 55 parishes the priest could read.";
        assert_eq!(result("In roughly three quarters of the parishes the priest could read.", source), "right");
        assert_eq!(result("In 75 per cent of the parishes the priest could read.", source), "right");
        assert_eq!(result("In just under three quarters of the parishes the priest could read.", source), "right");
        assert_eq!(result("In 20 per cent of the parishes the priest could read.", source), "wrong");
        assert_eq!(result("In two thirds of the parishes the priest could read.", source), "open");
    }

    #[test]
    fn a_number_that_the_claim_gives_too_may_be_one_of_the_two() {
        let source = "How many people were on your shift? Fourteen, counting me. It should be twenty.";
        assert_eq!(result("Fourteen people were on the shift, six fewer than usual.", source), "right");
        assert_eq!(result("Fourteen people were on the shift, five fewer than usual.", source), "open");
    }

    #[test]
    fn what_is_counted_inside_a_fraction() {
        let source = "In 26 stations (8 per cent) a booth was open.\n\nObservers visited 318 of the 4,106 polling stations.";
        assert_eq!(result("Observers saw about one polling station in thirteen.", source), "right");
    }

    #[test]
    fn rates_times_days() {
        let source = "The ferry strike costs the island 6.5 million crowns a day.";
        assert_eq!(result("Three days of the ferry strike come to 19.5 million crowns.", source), "right");
        assert_eq!(result("Three days of the ferry strike come to 25 million crowns.", source), "open");
    }

    #[test]
    fn multiples() {
        let source = "The abbey had 120 beehives in 1701. By 1709 the abbey had 241 beehives.";
        assert_eq!(result("The number of beehives of the abbey doubled.", source), "right");
        assert_eq!(result("The number of beehives of the abbey tripled.", source), "open");
    }

    #[test]
    fn cells_of_named_rows_and_columns() {
        let source = "| Guild | Members 1701 | Members 1709 | Fines |\n|---|---|---|---|\n| Weavers | 40 | 52 | 7 |\n| Dyers | 31 | 30 | 11 |\n";
        let result = |claim| result_of(claim, "a.md", source);
        assert_eq!(result("The weavers gained 12 more members."), "right");
        assert_eq!(result("The weavers had 30 per cent more members than in 1701, an increase of 30 per cent."), "right");
        assert_eq!(result("Weavers and dyers paid 18 fines together."), "right");
        assert_eq!(result("Weavers and dyers paid 19 fines together."), "open");
    }

    #[test]
    fn time_between_two_moments() {
        let source = "The pump stopped at 23:40 on 11 March. The pump ran again from 17:40 on 13 March.";
        assert_eq!(result("The pump ran again 42 hours after it had stopped.", source), "right");
        assert_eq!(result("The pump ran again 30 hours after it had stopped.", source), "open");
    }

    #[test]
    fn odd_claims_are_left_alone() {
        for claim in ["", "in all", "0 in all", "of 5 by", "12 % of", "1 together 1e999", "5–7 fewer", "zwölf 3 %"] {
            result(claim, "In all 5 of 0 came, 3 % of 4 per cent. 0 and 0 together.");
        }
    }
}
