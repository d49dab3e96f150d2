//! The nearest words: semi-global alignment by whole words (Sellers, 1980).

use crate::text::Span;
use crate::text::words::Word;
use crate::verify::verification::Change;

/// One step of an alignment: an index into the quotation, into the source's words, or both.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub wanted: Option<usize>,
    pub found: Option<usize>,
}

impl Step {
    /// The two indices of a step on which both sides have the same word.
    pub fn equal(self, wanted: &[Word], found: &[Word]) -> Option<(usize, usize)> {
        let (i, j) = (self.wanted?, self.found?);
        (wanted[i].form == found[j].form).then_some((i, j))
    }

    /// Whether both sides have another form of one word.
    pub fn inflected(self, wanted: &[Word], found: &[Word]) -> bool {
        match (self.wanted, self.found) {
            (Some(i), Some(j)) => wanted[i].form != found[j].form && wanted[i].term == found[j].term,
            _ => false,
        }
    }
}

/// A replaced word costs as much as a dropped or an added one, and another form of the same word
/// a little less; of equally dear alignments the one with more equal words is the better.
const CHANGED: i32 = 1000;
const INFLECTED: i32 = 900;
const EQUAL: i32 = -1;

/// The cheapest way to turn some stretch of `found` into `wanted`, by whole words.
pub fn align(wanted: &[Word], found: &[Word]) -> Vec<Step> {
    let (n, m) = (wanted.len(), found.len());
    let width = m + 1;
    let pair = |i: usize, j: usize| {
        let (mine, theirs) = (&wanted[i - 1], &found[j - 1]);
        if mine.form == theirs.form {
            EQUAL
        } else if mine.term == theirs.term {
            INFLECTED
        } else {
            CHANGED
        }
    };
    let mut cost = vec![0i32; (n + 1) * width];
    for i in 1..=n {
        cost[i * width] = i as i32 * CHANGED;
        for j in 1..=m {
            let diagonal = cost[(i - 1) * width + j - 1] + pair(i, j);
            let added = cost[(i - 1) * width + j] + CHANGED;
            let dropped = cost[i * width + j - 1] + CHANGED;
            cost[i * width + j] = diagonal.min(added).min(dropped);
        }
    }
    // Of equal ends the last: a wrong last word is a replaced one, not an added one.
    let mut j = (0..=m).rev().min_by_key(|j| cost[n * width + j]).unwrap_or(0);
    let mut i = n;
    let mut steps = Vec::new();
    while i > 0 {
        let here = cost[i * width + j];
        if j > 0 && here == cost[(i - 1) * width + j - 1] + pair(i, j) {
            (i, j) = (i - 1, j - 1);
            steps.push(Step { wanted: Some(i), found: Some(j) });
        } else if here == cost[(i - 1) * width + j] + CHANGED {
            i -= 1;
            steps.push(Step { wanted: Some(i), found: None });
        } else {
            j -= 1;
            steps.push(Step { wanted: None, found: Some(j) });
        }
    }
    steps.reverse();
    with_true_ends(steps, wanted, found)
}

/// How many words of the source may be lacking at an end.
const MOST_LACKING: usize = 6;

/// A first or last word that stands a little farther off in the source was not replaced; the
/// words between were left out. That costs more, and is what happened.
fn with_true_ends(steps: Vec<Step>, wanted: &[Word], found: &[Word]) -> Vec<Step> {
    let is_equal = |step: &Step| step.equal(wanted, found);
    let pair = |i: usize, j: usize| Step { wanted: Some(i), found: Some(j) };
    let lacking = |j: usize| Step { wanted: None, found: Some(j) };
    let same = |i: usize, j: usize, length: usize| (0..length).all(|k| wanted[i + k].form == found[j + k].form);
    let (Some(first), Some(last)) =
        (steps.iter().position(|s| is_equal(s).is_some()), steps.iter().rposition(|s| is_equal(s).is_some()))
    else {
        return steps;
    };
    let (Some((i, j)), Some((k, l))) = (is_equal(&steps[first]), is_equal(&steps[last])) else { return steps };
    let before = (1..=MOST_LACKING).filter_map(|gap| j.checked_sub(gap + i)).find(|at| i > 0 && same(0, *at, i));
    let tail = wanted.len() - k - 1;
    let after =
        (1..=MOST_LACKING).map(|gap| l + 1 + gap).find(|at| tail > 0 && at + tail <= found.len() && same(k + 1, *at, tail));
    let mut all = Vec::with_capacity(steps.len() + MOST_LACKING);
    match before {
        Some(at) => {
            all.extend((0..i).map(|n| pair(n, at + n)));
            all.extend((at + i..j).map(lacking));
        }
        None => all.extend_from_slice(&steps[..first]),
    }
    all.extend_from_slice(&steps[first..=last]);
    match after {
        Some(at) => {
            all.extend((l + 1..at).map(lacking));
            all.extend((0..tail).map(|n| pair(k + 1 + n, at + n)));
        }
        None => all.extend_from_slice(&steps[last + 1..]),
    }
    all
}

/// Runs of steps that are not equal, as spans of both sides.
pub fn changes(steps: &[Step], wanted: &[Word], found: &[Word]) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let mut open: Option<Change> = None;
    let (mut claim_at, mut source_at) = (wanted[0].span.start, 0);
    for step in steps {
        if let Some((i, j)) = step.equal(wanted, found) {
            all.extend(open.take());
            (claim_at, source_at) = (wanted[i].span.end, found[j].span.end);
            continue;
        }
        let change = open.get_or_insert(Change { claim: Span::new(claim_at, claim_at), source: Span::new(source_at, source_at) });
        if let Some(i) = step.wanted {
            change.claim = if change.claim.is_empty() { wanted[i].span } else { change.claim.cover(wanted[i].span) };
        }
        if let Some(j) = step.found {
            change.source = if change.source.is_empty() { found[j].span } else { change.source.cover(found[j].span) };
        }
    }
    all.extend(open);
    all
}
