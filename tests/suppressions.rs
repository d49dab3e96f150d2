//! What directives and the desk's list leave out, and what is said of them.
//!
//! As in `findings.rs`, a marker line underlines the words above it, and every finding has one.

mod support;

use std::process::Command;

use corroborate::library::Library;
use corroborate::rules::store::{self, Store};
use corroborate::rules::{Fix, Level, suppress};
use corroborate::workspace::settings::Step;
use corroborate::workspace::{self, ChangeScope, CheckResult, Opener, Workspace};
use support::Folder;
use support::findings::{check, checked};

const MILL: &str = "
//- sources/2024-03-15-mill.txt
The mill at Orrin closed on 3 May after 112 years. It employed 48 people.
";

#[test]
fn behind_a_sentence_it_ignores_what_is_found_in_it() {
    check(
        MILL,
        "\
The mill at Orrin closed on 5 May. <!-- corroborate: ignore[number-conflict] the calendar of Orrin -->
It employed 49 people. <!-- corroborate: ignore counted anew --> Otto Brandt bought the mill.
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
- Otto Brandt bought the mill. <!-- corroborate: ignore[unsupported-claim] he told us -->
- Ines Dorr bought the mill.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
}

#[test]
fn on_a_line_of_its_own_it_is_for_the_next_sentence() {
    check(
        MILL,
        "\
It employed 48 people.
<!-- corroborate: ignore[number-conflict] the calendar of Orrin -->
The mill at Orrin closed on 5 May. It employed 49 people.
                                               ^^ number-conflict
",
    );
}

#[test]
fn other_rules_are_heard() {
    check(
        MILL,
        "\
The mill at Orrin closed on 5 May. <!-- corroborate: ignore[misquote, number-conflict] so they say -->
                                                            ^^^^^^^^ unused-suppression
Otto Brandt bought the mill. <!-- corroborate: ignore[misquote] so they say -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression
",
    );
}

#[test]
fn a_block_or_a_note_can_be_ignored() {
    check(
        MILL,
        "\
It employed 49 people.
            ^^ number-conflict

<!-- corroborate: ignore-block[unsupported-claim] from the phone -->
- Otto Brandt bought the mill.
- Ines Dorr sold it to him for 2 million crowns.
- It employed 49 people.
              ^^ number-conflict

Otto Brandt bought the bank.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim
",
    );
    check(
        MILL,
        "\
It employed 49 people.
            ^^ number-conflict

Otto Brandt bought the mill.

Ines Dorr sold it to him for 2 million crowns.

<!-- corroborate: ignore-file[unsupported-claim] from the phone -->
",
    );
}

#[test]
fn citations_are_part_of_their_sentence() {
    check(
        MILL,
        "\
It employed 48 people [@mil]. <!-- corroborate: ignore[unknown-citation] comes with the post -->
It employed 48 people.[^1] <!-- corroborate: ignore[unknown-citation] comes with the post -->
",
    );
}

#[test]
fn a_reason_cites_nothing() {
    check(
        MILL,
        "\
It employed 49 people. <!-- corroborate: ignore[number-conflict] “I counted anew”, says [@gone], as in [[gone]] -->
",
    );
}

#[test]
fn a_reason_must_be_given() {
    check(
        MILL,
        "\
It employed 49 people. <!-- corroborate: ignore[number-conflict] -->
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-without-reason
It employed 50 people. <!-- corroborate: ignore TODO: say why -->
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-without-reason
",
    );
}

#[test]
fn what_cannot_be_understood_ignores_nothing() {
    check(
        MILL,
        "\
It employed 49 people. <!-- corroborate: ignore[number-conflct] so they say -->
            ^^ number-conflict
                                                ^^^^^^^^^^^^^^ invalid-suppression
It employed 50 people. <!-- corroborate: ignroe[number-conflict] so they say -->
            ^^ number-conflict
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-suppression
Is it `<!-- corroborate: ignore-file in code -->`?
",
    );
}

#[test]
fn words_that_a_comment_hides_are_named() {
    check(
        MILL,
        "\
Otto Brandt bought the mill.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unsupported-claim

<!-- corroborate: ignore[unsupported-claim] he told us --> Otto Brandt bought the mill.
                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-suppression

Ines Dorr sold the mill.
",
    );
}

/// The messages and the notes after the fixes.
fn told(note: &str) -> String {
    let checked = checked(MILL, note);
    let shown = checked.findings.iter().map(|finding| {
        let fixes = finding.fixes.iter().map(|fix| format!("  {}: {:?}\n", fix.title.plain(), applied(note, fix)));
        format!("{}: {}\n{}", finding.severity.name(), finding.message.plain(), fixes.collect::<String>())
    });
    shown.collect()
}

fn applied(text: &str, fix: &Fix) -> String {
    let [edit] = &fix.edits[..] else { panic!("one edit was expected") };
    format!("{}{}{}", &text[..edit.span.start], edit.text, &text[edit.span.end..])
}

#[test]
fn messages_say_what_to_do() {
    expect_test::expect![[r#"
        error: The note says “49”, but 2024-03-15-mill.txt, 2024-03-15 (line 1) says “48”.
          replace “49” with “48”: "It employed 48 people. <!-- corroborate: ignore[number-conflct] -->\n"
        hint: This does not say why. Write the reason behind it.
        warning: “number-conflct” is no rule; did you mean “number-conflict”?
          write “number-conflict”: "It employed 49 people. <!-- corroborate: ignore[number-conflict] -->\n"
    "#]]
    .assert_eq(&told("It employed 49 people. <!-- corroborate: ignore[number-conflct] -->\n"));
    expect_test::expect![[r#"
        warning: “grammar” is no rule.
        warning: This ignores nothing. It is written <!-- corroborate: ignore[rule] reason -->, or with ignore-block or ignore-file.
          write “ignore-file”: "Dry? <!-- corroborate: ignore[grammar] x -->\n\n<!-- corroborate: ignore-file x -->\n"
    "#]].assert_eq(&told("Dry? <!-- corroborate: ignore[grammar] x -->\n\n<!-- corroborate: ignore-fil x -->\n"));
    expect_test::expect![[r#"
        hint: No finding is ignored by this.
          delete the comment: "It employed 48 people.\nDry?\n"
    "#]]
    .assert_eq(&told("It employed 48 people. <!-- corroborate: ignore x -->\nDry?\n"));
    expect_test::expect![[r#"
        hint: No finding is ignored by this.
          delete the comment: "Dry?\n\nIt employed 48 people.\n"
    "#]]
    .assert_eq(&told("Dry?\n\n<!-- corroborate: ignore[misquote, overclaim] x -->\n\nIt employed 48 people.\n"));
    expect_test::expect![[r#"
        hint: No finding is ignored by this.
          delete the comment: "It employed 49 people.\n"
        warning: These words are not checked: a comment at the beginning of a line hides the line from Markdown.
          put the comment on a line of its own: "<!-- corroborate: ignore[number-conflict] x -->\nIt employed 49 people.\n"
    "#]]
    .assert_eq(&told("<!-- corroborate: ignore[number-conflict] x --> It employed 49 people.\n"));
    expect_test::expect![[r#"
        hint: No finding of “misquote” is ignored by this.
          delete “misquote”: "It employed 49 people. <!-- corroborate: ignore[number-conflict, overclaim] x -->\n"
        hint: No finding of “overclaim” is ignored by this.
          delete “overclaim”: "It employed 49 people. <!-- corroborate: ignore[misquote, number-conflict] x -->\n"
    "#]]
    .assert_eq(&told("It employed 49 people. <!-- corroborate: ignore[misquote, number-conflict, overclaim] x -->\n"));
}

#[test]
fn nothing_is_called_unused_before_all_is_known() {
    let sources = support::parts(MILL).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    let note = "It employed 48 people. <!-- corroborate: ignore x -->\n";
    let without_sources = Workspace::of_library(Library::default());
    let codes = |workspace: &Workspace| {
        let checked = workspace::check(note, "note.md", workspace, &|| false).expect("nobody cancels");
        checked.findings.iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&workspace), ["unused-suppression"]);
    assert_eq!(codes(&workspace.partly_read()), [""; 0]);
    assert_eq!(codes(&without_sources), [""; 0]);
}

#[test]
fn a_directive_is_needed_as_soon_as_another_part_of_the_note_needs_it() {
    let sources = support::parts(MILL).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let workspace = Workspace::of_library(Library::new(sources, Default::default()));
    let head = "# Orrin\n\n<!-- corroborate: ignore-file[number-conflict] -->\n\nDry?\n\n# Staff\n\n";
    let without_reason = "suppression-without-reason";
    let unused = vec![without_reason, "unused-suppression"];
    for (rest, expected) in [("48", unused.clone()), ("49", vec![without_reason]), ("48", unused)] {
        let note = format!("{head}It employed {rest} people.\n");
        let checked = workspace::check(&note, "note.md", &workspace, &|| false).expect("nobody cancels");
        assert_eq!(codes(&checked), expected, "{rest}");
    }
}

/// A check with what is said of rules, and with the list of accepted findings.
fn checked_with(note: &str, rules: &[(&'static str, Level)], list: &str) -> CheckResult {
    let sources = support::parts(MILL).into_iter().flat_map(|(path, text)| support::sources(path, &text)).collect();
    let mut workspace = Workspace::of_library(Library::new(sources, Default::default()));
    workspace.settings.steps.push(Step { rules: rules.iter().copied().collect(), ..Step::default() });
    workspace.store = Store::parse(list);
    workspace::check(note, "notes/note.md", &workspace, &|| false).expect("nobody cancels")
}

fn codes(checked: &CheckResult) -> Vec<&str> {
    checked.findings.iter().map(|f| f.code).collect()
}

#[test]
fn a_rule_that_is_off_needs_no_directive_and_leaves_it_alone() {
    let note = "Otto Brandt bought the mill. <!-- corroborate: ignore[unsupported-claim] he told us -->\n";
    assert_eq!(codes(&checked_with(note, &[("unsupported-claim", Level::Off)], "")), [""; 0]);
    let no_reason = "Otto Brandt bought the mill. <!-- corroborate: ignore[unsupported-claim] -->\n";
    assert_eq!(codes(&checked_with(no_reason, &[], "")), ["suppression-without-reason"]);
    assert_eq!(codes(&checked_with(no_reason, &[("suppression-without-reason", Level::Off)], "")), [""; 0]);
}

/// The list with the first finding of a note in it.
fn listed(note: &str) -> String {
    let checked = checked_with(note, &[], "");
    let (fingerprint, entry) = suppress::entry(&checked.note, note, "notes/note.md", &checked.findings[0]);
    store::with("", fingerprint, &store::Entry { reason: "he told us".to_owned(), ..entry })
}

#[test]
fn the_list_ignores_a_finding_wherever_its_sentence_goes() {
    let list = listed("Otto Brandt bought the mill.\n");
    for note in [
        "Otto Brandt bought the mill.\n",
        "# Orrin\n\nIt employed 48 people. Otto Brandt\nbought *the mill*! It closed.\n",
        "- Otto Brandt bought the mill <!-- here -->\n",
    ] {
        let checked = checked_with(note, &[], &list);
        assert_eq!((codes(&checked), checked.ignored.findings.len(), checked.ignored.entries.len()), (vec![], 1, 1), "{note}");
    }
    let checked = checked_with("Otto Brandt bought the mills.\n", &[], &list);
    assert_eq!((codes(&checked), checked.ignored.findings.len()), (vec!["unsupported-claim"], 0));
    let (other, cited) = ("It employed 48 people [@mil].\n", "It employed people for 112 years; see [@mil].\n");
    assert_eq!(codes(&checked_with(cited, &[], &listed(other))), [""; 0], "a citation is known by itself");
}

#[test]
fn a_wrong_line_of_the_list_is_named_and_the_rest_counts() {
    let good = listed("Otto Brandt bought the mill.\n");
    let line = good.lines().nth(1).expect("an entry");
    let text = format!(
        "{good}{line}\n<<<<<<< HEAD\n\"12\" = {{ rule = \"misquote\" }}\n\"0123456789abcdef\" = {{ rule = \"misqoute\" }}\n\"0123456789abcdef\" = {{ rule = \"misquote\", resaon = \"x\" }}\n[x]\nx\n"
    );
    let store = Store::parse(&text);
    let mistakes: String = store.mistakes.iter().map(|mistake| format!("{}\n", mistake.told().plain())).collect();
    expect_test::expect![[r#"
        corroborate-ignore.toml:3: this finding is on line 2 already
        corroborate-ignore.toml:4: this is left over from a merge
        corroborate-ignore.toml:5: “12” is no fingerprint; an entry is one line: "fingerprint" = { rule = "…", reason = "…" }
        corroborate-ignore.toml:6: “misqoute” is no rule; did you mean “misquote”?
        corroborate-ignore.toml:7: unknown field `resaon`, expected one of `rule`, `note`, `reason`, `text`; an entry is one line: "fingerprint" = { rule = "…", reason = "…" }
        corroborate-ignore.toml:8: missing field `rule`; an entry is one line: "fingerprint" = { rule = "…", reason = "…" }
        corroborate-ignore.toml:9: key with no value, expected `=`; an entry is one line: "fingerprint" = { rule = "…", reason = "…" }
    "#]].assert_eq(&mistakes);
    assert_eq!(store.entries().count(), 1);
}

#[test]
fn entries_are_one_line_each_and_sorted() {
    let notes =
        ["Otto Brandt bought the mill.\n", "It employed 49 people.\n", "Ines \"Dori\" Dorr\nbought the bank\\ of Orrin.\n"];
    let write = |order: [usize; 3]| {
        order.into_iter().fold(String::new(), |text, at| {
            let checked = checked_with(notes[at], &[], "");
            let (fingerprint, entry) = suppress::entry(&checked.note, notes[at], "notes/note.md", &checked.findings[0]);
            store::with(&text, fingerprint, &entry)
        })
    };
    let text = write([0, 1, 2]);
    expect_test::expect![[r##"
        # Findings that are accepted, one a line. See docs/suppressions.md of corroborate.
        "0a26b6ad165eaa7e" = { rule = "unsupported-claim", note = "notes/note.md", reason = "TODO: say why", text = 'Ines "Dori" Dorr bought the bank\ of Orrin.' }
        "569dd994034d9d83" = { rule = "number-conflict", note = "notes/note.md", reason = "TODO: say why", text = "It employed 49 people." }
        "b875045fc707421a" = { rule = "unsupported-claim", note = "notes/note.md", reason = "TODO: say why", text = "Otto Brandt bought the mill." }
    "##]].assert_eq(&text);
    assert_eq!(write([2, 0, 1]), text);
    let store = Store::parse(&text);
    assert_eq!((store.entries().count(), &store.mistakes[..]), (3, &[][..]));
    assert!(store.entries().map(|(_, listed)| listed.line).is_sorted());
    // An entry that is there already is written anew.
    let (fingerprint, listed) = store.entries().next().expect("an entry");
    let again = store::with(&text, fingerprint, &store::Entry { reason: "known".to_owned(), ..listed.entry.clone() });
    assert_eq!(
        (again.lines().count(), Store::parse(&again).entries().next().expect("an entry").1.entry.reason.as_str()),
        (4, "known")
    );
}

/// Each of the three edits must leave out the finding, and nothing else.
#[track_caller]
fn silences(note: &str) -> Vec<String> {
    let before = checked_with(note, &[], "");
    let finding = &before.findings[0];
    let fixes = suppress::fixes(&before.note, note, "notes/note.md", &Store::default(), finding);
    let shown = fixes.iter().map(|fix| {
        let (text, list) = match fix.file {
            None => (applied(note, fix), String::new()),
            Some(_) => (note.to_owned(), applied("", fix)),
        };
        let after = checked_with(&text, &[], &list);
        let rest: Vec<&str> = codes(&after).into_iter().filter(|code| *code != "suppression-without-reason").collect();
        assert_eq!(rest, codes(&before)[1..], "{}\n{text}", fix.title.plain());
        assert_eq!(after.note.sentences.len(), before.note.sentences.len(), "{text}");
        format!("{}:\n{}", fix.title.plain(), if fix.file.is_some() { list } else { text })
    });
    shown.collect()
}

#[test]
fn three_edits_ignore_a_finding() {
    expect_test::expect![[r#"
        ignore “unsupported-claim” in this sentence:
        Dry? Otto Brandt bought the mill. <!-- corroborate: ignore[unsupported-claim] TODO: say why --> It employed 48 people.

        ignore “unsupported-claim” in this note:
        <!-- corroborate: ignore-file[unsupported-claim] TODO: say why -->

        Dry? Otto Brandt bought the mill. It employed 48 people.

        ignore “unsupported-claim” in the project, for this sentence:
        # Findings that are accepted, one a line. See docs/suppressions.md of corroborate.
        "b875045fc707421a" = { rule = "unsupported-claim", note = "notes/note.md", reason = "TODO: say why", text = "Otto Brandt bought the mill." }
    "#]].assert_eq(&silences("Dry? Otto Brandt bought the mill. It employed 48 people.\n").join("\n"));
    for note in [
        "It employed 49 people.",
        "- It employed 49 people.\n- It employed 48 people.\n",
        "| Mill | People |\n|---|---|\n| It employed 49 people | yes |\n",
        "> It employed\n> 49 people.\n\nDry?\n",
        "---\ntitle: x\n---\n# Orrin\n\nIt employed **49 people.** It closed.\n",
        "Orrin\n=====\n\nIt employed `49 people`\n",
        "It employed 49 people [@2024-03-15-mill].[^1] It closed.\n\n[^1]: sources/2024-03-15-mill.txt\n",
        "It employed 48 people [@mil]. It closed.\n",
        "“It employed 49 people after\n112 years of work.” It closed.\n",
    ] {
        assert_eq!(silences(note).len(), 3, "{note}");
    }
}

#[test]
fn a_directive_that_is_there_takes_another_rule() {
    let note =
        "<!-- corroborate: ignore-file[misquote] x -->\n\nIt employed 49 people. <!-- corroborate: ignore[overclaim] x -->\n";
    let before = checked_with(note, &[("unused-suppression", Level::Off)], "");
    let fixes = suppress::fixes(&before.note, note, "note.md", &Store::default(), &before.findings[0]);
    assert!(applied(note, &fixes[0]).contains("ignore[overclaim, number-conflict] x"));
    assert!(applied(note, &fixes[1]).contains("ignore-file[misquote, number-conflict] x"));
    let unused = checked_with("<!-- corroborate: ignore-file[misquote] x -->\n", &[], "");
    assert_eq!(suppress::fixes(&unused.note, "", "note.md", &Store::default(), &unused.findings[0]), []);
}

#[test]
fn a_list_that_changes_counts_at_once() {
    let note = "Otto Brandt bought the mill.\n";
    let folder = Folder::with(MILL);
    let before = Workspace::open(&folder.0);
    let codes = |workspace: &Workspace| {
        let checked = workspace::check(note, "notes/note.md", workspace, &|| false).expect("nobody cancels");
        checked.findings.iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&before), ["unsupported-claim"]);
    let file = folder.path(store::FILE_NAME);
    std::fs::write(&file, listed(note)).expect("a file");
    assert_eq!(before.affected(&file), ChangeScope::Everything);
    let with = Opener::default().reopen(&before).expect("nobody cancels");
    assert_eq!(codes(&with), [""; 0]);
    std::fs::remove_file(&file).expect("it was there");
    let without = Opener::default().reopen(&with).expect("nobody cancels");
    assert_eq!(codes(&without), ["unsupported-claim"]);
}

const DESK: &str = "
//- sources/2024-03-15-mill.txt
The mill at Orrin closed on 3 May after 112 years. It employed 48 people.
//- a.md
It employed 49 people. <!-- corroborate: ignore[number-conflict] counted anew -->
//- b.md
It employed 48 people.
";

fn corroborate(folder: &Folder, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    let output = command.args(arguments).current_dir(&folder.0).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn check_counts_what_is_ignored_and_names_what_the_list_has_in_vain() {
    let list = listed("Otto Brandt bought the mill.\n").replace("he told us", "");
    let folder = Folder::with(&format!("{DESK}//- corroborate-ignore.toml\n{list}x\n"));
    let (out, err, code) = corroborate(&folder, &["check"]);
    expect_test::expect![[r#"
        hint[unused-suppression]: No finding is ignored by this. Delete the line.
          --> corroborate-ignore.toml:2
           | unsupported-claim in notes/note.md: Otto Brandt bought the mill.

        hint[suppression-without-reason]: This does not say why. Write a reason.
          --> corroborate-ignore.toml:2
           | unsupported-claim in notes/note.md: Otto Brandt bought the mill.

        0 errors, 0 warnings, 2 hints, 1 ignored in 2 notes with 2 claims, checked against 1 source
    "#]]
    .assert_eq(&out);
    expect_test::expect![[r#"
        corroborate: corroborate-ignore.toml:3: key with no value, expected `=`; an entry is one line: "fingerprint" = { rule = "…", reason = "…" }
    "#]].assert_eq(&err);
    assert_eq!(code, Some(0));
    // Another note may need it.
    assert!(!corroborate(&folder, &["check", "a.md"]).0.contains("unused-suppression"));
    // What is off now may be needed another time.
    assert!(!corroborate(&folder, &["check", "--rule", "unsupported-claim=off"]).0.contains("unused-suppression"));
    assert_eq!(corroborate(&folder, &["check", "--rule", "unused-suppression=warning"]).2, Some(1));
    let json: serde_json::Value = serde_json::from_str(&corroborate(&folder, &["check", "--format", "json"]).0).expect("JSON");
    assert_eq!(json["store"][0]["code"], "unused-suppression");
    assert_eq!((&json["store"][0]["line"], &json["notes"][0]["ignored"]), (&2.into(), &1.into()));
}
