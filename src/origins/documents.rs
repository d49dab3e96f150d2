//! Documents that sentences speak of: "a Ministry of Transport cable dated 3 May", "the ministry's letter", "the document".

use std::sync::LazyLock;

use regex::Regex;

use super::names::{BODIES, Name};
use crate::library::SourceSentence;
use crate::text::Span;
use crate::text::dates::Date;
use crate::text::words::{Term, Word, term};
use crate::verify::words::{WordSet, gap};

/// Kinds of documents, by words that stand for one kind: the first names it.
const KINDS: &[&[&str]] = &[
    &["cable", "cables", "telegram", "telegrams"],
    &["memo", "memos", "memorandum", "memoranda"],
    &["letter", "letters"],
    &["e-mail", "email", "emails", "mail"],
    &["statement", "statements", "communique", "communiqué", "release"],
    &["report", "reports", "dossier"],
    &["audit"],
    &["study", "studies", "preprint", "paper", "survey"],
    &["filing", "filings", "complaint", "indictment", "affidavit"],
    &["judgment", "judgement", "ruling", "verdict"],
    &["transcript", "testimony", "minutes"],
    &["recording", "footage", "video", "clip"],
    &["post", "posts", "tweet", "thread"],
    &["contract", "ledger", "invoice", "register"],
    &["circular", "directive", "notice", "bulletin"],
    &["assessment", "briefing"],
    &["diary", "chronicle", "journal"],
    &["dispatch"],
    &["data", "figures", "records", "record", "log", "logs", "statistics", "measurements"],
    &["images", "imagery", "photographs"],
    &["document", "documents", "file", "files", "papers", "text", "copy"],
];

/// Words that stand for whatever document was spoken of.
static ANY: WordSet = WordSet::forms("document documents file files papers text copy paper");

static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<&str> = KINDS.iter().flat_map(|words| words.iter().copied()).collect();
    Regex::new(&format!(r"(?i)\b(?:{})\b", words.join("|"))).expect("a pattern of words")
});

static NOUNS: LazyLock<Vec<(Term, Term)>> = LazyLock::new(|| {
    let mut nouns: Vec<_> =
        KINDS.iter().flat_map(|words| words.iter().map(|word| (crate::text::words::form(word), term(words[0])))).collect();
    nouns.sort_unstable();
    nouns
});

/// What may stand before the noun and says more of it.
static ADJECTIVES: WordSet = WordSet::forms(
    "confidential secret internal leaked classified unclassified diplomatic preliminary final interim annual draft official \
     press court police government ministry company inspection forensic written unpublished undated public joint earlier \
     latest new recent previous restricted private intelligence audit inquiry medical technical independent quarterly",
);
static NEW: WordSet = WordSet::forms("a an one two several three");
static KNOWN: WordSet = WordSet::forms("the this that these those its their his her same");
static OF: WordSet = WordSet::forms("of from by");
static ARTICLES: WordSet = WordSet::forms("the a an its their his her this that");

/// A mention of a document.
#[derive(Clone, Debug)]
pub struct Document {
    /// What stands for its kind.
    pub kind: Term,
    /// Whether its noun could stand for any kind.
    pub is_any: bool,
    /// Spoken of as something new: "a cable".
    pub is_new: bool,
    /// With what belongs to it: "Ministry of Transport cable".
    pub span: Span,
    /// Which of the sentence's words is the noun.
    pub at: usize,
    /// The first word of its phrase, without the article.
    pub first: usize,
    pub owner: Name,
    /// The words of the owner, where it is a body without a name: "the ministry's".
    pub body: Option<Term>,
    pub date: Option<Date>,
}

/// All words for documents of a kind.
pub fn words_for(kind: Term) -> impl Iterator<Item = Term> {
    let words = KINDS.iter().find(|words| term(words[0]) == kind).copied().unwrap_or_default();
    words.iter().map(|word| term(word))
}

/// Whether some words may speak of a document, which is quick to tell.
pub fn may_be_in(text: &str) -> bool {
    NOUN.is_match(text) || text.contains("dated")
}

/// The day of "it is dated 11 February", which is that of the document just spoken of.
pub fn dated(sentence: &SourceSentence) -> Option<Date> {
    static DATED: WordSet = WordSet::forms("dated");
    let words = &sentence.analysis.words;
    let at = DATED.position(words).filter(|at| *at <= 3)?;
    let is_near = |date: &&Date| date.span.start >= words[at].span.end && date.span.start - words[at].span.end <= 4;
    sentence.analysis.dates.iter().find(is_near).cloned()
}

