//! Anchors of citations: words, a heading or an element of a source at which a citation points.
//!
//! They are found as the W3C's Web Annotation Data Model has it for a TextQuoteSelector: the words as
//! they are, else with other white space and case, and where they stand several times those with the
//! right words around them. An anchor that is not there is an orphan. It is never put at a place
//! that is merely like it.
//!
//! Text fragments follow the draft of the Web Incubator Community Group,
//! `#:~:text=prefix-,start,end,-suffix`, with several of them joined by `&`. Pages, lines and other
//! places that are counted are the business of [`super::locators`].

use super::resolve::percent_decoded;
use super::{SentenceId, SourceId, View};
use crate::note::{Citation, CitationKind, quotations_in};
use crate::source::{Format, MarkKind};
use crate::text::Span;
use crate::text::blocks::BlockKind;
use crate::text::words::{Term, Word, readable, words};

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
        CitationKind::Link | CitationKind::Address => fragments(locator),
        CitationKind::BareKey => quoted(locator),
        CitationKind::Footnote | CitationKind::Definition => Vec::new(),
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
    (!last.starts_with('^') && !last.contains('=') && words(last).iter().any(|w| !w.has_digit))
        .then(|| Anchor::Heading(last.to_owned()))
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

/// Where an anchor is in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorTarget {
    At(Span),
    /// It is there, but not in the text: in the title, or by a name that shows no words.
    Somewhere,
    /// The words are there, but not among the words that stood around them.
    Moved,
    Gone,
    /// It cannot be told.
    Unknown,
}

/// Looks for an anchor in a source.
#[must_use]
pub fn find(anchor: &Anchor, id: SourceId, library: &View<'_>) -> AnchorTarget {
    match anchor {
        Anchor::Text { .. } => find_text(anchor, id, library),
        Anchor::Heading(_) | Anchor::Fragment(_) if !has_headings(id, library) => AnchorTarget::Unknown,
        Anchor::Heading(name) => {
            let wanted = forms(name);
            let heading = headings(id, library).find(|(_, heading)| forms(heading) == wanted);
            heading.map_or(AnchorTarget::Gone, |(span, _)| AnchorTarget::of(span))
        }
        Anchor::Fragment(name) => find_fragment(name, id, library),
    }
}

impl AnchorTarget {
    fn of(span: Option<Span>) -> Self {
        span.map_or(Self::Somewhere, Self::At)
    }

    /// Whether the source lacks what the citation points at.
    #[must_use]
    pub fn is_orphan(self) -> bool {
        matches!(self, Self::Moved | Self::Gone)
    }
}

/// The sentence of the source that has most of an anchor's words.
#[must_use]
pub fn nearest(anchor: &Anchor, id: SourceId, library: &View<'_>) -> Option<Span> {
    let Anchor::Text { start, end, .. } = anchor else { return None };
    let query: Vec<(Term, f32)> = words(start).iter().chain(&words(end)).filter(|w| !w.is_stop).map(|w| (w.term, 1.0)).collect();
    library.passages(&query, Some(id), 1).first().map(|(sentence, _)| library.sentence(*sentence).span)
}

fn forms(text: &str) -> Vec<Term> {
    words(text).iter().map(|w: &Word| w.form).collect()
}

/// First in the sentences, then in what is no evidence, such as captions of buttons, and in the
/// title: a citation may point there too.
fn find_text(anchor: &Anchor, id: SourceId, library: &View<'_>) -> AnchorTarget {
    const LONGEST: usize = 4 << 20;
    let Anchor::Text { prefix, start, end, suffix } = anchor else { return AnchorTarget::Unknown };
    let source = library.source(id);
    let visible = &source.layout.visible;
    let parts = [prefix, start, end, suffix].map(|part| forms(part));
    let sentences = library.sentences_of(id).flat_map(|i| &library.sentence(SentenceId(i)).analysis.words);
    let in_sentences = in_words(&sentences.copied().collect::<Vec<Word>>(), &parts, start, visible);
    if matches!(in_sentences, AnchorTarget::At(_)) {
        return in_sentences;
    }
    if has_words(&forms(source.metadata.title.as_deref().unwrap_or_default()), &parts) {
        return AnchorTarget::Somewhere;
    }
    if source.text.len() > LONGEST {
        return AnchorTarget::Unknown;
    }
    in_words(&words(visible), &parts, start, visible)
}

