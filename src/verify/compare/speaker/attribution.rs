//! Who is said to speak: the subject of the verb of saying beside a quotation.
//!
//! The same reading serves notes and sources. It knows the forms that newspapers use (“…,” Chen
//! said; said Chen, the owner; Chen, the owner, said: “…”; according to Chen, “…”; Chen: “…”), and
//! gives up where there are two subjects or none.

use crate::text::Span;
use crate::text::names::{Name, names};
use crate::text::words::{Term, Word, words};
use crate::verify::words::offices::{self, is_position};
use crate::verify::words::saying::is_saying;
use crate::verify::words::{WordSet, is_one_of};

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    pub span: Span,
    pub who: Who,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The terms of the name without titles.
    Name(Vec<Term>),
    /// "the minister", "a nurse".
    Role(Term),
    Pronoun,
}

/// Reads who speaks the quotation at `quotation`, which covers its marks. `within` is what may be
/// read: the sentence of a note, the paragraph of a source.
pub fn around(text: &str, quotation: Span, within: Span) -> Option<Speaker> {
    let after = Span::new(quotation.end, within.end.max(quotation.end));
    let before = Span::new(within.start.min(quotation.start), quotation.start);
    let ends_sentence = quotation.of(text).trim_end_matches(is_mark).ends_with('.');
    if let Some(signature) = signature(text, after) {
        return Some(signature);
    }
    if let Some(label) = label_before(text, before) {
        return label;
    }
    let behind = if ends_sentence { None } else { Phrase::of(text, first_sentence(text, after)).and_then(|p| p.behind(text)) };
    behind.or_else(|| Phrase::of(text, last_sentence(text, before)).and_then(|p| p.before(text)))
}

/// The one name of a sentence that can be a subject, if there is just one.
pub fn only_subject(text: &str, sentence: Span) -> Option<Speaker> {
    let phrase = Phrase::of(text, sentence)?;
    let heads = phrase.heads(text, 0, phrase.words.len());
    match heads[..] {
        [only] if phrase.full_names() == 1 => Some(phrase.named(only)).filter(|speaker| matches!(speaker.who, Who::Name(_))),
        _ => None,
    }
}

/// The speaker of a paragraph of a transcript: "[10:02] JUDGE MARROW: Good morning."
pub fn label(text: &str, paragraph: Span) -> Option<Speaker> {
    let mut start = paragraph.start;
    let whole = paragraph.of(text);
    if whole.starts_with('[') {
        start += whole.find(']')? + 1;
    }
    let head = Span::new(start, paragraph.end).of(text);
    let colon = head.char_indices().take(80).find(|(_, c)| *c == ':')?.0;
    let name = head[..colon].split('(').next().unwrap_or_default();
    named(name, start)
}

/// The speaker of a turn, before which nothing but a label stands in its line; "Q:" and "A:" are nobody.
fn label_before(text: &str, before: Span) -> Option<Option<Speaker>> {
    let start = before.of(text).rfind('\n').map_or(before.start, |at| before.start + at + 1);
    let line = Span::new(start, before.end).of(text);
    let name = line.trim_end_matches(is_mark).trim_end().strip_suffix(':')?;
    let is_label = !name.trim().is_empty() && words(name).iter().all(|w| w.is_capital || w.is_stop);
    is_label.then(|| named(name, start))
}

/// The line under words that says whose they are: "— Ines Dorr, after the match".
fn signature(text: &str, after: Span) -> Option<Speaker> {
    let rest = after.of(text);
    let line = rest.trim_start_matches(is_mark).trim_start();
    let is_line_of_its_own = rest[..rest.len() - line.len()].contains('\n');
    let name = line.trim_start_matches(['—', '–', '-']).trim_start();
    let is_signed = line.starts_with(['—', '–']) || line.starts_with("--");
    let start = after.end - name.len();
    if is_line_of_its_own && is_signed {
        named(name.split([',', '\n', '(', ';']).next().unwrap_or_default(), start)
    } else {
        None
    }
}

