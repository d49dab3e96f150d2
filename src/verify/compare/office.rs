//! Offices: one that the source gives to somebody else, or with another rank ("mayor" for "deputy mayor").

use crate::text::names::Name;
use crate::verify::compare::comparison::prelude::*;
use crate::verify::words::offices::{OFFICES, RANKS, is_title};

pub const COMPARISON: Comparison =
    Comparison::new("office", "an office beside a name with who holds it, and with what rank", Compare::Clause(compare));

/// An office beside a name.
#[derive(Clone, Debug)]
struct Holding {
    /// The word of the name that tells it from others.
    holder: Term,
    /// "chief executive", "minister": compared word by word.
    office: String,
    /// "deputy", "vice" and the like.
    rank: Option<String>,
    span: Span,
}

impl Holding {
    fn is_same_office(&self, other: &Self) -> bool {
        self.office == other.office && self.rank == other.rank
    }
}

/// An office that no source gives to its holder, while one gives it to somebody else, or gives the holder the same
/// office with another rank.
fn compare(clause: &Clause<'_>) -> Option<Conflict> {
    let claim = clause.claim;
    let mut own = holdings(claim.text, claim.analysis).into_iter().filter(|h| clause.span.encloses(h.span)).peekable();
    own.peek()?;
    let of_candidate = |c: &'_ Candidate<'_>| holdings(c.text, c.analysis());
    let theirs: Vec<(&Candidate<'_>, Holding)> =
        clause.candidates().iter().flat_map(|c| of_candidate(c).into_iter().map(move |h| (c, h))).collect();
    own.find_map(|own| {
        let of_holder = || theirs.iter().filter(|(_, h)| h.holder == own.holder);
        if of_holder().any(|(_, h)| h.is_same_office(&own)) {
            return None;
        }
        let other_rank = of_holder().find(|(_, h)| h.office == own.office);
        let is_held_by_other = || theirs.iter().any(|(_, h)| h.is_same_office(&own) && h.holder != own.holder);
        let other_office = of_holder().find(|(_, h)| h.office != own.office).filter(|_| is_held_by_other());
        let (candidate, found) = other_rank.or(other_office)?;
        Some(candidate.conflict(Slot::Role, own.span, found.span))
    })
}

/// The offices that stand beside names: "Minister Corlin", "Corlin, the economy minister",
/// "Corlin is the minister".
fn holdings(text: &str, analysis: &Analysis) -> Vec<Holding> {
    let words = &analysis.words;
    let at_word = |at: usize| by_deed(analysis, at).or_else(|| by_word(text, analysis, at));
    (0..words.len()).filter_map(at_word).collect()
}

fn by_word(text: &str, analysis: &Analysis, at: usize) -> Option<Holding> {
    let words = &analysis.words;
    let (office, next) = office(text, words, at)?;
    let behind = holder_behind(text, analysis, at, next);
    let name = behind.or_else(|| holder_before(text, analysis, at))?;
    let from = if behind.is_some() { words[next - 1].span.end } else { 0 };
    // "Deputy minister", "deputy economy minister".
    let is_rank = |i: &usize| RANKS.has(&words[*i]) && words[i + 1..at].iter().all(|w| !w.is_stop);
    let rank_at = (at.saturating_sub(2)..at).rev().find(is_rank);
    let rank = rank_at.map(|i| words[i].span.of(text).to_lowercase());
    let span = words[rank_at.unwrap_or(at)].span.cover(words[next - 1].span);
    Some(Holding { holder: family_name(words, name, from)?, office, rank, span })
}

/// Right behind: "Minister Corlin", "chief executive Marit Ollendorf", "the transport minister, Greta Lind". The
/// office itself may be part of the run of capitals.
fn holder_behind<'n>(text: &str, analysis: &'n Analysis, at: usize, next: usize) -> Option<&'n Name> {
    static OWNING: WordSet = WordSet::forms("the its his her their");
    let words = &analysis.words;
    let is_holder = |n: &&Name| {
        n.first <= next && n.last > next && n.first + 3 > at && {
            let is_owned = OWNING.is_in(&words[at.saturating_sub(3)..at]);
            let between = gap(text, words, next);
            between.trim().is_empty() || is_owned && n.first == next && between == ", "
        }
    };
    analysis.names.iter().find(is_holder)
}

