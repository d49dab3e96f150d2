//! The harness for comparisons: sources, claims, and the words that are expected.

use super::comparison::Comparison;
use crate::library::Library;
use crate::note::quotations_in;
use crate::source::{Fields, read};
use crate::text::{Analysis, Span};
use crate::verify::claim::Claim;

/// Asks a comparison about claims. Each paragraph has the lines of a source, and behind dashes claims about it. The
/// wrong words of a claim stand in brackets, with the source's words behind the equals sign; about a claim without
/// brackets the comparison must be silent. Both must be there. A source may be several files, with `//- name` before
/// each.
#[track_caller]
pub fn both_ways(comparison: &Comparison, cases: &str) {
    let (mut spoke, mut was_silent) = (false, false);
    for case in cases.split("\n\n") {
        let lines: Vec<&str> = case.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let (claims, source): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("- "));
        for line in claims {
            let (claim, value) = line[2..].split_once(" = ").unwrap_or((&line[2..], ""));
            let expected =
                claim.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(own, _)| format!("{own} / {value}"));
            let first = found(comparison.id, &source, &claim.replace(['[', ']'], "")).into_iter().next();
            assert_eq!(first, expected, "{}: {claim}", comparison.id);
            spoke |= expected.is_some();
            was_silent |= expected.is_none();
        }
    }
    assert!(spoke && was_silent, "{} must speak of one claim and be silent of another", comparison.id);
}

/// What one comparison says: the words of the claim and those of the source.
fn found(id: &str, source: &[&str], claim: &str) -> Vec<String> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in source {
        match (line.strip_prefix("//- "), files.last_mut()) {
            (Some(name), _) => files.push((name, String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            (None, None) => files.push(("a.txt", format!("{line}\n"))),
        }
    }
    let sources = files.iter().flat_map(|(path, text)| read(path, text.as_bytes(), &Fields::default()).unwrap_or_default());
    let library = Library::new(sources.collect(), Default::default());
    let library = library.view();
    let whole = Span::new(0, claim.len());
    let (analysis, quotations) = (Analysis::of(claim, whole), quotations_in(claim, whole));
    let verification = crate::verify::verify(&Claim { quotations: &quotations, ..Claim::bare(claim, &analysis) }, &library, None);
    let words = |source, span| library.source(source).quote(span).plain().to_owned();
    let conflicts = verification.conflicts.iter().filter(|c| c.comparison == id).map(|c| (c.claim, words(c.source, c.value)));
    let speakers = verification.wrong_speaker.iter().filter(|_| id == "speaker");
    let speakers = speakers.map(|w| (w.claim, words(w.source, w.actual.unwrap_or(w.span))));
    conflicts.chain(speakers).map(|(claimed, value)| format!("{} / {value}", claimed.of(claim))).collect()
}
