//! Opening the files of a workspace: the one door through which bytes of a folder come in.
//!
//! A folder may come from anybody. So only a regular file is opened, only below the root, not through a
//! link, and only up to a size. All of that is asked of the file that is open, and not of its name before: what
//! is put in its place between a listing and the opening gains nothing. A pipe or a device is refused and not
//! waited for.

use std::fmt;
use std::fs::{File, Metadata};
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::{Component, Path};
use std::time::{Duration, SystemTime};

/// How much is read at once where a file is not kept.
const PIECE: usize = 64 << 10;

/// Why a file was not read, in words that follow its name.
#[derive(Debug)]
pub enum Refusal {
    /// A pipe, a device, a folder.
    NotRegular,
    /// It is a link, or lies behind one.
    Link,
    /// Its name leads out of the folder.
    Outside,
    /// With the largest size, in bytes.
    TooLarge(u64),
    Failed(io::Error),
}

impl Refusal {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Failed(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegular => write!(f, "it is not a regular file"),
            Self::Link => write!(f, "it is a link, and links are not followed"),
            Self::Outside => write!(f, "it lies outside of the folder"),
            Self::TooLarge(largest) if *largest < 1 << 20 => write!(f, "it is larger than {} KB", largest >> 10),
            Self::TooLarge(largest) => write!(f, "it is larger than {} MB", largest >> 20),
            Self::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Opens a file by its path below the root, with `/` between folders.
pub fn open(root: &Path, path: &str) -> Result<(File, Metadata), Refusal> {
    let is_inner = |part: Component<'_>| matches!(part, Component::Normal(_));
    if path.is_empty() || !Path::new(path).components().all(is_inner) {
        return Err(Refusal::Outside);
    }
    let file = system::open(root, Path::new(path))?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(Refusal::NotRegular) }
}

/// What the system knows of a file. It is asked of the name and not of an open file, as it is asked of every file at
/// every start: what it says decides whether a file is opened, and [`open`] decides whether it may be.
pub fn metadata(root: &Path, path: &str) -> Result<Metadata, Refusal> {
    let metadata = std::fs::symlink_metadata(root.join(path))?;
    if metadata.is_file() { Ok(metadata) } else { Err(Refusal::NotRegular) }
}

/// Whether a file was changed so lately that another change may leave its size and time as they are. A file system may
/// not tell two changes within two seconds apart, and a clock that was set back comes to the same time once more.
#[must_use]
pub fn is_fresh(modified: SystemTime) -> bool {
    const FRESH: Duration = Duration::from_secs(2);
    SystemTime::now().duration_since(modified).map_or(true, |age| age < FRESH)
}

/// Whether a file is there that may be opened.
#[must_use]
pub fn is_there(root: &Path, path: &str) -> bool {
    open(root, path).is_ok()
}

/// The bytes of a file of at most `largest` bytes.
pub fn read(root: &Path, path: &str, largest: u64) -> Result<Vec<u8>, Refusal> {
    let (file, metadata) = open(root, path)?;
    if metadata.len() > largest {
        return Err(Refusal::TooLarge(largest));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // It may grow while it is read.
    file.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(Refusal::TooLarge(largest)) } else { Ok(bytes) }
}

/// The text of a file of at most `largest` bytes, which must be UTF-8.
pub fn read_text(root: &Path, path: &str, largest: u64) -> Result<String, Refusal> {
    let bytes = read(root, path, largest)?;
    String::from_utf8(bytes).map_err(|_| Refusal::Failed(io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text")))
}

/// The first bytes of a file of any size.
pub fn head(root: &Path, path: &str, length: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    open(root, path)?.0.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Feeds at most `largest` bytes of a file to a hasher, piece by piece.
pub fn hash(root: &Path, path: &str, largest: u64, hasher: &mut impl Hasher) -> Result<(), Refusal> {
    let mut left = largest;
    pieces(open(root, path)?.0, |piece| {
        hasher.write(piece);
        left = left.saturating_sub(piece.len() as u64);
        left > 0
    })
}

/// Whether a file holds just these bytes.
#[must_use]
pub fn holds(root: &Path, path: &str, bytes: &[u8]) -> bool {
    let Ok((file, metadata)) = open(root, path) else { return false };
    let mut rest = bytes;
    let mut is_same = metadata.len() == bytes.len() as u64;
    let end = pieces(file, |piece| {
        is_same &= rest.starts_with(piece);
        rest = rest.get(piece.len()..).unwrap_or_default();
        is_same
    });
    end.is_ok() && is_same && rest.is_empty()
}

/// Hands out a file piece by piece, as long as `goes_on` says so.
fn pieces(mut file: File, mut goes_on: impl FnMut(&[u8]) -> bool) -> Result<(), Refusal> {
    let mut buffer = vec![0; PIECE];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) if goes_on(&buffer[..length]) => {}
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, statat};
    use rustix::io::Errno;

    use super::Refusal;

    /// Opens folder by folder, none of them through a link. Opening a pipe does not wait for its other end.
    pub fn open(root: &Path, path: &Path) -> Result<File, Refusal> {
        let common = OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK;
        let folder = common | OFlags::DIRECTORY;
        let mut at = openat(CWD, root, folder, Mode::empty()).map_err(failed)?;
        let mut parts = path.iter().peekable();
        while let Some(part) = parts.next() {
            let how = if parts.peek().is_some() { folder } else { common };
            at = openat(&at, part, how | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| {
                // Systems say in different ways that it is a link.
                let found = statat(&at, part, AtFlags::SYMLINK_NOFOLLOW).map(|found| FileType::from_raw_mode(found.st_mode));
                match found {
                    Ok(FileType::Symlink) => Refusal::Link,
                    Ok(FileType::Socket) => Refusal::NotRegular,
                    _ => failed(error),
                }
            })?;
        }
        Ok(at.into())
    }

    fn failed(error: Errno) -> Refusal {
        Refusal::Failed(error.into())
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, File};
    use std::path::Path;

    use super::Refusal;

    /// Looks at each part of the way before it opens the file.
    pub fn open(root: &Path, path: &Path) -> Result<File, Refusal> {
        let mut way = root.to_owned();
        for part in path {
            way.push(part);
            let found = fs::symlink_metadata(&way)?;
            if found.is_symlink() {
                return Err(Refusal::Link);
            }
            if !found.is_dir() && !found.is_file() {
                return Err(Refusal::NotRegular);
            }
        }
        // Folders may be joined in other ways than by links.
        if !fs::canonicalize(&way)?.starts_with(fs::canonicalize(root)?) {
            return Err(Refusal::Link);
        }
        Ok(File::open(way)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("corroborate-files-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a")).unwrap();
        std::fs::write(folder.join("a/one.txt"), "The mill closed.").unwrap();
        folder
    }

    #[test]
    fn a_file_is_read_up_to_its_size_and_only_below_the_root() {
        let root = folder("sizes");
        assert_eq!(read(&root, "a/one.txt", 16).unwrap(), b"The mill closed.");
        for (path, largest, why) in [
            ("a/one.txt", 15, "it is larger than 0 KB"),
            ("a", 16, "it is not a regular file"),
            ("a/../a/one.txt", 16, "it lies outside of the folder"),
            ("../one.txt", 16, "it lies outside of the folder"),
            ("", 16, "it lies outside of the folder"),
        ] {
            assert_eq!(read(&root, path, largest).unwrap_err().to_string(), why, "{path}");
        }
        assert!(read(&root, "a/two.txt", 16).unwrap_err().is_absence());
        assert!(holds(&root, "a/one.txt", b"The mill closed.") && !holds(&root, "a/one.txt", b"The mill closed!"));
        std::fs::remove_dir_all(root).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn links_pipes_and_devices_are_refused_and_not_waited_for() {
        use std::os::unix::fs::symlink;
        let root = folder("links");
        symlink(root.join("a/one.txt"), root.join("inner.txt")).unwrap();
        symlink("/dev/zero", root.join("zero.txt")).unwrap();
        symlink(root.join("a"), root.join("b")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, root.join("pipe.txt"), rustix::fs::Mode::RWXU).unwrap();
        for path in ["inner.txt", "zero.txt", "b/one.txt"] {
            assert!(matches!(read(&root, path, 99), Err(Refusal::Link)), "{path}");
        }
        assert!(matches!(read(&root, "pipe.txt", 99), Err(Refusal::NotRegular)));
        std::fs::remove_dir_all(root).unwrap();
    }
}
