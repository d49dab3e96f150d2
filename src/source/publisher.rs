//! Who publishes a text, as far as its first lines say: the agency of a dateline, or the
//! institution whose name stands above a transcript.

use std::sync::LazyLock;

use regex::Regex;

/// `HOLMNESS, Jan 19 (Coast Wire) - The bridge …`
static IN_BRACKETS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Lu}[^\n()]{2,60}\((\p{Lu}[^()\n]{1,40})\)\s*[-–—]+\s").expect("a valid pattern"));

/// `Coast Wire, Holmness, June 13, 2024 — The bridge …`
static IN_FRONT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\p{Lu}[^,\n]{2,40}), \p{Lu}[^\n—–]{3,60}\d\s[—–-]+\s").expect("a valid pattern"));

const OF_THE_PRESS: &[&str] = &["wire", "press", "news", "agency", "times", "post", "herald", "service", "radio"];

const INSTITUTIONS: &[&str] = &[
    "agency",
    "authority",
    "board",
    "chamber",
    "commission",
    "committee",
    "council",
    "court",
    "department",
    "ministry",
    "office",
    "parliament",
    "tribunal",
];

pub fn of_line(line: &str) -> Option<String> {
    if let Some(found) = IN_BRACKETS.captures(line) {
        return Some(found[1].to_owned());
    }
    if let Some(found) = IN_FRONT.captures(line).filter(|found| holds(&found[1], OF_THE_PRESS)) {
        return Some(found[1].to_owned());
    }
    institution(line)
}

/// A line in capitals that ends with the word for an institution, as a name.
fn institution(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_name = (2..=8).contains(&words.len())
        && line.chars().all(|c| c.is_uppercase() || c == ' ')
        && words.last().is_some_and(|last| holds(last, INSTITUTIONS));
    let small = |word: &str| matches!(word, "OF" | "THE" | "FOR" | "AND");
    let cased = |word: &str| match word.chars().next().filter(|_| !small(word)) {
        Some(first) => format!("{first}{}", word[first.len_utf8()..].to_lowercase()),
        None => word.to_lowercase(),
    };
    is_name.then(|| words.into_iter().map(cased).collect::<Vec<_>>().join(" "))
}

fn holds(name: &str, words: &[&str]) -> bool {
    name.split_whitespace().any(|word| words.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::of_line;

    #[test]
    fn datelines_and_heads_name_the_publisher() {
        for (line, publisher) in [
            ("HOLMNESS, Jan 19 (Coast Wire) - The bridge reopened.", Some("Coast Wire")),
            ("Coast Wire, Holmness, June 13, 2024 — The bridge reopened.", Some("Coast Wire")),
            ("Holmness, Sarn County, June 13, 2024 — The bridge reopened.", None),
            ("HOLMNESS, March 29 — The bridge reopened.", None),
            ("BOARD OF TRADE", None),
            ("HARBOUR SAFETY COMMISSION", Some("Harbour Safety Commission")),
            ("The bridge (built in 1904) - and the road - reopened.", None),
            ("FLOOD IN HOLMNESS", None),
        ] {
            assert_eq!(of_line(line).as_deref(), publisher, "{line}");
        }
    }
}
