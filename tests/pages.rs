//! What the documentation says is so. Every example of a page is run, and every page of a rule shows a
//! finding of its rule, and notes about which the rule is silent.
//!
//! How an example is written: CONTRIBUTING.md. `UPDATE_EXPECT=1` writes what came into the pages.

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use corroborate::rules::RULES;
use corroborate::workspace::{self, Workspace};
use serde_json::Value;
use support::Folder;
use support::findings::{Marked, is_like};
use support::pages::{self, Example, Page, Part};

/// The section in which a rule says nothing.
const SILENT: &str = "When it stays silent on purpose";

#[test]
fn examples_of_rules_are_as_the_pages_say() {
    assert_examples(|page| page.name.starts_with("docs/rules/"));
}

#[test]
fn examples_of_other_pages_are_as_they_say() {
    assert_examples(|page| !page.name.starts_with("docs/rules/"));
}

fn assert_examples(is_meant: fn(&Page) -> bool) {
    let is_update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for page in pages::all().iter().filter(|page| is_meant(page)) {
        let mut came = Vec::new();
        for (at, example) in page.examples.iter().enumerate().filter(|(_, example)| example.is_runnable()) {
            if let Err(text) = run(example, is_update) {
                let _ = write!(wrong, "\n{}\nexpected:\n{}came:\n{text}", page.place(example), example.text);
                came.push((at, text));
            }
        }
        if is_update && !came.is_empty() {
            page.rewrite(&came);
        }
    }
    assert!(is_update || wrong.is_empty(), "{wrong}");
}

/// Runs an example in a folder of its own, or, if it has no files, in that of the project. What came
/// otherwise is the error, as it would have to be written.
fn run(example: &Example, is_update: bool) -> Result<(), String> {
    let parts = example.parts();
    let files = parts.iter().filter_map(|part| match part {
        Part::File { path, text } if is_note(path) => Some(part_of_note(path, text)),
        Part::File { path, text } => Some(format!("//- {path}\n{text}")),
        Part::Run { .. } => None,
    });
    let folder = Folder::with(&files.collect::<String>());
    let workspace = Workspace::open(&folder.0);
    let has_files = matches!(parts.first(), Some(Part::File { .. }));
    let place = if has_files { folder.0.clone() } else { pages::root() };
    let (mut code, mut is_right, mut came) = (0, true, String::new());
    for part in &parts {
        let text = match part {
            Part::File { path, text } if is_note(path) => {
                let marked = Marked::read(text);
                let checked = workspace::check(&marked.text, path, &workspace, &|| false).expect("nobody cancels");
                let is_same = marked.is_borne_out(&checked.findings);
                is_right &= is_same;
                if is_same { text.clone() } else { marked.with(&checked.findings, is_update) }
            }
            Part::File { text, .. } => text.clone(),
            Part::Run { command, output } if command == "echo $?" => {
                is_right &= *output == format!("{code}\n");
                format!("{code}\n")
            }
            Part::Run { command, output } => {
                let said = say(command, &place, &mut code);
                let is_same = is_shown(output, &said);
                is_right &= is_same;
                if is_same { output.clone() } else { said }
            }
        };
        came.push_str(&part.with(&text));
    }
    if is_right { Ok(()) } else { Err(came) }
}

/// Whether a file of an example is a note, which may have marks.
fn is_note(path: &str) -> bool {
    path.ends_with(".md") && !path.starts_with("sources/")
}

/// A note as a file, without marks.
fn part_of_note(path: &str, text: &str) -> String {
    format!("//- {path}\n{}", Marked::read(text).text)
}

/// What a command of ours says: mistakes first, as they are found before anything is printed.
fn say(command: &str, place: &Path, code: &mut i32) -> String {
    let cache = Folder::with("");
    let mut quoted = false;
    let words = command.split(|c| {
        quoted ^= c == '"';
        c == ' ' && !quoted
    });
    let words: Vec<String> = words.map(|word| word.replace('"', "")).collect();
    assert_eq!(words[0], "corroborate", "{command}");
    let mut program = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    program.args(&words[1..]).current_dir(place).env("CORROBORATE_CACHE", &cache.0);
    let output = program.output().expect("the program runs");
    *code = output.status.code().unwrap_or_default();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stderr) + &text(&output.stdout)
}

