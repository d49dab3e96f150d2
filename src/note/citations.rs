//! Citations: pointers from a note to a source.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use regex::{Captures, Regex};
use rustc_hash::FxHashMap;

use super::cache::NoteCache;
use super::locators::{self, Locator};
use super::quotations::is_in_code;
use super::quotations_in;
use crate::text::Span;
use crate::text::markdown::{Markdown, Pointer};
use crate::text::words::words;

/// How a citation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CitationKind {
    /// `[@key, p. 3; @other]` (one citation per key).
    Key,
    /// `@key` in running text.
    BareKey,
    /// `[[file]]`, `[[file#heading|label]]`.
    Wiki,
    /// `[^label]`; the definition's own citations are citations too.
    Footnote,
    /// `[text](target)`.
    Link,
    /// `<https://…>`.
    Address,
    /// A footnote definition; its target is what the footnote points at.
    Definition,
}

/// One pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub kind: CitationKind,
    pub span: Span,
    /// Key, file or link target, or the footnote's label.
    pub target: String,
    /// What follows the key or `#`: a page, a heading, a quoted anchor.
    pub locator: Option<String>,
    /// For a footnote mark: the citations in its definition, by their places in
    /// [`Note::citations`](super::Note). `None`: there is no definition. An empty list: the
    /// definition is a remark and cites nothing.
    pub definition: Option<Arc<[usize]>>,
}

impl Citation {
    /// Whether it stands in running text and so speaks for a sentence.
    #[must_use]
    pub fn is_pointer(&self) -> bool {
        self.kind != CitationKind::Definition
    }

    /// The pages, paragraphs and other places that its locator names by numbers.
    #[must_use]
    pub fn places(&self) -> Vec<Locator> {
        let Some(locator) = self.locator.as_deref() else { return Vec::new() };
        match self.kind {
            CitationKind::Link | CitationKind::Address => locators::parse(locator.split(":~:").next().unwrap_or_default()),
            _ => {
                let found = locators::parse(&without_quotations(locator));
                if found.is_empty() { locators::bare_pages(locator).into_iter().collect() } else { found }
            }
        }
    }
}

/// Words of the source in a locator name no place; a single one may be a heading's.
fn without_quotations(locator: &str) -> String {
    let mut text = locator.to_owned();
    for quotation in quotations_in(locator, Span::new(0, locator.len())) {
        let inner = quotation.inner;
        if words(inner.of(locator)).len() > 1 {
            text.replace_range(inner.start..inner.end, &" ".repeat(inner.len()));
        }
    }
    text
}

