//! Words with which a claim says that a number is the result of a calculation.

use std::ops::Range;

use crate::text::numbers::Kind;
use crate::text::words::{Term, Word};
use crate::verify::claim::Claim;
use crate::verify::gather::candidate::Mask;
use crate::verify::gather::items::Items;
use crate::verify::words::WordSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Sum,
    Difference,
    /// A change as a part of what was before.
    Change,
    /// A part of a whole.
    Share,
    /// So much a day, for so many days.
    Product,
    /// The time between two moments.
    Span,
}

/// What the words around one number ask for.
#[derive(Debug, Default)]
pub struct Cues {
    pub operations: Vec<Operation>,
    /// Up or down, where the claim says so.
    pub direction: Option<bool>,
    /// "a little over", "just under", "roughly".
    pub is_rough: bool,
    /// In "add up to 12", "up to" is no limit.
    pub adds_up: bool,
    /// Indices of the words that say all this.
    words: Vec<usize>,
}

static SUM: WordSet = WordSet::forms("together altogether combined total totals totalled totaled totalling sum sums aggregate");
static SUM_BEFORE: [(WordSet, WordSet); 4] = [
    (WordSet::forms("in"), WordSet::forms("all")),
    (WordSet::forms("add adds added"), WordSet::forms("up")),
    (WordSet::forms("come comes came amount amounts amounted"), WordSet::forms("to")),
    (WordSet::forms("between"), WordSet::forms("them")),
];
static UP: WordSet = WordSet::forms(
    "rose rise rises risen increase increased increases grew grow grown growth climbed gain gained up higher jumped more ahead",
);
static DOWN: WordSet = WordSet::forms(
    "fell fall falls fallen decrease decreased shrank shrink shrunk drop dropped decline declined down lower fewer less lost slumped behind reduced cut",
);
/// Behind a number, these say that it is a difference.
static APART: WordSet = WordSet::forms("more fewer less higher lower ahead behind longer shorter older younger points point");
/// Before a number of things, these say that it is a difference.
static WON: WordSet = WordSet::forms("gained lost");
static GAP: WordSet = WordSet::forms("difference gap margin lead");
static ROUGH: WordSet =
    WordSet::forms("little roughly about almost nearly just some around approximately slightly good over under");
static SPAN: WordSet = WordSet::forms("after later before earlier lasted took between passed elapsed");

/// Words for a multiple, and by how much.
static MULTIPLES: [(WordSet, f64); 4] = [
    (WordSet::forms("doubled doubles double twice"), 2.0),
    (WordSet::forms("tripled trebled"), 3.0),
    (WordSet::forms("quadrupled"), 4.0),
    (WordSet::forms("halved"), 0.5),
];

static ADDING: WordSet = WordSet::forms("add adds added adding");
static BY: WordSet = WordSet::forms("by");
static OF: WordSet = WordSet::forms("of");
static POINTS: WordSet = WordSet::forms("percentage point points");
static WHOLE: WordSet = WordSet::forms("the its their all");
static LASTING: WordSet = WordSet::forms("lasted took within");
static UPWARDS: WordSet = WordSet::forms("up");
static IN_EVERY: WordSet = WordSet::forms("in every");

/// The multiples that a claim speaks of.
pub fn multiples(claim: &Claim<'_>) -> Vec<(Term, f64)> {
    let factor = |w: &Word| MULTIPLES.iter().find(|(words, _)| words.has(w)).map(|(_, factor)| (w.term, *factor));
    claim.analysis.words.iter().filter_map(factor).collect()
}

/// Whether a claim has any number that could be calculated; most have none.
pub fn any(claim: &Claim<'_>) -> bool {
    (0..claim.analysis.numbers.len()).any(|i| !Cues::of(claim, i).operations.is_empty())
}

