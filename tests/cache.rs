//! What is kept between sessions: damage, a full disk, several processes and a clock that goes back change
//! no finding, and are said once.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use corroborate::library::cache::CacheProblem;
use corroborate::workspace::{self, Opener, Workspace};
use support::Folder;

const SOURCES: &str = "
//- sources/a.txt
The mill at Orrin closed in 1907. It employed 48 people.
//- sources/b.txt
“The mill was never safe,” she said. The ferry carries 40 cars.
//- note.md
The mill at Orrin closed in 1908. “The mill was ever safe,” she said. The ferry carries 41 cars.
";

/// The findings, and what was said of the cache.
fn opened(root: &Path) -> (String, Vec<CacheProblem>) {
    let said = Mutex::new(Vec::new());
    let problem = |problem| said.lock().expect("nobody panics").push(problem);
    let opener = Opener { problem: &problem, ..Opener::default() };
    let workspace = opener.open(root).expect("nobody cancels");
    let note = fs::read_to_string(root.join("note.md")).expect("a note");
    let checked = workspace::check(&note, "note.md", &workspace, &|| false).expect("nobody cancels");
    let library = workspace.library.view();
    let evidence = checked.verifications.iter().flatten().flat_map(|v| &v.evidence);
    let evidence: Vec<_> = evidence.map(|e| library.address(e.source, e.span.start)).collect();
    let phrase: Vec<_> = ["mill", "was", "never"].map(corroborate::text::words::term).to_vec();
    let seen = format!("{:#?}", (checked.findings, evidence, library.phrase(&phrase, 9)));
    drop(workspace);
    (seen, said.into_inner().expect("nobody panics"))
}

fn cache_of(root: &Path) -> PathBuf {
    Workspace::open(root).cache_folder().folder().expect("a folder").join("library")
}

/// All files of a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    files.filter_map(|file| Some((file.clone(), fs::read(&file).ok()?))).collect()
}

/// Puts files back as they were, and removes others.
fn restore(folder: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for there in fs::read_dir(folder).expect("a folder").flatten() {
        fs::remove_file(there.path()).expect("a file");
    }
    files.iter().for_each(|(file, bytes)| fs::write(file, bytes).expect("room"));
}

/// Ways to damage a file; `None` deletes it.
fn damages(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let turned = |at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x10;
        Some(bytes)
    };
    let places = [0, bytes.len() / 4, bytes.len() / 2, bytes.len() * 3 / 4, bytes.len().saturating_sub(1)];
    let turned = places.into_iter().filter(|at| *at < bytes.len()).map(turned);
    [None, Some(Vec::new()), Some(bytes[..bytes.len() / 2].to_vec()), Some(vec![0xff; bytes.len()])]
        .into_iter()
        .chain(turned)
        .collect()
}

#[test]
fn damage_is_seen_when_the_cache_is_opened_mended_and_said_once() {
    let folder = Folder::with(SOURCES);
    let (wanted, said) = opened(&folder.0);
    assert_eq!(said, [], "a first reading is no trouble");
    let kept = cache_of(&folder.0);
    let whole = files(&kept);
    assert_eq!(opened(&folder.0), (wanted.clone(), vec![]));
    restore(&kept, &whole);
    assert_eq!(opened(&folder.0), (wanted.clone(), vec![]), "a copy is as good");
    let mut parts = 0;
    for (file, bytes) in &whole {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        // It tells nothing of the library, but what may be trusted unread.
        let is_needed = !name.ends_with("lock") && !["manifest.bin", ".managed.json"].contains(&name.as_str());
        parts += usize::from(is_needed);
        for damaged in damages(bytes) {
            restore(&kept, &whole);
            match &damaged {
                Some(bytes) => fs::write(file, bytes).expect("room"),
                None => fs::remove_file(file).expect("a file"),
            }
            let (seen, said) = opened(&folder.0);
            let how = damaged.map_or("deleted".to_owned(), |damaged| format!("{} of {} bytes", damaged.len(), bytes.len()));
            assert_eq!(seen, wanted, "{name}, {how}");
            if is_needed {
                assert_eq!(said, [CacheProblem::Damaged], "{name}, {how}");
            }
            assert_eq!(opened(&folder.0), (wanted.clone(), vec![]), "{name}, {how}: it is mended");
        }
    }
    assert!(parts >= 8, "the index, its deletions, the list of its parts and the holdings: {parts}");
}

fn program(folder: &Folder, cache: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corroborate"));
    command.env("CORROBORATE_CACHE", cache).current_dir(&folder.0);
    command
}

