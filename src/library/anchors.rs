//! Anchors of citations: words, a heading or an element of a source at which a citation points.
//!
//! Text fragments follow the draft of the Web Incubator Community Group,
//! `#:~:text=prefix-,start,end,-suffix`, with several of them joined by `&`. What a locator says
//! of pages, lines or anything else that a source does not show is not an anchor.

use super::resolve::percent_decoded;
use super::{Library, SentenceId, SourceId};
use crate::note::{Citation, CitationKind, quotations_in};
use crate::source::{Format, MarkKind};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::{Term, Word, words};

/// What a citation points at inside its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Words in a row: what stands before them, the words, the end of a longer passage, and what
    /// stands behind.
    Text { prefix: String, start: String, end: String, suffix: String },
    /// A heading by its words, as wiki links have it.
    Heading(String),
    /// A heading by its slug, or an element by its name.
    Fragment(String),
}

impl Anchor {
    /// The words that the source should have.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text { start, end, .. } if end.is_empty() => start.clone(),
            Self::Text { start, end, .. } => format!("{start} … {end}"),
            Self::Heading(name) | Self::Fragment(name) => name.clone(),
        }
    }
}

/// The anchors of a citation.
#[must_use]
pub fn of(citation: &Citation) -> Vec<Anchor> {
    let Some(locator) = citation.locator.as_deref() else { return Vec::new() };
    match citation.kind {
        CitationKind::Key => quoted(locator),
        CitationKind::Wiki => heading(locator).into_iter().collect(),
        CitationKind::Link => fragments(locator),
        CitationKind::BareKey | CitationKind::Footnote | CitationKind::Definition => Vec::new(),
    }
}

/// Words in quotation marks behind a key; a single word may name anything.
fn quoted(locator: &str) -> Vec<Anchor> {
    let found = quotations_in(locator, Span::new(0, locator.len()));
    let text = |inner: Span| Anchor::Text {
        prefix: String::new(),
        start: inner.of(locator).to_owned(),
        end: String::new(),
        suffix: String::new(),
    };
    found.iter().filter(|q| words(q.inner.of(locator)).len() > 1).map(|q| text(q.inner)).collect()
}

/// The heading of a wiki link; of nested ones the last. `^` begins the name of a block.
fn heading(locator: &str) -> Option<Anchor> {
    let last = locator.rsplit('#').next().unwrap_or_default().trim();
    (!last.starts_with('^') && words(last).iter().any(|w| !w.has_digit)).then(|| Anchor::Heading(last.to_owned()))
}

fn fragments(locator: &str) -> Vec<Anchor> {
    let (element, directive) = locator.split_once(":~:").unwrap_or((locator, ""));
    let mut found: Vec<Anchor> = directive.split('&').filter_map(|d| d.strip_prefix("text=")).filter_map(text).collect();
    if is_name(element) {
        found.push(Anchor::Fragment(percent_decoded(element)));
    }
    found
}

/// `page=2`, `L10-L20` and `top` name no element.
fn is_name(fragment: &str) -> bool {
    let line = fragment.strip_prefix(['L', 'l']).unwrap_or(fragment);
    let is_line = line.starts_with(|c: char| c.is_ascii_digit()) && !line.contains(|c: char| c.is_ascii_lowercase());
    !fragment.is_empty() && !is_line && !fragment.contains(['=', '^', '/', '!']) && !fragment.eq_ignore_ascii_case("top")
}

/// `prefix-,start,end,-suffix`, of which only the start is needed.
fn text(directive: &str) -> Option<Anchor> {
    let mut parts: Vec<&str> = directive.split(',').collect();
    let prefix = parts.first().and_then(|p| p.strip_suffix('-')).map(percent_decoded);
    parts.drain(..usize::from(prefix.is_some()));
    let suffix = parts.last().and_then(|p| p.strip_prefix('-')).map(percent_decoded);
    parts.truncate(parts.len() - usize::from(suffix.is_some()));
    let (start, end) = match parts[..] {
        [start] => (start, ""),
        [start, end] => (start, end),
        _ => return None,
    };
    let start = percent_decoded(start);
    if words(&start).is_empty() {
        return None;
    }
    Some(Anchor::Text {
        prefix: prefix.unwrap_or_default(),
        start,
        end: percent_decoded(end),
        suffix: suffix.unwrap_or_default(),
    })
}

/// Whether the source has what the anchor names. Where that cannot be told it counts as there.
#[must_use]
pub fn is_there(anchor: &Anchor, id: SourceId, library: &Library) -> bool {
    match anchor {
        Anchor::Text { prefix, start, end, suffix } => {
            let parts = [prefix, start, end, suffix].map(|part| forms(part));
            let sentences = library.sentences_of(id).map(|i| &library.sentence(SentenceId(i)).analysis.words);
            has_text(&sentences.flatten().map(|w| w.form).collect::<Vec<Term>>(), &parts) || stands_outside(&parts, id, library)
        }
        Anchor::Heading(name) => !has_headings(id, library) || headings(id, library).any(|h| forms(&h) == forms(name)),
        Anchor::Fragment(name) => !has_headings(id, library) || has_fragment(name, id, library),
    }
}

