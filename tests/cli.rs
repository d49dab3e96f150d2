//! The command line as a user meets it: output, exit codes and plain errors.

mod support;

use std::process::{Command, Output};

use support::Folder;

fn corroborate(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_corroborate")).args(arguments).current_dir(&folder.0).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const MILL: &str = "
//- sources/2024-03-15-mill.txt
The mill at Orrin closed on 3 May after 112 years. It employed 48 people.
//- note.md
The mill at Orrin closed on 5 May after 112 years.
It employed 48 people.
";

#[test]
fn findings_look_like_a_compilers() {
    let folder = Folder::with(MILL);
    let output = corroborate(&folder, &["check"]);
    expect_test::expect![[r#"
        error[number-conflict]: The note says “5 May”, but 2024-03-15-mill.txt, 2024-03-15 (line 1) says “3 May”.
          --> note.md:1:29
           | The mill at Orrin closed on 5 May after 112 years.
           |                             ^^^^^
           = sources/2024-03-15-mill.txt:1 (2024-03-15)
             “The mill at Orrin closed on 3 May after 112 years.”
           = fix: replace “5 May” with “3 May”

        1 error, 0 warnings in 1 note with 2 claims, checked against 1 source
    "#]]
    .assert_eq(&out(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_clean_note_exits_with_0_and_a_failure_with_2() {
    let folder = Folder::with(&format!("{}//- refs.bib\n@misc{{a, title = {{A}}}}\n", MILL.replace("5 May", "3 May")));
    assert_eq!(corroborate(&folder, &["check", "note.md"]).status.code(), Some(0));
    for arguments in [
        vec!["check", "gone.md"],
        vec!["check", "--root", "gone"],
        vec!["check", "sources/2024-03-15-mill.txt"],
        vec!["check", "refs.bib"],
        vec!["verify", "--claims", "gone"],
        vec![],
    ] {
        let output = corroborate(&folder, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
    }
    assert!(err(&corroborate(&folder, &["check", "gone.md"])).contains("gone.md: No such file"));
}

#[test]
fn settings_move_the_sources_and_a_mistake_in_them_is_named() {
    let moved = MILL
        .replace("sources/", "archive/")
        .replace("//- note.md", "//- corroborate.toml\nsources = [\"archive/**\"]\n//- note.md");
    let output = corroborate(&Folder::with(&moved), &["check"]);
    assert!(out(&output).contains("number-conflict"), "{}", out(&output));

    let broken = MILL.replace("//- note.md", "//- corroborate.toml\nsource = [\"archive/**\"]\n//- note.md");
    let output = corroborate(&Folder::with(&broken), &["check"]);
    expect_test::expect![[r#"
        corroborate: corroborate.toml:1: “source” is no setting; did you mean “sources”?
    "#]]
    .assert_eq(&err(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_note_below_the_root_finds_it_upwards() {
    let folder = Folder::with(&MILL.replace("//- note.md", "//- notes/2024/note.md"));
    let output = Command::new(env!("CARGO_BIN_EXE_corroborate"))
        .args(["check", "note.md"])
        .current_dir(folder.path("notes/2024"))
        .output()
        .expect("the program runs");
    assert!(out(&output).contains("--> notes/2024/note.md:1:29"), "{}", out(&output));
}

#[test]
fn unreadable_and_unknown_files_are_named_and_the_rest_goes_on() {
    let folder = Folder::with(&format!("{MILL}\n//- sources/scan.xyz\nx\n"));
    let output = corroborate(&folder, &["check"]);
    assert!(err(&output).contains("sources/scan.xyz was not read: no reader knows this format"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn search_prints_ranked_passages() {
    let folder = Folder::with(MILL);
    let output = corroborate(&folder, &["search", "employed", "people"]);
    let shown = out(&output);
    assert!(shown.lines().nth(1).is_some_and(|l| l.trim() == "It employed 48 people."), "{shown}");
    assert_eq!(corroborate(&folder, &["search", "zeppelin"]).status.code(), Some(1));
}

#[test]
fn claims_of_other_tools_are_judged_in_order() {
    let folder = Folder::with(
        "
//- claims.jsonl
{\"id\": \"a\", \"claim\": \"The mill closed on 3 May.\", \"doc_id\": \"d1\"}
{\"id\": 2, \"claim\": \"The mill closed on 9 May.\", \"doc_id\": \"d1\"}
{\"id\": \"c\", \"claim\": \"\", \"doc_id\": \"d2\"}
//- documents.jsonl
{\"doc_id\": \"d1\", \"text\": \"The mill closed on 3 May.\"}
{\"doc_id\": \"d2\", \"text\": \"\"}
//- broken.jsonl
{\"id\": \"a\", \"claim\": \"x\", \"doc_id\": \"d1\"}
{\"id\": }
",
    );
    let output = corroborate(&folder, &["verify", "--claims", "claims.jsonl", "--documents", "documents.jsonl"]);
    let lines: Vec<serde_json::Value> = out(&output).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let ids: Vec<String> = lines.iter().map(|l| l["id"].to_string()).collect();
    assert_eq!(ids, ["\"a\"", "2", "\"c\""]);
    assert_eq!(lines[0]["verdict"], "supported");
    assert_eq!(lines[1]["verdict"], "contradicted");
    assert_eq!(lines[0]["evidence"][0]["span"], serde_json::json!([0, 25]));
    assert!(lines[0]["score"].as_f64() > Some(0.5) && lines[1]["score"].as_f64() < Some(0.5));

    let output = corroborate(&folder, &["verify", "--claims", "broken.jsonl", "--documents", "documents.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("broken.jsonl:2: "), "{}", err(&output));
}

#[test]
fn control_characters_of_files_never_reach_the_terminal() {
    let folder = Folder::with(
        &MILL
            .replace("It employed 48", "It\u{1b}[31m employed\u{7} \u{202e}48")
            .replace("//- note.md", "//- note.md\nIt employed 49 people.\n"),
    );
    let shown = out(&corroborate(&folder, &["check"]));
    assert!(shown.contains("48") && !shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
}

#[test]
fn a_root_alone_means_all_of_its_notes() {
    let folder = Folder::with(MILL);
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
        command.arg("check").args(args).current_dir(std::env::temp_dir()).output().expect("the program runs")
    };
    let root = folder.0.to_str().expect("a path in UTF-8");
    assert_eq!(run(&["--root", root]).stdout, run(&["--root", root, root]).stdout);
    assert_eq!(run(&["--root", root]).status.code(), Some(1));
}

#[test]
fn the_doctor_says_how_things_are_and_no_word_of_the_files() {
    let folder = Folder::with(&format!(
        "{MILL}//- sources/secret-name.pdf\nno pdf\n//- corroborate.toml\n[rules]\nnonsense-of-mine = \"off\"\n//- refs.bib\n@misc{{a, title = {{A}}}}\n"
    ));
    let output = corroborate(&folder, &["doctor"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let told = out(&output);
    let (version, rest) = told.split_once('\n').expect("lines");
    assert!(version.starts_with(&format!("version: {} ", env!("CARGO_PKG_VERSION"))), "{version}");
    let rest: Vec<&str> = rest.lines().filter(|line| !line.starts_with("system:")).collect();
    let cache = rest.iter().find(|line| line.starts_with("cache:")).expect("the cache");
    assert!(cache.contains("MB, whole, can be written"), "{cache}");
    let rest: Vec<&str> = rest.into_iter().filter(|line| !line.starts_with("cache:")).collect();
    expect_test::expect![[r#"
        settings: a file; mistakes: line 2; mistakes in the list of accepted findings: none
        library: sources: 1 (1 .txt); sentences: 2; files not read: 1; bibliographies: 1, entries: 1
        notes: 1
        not read: a file .pdf, it is broken: its structure cannot be read"#]]
    .assert_eq(&rest.join("\n"));
    for secret in ["secret-name", "nonsense-of-mine", "Orrin"] {
        assert!(!told.contains(secret), "{told}");
    }
    assert!(out(&corroborate(&folder, &["doctor", "--names"])).contains("secret-name.pdf"));
}
