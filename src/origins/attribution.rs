//! Attributions: to which documents and to whom a sentence gives what it says.
//!
//! Only what is said to say it counts, and not what is merely mentioned: a cable that somebody has not seen, a report on
//! which nobody would comment.

use super::documents::{self, Document};
use super::names::{BODIES, Name};
use crate::library::SourceSentence;
use crate::text::words::{Term, Word};
use crate::text::{self, Span};
use crate::verify::words::saying::is_saying;
use crate::verify::words::{WordSet, gap};

/// To what a sentence gives what it says.
#[derive(Clone, Debug)]
pub enum Attribution {
    Document(Document),
    /// Somebody with a name, at these words; one word at the start of a sentence may be no name.
    Named {
        name: Name,
        words: Span,
        is_doubtful: bool,
    },
    /// "The ministry", "police": which one has to be asked of the sentences before.
    Body(Term, Span),
    /// "He", "it", whoever spoke last.
    Pronoun(Span),
}

static ACCORDING: WordSet = WordSet::forms("according per");
static IN: WordSet = WordSet::forms("in from by via");
static CITING: WordSet = WordSet::forms("citing quoting cites quotes cited quoted");
/// What documents do that say something.
static SAYS: WordSet = WordSet::forms(
    "says said say shows showed show states stated describes described counts counted lists listed puts warns warned calls \
     speaks finds found concludes concluded records recorded gives gave reads adds added names notes noted reveals revealed \
     details detailed alleges alleged contends recommends recommended blames blamed urges urged asks tells estimates \
     estimated suggests suggested indicates indicated confirms confirmed claims argues sets reports reported cites",
);
static OBTAINED: WordSet = WordSet::forms(
    "obtained seen reviewed viewed leaked read published released shared acquired inspected verified issued posted circulated",
);
static ACCESS: WordSet = WordSet::forms("seen obtained read shown viewed reviewed acquired received leaked");
static IT: WordSet = WordSet::forms("it this these they");
static IS: WordSet = WordSet::forms("is was are were");
static BY: WordSet = WordSet::forms("by to with in on at");
static TELLING: WordSet = WordSet::forms(
    "reported revealed disclosed cited quoted published carried broken written documented described uncovered reprinted",
);
static REPORTED: WordSet = WordSet::forms("reported revealed disclosed wrote reports printed broke");
static FIRST: WordSet = WordSet::forms("first originally earlier previously later also has had have then");
static TOLD: WordSet = WordSet::forms("told tells");
/// What courts, authors and offices do that say something.
static DECIDING: WordSet =
    WordSet::forms("found finds ruled rules holds held concluded decided ordered estimates estimated counted reports");
/// What stands before a name that is not the subject: "a newspaper in Grennow writes".
static PLACING: WordSet = WordSet::forms("in at near of on with");
static SHOWN: WordSet = WordSet::forms("shown found proved revealed confirmed demonstrated established suggested");
/// What is somebody's word: "the court's finding that".
static FINDING: WordSet = WordSet::forms("finding findings ruling conclusion conclusions account estimate estimates assessment");
/// What one has of a paper.
static CUTTING: WordSet = WordSet::forms("cutting cuttings copy piece article story report column interview");
static OF: WordSet = WordSet::forms("from of in by");
static READERS: WordSet = WordSet::forms("readers listeners viewers");
static HAS: WordSet = WordSet::forms("has had");
static STORY: WordSet = WordSet::forms("story");
static THE: WordSet = WordSet::forms("the");
static PRONOUNS: WordSet = WordSet::forms("he she they it");
static DENYING: WordSet =
    WordSet::forms("not never no without declined refused denied disputed dismissed nobody neither unable unaware cannot");

/// How far words that belong together stand apart.
const NEAR: usize = 8;

