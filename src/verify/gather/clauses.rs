//! Clauses: the parts of a sentence that can hold or fail by themselves.
//!
//! Cut by surface signs only: stops and conjunctions after which something new is asserted.

use crate::text::words::Word;
use crate::text::{Analysis, Span};
use crate::verify::words::{WordSet, gap};

/// The clauses of a claim in order; a sentence without a cut is one clause.
pub fn clauses(text: &str, analysis: &Analysis, quoted: &[Span]) -> Vec<Span> {
    let words = &analysis.words;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let mut starts = vec![first.span.start];
    let premise = SUBORDINATORS.has(first);
    for at in 1..words.len() {
        let in_quotation = quoted.iter().any(|q| q.encloses(words[at].span));
        let in_slot = analysis
            .dates
            .iter()
            .map(|d| d.span)
            .chain(analysis.numbers.iter().map(|n| n.span))
            .any(|s| s.encloses(words[at].span) && s.start < words[at].span.start);
        let ends_premise = premise && starts.len() == 1 && gap(text, words, at).contains(',');
        if !in_quotation && !in_slot && (ends_premise || begins_clause(text, words, at)) {
            starts.push(words[at].span.start);
        }
    }
    let ends = starts.iter().skip(1).map(|s| trim_end(text, *s)).chain([last.span.end]);
    let spans: Vec<Span> = starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect();
    let mut clauses = join_fragments(spans, words);
    clauses.truncate(MOST_CLAUSES);
    clauses
}

/// Of a longer enumeration only the first clauses are judged one by one.
const MOST_CLAUSES: usize = 24;

/// A sentence that begins with one of these states something before its first comma.
static SUBORDINATORS: WordSet = WordSet::forms("since because although though as while whereas given after when with");
/// What begins a clause behind a comma,
static OPENERS: WordSet =
    WordSet::forms("because although though whereas while since so after before when until who which where despite whom");
/// and what does so anywhere.
static STRONG_OPENERS: WordSet = WordSet::forms("because although whereas");
static CONJUNCTIONS: WordSet = WordSet::forms("and but or nor");
static AUXILIARIES: WordSet =
    WordSet::forms("is are was were has have had will would can could did does may must then also later never not subsequently");
static IRREGULAR_PASTS: WordSet = WordSet::forms(
    "told said rang lost won went came took gave made found left kept held sent sold bought paid met led saw wrote spoke \
     fell rose grew became began broke beat beaten brought built caught dealt drew fought hurt lent overtook stole taught \
     threw chose drove fled flew got hit knew ran set shot stood struck thought put cut",
);

fn trim_end(text: &str, end: usize) -> usize {
    text[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '—' | '–' | ':' | '(')).len()
}

fn begins_clause(text: &str, words: &[Word], at: usize) -> bool {
    let before = gap(text, words, at);
    let after_stop = before.contains([',', ';', '—', '–', ':']);
    if CONJUNCTIONS.has(&words[at]) {
        joins_predicates(text, words, at, after_stop)
    } else if OPENERS.has(&words[at]) {
        after_stop || STRONG_OPENERS.has(&words[at])
    } else {
        before.contains(';')
    }
}

/// After "and" or "but": a predicate ("and then rang"), or a new subject with its own verb after
/// a comma ("…, and two officials were dismissed"). Lists of nouns are left whole.
fn joins_predicates(text: &str, words: &[Word], at: usize, after_comma: bool) -> bool {
    const REACH: usize = 9;
    let Some(next) = words.get(at + 1) else { return false };
    let behind = &words[(at + 2).min(words.len())..(at + REACH).min(words.len())];
    if AUXILIARIES.has(next) || looks_past(text, next) && !next.is_capital {
        return true;
    }
    let is_verb = |w: &Word| {
        let word = w.span.of(text);
        AUXILIARIES.has(w) || looks_past(text, w) || word.ends_with('s') && word.len() > 4
    };
    // "… and Brackwater supplied the controllers": a name with a verb of its own.
    let named_subject = next.is_capital && !next.is_stop && behind.iter().take(2).any(|w| looks_past(text, w));
    named_subject || after_comma && behind.iter().any(is_verb)
}

/// Whether a word looks like a verb in the past.
pub fn looks_past(text: &str, word: &Word) -> bool {
    let raw = word.span.of(text);
    raw.len() > 3 && (raw.ends_with("ed") || raw.ends_with("ED")) || IRREGULAR_PASTS.has(word)
}

/// A part with fewer than two informative words says nothing by itself.
fn join_fragments(spans: Vec<Span>, words: &[Word]) -> Vec<Span> {
    let informative = |span: Span| words.iter().filter(|w| !w.is_stop && span.encloses(w.span)).count();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if informative(span) < 2 || informative(*last) < 2 => *last = last.cover(span),
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        let analysis = Analysis::of(text, Span::new(0, text.len()));
        clauses(text, &analysis, &[]).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn predicates_and_reasons_are_clauses() {
        assert_eq!(
            shown("He closed the sluice at 23:44 and then rang the mayor."),
            ["He closed the sluice at 23:44", "and then rang the mayor"]
        );
        assert_eq!(
            shown("Votes were counted in 46 towns, and two clerks were dismissed."),
            ["Votes were counted in 46 towns", "and two clerks were dismissed"]
        );
        assert_eq!(
            shown("Trains ran late on Monday because snow blocked the pass."),
            ["Trains ran late on Monday", "because snow blocked the pass"]
        );
    }

    #[test]
    fn a_premise_ends_at_its_comma() {
        assert_eq!(shown("Since the report rests on two letters, we think it weak.").len(), 2);
    }

    #[test]
    fn lists_are_whole() {
        for text in [
            "Oats, barley and rye were dear.",
            "The mayor of Vesk and the miller of Orlan met on 3 May.",
            "He saw black and white cows.",
        ] {
            assert_eq!(shown(text).len(), 1, "{text}");
        }
    }
}
