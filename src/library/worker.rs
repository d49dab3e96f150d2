//! Readers in a process of their own: a file that makes its reader crash, eat memory or never end
//! costs one process, and nothing else.
//!
//! The process is this program with the command [`COMMAND`] and the hash of its code. It takes requests
//! and gives answers, each as a length (8 bytes, little endian) and that many bytes of postcard. It opens the
//! files itself. It ends itself when a request takes too long, and with its standard input.

use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bibliography;
use super::files;
use crate::source::{self, Fields, Source};

/// The hidden command that serves.
pub const COMMAND: &str = "read-worker";

/// What reads and answers. Another program with this name speaks another language.
const CODE: &str = env!("CORROBORATE_CODE");

/// How long to wait for a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeLimit {
    /// Others wait.
    Short,
    /// As long as any file may take.
    Long,
}

/// How much memory a process may use at most, in bytes, where the system can be told so.
#[cfg(unix)]
const MOST_MEMORY: u64 = 3 << 30;

/// A longer message is none. No source comes near it.
const LONGEST_MESSAGE: u64 = 1 << 30;

/// The exit code of a process that took too long.
const TOO_LONG: i32 = 3;

/// The exit code of a program that was made from other code.
const OTHER_CODE: i32 = 4;

/// What has to be read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    pub root: PathBuf,
    /// Relative to the root.
    pub path: String,
    pub kind: Kind,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Kind {
    Source {
        sidecar: Fields,
        /// In bytes.
        largest: u64,
        limit: TimeLimit,
    },
    /// A source that is open in the editor, with its text there.
    OpenSource {
        sidecar: Fields,
        text: String,
    },
    Bibliography,
}

#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Sources(Vec<Source>),
    /// It takes longer.
    Later,
    Bibliography(bibliography::Read),
}

/// An answer, or why there is none, in words that follow the name of the file.
type Result<T> = std::result::Result<T, String>;

impl Kind {
    /// How long a file may take.
    const fn longest(&self) -> Duration {
        match self {
            Self::Source { limit: TimeLimit::Short, .. } => Duration::from_secs(3),
            Self::Source { .. } | Self::OpenSource { .. } => Duration::from_secs(60),
            Self::Bibliography => Duration::from_secs(8),
        }
    }

    /// How much memory it may take, in bytes.
    #[cfg(unix)]
    const fn most_memory(&self) -> u64 {
        match self {
            Self::Source { .. } | Self::OpenSource { .. } => MOST_MEMORY,
            Self::Bibliography => 1 << 30,
        }
    }
}

/// The program that serves.
#[derive(Clone, Debug)]
struct Program {
    file: PathBuf,
    /// It is the one that runs here.
    is_own: bool,
}

/// Set where this process is the program itself.
static OWN: OnceLock<PathBuf> = OnceLock::new();

/// Says that this process is the program, which can serve. From then on nothing that belongs into another
/// process is read in this one.
pub fn serve_with_this_program() {
    // What runs here may have been replaced on disk since; Linux still knows it.
    let running = Path::new("/proc/self/exe");
    let file = if cfg!(target_os = "linux") && running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() };
    if let Ok(file) = file {
        let _ = OWN.set(file);
    }
}

impl Program {
    /// The program itself, or the one that was built with the tests or benchmarks that run here.
    fn find() -> Option<Self> {
        if let Some(file) = OWN.get() {
            return Some(Self { file: file.clone(), is_own: true });
        }
        let tests = std::env::current_exe().ok()?;
        let folder = tests.parent().filter(|folder| folder.ends_with("deps"))?.parent()?;
        let file = folder.join(format!("corroborate{}", std::env::consts::EXE_SUFFIX));
        file.is_file().then_some(Self { file, is_own: false })
    }
}

/// Processes that wait for work.
#[derive(Debug, Default)]
pub struct Workers {
    /// `None` where files are read in this process: in other programs that use the library.
    program: Option<Program>,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// How an answer failed to come.
enum WorkerFailure {
    OtherCode,
    TimeLimit,
    Because(String),
}

impl Workers {
    /// Processes are started when they are needed.
    #[must_use]
    pub fn new() -> Self {
        Self { program: Program::find(), idle: Mutex::default() }
    }

    /// Reads the sources in a file; `None` if that takes longer than the limit.
    pub fn sources(&self, request: &Request) -> Result<Option<Vec<Source>>> {
        match self.ask(request)? {
            Answer::Sources(sources) => Ok(Some(sources)),
            Answer::Later => Ok(None),
            Answer::Bibliography(_) => Err(CRASHED.to_owned()),
        }
    }

    /// Reads a bibliography.
    pub fn bibliography(&self, root: &Path, path: &str) -> Result<bibliography::Read> {
        let request = Request { root: root.to_owned(), path: path.to_owned(), kind: Kind::Bibliography };
        match self.ask(&request)? {
            Answer::Bibliography(read) => Ok(read),
            Answer::Sources(_) | Answer::Later => Err(CRASHED.to_owned()),
        }
    }