static KEYS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\[\]\n]*@[^\[\]]*)\]").expect("a valid pattern"));
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s\[(;:-])-?@(\{[^{}\s]+\}|[\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*)").expect("a valid pattern")
});
static WIKI: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[\[([^\[\]|#\n]+)(?:#([^\[\]|\n]*))?(?:\|[^\[\]\n]*)?\]\]").expect("a valid pattern"));
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\([[:punct:]])").expect("a valid pattern"));
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\^([^\]\[\s]+)\]").expect("a valid pattern"));

/// The citations of a note or a part of it, and what the definitions of its footnotes cite.
pub struct CitationList {
    /// In order.
    pub citations: Vec<Citation>,
    /// Labels, with places in the citations.
    pub definitions: Vec<(String, Arc<[usize]>)>,
}

/// All citations of a note, or of a part of it. What footnotes lead to is not known yet.
pub fn find(text: &str, markdown: &Markdown, cache: Option<&NoteCache>) -> CitationList {
    let mut found = Vec::new();
    for block in markdown.layout.blocks.iter().filter(|b| b.kind.is_prose()) {
        let prose = block.span.of(text);
        let inside = cache.map_or_else(|| in_text(prose).into(), |cache| cache.citations(prose, in_text));
        found.extend(inside.iter().map(|c| Citation { span: c.span.shifted(block.span.start), ..c.clone() }));
    }
    found.extend(markdown.pointers.iter().filter_map(|pointer| link(text, pointer)));
    found.retain(|citation| !is_in_code(citation.span, &markdown.code));
    sort(&mut found);
    let definitions = definitions(text, markdown, &found);
    found.extend(definitions.iter().filter_map(|definition| definition.bare.clone()));
    sort(&mut found);
    let cites = |at: &usize| found[*at].kind != CitationKind::Footnote;
    let inside = |span: Span| within(&found, span).filter(cites).take(MOST_DEFINED + 1).collect::<Arc<[usize]>>();
    let definitions = definitions.into_iter().map(|definition| (definition.label, inside(definition.span))).collect();
    CitationList { citations: found, definitions }
}

/// A footnote leads to about so many citations of its definition, the first.
pub const MOST_DEFINED: usize = 200;

/// Fills in what footnotes lead to. Of several definitions the first one counts.
pub fn define(citations: &mut [Citation], definitions: &[(String, Arc<[usize]>)]) {
    let pointed: FxHashMap<&str, &Arc<[usize]>> =
        definitions.iter().rev().map(|(label, inside)| (label.as_str(), inside)).collect();
    for citation in citations.iter_mut().filter(|citation| citation.kind == CitationKind::Footnote) {
        citation.definition = pointed.get(citation.target.as_str()).map(|inside| Arc::clone(inside));
    }
}

fn sort(citations: &mut [Citation]) {
    citations.sort_by(|a, b| (a.span, &a.target).cmp(&(b.span, &b.target)));
}

/// The citations that a span encloses; all are sorted.
fn within(citations: &[Citation], span: Span) -> impl Iterator<Item = usize> {
    let first = citations.partition_point(|c| c.span.start < span.start);
    let behind = citations.partition_point(|c| c.span.start <= span.end);
    (first..behind).filter(move |at| span.encloses(citations[*at].span))
}

/// The text with blanks where brackets and `@` are only shown, as a backslash stands before them.
fn without_shown(prose: &str) -> Cow<'_, str> {
    if !prose.contains('\\') {
        return prose.into();
    }
    let shown =
        |escape: &Captures<'_>| if matches!(&escape[1], "[" | "]" | "@") { "  ".to_owned() } else { escape[0].to_owned() };
    ESCAPE.replace_all(prose, shown)
}

/// The citations of a block, whose spans count from its start.
fn in_text(prose: &str) -> Vec<Citation> {
    let prose = &without_shown(prose);
    let mut found = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    for captures in KEYS.captures_iter(prose) {
        let whole = Span::from(captures.get(0).expect("group 0").range());
        let list = Span::from(captures.get(1).expect("group 1").range());
        let has_several = list.of(prose).contains(';');
        for (span, target, locator) in keys(list.of(prose), list.start) {
            taken.extend(Some(whole).filter(|whole| taken.last() != Some(whole)));
            found.push(citation(CitationKind::Key, if has_several { span } else { whole }, target.to_owned(), locator));
        }
    }
    for wiki in WIKI.captures_iter(prose) {
        let span = Span::from(wiki.get(0).expect("group 0").range());
        let locator = wiki.get(2).map(|m| m.as_str().trim().to_owned()).filter(|l| !l.is_empty());
        taken.push(span);
        found.push(citation(CitationKind::Wiki, span, wiki[1].trim().to_owned(), locator));
    }
    for mark in MARK.captures_iter(prose) {
        let span = Span::from(mark.get(0).expect("group 0").range());
        let defines = prose[span.end..].starts_with(':');
        if !defines {
            found.push(citation(CitationKind::Footnote, span, mark[1].to_owned(), None));
        }
    }
    let taken = apart(taken);
    for (span, target) in names(prose) {
        let before = taken.partition_point(|taken| taken.start < span.end);
        if !taken[..before].last().is_some_and(|taken| taken.overlaps(span)) {
            let (span, locator) = with_brackets(prose, span);
            found.push(citation(CitationKind::BareKey, span, target.to_owned(), locator));
        }
    }
    found
}

/// Spans in order, of which those that overlap are one.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match apart.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.cover(span),
            _ => apart.push(span),
        }
    }
    apart
}

/// `@key [p. 3]`, and `@key [p. 3; @other]`, in which the brackets are a list of their own.
fn with_brackets(prose: &str, key: Span) -> (Span, Option<String>) {
    let rest = &prose[key.end..];
    let gap = rest.len() - rest.trim_start_matches('}').trim_start().len();
    let inside = rest[gap..].strip_prefix('[').and_then(|rest| {
        let end = rest.find(['[', ']']).filter(|end| rest[*end..].starts_with(']'))?;
        (!rest[end + 1..].starts_with(['(', '['])).then_some(&rest[..end])
    });
    let Some(inside) = inside else { return with_pages(prose, key) };
    let locator = inside.split(';').next().unwrap_or_default().trim();
    if locator.contains('@') || !is_locator(locator) {
        return (key, None);
    }
    let end = if inside.contains('@') { key.end } else { key.end + gap + inside.len() + 2 };
    (Span::new(key.start, end), Some(locator.to_owned()))
}

