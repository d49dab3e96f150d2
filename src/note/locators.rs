//! Locators: the names of places inside a source, such as `pp. 3-5`, `¶ 4` or `at 4:10`.
//!
//! What is read here is only the name. Whether a source has such a place is decided upstairs.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// What a locator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocatorKind {
    Page,
    Paragraph,
    Section,
    Line,
    Time,
    Row,
}

/// One place, or those from one to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locator {
    pub kind: LocatorKind,
    /// A number, a roman number, a time, or the words of a heading.
    pub from: String,
    pub to: Option<String>,
    /// The word before the numbers, as it is written: `pp. `, `page=`.
    pub word: String,
    /// Where it stands in the text behind the key or the `#`.
    pub span: Span,
}

const NUMBER: &str = r"[0-9]{1,7}(?:ff\b|nn\b|[a-z])?|[ivxlcdm]{1,9}|[a-z]{1,2}[0-9]{1,5}";
const DASH: &str = r"\s?(?:-{1,3}|[‐‑‒–—])\s?";

/// A word that says what is counted, with its numbers.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?ix) (?:^|[\s,;({{\[&?\#]) (?P<word>
            (?P<page> pp?\.\s? | pages?(?:\s|=) | pgs?\.\s? )
          | (?P<paragraph> ¶{{1,2}}\s? | paras?\.?\s | paragraphs?(?:\s|=) )
          | (?P<section> §{{1,2}}\s? | secs?\.\s? | sections?\s | chaps?\.\s? | ch\.\s? | chapters?\s )
          | (?P<line> ll?\.\s? | lines?(?:\s|=) | L )
          | (?P<row> rows?(?:\s|=) )
        ) (?P<from> [0-9]+(?:\.[0-9]+)+ | {NUMBER} ) (?: (?P<dash>{DASH}) (?:p\.\s?|L)? (?P<to> {NUMBER} ) )? (?P<more> (?: ,\s? (?:{NUMBER}) (?:{DASH}(?:{NUMBER}))? )* ) (?: \b | $ )"
    );
    Regex::new(&pattern).expect("a valid pattern")
});

/// One of several numbers behind one word: `pp. 3, 5-7`.
static MORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)({NUMBER})(?:{DASH}({NUMBER}))?")).expect("a valid pattern"));

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let clock = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?";
    Regex::new(&format!(
        r"(?i)(?:^|[\s,;(\[&?#])(at\s|t=)?({clock})(?:{DASH}({clock}))?(?:$|[\s,;)\].])|(?:^|[&?#])(t=)([0-9]+h)?([0-9]+m)?([0-9]+s?)?(?:$|[&,])"
    ))
    .expect("a valid pattern")
});

/// A section by the words of its heading.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)^\s*((?:§|sec\.|section|chap\.|ch\.|chapter)\s+)["“”']?(\p{L}[^"“”]*?)["“”']?\s*$"#)
        .expect("a valid pattern")
});

/// The places that a text names. Of several kinds (`p. 3, ¶ 2`) only the first counts, as the
/// others are then inside it.
#[must_use]
pub fn parse(text: &str) -> Vec<Locator> {
    let mut found = counted(text);
    found.extend(times(text));
    if found.is_empty() {
        found.extend(heading(text));
    }
    found.sort_by_key(|locator| locator.span);
    let first = found.first().map(|locator| locator.kind);
    found.retain(|locator| Some(locator.kind) == first);
    found
}

fn counted(text: &str) -> Vec<Locator> {
    let mut found = Vec::new();
    for captures in COUNTED.captures_iter(text) {
        let kinds = [
            ("page", LocatorKind::Page),
            ("paragraph", LocatorKind::Paragraph),
            ("section", LocatorKind::Section),
            ("line", LocatorKind::Line),
            ("row", LocatorKind::Row),
        ];
        let Some((_, kind)) = kinds.into_iter().find(|(name, _)| captures.name(name).is_some()) else { continue };
        let (Some(word), Some(from)) = (captures.name("word"), captures.name("from")) else { continue };
        // `L12` is a line, `Lv` is nothing.
        if word.len() == 1
            && word.as_str() != "¶"
            && word.as_str() != "§"
            && !from.as_str().starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let to = captures.name("to");
        let locator = |from: &str, to: Option<&str>, span: Span| {
            let (from, following) = if kind == LocatorKind::Page { with_following(from) } else { (from, None) };
            let to = to.map(|to| whole(from, to)).or(following);
            Locator { kind, from: from.to_owned(), to, word: word.as_str().to_owned(), span }
        };
        let end = to.map_or(from.end(), |to| to.end());
        found.push(locator(from.as_str(), to.map(|m| m.as_str()), Span::new(word.start(), end)));
        // "p. 3, 14 March" is one page.
        let Some(more) = captures.name("more").filter(|_| is_plural(word.as_str())) else { continue };
        for part in MORE.captures_iter(more.as_str()) {
            let span = Span::from(part.get(0).expect("group 0").range()).shifted(more.start());
            found.push(locator(&part[1], part.get(2).map(|m| m.as_str()), span));
        }
    }
    found
}

