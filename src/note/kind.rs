//! What a sentence of a note does: assert, judge, ask, instruct, or talk about the note.

use std::sync::LazyLock;

use regex::Regex;

use super::Quotation;
use crate::text::Span;
use crate::text::blocks::{Block, BlockKind, Layout};

/// Why a sentence is or is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// Asserts something checkable.
    Claim,
    /// An assessment, forecast or assumption of the analyst.
    Judgement,
    /// Headings, questions, tasks, instructions, definitions, words about the note itself.
    Other,
}

pub fn classify(layout: &Layout, block: &Block, span: Span, quotations: &[Quotation]) -> SentenceKind {
    match block.kind {
        BlockKind::Heading
        | BlockKind::Task
        | BlockKind::TableHeader
        | BlockKind::Footnote
        | BlockKind::Code
        | BlockKind::Markup
        | BlockKind::Boilerplate => return SentenceKind::Other,
        // A line that only says whose the words are asserts nothing.
        BlockKind::Quotation if quotations.is_empty() => return SentenceKind::Other,
        BlockKind::Quotation => return SentenceKind::Claim,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TableRow => {}
    }
    let own = own_words(&layout.visible, span, quotations);
    let own = own.trim();
    if own.ends_with('?') || ABOUT_THE_NOTE.is_match(own) || INSTRUCTION.is_match(own) || !has_two_words(own, quotations) {
        return SentenceKind::Other;
    }
    if own.ends_with(':') && quotations.is_empty() {
        return SentenceKind::Other;
    }
    if is_estimate(own) { SentenceKind::Judgement } else { SentenceKind::Claim }
}

/// Whether a sentence or clause assesses, foresees or assumes.
#[must_use]
pub fn is_estimate(words: &str) -> bool {
    JUDGEMENT.is_match(words)
}

/// The sentence without the words that it quotes: a quoted "we assess" is not the analyst's.
fn own_words(visible: &str, span: Span, quotations: &[Quotation]) -> String {
    let mut own = String::with_capacity(span.len());
    let mut at = span.start;
    for quotation in quotations.iter().filter(|q| !q.is_block) {
        own.push_str(visible.get(at..quotation.inner.start).unwrap_or_default());
        at = quotation.inner.end.max(at);
    }
    own.push_str(visible.get(at..span.end).unwrap_or_default());
    own
}

fn has_two_words(own: &str, quotations: &[Quotation]) -> bool {
    !quotations.is_empty() || own.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count() >= 2
}

/// First-person and estimative language (the words of estimative probability of intelligence
/// style guides, such as ICD 203), and declared assumptions.
static JUDGEMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(we|i)( also| still| therefore| now)? (assess|judge|believe|estimate|expect|think|consider|assume|suspect|conclude|infer|doubt|anticipate|predict|see no|see little|regard|cannot rule out|would argue|find it|find|read this|hold that|take (it|this)|would( not)? (say|call|argue|expect|put|treat|take|bet|rule))\b",
        r"|\b(seems?|appears?|looks|sounds)( \w+)? to (us|me)\b",
        r"|^(that|this|which|it) (would )?(implies|imply|suggests|suggest|leaves|leave|means|mean|points to|indicates)\b",
        r"|\b(seems|appears|remains|is) (doubtful|questionable|unclear|uncertain|debatable|arguable)\b",
        r"|\b(on balance|all in all|all things considered),? (we|i|this|it)\b",
        r"|\b(in our|in my) (view|judgement|judgment|opinion|assessment|estimate|reading)\b",
        r"|\bour (assessment|judgement|judgment|estimate|hypothesis|expectation|view) (is|remains|holds)\b",
        r"|\b(it is|it's|it seems|it appears|it remains|is|are|seems?|appears?|would be|will|very|most|highly|quite|more|less)( \w+)? (likely|unlikely|improbable|plausible|conceivable|probable)( \([^)]*\))? (that|to)\b",
        r"|^(likely|unlikely|probably|presumably|perhaps|possibly|arguably|almost certainly|in all likelihood)\b",
        r"|\b(likely|probably|presumably|almost certainly|in all likelihood|roughly even chance|arguably|conceivably)\b",
        r"|^(assumption|assessment|judgement|judgment|hypothesis|forecast|outlook|caveat|comment|analyst comment|key judgement|bottom line)s?\s*:",
    ))
    .expect("a valid pattern")
});

