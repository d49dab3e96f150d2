//! Words of estimation: of a judgement, the clauses that state nothing.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a clause assesses, foresees or assumes.
#[must_use]
pub fn is_estimate(words: &str) -> bool {
    ESTIMATE.is_match(words)
}

/// First-person and estimative language (the words of estimative probability of intelligence
/// style guides, such as ICD 203), and declared assumptions.
static ESTIMATE: LazyLock<Regex> = LazyLock::new(|| {
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

#[cfg(test)]
mod tests {
    use super::is_estimate;

    #[test]
    fn clauses_that_estimate_and_clauses_that_state() {
        for text in ["we assess with low confidence that they are unconnected", "the firm will probably appeal"] {
            assert!(is_estimate(text), "{text}");
        }
        for text in ["since it rests on two letters", "the mill closed in May"] {
            assert!(!is_estimate(text), "{text}");
        }
    }
}