/// The page of "2f." and "2ff.", with the last of those that follow; and that of "2n.", a note on it.
fn with_following(page: &str) -> (&str, Option<String>) {
    /// "And the following pages" are seldom more.
    const FOLLOWING: u32 = 10;
    let lower = page.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = digits.parse::<u32>().ok();
    let more = match &lower[digits.len()..] {
        "f" => 1,
        "ff" => FOLLOWING,
        "n" | "nn" => 0,
        _ => return (page, None),
    };
    let Some(number) = number else { return (page, None) };
    (&page[..digits.len()], (more > 0).then(|| (number + more).to_string()))
}

/// A page without a word before it, which is what a bare number behind a key means: `[@key, 4]`, `[@key, 281-284]`.
#[must_use]
pub fn bare_pages(text: &str) -> Option<Locator> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)^\s*\{{?\s*([0-9]{{1,4}}(?:ff?|nn?)?)(?:{DASH}([0-9]{{1,4}}))?\.?\s*\}}?\s*$"))
            .expect("a valid pattern")
    });
    let captures = BARE.captures(text)?;
    let from = captures.get(1)?;
    // "[@key, 2024]" is a year.
    let is_year = from.len() == 4 && captures.get(2).is_none() && from.as_str().starts_with(['1', '2']);
    let (page, following) = with_following(from.as_str());
    let end = captures.get(2).map_or(from.end(), |to| to.end());
    let to = captures.get(2).map(|to| whole(page, to.as_str())).or(following);
    let span = Span::new(from.start(), end);
    (!is_year).then(|| Locator { kind: LocatorKind::Page, from: page.to_owned(), to, word: String::new(), span })
}

fn is_plural(word: &str) -> bool {
    let word = word.trim_end().trim_end_matches('.').to_lowercase();
    matches!(word.as_str(), "pp" | "ll" | "¶¶" | "§§") || word.len() > 1 && word.ends_with('s')
}

/// `123-5` means 123 to 125.
fn whole(from: &str, to: &str) -> String {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if is_number(from) && is_number(to) && to.len() < from.len() {
        return format!("{}{to}", &from[..from.len() - to.len()]);
    }
    to.to_owned()
}

fn times(text: &str) -> Vec<Locator> {
    let mut found = Vec::new();
    for captures in TIME.captures_iter(text) {
        let word = captures.get(1).or_else(|| captures.get(4));
        let (from, to, end) = if let Some(from) = captures.get(2) {
            let to = captures.get(3);
            (from.as_str().to_owned(), to.map(|to| to.as_str().to_owned()), to.map_or(from.end(), |to| to.end()))
        } else {
            let unit =
                |at: usize| captures.get(at).map_or(0, |m| m.as_str().trim_end_matches(['h', 'm', 's']).parse().unwrap_or(0));
            let Some(end) = (5..8).filter_map(|at| captures.get(at)).map(|m| m.end()).max() else { continue };
            (clock(unit(5) * 3600 + unit(6) * 60 + unit(7)), None, end)
        };
        let start = word.map_or_else(|| captures.get(2).map_or(0, |m| m.start()), |word| word.start());
        let word = word.map_or(String::new(), |word| word.as_str().to_owned());
        found.push(Locator { kind: LocatorKind::Time, from, to, word, span: Span::new(start, end) });
    }
    found
}

fn heading(text: &str) -> Option<Locator> {
    let captures = HEADING.captures(text)?;
    let (word, name) = (captures.get(1)?, captures.get(2)?);
    let span = Span::new(word.start(), name.end());
    let from = name.as_str().to_owned();
    Some(Locator { kind: LocatorKind::Section, from, to: None, word: word.as_str().to_owned(), span })
}