/// The sentence of the source that has most of an anchor's words.
#[must_use]
pub fn nearest(anchor: &Anchor, id: SourceId, library: &Library) -> Option<Span> {
    let Anchor::Text { start, end, .. } = anchor else { return None };
    let query: Vec<(Term, f32)> = words(start).iter().chain(&words(end)).filter(|w| !w.is_stop).map(|w| (w.term, 1.0)).collect();
    library.passages(&query, Some(id), 1).first().map(|(sentence, _)| library.sentence(*sentence).span)
}

fn forms(text: &str) -> Vec<Term> {
    words(text).iter().map(|w: &Word| w.form).collect()
}

/// The prefix, the start, perhaps much later the end, and the suffix, in this order.
fn has_text(text: &[Term], [prefix, start, end, suffix]: &[Vec<Term>; 4]) -> bool {
    let head: Vec<Term> = [&prefix[..], &start[..]].concat();
    let starts = |wanted: &[Term], from: usize| text[from..].windows(wanted.len()).position(|w| w == wanted).map(|at| from + at);
    if end.is_empty() {
        return starts(&[&head[..], &suffix[..]].concat(), 0).is_some();
    }
    let tail: Vec<Term> = [&end[..], &suffix[..]].concat();
    starts(&head, 0).is_some_and(|at| starts(&tail, at + head.len()).is_some())
}

/// Words of the title or of the parts that are no evidence, such as captions of buttons: a
/// citation may point there too.
fn stands_outside(parts: &[Vec<Term>; 4], id: SourceId, library: &Library) -> bool {
    const LONGEST: usize = 4 << 20;
    let source = library.source(id);
    let title = source.metadata.title.as_deref().unwrap_or_default();
    has_text(&forms(title), parts) || source.text.len() > LONGEST || has_text(&forms(&source.layout.visible), parts)
}

/// Plain text has no headings that one could point at.
fn has_headings(id: SourceId, library: &Library) -> bool {
    matches!(Format::of(&library.source(id).path), Some(Format::Markdown | Format::Html))
}

fn headings(id: SourceId, library: &Library) -> impl Iterator<Item = String> {
    let layout = &library.source(id).layout;
    let blocks = layout.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading));
    let title = library.source(id).metadata.title.clone();
    blocks.map(|b| crate::text::words::readable(b.span.of(&layout.visible))).chain(title)
}

/// A slug as common renderers make them, or a name that the file's text gives to an element.
fn has_fragment(name: &str, id: SourceId, library: &Library) -> bool {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let wanted = name.to_lowercase();
    let is_heading = |h: String| {
        let slug = slug(&h);
        slug == wanted || slug == base.to_lowercase() || forms(&h) == forms(name)
    };
    let source = library.source(id);
    headings(id, library).any(is_heading) || names_element(&source.text, name) || !source.marked(MarkKind::Name, name).is_empty()
}

/// Lower case, spaces as hyphens, no punctuation.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// `id="x"`, `name=x` or `{#x}`.
fn names_element(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].trim_end_matches(['"', '\'']);
        let is_whole = text[at + name.len()..].chars().next().is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
        is_whole && (before.ends_with("id=") || before.ends_with("name=") || before.ends_with("{#"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(directive: &str) -> [String; 4] {
        match text(directive) {
            Some(Anchor::Text { prefix, start, end, suffix }) => [prefix, start, end, suffix],
            _ => Default::default(),
        }
    }

    #[test]
    fn text_fragments_have_up_to_four_parts() {
        for (directive, found) in [
            ("one%20word", ["", "one word", "", ""]),
            ("one,two", ["", "one", "two", ""]),
            ("pre-,one", ["pre", "one", "", ""]),
            ("one,-suf", ["", "one", "", "suf"]),
            ("pre-,one,two,-suf", ["pre", "one", "two", "suf"]),
            ("one%2C%20two%2Dthree", ["", "one, two-three", "", ""]),
            ("a,b,c,d,e", ["", "", "", ""]),
            ("", ["", "", "", ""]),
        ] {
            assert_eq!(parts(directive), found, "{directive}");
        }
    }

    #[test]
    fn pages_and_lines_are_no_names() {
        for (fragment, is) in
            [("results", true), ("L12", false), ("L12-L20", false), ("page=2", false), ("", false), ("3-scale", true)]
        {
            assert_eq!(is_name(fragment), is, "{fragment}");
        }
        assert_eq!(slug("3. Scale & limits"), "3-scale--limits");
    }
}
