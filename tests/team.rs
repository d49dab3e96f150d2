//! What a desk with one repository needs: a baseline, what fails, and a lock of what bore the claims out.

mod support;

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use support::Folder;
use support::client::Client;

const MILL: &str = "The mill at Orrin closed on 3 May after 112 years.\nIt employed 48 people.\n";

const DESK: &str = "\
//- corroborate.toml
//- sources/mill.txt
The mill at Orrin closed on 3 May after 112 years.
It employed 48 people.
//- notes/a.md
The mill at Orrin closed on 3 May after 112 years [@mill].

It employed 48 people [@mill].

Otto Brandt bought the mill for €3.5 million.
//- notes/b.md
It employed 49 people.
";

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.args(arguments).current_dir(&folder.0).output().expect("the program")
}

/// What it prints, and its exit code.
fn said(folder: &Folder, arguments: &[&str]) -> (String, i32) {
    let output = run(folder, arguments);
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code().expect("a code"))
}

/// What it says is wrong. Its exit code must be 2.
fn refused(folder: &Folder, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn last_lines(text: &str) -> String {
    text.split("\n\n").last().unwrap_or_default().to_owned()
}

fn write(folder: &Folder, name: &str, text: &str) {
    fs::write(folder.path(name), text).expect("a file");
}

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).expect("a file")
}

const UPDATE: [&str; 4] = ["check", "--baseline", "known", "--update-baseline"];
const CHECK: [&str; 3] = ["check", "--baseline", "known"];