/// The attributions of a sentence, those to documents first: whoever passes a document on is not its origin.
pub fn in_sentence(text: &str, sentence: &SourceSentence) -> Vec<Attribution> {
    let words = &sentence.analysis.words;
    let documents = documents::in_sentence(text, sentence).into_iter().filter(|document| is_source(words, document));
    let found: Vec<Attribution> = documents.map(Attribution::Document).collect();
    if !found.is_empty() {
        return found;
    }
    let (speakers, relays) = (speakers(text, sentence), relays(text, sentence));
    if !speakers.is_empty() { speakers } else { relays }
}

fn is_denied(words: &[Word], at: usize) -> bool {
    DENYING.is_in(&words[at.saturating_sub(4)..at])
}

/// Whether a document is said to say what the sentence says.
fn is_source(words: &[Word], document: &Document) -> bool {
    let Document { at, first, .. } = *document;
    let before = &words[first.saturating_sub(NEAR)..first];
    let behind = &words[at + 1..words.len().min(at + 1 + NEAR)];
    if is_denied(words, first) {
        return false;
    }
    // "according to a cable", "in the letter, the minister said", "citing the audit".
    let near = &before[before.len().saturating_sub(4)..];
    let is_according = ACCORDING.is_in(before) || CITING.is_in(near);
    let is_in = IN.is_in(&before[before.len().saturating_sub(3)..]) && words.iter().any(|word| is_saying(word) || SAYS.has(word));
    // "the cable, seen by the Gazette, says".
    let obtained = behind.windows(2).take(4).position(|pair| OBTAINED.has(&pair[0]) && BY.has(&pair[1]));
    let is_obtained = obtained.is_some_and(|behind| !is_denied(words, at + 1 + behind));
    // "The Gazette has seen the cable", "It is a memo of the laboratory": what lies before whoever writes.
    let seen = before.iter().rev().take(5).any(|word| ACCESS.has(word));
    let is_shown =
        IT.has_at(words, 0) && IS.has_at(words, 1) && first <= 4 && (document.owner.is_known() || document.date.is_some());
    let says = behind.iter().position(|word| SAYS.has(word));
    let is_saying_so = says.is_some_and(|behind| !DENYING.is_in(&words[at + 1..at + 1 + behind]) && is_subject(words, first));
    let is_shown_by = before.windows(2).rev().take(4).any(|pair| SHOWN.has(&pair[0]) && BY.has(&pair[1]));
    is_according || is_shown_by || is_in || is_obtained || seen || is_shown || is_saying_so
}

/// Whether a phrase can be the subject of the verb behind it: no verb of saying has it as its object, no preposition.
fn is_subject(words: &[Word], first: usize) -> bool {
    static PREPOSITIONS: WordSet = WordSet::forms("of on about to for with after before over at against");
    let before = first.checked_sub(2).or(first.checked_sub(1)).map(|at| &words[at]);
    before.is_none_or(|word| !PREPOSITIONS.has(word))
}

/// Whoever is said to say it.
fn speakers(text: &str, sentence: &SourceSentence) -> Vec<Attribution> {
    let words = &sentence.analysis.words;
    let mut found = Vec::new();
    for name in &sentence.analysis.names {
        let own = Name::of_words(&words[name.first..name.last]);
        let is_place = name.first > 0 && PLACING.has(&words[name.first - 1]);
        let said =
            said_behind(text, words, name.last) && !is_place || said_before(words, name.first) || is_according(words, name.first);
        if said && !is_denied(words, name.first) {
            found.extend(named(&words[name.first..name.last], name, own));
        }
    }
    if found.is_empty() {
        let bodies = (0..words.len()).filter(|at| BODIES.has(&words[*at]) && !words[*at].is_capital);
        let has_finding = |at: usize| FINDING.has_at(words, at + 1) && gap(text, words, at + 1).contains(['\'', '’']);
        let speaks = |at: usize| {
            has_finding(at)
                || said_behind(text, words, at + 1)
                || said_before(words, at.saturating_sub(1))
                || is_according(words, at)
        };
        found.extend(
            bodies.filter(|at| speaks(*at) && !is_denied(words, *at)).map(|at| Attribution::Body(words[at].term, words[at].span)),
        );
    }
    if found.is_empty() {
        let pronouns = (0..words.len()).filter(|at| PRONOUNS.has(&words[*at]));
        let says = |at: &usize| words.get(at + 1).is_some_and(|next| is_saying(next) || SAYS.has(next));
        found.extend(pronouns.filter(says).take(1).map(|at| Attribution::Pronoun(words[at].span)));
    }
    found
}

