//! Exports of press databases: many articles in one text, each with its own title, date, paper and author.
//!
//! Known are the text forms of Nexis (old: "1 of 2 DOCUMENTS"; new: "End of Document"), Factiva ("Document " and a number)
//! and ProQuest ("Document 1 of 2"). What stands in an article's head is its metadata and no text.

use std::sync::LazyLock;

use regex::Regex;

use super::metadata::Metadata;
use crate::text::dates::first_full_date;
use crate::text::words::readable;

/// One article of an export.
#[derive(Debug, PartialEq, Eq)]
pub struct Clipping {
    pub metadata: Metadata,
    pub text: String,
}

/// A line before an article, or behind one.
static FIRST_LINE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:\d+ of \d+ DOCUMENTS?|Document \d+ of \d+)\s*$"));
static LAST_LINE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*(?:End of Document|(?:AN\s+)?Document [A-Z0-9]{4,}\d{8}[A-Za-z0-9]{6,})\s*$"));
/// A line of Factiva's with its two letters: `HD   Crane falls`.
static TAGGED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(HD|BY|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|ART|NS|RE|IPC|IPD|PUB|CO|IN|CR|SE|CLM)(?:\s{2,}(\S.*))?\s*$")
});
/// A field of an article: its name and its value.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?is)^\s*(by-?line|author|section|length|dateline|load-date|language|publication-type|publication type|graphic|subject|title|headline|publication title|publication|publication date|source|document type|journal code|notes|classification|type|database|copyright|publisher|issn|isbn|proquest document id|document url|volume|issue|page|pages|pub\. ?date|city|country)\s*:\s*(.*)$",
    )
});
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s*(?:copyright\b|\(c\)|©|all rights reserved)"));
static LENGTH: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*[\d,.]+ words\s*$"));
static BODY: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:Body\s*$|BODY:|(?i:full text)\s*:)\s*"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Whether a text has a word that stands between the articles of all exports.
#[must_use]
pub fn may_be(text: &str) -> bool {
    text.contains("Document") || text.contains("DOCUMENT")
}

/// The articles of an export, in order; none where the text is none.
#[must_use]
pub fn clippings(text: &str) -> Vec<Clipping> {
    if !may_be(text) {
        return Vec::new();
    }
    let mut articles: Vec<Vec<&str>> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let is_last = LAST_LINE.is_match(line);
        if is_last || FIRST_LINE.is_match(line) {
            // What stands before the first article is a list of them.
            if is_open || is_last {
                articles.push(std::mem::take(&mut lines));
            }
            lines.clear();
            is_open = !is_last;
        } else {
            lines.push(line);
        }
    }
    if is_open {
        articles.push(lines);
    }
    articles.iter().filter_map(|lines| clipping(lines)).collect()
}

/// A paragraph of an article: its lines without the spaces around them.
type Paragraph<'a> = Vec<&'a str>;

fn paragraphs<'a>(lines: &[&'a str]) -> Vec<Paragraph<'a>> {
    let parts = lines.split(|line| line.trim().is_empty());
    parts.filter(|part| !part.is_empty()).map(|part| part.iter().map(|line| line.trim()).collect()).collect()
}

fn clipping(lines: &[&str]) -> Option<Clipping> {
    if lines.iter().any(|line| TAGGED.captures(line).is_some_and(|tag| &tag[1] == "HD")) {
        return tagged(lines);
    }
    let mut metadata = Metadata::default();
    let mut text: Vec<String> = Vec::new();
    let paragraphs = paragraphs(lines);
    let mut head = Head::default();
    for paragraph in paragraphs.iter().filter(|paragraph| !COPYRIGHT.is_match(paragraph[0])) {
        if !head.is_over && paragraph.iter().any(|line| LENGTH.is_match(line)) {
            let above = std::mem::take(&mut head.above);
            let lines: Vec<&str> = above.iter().map(String::as_str).chain(paragraph.iter().copied()).collect();
            read_list(&lines, &mut metadata);
            head.is_over = metadata.date.is_some();
        } else if let Some(body) = BODY.find(paragraph[0]) {
            // A title without a day under it.
            metadata.title = metadata.title.take().or_else(|| Some(head.above.join(" ")).filter(|title| !title.is_empty()));
            head.is_over = true;
            text.push(paragraph.join("\n")[body.end()..].trim().to_owned());
        } else if paragraph.iter().all(|line| FIELD.is_match(line)) {
            paragraph.iter().for_each(|line| read_field(line, &mut metadata));
        } else if FIELD.is_match(paragraph[0]) {
            read_field(&paragraph.join(" "), &mut metadata);
        } else if !head.take(paragraph, &mut metadata) {
            text.push(paragraph.join("\n"));
        }
    }
    text.retain(|paragraph| !paragraph.is_empty());
    if text.is_empty() || metadata.title.is_none() && metadata.date.is_none() {
        return None;
    }
    let title = metadata.title.iter().cloned();
    let text = title.chain(text).collect::<Vec<_>>().join("\n\n");
    Some(Clipping { metadata, text: text + "\n" })
}