/// `@key, p. 3`, as footnotes have it.
fn with_pages(prose: &str, key: Span) -> (Span, Option<String>) {
    let rest = &prose[key.end..];
    let Some(behind) = rest.strip_prefix(", ") else { return (key, None) };
    let phrase = behind.split(['\n', ';', ')', ']']).next().unwrap_or_default();
    match locators::parse(phrase).first() {
        Some(locator) if locator.span.start == 0 && !locator.word.is_empty() => {
            let end = key.end + ", ".len() + locator.span.end;
            (Span::new(key.start, end), Some(locator.span.of(phrase).to_owned()))
        }
        _ => (key, None),
    }
}

/// Whether words behind a key name a place, and are not just words.
fn is_locator(text: &str) -> bool {
    !locators::parse(text).is_empty() || text.starts_with(['“', '"', '„', '«'])
}

/// A list of more keys has no words but theirs between them.
const MANY_KEYS: usize = 100;

/// The keys of a list such as `see @a, p. 3; -@b`, each with its span and locator.
fn keys(list: &str, by: usize) -> Vec<(Span, &str, Option<String>)> {
    let names: Vec<(Span, &str)> = names(list).collect();
    let locator = |(at, (span, _)): (usize, &(Span, &str))| {
        let end = names.get(at + 1).filter(|_| names.len() > MANY_KEYS).map_or(list.len(), |(next, _)| next.start.max(span.end));
        let rest = &list[span.end..end];
        let rest = rest.strip_prefix('}').unwrap_or(rest).split(';').next().unwrap_or_default();
        // Without a comma, as Org has it, only what names a place is a locator.
        let bare = || Some(rest.trim()).filter(|rest| is_locator(rest));
        rest.strip_prefix(',').map(str::trim).or_else(bare).map(str::to_owned).filter(|l| !l.is_empty())
    };
    let locators: Vec<Option<String>> = names.iter().enumerate().map(locator).collect();
    names.into_iter().zip(locators).map(|((span, target), locator)| (span.shifted(by), target, locator)).collect()
}

/// The keys in a text with their spans, from the `@` on.
fn names(text: &str) -> impl Iterator<Item = (Span, &str)> {
    KEY.captures_iter(text).map(|key| {
        let name = key.get(1).expect("group 1");
        let is_braced = name.as_str().starts_with('{');
        let stops: &[char] = if is_braced { &[] } else { &['.', ',', ':', ';', '?', '-', '/'] };
        let target = name.as_str().trim_matches(['{', '}']).trim_end_matches(stops);
        let end = name.start() + name.as_str().find(target).unwrap_or(0) + target.len();
        (Span::new(name.start() - 1, end), target)
    })
}

fn citation(kind: CitationKind, span: Span, target: String, locator: Option<String>) -> Citation {
    Citation { kind, span, target, locator, definition: None }
}

struct Definition {
    label: String,
    span: Span,
    /// A definition that is only a file name or an address, perhaps with a place in it.
    bare: Option<Citation>,
}

/// The definitions of footnotes. `found` are the citations so far, sorted.
fn definitions(text: &str, markdown: &Markdown, found: &[Citation]) -> Vec<Definition> {
    let mut all = Vec::new();
    for pointer in &markdown.pointers {
        let Pointer::FootnoteDefinition { span, label } = pointer else { continue };
        let cites = within(found, *span).next().is_some();
        let body = span.of(text).find("]:").map_or(*span, |at| Span::new(span.start + at + 2, span.end)).trimmed(text);
        let bare = if cites { None } else { bare(text, body) };
        all.push(Definition { label: label.clone(), span: *span, bare });
    }
    all
}

/// `cable.md`, `cable.md, p. 3` or `https://…`.
fn bare(text: &str, body: Span) -> Option<Citation> {
    let words = body.of(text);
    let end = words.find([',', ' ', '\n']).unwrap_or(words.len());
    let (name, rest) = words.split_at(end);
    let rest = rest.trim_start_matches(',').trim();
    if !rest.is_empty() && !is_locator(rest) {
        return None;
    }
    let (target, fragment) = name.split_once('#').map_or((name, None), |(target, fragment)| (target, Some(fragment)));
    let is_address = target.starts_with("https://") || target.starts_with("http://");
    let locator = fragment.or(Some(rest)).filter(|l| !l.is_empty()).map(str::to_owned);
    (is_address || looks_like_file(target)).then(|| citation(CitationKind::Definition, body, target.to_owned(), locator))
}

