//! Notes that were made to stall: each is as long as a book chapter, and would have taken minutes where the
//! time grows with the square of the length. What is too long to be checked is told.

mod support;

use std::sync::mpsc;
use std::time::Duration;

use corroborate::library::Library;
use corroborate::note::{LONGEST, LONGEST_SENTENCE, Note};
use corroborate::rules::Fingerprint;
use corroborate::rules::store::Store;
use corroborate::verify::MOST_QUOTED;
use corroborate::workspace::settings::Settings;
use corroborate::workspace::{self, CheckResult, Workspace};
use support::Folder;

const SOURCE: &str = "The old mill at Orrin closed in May 2021 after 7 days of flood.\n";
/// Far more than any of these takes on the slowest machine, and far less than the square of their lengths.
const PATIENCE: Duration = Duration::from_secs(300);

/// Does something that must end.
fn ending<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn check(name: &str, note: String) -> CheckResult {
    ending(name, move || {
        let library = Library::new(support::sources("sources/a.txt", SOURCE), Default::default());
        let workspace = Workspace::of_library(library);
        workspace::check(&note, "n.md", &workspace, &|| false).expect("nobody cancels")
    })
}

/// What is said to be too long, with the words that are underlined.
fn too_long<'t>(note: &'t str, checked: &CheckResult) -> Vec<(&'t str, String)> {
    let found = checked.findings.iter().filter(|finding| finding.code == "too-long");
    found.map(|finding| (finding.span.of(note), finding.message.plain().to_owned())).collect()
}

#[test]
fn marks_and_citations_without_end_take_no_time() {
    let list = |one: fn(usize) -> String, count: usize| (0..count).map(one).collect::<String>();
    for (name, note) in [
        ("known keys", "[@a] ".repeat(40_000)),
        ("keys in one list", format!("It closed [{}].", list(|at| format!("@kx{at}; "), 20_000))),
        ("keys without marks between", format!("It closed [{}].", "@a ".repeat(40_000))),
        ("bare keys", "@a2021 ".repeat(40_000)),
        ("open brackets behind keys", "@a2021 [".repeat(30_000)),
        ("cited by one sentence", format!("The old mill closed in May 2021. {}", "[@a] ".repeat(40_000))),
        ("footnotes", "[^1] ".repeat(40_000)),
        ("a footnote of many keys", format!("{}\n\n[^1]: {}\n", "It closed.[^1] ".repeat(1_000), "[@a] ".repeat(20_000))),
        ("open quotations", "“the mill ".repeat(20_000)),
        ("open quotations of other kinds", "„the mill «the mill \"the mill ‘the mill ‹the mill ".repeat(4_000)),
        ("quotations in one paragraph", "It was “the mill” at Orrin, and “the mill” it was. ".repeat(4_000)),
        ("code between quotations", "`a` “the mill” ".repeat(10_000)),
        ("a quotation without an end", format!("She said “{}”.", SOURCE.trim().to_owned().repeat(3_000))),
        ("sentences", "The mill at Orrin closed in June 2021. ".repeat(3_000)),
        ("one sentence", format!("The mill {} closed in June 2021.", list(|at| format!("w{at} "), 20_000))),
        ("one row", format!("| a |\n|---|\n| The mill {} closed |\n", list(|at| format!("w{at} 1{at} "), 20_000))),
        ("long headers", format!("| {} |\n|---|\n{}", "word ".repeat(10_000), "| The mill closed |\n".repeat(400))),
        ("a long heading", format!("# {}\n\n{}", "word ".repeat(10_000), "The mill closed.\n\n".repeat(400))),
        ("comments on one line", "<!-- corroborate: ignore[zz] x --> ".repeat(8_000)),
        ("comments on many lines", "The mill closed. <!-- corroborate: ignore[misquote] x -->\n".repeat(4_000)),
        ("blocks of comments", "<!-- corroborate: ignore-block x -->\n".repeat(8_000) + "The mill closed in 1821.\n"),
        ("one comment", format!("The mill closed. <!-- corroborate: ignore[{}] x -->\n", "misquote,".repeat(20_000))),
        ("a comment with a long word", format!("Dry. <!-- corroborate: ignore[{}] x -->\n", "k".repeat(200_000))),
        ("pages that are not there", "The old mill closed in May 2021 [@a, p. 9]. ".repeat(2_000)),
    ] {
        assert!(check(name, note).is_whole, "{name}");
    }
}

