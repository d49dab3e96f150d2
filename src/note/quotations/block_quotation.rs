//! What of a block quotation is quoted: not who speaks, where it stands, and what the analyst did to it.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// "(Corwen, 2024, p. 3)", "[Corwen 2024: 3]", "(emphasis added)" at the end.
static IN_BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\s*[(\[]\s*(?:
            [^()\[\]\n]*\b(?:1[5-9]|20)\d\d[a-z]?\b[^()\[\]\n]*
            | [^()\[\]\n]*\b(?:pp?|para|paras|fol|ibid|art|col|ch|vol|min)\.\s*[^()\[\]\n]*
            | (?i:[^()\[\]\n]*\b(?:emphas[ie]s|italics?|bold|underlin\w+|highlight\w*|translat\w+|transl\.|trans\.|bracket\w*|
                footnotes?|citations?|omitted|quoted\sin|cited\sin|ibid\w*)\b[^()\[\]\n]*)
        )[)\]]\s*[.”\x22]?\s*$",
    )
    .expect("a valid pattern")
});

/// "Corwen:" or "ILSE CORWEN (director):" at the beginning.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*\p{Lu}[\p{L}.’'-]*(?:\s+(?:\p{Lu}[\p{L}.’'-]*|de|van|von|of|the|al)){0,4}(?:\s*\([^()\n]{1,60}\))?\s*:\s+")
        .expect("a valid pattern")
});

/// The quoted words in a block quotation: of each speaker, where several take turns.
pub fn turns(visible: &str, block: Span) -> Vec<Span> {
    let mut starts = vec![block.start];
    for (at, _) in block.of(visible).match_indices('\n') {
        let line = Span::new(block.start + at + 1, block.end);
        if LABEL.is_match(line.of(visible)) {
            starts.push(line.start);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([block.end]);
    let turns = starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end).trimmed(visible));
    turns.map(|turn| words(visible, turn)).collect()
}

fn words(visible: &str, block: Span) -> Span {
    let mut span = block;
    loop {
        let words = span.of(visible);
        let end = without_origin(words).min(IN_BRACKETS.find(words).map_or(words.len(), |found| kept(words, found.start())));
        if end == words.len() {
            break;
        }
        span = Span::new(span.start, span.start + words[..end].trim_end().len());
    }
    let label = LABEL.find(span.of(visible)).map_or(0, |found| found.end());
    Span::new(span.start + label, span.end)
}

/// Where the words end before what stands in brackets. What stands there alone is quoted.
fn kept(words: &str, start: usize) -> usize {
    if words[..start].trim().is_empty() { words.len() } else { start }
}

/// Where a block quotation ends before the last line that says whose it is: "— Ines Dorr, after the match".
fn without_origin(words: &str) -> usize {
    const MOST_WORDS: usize = 12;
    let start = words.rfind('\n').map_or(0, |at| at + 1);
    let last = words[start..].trim_start();
    let name = last.trim_start_matches(['—', '–', '-', ' ']);
    let is_origin = last.starts_with(['—', '–']) || last.starts_with("--");
    let is_name = name.starts_with(char::is_uppercase) && !name.contains(['—', '–']);
    if is_origin && is_name && last.split_whitespace().count() <= MOST_WORDS { start } else { words.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_take_turns() {
        let text = "**Q:** When?\nA: It rained\nat nine.";
        let text = &text.replace('*', " ");
        let shown: Vec<_> = turns(text, Span::new(0, text.len())).iter().map(|turn| turn.of(text)).collect();
        assert_eq!(shown, ["When?", "It rained\nat nine."]);
    }

    #[test]
    fn only_what_is_quoted() {
        for (text, quoted) in [
            ("It rained. (Dorr, 2024, p. 3)", "It rained."),
            ("“It rained.” (Dorr 2024: 3)", "“It rained.”"),
            ("It rained. [Dorr 2024, 3].", "It rained."),
            ("It rained (p. 3)", "It rained"),
            ("It rained (emphasis added).", "It rained"),
            ("It rained\n(my translation)\n— Ines Dorr", "It rained"),
            ("It rained. (emphasis in the original; Dorr, 2024)\n", "It rained."),
            ("Dorr: It rained.", "It rained."),
            ("INES DORR (coach): It rained.", "It rained."),
            ("It rained (and snowed).", "It rained (and snowed)."),
            ("We asked for this: rain.", "We asked for this: rain."),
            ("(2024)", "(2024)"),
            ("It rained.\n— Ines Dorr, 2024", "It rained."),
        ] {
            assert_eq!(words(text, Span::new(0, text.len()).trimmed(text)).of(text), quoted, "{text}");
        }
    }
}