static ABOUT_THE_NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(to-?do|fixme|tbd|tbc|nb|n\.b\.|xxx|question|next steps?|open|draft|reminder|action)\b\s*[:.–-]",
        r"|^(todo|fixme|tbd)\b",
        r"|\b(our|my) own (label|term|translation|summary|numbering|shorthand|abbreviation)\b",
        r"|\b(this|the present|my|our) (note|memo|draft|section|page|list|chapter|table)s? (is|are|was|will|covers?|collects?|lists?|summari[sz]es|sets|describes|looks|draws|tracks|aims|does)\b",
        r"|^(in )?(this|the) (note|memo|section|draft|chapter)\b",
        r"|\b(see|listed|shown|quoted|discussed|described|as) (above|below)\b|^(below|above|here),? (is|are|we|i|“|\x22)",
        r"|\bin what follows\b|\b(here|below|hereafter) (we|i) (use|mean|call|write)\b|\b(we|i) (use|call|write|mean) (the (word|term|name)|it|them|this)\b",
        r"|^(lines?|quotes?|notes?|points?|material|sources?|background|links?|excerpts?) (for|on|from|to|about) [^.]*\b(use|file|desk|note|draft|story|piece|follow-up|later)\b",
        r"|^(called|rang|phoned|emailed|e-mailed|wrote to|spoke to|asked|left (a )?message|met with|waiting for|filed|sent) [^.]*\b(at (noon|\d)|today|yesterday|this morning|tomorrow)\b[^.]*\.?$",
    ))
    .expect("a valid pattern")
});

/// Imperatives that analysts write to themselves.
static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:Please |Then |Also |First,? |Next,? |Now |Do not |Don't |Don’t |Never |Always |Remember to |Need to |Needs? |Must )?",
        r"(?:Add|Ask|Attach|Call|Check|Cite|Clarify|Collect|Compare|Confirm|Contact|Consider|Cross-check|Delete|Discuss|Double-check|Draft|Email|Ensure|Expand|Explain|Fetch|Fill|Find|Fix|Follow|Get|Go|Include|Insert|Interview|Keep|Look|Make sure|Mention|Move|Note|Obtain|Order|Phone|Prepare|Print|Put|Quote|Re-?check|Read|Remove|Replace|Request|Review|Rewrite|Ring|Search|See|Send|Show|Sort|Speak|Talk|Translate|Try|Update|Use|Verify|Wait|Write|check|ask|find|call|verify|confirm|get|add|look|see)",
        r"\s+(?:(?:a|an|the|this|that|these|those|each|every|all|any|both|our|my|his|her|its|their|with|whether|if|how|who|what|when|where|why|which|for|to|about|at|up|out|into|in|on|from|against|again|back|down|off|more|it|them|him|us|me|page|line|figures?|dates?|numbers?|names?|quotes?|sources?|claims?)\b|[\x22“‘(\[\d]|[A-Z]\w+(?: \w+)? (?:about|for|to|whether|if|at|in|on)\b)",
    ))
    .expect("a valid pattern")
});

#[cfg(test)]
mod tests {
    use super::SentenceKind::{self, *};
    use crate::note::Note;

    fn kinds(text: &str) -> Vec<SentenceKind> {
        Note::parse(text).sentences.iter().map(|s| s.kind).collect()
    }

    #[test]
    fn claims() {
        for text in [
            "The mill closed in May.",
            "The bank assesses that it is likely to fail.".trim_end_matches("that it is likely to fail."),
            "He said “we assess that it is likely”.",
            "Ask Group opened a branch in Lowmark.",
            "Call centres closed in three towns.",
            "Note holders lost 40 per cent.",
            "| Turnout | 61.4 % |\n|---|---|\n| Vesk | 52 % |".rsplit('\n').next().unwrap(),
            "Visitors must use the north gate.",
        ] {
            let found = kinds(text);
            assert!(found.contains(&Claim), "{text}: {found:?}");
        }
    }

    #[test]
    fn judgements() {
        for text in [
            "We assess with low confidence that they are unconnected.",
            "It is unlikely (20–45 %) that they will answer.",
            "Assumption: the letter is what it claims to be.",
            "In our view the figures are too low.",
            "The firm will probably appeal.",
            "Since it rests on two letters, we consider it weak.",
        ] {
            assert_eq!(kinds(text), [Judgement], "{text}");
        }
    }

    #[test]
    fn neither() {
        for text in [
            "Who paid?",
            "TODO: ask for the minutes.",
            "# The mill closed in May",
            "- [ ] Get the minutes.",
            "Compare every figure with the table.",
            "Check whether Vale signed it.",
            "Below, “slow” is our own label for a late train.",
            "This note covers the week to Sunday.",
            "Background",
        ] {
            assert_eq!(kinds(text), [Other], "{text}");
        }
    }
}
