//! Roles: an office that the source gives to somebody else, or with another rank ("mayor" for
//! "deputy mayor").

use super::items::Items;
use super::windows::Windows;
use super::{Claim, Conflict, Slot};
use crate::library::{SentenceId, View};
use crate::text::names::Name;
use crate::text::words::{Term, Word};
use crate::text::{Analysis, Span};

/// An office beside a name.
#[derive(Clone, Debug)]
struct Role {
    /// The word of the name that tells it from others.
    holder: Term,
    /// "chief executive", "minister": compared word by word.
    office: String,
    /// "deputy", "vice" and the like.
    rank: Option<String>,
    span: Span,
}

/// A role in the clause that no source gives to its holder, while one gives it to somebody else, or
/// gives the holder the same office with another rank.
pub fn wrong_role(claim: &Claim<'_>, clause: Span, items: &Items, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    let own: Vec<Role> = roles(claim.text, claim.analysis).into_iter().filter(|r| clause.encloses(r.span)).collect();
    if own.is_empty() || items.names == 0 && claim.analysis.names.is_empty() {
        return None;
    }
    let theirs: Vec<(usize, Role)> = windows
        .looked_at
        .iter()
        .flat_map(|l| {
            let sentence = library.sentence(SentenceId(l.at));
            let visible = &library.source(l.source).layout.visible;
            roles(visible, &sentence.analysis).into_iter().map(|r| (l.at, r))
        })
        .collect();
    own.iter().find_map(|role| {
        let of_holder = || theirs.iter().filter(|(_, r)| r.holder == role.holder);
        if of_holder().any(|(_, r)| r.office == role.office && r.rank == role.rank) {
            return None;
        }
        let other_rank = of_holder().find(|(_, r)| r.office == role.office && r.rank != role.rank);
        let held_by_other =
            || theirs.iter().find(|(_, r)| r.office == role.office && r.rank == role.rank && r.holder != role.holder);
        let other_office = of_holder().find(|(_, r)| r.office != role.office).filter(|_| held_by_other().is_some());
        let (at, found) = other_rank.or(other_office)?;
        let sentence = library.sentence(SentenceId(*at));
        Some(Conflict::with(sentence, Slot::Role, role.span, found.span))
    })
}

/// The offices that stand beside names: "Minister Corlin", "Corlin, the economy minister",
/// "Corlin is the minister".
fn roles(text: &str, analysis: &Analysis) -> Vec<Role> {
    /// How many words may stand between an office and its holder: "the … minister of …".
    const BETWEEN: usize = 5;
    let words = &analysis.words;
    let mut found = Vec::new();
    for at in 0..words.len() {
        if let Some(role) = held_by_deed(text, analysis, at) {
            found.push(role);
            continue;
        }
        let Some((office, next)) = office(text, words, at) else { continue };
        let gap = |from: usize, to: usize| Span::new(words[from].span.end, words[to].span.start).of(text);
        // Right behind: "Minister Corlin", "chief executive Marit Ollendorf". The office itself may
        // be part of the run of capitals.
        let behind = analysis.names.iter().find(|n| {
            n.first <= next && n.last > next && n.first + 3 > at && {
                // "The transport minister, Greta Lind".
                let owned = words[at.saturating_sub(3)..at]
                    .iter()
                    .any(|w| matches!(w.span.of(text).to_lowercase().as_str(), "the" | "its" | "his" | "her" | "their"));
                let between = gap(next - 1, next);
                between.trim().is_empty() || owned && n.first == next && between == ", "
            }
        });
        // Before: a name, then a comma or a form of "to be".
        let before = analysis.names.iter().rev().find(|n| {
            n.last <= at && at - n.last <= BETWEEN && {
                let between = Span::new(words[n.last - 1].span.end, words[at].span.start).of(text);
                let plain = between.trim_start();
                let copula = words[n.last..at]
                    .iter()
                    .take(3)
                    .any(|w| matches!(w.span.of(text), "is" | "was" | "been" | "became" | "as" | "remains" | "stays"));
                let apposition = plain.starts_with(',')
                    && plain.matches(',').count() == 1
                    && words[n.last..at].first().is_none_or(|w| {
                        let word = w.span.of(text);
                        matches!(
                            word,
                            "the"
                                | "a"
                                | "an"
                                | "its"
                                | "their"
                                | "his"
                                | "her"
                                | "once"
                                | "former"
                                | "then"
                                | "acting"
                                | "formerly"
                        ) || is_rank(word)
                    });
                (copula && !between.contains([',', ';'])) || apposition
            }
        });
        let Some(name) = behind.or(before) else { continue };
        let from = if behind.is_some() { words[next - 1].span.end } else { 0 };
        let holder = family_name(words, name, from);
        // "Deputy minister", "deputy economy minister".
        let rank_at = (at.saturating_sub(2)..at)
            .rev()
            .find(|i| is_rank(&words[*i].span.of(text).to_lowercase()) && words[i + 1..at].iter().all(|w| !w.is_stop));
        let rank = rank_at.map(|i| words[i].span.of(text).to_lowercase());
        let start = rank_at.unwrap_or(at);
        let span = words[start].span.cover(words[next - 1].span);
        found.extend(holder.map(|holder| Role { holder, office, rank, span }));
    }
    found
}

