//! The harness for comparisons: a source, a claim, and the words that are expected.

use super::Comparison;
use crate::library::Library;
use crate::note::quotations_in;
use crate::source::{Fields, read};
use crate::text::{Analysis, Span};
use crate::verify::{Claim, verify};

/// Asks a comparison about claims, each with its source and the words that the source has in their place. In the
/// claim the wrong words stand in brackets; without brackets the comparison must stay silent, and no words are given.
/// Both must be there. A source may be several files, with `//- name` before each.
#[track_caller]
pub fn both_ways(comparison: &Comparison, cases: &[(&str, &str, &str)]) {
    let speaks = |(_, claim, _): &&(&str, &str, &str)| claim.contains('[');
    assert!(cases.iter().any(|case| speaks(&case)), "{} never speaks", comparison.id);
    assert!(cases.iter().any(|case| !speaks(&case)), "{} is never silent", comparison.id);
    for (source, claim, value) in cases {
        let expected = expected(claim, value);
        let claim = claim.replace(['[', ']'], "");
        let first = found(comparison.id, source, &claim).into_iter().next();
        assert_eq!(first, expected, "{}: {claim}", comparison.id);
    }
}

fn expected(claim: &str, value: &str) -> Option<String> {
    let (start, end) = (claim.find('[')?, claim.find(']')?);
    Some(format!("{} / {value}", &claim[start + 1..end]))
}

/// What one comparison says: the words of the claim and those of the source.
fn found(id: &str, source: &str, claim: &str) -> Vec<String> {
    let sources =
        files(source).into_iter().flat_map(|(path, text)| read(&path, text.as_bytes(), &Fields::default()).unwrap_or_default());
    let library = Library::new(sources.collect(), Default::default());
    let library = library.view();
    let whole = Span::new(0, claim.len());
    let analysis = Analysis::of(claim, whole);
    let quotations = quotations_in(claim, whole);
    let verification = verify(&Claim { quotations: &quotations, ..Claim::bare(claim, &analysis) }, &library);
    let conflicts = verification.conflicts.iter().filter(|c| c.comparison == id);
    let conflicts = conflicts.map(|c| (c.claim, library.source(c.source).quote(c.value).plain().to_owned()));
    let speakers = verification.wrong_speaker.iter().filter(|_| id == "speaker");
    let name = |w: &crate::verify::WrongSpeaker| library.source(w.source).quote(w.actual.unwrap_or(w.span)).plain().to_owned();
    let speakers = speakers.map(|w| (w.claim, name(w)));
    conflicts.chain(speakers).map(|(claimed, value)| format!("{} / {value}", claimed.of(claim))).collect()
}

fn files(text: &str) -> Vec<(String, String)> {
    if !text.starts_with("//- ") {
        return vec![("a.txt".to_owned(), text.to_owned())];
    }
    let parts = text.split("//- ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, text)| (name.trim().to_owned(), text.to_owned())).collect()
}