/// A speaker by a name, which begins at `start`.
fn named(name: &str, start: usize) -> Option<Speaker> {
    const MOST_WORDS: usize = 6;
    let found: Vec<Word> = words(name).into_iter().map(|w| Word { span: w.span.shifted(start), ..w }).collect();
    let all_capital = !found.is_empty() && found.len() <= MOST_WORDS && found.iter().all(|w| w.is_capital || w.is_stop);
    // "Q:" and "A:" name nobody.
    let is_letter = found.iter().all(|w| w.span.len() == 1) || found.iter().any(|w| is_one_of!(w, "question answer"));
    if !all_capital || is_letter || name.contains(['.', '“', '"']) && found.len() > 3 {
        return None;
    }
    let span = found[0].span.cover(found[found.len() - 1].span);
    let terms: Vec<Term> = found.iter().filter(|w| !w.is_stop && !is_title(w)).map(|w| w.term).collect();
    let who = if terms.is_empty() { Who::Role(found[found.len() - 1].term) } else { Who::Name(terms) };
    Some(Speaker { span, who })
}

/// A word before names, such as "Dr" or "Judge".
pub fn is_title(word: &Word) -> bool {
    offices::is_title(word) || is_position(word)
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '*' | '_' | ' ')
}

/// How far from a quotation its verb of saying may stand, in bytes.
const REACH: usize = 240;

/// The rest of the sentence behind a quotation, up to the next quotation.
fn first_sentence(text: &str, span: Span) -> Span {
    let rest = span.of(text);
    let end = rest
        .char_indices()
        .find(|(at, c)| *at > REACH || is_opening(*c) || ends_sentence(rest, *at, *c))
        .map_or(rest.len(), |(at, _)| at);
    Span::new(span.start, span.start + end)
}

/// The beginning of the sentence in which a quotation stands, from the last quotation on.
fn last_sentence(text: &str, span: Span) -> Span {
    let rest = span.of(text);
    let start = rest
        .char_indices()
        .rev()
        .find(|(at, c)| rest.len() - at > REACH || matches!(c, '”' | '"' | '»') || ends_sentence(rest, *at, *c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(span.start + start, span.end)
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '„' | '«' | '"')
}

/// A full stop that is not part of "Dr." or of initials, or an empty line.
fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' => text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
        '!' | '?' | ';' => true,
        '.' => {
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let is_abbreviation = matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "St" | "Prof" | "Gen" | "Sen" | "Col" | "Capt");
            let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
            !is_abbreviation && !is_initial && text[at + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        }
        _ => false,
    }
}

/// Words beside a quotation, with their names; spans are of the whole text.
struct Phrase {
    span: Span,
    words: Vec<Word>,
    names: Vec<Name>,
}

static SUBORDINATE: WordSet = WordSet::forms(
    "when while after before as although though if because since asked unlike with where whereas until despite like",
);
static PREPOSITIONS: WordSet = WordSet::forms("of for at from in on to with against by near about over under between");

impl Phrase {
    fn of(text: &str, span: Span) -> Option<Self> {
        let part = span.of(text);
        let mut words = words(part);
        let mut names = names(part, &words);
        words.iter_mut().for_each(|w| w.span = w.span.shifted(span.start));
        names.iter_mut().for_each(|n| n.span = n.span.shifted(span.start));
        (!words.is_empty()).then_some(Self { span, words, names })
    }

    /// "… Chen said", "… said Chen, who".
    fn behind(&self, text: &str) -> Option<Speaker> {
        const FARTHEST_VERB: usize = 12;
        let first = &self.words[0];
        if SUBORDINATE.has(first) || is_one_of!(first, "and but or which that who is was") {
            return None;
        }
        let verb = self.words.iter().take(FARTHEST_VERB).position(is_saying)?;
        let is_adverb = |w: &Word| w.span.of(text).ends_with("ly") || is_one_of!(w, "later then also");
        if verb == 0 || verb == 1 && is_adverb(first) {
            return self.subject(text, verb + 1, self.words.len(), true);
        }
        self.subject(text, 0, verb, false)
    }

    /// "Chen said that …", "according to Chen, …", "Chen: …".
    fn before(&self, text: &str) -> Option<Speaker> {
        const FARTHEST_VERB: usize = 8;
        const LONGEST_LABEL: usize = 16;
        let count = self.words.len();
        let according = self.words.windows(2).position(|w| is_one_of!(&w[0], "according") && is_one_of!(&w[1], "to"));
        if let Some(at) = according {
            return self.subject(text, at + 2, count, true);
        }
        let verb = self.words.iter().rposition(is_saying).filter(|at| count - at <= FARTHEST_VERB);
        if let Some(verb) = verb {
            return self.subject(text, 0, verb, false);
        }
        let is_label = self.span.of(text).trim_end().ends_with(':') && count <= LONGEST_LABEL;
        if is_label && self.full_names() <= 1 { self.subject(text, 0, count, false) } else { None }
    }

