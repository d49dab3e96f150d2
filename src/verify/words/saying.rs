//! Saying: whether a sentence says whose word it is.

use super::{WordSet, gap, is_one_of};
use crate::text::words::Word;

/// Verbs with which somebody says or writes something.
static VERBS: WordSet = WordSet::forms(
    "said says told tells added adds wrote writes asked argued argues insisted insists warned warns testified testifies \
     explained explains replied replies claimed claims declared declares noted notes stated states called calls recalled \
     recalls admitted admits complained complains announced announces answered answers remarked commented concluded \
     concludes predicted predicts conceded concedes joked tweeted posted spoke",
);

/// Words that leave no doubt that somebody's word or mind is reported.
static ATTRIBUTING: WordSet = WordSet::forms(
    "said says say saying told claimed alleges alleged allegedly allegation allegations accuses accused accusation \
     reportedly believes believed argues argued insists insisted suggests suggested denies denied rejects rejected \
     disputed wrote writes thinks calls called asserts asserted maintains contends testified warned warns asked suspects \
     suspected suspicion doubts doubted hopes hoped fears feared expects considers considered feels felt predicts \
     predicted regards believing thinking thought complains complained criticised criticized spoke speaks",
);

/// Verbs that are nouns as well, or have other senses: "reports", "claims", "charges", "holds". They report
/// somebody's word where a subject stands right before them or "that" right behind.
static AMBIGUOUS: WordSet = WordSet::forms("reports reported claims claim charge charged charges holds puts states notes");

/// Nouns for somebody's word, which count where it is said whose they are: "in his view", "by her account".
static NOUNS: WordSet = WordSet::forms("view opinion account version impression post telling estimation words");

static POSSESSIVES: WordSet = WordSet::forms("his her their its my our your");
static PRONOUNS: WordSet = WordSet::forms("he she they it we i who which");
static PREPOSITIONS: WordSet = WordSet::forms("in by on from");
static THAT: WordSet = WordSet::forms("that");
static ARTICLES: WordSet = WordSet::forms("a an the this that another");
static OF: WordSet = WordSet::forms("of");
static ACCORDING: WordSet = WordSet::forms("according");

/// Whether a word tells that somebody says or writes something.
pub fn is_saying(word: &Word) -> bool {
    VERBS.has(word)
}

/// Whether a sentence says whose word it is. A word that only could be a verb of saying ("annual reports",
/// "the view from the tower") does not count.
pub fn is_attributed(text: &str, words: &[Word]) -> bool {
    (0..words.len()).any(|at| {
        let word = &words[at];
        ATTRIBUTING.has(word)
            || ACCORDING.has(word)
            || AMBIGUOUS.has(word) && (THAT.has_at(words, at + 1) || at > 0 && is_subject(text, words, at - 1))
            || NOUNS.has(word) && is_somebodys(text, words, at)
    })
}

/// A name or a pronoun right before a verb.
fn is_subject(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let is_joined = gap(text, words, at + 1).trim().is_empty() && gap(text, words, at + 1).len() == 1;
    is_joined && (PRONOUNS.has(word) || word.is_capital && !word.is_stop && !word.has_digit && at > 0)
}

/// "In his view", "by the minister's account", "in a post".
fn is_somebodys(text: &str, words: &[Word], at: usize) -> bool {
    const NEAR: usize = 4;
    let Some(before) = at.checked_sub(1) else { return false };
    let is_owned = POSSESSIVES.has(&words[before]) || gap(text, words, at).contains(['\'', '’']);
    let is_told = PREPOSITIONS.is_in(&words[at.saturating_sub(NEAR)..at]);
    let is_post = words[at].span.of(text) == "post" && ARTICLES.has(&words[before]);
    is_told && (is_owned || is_post || is_one_of!(&words[before], "the") && OF.has_at(words, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;

    #[test]
    fn words_that_could_be_verbs_of_saying_attribute_nothing_by_themselves() {
        for (text, expected) in [
            ("The clerk said that the dam held.", true),
            ("According to the clerk the dam held.", true),
            ("The Gazette reports 40 dead.", true),
            ("It reports that the dam held.", true),
            ("In his view the dam held.", true),
            ("By the minister's account the dam held.", true),
            ("By the account of the minister the dam held.", true),
            ("In a post the mayor praised the dam.", true),
            ("Annual reports were filed late.", false),
            ("The tower has a view of the dam.", false),
            ("The post office holds 40 letters.", false),
            ("A new account was opened in May.", false),
            ("The charge for the ferry is 4 crowns.", false),
        ] {
            assert_eq!(is_attributed(text, &words(text)), expected, "{text}");
        }
    }
}