/// Whether the page shows what was said, or a part of it: `…` stands for any words, or alone in a line
/// for any lines. Of JSON any part can be shown.
fn is_shown(shown: &str, said: &str) -> bool {
    match (values(shown), values(said)) {
        (Some(shown), Some(said)) => shown.len() == said.len() && shown.iter().zip(&said).all(|(a, b)| is_part(a, b)),
        _ => are_lines_of(&shown.lines().collect::<Vec<_>>(), &said.lines().collect::<Vec<_>>()),
    }
}

fn values(text: &str) -> Option<Vec<Value>> {
    let values: Option<Vec<Value>> = serde_json::Deserializer::from_str(text).into_iter().map(Result::ok).collect();
    values.filter(|values| values.iter().any(Value::is_object))
}

fn is_part(shown: &Value, said: &Value) -> bool {
    match (shown, said) {
        (Value::Object(shown), Value::Object(said)) => {
            shown.iter().all(|(key, value)| said.get(key).is_some_and(|said| is_part(value, said)))
        }
        (Value::Array(shown), Value::Array(said)) => {
            let mut rest = said.iter();
            let is_empty_alike = !shown.is_empty() || said.is_empty();
            is_empty_alike && shown.iter().all(|value| rest.any(|said| is_part(value, said)))
        }
        (Value::String(shown), Value::String(said)) => is_like(shown, said),
        _ => shown == said,
    }
}

fn are_lines_of(shown: &[&str], said: &[&str]) -> bool {
    match shown {
        [] => said.is_empty(),
        ["…", rest @ ..] => (0..=said.len()).any(|skipped| are_lines_of(rest, &said[skipped..])),
        [line, rest @ ..] => said.first().is_some_and(|first| is_like(line, first)) && are_lines_of(rest, &said[1..]),
    }
}

#[test]
fn every_rule_has_an_example_and_is_silent_where_its_page_says_so() {
    let mut lacking = String::new();
    for rule in RULES {
        let page = Page::of_rule(rule.code);
        let marks = |example: &Example| {
            let notes = example.parts().into_iter().filter_map(|part| match part {
                Part::File { path, text } if is_note(&path) => Some(Marked::read(&text)),
                _ => None,
            });
            notes.flat_map(|note| note.marks).filter(|mark| mark.code == rule.code).count()
        };
        let (silent, others): (Vec<&Example>, Vec<&Example>) =
            page.examples.iter().filter(|example| example.is_runnable()).partition(|example| example.section == SILENT);
        if others.iter().all(|example| marks(example) == 0) {
            let _ = writeln!(lacking, "{}: no example has a finding of the rule", page.name);
        }
        if silent.is_empty() {
            let _ = writeln!(lacking, "{}: no example of “{SILENT}”", page.name);
        }
        for example in silent.iter().filter(|example| marks(example) > 0) {
            let _ = writeln!(lacking, "{}: the rule is not silent", page.place(example));
        }
        let is_shown = |line: usize| silent.iter().any(|example| example.item == Some(line));
        for (_, line) in page.items.iter().filter(|(section, line)| section == SILENT && !is_shown(*line)) {
            let _ = writeln!(lacking, "{}:{line}: no example of this silence", page.name);
        }
    }
    assert!(lacking.is_empty(), "\n{lacking}");
}

#[test]
fn settings_that_pages_show_are_understood() {
    let mut shown = 0;
    for page in pages::all() {
        for block in page.examples.iter().filter(|block| block.language == "toml corroborate.toml") {
            shown += 1;
            let workspace = Workspace::open(&Folder::with(&format!("//- corroborate.toml\n{}", block.text)).0);
            let mistakes: Vec<&str> = workspace.mistakes.iter().map(|mistake| mistake.message.plain()).collect();
            assert!(mistakes.is_empty(), "{}: {mistakes:?}", page.place(block));
        }
    }
    assert!(shown > 0, "no settings are shown");
}
