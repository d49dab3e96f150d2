//! Words that turn a statement into its opposite.

use crate::text::Analysis;
use crate::text::words::{Term, form};

/// Whether a form negates: "not", "no", "never", "don't" and the like.
#[must_use]
pub fn is_negation(form: Term) -> bool {
    NEGATION_FORMS.with(|forms| forms.contains(&form))
}

/// Whether leaving the word out of a quotation changes its sense.
#[must_use]
pub fn changes_sense(form: Term) -> bool {
    is_negation(form) || QUALIFIER_FORMS.with(|forms| forms.contains(&form))
}

/// Whether the sentence is negated (an even number of negations is none).
#[must_use]
pub fn is_negated(analysis: &Analysis) -> bool {
    analysis.words.iter().filter(|w| is_negation(w.form)).count() % 2 == 1
}

thread_local! {
    static NEGATION_FORMS: Vec<Term> = NEGATIONS.iter().map(|w| form(w)).collect();
    static QUALIFIER_FORMS: Vec<Term> = QUALIFIERS.iter().map(|w| form(w)).collect();
}

const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", "can't", "don't", "doesn't",
    "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "wouldn't", "couldn't", "shouldn't", "hasn't", "haven't",
    "hadn't", "nowhere", "hardly", "no-one", "ningún", "ninguno", "nunca", "nada", "nadie", "nicht", "kein", "keine", "jamais",
];

const QUALIFIERS: &[&str] = &["only", "some", "allegedly", "alleged", "reportedly", "almost", "nearly", "if", "unless", "until"];
