//! Polarity: words that deny or restrict what a sentence says, and how far a denial reaches.

use rustc_hash::FxHashSet;

use super::Claim;
use super::windows::Windows;
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::Span;
use crate::text::words::{Term, Word, form};

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

thread_local! {
    static NEGATION_FORMS: FxHashSet<Term> = DENIALS.iter().chain(OTHER_NEGATIONS).map(|w| form(w)).collect();
    static QUALIFIER_FORMS: FxHashSet<Term> = QUALIFIERS.iter().map(|w| form(w)).collect();
}

/// Negations that stand directly before what they deny.
pub const DENIALS: &[&str] = &[
    "not",
    "no",
    "never",
    "cannot",
    "can't",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "won't",
    "wouldn't",
    "couldn't",
    "shouldn't",
    "hasn't",
    "haven't",
    "hadn't",
];

/// Words that deny by their own meaning.
const OTHER_NEGATIONS: &[&str] = &[
    "none", "nobody", "nothing", "neither", "nor", "without", "nowhere", "lack", "lacks", "lacked", "lacking", "fail", "fails",
    "failed", "unable", "refuse", "refuses", "refused", "deny", "denies", "denied", "declined", "declines", "hardly", "no-one",
    "ningún", "ninguno", "ninguna", "nunca", "nada", "nadie", "nicht", "kein", "keine", "jamais",
];

const QUALIFIERS: &[&str] = &["only", "some", "allegedly", "alleged", "reportedly", "almost", "nearly", "if", "unless", "until"];

/// How far a negation reaches, in words.
const REACH: usize = 8;

/// For each word, whether a negation before it in the same clause covers it.
pub fn negated_words(text: &str, words: &[Word]) -> Vec<bool> {
    let mut covered = vec![false; words.len()];
    // "Have yet to accept": not accepted so far.
    let is_pending = |at: usize| words[at].span.of(text) == "yet" && words.get(at + 1).is_some_and(|w| w.span.of(text) == "to");
    for (at, _) in words.iter().enumerate().filter(|(at, w)| is_negation(w.form) || is_pending(*at)) {
        let next = words.get(at + 1).map_or("", |w| w.span.of(text));
        let before = at.checked_sub(1).map_or("", |i| words[i].span.of(text));
        // "not only" affirms, and "may not" leaves open.
        if matches!(next, "only" | "just" | "merely" | "necessarily") || matches!(before, "may" | "might") {
            continue;
        }
        for next in at + 1..(at + 1 + REACH).min(words.len()) {
            let gap = Span::new(words[next - 1].span.end, words[next].span.start).of(text);
            let word = words[next].span.of(text);
            if gap.contains([',', ';', ':', '.', '—', '–', '“', '”', '"'])
                || matches!(word, "but" | "because" | "although" | "until")
            {
                break;
            }
            covered[next] = !covered[next];
        }
    }
    covered
}

/// Words that leave no exception; words that leave out everything else, which weigh more, since
/// "only" changes what is said of all others too; and the marked ones of opposites, which, other
/// than "after" or "more", are not said without need.
const ABSOLUTES: &[&str] = &[
    "all",
    "every",
    "always",
    "none",
    "entirely",
    "completely",
    "totally",
    "fully",
    "must",
    "nobody",
    "everyone",
    "everybody",
    "any",
    "impossible",
    "unless",
    "except",
];
const MARKED: &[&str] =
    &["before", "last", "less", "fewer", "lower", "lowest", "least", "smallest", "worst", "down", "below", "against"];
const RESTRICTIONS: &[&str] = &["only", "solely", "exclusively", "merely", "sole"];

thread_local! {
    static ABSOLUTE_FORMS: FxHashSet<Term> = ABSOLUTES.iter().map(|w| form(w)).collect();
    static MARKED_FORMS: FxHashSet<Term> = MARKED.iter().map(|w| form(w)).collect();
    static RESTRICTION_FORMS: FxHashSet<Term> = RESTRICTIONS.iter().map(|w| form(w)).collect();
}

/// How many negations of the claim no candidate sentence of the best source makes: none of them
/// denies the word that follows the claim's "not".
#[must_use]
pub fn lone_negations(claim: &Claim<'_>, windows: &Windows, library: &View<'_>) -> usize {
    const FOLLOWS: usize = 4;
    let Some(best) = windows.best.first() else { return 0 };
    let words = &claim.analysis.words;
    let denied: Vec<Word> = (0..words.len())
        .filter(|at| is_negation(words[*at].form))
        .filter_map(|at| words[at + 1..].iter().take(FOLLOWS).find(|w| !w.is_stop && !is_negation(w.form)).copied())
        .collect();
    if denied.is_empty() {
        return 0;
    }
    let mut made = vec![false; denied.len()];
    for looked in windows.looked_at.iter().filter(|l| l.source == best.source) {
        let sentence = library.sentence(SentenceId(looked.at));
        for (at, word) in sentence.analysis.words.iter().enumerate() {
            for (i, wanted) in denied.iter().enumerate().filter(|(_, w)| w.term == word.term || w.root == word.root) {
                made[i] |= wanted.term == word.term && is_negation(word.form) || has_negation_before(sentence, at);
            }
        }
    }
    made.iter().filter(|made| !**made).count()
}

fn has_negation_before(sentence: &SourceSentence, at: usize) -> bool {
    const NEAR: usize = 6;
    sentence.analysis.words[at.saturating_sub(NEAR)..at].iter().any(|w| is_negation(w.form))
}

/// How much the claim restricts, generalises or turns by words that none of the given sentences has.
#[must_use]
pub fn lone_absolutes(own: &[Word], theirs: &FxHashSet<Term>) -> f32 {
    let count = |forms: &'static std::thread::LocalKey<FxHashSet<Term>>| {
        let mut lone: Vec<Term> =
            forms.with(|forms| own.iter().map(|w| w.form).filter(|f| forms.contains(f) && !theirs.contains(f)).collect());
        lone.sort_unstable();
        lone.dedup();
        lone.len() as f32
    };
    0.5 * (count(&ABSOLUTE_FORMS) + count(&MARKED_FORMS)) + count(&RESTRICTION_FORMS)
}
