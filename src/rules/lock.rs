//! `corroborate.lock`: what bore the cited claims out when the desk last looked, and in which state of the sources.
//!
//! Each entry is one line, as in [`super::store`], and stands for a claim of a note and a source that it cites. The file
//! may come from anybody: every line is read by itself, and what it names is looked up among the sources that the library
//! has, and is never opened.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Fingerprint;
use super::fingerprint::{RunningHash, words};
use super::store::{Mistake, entry_of_line, fingerprint_of, quoted};
use crate::message;
use crate::text::{Span, Untrusted};

/// The file, at the root of a workspace.
pub const FILE_NAME: &str = "corroborate.lock";

/// A larger lock is not read. In bytes.
pub const LARGEST: u64 = 8 << 20;

/// Of a longer passage as many words count.
const MOST_WORDS: usize = 400;

/// How many of its words are shown in the file.
const SHOWN: usize = 8;

/// A passage that is there more often is found so often.
const MOST_PLACES: usize = 1_000;

/// So many words are hashed for all sources, to find passages again; millions would do for any that people write.
pub const MOST_HASHED: usize = 100_000_000;

const HEADER: &str =
    "# What bore out the cited claims, one a line. `corroborate lock` writes it. See docs/team.md of corroborate.\n";

/// SHA-256 of a file.
pub type Sum = [u8; 32];

/// What was locked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    entries: BTreeMap<LockKey, ListedEntry>,
    /// Lines that are wrong, in order.
    pub mistakes: Vec<Mistake>,
    /// Why the file cannot be read, if it is there.
    pub unreadable: Option<String>,
}

/// The claim and the source that it cites.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LockKey {
    /// Of the words of the claim, as the rule `evidence-changed` has it.
    pub claim: Fingerprint,
    /// Relative to the root, as the source.
    pub note: String,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct ListedEntry {
    line: usize,
    entry: LockEntry,
}

/// What is locked of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockEntry {
    /// Of the file of the source.
    pub sum: Sum,
    /// For people.
    pub verdict: String,
    /// What bore the claim out, if anything in the source did.
    pub passage: Option<LockedPassage>,
}

/// Words of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPassage {
    /// Where they stood, in words: "line 12".
    pub place: String,
    /// How many there are.
    pub words: usize,
    pub hash: Fingerprint,
    /// The first of them.
    pub text: String,
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    note: String,
    source: String,
    sha256: String,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    words: usize,
    #[serde(default)]
    hash: String,
    #[serde(default)]
    text: String,
}

impl Lock {
    /// Reads the text of the file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut lock = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line_number = at + 1;
            let mut mistake = |message| lock.mistakes.push(Mistake { line: line_number, message });
            match listed(line) {
                Ok(None) => {}
                Ok(Some((key, entry))) => match lock.entries.get(&key) {
                    Some(before) => mistake(message!("this citation is on line {} already; run “corroborate lock”", before.line)),
                    None => drop(lock.entries.insert(key, ListedEntry { line: line_number, entry })),
                },
                Err(message) => mistake(message),
            }
        }
        lock
    }

    /// The lock where the file is there and cannot be read.
    #[must_use]
    pub fn unreadable(why: String) -> Self {
        let mistake = Mistake { line: 1, message: message!("the file cannot be read: {}", why) };
        Self { mistakes: vec![mistake], unreadable: Some(why), ..Self::default() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn entries(&self) -> impl Iterator<Item = (&LockKey, &LockEntry)> {
        self.entries.iter().map(|(key, listed)| (key, &listed.entry))
    }
}

/// The text of the file with these entries.
#[must_use]
pub fn text<'e>(entries: impl IntoIterator<Item = (&'e LockKey, &'e LockEntry)>) -> String {
    let lines = entries.into_iter().map(|(key, entry)| format!("{}\n", written(key, entry)));
    std::iter::once(HEADER.to_owned()).chain(lines).collect()
}

fn written(LockKey { claim, note, source }: &LockKey, LockEntry { sum, verdict, passage }: &LockEntry) -> String {
    let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let [note, source, verdict] = [note, source, verdict].map(|value| toml::Value::from(value.as_str()).to_string());
    let passage = passage.as_ref().map(|LockedPassage { place, words, hash, text }| {
        let [place, text] = [place, text].map(|value| quoted(value));
        format!(", place = {place}, words = {words}, hash = \"{hash}\", text = {text}")
    });
    let passage = passage.unwrap_or_default();
    format!("\"{claim}\" = {{ note = {note}, source = {source}, sha256 = \"{sum}\", verdict = {verdict}{passage} }}")
}

/// What a line lists. Empty lines and comments list nothing.
fn listed(line: &str) -> Result<Option<(LockKey, LockEntry)>, Untrusted> {
    const FORM: &str = "an entry is one line that “corroborate lock” writes";
    let Some((claim, written)) = entry_of_line(line, FORM)? else { return Ok(None) };
    let Written { note, source, sha256, verdict, place, words, hash, text } = written;
    let sum = sum(&sha256).ok_or_else(|| message!("“{}” is no SHA-256; {}", sha256, FORM))?;
    let passage = match words {
        0 => None,
        1..=MOST_WORDS => Some(LockedPassage { place, words, hash: fingerprint_of(&hash, FORM)?, text }),
        _ => return Err(message!("a passage has at most {} words; {}", MOST_WORDS, FORM)),
    };
    Ok(Some((LockKey { claim, note, source }, LockEntry { sum, verdict, passage })))
}