#[test]
fn a_key_is_held_against_many_and_against_long_ones() {
    let long = "k".repeat(100_000);
    let keys: String = (0..20_000).map(|at| format!("@misc{{key{at}2021, title = {{a}}}}\n")).collect();
    let note: String = (0..400).map(|at| format!("[@kez{at}2021x]. ")).collect();
    let folder = Folder::with(&format!("//- sources/a.txt\n{SOURCE}//- b.bib\n{keys}@misc{{{long}, title = {{a}}}}\n"));
    let checked = ending("keys", move || {
        let workspace = Workspace::open(&folder.0);
        let check = |note: &str| workspace::check(note, "n.md", &workspace, &|| false).expect("nobody cancels");
        let other = check(&format!("It closed [@{}].", "j".repeat(100_000)));
        assert_eq!(other.findings.iter().filter(|f| f.code == "unknown-citation").count(), 1);
        // So many more of them that nothing is looked for.
        let many: String = (0..2_000).map(|at| format!("[@kez{at}2021x]. ")).collect();
        let finding = &check(&many).findings[0];
        assert!(
            finding.message.plain().contains("none is looked for") && finding.fixes.is_empty(),
            "{}",
            finding.message.plain()
        );
        check(&note)
    });
    let message = &checked.findings[7].message.plain();
    assert!(message.ends_with("Did you mean “key72021”?"), "{message}");
}

#[test]
fn a_long_note_is_read_as_far_as_a_megabyte() {
    let line = "It rained.\n\n";
    let note = line.repeat(LONGEST / line.len() + 2_000);
    let checked = check("a long note", note.clone());
    let [(words, message)] = &too_long(&note, &checked)[..] else { panic!("it is told once") };
    assert_eq!(message, "The note is longer than 1 MB. What stands from here on is not checked.");
    assert!(!words.is_empty() && "It rained.".ends_with(words), "{words}");
    let last = checked.note.sentences.last().map_or(0, |sentence| sentence.span.end);
    assert!(last <= LONGEST && last + 4 * line.len() > LONGEST, "{last}");
    assert_eq!(checked.note.layout.visible.len(), note.len());
    let whole = &note[..note.floor_char_boundary(LONGEST)];
    assert_eq!(Note::parse(whole).cut, None);
    assert_eq!(Note::parse(&note).sentences.len(), checked.note.sentences.len());
}

#[test]
fn of_a_long_sentence_the_first_part_is_checked() {
    let words: String = (0..9_000).map(|at| format!("w{at} ")).collect();
    let note = format!("| a |\n|---|\n| The old mill closed in June 2021, {words} |\n");
    let checked = check("a long row", note.clone());
    let [(_, message)] = &too_long(&note, &checked)[..] else { panic!("it is told once") };
    assert!(message.contains(&format!("behind its first {LONGEST_SENTENCE} bytes")), "{message}");
    assert!(!checked.verifications.iter().flatten().any(|v| v.missing.iter().any(|span| span.end > LONGEST_SENTENCE)));
}

