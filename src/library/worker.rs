//! Readers in a process of their own: a file that makes its reader crash, eat memory or never end
//! costs one process, and nothing else.
//!
//! The process is this program with the command [`COMMAND`]. It takes requests as lines of JSON
//! and answers each with a length (8 bytes, little endian) and that much JSON. It ends itself
//! when a request takes too long, and with its standard input.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::source::{self, Fields, Source};

/// The hidden command that serves.
pub const COMMAND: &str = "read-worker";

/// How long a file may take.
const LONGEST: Duration = Duration::from_secs(60);

/// How long to wait for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Others wait.
    Short,
    /// As long as any file may take.
    Long,
}

/// How much memory a process may use, in bytes, where the system can be told so.
#[cfg(unix)]
const MOST_MEMORY: u64 = 3 << 30;

/// The exit code of a process that took too long.
const TOO_LONG: i32 = 3;

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    file: PathBuf,
    /// Relative to the root.
    path: String,
    sidecar: Fields,
    /// In bytes.
    largest: u64,
}

type Answer = Result<Vec<Source>, String>;

/// Processes that wait for work.
#[derive(Debug, Default)]
pub struct Workers {
    program: Option<PathBuf>,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Workers {
    /// Processes are started when they are needed. Only the program itself can serve: inside
    /// other programs, such as tests, files are read in their own process.
    #[must_use]
    pub fn new() -> Self {
        let program =
            std::env::current_exe().ok().filter(|program| program.file_stem().is_some_and(|name| name == "corroborate"));
        Self { program, idle: Mutex::default() }
    }

    /// Reads a file in another process, or in this one where there is no other.
    pub fn read(&self, file: &Path, path: &str, sidecar: &Fields, largest: u64) -> Answer {
        let request = Request { file: file.to_owned(), path: path.to_owned(), sidecar: sidecar.clone(), largest };
        let Some(program) = &self.program else { return answer(&request) };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle.map_or_else(|| Worker::start(program), Ok) {
            Ok(worker) => worker,
            Err(_) => return answer(&request),
        };
        match worker.ask(&request) {
            Ok(answer) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                answer
            }
            Err(_) => Err(worker.cause_of_death()),
        }
    }
}

impl Worker {
    fn start(program: &Path) -> io::Result<Self> {
        let mut child =
            Command::new(program).arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let missing = || io::Error::from(io::ErrorKind::BrokenPipe);
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Self { child, input, output })
    }

    fn ask(&mut self, request: &Request) -> io::Result<Answer> {
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.input.write_all(&line)?;
        self.input.flush()?;
        let mut length = [0; 8];
        self.output.read_exact(&mut length)?;
        let mut json = Vec::new();
        let length = u64::from_le_bytes(length);
        if (&mut self.output).take(length).read_to_end(&mut json)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_slice(&json)?)
    }

    fn cause_of_death(mut self) -> String {
        let _ = self.child.kill();
        match self.child.wait().ok().and_then(|status| status.code()) {
            Some(TOO_LONG) => format!("reading it took longer than {} s", LONGEST.as_secs()),
            _ => "its reader crashed or ran out of memory".to_owned(),
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for mut worker in std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)) {
            drop(worker.input);
            let _ = worker.child.wait();
        }
    }
}

fn answer(request: &Request) -> Answer {
    let bytes = read_bounded(&request.file, request.largest)?;
    source::read(&request.path, &bytes, &request.sidecar).map_err(|error| error.to_string())
}

/// The bytes of a file that is not too large.
pub fn read_bounded(file: &Path, largest: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(|e| e.to_string())?;
    open.take(largest + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > largest {
        return Err(format!("it is larger than {} MB", largest >> 20));
    }
    Ok(bytes)
}

/// Serves requests on standard input until it ends.
pub fn serve() -> io::Result<()> {
    limit_memory();
    // Seconds for which the request at hand may go on; 0 between requests.
    let left = Arc::new(AtomicU64::new(0));
    let watched = Arc::clone(&left);
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let ran_out = watched.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)) == Ok(1);
            if ran_out {
                std::process::exit(TOO_LONG);
            }
        }
    });
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Request = serde_json::from_str(&line?)?;
        left.store(LONGEST.as_secs(), Ordering::Relaxed);
        let json = serde_json::to_vec(&answer(&request))?;
        left.store(0, Ordering::Relaxed);
        output.write_all(&(json.len() as u64).to_le_bytes())?;
        output.write_all(&json)?;
        output.flush()?;
    }
    Ok(())
}

fn limit_memory() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::As, Rlimit { current: Some(MOST_MEMORY), maximum: Some(MOST_MEMORY) });
    }
}