/// An article whose fields have Factiva's two letters before them.
fn tagged(lines: &[&str]) -> Option<Clipping> {
    let mut metadata = Metadata::default();
    let mut text: Vec<String> = Vec::new();
    let mut tag = "";
    for line in lines {
        let found = TAGGED.captures(line);
        tag = found.as_ref().and_then(|found| found.get(1)).map_or(tag, |tag| tag.as_str());
        let words = found.map_or(line.trim(), |found| found.get(2).map_or("", |words| words.as_str())).trim();
        let field = match tag {
            "HD" => &mut metadata.title,
            "BY" => &mut metadata.author,
            "SN" => &mut metadata.publisher,
            "PD" => &mut metadata.date,
            "LP" | "TD" => {
                match text.last_mut().filter(|last| !last.is_empty() && !words.is_empty()) {
                    Some(last) => last.extend(["\n", words]),
                    None => text.push(words.to_owned()),
                }
                continue;
            }
            _ => continue,
        };
        if !words.is_empty() {
            let before = field.take().map_or(String::new(), |before| before + " ");
            *field = Some(before + words);
        }
    }
    metadata.date = metadata.date.and_then(|day| first_full_date(&day));
    metadata.author = metadata.author.map(|name| without_by(&name));
    text.retain(|paragraph| !paragraph.is_empty());
    let title = metadata.title.clone()?;
    let text = std::iter::once(title).chain(text).collect::<Vec<_>>().join("\n\n");
    Some(Clipping { metadata, text: text + "\n" })
}

/// The head as Factiva writes it, a line each: title, author, length, day, paper.
fn read_list(lines: &[&str], metadata: &mut Metadata) {
    let Some(length) = lines.iter().position(|line| LENGTH.is_match(line)) else { return };
    let (before, behind) = (&lines[..length], &lines[length + 1..]);
    let day = behind.iter().position(|line| first_full_date(line).is_some());
    metadata.date = day.and_then(|day| first_full_date(behind[day]));
    metadata.publisher = day.and_then(|day| behind[day + 1..].iter().find(|line| !is_time(line))).map(|line| readable(line));
    let has_author = before.len() > 1;
    metadata.author = before.last().filter(|_| has_author).map(|line| without_by(line));
    let title = if has_author { &before[..before.len() - 1] } else { before };
    metadata.title = Some(readable(&title.join(" "))).filter(|title| !title.is_empty());
}

fn is_time(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(':')
}

/// The head as Nexis writes it: the title, or none, and the paper above the day; else the title below it.
#[derive(Default)]
struct Head {
    above: Vec<String>,
    is_over: bool,
}

impl Head {
    /// Takes a paragraph, unless it is the first of the text.
    fn take(&mut self, lines: &[&str], metadata: &mut Metadata) -> bool {
        const LONGEST: usize = 300;
        if self.is_over {
            return false;
        }
        let day = lines.iter().position(|line| first_full_date(line).is_some());
        match day {
            _ if metadata.date.is_some() => {
                self.is_over = metadata.title.is_some() || lines.iter().map(|line| line.len()).sum::<usize>() > LONGEST;
                if !self.is_over {
                    metadata.title = Some(readable(&lines.join(" ")));
                }
            }
            Some(day) => {
                metadata.date = first_full_date(lines[day]);
                self.above.extend(lines[..day].iter().map(|line| readable(line)));
                metadata.publisher = metadata.publisher.take().or(self.above.pop());
                let title = Some(self.above.join(" ")).filter(|title| !title.is_empty());
                metadata.title = metadata.title.take().or(title);
            }
            None => self.above.extend(lines.iter().map(|line| readable(line))),
        }
        !self.is_over
    }
}

fn read_field(line: &str, metadata: &mut Metadata) {
    let Some(found) = FIELD.captures(line) else { return };
    let value = readable(&found[2]);
    if value.is_empty() {
        return;
    }
    match found[1].to_ascii_lowercase().as_str() {
        "byline" | "by-line" | "author" => metadata.author = Some(without_by(&value)),
        "title" | "headline" => metadata.title = Some(value),
        "publication" | "publication title" => metadata.publisher = Some(value),
        "publication date" | "pub. date" | "pub.date" => metadata.date = first_full_date(&value).or(metadata.date.take()),
        _ => {}
    }
}