#[test]
fn only_what_is_not_in_the_baseline_counts() {
    let folder = Folder::with(DESK);
    assert_eq!(said(&folder, &["check"]).1, 1);
    assert_eq!(said(&folder, &UPDATE), ("known: 2 findings\n".to_owned(), 0));
    expect_test::expect![[r#"
        # Findings that are known, one a line. `corroborate check --update-baseline` writes it. See docs/team.md of corroborate.
        "28b0232f771beacd" = { rule = "unsupported-claim", note = "notes/a.md", count = 1, text = "Otto Brandt bought the mill for €3.5 million." }
        "569dd994034d9d83" = { rule = "number-conflict", note = "notes/b.md", count = 1, text = "It employed 49 people." }
    "#]]
    .assert_eq(&read(&folder, "known"));
    let clean = "0 errors, 0 warnings, 2 in the baseline in 2 notes with 4 claims, checked against 1 source\n";
    assert_eq!(said(&folder, &CHECK), (clean.to_owned(), 0));

    // One more of the same is new, and so is another one.
    let before = read(&folder, "notes/b.md");
    write(&folder, "notes/b.md", &format!("{before}\n- It employed 49 people.\n"));
    let (found, code) = said(&folder, &CHECK);
    assert_eq!((found.matches("[number-conflict]").count(), code), (1, 1), "{found}");
    assert!(found.contains("notes/b.md:3:15"), "{found}");
    write(&folder, "notes/b.md", "Otto Brandt bought the mill for €3.5 million.\n");
    let (found, code) = said(&folder, &CHECK);
    assert!(code == 1 && found.contains("--> notes/b.md:1:1"), "{found}");
    assert_eq!(last_lines(&found).lines().nth(1), Some("1 finding of the baseline is gone: --update-baseline takes them out"));
}

#[test]
fn a_baseline_says_what_is_gone_and_goes_along_with_a_note() {
    let folder = Folder::with(&format!("{DESK}//- notes/d.md\nIt rained.\n"));
    said(&folder, &UPDATE);
    fs::rename(folder.path("notes/a.md"), folder.path("notes/c.md")).expect("renamed");
    let (found, code) = said(&folder, &CHECK);
    assert_eq!((found.lines().count(), code), (1, 0), "{found}");
    fs::remove_file(folder.path("notes/c.md")).expect("removed");
    // Whether it is in another note is known only when all are checked.
    let (found, code) = said(&folder, &["check", "--baseline", "known", "notes/b.md"]);
    assert_eq!((found.lines().count(), code), (1, 0), "{found}");
    let (found, code) = said(&folder, &CHECK);
    assert!(code == 0 && found.contains("1 finding of the baseline is gone"), "{found}");
}

#[test]
fn a_part_of_the_notes_updates_its_part_of_the_baseline() {
    let folder = Folder::with(DESK);
    said(&folder, &UPDATE);
    write(&folder, "notes/b.md", "It employed 47 people.\n");
    write(&folder, "notes/a.md", "It employed 46 people.\n");
    let part = ["check", "--baseline", "known", "--update-baseline", "notes/b.md"];
    assert_eq!(said(&folder, &part), ("known: 2 findings\n".to_owned(), 0));
    let known = read(&folder, "known");
    assert!(known.contains("employed 47") && known.contains("Otto Brandt"), "{known}");
    assert!(!known.contains("employed 46") && !known.contains("employed 49"), "{known}");
    // What no note has any more goes as a whole.
    said(&folder, &UPDATE);
    assert!(!read(&folder, "known").contains("Otto Brandt"));
}

#[test]
fn two_who_know_the_same_are_merged() {
    let folder = Folder::with(DESK);
    said(&folder, &UPDATE);
    let line = read(&folder, "known").lines().nth(2).expect("a line").to_owned();
    write(&folder, "known", &format!("{}{}\n", read(&folder, "known"), line.replace("count = 1", "count = 2")));
    write(&folder, "notes/b.md", "It employed 49 people.\n\n- It employed 49 people.\n");
    assert_eq!(said(&folder, &CHECK).1, 0);
}

#[test]
fn a_baseline_that_is_not_there_or_broken_is_an_error() {
    let folder = Folder::with(DESK);
    let gone = refused(&folder, &CHECK);
    assert!(gone.starts_with("corroborate: known: the baseline cannot be read: No such file"), "{gone}");
    assert!(gone.contains("--update-baseline writes it"), "{gone}");
    said(&folder, &UPDATE);
    let whole = read(&folder, "known");
    let mut told = String::new();
    for broken in [
        "<<<<<<< HEAD".to_owned(),
        "x".to_owned(),
        whole.lines().nth(1).expect("a line").replace("count = 1", "count = -1"),
        whole.lines().nth(1).expect("a line").replace("count", "cuont"),
        whole.lines().nth(1).expect("a line").replace("28b0", "28b"),
    ] {
        write(&folder, "known", &format!("{whole}{broken}\n"));
        told += &refused(&folder, &CHECK);
        // Some notes alone cannot mend it, and all can.
        refused(&folder, &["check", "--baseline", "known", "--update-baseline", "notes/a.md"]);
    }
    expect_test::expect![[r#"
        corroborate: known:4: the baseline is broken: this is left over from a merge
        corroborate: known:4: the baseline is broken: key with no value, expected `=`; an entry is one line that --update-baseline writes
        corroborate: known:4: the baseline is broken: invalid value: integer `-1`, expected usize; an entry is one line that --update-baseline writes
        corroborate: known:4: the baseline is broken: unknown field `cuont`, expected one of `rule`, `note`, `count`, `text`; an entry is one line that --update-baseline writes
        corroborate: known:4: the baseline is broken: “28b232f771beacd” is no fingerprint; an entry is one line that --update-baseline writes
    "#]].assert_eq(&told);
    write(&folder, "known", &"#".repeat(9 << 20));
    assert_eq!(refused(&folder, &CHECK), "corroborate: known: the baseline is larger than 8 MB\n");
    fs::write(folder.path("known"), [0xff]).expect("a file");
    assert_eq!(refused(&folder, &CHECK), "corroborate: known: the baseline is not UTF-8 text\n");
    assert_eq!(said(&folder, &UPDATE).1, 0);
    assert_eq!(read(&folder, "known"), whole);
    assert_eq!(run(&folder, &["check", "--update-baseline"]).status.code(), Some(2));
}

#[test]
fn what_is_said_of_directives_and_of_the_list_is_in_the_baseline_too() {
    let folder = Folder::with(&format!(
        "{DESK}\nIt rained. <!-- corroborate: ignore[misqoute] x -->\n//- corroborate-ignore.toml\n\
         \"1234567890abcdef\" = {{ rule = \"misquote\", reason = \"\", text = \"x\" }}\n"
    ));
    let (found, _) = said(&folder, &["check"]);
    assert!(found.contains("[invalid-suppression]") && found.contains("[suppression-without-reason]"), "{found}");
    said(&folder, &UPDATE);
    let (found, code) = said(&folder, &CHECK);
    assert_eq!((found.lines().count(), code), (1, 0), "{found}");
}

#[test]
fn a_check_fails_for_what_is_denied_and_for_too_many_warnings() {
    let folder = Folder::with(
        "//- sources/mill.txt\nThe mill at Orrin employed 48 people.\n//- note.md\nOtto Brandt bought the mill. Otto Brandt bought the bank.\n",
    );
    let hints = Folder::with(
        "//- corroborate.toml\n[rules]\nunsupported-claim = \"hint\"\n//- sources/mill.txt\nThe mill at Orrin employed 48 people.\n//- note.md\nOtto Brandt bought the mill.\n",
    );
    let errors = Folder::with(
        "//- sources/mill.txt\nThe mill at Orrin employed 48 people.\n//- note.md\nThe mill at Orrin employed 49 people.\n",
    );
    for (folder, arguments, code, why) in [
        (&folder, &[][..], 1, ""),
        (&folder, &["--max-warnings", "2"], 0, ""),
        (&folder, &["--max-warnings", "1"], 1, "Failed: 2 warnings, and 1 is allowed"),
        (&folder, &["--max-warnings", "2", "--deny", "warnings"], 1, "Failed: 2 warnings, and none is allowed"),
        (&folder, &["--max-warnings", "2", "--deny", "misquote"], 0, ""),
        (
            &folder,
            &["--max-warnings", "2", "--deny", "misquote", "--deny", "unsupported-claim"],
            1,
            "Failed: 2 findings of unsupported-claim, which is denied",
        ),
        (&hints, &[], 0, ""),
        (&hints, &["--deny", "warnings"], 0, ""),
        (&hints, &["--deny", "unsupported-claim"], 1, "Failed: 1 finding of unsupported-claim, which is denied"),
        (&hints, &["--deny", "unsupported-claim", "--rule", "unsupported-claim=off"], 0, ""),
        (&errors, &["--max-warnings", "9"], 1, "Failed: 1 error"),
    ] {
        let (found, came) = said(folder, &[&["check"], arguments].concat());
        assert_eq!(came, code, "{arguments:?}: {found}");
        assert_eq!(found.lines().find(|line| line.starts_with("Failed")).unwrap_or_default(), why, "{arguments:?}");
    }
    let wrong = refused(&folder, &["check", "--deny", "misqoute"]);
    assert!(wrong.contains("misqoute is no rule; did you mean “misquote”?"), "{wrong}");
}

#[test]
fn json_says_why_a_check_fails_and_what_the_baseline_left_out() {
    let folder = Folder::with(DESK);
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&said(&folder, &[&["check", "--format", "json"], arguments].concat()).0).expect("JSON")
    };
    let found = json(&["--max-warnings", "9", "--deny", "number-conflict"]);
    assert_eq!(
        found["failed"],
        json!([{ "by": "errors", "count": 1 }, { "by": "denied", "rule": "number-conflict", "count": 1 }])
    );
    assert_eq!(found["baseline"], Value::Null);
    assert_eq!(json(&["notes/a.md"])["failed"], json!([{ "by": "warnings", "count": 1, "allowed": 0 }]));
    said(&folder, &UPDATE);
    let found = json(&["--baseline", "known"]);
    assert_eq!((&found["failed"], &found["baseline"]), (&json!([]), &json!({ "known": 2, "gone": 0 })));
    assert_eq!(found["notes"][0]["findings"], json!([]));
}

/// The findings of the lock, each on a line.
fn changed(folder: &Folder) -> String {
    let (found, _) = said(folder, &["check", "notes/a.md"]);
    found.lines().filter(|line| line.contains("[evidence-changed]")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_lock_tells_what_became_of_what_was_cited() {
    let folder = Folder::with(DESK);
    assert_eq!(changed(&folder), "");
    let (told, code) = said(&folder, &["lock"]);
    assert_eq!((told.as_str(), code), ("corroborate.lock: 2 citations in 2 notes; 2 new, 0 changed, 0 gone\n", 0));
    expect_test::expect![[r##"
        # What bore out the cited claims, one a line. `corroborate lock` writes it. See docs/team.md of corroborate.
        "12010bfaf6aedf56" = { note = "notes/a.md", source = "sources/mill.txt", sha256 = "c2ac7164a2a43f578428e4509f27cac2ca166e72b8034ad69d5a1f5888556f2f", verdict = "supported", place = "line 2", words = 4, hash = "b097f4410c15b093", text = "It employed 48 people." }
        "40a3332f69d1f8da" = { note = "notes/a.md", source = "sources/mill.txt", sha256 = "c2ac7164a2a43f578428e4509f27cac2ca166e72b8034ad69d5a1f5888556f2f", verdict = "supported", place = "line 1", words = 11, hash = "57abbebb87002853", text = "The mill at Orrin closed on 3 May…" }
    "##]].assert_eq(&read(&folder, "corroborate.lock"));
    assert_eq!(changed(&folder), "");

    // Other words at the end, other line breaks: all is where it was.
    write(&folder, "sources/mill.txt", &format!("{}It is sold.\n", MILL.replace('\n', "\r\n")));
    assert_eq!(changed(&folder), "");
    write(&folder, "sources/mill.txt", &format!("Corrected.\n{}", MILL.replace("48 people", "48 men")));
    expect_test::expect![[r#"
        hint[evidence-changed]: mill.txt has changed since it was locked: what bore this out is at line 2 now; it was at line 1.
        warning[evidence-changed]: mill.txt has changed since it was locked: what bore this out is gone. It was at line 2: “It employed 48 people.”
    "#]].assert_eq(&changed(&folder));
    assert_eq!(
        said(&folder, &["check", "notes/a.md", "--rule", "evidence-changed=off"]).0.matches("evidence-changed").count(),
        0
    );

    let (told, code) = said(&folder, &["lock", "--check"]);
    assert_eq!(code, 1);
    assert!(told.starts_with("corroborate.lock: 2 citations in 2 notes; 0 new, 2 changed, 0 gone\nThe lock is not up"), "{told}");
    assert_eq!(said(&folder, &["lock"]).1, 0);
    assert_eq!(said(&folder, &["lock", "--check"]).1, 0);
    assert_eq!(changed(&folder), "");
}

#[test]
fn a_change_can_be_accepted_like_any_finding() {
    let folder = Folder::with(DESK);
    said(&folder, &["lock"]);
    write(&folder, "sources/mill.txt", &format!("Corrected.\n{MILL}"));
    let note = read(&folder, "notes/a.md").replace(
        "after 112 years [@mill].",
        "after 112 years [@mill]. <!-- corroborate: ignore[evidence-changed] read on 9 May -->",
    );
    write(&folder, "notes/a.md", &note);
    let found = changed(&folder);
    assert_eq!(found.lines().count(), 1, "{found}");
    assert!(!said(&folder, &["check"]).0.contains("unused-suppression"));
}

#[test]
fn a_part_of_the_notes_renews_its_part_of_the_lock() {
    let folder = Folder::with(&format!("{DESK}\nIt employed 48 people [@mill].\n"));
    said(&folder, &["lock"]);
    write(&folder, "sources/mill.txt", &format!("Corrected.\n{MILL}"));
    assert_eq!(said(&folder, &["lock", "notes/b.md"]).0, "corroborate.lock: 1 citation in 1 note; 0 new, 1 changed, 0 gone\n");
    assert_eq!(changed(&folder).lines().count(), 2);
    fs::remove_file(folder.path("notes/a.md")).expect("removed");
    assert_eq!(said(&folder, &["lock"]).0, "corroborate.lock: 1 citation in 1 note; 0 new, 0 changed, 2 gone\n");
}

#[test]
fn pages_are_places_and_footnotes_cite() {
    let folder = Folder::with(
        "//- sources/mill.html\n<p>The mill at Orrin closed on 3 May.</p>\n//- notes/a.md\nThe mill at Orrin closed on 3 May.[^1]\n\n[^1]: sources/mill.html\n",
    );
    assert!(said(&folder, &["lock"]).0.starts_with("corroborate.lock: 1 citation"));
    write(&folder, "sources/mill.html", "<p>The mill at Orrin was closed in May.</p>\n");
    let (found, _) = said(&folder, &["check"]);
    assert!(found.contains("warning[evidence-changed]") && found.contains("notes/a.md:1:35"), "{found}");
}

/// A lock may come from anybody.
#[test]
fn a_hostile_lock_is_told_and_leads_nowhere() {
    let folder = Folder::with(DESK);
    said(&folder, &["lock"]);
    let whole = read(&folder, "corroborate.lock");
    let secret = Folder::with("//- secret.txt\nThe mill at Orrin closed on 3 May after 112 years.\n");
    let outside = secret.path("secret.txt").display().to_string();
    let line = whole.lines().find(|line| line.contains("3 May")).expect("a line").to_owned();
    let zeros = "0".repeat(64);
    let at = line.find("sha256 = \"").expect("a hash") + 10;
    let changed_hash = format!("{}{zeros}{}", &line[..at], &line[at + 64..]);
    let hostile = [
        changed_hash.replace("sources/mill.txt", &outside),
        changed_hash.replace("sources/mill.txt", "../secret.txt"),
        changed_hash.replace("notes/a.md", "../../etc/passwd"),
        changed_hash.replace("words = 11", "words = 18446744073709551615"),
        line.replace("\" = {", "\" = { command = \"x\","),
        "\u{1b}[31m\u{202e}".to_owned(),
        "[[[[".repeat(1000),
        ">>>>>>> theirs".to_owned(),
    ];
    write(&folder, "corroborate.lock", &format!("{}\n{whole}", hostile.join("\n")));
    let output = run(&folder, &["check"]);
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(told.lines().count(), 5, "{told}");
    assert!((4..=8).all(|line| told.contains(&format!("corroborate: corroborate.lock:{line}: "))), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told}");
    let found = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!found.contains("evidence-changed"), "{found}");
    // Words of the lock reach people as words of others do.
    let words = changed_hash.replace("text = \"The mill at Orrin closed on 3 May…\"", "text = \"The\\u001b[31m \\u202emill\"");
    write(&folder, "corroborate.lock", &format!("{}\n", words.replace("57abbebb87002853", "57abbebb87002854")));
    let (found, _) = said(&folder, &["check"]);
    assert!(found.contains("[evidence-changed]") && !found.contains(['\u{1b}', '\u{202e}']), "{found}");
}

#[cfg(unix)]
#[test]
fn links_in_the_place_of_the_lists_are_not_followed() {
    let folder = Folder::with(DESK);
    let outside = Folder::with("//- kept.txt\nkept\n");
    std::os::unix::fs::symlink(outside.path("kept.txt"), folder.path("known")).expect("a link");
    assert_eq!(said(&folder, &UPDATE).1, 0);
    std::os::unix::fs::symlink(outside.path("kept.txt"), folder.path("corroborate.lock")).expect("a link");
    assert!(refused(&folder, &["lock"]).contains("corroborate.lock: it is a link, and links are not followed"));
    assert_eq!(read(&outside, "kept.txt"), "kept\n");
    assert!(fs::symlink_metadata(folder.path("known")).expect("a file").is_file());
    // Nor is a lock that is too large read.
    fs::remove_file(folder.path("corroborate.lock")).expect("removed");
    write(&folder, "corroborate.lock", &"#".repeat(9 << 20));
    let told = String::from_utf8(run(&folder, &["check"]).stderr).expect("UTF-8");
    assert!(told.contains("corroborate.lock:1: the file cannot be read: it is larger than 8 MB"), "{told}");
}

/// A lock of thousands of lines that all begin with a common word costs no time that anybody notices.
#[test]
fn a_large_lock_and_a_large_source_are_soon_compared() {
    let source = "The mill the bank the weir the lock. ".repeat(4_000);
    let folder = Folder::with(&format!("//- sources/mill.txt\n{source}\n//- notes/a.md\nThe mill burned [@mill].\n"));
    let zeros = "0".repeat(64);
    let lines: String = (0..20_000)
        .map(|at| format!("\"{at:016x}\" = {{ note = \"notes/a.md\", source = \"sources/mill.txt\", sha256 = \"{zeros}\", words = {}, hash = \"{at:016x}\", text = \"the\" }}\n", at % 400 + 1))
        .collect();
    said(&folder, &["check"]);
    write(&folder, "corroborate.lock", &lines);
    // What is compared grows with the lock and the source, and not with their product: else this would not end.
    assert_eq!(said(&folder, &["check"]).1, 1);
}

#[tokio::test]
async fn an_editor_hears_of_a_source_that_changed_and_of_a_lock_that_was_renewed() {
    let folder = Folder::with(DESK);
    said(&folder, &["lock"]);
    let uri = |name: &str| format!("file://{}", folder.path(name).display());
    let (mut client, _server) = Client::in_memory();
    client.initialize(Some(&uri("")), json!({})).await;
    let note = uri("notes/a.md");
    client.open(&note, &read(&folder, "notes/a.md")).await;
    let codes = |found: Vec<Value>| found.iter().filter_map(|it| it["code"].as_str().map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(codes(client.diagnostics(&note, 1).await), ["unsupported-claim"]);

    write(&folder, "sources/mill.txt", &format!("Corrected.\n{MILL}"));
    let changed = json!({ "changes": [{ "uri": uri("sources/mill.txt"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed).await;
    let found = client.diagnostics(&note, 1).await;
    assert_eq!(found[0]["severity"], 4);
    assert!(found[0]["message"].as_str().expect("words").contains("is at line 2 now"), "{found:#?}");
    assert_eq!(codes(found), ["evidence-changed", "evidence-changed", "unsupported-claim"]);

    assert_eq!(said(&folder, &["lock"]).1, 0);
    let changed = json!({ "changes": [{ "uri": uri("corroborate.lock"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed).await;
    assert_eq!(codes(client.diagnostics(&note, 1).await), ["unsupported-claim"]);

    // A line that is wrong is marked in the file.
    write(&folder, "corroborate.lock", "x\n");
    let changed = json!({ "changes": [{ "uri": uri("corroborate.lock"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed).await;
    let lock = uri("corroborate.lock");
    let marked =
        client.wait_for(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == lock.as_str()).await;
    assert_eq!(marked["params"]["diagnostics"][0]["range"]["start"]["line"], 0);
    client.finish().await;
}

/// The commands in the examples of hooks and of the workflow do what the page says.
#[test]
fn the_commands_of_the_hooks_and_of_the_workflow_run() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/team.md")).expect("the page");
    let hooks = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.pre-commit-hooks.yaml")).expect("the hooks");
    let page = page.split_once("## Before a commit").expect("the section").1;
    let lines = page.lines().chain(hooks.lines()).map(str::trim);
    let commands = lines.filter_map(|line| {
        let line = line.strip_prefix("entry: ").or_else(|| line.strip_prefix("run: ")).unwrap_or(line);
        line.strip_prefix("corroborate ")
    });
    let mut commands: Vec<Vec<&str>> = commands.map(|command| command.split(' ').collect()).collect();
    commands.sort();
    commands.dedup();
    assert_eq!(commands.len(), 4, "{commands:?}");
    let folder = Folder::with(DESK);
    said(&folder, &["check", "--baseline", "corroborate.baseline", "--update-baseline"]);
    said(&folder, &["lock"]);
    for command in commands {
        let is_right = command != ["check"];
        let (told, code) = said(&folder, &command);
        assert_eq!(code == 0, is_right, "{command:?}: {told}");
    }
    assert!(read(&folder, "corroborate.sarif").contains("\"2.1.0\""));
}
