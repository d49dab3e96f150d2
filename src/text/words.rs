//! Words: what index, verifier and quotation matching all compare.
//!
//! A word is a run of letters and digits with its inner apostrophes and decimal points. It is
//! compared by two hashes: its *form* (Unicode compatibility folding, no marks, no case), for
//! quotations, and its *term* (the form's stem), for everything else. One analysis serves all
//! languages; stems are English (Snowball's Porter2), which other languages bear well enough
//! because notes and sources are stemmed alike.

mod cache;

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Span;
use cache::Cache;

/// A hash of a folded word or stem. Equal words have equal hashes in every run and on every
/// machine; different words share one with a chance of about one in 10^19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Term(pub u64);

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, without a possessive ending.
    pub span: Span,
    /// What must be equal in a verbatim quotation.
    pub form: Term,
    /// What is equal for all inflections of a word.
    pub term: Term,
    /// What is equal for words of one family ("supplier", "supplied"): six letters of the stem.
    pub root: Term,
    /// Function words, which carry no information of their own.
    pub is_stop: bool,
    /// Begins with a capital letter.
    pub is_capital: bool,
    /// Holds a digit.
    pub has_digit: bool,
}

/// The words of a text, in order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_word_char(first) {
            continue;
        }
        let mut end = start + first.len_utf8();
        if !is_ideograph(first) {
            while let Some(&(at, c)) = chars.peek() {
                if is_ideograph(c) || !(is_word_char(c) || joins(text, at, c)) {
                    break;
                }
                chars.next();
                end = at + c.len_utf8();
            }
        }
        let span = without_possessive(text, Span::new(start, end));
        if !span.is_empty() {
            found.push(word(text, span));
        }
    }
    found
}

/// The term of a single word, as [`words`] would find it.
#[must_use]
pub fn term(word: &str) -> Term {
    WORD_CACHE.with_borrow_mut(|cache| cache.look_up(word).term)
}

/// The form of a single word, as [`words`] would find it.
#[must_use]
pub fn form(word: &str) -> Term {
    WORD_CACHE.with_borrow_mut(|cache| cache.look_up(word).form)
}

/// Characters that people cannot see and that sources use to split, fill or reorder words.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c == '\0';
    }
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// Scripts without spaces: each sign is a word of its own.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `c` at `at` holds two halves of a word together: an apostrophe in "don't", the marks
/// in "1,140.5", or something invisible.
fn joins(text: &str, at: usize, c: char) -> bool {
    // Nearly always it is a space.
    if c.is_ascii() && !matches!(c, '\'' | '.' | ',' | '\0') {
        return false;
    }
    let before = text[..at].chars().next_back();
    let mut rest = text[at + c.len_utf8()..].chars().skip_while(|c| is_invisible(*c));
    let after = rest.next();
    match c {
        '\'' | '’' | 'ʼ' => {
            before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
                || before.is_some_and(|c| c.is_ascii_digit()) && begins_group(&text[at + c.len_utf8()..])
        }
        '.' if before.is_some_and(char::is_uppercase) => {
            // "U.S." is one word, "John F. Kennedy" and "in Rome.Then" are not.
            let lone =
                |mut around: std::str::Chars<'_>, c: char| c.is_uppercase() && around.next().is_none_or(|c| !c.is_alphanumeric());
            let mut ahead = text[at + 1..].chars();
            let next = ahead.next();
            next.is_some_and(|next| lone(ahead, next)) && text[..at].chars().rev().nth(1).is_none_or(|c| !c.is_alphanumeric())
        }
        '.' | ',' => before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()),
        _ => is_invisible(c) && after.is_some_and(is_word_char),
    }
}

/// Whether exactly three digits follow, as behind a thousands separator: "1’250’000" is one word, "5'11" is not.
fn begins_group(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn without_possessive(text: &str, span: Span) -> Span {
    let word = span.of(text);
    if !word.ends_with(['s', 'S']) {
        return span;
    }
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .map_or(span, |stem| Span::new(span.start, span.start + stem.len()))
}

fn word(text: &str, span: Span) -> Word {
    let raw = span.of(text);
    let known = WORD_CACHE.with_borrow_mut(|cache| cache.look_up(raw));
    Word {
        span,
        form: known.form,
        term: known.term,
        root: known.root,
        is_stop: known.is_stop,
        is_capital: raw.starts_with(char::is_uppercase),
        has_digit: raw.contains(|c: char| c.is_ascii_digit()),
    }
}

/// What is known of a word by itself.
#[derive(Clone, Copy, Default)]
struct Properties {
    form: Term,
    term: Term,
    root: Term,
    is_stop: bool,
}

/// Shorter stems are their own root.
const ROOT_LENGTH: usize = 6;

thread_local! {
    static WORD_CACHE: RefCell<Cache<Properties>> = RefCell::new(Cache::new(Properties::of));
}

impl Properties {
    fn of(raw: &str) -> Self {
        thread_local! {
            static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
        }
        let form = fold(raw);
        let stem = STEMMER.with(|stemmer| stem(stemmer, &form).into_owned());
        let root = stem.char_indices().nth(ROOT_LENGTH).map_or(&stem[..], |(at, _)| &stem[..at]);
        // "US" is a country, "us" is not.
        let is_acronym = raw.contains('.') || raw.len() > 1 && raw.bytes().all(|b| b.is_ascii_uppercase()) && form == "us";
        Self {
            form: hash(&form),
            term: hash(&stem),
            root: hash(root),
            is_stop: !is_acronym && STOP_WORDS.binary_search(&form.as_str()).is_ok(),
        }
    }
}

fn hash(text: &str) -> Term {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    Term(hasher.finish())
}

/// The first words of a text, of at most so many characters.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{} …", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// A number of things: "1 source", "3 sources".
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// With a capital at the start.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Text as a reader sees it: one space between words, nothing invisible, no control characters
/// (which could command a terminal).
#[must_use]
pub fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4096));
    for part in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(part.chars().filter(|c| !is_invisible(*c) && !c.is_control()));
    }
    out
}

