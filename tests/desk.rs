//! A day at a made-up desk: sources arrive and are corrected, what that does to the notes is told, and the proof is written.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use support::Folder;

fn desk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("files").flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

/// The desk as it is in the morning.
fn morning() -> Folder {
    let folder = Folder::with("");
    for name in ["sources", "notes"] {
        copy(&desk().join(name), &folder.path(name));
    }
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.args(arguments).current_dir(&folder.0).env("SOURCE_DATE_EPOCH", "0").output().expect("the program")
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_slice(&run(folder, arguments).stdout).expect("JSON")
}

fn day() -> Value {
    serde_json::from_slice(&fs::read(desk().join("day.json")).expect("the day")).expect("JSON")
}

fn words(value: &Value) -> &str {
    value.as_str().expect("words")
}

/// The sentences of which something is told, as "note: words", with what became of them.
fn affected(morning: &Folder, noon: &Folder) -> Vec<(String, String)> {
    let report = json(noon, &["changes", "--before", &morning.0.to_string_lossy(), "--format", "json"]);
    let of_note = |note: &Value| -> Vec<(String, String)> {
        let sentences = note["sentences"].as_array().expect("sentences").iter();
        let told = |it: &Value| (format!("{}: {}", words(&note["path"]), words(&it["text"])), words(&it["change"]).to_owned());
        sentences.map(told).collect()
    };
    report["notes"].as_array().expect("notes").iter().flat_map(of_note).collect()
}

/// Whether one of the sentences has these words.
fn is_told(told: &[(String, String)], note: &Value, text: &Value) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (note, text) = (words(note), plain(words(text)));
    told.iter().any(|(sentence, _)| sentence.starts_with(note) && plain(sentence).contains(&text))
}

#[test]
fn a_day_at_the_desk() {
    let (before, desk_now) = (morning(), morning());
    let day = day();
    // Nothing has changed yet.
    assert_eq!(affected(&before, &desk_now), []);

    // Corrections, an update and a changed release arrive.
    copy(&desk().join("arrivals"), &desk_now.path("sources"));
    copy(&desk().join("changed"), &desk_now.path("sources"));
    let told = affected(&before, &desk_now);
    let all = |name: &str| day[name].as_array().expect("files").clone();
    let files: Vec<Value> = all("arrivals").into_iter().chain(all("changed")).collect();
    let of = |name: &str| -> Vec<Value> { files.iter().filter_map(|it| it[name].as_array()).flatten().cloned().collect() };
    let found = of("affects").iter().filter(|it| is_told(&told, &it["note"], &it["words"])).count();
    let wrongly = of("unaffected").iter().filter(|it| is_told(&told, &it["note"], &it["words"])).count();
    println!(
        "{found} of {} affected sentences are told, and {wrongly} of {} that are not; {} are told in all",
        of("affects").len(),
        of("unaffected").len(),
        told.len()
    );
    assert!(found >= 8, "{told:#?}");
    assert!(wrongly <= 1, "{told:#?}");

    // Whose word it is.
    let origins = json(&desk_now, &["origins", "--format", "json"]);
    let groups: Vec<BTreeSet<&str>> = origins["origins"]
        .as_array()
        .expect("origins")
        .iter()
        .map(|it| {
            it["rests"].as_array().expect("sources").iter().map(|it| words(&it["source"])).chain(it["held"].as_str()).collect()
        })
        .collect();
    let is_one = |a: &str, b: &str| groups.iter().any(|group| group.contains(a) && group.contains(b));
    assert!(is_one("sources/compass-memo.md", "sources/meridian-transcript.txt"), "the memo");
    assert!(is_one("sources/courier-ministry.html", "sources/northern-post-ministry.txt"), "the release");
    assert!(is_one("sources/standard-agency.txt", "sources/evening-mail-agency.html"), "the agency");
    assert!(!is_one("sources/compass-memo.md", "sources/courier-ministry.html"));

    // The proof.
    let done = run(&desk_now, &["report", "--output", "proof.html"]);
    assert!(done.status.success());
    let proof = fs::read_to_string(desk_now.path("proof.html")).expect("the proof");
    for part in ["Report on 4 notes", "1 origin: ", "grade B2", "Signature", "stale-evidence"] {
        assert!(proof.contains(part), "{part}");
    }
}

#[test]
fn the_mistakes_in_the_notes_are_found() {
    let desk_now = morning();
    let report = json(&desk_now, &["check", "--format", "json"]);
    let told: Vec<(String, String)> = report["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .flat_map(|note| {
            let path = words(&note["path"]).to_owned();
            let text = fs::read_to_string(desk_now.path(&path)).expect("the note");
            let warned = note["findings"].as_array().expect("findings").clone();
            let warned = warned.into_iter().filter(|it| matches!(words(&it["severity"]), "error" | "warning"));
            let sentences = note["sentences"].as_array().expect("sentences").clone();
            warned.filter_map(move |finding| {
                let at = finding["span"][0].as_u64()?;
                let is_around = |it: &&Value| it["span"][0].as_u64() <= Some(at) && Some(at) <= it["span"][1].as_u64();
                let sentence = sentences.iter().find(is_around)?;
                let (start, end) = (sentence["span"][0].as_u64()? as usize, sentence["span"][1].as_u64()? as usize);
                Some((format!("{path}: {}", &text[start..end]), words(&finding["code"]).to_owned()))
            })
        })
        .collect();
    let day = day();
    let wrong = day["wrong"].as_array().expect("mistakes");
    let found = wrong.iter().filter(|it| is_told(&told, &it["note"], &it["words"])).count();
    let sentences: BTreeSet<&String> = told.iter().map(|(sentence, _)| sentence).collect();
    let is_wrong = |sentence: &&&String| {
        let one = [((**sentence).clone(), String::new())];
        wrong.iter().any(|it| is_told(&one, &it["note"], &it["words"]))
    };
    let right = sentences.iter().filter(is_wrong).count();
    println!("{found} of {} mistakes are warned about; {right} of {} warned sentences have one", wrong.len(), sentences.len());
    assert!(found * 10 >= wrong.len() * 6, "{told:#?}");
}
