//! Runs `tests/editors/neovim.lua` in a real Neovim, as a user's editor would run the server.
//!
//! `tests/editors/install-neovim.sh` installs a Neovim for it. Without one the test is skipped,
//! unless `CORROBORATE_REQUIRE_NEOVIM` is set.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const TIME_LIMIT: Duration = Duration::from_secs(90);
const REPO: &str = env!("CARGO_MANIFEST_DIR");
const SERVER: &str = env!("CARGO_BIN_EXE_corroborate");

#[test]
fn a_user_of_neovim_sees_what_the_server_found() {
    let Some(neovim) = find_neovim() else {
        assert!(env::var_os("CORROBORATE_REQUIRE_NEOVIM").is_none(), "Neovim 0.10 or later is required and was not found");
        // Not by `println!`, which would keep it from whoever runs the tests.
        let _ = writeln!(io::stderr(), "Neovim is not installed: skipped");
        return;
    };

    let home = Scratch::new();
    let workspace = home.0.join("port ansel");
    copy(&Path::new(REPO).join("examples/port-ansel"), &workspace);

    let (status, output) = run(&neovim, &workspace, &home.0);
    println!("{output}");
    let status = status.unwrap_or_else(|| panic!("Neovim was still busy after {TIME_LIMIT:?}"));
    assert!(status.success(), "Neovim ended with {status}");
    assert!(output.contains("all checks passed"), "not all checks were made");
}

#[test]
fn the_plugin_has_the_version_of_the_server() {
    let plugin = fs::read_to_string(Path::new(REPO).join("editors/neovim/lua/corroborate/init.lua")).unwrap();
    let version = concat!("M.version = '", env!("CARGO_PKG_VERSION"), "'");
    assert!(plugin.lines().any(|line| line == version), "no line says: {version}");
}

/// `None` instead of a status where the time was up.
fn run(neovim: &Path, workspace: &Path, home: &Path) -> (Option<ExitStatus>, String) {
    let script = Path::new(REPO).join("tests/editors/neovim.lua");
    // A file does not fill up as a pipe does, and takes what comes from Neovim's own children.
    let log = home.join("output");
    let file = File::create(&log).unwrap();
    let mut command = Command::new(neovim);
    command
        .args(["--headless", "--clean", "-n", "-i", "NONE", "-S"])
        .arg(script)
        .args(["-c", "cquit"]) // where the script did not come to its end
        .env("CORROBORATE_BIN", SERVER)
        .env("CORROBORATE_REPO", REPO)
        .env("CORROBORATE_WORKSPACE", workspace)
        .env("NVIM_LOG_FILE", home.join("nvim.log"))
        .stdin(Stdio::null())
        .stdout(file.try_clone().unwrap())
        .stderr(file);
    // Nothing of the user's own Neovim, nor of the one in whose terminal the tests run.
    for name in ["NVIM", "NVIM_APPNAME", "VIM", "VIMINIT", "VIMRUNTIME", "CORROBORATE_ERRAND"] {
        command.env_remove(name);
    }
    for name in ["CONFIG_HOME", "CONFIG_DIRS", "DATA_HOME", "DATA_DIRS", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"] {
        let folder = home.join(name);
        fs::create_dir(&folder).unwrap();
        command.env(format!("XDG_{name}"), folder);
    }

    let mut child = command.spawn().unwrap();
    let end = Instant::now() + TIME_LIMIT;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if Instant::now() >= end {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        thread::sleep(Duration::from_millis(50));
    };
    (status, String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned())
}

fn find_neovim() -> Option<PathBuf> {
    let program = format!("nvim{}", env::consts::EXE_SUFFIX);
    let home = env::var_os("EDITORS_HOME").map_or_else(|| Path::new(REPO).join("target/editors"), PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    env::var_os("NVIM")
        .map(PathBuf::from)
        .into_iter()
        .chain(env::split_paths(&path).map(|folder| folder.join(&program)))
        .chain([home.join("venv/bin").join(&program)])
        .find(|file| is_neovim(file))
}

/// Whether a file is a Neovim that is new enough. In the terminal of a Neovim, `$NVIM` is a socket.
fn is_neovim(file: &Path) -> bool {
    let Ok(output) = Command::new(file).arg("--version").stdin(Stdio::null()).output() else {
        return false;
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let Some(version) = text.strip_prefix("NVIM v") else {
        return false;
    };
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).map(|number| number.parse::<u32>().unwrap_or(0));
    (numbers.next(), numbers.next()) >= (Some(0), Some(10))
}

/// Copies a folder; what is copied may be written to, unlike perhaps the original.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::write(target, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// A folder that goes away with its owner.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let folder = env::temp_dir().join(format!("corroborate-neovim-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