fn text(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn without_a_cache_that_can_be_written_the_work_goes_on_in_memory() {
    let folder = Folder::with(SOURCES);
    let cache = Folder::with("//- file\nno folder\n");
    let (wanted, said) = text(&program(&folder, &cache.path("good")).arg("check").output().expect("it runs"));
    assert_eq!(said, "");
    let (found, said) = text(&program(&folder, &cache.path("file/cache")).arg("check").output().expect("it runs"));
    assert_eq!(found, wanted);
    expect_test::expect![[r"
        corroborate: the cache cannot be written (not a directory): sources are kept in memory and read again at each start
    "]]
    .assert_eq(&said);
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_once_and_changes_nothing() {
    let folder = Folder::with(SOURCES);
    let cache = Folder::with("//- file\n\n");
    let (wanted, _) = text(&program(&folder, &cache.path("good")).arg("check").output().expect("it runs"));
    // No file may grow beyond a block, and writing more is an error, as on a full disk.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" check", env!("CARGO_BIN_EXE_corroborate")]);
    command.env("CORROBORATE_CACHE", cache.path("full")).current_dir(&folder.0);
    let large = "The mill at Orrin closed in 1907 and was never opened again by anybody. ".repeat(400);
    fs::write(folder.path("sources/large.txt"), large).expect("room");
    let (found, said) = text(&command.output().expect("it runs"));
    fs::remove_file(folder.path("sources/large.txt")).expect("a file");
    assert_eq!(said.matches("the cache cannot be written").count(), 1, "{said}");
    assert_eq!(
        found.lines().filter(|line| line.starts_with("error")).count(),
        wanted.lines().filter(|line| line.starts_with("error")).count()
    );
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(SOURCES);
    let cache = Folder::with("//- file\n\n");
    assert!(program(&folder, &cache.path("kept")).arg("check").output().expect("it runs").status.code() == Some(1));
    let mut open = vec![cache.path("kept")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        let metadata = fs::metadata(&path).expect("it is there");
        assert_eq!(metadata.permissions().mode() & 0o077, 0, "{}", path.display());
        if metadata.is_dir() {
            open.extend(fs::read_dir(path).expect("a folder").flatten().map(|entry| entry.path()));
        }
        seen += 1;
    }
    assert!(seen > 8);
}

/// Many sources, of which one carries the note.
fn many(count: usize) -> Folder {
    let folder = Folder::with(SOURCES);
    for at in 0..count {
        fs::write(folder.path(&format!("sources/{at:04}.txt")), format!("The crane of quay {at} lifts {at} tons. ").repeat(40))
            .expect("room");
    }
    folder
}

#[test]
fn a_process_that_is_killed_while_it_writes_leaves_a_whole_state() {
    let folder = many(120);
    let cache = Folder::with("//- file\n\n");
    let (wanted, _) = text(&program(&folder, &cache.path("good")).arg("check").output().expect("it runs"));
    for milliseconds in (0..210).step_by(30) {
        let killed = cache.path("killed");
        let mut writing = program(&folder, &killed).args(["index", "--rebuild"]).stdout(Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        writing.kill().expect("it is ours");
        writing.wait().expect("it ends");
        let (found, said) = text(&program(&folder, &killed).arg("check").output().expect("it runs"));
        assert_eq!((found, said), (wanted.clone(), String::new()), "after {milliseconds} ms");
    }
}

#[test]
fn several_processes_use_one_cache() {
    let folder = many(40);
    let cache = Folder::with("//- file\n\n");
    let (wanted, _) = text(&program(&folder, &cache.path("good")).arg("check").output().expect("it runs"));
    for round in 0..3 {
        fs::write(folder.path("sources/0001.txt"), format!("The crane of quay 1 lifts {round} tons.")).expect("room");
        let run = || program(&folder, &cache.path("shared")).arg("check").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let running: Vec<_> = (0..4).map(|_| run().expect("it runs")).collect();
        for process in running {
            let (found, said) = text(&process.wait_with_output().expect("it ends"));
            assert_eq!((found, said), (wanted.clone(), String::new()));
        }
    }
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let folder = Folder::with(SOURCES);
    let source = folder.path("sources/a.txt");
    let hour = std::time::Duration::from_secs(3_600);
    let (before, now) = (opened(&folder.0).0, std::time::SystemTime::now());
    for (year, time) in [("1911", now + hour), ("1912", now - hour), ("1913", now + hour), ("1914", now + hour)] {
        let same_length = format!("The mill at Orrin closed in {year}. It employed 48 people.\n");
        fs::write(&source, same_length).expect("room");
        fs::File::options().write(true).open(&source).expect("a file").set_modified(time).expect("a time");
        let seen = opened(&folder.0).0;
        assert!(seen != before && seen.contains(year), "{year}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn damage_in_mid_session_is_mended_and_said() {
    use support::client::Client;
    let folder = Folder::with(SOURCES);
    let kept = cache_of(&folder.0);
    let (mut client, _server) = Client::in_memory();
    let uri = |name: &str| format!("file://{}/{name}", folder.0.display());
    client.initialize(Some(&uri("")), serde_json::json!({})).await;
    client.open(&uri("other.md"), "# Nothing\n").await;
    client.diagnostics(&uri("other.md"), 1).await;
    for file in files(&kept).keys().filter(|file| file.extension().is_some_and(|extension| extension == "store")) {
        // In place, as the server has it open.
        let file = fs::File::options().write(true).open(file).expect("a file");
        std::os::unix::fs::FileExt::write_all_at(&file, &[0xff; 64], 0).expect("room");
    }
    client.open(&uri("note.md"), &fs::read_to_string(folder.path("note.md")).expect("a note")).await;
    let said = client.wait_for(|message| message["method"] == "window/showMessage").await;
    assert_eq!(said["params"]["message"], "corroborate: the cached index was damaged and is made again");
    while client.diagnostics(&uri("note.md"), 1).await.len() != 3 {}
    client.finish().await;
}