/// "Greta Vuk, who has chaired the board": the verb gives the office.
fn held_by_deed(text: &str, analysis: &Analysis, at: usize) -> Option<Role> {
    /// How many words may stand between: "who has also".
    const BETWEEN: usize = 4;
    let words = &analysis.words;
    let office = match words[at].span.of(text) {
        "chairs" | "chaired" | "chairing" => "chair",
        "coaches" | "coached" | "coaching" => "coach",
        "captains" | "captained" | "captaining" => "captain",
        "edits" | "edited" | "editing" => "editor",
        _ => return None,
    };
    let leads = |w: &Word| {
        matches!(
            w.span.of(text),
            "who" | "has" | "had" | "have" | "is" | "was" | "been" | "also" | "now" | "still" | "then" | "once" | "will" | "to"
        )
    };
    let name = analysis.names.iter().rev().find(|n| n.last <= at && at - n.last <= BETWEEN)?;
    let holder = family_name(words, name, 0)?;
    let is_led = words[name.last..at].iter().all(leads);
    is_led.then(|| Role { holder, office: office.to_owned(), rank: None, span: words[at].span })
}

/// The word of a name that tells people apart, if it stands behind `from`.
fn family_name(words: &[Word], name: &Name, from: usize) -> Option<Term> {
    let of_name = words[name.first..name.last].iter().rev();
    of_name.filter(|w| !w.is_stop && !super::titles::is_title(w.term) && w.span.start >= from).map(|w| w.term).next()
}

fn is_rank(word: &str) -> bool {
    matches!(word, "deputy" | "vice" | "assistant" | "acting" | "associate" | "junior")
}

/// Sorted.
const OFFICES: &[&str] = &[
    "ambassador",
    "captain",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "coach",
    "commissioner",
    "conductor",
    "coroner",
    "deputy",
    "director",
    "editor",
    "governor",
    "inspector",
    "judge",
    "manager",
    "mayor",
    "minister",
    "ombudsman",
    "president",
    "principal",
    "prosecutor",
    "rector",
    "referee",
    "secretary",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "treasurer",
];

/// An office at a word: its name in lower case, and the word behind it.
fn office(text: &str, words: &[Word], at: usize) -> Option<(String, usize)> {
    let lower = |at: usize| words.get(at).map_or_else(String::new, |w| w.span.of(text).to_lowercase());
    let word = lower(at);
    match (word.as_str(), lower(at + 1).as_str()) {
        ("chief", "executive") => Some(("chief executive".to_owned(), at + 2)),
        ("prime", "minister") => Some(("prime minister".to_owned(), at + 2)),
        ("chairman" | "chairwoman" | "chairperson", _) => Some(("chair".to_owned(), at + 1)),
        // "Deputy" alone is an office, before another one it is a rank.
        ("deputy", _) if (at + 1..at + 3).any(|i| OFFICES.binary_search(&lower(i).as_str()).is_ok()) => None,
        (known, _) if OFFICES.binary_search(&known).is_ok() && (at == 0 || lower(at - 1) != "prime") => Some((word, at + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let analysis = Analysis::of(text, Span::new(0, text.len()));
        roles(text, &analysis).iter().map(|r| format!("{} {}", r.rank.as_deref().unwrap_or("-"), r.office)).collect()
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(OFFICES.is_sorted());
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