/// Before: a name, then a comma or a form of "to be".
fn holder_before<'n>(text: &str, analysis: &'n Analysis, at: usize) -> Option<&'n Name> {
    /// How many words may stand between an office and its holder: "the … minister of …".
    const BETWEEN: usize = 5;
    static COPULAS: WordSet = WordSet::forms("is was been became as remains stays");
    static APPOSED: WordSet = WordSet::forms("the a an its their his her once former then acting formerly");
    let words = &analysis.words;
    let is_holder = |n: &&Name| {
        n.last <= at && at - n.last <= BETWEEN && {
            let between = Span::new(words[n.last - 1].span.end, words[at].span.start).of(text);
            let is_copula = COPULAS.is_in(&words[n.last..at.min(n.last + 3)]) && !between.contains([',', ';']);
            let begins = words[n.last..at].first().is_none_or(|w| APPOSED.has(w) || RANKS.has(w));
            is_copula || between.trim_start().starts_with(',') && between.matches(',').count() == 1 && begins
        }
    };
    analysis.names.iter().rev().find(is_holder)
}

/// "Greta Vuk, who has chaired the board": the verb gives the office.
fn by_deed(analysis: &Analysis, at: usize) -> Option<Holding> {
    /// How many words may stand between: "who has also".
    const BETWEEN: usize = 4;
    static DEEDS: [(WordSet, &str); 4] = [
        (WordSet::forms("chairs chaired chairing"), "chair"),
        (WordSet::forms("coaches coached coaching"), "coach"),
        (WordSet::forms("captains captained captaining"), "captain"),
        (WordSet::forms("edits edited editing"), "editor"),
    ];
    static LEADING: WordSet = WordSet::forms("who has had have is was been also now still then once will to");
    let words = &analysis.words;
    let (_, office) = DEEDS.iter().find(|(verbs, _)| verbs.has(&words[at]) && !words[at].is_capital)?;
    let name = analysis.names.iter().rev().find(|n| n.last <= at && at - n.last <= BETWEEN)?;
    let holder = family_name(words, name, 0)?;
    let is_led = words[name.last..at].iter().all(|w| LEADING.has(w));
    is_led.then(|| Holding { holder, office: (*office).to_owned(), rank: None, span: words[at].span })
}

/// The word of a name that tells people apart, if it stands behind `from`.
fn family_name(words: &[Word], name: &Name, from: usize) -> Option<Term> {
    let mut of_name = words[name.first..name.last].iter().rev();
    of_name.find(|w| !w.is_stop && !is_title(w) && w.span.start >= from).map(|w| w.term)
}

/// An office at a word: its name in lower case, and the word behind it.
fn office(text: &str, words: &[Word], at: usize) -> Option<(String, usize)> {
    let lower = |at: usize| words.get(at).map_or_else(String::new, |w| w.span.of(text).to_lowercase());
    let word = lower(at);
    match (word.as_str(), lower(at + 1).as_str()) {
        ("chief", "executive") => Some(("chief executive".to_owned(), at + 2)),
        ("prime", "minister") => Some(("prime minister".to_owned(), at + 2)),
        ("chairman" | "chairwoman" | "chairperson", _) => Some(("chair".to_owned(), at + 1)),
        // "Deputy" alone is an office, before another one it is a rank.
        ("deputy", _) if (at + 1..at + 3).any(|i| OFFICES.has_at(words, i)) => None,
        _ if OFFICES.has(&words[at]) && (at == 0 || lower(at - 1) != "prime") => Some((word, at + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::compare::testing::both_ways;

    #[test]
    fn speaks_and_stays_silent() {
        both_ways(
            &COMPARISON,
            r#"
            Hedda Corlin, the deputy mayor, opened the fair.
            - Hedda Corlin, the [mayor], opened the fair. = deputy mayor
            - Deputy mayor Hedda Corlin opened the fair.
        "#,
        );
    }

    fn shown(text: &str) -> Vec<String> {
        let analysis = Analysis::of(text, Span::new(0, text.len()));
        holdings(text, &analysis).iter().map(|h| format!("{} {}", h.rank.as_deref().unwrap_or("-"), h.office)).collect()
    }

    #[test]
    fn offices_beside_names() {
        for (text, expected) in [
            ("Talks with Hedda Corlin, the minister, failed.", "- minister"),
            ("Talks with Hedda Corlin, the deputy minister, failed.", "deputy minister"),
            ("He met Deputy Mayor Hedda Corlin twice.", "deputy mayor"),
            ("Last year Anselm Vuk was chief executive of the firm.", "- chief executive"),
            ("They say that Henrik Sauvel, once a judge in Hallin, is ill.", "- judge"),
            ("It is Hedda Corlin who has chaired the board since May.", "- chair"),
            ("In May Hedda Corlin coached the juniors.", "- coach"),
        ] {
            assert_eq!(shown(text), [expected], "{text}");
        }
    }

    #[test]
    fn offices_without_a_holder_are_left_alone() {
        for text in
            ["The minister resigned.", "Vuk met the director.", "Vuk, who hates the mayor, left.", "Vuk sat on two chairs."]
        {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