#[test]
fn of_a_long_quotation_the_first_words_are_compared() {
    let text = |count: usize| (0..count).map(|at| format!("the mill counted {at} bags. ")).collect::<String>();
    let source = text(900);
    let library = || Library::new(support::sources("sources/a.txt", &source), Default::default());
    let check = |note: &str| {
        let workspace = Workspace::of_library(library());
        workspace::check(note, "n.md", &workspace, &|| false).expect("nobody cancels")
    };
    // Three hundred words and more are compared word for word.
    let note = format!("She said “{}”.\n", text(150).trim());
    let checked = check(&note);
    assert!(checked.findings.is_empty(), "{:?}", checked.findings[0]);
    let note = format!("She said “{}”.\n", text(400).trim());
    let checked = check(&note);
    let [(words, message)] = &too_long(&note, &checked)[..] else { panic!("it is told once") };
    assert_eq!(*message, format!("This quotation is too long to be compared. Its first {MOST_QUOTED} words are."));
    assert!(words.starts_with("the mill counted 200 bags."), "{words}");
    assert_eq!(checked.findings.len(), 1);
}

#[test]
fn of_a_long_footnote_the_first_citations_count() {
    let note = format!("The old mill closed in May 2021.[^1]\n\n[^1]: {}\n", "[[a.txt]] ".repeat(300));
    let checked = check("a footnote", note.clone());
    let [(mark, message)] = &too_long(&note, &checked)[..] else { panic!("it is told once") };
    assert_eq!((*mark, message.as_str()), ("[^1]", "The footnote cites too much. Only its first 200 citations count."));
}

#[test]
fn many_aliases_take_no_time_and_a_crowded_name_is_told() {
    let aliases: String = (0..4_000).map(|at| format!("\"alias number {at}\" = \"the mill {at}\"\n")).collect();
    let crowded: String = (0..150).map(|at| format!("\"depot {at}\" = \"depot\"\n")).collect();
    let folder = Folder::with(&format!("//- sources/a.txt\n{SOURCE}//- corroborate.toml\n[aliases]\n{aliases}{crowded}"));
    let (mistakes, findings) = ending("aliases", move || {
        let workspace = Workspace::open(&folder.0);
        let note = "The alias number 7 closed. The mill 8 at Orrin closed in May 2021. ".repeat(50);
        let checked = workspace::check(&note, "n.md", &workspace, &|| false).expect("nobody cancels");
        (workspace.mistakes.clone(), checked.is_whole)
    });
    assert!(findings);
    let [mistake] = &mistakes[..] else { panic!("{mistakes:?}") };
    assert!(mistake.message.plain().starts_with("“depot” has more than 100 aliases"), "{}", mistake.message.plain());
    assert_eq!(Settings::default().aliases.len(), 0);
}

#[test]
fn a_long_list_of_accepted_findings_is_read_and_told_of() {
    let line = |at: usize| format!("\"{at:016x}\" = {{ rule = \"misquote\", reason = \"x\" }}\n");
    let text: String = (0..20_000).map(line).collect();
    let store = ending("a list", move || Store::parse(&text));
    assert_eq!((store.entries().count(), store.mistakes.len()), (20_000, 0));
    assert_eq!(store.on_line(20_000).map(|entry| entry.rule.as_str()), Some("misquote"));
    assert!(Fingerprint::parse(&format!("{:016x}", 19_999)).is_some_and(|last| store.entry(last).is_some()));
}

#[test]
fn the_command_line_shows_a_paragraph_of_citations() {
    let folder = Folder::with(&format!("//- sources/a.txt\n{SOURCE}//- m.md\n"));
    std::fs::write(folder.path("m.md"), format!("The mill closed in June 2021. {}\n", "[@none2021] ".repeat(8_000)))
        .expect("a note");
    let printed = ending("the command line", move || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.args(["check", "m.md"]).current_dir(&folder.0).env("CORROBORATE_CACHE", folder.path(".cache"));
        command.output().expect("it runs").stdout
    });
    let printed = String::from_utf8_lossy(&printed);
    assert!(printed.contains("8001 warnings") || printed.contains("8000 warnings"), "{}", &printed[printed.len() - 300..]);
    // Of the paragraph only what is near is shown for each.
    assert!(printed.len() < 8_000 * 7_000, "{}", printed.len());
}