/// The words that an anchor names, among the words of a text. Of several places the first counts
/// that is written exactly so, else the first.
fn in_words(text: &[Word], parts: &[Vec<Term>; 4], written: &str, visible: &str) -> AnchorTarget {
    let [prefix, start, end, suffix] = parts;
    let mut is_anywhere = false;
    let mut found: Option<Span> = None;
    for at in starts(text, start) {
        is_anywhere = true;
        let begins = is_before(text, at, prefix);
        let last = if end.is_empty() {
            Some(at + start.len()).filter(|last| is_at(text, *last, suffix))
        } else {
            let ends = starts(&text[at + start.len()..], end).map(|more| at + start.len() + more + end.len());
            ends.into_iter().find(|last| is_at(text, *last, suffix))
        };
        let Some(last) = last.filter(|_| begins) else { continue };
        let span = Span::new(text[at].span.start, text[last - 1].span.end);
        let head = Span::new(span.start, text[at + start.len() - 1].span.end);
        if readable(head.of(visible)) == readable(written).trim_end_matches(|c: char| !c.is_alphanumeric()) {
            return AnchorTarget::At(span);
        }
        found = found.or(Some(span));
    }
    match found {
        Some(span) => AnchorTarget::At(span),
        None if is_anywhere => AnchorTarget::Moved,
        None => AnchorTarget::Gone,
    }
}

/// Where a run of words begins.
fn starts<'t>(text: &'t [Word], wanted: &'t [Term]) -> impl Iterator<Item = usize> + 't {
    let last = if wanted.is_empty() { 0 } else { (text.len() + 1).saturating_sub(wanted.len()) };
    (0..last).filter(move |at| is_at(text, *at, wanted))
}

fn is_at(text: &[Word], at: usize, wanted: &[Term]) -> bool {
    text.len() >= at + wanted.len() && text[at..].iter().zip(wanted).all(|(word, form)| word.form == *form)
}

fn is_before(text: &[Word], at: usize, wanted: &[Term]) -> bool {
    at >= wanted.len() && is_at(text, at - wanted.len(), wanted)
}

/// Whether a short text has the parts of an anchor in a row.
fn has_words(text: &[Term], [prefix, start, end, suffix]: &[Vec<Term>; 4]) -> bool {
    let all = [&prefix[..], &start[..], &end[..], &suffix[..]].concat();
    text.windows(all.len()).any(|window| window == all)
}

/// Plain text has no headings that one could point at.
fn has_headings(id: SourceId, library: &View<'_>) -> bool {
    matches!(Format::of(&library.source(id).path), Some(Format::Markdown | Format::Html))
}

/// The headings with their places, and the title.
fn headings(id: SourceId, library: &View<'_>) -> impl Iterator<Item = (Option<Span>, String)> {
    let layout = &library.source(id).layout;
    let blocks = layout.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading));
    let title = library.source(id).metadata.title.clone();
    blocks.map(|b| (Some(b.span), readable(b.span.of(&layout.visible)))).chain(title.map(|title| (None, title)))
}

/// A slug as common renderers make them, or a name that the file gives to an element.
fn find_fragment(name: &str, id: SourceId, library: &View<'_>) -> AnchorTarget {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-').to_lowercase();
    let (wanted, wanted_forms) = (name.to_lowercase(), forms(name));
    let is_it = |heading: &str| {
        let slug = slug(heading);
        slug == wanted || slug == base || forms(heading) == wanted_forms
    };
    let source = library.source(id);
    if let Some(span) = source.marked(MarkKind::Name, name).first() {
        return AnchorTarget::At(Span::new(span.start, span.start));
    }
    if let Some((span, _)) = headings(id, library).find(|(_, heading)| is_it(heading)) {
        return AnchorTarget::of(span);
    }
    if names_element(&source.text, name) { AnchorTarget::Somewhere } else { AnchorTarget::Gone }
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