fn sum(written: &str) -> Option<Sum> {
    let digits: Vec<u8> = written.bytes().filter(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).collect();
    if digits.len() != 64 || written.len() != 64 {
        return None;
    }
    let mut sum = Sum::default();
    for (byte, pair) in sum.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(sum)
}

impl LockedPassage {
    /// These words; `None` where there are none.
    #[must_use]
    pub fn of(passage: &str, place: String) -> Option<Self> {
        let mut hash = RunningHash::default();
        let (mut count, mut shown) = (0, 0);
        for (span, word) in words(passage).take(MOST_WORDS) {
            hash.add(&word);
            count += 1;
            shown = if count <= SHOWN { span.end } else { shown };
        }
        // What follows the last word is no word, but a sign may belong to it, as “%” does.
        let text = if count > SHOWN { format!("{}…", &passage[..shown]) } else { passage.to_owned() };
        (count > 0).then(|| Self { place, words: count, hash: hash.so_far(), text })
    }

    /// The first word, from which it is looked for.
    fn first(&self) -> Option<String> {
        words(&self.text).next().map(|(_, word)| word)
    }
}

/// Where in a text passages stand, in their order. `None` where more words than are left would have to be hashed.
#[must_use]
pub fn find(text: &str, passages: &[&LockedPassage], left: &mut usize) -> Option<Vec<Vec<Span>>> {
    /// Passages that begin with one word: how long the longest is, and which there are.
    #[derive(Default)]
    struct Group {
        longest: usize,
        passages: FxHashMap<(usize, Fingerprint), Vec<usize>>,
    }
    let mut groups: FxHashMap<String, Group> = FxHashMap::default();
    for (at, passage) in passages.iter().enumerate() {
        let Some(first) = passage.first() else { continue };
        let group = groups.entry(first).or_default();
        group.longest = group.longest.max(passage.words);
        group.passages.entry((passage.words, passage.hash)).or_default().push(at);
    }
    let text: Vec<(Span, String)> = words(text).collect();
    let mut found: Vec<Vec<Span>> = vec![Vec::new(); passages.len()];
    for (at, (start, first)) in text.iter().enumerate() {
        let Some(group) = groups.get(first) else { continue };
        *left = left.checked_sub(group.longest)?;
        let mut hash = RunningHash::default();
        for (more, (end, word)) in text[at..].iter().take(group.longest).enumerate() {
            hash.add(word);
            for passage in group.passages.get(&(more + 1, hash.so_far())).into_iter().flatten() {
                if found[*passage].len() < MOST_PLACES {
                    found[*passage].push(start.cover(*end));
                }
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(words: &str) -> LockedPassage {
        LockedPassage::of(words, "line 1".to_owned()).expect("words")
    }

    #[test]
    fn what_is_written_is_read_again() {
        let key = LockKey { claim: Fingerprint::of("r", "w"), note: "a \"b\".md".to_owned(), source: "s/ö.txt".to_owned() };
        let entry = LockEntry {
            sum: [7; 32],
            verdict: "supported".to_owned(),
            passage: Some(passage("The mill closed on 3 May, after all of it.")),
        };
        let bare = LockEntry { passage: None, ..entry.clone() };
        for entry in [entry, bare] {
            let lock = Lock::parse(&text([(&key, &entry)]));
            assert_eq!(lock.mistakes, []);
            assert_eq!(lock.entries().collect::<Vec<_>>(), [(&key, &entry)]);
        }
    }

    #[test]
    fn a_wrong_line_is_told_and_the_others_count() {
        let key = LockKey { claim: Fingerprint::of("r", "w"), note: "a.md".to_owned(), source: "s.txt".to_owned() };
        let entry = LockEntry { sum: [7; 32], verdict: String::new(), passage: Some(passage("The mill closed.")) };
        let line = written(&key, &entry);
        for wrong in [
            "\0",
            "[",
            "\"x\" = 1",
            "=======",
            &line.replace("0707", "070"),
            &line.replace("0707", "07é"),
            &line.replace("words = 3", "words = 999999999"),
            &line.replace("words = 3", "words = -1"),
            &line.replace("\" = {", "0\" = {"),
            &line.replace("verdict", "command"),
        ] {
            let lock = Lock::parse(&format!("{wrong}\n{line}\n{line}\n"));
            assert_eq!(lock.entries().count(), 1, "{wrong}");
            let lines: Vec<usize> = lock.mistakes.iter().map(|mistake| mistake.line).collect();
            assert_eq!(lines, [1, 3], "{wrong}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        let text = "The mill closed. THE MILL\nclosed, they say. The mill burned.";
        let wanted = [passage("the mill closed"), passage("The mill burned."), passage("the mill is gone"), passage("The")];
        let found = find(text, &wanted.iter().collect::<Vec<_>>(), &mut 99).expect("soon");
        let found: Vec<Vec<&str>> = found.iter().map(|spans| spans.iter().map(|span| span.of(text)).collect()).collect();
        assert_eq!(found[..3], [vec!["The mill closed", "THE MILL\nclosed"], vec!["The mill burned"], vec![]]);
        assert_eq!(found[3].len(), 3);
    }

    #[test]
    fn a_lock_that_would_take_long_is_given_up() {
        let text = "a ".repeat(4_000);
        let wanted = passage(&"a ".repeat(MOST_WORDS));
        assert!(find(&text, &[&wanted], &mut (MOST_WORDS * 4_000)).is_some());
        assert_eq!(find(&text, &[&wanted], &mut (MOST_WORDS * 3_999)), None);
    }
}
