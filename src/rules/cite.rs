//! Citations written anew: the same style, another source.

use serde::Deserialize;

use super::{Fix, Place, Subject, fix};
use crate::library::anchors::{self, Anchor, Found};
use crate::library::resolve::Cited;
use crate::library::{Library, SourceId, paths};
use crate::note::{Citation, CitationKind, Note};
use crate::text::Span;
use crate::text::words::{readable, words};

/// How a citation names its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `[@key]`
    Key,
    /// `[[file]]`
    Wiki,
    /// `([source](path))`
    Link,
    /// `([source](path#:~:text=words))`
    TextFragment,
}

/// A citation of a place in a source, in the note at `path`.
#[must_use]
pub fn written(library: &Library, path: &str, place: Place, style: Style) -> String {
    let source = library.source(place.source);
    let link = || encoded(&paths::relative(paths::folder(path), &source.path), "/");
    match style {
        Style::Key => format!("[@{}]", braced(&key(library, place.source))),
        Style::Wiki => format!("[[{}]]", name(library, place.source)),
        Style::Link => format!("([source]({}))", link()),
        Style::TextFragment => {
            // In the web a browser shows the words.
            let own = source.metadata.url.as_deref().filter(|url| library.by_url(url) == Some(place.source));
            let page = own.and_then(|url| url.split('#').next()).filter(|url| is_plain_address(url));
            let target = page.map_or_else(link, str::to_owned);
            match fragment(library, place) {
                Some(fragment) => format!("([source]({target}#:~:text={fragment}))"),
                None => format!("([source]({target}))"),
            }
        }
    }
}

/// The style of the first citation of a note that leads to a source.
#[must_use]
pub fn style_of(note: &Note, cited: &[Cited]) -> Style {
    let mut leading = note.citations.iter().zip(cited).filter(|(c, cited)| c.is_pointer() && matches!(cited, Cited::Sources(_)));
    match leading.next().map(|(citation, _)| citation) {
        Some(Citation { kind: CitationKind::Wiki, .. }) => Style::Wiki,
        Some(Citation { kind: CitationKind::Link | CitationKind::Address, locator, .. }) => {
            let is_fragment = locator.as_ref().is_some_and(|locator| locator.contains(":~:text="));
            if is_fragment { Style::TextFragment } else { Style::Link }
        }
        _ => Style::Key,
    }
}

/// The text fragment of a passage: its words, or where they begin and end if there are many. With
/// more words until it leads to that passage and no other.
fn fragment(library: &Library, place: Place) -> Option<String> {
    const FEW: usize = 8;
    let visible = &library.source(place.source).layout.visible;
    let words = words(place.span.of(visible));
    let span = |from: usize, to: usize| Span::new(words[from].span.start, words[to - 1].span.end).of(place.span.of(visible));
    let text = |from: usize, to: usize| readable(span(from, to));
    let all = words.len();
    let ends: Vec<usize> = if all <= FEW { Vec::new() } else { [4, 8, 16].into_iter().filter(|n| 2 * n <= all).collect() };
    let ranges = ends.into_iter().map(|n| (text(0, n), text(all - n, all)));
    let whole = (all > 0).then(|| (text(0, all), String::new()));
    ranges.chain(whole).find_map(|(start, end)| {
        let fragment = [&start, &end].iter().filter(|part| !part.is_empty()).map(|part| encoded(part, "")).collect::<Vec<_>>();
        let anchor = Anchor::Text { prefix: String::new(), start, end, suffix: String::new() };
        let leads = matches!(anchors::find(&anchor, place.source, library), Found::At(span) if place.span.encloses(span));
        leads.then(|| fragment.join(","))
    })
}

/// Percent-encoded but for letters, digits, and what is `kept`; so `-`, `,` and `&`, which part a
/// text fragment, are encoded too.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let is_path = kept.contains('/');
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || c == '-' && is_path || kept.contains(c) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether an address can stand in a link as it is.
fn is_plain_address(url: &str) -> bool {
    url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'(' | b')' | b'<' | b'>' | b'\\' | b'`'))
}

/// The citation with another page, paragraph or other place in it.
pub fn relocated(subject: &Subject<'_>, citation: &Citation, label: &str) -> Option<Fix> {
    let (locator, places) = (citation.locator.as_deref()?, citation.places());
    let (first, last) = (places.first()?, places.last()?);
    // Words of a heading are more than a label.
    if label.contains(' ') {
        return None;
    }
    let span = with_locator(subject.text, citation);
    let start = span.start + span.of(subject.text).rfind(locator)?;
    let old = Span::new(start + first.span.start, start + last.span.end);
    let new = first.with(label);
    let title = format!("replace {} with {}", fix::shown(&readable(old.of(subject.text))), fix::shown(&new));
    Some(Fix::one(title, old, new))
}