    /// Who the words `first..last` mean. Behind a verb (`follows`) the first part counts, else the
    /// part that is no clause or remark of its own.
    fn subject(&self, text: &str, first: usize, last: usize, follows: bool) -> Option<Speaker> {
        let mut parts = self.parts(text, first, last);
        let main: Vec<(usize, usize)> =
            parts.iter().copied().filter(|(start, _)| !SUBORDINATE.has(&self.words[*start])).collect();
        if !main.is_empty() {
            parts = main;
        }
        if follows {
            // "said the owner, Ada Fenn, on Monday": the name may stand in the second part.
            parts.truncate(2);
        }
        for (start, end) in &parts {
            let heads = self.heads(text, *start, *end);
            if let Some(name) = if follows { heads.first() } else { heads.last() } {
                let joined = heads.len() > 1 && self.words[*start..*end].iter().any(|w| is_one_of!(w, "and"));
                return (!joined).then(|| self.named(name));
            }
            if let Some(pronoun) = self.pronoun(*start, *end, follows) {
                return Some(pronoun);
            }
        }
        let role = parts.iter().find_map(|(start, end)| self.role(*start, *end));
        role.or_else(|| if follows { None } else { parts.iter().find_map(|(start, end)| self.body(text, *start, *end)) })
    }

    /// The words `first..last`, parted at commas.
    fn parts(&self, text: &str, first: usize, last: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut start = first;
        for at in first..last {
            let gap = self.words.get(at + 1).map_or("", |next| Span::new(self.words[at].span.end, next.span.start).of(text));
            if at + 1 == last || gap.contains([',', '—', '–', '(', ')', ':']) {
                found.push((start, at + 1));
                start = at + 1;
            }
        }
        found
    }

    /// Names among the words that can be a subject: not "of Skarn", not "Chen's", not the "Vale" of
    /// "Vale coach".
    fn heads(&self, text: &str, start: usize, end: usize) -> Vec<&Name> {
        let is_head = |n: &&Name| {
            let before = (start..n.first).rev().map(|i| &self.words[i]).find(|w| !is_one_of!(w, "the a an his her"));
            let possessive = text[n.span.end..].starts_with("'s") || text[n.span.end..].starts_with("’s");
            let ends = !self.describes(n, end);
            n.first >= start && n.last <= end && !possessive && ends && !before.is_some_and(|w| PREPOSITIONS.has(w))
        };
        self.names.iter().filter(is_head).collect()
    }

    /// Whether a name only says whose coach or reporter the next one is.
    fn describes(&self, name: &Name, end: usize) -> bool {
        let behind = &self.words[name.last..end.max(name.last)];
        let is_noun = |w: &Word| !w.is_capital && !w.is_stop && !is_saying(w);
        behind.first().is_some_and(is_position)
            || matches!(behind, [noun, next, ..] if is_noun(noun) && next.is_capital && !next.is_stop)
    }

    /// Names that say more than whose somebody is. Of two of them one may be the object of a verb
    /// that nobody knows here.
    fn full_names(&self) -> usize {
        self.names.iter().filter(|n| !self.words.get(n.last).is_some_and(is_position)).count()
    }

    fn named(&self, name: &Name) -> Speaker {
        let of_name = &self.words[name.first..name.last];
        let terms: Vec<Term> = of_name.iter().filter(|w| !w.is_stop && !is_title(w)).map(|w| w.term).collect();
        let who = match terms.is_empty() {
            true => Who::Role(of_name[of_name.len() - 1].term),
            false => Who::Name(terms),
        };
        Speaker { span: name.span, who }
    }

