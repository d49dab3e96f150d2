//! False twins of true claims: one number, year, name, negation or direction changed.

use corroborate::text::numbers::Kind;
use corroborate::text::{Analysis, Span};

/// Every edit of a claim that its document allows. Values and names come from the document, as
/// the most likely slips do.
pub fn twins(claim: &str, document: &str) -> Vec<String> {
    let ours = Analysis::of(claim, Span::new(0, claim.len()));
    let head = &document[..document.floor_char_boundary(4000)];
    let theirs = Analysis::of(head, Span::new(0, head.len()));
    let mut found = Vec::new();
    let counts = |n: &&corroborate::text::numbers::Number| !n.label && n.kind != Kind::Ordinal;
    if let Some(number) = ours.numbers.iter().find(counts) {
        let other = theirs.numbers.iter().filter(counts).find(|n| n.kind == number.kind && n.value != number.value);
        let value = other.map_or_else(|| format!("{}", (number.value * 1.5).ceil() + 1.0), |n| n.span.of(head).to_owned());
        found.push(replaced(claim, number.span, &value));
    }
    if let Some(date) = ours.dates.iter().find(|d| d.year.is_some()) {
        let year = date.year.unwrap_or_default();
        let other = theirs.dates.iter().filter_map(|d| d.year).find(|y| *y != year).unwrap_or(year - 3);
        found.push(claim.replacen(&year.to_string(), &other.to_string(), 1));
    }
    if let Some(name) = ours.names.iter().find(|n| !n.is_doubtful) {
        let fresh = |n: &&corroborate::text::names::Name| {
            !n.is_doubtful && !claim.contains(n.span.of(head)) && (n.last - n.first) == (name.last - name.first)
        };
        if let Some(other) = theirs.names.iter().find(fresh) {
            found.push(replaced(claim, name.span, other.span.of(head)));
        }
    }
    found.extend(negated(claim));
    found.extend(turned(claim));
    found.retain(|twin| twin != claim);
    found
}

fn replaced(text: &str, span: Span, by: &str) -> String {
    format!("{}{by}{}", &text[..span.start], &text[span.end..])
}

fn negated(claim: &str) -> Option<String> {
    if claim.contains(" not ") {
        return Some(claim.replacen(" not ", " ", 1));
    }
    let auxiliaries = [" is ", " are ", " was ", " were ", " has ", " have ", " had ", " will ", " can ", " could "];
    let first = auxiliaries.iter().filter_map(|a| claim.find(a).map(|at| (at, a.len()))).min()?;
    let (head, tail) = claim.split_at(first.0 + first.1);
    Some(format!("{head}not {tail}"))
}

fn turned(claim: &str) -> Option<String> {
    const TURNS: [(&str, &str); 12] = [
        ("before", "after"),
        ("more", "less"),
        ("higher", "lower"),
        ("increase", "decrease"),
        ("increased", "decreased"),
        ("rose", "fell"),
        ("won", "lost"),
        ("largest", "smallest"),
        ("first", "last"),
        ("above", "below"),
        ("best", "worst"),
        ("north", "south"),
    ];
    let swaps = TURNS.iter().flat_map(|(a, b)| [(a, b), (b, a)]);
    swaps
        .map(|(a, b)| (format!(" {a} "), format!(" {b} ")))
        .find(|(a, _)| claim.contains(a))
        .map(|(a, b)| claim.replacen(&a, &b, 1))
}