/// Somebody with a name. A body that is called by its kind alone, though with a capital, has none here.
fn named(words: &[Word], at: &text::names::Name, name: Name) -> Option<Attribution> {
    static NOBODY: WordSet =
        WordSet::forms("nobody somebody everybody anybody someone anyone everyone none both others many most");
    let own: Vec<&Word> = words.iter().filter(|word| !word.is_stop).collect();
    match own[..] {
        [only] if BODIES.has(only) => Some(Attribution::Body(only.term, at.span)),
        [only] if NOBODY.has(only) => None,
        _ => name.is_known().then_some(Attribution::Named { name, words: at.span, is_doubtful: at.is_doubtful }),
    }
}

/// "Holm said", "Holm, who ran the lock for ten years, said", "Holm also wrote".
fn said_behind(text: &str, words: &[Word], next: usize) -> bool {
    const LONGEST: usize = 14;
    if next >= words.len() {
        return false;
    }
    let direct = words[next..].iter().take_while(|word| FIRST.has(word)).count();
    if words.get(next + direct).is_some_and(|word| is_saying(word) || DECIDING.has(word)) {
        return gap(text, words, next).trim() == "" || gap(text, words, next).trim() == "’";
    }
    // An apposition between commas.
    if !gap(text, words, next).trim_start().starts_with(',') {
        return false;
    }
    let behind = (next + 1..words.len().min(next + LONGEST)).find(|at| gap(text, words, *at).trim_start().starts_with(','));
    behind.is_some_and(|at| is_saying(&words[at]))
}

/// "Said Holm", "said the harbour master, Jan Holm".
fn said_before(words: &[Word], first: usize) -> bool {
    let before = &words[first.saturating_sub(1)..first];
    before.iter().any(|word| is_saying(word) && !TOLD.has(word))
        || first >= 2 && THE.has(&words[first - 1]) && is_saying(&words[first - 2]) && !TOLD.has(&words[first - 2])
}

/// "According to Holm", "according to the harbour master, Jan Holm".
fn is_according(words: &[Word], first: usize) -> bool {
    ACCORDING.is_in(&words[first.saturating_sub(3)..first])
}

/// Papers and stations from which a sentence has it.
fn relays(text: &str, sentence: &SourceSentence) -> Vec<Attribution> {
    let words = &sentence.analysis.words;
    let is_relay = |first: usize, last: usize| {
        let before = if first > 0 && THE.has(&words[first - 1]) { first - 1 } else { first };
        let one = before.checked_sub(1).map(|at| &words[at]);
        let two = before.checked_sub(2).map(|at| &words[at]);
        let by = one.is_some_and(|word| BY.has(word)) && two.is_some_and(|word| TELLING.has(word))
            || one.is_some_and(|word| OF.has(word)) && two.is_some_and(|word| CUTTING.has(word));
        let to = one.is_some_and(|word| TOLD.has(word) || CITING.has(word));
        let behind = words[last..].iter().take_while(|word| FIRST.has(word)).count();
        let reported =
            words.get(last + behind).is_some_and(|word| REPORTED.has(word)) && gap(text, words, last).trim().is_empty();
        // "As the Standard told its readers", "the Herald has the story".
        let follows = |at: usize, set: &WordSet| words.get(last + at).is_some_and(|word| set.has(word));
        let tells = follows(0, &TOLD) && follows(2, &READERS) || follows(0, &HAS) && follows(2, &STORY);
        by || to || reported || tells
    };
    let names = sentence.analysis.names.iter().filter(|name| is_relay(name.first, name.last) && !is_denied(words, name.first));
    names
        .filter_map(|name| {
            let own = &words[name.first..name.last];
            named(own, name, Name::of_words(own))
        })
        .collect()
}
