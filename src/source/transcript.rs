//! Who speaks when, in transcripts: labels such as `[10:06] MR HALE:` at the start of a paragraph.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::{Mark, MarkKind};
use crate::text::blocks::Layout;

/// A time in brackets or before white space, then perhaps a name and a colon. Names in running
/// text are in capitals, so that `Note: …` is no speaker.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:[\[(]?(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,3})?(?:[\])]|\s))?\s*(?:-+\s*)?((?:[\p{Lu}][\p{Lu}.'’-]*)(?: [\p{Lu}][\p{Lu}.'’-]*){0,4}|(?:Q|A))?\s*(?:\([^)\n]{1,40}\))?(:)?",
    )
    .expect("a valid pattern")
});

/// The times and speakers at the head of the blocks.
pub fn marks(layout: &Layout) -> Vec<Mark> {
    let mut found = Vec::new();
    for block in &layout.blocks {
        let Some(label) = LABEL.captures(block.span.of(&layout.visible)) else { continue };
        let at = block.span.start;
        if let Some(time) = label.get(1) {
            found.push(Mark { kind: MarkKind::Time, label: time.as_str().to_owned(), at });
        }
        if let (Some(name), Some(_)) = (label.get(2), label.get(3)) {
            found.push(Mark { kind: MarkKind::Speaker, label: name.as_str().to_owned(), at });
        }
    }
    // A single "WARNING:" is no transcript.
    let speakers = found.iter().filter(|mark| mark.kind == MarkKind::Speaker).count();
    if speakers < 2 {
        found.retain(|mark| mark.kind != MarkKind::Speaker);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blocks::plain;

    fn shown(text: &str) -> Vec<String> {
        marks(&plain(text)).iter().map(|m| format!("{:?} {} {}", m.kind, m.label, m.at)).collect()
    }

    #[test]
    fn times_and_speakers_are_marks() {
        let text = "[10:06] MR HALE: Then four.\n\n[10:07:30] MS ODE (by video): Five.\n";
        assert_eq!(shown(text), ["Time 10:06 0", "Speaker MR HALE 0", "Time 10:07:30 29", "Speaker MS ODE 29"]);
    }

    #[test]
    fn prose_has_neither() {
        for text in ["NATO said so: no.\n\nThe EU agreed.\n", "WARNING: wet.\n\nAll is well.\n", "10:30 trains were late.\n"] {
            assert!(shown(text).iter().all(|m| m.starts_with("Time")), "{text}");
        }
    }
}