/// The mentions of documents in a sentence.
pub fn in_sentence(text: &str, sentence: &SourceSentence) -> Vec<Document> {
    let words = &sentence.analysis.words;
    (0..words.len()).filter_map(|at| document(text, sentence, at)).collect()
}

fn document(text: &str, sentence: &SourceSentence, at: usize) -> Option<Document> {
    let analysis = &sentence.analysis;
    let words = &analysis.words;
    let kind = NOUNS[NOUNS.binary_search_by_key(&words[at].form, |(form, _)| *form).ok()?].1;
    // The Meridian Post is a paper.
    if words[at].is_capital && analysis.names.iter().any(|name| (name.first..name.last).contains(&at)) {
        return None;
    }
    let first = first_of_phrase(text, sentence, at);
    let before = first.checked_sub(1).map(|before| &words[before]);
    // "reports", "copy" and "post" are verbs, too: those have neither article nor owner.
    let is_new = before.is_some_and(|word| NEW.has(word));
    let is_known = before.is_some_and(|word| KNOWN.has(word));
    if !is_new && !is_known && first == at {
        return None;
    }
    let phrase = Span::new(words[first].span.start, words[at].span.end);
    let of_phrase = |span: Span| span.overlaps(phrase) && span.start < words[at].span.start;
    let mut owner_words: Vec<Word> = analysis
        .names
        .iter()
        .filter(|name| of_phrase(name.span))
        .flat_map(|name| words[name.first..name.last].to_vec())
        .collect();
    owner_words.retain(|word| word.span.end <= words[at].span.start);
    let mut body = words[first..at].iter().find(|word| BODIES.has(word)).map(|word| word.term);
    if owner_words.is_empty()
        && let Some((named, of)) = owner_behind(sentence, at)
    {
        (owner_words, body) = (named, body.or(of));
    }
    let date = analysis.dates.iter().find(|date| is_of(date, text, words[first].span.start, words[at].span.end)).cloned();
    let owner = Name::of_words(&owner_words);
    let body = body.filter(|_| !owner.is_known());
    Some(Document { kind, is_any: ANY.has(&words[at]), is_new, span: phrase, at, first, owner, body, date })
}

/// Where the noun's phrase begins: behind the article, with names, bodies and adjectives.
fn first_of_phrase(text: &str, sentence: &SourceSentence, at: usize) -> usize {
    const LONGEST: usize = 8;
    let words = &sentence.analysis.words;
    let mut first = at;
    while first > 0 && at - first < LONGEST {
        let before = first - 1;
        if !gap(text, words, first).trim_matches(['\'', '’', 's', ' ', '-', '\u{a0}', '\n']).is_empty() {
            break;
        }
        let of_name = sentence.analysis.names.iter().find(|name| name.first < first && first <= name.last);
        let word = &words[before];
        if let Some(name) = of_name {
            first = name.first;
        } else if ADJECTIVES.has(word) || BODIES.has(word) || word.is_capital && !word.is_stop || word.has_digit {
            first = before;
        } else {
            break;
        }
    }
    first
}

/// "… of the Court of Audit", "… from the ministry".
fn owner_behind(sentence: &SourceSentence, at: usize) -> Option<(Vec<Word>, Option<Term>)> {
    let words = &sentence.analysis.words;
    OF.has(words.get(at + 1)?).then_some(())?;
    let start = if ARTICLES.has(words.get(at + 2)?) { at + 3 } else { at + 2 };
    if let Some(name) = sentence.analysis.names.iter().find(|name| (start..=start + 2).contains(&name.first)) {
        return Some((words[name.first..name.last].to_vec(), None));
    }
    let body = words.get(start..words.len().min(start + 2))?.iter().find(|word| BODIES.has(word))?;
    Some((Vec::new(), Some(body.term)))
}

/// "Dated 3 May", "of 3 May", or the 3 May report.
fn is_of(date: &Date, text: &str, start: usize, end: usize) -> bool {
    const NEAR: usize = 60;
    let is_inside = start <= date.span.start && date.span.end <= end;
    let is_behind = || {
        let between = Span::new(end, date.span.start.max(end)).of(text);
        let between = between.trim_matches([' ', ',', '(']);
        // "Of 3 May", "of the water laboratory of 3 May".
        let leads = |word: &str| ["dated", "of", "from", "on"].contains(&word);
        let (first, last) = (between.split(' ').next(), between.rsplit(' ').next());
        let is_led = first.is_some_and(leads) && last.is_some_and(leads) && !between.contains(['.', ',', ';', ':']);
        date.span.start >= end && between.len() <= NEAR && is_led
    };
    is_inside || is_behind()
}