/// One word with an extension, such as `0103_ministry_cable.md`.
fn looks_like_file(text: &str) -> bool {
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    !text.contains(char::is_whitespace)
        && !text.contains("://")
        && extension.is_some_and(|e| (2..=5).contains(&e.len()) && e.chars().all(char::is_alphanumeric))
}

fn link(text: &str, pointer: &Pointer) -> Option<Citation> {
    let Pointer::Link { span, target } = pointer else { return None };
    let kind = if span.of(text).starts_with('<') { CitationKind::Address } else { CitationKind::Link };
    if kind == CitationKind::Address && !target.contains("://") {
        return None;
    }
    let (path, locator) = target.split_once('#').map_or((target.as_str(), None), |(p, l)| (p, Some(l.to_owned())));
    Some(citation(kind, *span, path.to_owned(), locator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown::parse;

    fn found(text: &str) -> Vec<Citation> {
        let mut found = find(text, &parse(text), None);
        define(&mut found.citations, &found.definitions);
        found.citations
    }

    fn shown(text: &str) -> Vec<String> {
        found(text).iter().map(|c| format!("{:?} {} {:?} in {}", c.kind, c.target, c.locator, c.span.of(text))).collect()
    }

    #[test]
    fn every_way_to_cite() {
        let text = "A [@one]. B [see @two, p. 3; -@three]. @four says C [[five#Head|label]]. D [six](sources/six.txt#page=2).";
        assert_eq!(
            shown(text),
            [
                "Key one None in [@one]",
                "Key two Some(\"p. 3\") in @two",
                "Key three None in @three",
                "BareKey four None in @four",
                "Wiki five Some(\"Head\") in [[five#Head|label]]",
                "Link sources/six.txt Some(\"page=2\") in [six](sources/six.txt#page=2)",
            ]
        );
    }

    #[test]
    fn footnotes_point_at_what_their_definition_names() {
        let text = "A.[^1] B.[^2] C.[^3] D.[^4]\n\n[^1]: cable.md\n[^2]: See [@key].\n[^3]: Only a remark.\n";
        let found = found(text);
        let definitions: Vec<Option<Vec<&str>>> = found
            .iter()
            .filter(|c| c.kind == CitationKind::Footnote)
            .map(|c| Some(c.definition.as_ref()?.iter().map(|at| found[*at].target.as_str()).collect()))
            .collect();
        assert_eq!(definitions, [Some(vec!["cable.md"]), Some(vec!["key"]), Some(vec![]), None]);
    }

    #[test]
    fn places_stand_behind_keys_files_and_addresses() {
        let text = "@one [p. 3] says. @two [who is late] says. [cite/t:@three p. 4; @four]. <https://a.example/x#y>. \
                    [@five, p.\n6]. [@{six}, ¶ 2]. @seven [p. 3; @eight].[^1] [^2]\n\n[^1]: cable.pdf, p. 4\n[^2]: https://b.example/c\n";
        assert_eq!(
            shown(text),
            [
                "BareKey one Some(\"p. 3\") in @one [p. 3]",
                "BareKey two None in @two",
                "Key three Some(\"p. 4\") in @three",
                "Key four None in @four",
                "Address https://a.example/x Some(\"y\") in <https://a.example/x#y>",
                "Key five Some(\"p.\\n6\") in [@five, p.\n6]",
                "Key six Some(\"¶ 2\") in [@{six}, ¶ 2]",
                "BareKey seven Some(\"p. 3\") in @seven",
                "Key eight None in @eight",
                "Footnote 1 None in [^1]",
                "Footnote 2 None in [^2]",
                "Definition cable.pdf Some(\"p. 4\") in cable.pdf, p. 4",
                "Definition https://b.example/c None in https://b.example/c",
            ]
        );
    }

    #[test]
    fn what_is_only_shown_is_no_citation() {
        let text = r"\[\@one\], \@two, \[^3\], \[\[four\]\], \[see, @five]. \\[@six].";
        assert_eq!(shown(text), ["BareKey five None in @five", r"Key six None in [@six]"]);
    }

    #[test]
    fn mail_addresses_and_code_are_no_citations() {
        assert_eq!(shown("Write to a@b.example or `[@code]` or 3@x."), Vec::<String>::new());
    }
}
