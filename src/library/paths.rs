//! Paths below the root, always with `/` between folders.

/// A path seen from a folder, as a path relative to the root. A leading `/` is the root. `None` for
/// what leads above the root.
#[must_use]
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    parts.retain(|part| !part.is_empty());
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a file.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
#[must_use]
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A file's name without its extension.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A file seen from a folder, both relative to the root.
#[must_use]
pub fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(join("notes", "../sources/b.txt").as_deref(), Some("sources/b.txt"));
        assert_eq!(join("", "sources/./b.txt").as_deref(), Some("sources/b.txt"));
        assert_eq!(join("notes/deep", "/b.txt").as_deref(), Some("b.txt"));
        assert_eq!(join("", "../../etc/passwd"), None);
    }

    #[test]
    fn files_are_seen_from_folders() {
        for (folder, path, seen) in [
            ("", "sources/a.txt", "sources/a.txt"),
            ("notes", "sources/a.txt", "../sources/a.txt"),
            ("notes/deep", "notes/a.txt", "../a.txt"),
            ("notes", "notes/a.txt", "a.txt"),
        ] {
            assert_eq!(relative(folder, path), seen);
            assert_eq!(join(folder, seen).as_deref(), Some(path));
        }
    }
}
