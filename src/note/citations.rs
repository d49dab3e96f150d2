//! Citations: pointers from a note to a source.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;
use crate::text::markdown::{Markdown, Pointer};

/// How a citation is written.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// For a footnote mark: what its definition points at. `None`: there is no definition.
    /// An empty list: the definition is a remark and cites nothing.
    pub definition: Option<Vec<String>>,
}

impl Citation {
    /// Whether it stands in running text and so speaks for a sentence.
    #[must_use]
    pub fn is_pointer(&self) -> bool {
        self.kind != CitationKind::Definition
    }
}

static KEYS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([^\[\]\n]*@[^\[\]]*)\]").expect("a valid pattern"));
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s\[(;:-])-?@(\{[^{}\s]+\}|[\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*)").expect("a valid pattern")
});
static WIKI: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[\[([^\[\]|#\n]+)(?:#([^\[\]|\n]*))?(?:\|[^\[\]\n]*)?\]\]").expect("a valid pattern"));
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\^([^\]\[\s]+)\]").expect("a valid pattern"));

/// All citations of a note, in order.
pub fn find(text: &str, markdown: &Markdown) -> Vec<Citation> {
    let mut found = Vec::new();
    for block in markdown.layout.blocks.iter().filter(|b| b.kind.is_prose()) {
        in_text(text, block.span, &mut found);
    }
    found.retain(|citation| !markdown.code.iter().any(|code| code.overlaps(citation.span)));
    let definitions = definitions(text, markdown, &found);
    for citation in &mut found {
        if citation.kind == CitationKind::Footnote {
            citation.definition = definitions.iter().find(|d| d.label == citation.target).map(|d| d.targets.clone());
        }
    }
    found.extend(definitions.into_iter().filter_map(Definition::into_citation));
    found.extend(markdown.pointers.iter().filter_map(link));
    found.sort_by_key(|citation| (citation.span, citation.target.clone()));
    found
}

fn in_text(text: &str, block: Span, found: &mut Vec<Citation>) {
    let prose = block.of(text);
    let mut taken: Vec<Span> = Vec::new();
    for whole in KEYS.captures_iter(prose) {
        let list = Span::from(whole.get(1).expect("group 1").range());
        for (span, target, locator) in keys(list.of(prose), list.start) {
            let span = if list.of(prose).contains(';') { span } else { Span::from(whole.get(0).expect("group 0").range()) };
            taken.push(Span::from(whole.get(0).expect("group 0").range()));
            found.push(citation(CitationKind::Key, span.shifted(block.start), target, locator));
        }
    }
    for wiki in WIKI.captures_iter(prose) {
        let span = Span::from(wiki.get(0).expect("group 0").range());
        let locator = wiki.get(2).map(|m| m.as_str().trim().to_owned()).filter(|l| !l.is_empty());
        taken.push(span);
        found.push(citation(CitationKind::Wiki, span.shifted(block.start), wiki[1].trim().to_owned(), locator));
    }
    for mark in MARK.captures_iter(prose) {
        let span = Span::from(mark.get(0).expect("group 0").range());
        let defines = prose[span.end..].starts_with(':');
        if !defines {
            found.push(citation(CitationKind::Footnote, span.shifted(block.start), mark[1].to_owned(), None));
        }
    }
    for (span, target, _) in keys(prose, 0) {
        if !taken.iter().any(|t| t.overlaps(span)) {
            found.push(citation(CitationKind::BareKey, span.shifted(block.start), target, None));
        }
    }
}

type FoundKey = (Span, String, Option<String>);

/// The keys of a list such as `see @a, p. 3; -@b`, each with its span and locator.
fn keys(list: &str, by: usize) -> Vec<FoundKey> {
    KEY.captures_iter(list)
        .map(|key| {
            let name = key.get(1).expect("group 1");
            let target = name.as_str().trim_matches(['{', '}']).trim_end_matches(['.', ',', ':', ';', '?', '-', '/']);
            let start = name.start() - 1;
            let end = name.start() + name.as_str().find(target).unwrap_or(0) + target.len();
            let rest = list[end..].split([';', '\n']).next().unwrap_or_default();
            let locator = rest.strip_prefix(',').map(|l| l.trim().to_owned()).filter(|l| !l.is_empty());
            (Span::new(start, end).shifted(by), target.to_owned(), locator)
        })
        .collect()
}

fn citation(kind: CitationKind, span: Span, target: String, locator: Option<String>) -> Citation {
    Citation { kind, span, target, locator, definition: None }
}

struct Definition {
    label: String,
    targets: Vec<String>,
    /// The words of a definition that is only a file name.
    bare: Option<(Span, String)>,
}

impl Definition {
    fn into_citation(self) -> Option<Citation> {
        self.bare.map(|(span, target)| citation(CitationKind::Definition, span, target, None))
    }
}

/// What the footnotes point at: their own citations and links, or the file that they name.
fn definitions(text: &str, markdown: &Markdown, found: &[Citation]) -> Vec<Definition> {
    let mut all = Vec::new();
    for pointer in &markdown.pointers {
        let Pointer::FootnoteDefinition { span, label } = pointer else { continue };
        let inside = |other: Span| span.encloses(other);
        let mut targets: Vec<String> = found.iter().filter(|c| inside(c.span)).map(|c| c.target.clone()).collect();
        targets.extend(markdown.pointers.iter().filter_map(|p| match p {
            Pointer::Link { span, target } if inside(*span) => Some(target.clone()),
            _ => None,
        }));
        let body = span.of(text).find("]:").map_or(*span, |at| Span::new(span.start + at + 2, span.end)).trimmed(text);
        let bare = (targets.is_empty() && looks_like_file(body.of(text))).then(|| (body, body.of(text).to_owned()));
        targets.extend(bare.iter().map(|(_, target)| target.clone()));
        all.push(Definition { label: label.clone(), targets, bare });
    }
    all
}

/// One word with an extension, such as `0103_ministry_cable.md`.
fn looks_like_file(text: &str) -> bool {
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    !text.contains(char::is_whitespace)
        && !text.contains("://")
        && extension.is_some_and(|e| (2..=5).contains(&e.len()) && e.chars().all(char::is_alphanumeric))
}

fn link(pointer: &Pointer) -> Option<Citation> {
    let Pointer::Link { span, target } = pointer else { return None };
    let (path, locator) = target.split_once('#').map_or((target.as_str(), None), |(p, l)| (p, Some(l.to_owned())));
    Some(citation(CitationKind::Link, *span, path.to_owned(), locator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown::parse;

    fn shown(text: &str) -> Vec<String> {
        find(text, &parse(text))
            .iter()
            .map(|c| format!("{:?} {} {:?} in {}", c.kind, c.target, c.locator, c.span.of(text)))
            .collect()
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
        let found = find(text, &parse(text));
        let definitions: Vec<_> =
            found.iter().filter(|c| c.kind == CitationKind::Footnote).map(|c| c.definition.clone()).collect();
        assert_eq!(definitions, [Some(vec!["cable.md".to_owned()]), Some(vec!["key".to_owned()]), Some(vec![]), None]);
    }

    #[test]
    fn mail_addresses_and_code_are_no_citations() {
        assert_eq!(shown("Write to a@b.example or `[@code]` or 3@x."), Vec::<String>::new());
    }
}
