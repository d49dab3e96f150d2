//! The first promise: a sentence of a source, put into a note, gets no finding, with its citation and without.
//!
//! Two things outweigh the same words: a correction that takes them back, and a citation of the wrong source for a
//! quotation inside them.

#[path = "support/random.rs"]
mod random;
mod support;

use std::path::Path;

use corroborate::library::{Library, SentenceId};
use corroborate::note::{Note, SentenceKind};
use corroborate::rules::{Finding, Severity};
use corroborate::text::Span;
use corroborate::workspace::{self, Workspace};
use proptest::prelude::*;
use random::Random;

/// What is said of every `step`th sentence of the library, put into a note of its own: how many were asked, and the
/// findings.
fn scolded(workspace: &Workspace, step: usize) -> (usize, Vec<String>) {
    let library = workspace.library.view();
    let mut said = Vec::new();
    let mut count = 0;
    for id in library.ids() {
        let source = library.source(id);
        let stem = Path::new(&source.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        for at in library.sentences_of(id).step_by(step) {
            let words = source.quote(library.sentence(SentenceId(at)).span).plain().to_owned();
            for note in [format!("{words}\n"), format!("{words} [@{stem}]\n")] {
                if !asserts_the_same(&note, &words) {
                    continue;
                }
                count += 1;
                let checked = workspace::check(&note, "note.md", workspace, &|| false).expect("nobody cancels");
                let is_retracted = checked.findings.iter().any(|f| f.message.plain().starts_with("A correction takes this back"));
                let is_loud = |f: &&Finding| f.severity != Severity::Hint && f.code != "wrong-citation" && !is_retracted;
                let loud = checked.findings.iter().filter(is_loud);
                said.extend(loud.map(|f| format!("{}: {}\n    {}: {}", source.path, note.trim(), f.code, f.message.plain())));
            }
        }
    }
    (count, said)
}

/// Whether the note is one claim of these words: what looks like markup in a source is markup in a note.
fn asserts_the_same(note: &str, words: &str) -> bool {
    let note = Note::parse(note);
    let [sentence] = &note.sentences[..] else { return false };
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    sentence.kind != Some(SentenceKind::Other) && plain(sentence.words.of(&note.layout.visible)) == plain(words)
}

#[track_caller]
fn holds(workspace: &Workspace, step: usize, least: usize) {
    let (count, said) = scolded(workspace, step);
    assert!(count >= least, "only {count} sentences were asked");
    assert!(said.is_empty(), "{} of {count}:\n{}", said.len(), said.join("\n"));
}

fn folder(name: &str, least: usize) {
    holds(&Workspace::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name)), 1, least);
}

#[test]
fn sentences_of_the_example_and_of_the_labelled_folders() {
    folder("examples/port-ansel", 600);
    for name in ["business", "court", "science", "sport"] {
        folder(&format!("tests/domains/{name}"), 150);
    }
}

#[test]
fn sentences_of_documents_of_every_format() {
    folder("tests/formats", 300);
}

#[test]
fn sentences_of_the_labelled_passages() {
    for kind in support::snapshot::CLAIMS {
        holds(&Workspace::of_library(support::snapshot::library(kind)), 12, 100);
    }
}

/// A case with notes and what a user expects of their sentences.
#[test]
fn denials_word_for_word() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/verbatim-denial");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the case");
    let (note, expected) = (read("note.md"), read("expected.json"));
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
    let checked = workspace::check(&note, "note.md", &Workspace::open(&folder), &|| false).expect("nobody cancels");
    for sentence in expected["sentences"].as_array().expect("sentences") {
        let words = sentence["text"].as_str().expect("words");
        let start = note.find(words).expect("the words are in the note");
        let line = Span::new(note[..start].rfind('\n').map_or(0, |at| at + 1), start + note[start..].find('\n').unwrap_or(0));
        let loud = checked.findings.iter().filter(|f| f.span.overlaps(line) && f.severity != Severity::Hint);
        let codes: Vec<&str> = loud.map(|f| f.code).collect();
        let is_wanted = sentence["want"] == "finding";
        assert_eq!(!codes.is_empty(), is_wanted, "“{words}”: {codes:?}");
    }
}

const SUBJECTS: &str = "The council|The mayor of Vesk|Corlin|The ferry company|Greta Lind|No witness|The second report|He";
const VERBS: &str = "did not approve|approved|never sold|sold|denied|rejected|may have hidden|allegedly took|cut|raised|lost";
const OBJECTS: &str = "the northern quay|41 houses|39 houses|12 per cent of the shares|all of the letters|most of the letters|\
                       the only key|the first trial|the claim|a view of the dam|the post";
const ENDS: &str = "on 4 May 2021|on 5 May 2021|in the 16th century|at 21:40|before the flood|after the flood|for Sauvel|because of \
                    the rain|, not in Orlan|but not in Hallin|, the deputy mayor said|";

fn one_of<'a>(random: &mut Random, words: &'a str) -> &'a str {
    let all: Vec<&str> = words.split('|').collect();
    all[random.below(all.len())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Sentences that differ in little more than a denial, a value or a name, in several sources.
    #[test]
    fn sentences_of_generated_libraries(seed in any::<u64>()) {
        let mut random = Random(seed | 1);
        let mut sources = Vec::new();
        for at in 0..3 {
            let sentence = |random: &mut Random| {
                let words = [SUBJECTS, VERBS, OBJECTS, ENDS].map(|words| one_of(random, words)).join(" ");
                format!("{}.", words.replace(" ,", ",").trim())
            };
            let sentences: Vec<String> = (0..8).map(|_| sentence(&mut random)).collect();
            sources.extend(support::sources(&format!("s{at}.txt"), &sentences.join(" ")));
        }
        let (_, said) = scolded(&Workspace::of_library(Library::new(sources, Default::default())), 1);
        prop_assert!(said.is_empty(), "{}", said.join("\n"));
    }
}
