//! Words with which a claim says that a number is the result of a calculation.

use crate::text::numbers::{Kind, Number};
use crate::text::words::{Term, Word};
use crate::verify::Claim;
use crate::verify::items::{Items, Mask};

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

const SUM: &[&str] =
    &["together", "altogether", "combined", "total", "totals", "totalled", "totaled", "totalling", "sum", "sums", "aggregate"];
const SUM_PAIRS: &[(&str, &str)] = &[
    ("in", "all"),
    ("add", "up"),
    ("adds", "up"),
    ("added", "up"),
    ("come", "to"),
    ("comes", "to"),
    ("came", "to"),
    ("amount", "to"),
    ("amounts", "to"),
    ("amounted", "to"),
    ("between", "them"),
];
const UP: &[&str] = &[
    "rose",
    "rise",
    "rises",
    "risen",
    "increase",
    "increased",
    "increases",
    "grew",
    "grow",
    "grown",
    "growth",
    "climbed",
    "gain",
    "gained",
    "up",
    "higher",
    "jumped",
    "more",
    "ahead",
];
const DOWN: &[&str] = &[
    "fell",
    "fall",
    "falls",
    "fallen",
    "decrease",
    "decreased",
    "shrank",
    "shrink",
    "shrunk",
    "drop",
    "dropped",
    "decline",
    "declined",
    "down",
    "lower",
    "fewer",
    "less",
    "lost",
    "slumped",
    "behind",
    "reduced",
    "cut",
];
/// Behind a number, these say that it is a difference.
const APART: &[&str] =
    &["more", "fewer", "less", "higher", "lower", "ahead", "behind", "longer", "shorter", "older", "younger", "points", "point"];
/// Before a number of things, these say that it is a difference.
const WON: &[&str] = &["gained", "lost"];
const GAP: &[&str] = &["difference", "gap", "margin", "lead"];
const ROUGH: &[&str] = &[
    "little",
    "roughly",
    "about",
    "almost",
    "nearly",
    "just",
    "some",
    "around",
    "approximately",
    "slightly",
    "good",
    "over",
    "under",
];
const SPAN: &[&str] = &["after", "later", "before", "earlier", "lasted", "took", "between", "passed", "elapsed"];

/// Words for a multiple, and by how much.
const MULTIPLES: &[(&str, f64)] = &[
    ("doubled", 2.0),
    ("doubles", 2.0),
    ("double", 2.0),
    ("twice", 2.0),
    ("tripled", 3.0),
    ("trebled", 3.0),
    ("halved", 0.5),
    ("quadrupled", 4.0),
];

/// The multiples that a claim speaks of.
pub fn multiples(claim: &Claim<'_>) -> Vec<(Term, f64)> {
    let factor = |w: &Word| {
        let lower = w.span.of(claim.text).to_lowercase();
        MULTIPLES.iter().find(|(word, _)| *word == lower).map(|(_, factor)| (w.term, *factor))
    };
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
        let lower: Vec<String> = words.iter().map(|w| w.span.of(claim.text).to_lowercase()).collect();
        let is = |at: usize, list: &[&str]| lower.get(at).is_some_and(|w| list.contains(&w.as_str()));
        let first = words.iter().position(|w| w.span.end > number.span.start).unwrap_or(words.len());
        let next = words.iter().position(|w| w.span.start >= number.span.end).unwrap_or(words.len()).max(first);
        let before = first.saturating_sub(REACH)..first;
        let after = next..(next + REACH).min(words.len());
        let near = |list: &[&str]| before.clone().chain(after.clone()).filter(|at| is(*at, list)).collect::<Vec<_>>();
        cues.words = before.clone().filter(|at| is(*at, ROUGH)).collect();
        cues.is_rough = !cues.words.is_empty();
        cues.adds_up = before
            .clone()
            .any(|at| is(at, &["up"]) && at.checked_sub(1).is_some_and(|b| is(b, &["add", "adds", "added", "adding"])));

        let ups: Vec<usize> = (0..words.len()).filter(|at| is(*at, UP)).collect();
        let downs: Vec<usize> = (0..words.len()).filter(|at| is(*at, DOWN)).collect();
        cues.direction = match (ups.is_empty(), downs.is_empty()) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => None,
        };
        let by = before.clone().rev().take(2).find(|at| {
            is(*at, &["by"]) || is(*at, &["of"]) && at.checked_sub(1).is_some_and(|b| is(b, UP) || is(b, DOWN) || is(b, GAP))
        });
        let changes = by.is_some() && !(ups.is_empty() && downs.is_empty() && near(GAP).is_empty());
        let apart = (next..(next + 3).min(words.len())).find(|at| is(*at, APART)).or_else(|| near(GAP).first().copied());
        let apart = apart.or_else(|| before.clone().rev().take(2).find(|at| is(*at, WON)));
        let is_part = matches!(number.kind, Kind::Percent | Kind::Fraction);
        if changes && is_part {
            cues.add(Operation::Change, ups.iter().chain(&downs).copied());
        } else if !is_part && (changes || apart.is_some() || number.unit == Some("point")) {
            cues.add(Operation::Difference, ups.iter().chain(&downs).copied().chain(apart));
            cues.words.extend(after.clone().filter(|at| is(*at, &["percentage", "point", "points"])));
        } else if is(next, &["of"]) && is_part
            || number.kind == Kind::Fraction && (is(next, &["the", "its", "their", "all"]) || is_one_in(&lower[first..next]))
        {
            cues.add(Operation::Share, std::iter::empty());
        }
        let sums: Vec<usize> = sum_words(&lower);
        if !sums.is_empty() && !is_part && !is_partitive(number, &lower, next) {
            cues.add(Operation::Sum, sums.iter().copied());
            cues.add(Operation::Product, std::iter::empty());
        }
        let spans: Vec<usize> = after
            .clone()
            .filter(|at| is(*at, SPAN))
            .chain(before.clone().filter(|at| is(*at, &["lasted", "took", "within"])))
            .collect();
        if number.kind == Kind::Duration && !spans.is_empty() {
            cues.add(Operation::Span, spans.into_iter());
        }
        cues
    }

    fn add(&mut self, operation: Operation, words: impl Iterator<Item = usize>) {
        self.operations.push(operation);
        self.words.extend(words);
    }

    /// The items that the cue words are: a right calculation says them too.
    pub fn items(&self, claim: &Claim<'_>, items: &Items) -> Mask {
        let words: &[Word] = &claim.analysis.words;
        self.words.iter().filter_map(|at| words.get(*at)).fold(0, |mask, w| mask | items.term_mask(w.term))
    }
}

/// "one station in thirteen", "one of every five".
fn is_one_in(number: &[String]) -> bool {
    number.iter().any(|w| matches!(w.as_str(), "in" | "every"))
}

fn sum_words(lower: &[String]) -> Vec<usize> {
    let single = (0..lower.len()).filter(|at| SUM.contains(&lower[*at].as_str()));
    let is_pair = |at: &usize| SUM_PAIRS.iter().any(|(a, b)| lower[*at] == *a && lower.get(at + 1).is_some_and(|w| w == b));
    single.chain((0..lower.len()).filter(is_pair)).collect()
}

/// "four of the 12 in all": a part is no sum.
fn is_partitive(number: &Number, lower: &[String], next: usize) -> bool {
    number.unit.is_none() && lower.get(next).is_some_and(|w| w == "of")
}