    /// "Achterlund's office", which speaks for its owner.
    fn body(&self, text: &str, start: usize, end: usize) -> Option<Speaker> {
        let owner = self.names.iter().rfind(|n| n.first >= start && n.last + 1 == end)?;
        let noun = &self.words[owner.last];
        let owned = Span::new(owner.span.end, noun.span.start).of(text);
        let is_owner = matches!(owned.trim_end(), "'s" | "’s" | "'" | "’");
        let speaker = self.named(owner);
        is_owner.then_some(Speaker { span: speaker.span.cover(noun.span), ..speaker })
    }

    fn pronoun(&self, start: usize, end: usize, follows: bool) -> Option<Speaker> {
        static PRONOUNS: WordSet = WordSet::forms("he she they it i we you");
        let word = if follows {
            self.words.get(start)?
        } else {
            self.words[start..end].iter().rev().take(3).find(|w| PRONOUNS.has(w))?
        };
        PRONOUNS.has(word).then_some(Speaker { span: word.span, who: Who::Pronoun })
    }

    /// The role that the words end in, leaving out what belongs to it: "the owner of the mill".
    fn role(&self, start: usize, end: usize) -> Option<Speaker> {
        let words = &self.words[start..end];
        let after_preposition = |at: usize| words[..at].iter().rev().take(3).any(|w| PREPOSITIONS.has(w));
        let (at, word) = words.iter().enumerate().rfind(|(at, w)| is_position(w) && !after_preposition(*at))?;
        // A deputy director is not the director.
        static OTHERS: WordSet = WordSet::forms("deputy vice assistant former acting associate ex co senior junior");
        let is_other = at.checked_sub(1).is_some_and(|before| OTHERS.has(&words[before]));
        (!is_other).then_some(Speaker { span: word.span, who: Who::Role(word.term) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::quotations_in;

    fn speaker(text: &str) -> String {
        let whole = Span::new(0, text.len());
        let quotation = quotations_in(text, whole)[0].span;
        match around(text, quotation, whole) {
            Some(Speaker { span, who: Who::Pronoun }) => format!("pronoun {}", span.of(text)),
            Some(Speaker { span, who: Who::Role(_) }) => format!("role {}", span.of(text)),
            Some(Speaker { span, .. }) => span.of(text).to_owned(),
            None => String::new(),
        }
    }

    #[test]
    fn subjects_of_verbs_of_saying() {
        for (text, who) in [
            ("“It is so,” Chen said. Ruiz disagreed.", "Chen"),
            ("Ruiz laughed. “It is so,” said Dr. Ana Chen, who led the trial.", "Dr. Ana Chen"),
            ("“It is so,” Vale coach Ines Dorr said.", "Ines Dorr"),
            ("“It is so,” said the owner, Ada Fenn, on Monday.", "Ada Fenn"),
            ("“It is so,” she said.", "pronoun she"),
            ("“It is so,” said the spokeswoman of Skarn’s foreign ministry.", "role spokeswoman"),
            ("When Ruiz complained, Chen said: “It is so.”", "Chen"),
            ("Osric Pell of the Commission told the hearing that “it is so.”", "Osric Pell"),
            ("In his cable the minister wrote that “it is so.”", "role minister"),
            ("According to Ines Dorr, “it is so.”", "Ines Dorr"),
            ("Rhea Castellane: “It is so.”", "Rhea Castellane"),
            ("Vale coach Ines Dorr, who lost, shook her head: “It is so.”", "Ines Dorr"),
            ("Ruiz met Chen: “It is so.”", ""),
            ("Chen's lawyer said that “it is so.”", "role lawyer"),
            ("“It is so.” The defence said nothing.", ""),
            ("“It is so,” and Ruiz said nothing.", ""),
            ("“It is so,” Chen and Ruiz said.", ""),
            ("“It is so,” Chen’s office wrote.", "Chen’s office"),
            ("Chen, captain of Vale, said “it is so.”", "Chen"),
        ] {
            assert_eq!(speaker(text), who, "{text}");
        }
    }

    #[test]
    fn labels_of_transcripts() {
        for (text, who) in [
            ("[10:02] JUDGE MARROW: Good morning.", "JUDGE MARROW"),
            ("MR ABARA (for Helmsgate Controls): Mr Hale, a name", "MR ABARA"),
            ("The plan is this: we wait.", ""),
            ("Q: Was that avoidable?", ""),
        ] {
            let found = label(text, Span::new(0, text.len()));
            assert_eq!(found.map_or("", |s| s.span.of(text)), who, "{text}");
        }
    }
}