/// The citation with another source in it, without a locator, which belonged to the old one.
pub fn swapped(subject: &Subject<'_>, citation: &Citation, old: Option<SourceId>, new: SourceId) -> Option<Fix> {
    let library = subject.library;
    let span = with_locator(subject.text, citation);
    let raw = span.of(subject.text);
    let text = match citation.kind {
        CitationKind::Key | CitationKind::BareKey => {
            with_key(raw, &citation.target, citation.locator.as_deref(), &key(library, new))?
        }
        CitationKind::Wiki => with_file(raw, &citation.target, library, new)?,
        CitationKind::Link => with_link(raw, citation, &link(library, &citation.target, old?, new)?)?,
        CitationKind::Address => {
            format!("<{}>", library.source(new).metadata.url.as_deref().filter(|url| is_plain_address(url))?)
        }
        CitationKind::Footnote => same_footnote(subject, new).unwrap_or_else(|| format!("[@{}]", braced(&key(library, new)))),
        CitationKind::Definition => library.source(new).file_name().to_owned(),
    };
    let title = format!("replace {} with {}", fix::shown(raw), fix::shown(&text));
    (text != raw).then(|| Fix::one(title, span, text))
}

/// In a list of keys the span of a citation is only that of its key, and its locator stands behind.
fn with_locator(text: &str, citation: &Citation) -> Span {
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
fn braced(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-' | '/'));
    if is_plain { key.to_owned() } else { format!("{{{key}}}") }
}

/// `[[old#Heading|label]]` with a new file; with an extension if the old one had one.
fn with_file(raw: &str, old: &str, library: &Library, new: SourceId) -> Option<String> {
    let inside = raw.strip_prefix("[[")?.strip_suffix("]]")?;
    let label = inside.split_once('|').map_or(String::new(), |(_, label)| format!("|{label}"));
    let has_extension = old.rsplit_once('.').is_some_and(|(_, e)| crate::source::Format::of(old).is_some() && !e.is_empty());
    let name = if has_extension { library.source(new).file_name().to_owned() } else { name(library, new) };
    Some(format!("[[{name}{label}]]"))
}

/// `[text](old#anchor)` with a new target.
fn with_link(raw: &str, citation: &Citation, new: &str) -> Option<String> {
    let open = raw.rfind("](")? + 2;
    let rest = &raw[open..];
    let target = rest.strip_prefix('<').unwrap_or(rest);
    let end = target.strip_prefix(citation.target.as_str())?;
    let close = end.find([')', ' ', '>'])?;
    let spaced = new.replace(' ', "%20");
    Some(format!("{}{spaced}{}", &raw[..open], end[close..].trim_start_matches('>')))
}

/// The path to another source, seen from where the old link started.
fn link(library: &Library, target: &str, old: SourceId, new: SourceId) -> Option<String> {
    let (old, new) = (library.source(old), library.source(new));
    if target.contains("://") {
        return new.metadata.url.clone();
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

/// A footnote of the note that cites just this source already.
fn same_footnote(subject: &Subject<'_>, source: SourceId) -> Option<String> {
    let is_it = |cited: &Cited| matches!(cited, Cited::Sources(ids) if ids[..] == [source]);
    let citations = subject.note.citations.iter().zip(subject.cited);
    citations
        .filter(|(c, _)| c.kind == CitationKind::Footnote)
        .find(|(_, cited)| is_it(cited))
        .map(|(c, _)| format!("[^{}]", c.target))
}

/// The key of a bibliography entry if one leads to the source, else the file's name.
fn key(library: &Library, source: SourceId) -> String {
    library.key(source).map_or_else(|| name(library, source), str::to_owned)
}

/// The shortest name that leads to the source.
fn name(library: &Library, source: SourceId) -> String {
    let it = library.source(source);
    let names = [it.stem(), it.file_name()];
    names.into_iter().find(|name| library.resolve(name) == Some(source)).unwrap_or(&it.path).to_owned()
}

/// Another target for a citation that leads nowhere: only the name is exchanged.
pub fn renamed(subject: &Subject<'_>, citation: &Citation, target: &str) -> Option<Fix> {
    let raw = citation.span.of(subject.text);
    let at = raw.find(citation.target.as_str()).filter(|_| !citation.target.is_empty())?;
    let start = citation.span.start + at;
    let span = Span::new(start, start + citation.target.len());
    let title = format!("replace {} with {}", fix::shown(&citation.target), fix::shown(target));
    Some(Fix::one(title, span, target.to_owned()))
}
