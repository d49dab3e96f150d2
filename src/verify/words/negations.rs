//! Negations: words that deny what a sentence says, and how far a denial reaches.

use super::{WordSet, gap};
use crate::text::words::Word;

/// What denies the verb behind it.
macro_rules! adverbs {
    () => {
        "not never don't doesn't didn't isn't aren't wasn't weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't can't"
    };
}

pub static ADVERBS: WordSet = WordSet::forms(adverbs!());

/// Negations that stand directly before what they deny.
pub static DIRECT: WordSet = WordSet::forms(concat!(adverbs!(), " no cannot"));

/// All of them, with words that deny by their own meaning.
pub static NEGATIONS: WordSet = WordSet::forms(concat!(
    adverbs!(),
    " no cannot none nobody nothing neither nor without nowhere lack lacks lacked lacking fail fails failed unable refuse \
     refuses refused deny denies denied declined declines hardly no-one ningún ninguno ninguna nunca nada nadie nicht kein \
     keine jamais",
));

/// Verbs that tell of a denial: whoever reports one denies nothing.
pub static DENYING: WordSet = WordSet::forms("deny denies denied denying refuse refuses refused declined declines avoid avoids");

/// What a verb of denying is followed by where it opens no denial: "not only", "not necessarily".
pub static NOT_ONLY: WordSet = WordSet::forms("only just merely necessarily");

/// "Not all came" denies nothing of those who came.
pub static ALL: WordSet = WordSet::forms("all every each everyone everybody always entirely everything");
/// "May not" leaves open.
pub static OPEN: WordSet = WordSet::forms("may might");
static ENDING: WordSet = WordSet::forms("but because although until");

/// How far a negation reaches, in words.
const REACH: usize = 8;

/// For each word, whether a negation before it in the same clause covers it.
pub fn negated_words(text: &str, words: &[Word]) -> Vec<bool> {
    let mut covered = vec![false; words.len()];
    let is = |at: usize, word: &str| words.get(at).is_some_and(|w| w.span.of(text) == word);
    for at in 0..words.len() {
        // "Have yet to accept": not accepted so far.
        let is_pending = is(at, "yet") && is(at + 1, "to");
        if !NEGATIONS.has(&words[at]) && !is_pending {
            continue;
        }
        // "not only" affirms, and "may not" leaves open.
        if NOT_ONLY.has_at(words, at + 1)
            || ALL.has_at(words, at + 1)
            || at > 0 && OPEN.has(&words[at - 1]) && words[at - 1].span.of(text) != "May"
        {
            continue;
        }
        for next in at + 1..(at + 1 + REACH).min(words.len()) {
            if gap(text, words, next).contains([',', ';', ':', '.', '—', '–', '“', '”', '"']) || ENDING.has(&words[next])
            {
                break;
            }
            covered[next] = !covered[next];
        }
    }
    covered
}
