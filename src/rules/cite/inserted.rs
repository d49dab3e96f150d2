//! Citations where there was none, in the style that is wanted.

use super::{braced, is_plain_address, key, name};
use crate::library::anchors::{self, Anchor, AnchorTarget};
use crate::library::resolve::CitationTarget;
use crate::library::{View, paths};
use crate::note::{Citation, CitationKind, Note};
use crate::rules::Place;
use crate::text::Span;
use crate::text::words::{readable, words};

/// How a citation names its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Style {
    pub const ALL: [Self; 4] = [Self::Key, Self::Wiki, Self::Link, Self::TextFragment];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Wiki => "wiki",
            Self::Link => "link",
            Self::TextFragment => "text-fragment",
        }
    }

    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

/// A citation of a place in a source, in the note at `path`.
#[must_use]
pub fn written(library: &View<'_>, path: &str, place: Place, style: Style) -> String {
    let source = library.source(place.source);
    let link = || encoded(&paths::relative(paths::folder(path), &source.path), "/");
    let named = match style {
        Style::Key => key(library, place.source).map(|key| format!("[@{}]", braced(&key))),
        Style::Wiki => name(library, place.source).map(|name| format!("[[{name}]]")),
        Style::Link | Style::TextFragment => None,
    };
    match style {
        // Where no name can be written, a link can.
        Style::Key | Style::Wiki | Style::Link => named.unwrap_or_else(|| format!("([source]({}))", link())),
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
pub fn style_of(note: &Note, cited: &[CitationTarget]) -> Style {
    let mut leading =
        note.citations.iter().zip(cited).filter(|(c, cited)| c.is_pointer() && matches!(cited, CitationTarget::Sources(_)));
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
fn fragment(library: &View<'_>, place: Place) -> Option<String> {
    const FEW: usize = 8;
    let visible = &library.source(place.source).layout.visible;
    let words = words(place.span.of(visible));
    let span = |from: usize, to: usize| Span::new(words[from].span.start, words[to - 1].span.end).of(place.span.of(visible));
    let text = |from: usize, to: usize| readable(span(from, to));
    let all = words.len();
    let ends: Vec<usize> = if all <= FEW { Vec::new() } else { [4, 8, 16].into_iter().filter(|n| 2 * n <= all).collect() };
    let ranges = ends.into_iter().map(|n| (text(0, n), text(all - n, all)));
    let whole = (all > 0).then(|| (text(0, all), String::new()));
    let ways: Vec<(String, String)> = ranges.chain(whole).collect();
    let before = words_before(visible, place.span.start);
    [String::new(), before].into_iter().flat_map(|prefix| ways.iter().map(move |way| (prefix.clone(), way))).find_map(
        |(prefix, (start, end))| {
            let parts = [Some(start), Some(end).filter(|end| !end.is_empty())];
            let parts = parts.into_iter().flatten().map(|part| encoded(part, ""));
            let marked = Some(&prefix).filter(|prefix| !prefix.is_empty()).map(|prefix| encoded(prefix, "") + "-");
            let fragment = marked.into_iter().chain(parts).collect::<Vec<_>>().join(",");
            let anchor = Anchor::Text { prefix, start: start.clone(), end: end.clone(), suffix: String::new() };
            let leads =
                matches!(anchors::find(&anchor, place.source, library), AnchorTarget::At(span) if place.span.encloses(span));
            leads.then_some(fragment)
        },
    )
}

/// The few words before a place.
fn words_before(visible: &str, at: usize) -> String {
    const MOST: usize = 4;
    const NEAR: usize = 120;
    let near = &visible[visible.floor_char_boundary(at.saturating_sub(NEAR))..at];
    let words = words(near);
    // The first one may be cut.
    let first = words.len().saturating_sub(MOST).max(usize::from(near.len() < at && !words.is_empty()));
    words.get(first).map_or(String::new(), |word| readable(&near[word.span.start..]))
}

/// Percent-encoded but for letters, digits, and what is `kept`; so `-`, `,` and `&`, which part a
/// text fragment, are encoded too.
#[must_use]
pub fn encoded(text: &str, kept: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Library;
    use crate::source::Source;

    fn fragment_of(text: &str, words: &str) -> Option<String> {
        let source = Source::of_text("sources/a.txt".to_owned(), text.to_owned());
        let library = Library::new(vec![source], Default::default());
        let start = text.rfind(words).unwrap_or(0);
        fragment(&library.view(), Place { source: crate::library::SourceId(0), span: Span::new(start, start + words.len()) })
    }

    #[test]
    fn what_parts_a_fragment_is_encoded() {
        assert_eq!(
            fragment_of("Oats – a & b-c, d.", "Oats – a & b-c, d.").as_deref(),
            Some("Oats%20%E2%80%93%20a%20%26%20b%2Dc%2C%20d")
        );
        assert_eq!(encoded("../a b-c(1).pdf", "/"), "../a%20b-c%281%29.pdf");
    }

    #[test]
    fn a_fragment_leads_to_its_passage_only() {
        let text =
            "The mill at Orrin closed in the spring of that year. The mill at Orrin closed for good in the autumn of that year.";
        let second = "The mill at Orrin closed for good in the autumn of that year.";
        let whole = "The%20mill%20at%20Orrin%20closed%20for%20good%20in%20the%20autumn%20of%20that%20year";
        assert_eq!(fragment_of(text, second).as_deref(), Some(whole));
        assert_eq!(
            fragment_of("Rain fell. Oats. Snow fell. Oats.", "Oats.").as_deref(),
            Some("fell.%20Oats.%20Snow%20fell.-,Oats")
        );
        assert_eq!(fragment_of("", ""), None);
    }
}
