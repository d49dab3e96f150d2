//! Small workspaces of what once went wrong: each folder of `tests/cases` has a note, sources, and `expected.json`, which
//! says of sentences whether something is found, by which rules and with which evidence, and of sources what is read.
//!
//! `{"sentences": [{"text", "want": "silent" | "finding", "codes", "evidence"}],
//!   "sources": {"FILE": {"text_has", "text_lacks", "date", "title", "url", "author"}}}`
//!
//! A sentence is the paragraph or list item of the note that holds `text`, or the sentence where a paragraph holds several
//! of them. Hints do not count. `silent`: nothing is found, and the evidence is a passage that supports it. `finding`: one
//! of the rules has found something, and the evidence is a passage of the sentence or in the message.

use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;

/// What is not reached, a line each: `case: text`. Whoever mends one takes it off the list.
const NOT_MET: &str = include_str!("cases/not-met.txt");

type Span = (usize, usize);

#[test]
fn every_case_is_as_a_user_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let wrong: Vec<(String, String)> = cases.iter().flat_map(|root| Case::of(root).wrong()).collect();
    let not_met: Vec<&str> = NOT_MET.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let unexpected: Vec<String> =
        wrong.iter().filter(|(name, _)| !not_met.contains(&name.as_str())).map(|(name, why)| format!("{name}: {why}")).collect();
    let mended: Vec<&&str> = not_met.iter().filter(|name| !wrong.iter().any(|(wrong, _)| wrong == *name)).collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
    assert!(mended.is_empty(), "these are right now: {mended:?}");
}

struct Case {
    root: PathBuf,
    name: String,
    note: String,
    expected: Value,
}

impl Case {
    fn of(root: &Path) -> Self {
        let read =
            |file: &str| std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{root:?}/{file}: {error}"));
        let name = root.file_name().expect("a name").to_string_lossy().into_owned();
        let expected = serde_json::from_str(&read("expected.json")).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { root: root.to_owned(), name, note: read("note.md"), expected }
    }