/// Seconds as `h:mm:ss`.
#[must_use]
pub fn clock(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The seconds of a time such as `00:04:10` or `4:10`.
#[must_use]
pub fn seconds(time: &str) -> Option<u64> {
    let parts: Vec<u64> = time.split(':').map(|part| part.parse().ok().filter(|n| *n < 100_000)).collect::<Option<_>>()?;
    (2..=3).contains(&parts.len()).then(|| parts.iter().fold(0, |sum, part| sum * 60 + part))
}

impl Locator {
    /// The same locator with another number, written in the same way. Numbers of pages in a range
    /// become one.
    #[must_use]
    pub fn with(&self, label: &str) -> String {
        let single = match self.word.trim_end().to_lowercase().as_str() {
            "pp." => "p.",
            "pgs." => "pg.",
            "pages" => "page",
            "¶¶" => "¶",
            "paras." => "para.",
            "paras" => "para",
            "paragraphs" => "paragraph",
            "ll." => "l.",
            "lines" => "line",
            "rows" => "row",
            _ => self.word.trim_end(),
        };
        let space = &self.word[self.word.trim_end().len()..];
        format!("{single}{space}{label}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let shown = |l: &Locator| match &l.to {
            Some(to) => format!("{:?} {}–{to} in {}", l.kind, l.from, l.span.of(text)),
            None => format!("{:?} {} in {}", l.kind, l.from, l.span.of(text)),
        };
        parse(text).iter().map(shown).collect()
    }

    #[test]
    fn every_way_to_name_a_place() {
        for (text, found) in [
            ("p. 3", vec!["Page 3 in p. 3"]),
            ("p.3", vec!["Page 3 in p.3"]),
            ("page 3", vec!["Page 3 in page 3"]),
            ("page=3", vec!["Page 3 in page=3"]),
            ("page=3&zoom=100", vec!["Page 3 in page=3"]),
            ("p. iv", vec!["Page iv in p. iv"]),
            ("pp. 3-5", vec!["Page 3–5 in pp. 3-5"]),
            ("pp. 123–5", vec!["Page 123–125 in pp. 123–5"]),
            ("pp. 3, 7--9", vec!["Page 3 in pp. 3", "Page 7–9 in 7--9"]),
            ("p. 3, ¶ 2", vec!["Page 3 in p. 3"]),
            ("see p. A12 there", vec!["Page A12 in p. A12"]),
            ("pp. 2f.", vec!["Page 2–3 in pp. 2f"]),
            ("pp. 2ff.", vec!["Page 2–12 in pp. 2ff"]),
            ("p. 2n. 3", vec!["Page 2 in p. 2n"]),
            ("p. 2a", vec!["Page 2a in p. 2a"]),
            ("{p. 2}", vec!["Page 2 in p. 2"]),
            ("¶ 4", vec!["Paragraph 4 in ¶ 4"]),
            ("¶¶4-6", vec!["Paragraph 4–6 in ¶¶4-6"]),
            ("para. 4", vec!["Paragraph 4 in para. 4"]),
            ("paragraph 12", vec!["Paragraph 12 in paragraph 12"]),
            ("sec. 2", vec!["Section 2 in sec. 2"]),
            ("§ 2.1", vec!["Section 2.1 in § 2.1"]),
            ("ch. 3", vec!["Section 3 in ch. 3"]),
            ("chap. “Costs”", vec!["Section Costs in chap. “Costs"]),
            ("section Main findings", vec!["Section Main findings in section Main findings"]),
            ("l. 12", vec!["Line 12 in l. 12"]),
            ("L12", vec!["Line 12 in L12"]),
            ("L12-L20", vec!["Line 12–20 in L12-L20"]),
            ("lines 3-4", vec!["Line 3–4 in lines 3-4"]),
            ("row 12", vec!["Row 12 in row 12"]),
            ("row=12", vec!["Row 12 in row=12"]),
            ("00:04:10", vec!["Time 00:04:10 in 00:04:10"]),
            ("at 4:10", vec!["Time 4:10 in at 4:10"]),
            ("4:10-5:00", vec!["Time 4:10–5:00 in 4:10-5:00"]),
            ("t=250", vec!["Time 0:04:10 in t=250"]),
            ("t=1h4m10s", vec!["Time 1:04:10 in t=1h4m10s"]),
        ] {
            assert_eq!(shown(text), found, "{text}");
        }
    }

    #[test]
    fn a_bare_number_is_a_page() {
        let shown = |text: &str| bare_pages(text).map(|l| l.to.map_or(l.from.clone(), |to| format!("{}–{to}", l.from)));
        for (text, pages) in [
            ("4", Some("4")),
            ("{4}", Some("4")),
            ("281-284", Some("281–284")),
            ("2f.", Some("2–3")),
            ("2024", None),
            ("1998-2003", Some("1998–2003")),
            ("14 March", None),
            ("emphasis", None),
            ("", None),
        ] {
            assert_eq!(shown(text).as_deref(), pages, "{text}");
        }
    }

    #[test]
    fn other_words_name_no_place() {
        for text in ["", "my page", "chapman", "Costs", "level-3", "t=", "emphasis added", "lll", "p. ", "a:b", "§", "2024"] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn another_number_is_written_in_the_same_way() {
        for (text, new) in
            [("pp. 3-5", "p. 9"), ("page=3", "page=9"), ("p. 3", "p. 9"), ("¶¶ 3-4", "¶ 9"), ("L3", "L9"), ("at 4:10", "at 9")]
        {
            assert_eq!(parse(text)[0].with("9"), new, "{text}");
        }
        assert_eq!((seconds("00:04:10"), seconds("4:10"), seconds("4"), seconds("a:b")), (Some(250), Some(250), None, None));
    }
}
