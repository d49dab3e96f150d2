//! Grounds: whether a judgement says on what it rests.

use std::sync::LazyLock;

use regex::Regex;

/// Where something is cited or a reason is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// In the sentence, or in the one before or behind it in its block.
    pub are_near: bool,
    /// In the block.
    pub are_in_block: bool,
}

/// Whether words give a reason.
#[must_use]
pub fn gives_reason(words: &str) -> bool {
    REASON.is_match(words)
        || CLAUSE.is_match(words)
        || DOCUMENT.is_match(words)
        || SINCE.find_iter(words).any(|it| !TIME.is_match(&words[it.end()..]))
}

static REASON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(because|given (that|the|its|his|her|their|this|these|those|how|what)|based (up)?on|on the (basis|strength|evidence) of",
        r"|rests? (up)?on|relies on|rely on|draws? on|drawing on|owing to|due to|thanks to|in (the )?(light|view) of",
        r"|judging (by|from)|according to|in line with|consistent with|supported by|borne out by|backed by|corroborated by",
        r"|(suggest|suggests|suggested|indicate|indicates|indicated|show|shows|showed|imply|implies|point|points) (that|to)",
        r"|for (this|that|these|two|three|four|several) reasons?|the reasons? (is|are|for)|our (evidence|sources|reasons?|basis)",
        r"|the evidence|reporting|inferred? from|reflects?|hence|therefore|thus|which is why|considering|provided that|makes? (it|this|that|an?|the))\b",
    ))
    .expect("a valid pattern")
});

/// "The minutes give 49": a paper that says or shows something is evidence, cited or not.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(memorandum|report|bulletin|register|minutes|log|file|ledger|declaration|schedule|letter|cable|table|sheet|review",
        r"|drawing|statement|transcript|survey|photograph|image|imagery|invoice|contract|diary|book|notice|memo|census)s?\b",
        r"[^.;]{0,40}?\b(gives?|gave|lists?|listed|shows?|showed|says?|said|puts?|names?|records?|recorded|has|had|states?|reads?",
        r"|counts?|caps?|uses?|confirms?|confirmed|mentions?|leaves out)\b",
    ))
    .expect("a valid pattern")
});

static SINCE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bsince\s+").expect("a valid pattern"));

/// "2019", "the summer": what stands behind "since" where it is no reason.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(\d|(?i:then|last|early|late|mid|at|about|around|january|february|march|april|may|june|july|august|september",
        r"|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter)\b",
        r"|(?i:the|a|its|his|her|their)\s+[\w’'-]+\s*(?:[,.;:!?)]|$))",
    ))
    .expect("a valid pattern")
});

/// A clause that is a reason: "As they have no boats", "With three groundings in two years, …", "…, so it is over". Inside
/// a sentence few words behind "as" begin one.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bas (it|he|she|they|we|both|all|neither|no|nobody|its|his|her|their|these|those|there|several) \w",
        r"|^\W*(as|with|having|seeing)\b[^,]{10,},|, so \w",
    ))
    .expect("a valid pattern")
});

#[cfg(test)]
mod tests {
    use super::gives_reason;

    #[test]
    fn reasons_and_what_only_looks_like_them() {
        for words in [
            "because the owner said so",
            "Given the state of the dam, it holds",
            "This rests on two letters",
            "since they have no boats",
            "Since the panel cleared him, it is over",
            "as it has no other buyer",
            "As the battalion left its kit behind, it will be back",
            "With three groundings in two years, the line will lose the contract",
            "The licence is void, so the notice is probably bad",
            "Two letters suggest that it was sold",
            "The minutes of March give 49",
        ] {
            assert!(gives_reason(words), "{words}");
        }
        for words in ["since 2019", "since the summer", "as well as the dam", "He was given a boat", "as soon as possible"] {
            assert!(!gives_reason(words), "{words}");
        }
    }
}