fn without_by(name: &str) -> String {
    let name = readable(name);
    name.strip_prefix("By ").or_else(|| name.strip_prefix("BY ")).map_or(name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let field = |field: &Option<String>| field.clone().unwrap_or_default();
        let shown = |clipping: Clipping| {
            let Metadata { title, author, publisher, date, .. } = &clipping.metadata;
            let text = clipping.text.replace('\n', "|");
            format!("{} / {} / {} / {} // {text}", field(title), field(author), field(publisher), field(date))
        };
        clippings(text).into_iter().map(shown).collect()
    }

    #[test]
    fn old_nexis() {
        let text = "\
            \u{20}        1 of 2 DOCUMENTS\n\n      The Tern Herald\n\n     March 4, 2023 Saturday\n      First Edition\n\nCrane\nfalls\n\n\
            BYLINE: By Ada Moss\n\nLENGTH: 61 words\n\nA crane fell on Monday.\n\nNobody was hurt.\n\nLOAD-DATE: March 6, 2023\n\n\
            Copyright 2023 Herald Ltd.\n\n    2 of 2 DOCUMENTS\n\nSkarn Post\n\nJune 9, 2023\n\nBoard resigns\n\nIt resigned.\n";
        assert_eq!(
            shown(text),
            [
                "Crane falls / Ada Moss / The Tern Herald / 2023-03-04 // Crane falls||A crane fell on Monday.||Nobody was hurt.|",
                "Board resigns /  / Skarn Post / 2023-06-09 // Board resigns||It resigned.|",
            ]
        );
    }

    #[test]
    fn new_nexis() {
        let text = "Crane falls\nThe Tern Herald\nMarch 4, 2023 Saturday\n\nCopyright 2023 Herald Ltd. All Rights Reserved\n\n\
            Section: NEWS; Pg. 3\nLength: 61 words\nByline: Ada Moss\n\nBody\n\nA crane fell.\n\nLoad-Date: March 6, 2023\n\n\
            End of Document\n\nBoard resigns\nSkarn Post\nJune 9, 2023 Friday 10:12 PM GMT\n\nBody\nIt resigned.\n\nEnd of Document\n";
        assert_eq!(
            shown(text),
            [
                "Crane falls / Ada Moss / The Tern Herald / 2023-03-04 // Crane falls||A crane fell.|",
                "Board resigns /  / Skarn Post / 2023-06-09 // Board resigns||It resigned.|",
            ]
        );
    }

    #[test]
    fn factiva() {
        let text = "Crane falls\n\nAda Moss\n61 words\n4 March 2023\n08:15\nTern Herald\nTBH\nEnglish\nCopyright 2023 Herald Ltd.\n\n\
            A crane fell.\n\nDocument TBH0000020230304ej340000a\n\n\
            News\nBoard resigns\n58 words\n9 June 2023\nSkarn Post\nSKP\nEnglish\n\nIt resigned.\n\nDocument SKP0000020230609ej690000b\n";
        let found = shown(text);
        assert_eq!(found[0], "Crane falls / Ada Moss / Tern Herald / 2023-03-04 // Crane falls||A crane fell.|");
        assert!(found[1].contains("Skarn Post / 2023-06-09 //"), "{}", found[1]);
    }

    #[test]
    fn factiva_with_letters() {
        let text = "HD   Crane falls\nBY   By Ada Moss\nWC   61 words\nPD   4 March 2023\nSN   Tern Herald\nLA   English\n\n\
            LP\nA crane\nfell.\n\nTD\nNobody was hurt.\n\nAN   Document TBH0000020230304ej340000a\n\nSearch Summary\nText crane\n";
        assert_eq!(
            shown(text),
            ["Crane falls / Ada Moss / Tern Herald / 2023-03-04 // Crane falls||A crane|fell.||Nobody was hurt.|"]
        );
    }

    #[test]
    fn proquest() {
        let text = "____\n\nDocument 1 of 2\n\nCrane falls\n\nAuthor: Moss, Ada\n\nPublication title: Tern Herald\n\n\
            Publication date: Mar 4, 2023\n\nFull text: A crane fell.\n\nIt was old.\n\nDocument 2 of 2\n\nTitle: Board resigns\n\n\
            Publication date: Jun 9, 2023\n\nFull text: It resigned.\n";
        assert_eq!(
            shown(text),
            [
                "Crane falls / Moss, Ada / Tern Herald / 2023-03-04 // Crane falls||A crane fell.||It was old.|",
                "Board resigns /  /  / 2023-06-09 // Board resigns||It resigned.|",
            ]
        );
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["The council met.\n\nDocument 4 was read.\n", "", "End of document\n", "Document 1 of 2\n"] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
