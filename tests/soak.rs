//! A long session of a real server: edits, hovers, changed sources, notes that come and go. Memory and open
//! files do not grow. `CORROBORATE_SOAK_EDITS` makes it longer; what the keys took is printed, and not judged.

#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Folder, client::Client};

const WORDS: [&str; 6] = ["mill", "ferry", "bridge", "harbour", "crane", "lamp"];

struct State {
    resident_kb: u64,
    descriptors: usize,
    threads: u64,
}

fn state(process: u32) -> State {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    };
    State {
        resident_kb: number("VmRSS:"),
        descriptors: fs::read_dir(format!("/proc/{process}/fd")).expect("it runs").count(),
        threads: number("Threads:"),
    }
}

/// Sockets of the process that lead to a network; those within the machine have another list.
fn connections(process: u32) -> Vec<String> {
    let lists = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];
    let list = |name: &str| fs::read_to_string(format!("/proc/{process}/net/{name}")).unwrap_or_default();
    let known: String = lists.iter().map(|name| list(name)).collect();
    let open = fs::read_dir(format!("/proc/{process}/fd")).expect("it runs").flatten();
    let links = open.filter_map(|file| Some(fs::read_link(file.path()).ok()?.to_string_lossy().into_owned()));
    let number = |link: &String| link.strip_prefix("socket:[").map(|number| number.trim_end_matches(']').to_owned());
    links.filter(|link| number(link).is_some_and(|number| known.split_whitespace().any(|field| field == number))).collect()
}

#[tokio::test]
async fn memory_and_open_files_stay_as_they_are() {
    let edits: i64 = std::env::var("CORROBORATE_SOAK_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(600);
    let folder = Folder::with("//- sources/a.txt\nThe mill at Orrin closed in 1907.\n//- note.md\nempty\n");
    for at in 0..60 {
        let text: String = (0..20).map(|n| format!("The {} of quay {at} has {n} doors. ", WORDS[n % 6])).collect();
        fs::write(folder.path(&format!("sources/{at}.txt")), text).expect("room");
    }
    let cache = folder.path(".cache");
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.arg("lsp").env("CORROBORATE_CACHE", &cache);
    let (child, mut client) = Client::spawned(command);
    let uri = |name: &str| format!("file://{}/{name}", folder.0.display());
    client.initialize(Some(&uri("")), json!({})).await;
    let note = uri("note.md");
    let text: String = (0..100).map(|at| format!("The {} of quay {} has {at} doors.\n\n", WORDS[at % 6], at % 60)).collect();
    client.open(&note, &text).await;
    client.diagnostics(&note, 1).await;
    let (mut times, mut before) = (Vec::new(), None);
    for edit in 0..edits {
        let version = edit + 2;
        let line = (edit * 2 % 200) as u32;
        let start = Instant::now();
        // A letter comes and goes, so that the note stays as long as it is.
        let (range, new) = if edit % 2 == 0 { ([line, 4, line, 4], "x") } else { ([line - 2, 4, line - 2, 5], "") };
        client.edit(&note, version, range, new).await;
        client.diagnostics(&note, version).await;
        times.push(start.elapsed());
        if edit % 10 == 0 {
            client.at("textDocument/hover", &note, line, 6).await;
        }
        if edit % 25 == 0 {
            let source = format!("sources/{}.txt", edit % 60);
            fs::write(folder.path(&source), format!("The lamp of quay {edit} burned {edit} nights.")).expect("room");
            client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&source), "type": 2 }] })).await;
            let other = uri(&format!("other-{edit}.md"));
            client.open(&other, "The ferry of quay 3 has 7 doors.\n").await;
            client.diagnostics(&other, 1).await;
            client.notify("textDocument/didClose", json!({ "textDocument": { "uri": other } })).await;
        }
        client.forget();
        // Caches fill at first.
        if edit == edits / 3 {
            before = Some(state(child.id().expect("it runs")));
        }
    }
    let (before, after) = (before.expect("a third"), state(child.id().expect("it runs")));
    assert_eq!(connections(child.id().expect("it runs")), Vec::<String>::new());
    let median = |times: &[Duration]| {
        let mut times = times.to_vec();
        times.sort();
        times[times.len() / 2]
    };
    let tenth = times.len() / 10;
    println!(
        "{edits} edits: a key {:?} in the second tenth, {:?} in the last; {} then {} MB; {} then {} descriptors; {} then {} threads",
        median(&times[tenth..2 * tenth]),
        median(&times[times.len() - tenth..]),
        before.resident_kb >> 10,
        after.resident_kb >> 10,
        before.descriptors,
        after.descriptors,
        before.threads,
        after.threads
    );
    assert!(
        after.resident_kb < before.resident_kb * 5 / 4 + (16 << 10),
        "{} KB, then {} KB",
        before.resident_kb,
        after.resident_kb
    );
    assert!(after.descriptors <= before.descriptors + 8, "{}, then {}", before.descriptors, after.descriptors);
    assert!(after.threads <= before.threads + 8, "{}, then {}", before.threads, after.threads);
}
