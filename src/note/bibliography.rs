//! The bibliographies that a note names in its front matter, as Pandoc has them.

use serde::Deserialize;

#[derive(Deserialize)]
struct FrontMatter {
    bibliography: Names,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// The files under `bibliography:`, as they are written. `text` is a note or its beginning.
#[must_use]
pub fn bibliographies(text: &str) -> Vec<String> {
    let Some(yaml) = front_matter(text).filter(|yaml| yaml.contains("bibliography")) else { return Vec::new() };
    let names = match serde_saphyr::from_str::<FrontMatter>(yaml).map(|front| front.bibliography) {
        Ok(Names::One(name)) => vec![name],
        Ok(Names::Several(names)) => names,
        Err(_) => Vec::new(),
    };
    names.into_iter().filter(|name| !name.trim().is_empty()).collect()
}

fn front_matter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rest = rest.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']))?;
    let end = ["\n---", "\n..."].iter().filter_map(|close| rest.find(close)).min()?;
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_or_several_files() {
        for (text, files) in [
            ("---\ntitle: x\nbibliography: refs.bib\n---\n", vec!["refs.bib"]),
            ("---\r\nbibliography: [a.bib, ../b.json]\r\n---\r\n", vec!["a.bib", "../b.json"]),
            ("---\nbibliography:\n  - a.bib\n  - b.bib\n...\n", vec!["a.bib", "b.bib"]),
            ("---\nbibliography: {a: b}\n---\n", vec![]),
            ("---\nbibliography: [unclosed\n---\n", vec![]),
            ("---\nbibliography: a.bib\n", vec![]),
            ("bibliography: a.bib", vec![]),
        ] {
            assert_eq!(bibliographies(text), files, "{text}");
        }
    }
}