impl Cues {
    pub fn of(claim: &Claim<'_>, number: usize) -> Self {
        const REACH: usize = 4;
        let words = &claim.analysis.words;
        let number = &claim.analysis.numbers[number];
        let mut cues = Self::default();
        if number.label || matches!(number.kind, Kind::Ordinal | Kind::Vague) {
            return cues;
        }
        let first = words.iter().position(|w| w.span.end > number.span.start).unwrap_or(words.len());
        let next = words.iter().position(|w| w.span.start >= number.span.end).unwrap_or(words.len()).max(first);
        let before = first.saturating_sub(REACH)..first;
        let after = next..(next + REACH).min(words.len());
        let is = |at: usize, set: &WordSet| set.has_at(words, at);
        let is_behind = |at: usize, sets: &[&WordSet]| at.checked_sub(1).is_some_and(|b| sets.iter().any(|set| is(b, set)));
        let within = |places: Range<usize>, set: &WordSet| places.filter(|at| is(*at, set)).collect::<Vec<usize>>();
        cues.words = within(before.clone(), &ROUGH);
        cues.is_rough = !cues.words.is_empty();
        cues.adds_up = before.clone().any(|at| is(at, &UPWARDS) && is_behind(at, &[&ADDING]));

        let changes = [within(0..words.len(), &UP), within(0..words.len(), &DOWN)];
        cues.direction = match (changes[0].is_empty(), changes[1].is_empty()) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => None,
        };
        let changes = changes.concat();
        let gaps = [within(before.clone(), &GAP), within(after.clone(), &GAP)].concat();
        let last_two = || before.clone().rev().take(2);
        let is_by = last_two().any(|at| is(at, &BY) || is(at, &OF) && is_behind(at, &[&UP, &DOWN, &GAP]));
        let is_change = is_by && !(changes.is_empty() && gaps.is_empty());
        let apart = (next..(next + 3).min(words.len())).find(|at| is(*at, &APART)).or_else(|| gaps.first().copied());
        let apart = apart.or_else(|| last_two().find(|at| is(*at, &WON)));
        let is_part = matches!(number.kind, Kind::Percent | Kind::Fraction);
        let is_one_in = || IN_EVERY.is_in(&words[first..next]);
        if is_change && is_part {
            cues.add(Operation::Change, &changes);
        } else if !is_part && (is_change || apart.is_some() || number.unit == Some("point")) {
            cues.add(Operation::Difference, &changes);
            cues.words.extend(apart);
            cues.words.extend(within(after.clone(), &POINTS));
        } else if is(next, &OF) && is_part || number.kind == Kind::Fraction && (is(next, &WHOLE) || is_one_in()) {
            cues.add(Operation::Share, &[]);
        }
        let sums = sum_words(words);
        // "four of the 12 in all": a part is no sum.
        let is_partitive = number.unit.is_none() && is(next, &OF);
        if !sums.is_empty() && !is_part && !is_partitive {
            cues.add(Operation::Sum, &sums);
            cues.add(Operation::Product, &[]);
        }
        let spans = [within(after, &SPAN), within(before, &LASTING)].concat();
        if number.kind == Kind::Duration && !spans.is_empty() {
            cues.add(Operation::Span, &spans);
        }
        cues
    }

    fn add(&mut self, operation: Operation, words: &[usize]) {
        self.operations.push(operation);
        self.words.extend(words);
    }

    /// The items that the cue words are: a right calculation says them too.
    pub fn items(&self, claim: &Claim<'_>, items: &Items) -> Mask {
        items.mask_of_words(self.words.iter().filter_map(|at| claim.analysis.words.get(*at)))
    }
}

fn sum_words(words: &[Word]) -> Vec<usize> {
    let single = (0..words.len()).filter(|at| SUM.has(&words[*at]));
    let is_pair = |at: &usize| SUM_BEFORE.iter().any(|(a, b)| a.has(&words[*at]) && b.has_at(words, at + 1));
    single.chain((0..words.len()).filter(is_pair)).collect()
}
