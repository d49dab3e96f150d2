//! What two passages have in common that two people who tell of one thing do not find by themselves.

use crate::note::quotations_in;
use crate::text::Span;
use crate::text::words::{Term, words};

/// Whether most runs of five words of the shorter passage are in the other one, too.
pub fn has_same_words(one: &str, two: &str) -> bool {
    const RUN: usize = 5;
    const FEWEST_RUNS: usize = 5;
    const MOST_OF_TEN: usize = 7;
    let runs = |text: &str| {
        let forms = forms(text);
        forms.windows(RUN).map(<[Term]>::to_vec).collect::<Vec<_>>()
    };
    let (mut short, mut long) = (runs(one), runs(two));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let same = short.iter().filter(|run| long.contains(run)).count();
    short.len() >= FEWEST_RUNS && same * 10 >= short.len() * MOST_OF_TEN
}

/// Whether both quote the same words of somebody: a slogan is short, and a proverb nobody quotes at length.
pub fn quotes_same(one: &str, two: &str) -> bool {
    const FEWEST: usize = 7;
    let (one, two) = (quoted(one), quoted(two));
    one.iter().any(|a| two.iter().any(|b| has_run(a, b, FEWEST)))
}

fn has_run(one: &[Term], two: &[Term], length: usize) -> bool {
    one.windows(length).any(|run| two.windows(length).any(|other| other == run))
}

fn quoted(text: &str) -> Vec<Vec<Term>> {
    quotations_in(text, Span::new(0, text.len())).into_iter().map(|quotation| forms(quotation.inner.of(text))).collect()
}

fn forms(text: &str) -> Vec<Term> {
    words(text).iter().map(|word| word.form).collect()
}
