//! Files beside the sources: what is noted of them, bibliographies, settings, and the list of accepted findings.

use corroborate::library::bibliography;
use corroborate::rules::store::{self, Store};
use corroborate::source::{self, Fields};
use corroborate::workspace::settings::Settings;

use super::guard;

pub fn sidecar(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(fields) = Fields::from_yaml(&text) else { return };
    assert_eq!(Fields::from_yaml(&text).as_ref(), Ok(&fields));
    for path in ["a.txt", "a.csv"] {
        let sources = source::read(path, b"place,share\nVesk,12", &fields).expect("a text can be read");
        let [source] = &sources[..] else { panic!("{} sources", sources.len()) };
        assert_eq!(source.text.len(), source.layout.visible.len());
        assert!(source.metadata.fields().all(|(_, value)| !value.is_empty() && !value.contains('\n')), "{:?}", source.metadata);
    }
    // As the front matter of a text.
    let _ = source::read("a.md", format!("---\n{text}\n---\nThe mill closed.").as_bytes(), &Fields::default());
}

/// The product reads them in a process of its own, as `biblatex` may panic or overflow its stack.
pub fn bibliography(path: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(read) = guard::surviving(|| bibliography::read(path, &text)) else { return };
    for (key, entry) in &read.entries {
        assert!(entry.files.iter().all(|file| !file.is_empty()), "{key}: {entry:?}");
    }
    assert!(read.notices.iter().all(|notice| !notice.is_empty()));
    assert_eq!(guard::surviving(|| bibliography::read(path, &text)).as_ref(), Some(&read));
    // A file that can be read counts alone, whatever it said before.
    let before = bibliography::read("refs/a.json", r#"[{"id": "before", "type": "book"}]"#).entries;
    let is_broken = read.is_broken;
    let had_it = read.entries.contains_key("before");
    assert_eq!(read.or_before(Some(&before)).contains_key("before"), is_broken || had_it);
}

pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let given = serde_json::from_slice(bytes).ok();
    let (settings, mistakes) = Settings::layered(Some(&text), given.as_ref(), Some(&text));
    // As editors count them.
    let lines = text.split(['\n', '\r']).count();
    for mistake in &mistakes {
        assert!(!mistake.message.is_empty() && mistake.line.is_none_or(|line| (1..=lines).contains(&line)), "{mistake:?}");
    }
    assert_eq!(Settings::layered(Some(&text), given.as_ref(), Some(&text)), (settings.clone(), mistakes));
    let globs = settings.globs();
    for path in ["sources/a.txt", "notes/a.md", "a.bib", "ä/ö.MD"] {
        assert!(!(globs.is_source(path) && globs.is_note(path)), "{path} is both");
        let _ = (settings.severities(path), globs.is_bibliography(path));
    }
}

pub fn ignore_list(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let list = Store::parse(&text);
    let lines = text.lines().count();
    assert!(list.mistakes.iter().all(|mistake| (1..=lines).contains(&mistake.line)), "{:?}", list.mistakes);
    for (fingerprint, listed) in list.entries() {
        assert!(list.on_line(listed.line).is_some());
        // Written anew, it is there once, beside all others.
        let again = Store::parse(&store::with(&text, fingerprint, &listed.entry));
        assert!(again.entry(fingerprint).is_some(), "{fingerprint} is lost");
        assert_eq!(again.entries().count(), list.entries().count(), "{fingerprint}");
        assert_eq!(again.mistakes.len(), list.mistakes.len(), "{fingerprint}");
    }
}
