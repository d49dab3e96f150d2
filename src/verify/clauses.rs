//! Clauses: the parts of a sentence that can hold or fail by themselves.
//!
//! Cut by surface signs only: stops and conjunctions after which something new is asserted.

use crate::text::words::Word;
use crate::text::{Analysis, Span};

/// The clauses of a claim in order; a sentence without a cut is one clause.
pub fn clauses(text: &str, analysis: &Analysis, quoted: &[Span]) -> Vec<Span> {
    let words = &analysis.words;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    let mut starts = vec![first.span.start];
    let premise = SUBORDINATORS.contains(&first.span.of(text).to_lowercase().as_str());
    for at in 1..words.len() {
        let in_quotation = quoted.iter().any(|q| q.encloses(words[at].span));
        let in_slot = analysis
            .dates
            .iter()
            .map(|d| d.span)
            .chain(analysis.numbers.iter().map(|n| n.span))
            .any(|s| s.encloses(words[at].span) && s.start < words[at].span.start);
        let ends_premise =
            premise && starts.len() == 1 && Span::new(words[at - 1].span.end, words[at].span.start).of(text).contains(',');
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
const SUBORDINATORS: &[&str] =
    &["since", "because", "although", "though", "as", "while", "whereas", "given", "after", "when", "with"];

fn trim_end(text: &str, end: usize) -> usize {
    text[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '—' | '–' | ':' | '(')).len()
}

fn begins_clause(text: &str, words: &[Word], at: usize) -> bool {
    let word = words[at].span.of(text).to_lowercase();
    let before = Span::new(words[at - 1].span.end, words[at].span.start).of(text);
    let after_comma = before.contains([',', ';', '—', '–', ':']);
    match word.as_str() {
        "and" | "but" | "or" | "nor" => joins_predicates(text, words, at, after_comma),
        "because" | "although" | "though" | "whereas" | "while" | "since" | "so" | "after" | "before" | "when" | "until"
        | "who" | "which" | "where" | "despite" | "whom" => {
            after_comma || matches!(word.as_str(), "because" | "although" | "whereas")
        }
        _ => before.contains(';'),
    }
}

/// After "and" or "but": a predicate ("and then rang"), or a new subject with its own verb after
/// a comma ("…, and two officials were dismissed"). Lists of nouns are left whole.
fn joins_predicates(text: &str, words: &[Word], at: usize, after_comma: bool) -> bool {
    let lower = |i: usize| words.get(i).map_or(String::new(), |w| w.span.of(text).to_lowercase());
    let next = lower(at + 1);
    let auxiliary = |w: &str| {
        matches!(
            w,
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "can"
                | "could"
                | "did"
                | "does"
                | "may"
                | "must"
                | "then"
                | "also"
                | "later"
                | "never"
                | "not"
                | "subsequently"
        )
    };
    let looks_like_verb = |i: usize| {
        let w = lower(i);
        looks_past(&w)
    };
    if auxiliary(&next) || looks_like_verb(at + 1) && words.get(at + 1).is_some_and(|w| !w.is_capital) {
        return true;
    }
    let own_verb = (at + 2..(at + 9).min(words.len()))
        .any(|i| auxiliary(&lower(i)) || looks_like_verb(i) || lower(i).ends_with('s') && lower(i).len() > 4);
    // "… and Brackwater supplied the controllers": a name with a verb of its own.
    let named_subject = words.get(at + 1).is_some_and(|w| w.is_capital && !w.is_stop) && (at + 2..at + 4).any(looks_like_verb);
    named_subject || after_comma && own_verb
}

/// Whether a word in lower case looks like a verb in the past.
pub fn looks_past(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") || IRREGULAR_PASTS.contains(&word)
}

const IRREGULAR_PASTS: &[&str] = &[
    "told", "said", "rang", "lost", "won", "went", "came", "took", "gave", "made", "found", "left", "kept", "held", "sent",
    "sold", "bought", "paid", "met", "led", "saw", "wrote", "spoke", "fell", "rose", "grew", "became", "began", "broke", "beat",
    "beaten", "brought", "built", "caught", "dealt", "drew", "fought", "hurt", "lent", "overtook", "stole", "taught", "threw",
    "chose", "drove", "fled", "flew", "got", "hit", "knew", "ran", "set", "shot", "stood", "struck", "thought", "put", "cut",
];

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
