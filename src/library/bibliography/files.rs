//! The files that an entry names, in the forms that reference managers write.

use crate::library::paths;

/// The paths in a `file` field: `a.pdf`, `a.pdf;b.html`, `Label:a.pdf:application/pdf`. Paths are
/// made relative to the root, except those that begin at the top of a disk.
pub fn of_field(value: &str, folder: &str) -> Vec<String> {
    parts(value).iter().filter_map(|part| path(part, folder)).collect()
}

/// One path as it stands.
pub fn path(part: &str, folder: &str) -> Option<String> {
    let path = unescaped(bare(part.trim())).trim().to_owned();
    if path.is_empty() {
        return None;
    }
    if is_absolute(&path) {
        return Some(path);
    }
    // A folder is no file.
    Some(paths::join(folder, &path).unwrap_or(path)).filter(|path| !path.is_empty())
}

/// Whether a path begins at the top of a disk: such a one is known only by its tail.
pub fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '~']) || drive(path)
}

fn drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'/' | b'\\')
}

/// Cut at semicolons that are not escaped.
fn parts(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in value.chars() {
        if c == ';' && !escaped {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    parts
}

/// Without a type behind it and, if there is one, a label before it.
fn bare(part: &str) -> &str {
    let Some((head, kind)) = part.rsplit_once(':') else { return part };
    let is_type = match kind.split_once('/') {
        Some((group, _)) => matches!(group, "application" | "text" | "image" | "audio" | "video" | "message"),
        None => kind.len() <= 12 && kind.chars().all(char::is_alphanumeric),
    };
    if !is_type {
        return part;
    }
    // A label may hold colons itself; a path from the top of a disk tells where it begins.
    let starts = head.match_indices(':').map(|(at, _)| at + 1);
    let absolute = starts.clone().find(|at| is_absolute(&head[*at..]));
    match absolute.or_else(|| starts.clone().next().filter(|_| !drive(head))) {
        Some(at) => &head[at..],
        None => head,
    }
}

fn unescaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut chars = path.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('_' | '&' | '%' | '#' | '$' | ';' | ':' | '{' | '}' | ' ')) => {}
            ('\\', Some('\\')) => {
                chars.next();
                out.push('/');
            }
            ('\\', _) => out.push('/'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_field() {
        for (value, files) in [
            ("a.pdf", vec!["refs/a.pdf"]),
            ("./a.pdf", vec!["refs/a.pdf"]),
            ("../sources/a.pdf", vec!["sources/a.pdf"]),
            ("a.pdf;b c.html", vec!["refs/a.pdf", "refs/b c.html"]),
            (":a.pdf:PDF", vec!["refs/a.pdf"]),
            ("Full Text:a.pdf:application/pdf", vec!["refs/a.pdf"]),
            ("Full: Text:/z/a.pdf:application/pdf;Snap:/z/b.html:text/html", vec!["/z/a.pdf", "/z/b.html"]),
            ("Full:C:\\Users\\me\\a.pdf:application/pdf", vec!["C:/Users/me/a.pdf"]),
            ("C:\\Users\\me\\a.pdf:application/pdf", vec!["C:/Users/me/a.pdf"]),
            ("C\\:/Users/me/a\\_b.pdf", vec!["C:/Users/me/a_b.pdf"]),
            ("a\\;b.pdf", vec!["refs/a;b.pdf"]),
            ("", vec![]),
            (";;", vec![]),
            ("::", vec![]),
        ] {
            assert_eq!(of_field(value, "refs"), files, "{value}");
        }
    }
}