    /// Runs the program on the workspace, without the user's own settings and cache.
    fn run(&self, arguments: &[&str]) -> (String, String) {
        let cache = std::env::temp_dir().join(format!("corroborate-cases-{}", std::process::id()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.args(arguments).arg("--root").arg(&self.root).env("CORROBORATE_CACHE", cache);
        let output = command.env("CORROBORATE_SETTINGS", "/nonexistent").env("NO_COLOR", "1").output().expect("it runs");
        (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What is not as expected: its name, and why.
    fn wrong(&self) -> Vec<(String, String)> {
        let note = self.root.join("note.md");
        let (out, error) = self.run(&["check", &note.to_string_lossy(), "--format", "json"]);
        let checked: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{}: {error}", self.name));
        let checked = &checked["notes"][0];
        let sentences = self.expected["sentences"].as_array().expect("sentences");
        let places: Vec<Span> = sentences.iter().map(|sentence| self.place(text(&sentence["text"]))).collect();
        let mut wrong = Vec::new();
        for (sentence, place) in sentences.iter().zip(&places) {
            let why = Region::of(self, checked, *place, &places).wrong(sentence);
            wrong.extend(why.map(|why| (format!("{}: {}", self.name, text(&sentence["text"])), why)));
        }
        let (listed, _) = self.run(&["sources", "--format", "json"]);
        let listed: Value = serde_json::from_str(&listed).expect("a list of sources");
        for (file, expected) in self.expected["sources"].as_object().expect("sources") {
            wrong.extend(self.wrong_source(file, expected, &listed).map(|why| (format!("{}: {file}", self.name), why)));
        }
        wrong
    }

    fn place(&self, words: &str) -> Span {
        let found: Vec<usize> = self.note.match_indices(words).map(|(at, _)| at).collect();
        assert_eq!(found.len(), 1, "{}: “{words}” must stand once in the note", self.name);
        (found[0], found[0] + words.len())
    }

    fn wrong_source(&self, file: &str, expected: &Value, listed: &Value) -> Option<String> {
        let strings = |list: &Value| list.as_array().into_iter().flatten().map(|one| plain(text(one))).collect::<Vec<_>>();
        let (has, lacks) = (strings(&expected["text_has"]), strings(&expected["text_lacks"]));
        if !has.is_empty() || !lacks.is_empty() {
            let (out, error) = self.run(&["sources", file]);
            let out = plain(&out);
            if let Some(words) = has.iter().find(|words| !out.contains(words.as_str())) {
                return Some(format!("it lacks “{words}” {error}"));
            }
            if let Some(words) = lacks.iter().find(|words| out.contains(words.as_str())) {
                return Some(format!("it has “{words}”"));
            }
        }
        let is_it = |source: &&Value| text(&source["path"]).rsplit('/').next() == Some(file);
        let source = listed["sources"].as_array().and_then(|sources| sources.iter().find(is_it)).unwrap_or(&Value::Null);
        ["date", "title", "url", "author"].into_iter().filter(|field| !expected[field].is_null()).find_map(|field| {
            let wanted = if expected[field] == "none" { &Value::Null } else { &expected[field] };
            (source[field] != *wanted).then(|| format!("its {field} is {}, not {wanted}", source[field]))
        })
    }
}

/// Where a sentence stands, with its footnotes, and what the program says there.
struct Region<'a> {
    spans: Vec<Span>,
    checked: &'a Value,
}

impl<'a> Region<'a> {
    fn of(case: &Case, checked: &'a Value, place: Span, places: &[Span]) -> Self {
        let paragraphs = paragraphs(&case.note);
        let around = |place: &Span| paragraphs.iter().filter(|p| meets(**p, *place)).copied().collect::<Vec<_>>();
        let mut spans = around(&place);
        if places.iter().filter(|other| around(other).iter().any(|p| spans.contains(p))).count() > 1 {
            let sentences = checked["sentences"].as_array().into_iter().flatten().map(|sentence| span(&sentence["span"]));
            spans = sentences.filter(|sentence| meets(*sentence, place)).collect();
        }
        if spans.is_empty() {
            spans = vec![place];
        }
        let marks = Regex::new(r"\[\^[^\]]+\]").expect("a valid pattern");
        for (start, end) in spans.clone() {
            for mark in marks.find_iter(&case.note[start..end]).map(|mark| format!("{}:", mark.as_str())) {
                spans.extend(paragraphs.iter().filter(|p| case.note[p.0..p.1].starts_with(&mark)));
            }
        }
        Self { spans, checked }
    }

    fn within(&self, list: &'a Value) -> Vec<&'a Value> {
        let is_here = |it: &&Value| self.spans.iter().any(|own| meets(*own, span(&it["span"])) || *own == span(&it["span"]));
        list.as_array().into_iter().flatten().filter(is_here).collect()
    }

    /// Why it is not as expected.
    fn wrong(&self, expected: &Value) -> Option<String> {
        let mut findings = self.within(&self.checked["findings"]);
        findings.retain(|finding| finding["severity"] != "hint");
        let said: Vec<String> = findings.iter().map(|f| format!("{} {}", text(&f["code"]), text(&f["message"]))).collect();
        let sentences = self.within(&self.checked["sentences"]);
        let passages = sentences.iter().flat_map(|sentence| sentence["evidence"].as_array().into_iter().flatten());
        let quotes = |role: Option<&str>| -> Vec<String> {
            passages.clone().filter(|e| role.is_none_or(|role| e["role"] == role)).map(|e| plain(text(&e["quote"]))).collect()
        };
        let evidence = expected["evidence"].as_str().map(plain);
        let lacks = |all: Vec<String>| evidence.as_ref().is_some_and(|evidence| !all.iter().any(|one| one.contains(evidence)));
        match text(&expected["want"]) {
            "silent" if !said.is_empty() => Some(said.join("; ")),
            "silent" if lacks(quotes(Some("supports"))) => Some(format!("the evidence is {:?}", quotes(None))),
            "silent" => None,
            "finding" => {
                let codes = expected["codes"].as_array().expect("codes");
                let fit: Vec<_> = findings.iter().filter(|finding| codes.contains(&finding["code"])).collect();
                if fit.is_empty() {
                    return Some(format!("found is {said:?}"));
                }
                let mut shown = quotes(None);
                shown.extend(fit.iter().map(|finding| plain(text(&finding["message"]))));
                lacks(shown.clone()).then(|| format!("the evidence is {shown:?}"))
            }
            other => panic!("“{other}” is neither silent nor finding"),
        }
    }
}

/// Paragraphs, with each list item and footnote on its own.
fn paragraphs(note: &str) -> Vec<Span> {
    let item = Regex::new(r"^\s*(?:(?:[-*+]|\d+[.)])\s|\[\^[^\]]+\]:)").expect("a valid pattern");
    let (mut spans, mut start, mut at) = (Vec::new(), None, 0);
    for line in note.split_inclusive('\n') {
        if line.trim().is_empty() || item.is_match(line) {
            spans.extend(start.take().map(|start| (start, at)));
        }
        if !line.trim().is_empty() {
            start = start.or(Some(at));
        }
        at += line.len();
    }
    spans.extend(start.map(|start| (start, at)));
    spans
}

fn meets(a: Span, b: Span) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn span(value: &Value) -> Span {
    let at = |i: usize| value[i].as_u64().expect("a span") as usize;
    (at(0), at(1))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Without what nobody sees: marks of direction, soft hyphens, times, and more than one space.
fn plain(words: &str) -> String {
    let unseen =
        Regex::new("[\u{ad}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]").expect("a valid pattern");
    let time = Regex::new(r"\[\d+:\d\d(?::\d\d)?\]").expect("a valid pattern");
    let words = unseen.replace_all(words, "");
    // A space at the end tells "1,10 " from "1,100".
    let spaces = Regex::new(r"\s+").expect("a valid pattern");
    spaces.replace_all(&time.replace_all(&words, " "), " ").into_owned()
}
