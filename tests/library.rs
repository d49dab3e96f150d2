//! The library over time: whatever happens to its sources, in whatever order, it ends as if it had
//! been read for the first time; and what is kept of it between sessions changes nothing.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use corroborate::text::words::words;
use corroborate::workspace::{self, Opener, Workspace};
use proptest::prelude::*;
use support::Folder;

const NOTE: &str = "The mill at Orrin closed in 1907. Eleven members were present. The ferry carries 40 cars [[b]].\n\nRain fell on \
                    Vesk for nine days. “The mill was never safe,” she said. The bridge is 90 metres long.\n";

/// What a user sees of a workspace: findings, evidence, and what a search finds.
fn seen(workspace: &Workspace) -> String {
    let checked = workspace::check(NOTE, "note.md", workspace, &|| false).expect("nobody cancels");
    let library = workspace.library.view();
    let evidence = checked.verifications.iter().flatten().flat_map(|v| &v.evidence);
    let evidence: Vec<_> = evidence
        .map(|e| {
            (
                library.address(e.source, e.span.start).plain().to_owned(),
                library.source(e.source).quote(e.span).plain().to_owned(),
            )
        })
        .collect();
    let query: Vec<_> = words("mill ferry Orrin Vesk members bridge").iter().map(|w| (w.term, 1.0)).collect();
    let found: Vec<_> = library.passages(&query, None, 20).into_iter().map(|(id, score)| (id, score.to_bits())).collect();
    let paths: Vec<_> = library.ids().map(|id| library.path(id).to_owned()).collect();
    format!("{:#?}", (paths, checked.findings, evidence, found, library.sentences()))
}

/// Something that happens to a source.
#[derive(Clone, Debug)]
enum Happening {
    Write(u8, String),
    Delete(u8),
    Rename(u8, u8),
    /// It is open in the editor with a text that is not saved.
    Open(u8, String),
    Close(u8),
    /// The session ends and another begins.
    Restart,
}

fn happening() -> impl Strategy<Value = Happening> {
    let text = prop::collection::vec(
        prop::sample::select(vec![
            "The mill at Orrin closed in 1907.",
            "The mill at Orrin closed in 1908.",
            "Eleven members were present.",
            "Twelve members were present.",
            "The ferry carries 40 cars.",
            "Rain fell on Vesk for six days.",
            "“The mill was never quite safe,” she said.",
            "The bridge at Vesk is 90 metres long, and the old mill is not.",
            "The Food Agency of Ilvane (FAI) met.",
            "\n",
        ]),
        0..6,
    )
    .prop_map(|sentences| sentences.join(" "));
    let name = 0u8..5;
    prop_oneof![
        4 => (name.clone(), text.clone()).prop_map(|(name, text)| Happening::Write(name, text)),
        2 => name.clone().prop_map(Happening::Delete),
        1 => (name.clone(), name.clone()).prop_map(|(from, to)| Happening::Rename(from, to)),
        2 => (name.clone(), text).prop_map(|(name, text)| Happening::Open(name, text)),
        1 => name.prop_map(Happening::Close),
        1 => Just(Happening::Restart),
    ]
}

fn path(name: u8) -> String {
    format!("sources/{}.txt", char::from(b'a' + name))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_of_events_ends_as_a_first_reading_does(happenings in prop::collection::vec(happening(), 1..12)) {
        let folder = Folder::with("//- sources/a.txt\nThe mill at Orrin closed in 1907.\n//- note.md\nempty\n");
        let mut open: BTreeMap<String, String> = BTreeMap::new();
        let mut workspace = Workspace::open(&folder.0);
        for happening in happenings {
            let mut touched = BTreeSet::new();
            match happening {
                Happening::Write(name, text) => {
                    touched.insert(path(name));
                    fs::write(folder.path(&path(name)), text).expect("a file");
                }
                Happening::Delete(name) => {
                    touched.insert(path(name));
                    let _ = fs::remove_file(folder.path(&path(name)));
                }
                Happening::Rename(from, to) => {
                    touched.extend([path(from), path(to)]);
                    let _ = fs::rename(folder.path(&path(from)), folder.path(&path(to)));
                }
                Happening::Open(name, text) => {
                    touched.insert(path(name));
                    open.insert(path(name), text);
                }
                Happening::Close(name) => {
                    touched.insert(path(name));
                    open.remove(&path(name));
                }
                Happening::Restart => {
                    open.clear();
                    workspace = Workspace::open(&folder.0);
                    continue;
                }
            }
            let opener = Opener { open: open.clone(), ..Opener::default() };
            workspace = opener.refresh(&workspace, &touched).expect("nobody cancels");
        }
        // The same sources elsewhere, as the editor has them, read for the first time.
        let other = Folder::with("//- sources/a.txt\nx\n//- note.md\nempty\n");
        let _ = fs::remove_file(other.path("sources/a.txt"));
        for name in 0..5 {
            let path = path(name);
            let is_there = folder.path(&path).is_file();
            let text = fs::read_to_string(folder.path(&path)).ok();
            if let Some(text) = open.get(&path).filter(|_| is_there).cloned().or(text) {
                fs::write(other.path(&path), text).expect("a file");
            }
        }
        prop_assert_eq!(seen(&workspace), seen(&Workspace::open(&other.0)));
    }
}

#[test]
fn what_is_kept_gives_the_same_and_is_used() {
    let folder = Folder::with("//- sources/a.txt\nThe mill at Orrin closed in 1907.\n//- note.md\nempty\n");
    let first = Workspace::open(&folder.0);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let progress = |_, _| _ = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let again = Opener { progress: &progress, ..Opener::default() }.open(&folder.0).expect("nobody cancels");
    assert_eq!(seen(&first), seen(&again));
    assert_eq!(count.into_inner(), 0, "nothing had changed");
    let same = Opener::default().reopen(&again).expect("nobody cancels");
    assert!(Arc::ptr_eq(&again, &same), "nothing had changed");
}

#[test]
fn nothing_is_said_about_what_no_source_says_while_sources_are_being_read() {
    let folder = Folder::with("//- sources/a.txt\nRain fell.\n//- note.md\nempty\n");
    let workspace = Workspace::open(&folder.0);
    let codes = |workspace: &Workspace| {
        let checked = workspace::check("Orrin has 3,000 mills.\n", "note.md", workspace, &|| false).expect("nobody cancels");
        checked.findings.iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&workspace), ["unsupported-claim"]);
    assert_eq!(codes(&workspace.partly_read()), Vec::<&str>::new());
}

#[test]
fn a_quotation_of_common_words_is_found_among_many_passages_with_the_same_words() {
    let mut files = "//- note.md\nempty\n".to_owned();
    for at in 0..300 {
        files.push_str(&format!(
            "//- sources/{at:03}.txt\n“It can do what we do of it, and we will not do it,” said the member.\n"
        ));
    }
    files.push_str("//- sources/real.txt\n“We will not do it, and it can do what we do of it,” said the member.\n");
    let folder = Folder::with(&files);
    let note = "“We will not do it, and it can do what we do of it,” the member said.\n";
    let workspace = Workspace::open(&folder.0);
    let checked = workspace::check(note, "note.md", &workspace, &|| false).expect("nobody cancels");
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
}