/// Lower case, no marks, no ligatures, no invisible characters, plain apostrophes, and no
/// thousands separators ("1,140" is "1140").
#[must_use]
pub fn fold(word: &str) -> String {
    let folded: String = if word.is_ascii() && !word.contains('\0') {
        word.to_ascii_lowercase()
    } else {
        word.nfkd()
            .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })
            .collect()
    };
    let is_acronym = folded.contains('.') && !folded.contains(|c: char| c.is_ascii_digit());
    if is_acronym || folded.contains(',') { folded.replace(if is_acronym { '.' } else { ',' }, "") } else { folded }
}

fn stem<'w>(stemmer: &Stemmer, form: &'w str) -> Cow<'w, str> {
    if let Ok(at) = IRREGULAR.binary_search_by_key(&form, |(form, _)| form) {
        return Cow::Borrowed(IRREGULAR[at].1);
    }
    stemmer.stem(form)
}

/// Forms that no stemmer reduces, with the stem of their base form. Sorted.
const IRREGULAR: &[(&str, &str)] = &[
    ("ate", "eat"),
    ("became", "becom"),
    ("began", "begin"),
    ("begun", "begin"),
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choos"),
    ("chosen", "choos"),
    ("cut", "cut"),
    ("dealt", "deal"),
    ("died", "die"),
    ("dies", "die"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("dying", "die"),
    ("fallen", "fall"),
    ("feet", "foot"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("flew", "fli"),
    ("flown", "fli"),
    ("fought", "fight"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hid", "hide"),
    ("hidden", "hide"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("leaving", "leav"),
    ("led", "lead"),
    ("left", "leav"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("paid", "pay"),
    ("people", "person"),
    ("ran", "run"),
    ("risen", "rise"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("stood", "stand"),
    ("struck", "strike"),
    ("sung", "sing"),
    ("swept", "sweep"),
    ("taken", "take"),
    ("taught", "teach"),
    ("thought", "think"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("understood", "understand"),
    ("upheld", "uphold"),
    ("went", "go"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("women", "woman"),
    ("won", "win"),
    ("written", "write"),
    ("wrote", "write"),
];

/// Function words of English. Sorted. Negations are not here: they decide meaning.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "although",
    "am",
    "among",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "during",
    "each",
    "either",
    "else",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "may",
    "me",
    "meanwhile",
    "might",
    "more",
    "moreover",
    "most",
    "must",
    "my",
    "of",
    "off",
    "on",
    "once",
    "only",
    "onto",
    "or",
    "other",
    "our",
    "ours",
    "out",
    "over",
    "own",
    "same",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "too",
    "under",
    "unlike",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whereas",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "would",
    "yet",
    "you",
    "your",
    "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| w.span.of(text)).collect()
    }

    #[test]
    fn tables_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
        assert!(IRREGULAR.is_sorted_by_key(|(form, _)| form));
    }

    #[test]
    fn words_keep_inner_marks_and_drop_possessives() {
        assert_eq!(
            shown("Brackwater's 1,140 thirty-year hands don’t pay 6.5%."),
            ["Brackwater", "1,140", "thirty", "year", "hands", "don’t", "pay", "6.5"]
        );
        assert_eq!(shown("港口の"), ["港", "口", "の"]);
        assert_eq!(
            shown("the U.S. and U.S.A. of J. F. Orr in Rome.Then"),
            ["the", "U.S", "and", "U.S.A", "of", "J", "F", "Orr", "in", "Rome", "Then"]
        );
    }

    #[test]
    fn forms_fold_what_readers_do_not_see() {
        for (a, b) in [
            ("ﬁnding", "Finding"),
            ("your\u{200b}self", "yourself"),
            ("co\u{ad}operate", "cooperate"),
            ("T\0he", "the"),
            ("don’t", "don't"),
            ("café", "CAFE\u{301}"),
            ("1,140", "1140"),
            ("U.S.", "US"),
        ] {
            assert_eq!(words(a)[0].form, words(b)[0].form, "{a} / {b}");
        }
        assert_ne!(form("wiring"), form("wires"));
    }

    #[test]
    fn terms_join_inflections() {
        for (a, b) in [("stopped", "stops"), ("fell", "falling"), ("said", "says"), ("won", "winning"), ("left", "leaves")] {
            assert_eq!(term(a), term(b), "{a} / {b}");
        }
    }

    #[test]
    fn invisible_characters_do_not_split_words() {
        assert_eq!(words("count them your\u{200b}self").len(), 3);
    }
}
