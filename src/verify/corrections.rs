//! Corrections: statements that a later source takes back.

use super::items::Items;
use super::windows::Windows;
use super::{Conflict, Slot};
use crate::library::{SentenceId, SourceSentence, View};
use crate::text::Span;

/// A statement that a correction takes back: "The article said that …".
pub fn retraction(items: &Items, clause: Span, windows: &Windows, library: &View<'_>) -> Option<Conflict> {
    const SAYS: f32 = 0.4;
    let of_clause = items.mask_within(clause);
    let total = items.weight(of_clause);
    let slots = of_clause & items.slots;
    windows
        .looked_at
        .iter()
        .filter(|l| total > 0.0 && items.weight(l.mask & of_clause) / total >= SAYS && l.mask & slots == slots && slots != 0)
        .map(|l| library.sentence(SentenceId(l.at)))
        .find(|s| library.is_correction(s.source) && is_taken_back(&library.source(s.source).layout.visible, s))
        .map(|sentence| Conflict::with(sentence, Slot::Correction, clause, sentence.span))
}

/// Whether the sentence reports what an earlier version said, as corrections do.
fn is_taken_back(visible: &str, sentence: &SourceSentence) -> bool {
    const VERSIONS: &[&str] =
        &["article", "story", "report", "version", "headline", "post", "notice", "item", "piece", "dispatch", "caption", "table"];
    const SAID: &[&str] = &[
        "said",
        "stated",
        "misstated",
        "gave",
        "reported",
        "claimed",
        "put",
        "misidentified",
        "described",
        "incorrectly",
        "wrongly",
        "mistakenly",
        "erroneously",
    ];
    let words: Vec<String> = sentence.analysis.words.iter().take(9).map(|w| w.span.of(visible).to_lowercase()).collect();
    // "Correction: A report said that …"
    let words = match words.first().map(String::as_str) {
        Some("correction" | "corrections" | "clarification") => &words[1..],
        _ => &words[..],
    };
    let starts =
        words.first().is_some_and(|w| matches!(w.as_str(), "the" | "an" | "a" | "our" | "this" | "earlier" | "previous"));
    let version = words.iter().position(|w| VERSIONS.contains(&w.as_str()));
    // "We wrote that …"
    if words.first().is_some_and(|w| w == "we") && words.get(1).is_some_and(|w| w == "wrote" || SAID.contains(&w.as_str())) {
        return true;
    }
    let Some(version) = version.filter(|_| starts) else { return false };
    words[version..].iter().any(|w| SAID.contains(&w.as_str()))
}