    fn ask(&self, request: &Request) -> Result<Answer> {
        let Some(program) = &self.program else { return answer_here(request) };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let worker = idle.map_or_else(|| Worker::start(program), Ok);
        match worker
            .map_err(|error| WorkerFailure::Because(format!("its reader cannot be started: {error}")))
            .and_then(|w| w.ask(request))
        {
            Ok((answer, worker)) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(worker);
                answer
            }
            // What was built before the tests is no measure of them.
            Err(_) if !program.is_own && !program.speaks_as_we_do() => answer_here(request),
            Err(WorkerFailure::OtherCode) => Err("this program was replaced by another version; start it again".to_owned()),
            Err(WorkerFailure::TimeLimit) => Ok(Answer::Later),
            Err(WorkerFailure::Because(reason)) => Err(reason),
        }
    }
}

impl Program {
    /// Whether it was made from the same code.
    fn speaks_as_we_do(&self) -> bool {
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.file);
        command.args([COMMAND, CODE]).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::arg0(&mut command, "corroborate");
        command
    }
}

impl Worker {
    fn start(program: &Program) -> io::Result<Self> {
        let mut child = program.command().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || io::Error::from(io::ErrorKind::BrokenPipe);
        let input = child.stdin.take().ok_or_else(missing)?;
        let output = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Self { child, input, output })
    }

    /// The answer, and the worker if it is fit for more.
    fn ask(mut self, request: &Request) -> std::result::Result<(Result<Answer>, Option<Self>), WorkerFailure> {
        /// Whoever gave a longer answer may keep much memory.
        const LARGE: usize = 16 << 20;
        let message = write(&mut self.input, request).and_then(|()| read_message(&mut self.output)).ok().flatten();
        let Some(message) = message else { return Err(self.failure(&request.kind)) };
        let Ok(answer) = postcard::from_bytes(&message) else { return Err(self.failure(&request.kind)) };
        Ok((answer, (message.len() < LARGE).then_some(self)))
    }

    fn failure(mut self, kind: &Kind) -> WorkerFailure {
        let _ = self.child.kill();
        match self.child.wait().ok().and_then(|status| status.code()) {
            Some(TOO_LONG) if matches!(kind, Kind::Source { limit: TimeLimit::Short, .. }) => WorkerFailure::TimeLimit,
            Some(TOO_LONG) => WorkerFailure::Because(format!("reading it took longer than {} s", kind.longest().as_secs())),
            Some(OTHER_CODE) => WorkerFailure::OtherCode,
            _ => WorkerFailure::Because(CRASHED.to_owned()),
        }
    }

    /// Ends it, which takes no longer than it takes to notice.
    fn end(mut self) {
        drop(self.input);
        let _ = self.child.wait();
    }
}

const CRASHED: &str = "its reader crashed or ran out of memory";

impl Drop for Workers {
    fn drop(&mut self) {
        std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().for_each(Worker::end);
    }
}

fn answer(request: &Request) -> Result<Answer> {
    let Request { root, path, kind } = request;
    let sources = |bytes: &[u8], sidecar: &Fields| {
        source::read(path, bytes, sidecar).map(Answer::Sources).map_err(|error| error.to_string())
    };
    match kind {
        Kind::Source { sidecar, largest, .. } => {
            sources(&files::read(root, path, *largest).map_err(|refusal| refusal.to_string())?, sidecar)
        }
        Kind::OpenSource { sidecar, text } => sources(text.as_bytes(), sidecar),
        Kind::Bibliography => {
            let bytes = files::read(root, path, bibliography::LARGEST).map_err(|refusal| refusal.to_string())?;
            Ok(Answer::Bibliography(bibliography::read(path, &String::from_utf8_lossy(&bytes))))
        }
    }
}

/// The answer in this process.
fn answer_here(request: &Request) -> Result<Answer> {
    surviving(|| answer(request))?
}

/// Runs a reader whose slips cost only its file.
pub fn surviving<T>(read: impl FnOnce() -> T) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).map_err(|_| "its reader crashed".to_owned())
}

fn write(output: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(&bytes)?;
    output.flush()
}

/// The next message; `None` at the end.
fn read_message(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u64::from_le_bytes(length);
    let mut message = Vec::new();
    let is_whole = length <= LONGEST_MESSAGE && input.take(length).read_to_end(&mut message)? as u64 == length;
    if is_whole { Ok(Some(message)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Serves requests on standard input until it ends. `code` is what the one who asks was made from.
pub fn serve(code: &str) -> io::Result<()> {
    if code != CODE {
        std::process::exit(OTHER_CODE);
    }
    limit_memory(None);
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
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(message) = read_message(&mut input)? {
        let request: Request = postcard::from_bytes(&message).map_err(io::Error::other)?;
        limit_memory(Some(&request.kind));
        left.store(request.kind.longest().as_secs(), Ordering::Relaxed);
        let answer = answer(&request);
        left.store(0, Ordering::Relaxed);
        write(&mut output, &answer)?;
    }
    Ok(())
}

/// Limits what the process may use, for all time or for a request. A process that crashes leaves no picture of
/// its memory behind.
fn limit_memory(kind: Option<&Kind>) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let current = kind.map_or(MOST_MEMORY, Kind::most_memory);
        let _ = setrlimit(Resource::As, Rlimit { current: Some(current), maximum: Some(MOST_MEMORY) });
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(not(unix))]
    let _ = kind;
}
