//! Citations written anew: the same style, another source or another place.

mod inserted;

pub use inserted::{Style, encoded, style_of, written};

use super::view::{Pointer, SentenceView};
use super::{Fix, fix};
use crate::library::paths;
use crate::library::{SourceId, View};
use crate::message;
use crate::note::{Citation, CitationKind};
use crate::text::Span;
use crate::text::words::{is_invisible, readable};

/// The citation with another page, paragraph or other place in it.
pub fn relocated(citation: &Pointer<'_>, label: &str) -> Option<Fix> {
    let (locator, places) = (citation.locator()?, citation.places());
    let (first, last) = (places.first()?, places.last()?);
    // Words of a heading are more than a label, and so is what could end the citation.
    if !label.chars().all(|c| c.is_alphanumeric() && !is_invisible(c) || matches!(c, '.' | ':' | '-' | '–' | '/')) {
        return None;
    }
    let start = citation.with_locator().rfind(locator)?;
    let old = Span::new(start + first.span.start, start + last.span.end);
    let new = first.with(label);
    let title = message!("replace {} with {}", fix::shown(old.of(citation.with_locator())), fix::shown(&new));
    Some(citation.fix(title, old, new))
}

/// The citation with another source in it, without a locator, which belonged to the old one.
pub fn swapped(subject: &SentenceView<'_>, citation: &Pointer<'_>, old: SourceId, new: SourceId) -> Option<Fix> {
    let library = subject.library;
    let raw = citation.with_locator();
    let text = match citation.kind() {
        CitationKind::Key | CitationKind::BareKey => with_key(raw, citation.target(), citation.locator(), &key(library, new)?)?,
        CitationKind::Wiki => with_file(raw, citation.target(), library, new)?,
        CitationKind::Link => with_link(raw, citation.target(), &link(library, citation.target(), old, new)?)?,
        CitationKind::Address => {
            format!("<{}>", library.source(new).metadata.url.as_deref().filter(|url| is_plain_address(url))?)
        }
        CitationKind::Footnote => match subject.footnote_citing(new) {
            Some(label) => format!("[^{label}]"),
            None => format!("[@{}]", braced(&key(library, new)?)),
        },
        CitationKind::Definition => library.source(new).file_name().to_owned(),
    };
    let is_harmless = citation.kind() != CitationKind::Definition || is_writable(&text);
    let title = message!("replace {} with {}", fix::shown(raw), fix::shown(&text));
    (text != raw && is_harmless).then(|| citation.fix(title, Span::new(0, raw.len()), text))
}

/// In a list of keys the span of a citation is only that of its key, and its locator stands behind.
pub fn with_locator(text: &str, citation: &Citation) -> Span {
    let span = citation.span;
    if citation.kind != CitationKind::Key || citation.locator.is_none() || span.of(text).ends_with(']') {
        return span;
    }
    let rest = text[span.end..].find([';', ']']).unwrap_or(0);
    Span::new(span.start, span.end + text[span.end..span.end + rest].trim_end().len())
}

/// `[see @old, p. 3]` or `@old, p. 3` with a new key.
fn with_key(raw: &str, old: &str, locator: Option<&str>, new: &str) -> Option<String> {
    let written = [format!("@{{{old}}}"), format!("@{old}")].into_iter().find(|w| raw.contains(w.as_str()))?;
    let (before, behind) = raw.split_once(written.as_str())?;
    let behind = match locator {
        None => behind,
        Some(_) if raw.starts_with('[') => "]",
        Some(_) => "",
    };
    Some(format!("{before}@{}{behind}", braced(new)))
}

/// Characters that a key cannot hold without braces.
#[must_use]
pub fn braced(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-' | '/'));
    if is_plain { key.to_owned() } else { format!("{{{key}}}") }
}

/// Whether a key or a file's name can stand in a citation: all of it is seen, and none of it ends the
/// citation or begins something else. Others have to be cited in another way.
#[must_use]
pub fn is_writable(name: &str) -> bool {
    const LIVE: &str = "[]{}<>@|`*\\\"“”„‟«»‹›‘";
    let is_entity = name.contains('&') && name.contains(';');
    readable(name) == name
        && !name.contains(|c| LIVE.contains(c))
        && !name.contains("://")
        && !name.starts_with('^')
        && !is_entity
}

/// `[[old#Heading|label]]` with a new file; with an extension if the old one had one.
fn with_file(raw: &str, old: &str, library: &View<'_>, new: SourceId) -> Option<String> {
    let inside = raw.strip_prefix("[[")?.strip_suffix("]]")?;
    let label = inside.split_once('|').map_or(String::new(), |(_, label)| format!("|{label}"));
    let has_extension = old.rsplit_once('.').is_some_and(|(_, e)| crate::source::Format::of(old).is_some() && !e.is_empty());
    let name = if has_extension {
        Some(library.source(new).file_name().to_owned()).filter(|n| is_writable(n))
    } else {
        name(library, new)
    };
    let name = name?;
    Some(format!("[[{name}{label}]]"))
}

/// `[text](old#anchor)` with a new target.
fn with_link(raw: &str, old: &str, new: &str) -> Option<String> {
    let open = raw.rfind("](")? + 2;
    let rest = &raw[open..];
    let target = rest.strip_prefix('<').unwrap_or(rest);
    let end = target.strip_prefix(old)?;
    let close = end.find([')', ' ', '>'])?;
    let encoded = in_link(new);
    Some(format!("{}{encoded}{}", &raw[..open], end[close..].trim_start_matches('>')))
}

/// The path to another source, seen from where the old link started.
fn link(library: &View<'_>, target: &str, old: SourceId, new: SourceId) -> Option<String> {
    let (old, new) = (library.source(old), library.source(new));
    if target.contains("://") {
        return new.metadata.url.clone().filter(|url| is_plain_address(url));
    }
    let mut here: Vec<&str> = target.split('/').collect();
    let mut there: Vec<&str> = old.path.split('/').collect();
    while here.last().is_some_and(|part| there.last() == Some(part)) {
        here.pop();
        there.pop();
    }
    let folder = there.iter().map(|part| format!("{part}/")).collect::<String>();
    let tail = new.path.strip_prefix(folder.as_str())?;
    Some(here.iter().map(|part| format!("{part}/")).collect::<String>() + tail)
}

/// A path in a link, with what could end the link percent-encoded.
fn in_link(path: &str) -> String {
    let is_live = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || "()[]<>\\`\"|;".contains(c);
    path.chars().map(|c| if is_live(c) { encoded(c.encode_utf8(&mut [0; 4]), "") } else { c.to_string() }).collect()
}

/// Whether an address is one of the web that can stand in a link as it is.
pub fn is_plain_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'(' | b')' | b'<' | b'>' | b'\\' | b'`' | b'|'))
}

/// The key of a bibliography entry if one leads to the source, else the file's name. `None` where none
/// can stand in a citation.
pub fn key(library: &View<'_>, source: SourceId) -> Option<String> {
    let key = library.key(source).filter(|key| is_writable(key));
    key.map(str::to_owned).or_else(|| name(library, source))
}

/// The shortest name that leads to the source.
pub fn name(library: &View<'_>, source: SourceId) -> Option<String> {
    let path = library.path(source);
    let names = [paths::stem(path), paths::name(path)];
    let shortest = names.into_iter().find(|name| library.resolve(name) == Some(source)).unwrap_or(path);
    Some(shortest.to_owned()).filter(|name| is_writable(name))
}

/// Another target for a citation that leads nowhere: only the name is exchanged.
pub fn renamed(citation: &Pointer<'_>, target: &str) -> Option<Fix> {
    let old = citation.target();
    let at = citation.text().find(old).filter(|_| !old.is_empty() && is_writable(target))?;
    let span = Span::new(at, at + old.len());
    let title = message!("replace {} with {}", fix::shown(old), fix::shown(target));
    Some(citation.fix(title, span, target.to_owned()))
}
