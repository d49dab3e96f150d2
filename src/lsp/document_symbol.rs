//! Document symbols: the headings of a note with the claims below them and their verdicts.

use tower_lsp::lsp_types::{DocumentSymbol, DocumentSymbolResponse, SymbolInformation, SymbolKind};

use super::request::DocumentView;
use crate::note::SentenceKind;
use crate::text::blocks::BlockKind;
use crate::text::{Span, Untrusted};
use crate::workspace::{CheckResult, Counts};

/// Characters of a claim that are shown.
const LONGEST: usize = 80;

/// What the outline shows, not yet in the protocol's words.
struct Symbol {
    name: Untrusted,
    detail: String,
    kind: SymbolKind,
    span: Span,
    selection: Span,
    depth: usize,
}

pub fn symbols(seen: &DocumentView) -> Option<DocumentSymbolResponse> {
    let snapshot = seen.snapshot()?;
    let outline = outline(&snapshot.text, &snapshot.checked);
    if seen.client.symbol_tree {
        let mut rest = outline.into_iter().peekable();
        return Some(DocumentSymbolResponse::Nested(tree(seen, &mut rest, 0)));
    }
    #[allow(deprecated)] // The field has to be given.
    let flat = outline.into_iter().map(|symbol| SymbolInformation {
        name: symbol.name.plain().to_owned(),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: tower_lsp::lsp_types::Location { uri: seen.uri.clone(), range: seen.text().range(symbol.span) },
        container_name: None,
    });
    Some(DocumentSymbolResponse::Flat(flat.collect()))
}

/// Symbols with those of greater depth behind them as their children.
fn tree(seen: &DocumentView, rest: &mut std::iter::Peekable<impl Iterator<Item = Symbol>>, depth: usize) -> Vec<DocumentSymbol> {
    let mut found = Vec::new();
    while let Some(symbol) = rest.next_if(|symbol| symbol.depth >= depth) {
        let children = tree(seen, rest, symbol.depth + 1);
        #[allow(deprecated)] // The field has to be given.
        found.push(DocumentSymbol {
            name: symbol.name.plain().to_owned(),
            detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            range: seen.text().range(symbol.span),
            selection_range: seen.text().range(symbol.selection),
            children: (!children.is_empty()).then_some(children),
        });
    }
    found
}

/// Claims stand below all headings.
const CLAIM: usize = 7;

fn outline(text: &str, checked: &CheckResult) -> Vec<Symbol> {
    let blocks = &checked.note.layout.blocks;
    let headings: Vec<(Span, usize)> =
        blocks.iter().filter(|b| b.kind == BlockKind::Heading).map(|b| (b.span, level(b.span.of(text)))).collect();
    let mut symbols: Vec<Symbol> = Vec::new();
    for (at, (span, depth)) in headings.iter().enumerate() {
        // A section ends where the next one begins that is not inside it.
        let end = headings[at + 1..].iter().find(|(_, other)| other <= depth).map_or(text.len(), |(next, _)| next.start);
        let name = Untrusted::from(span.of(&checked.note.layout.visible));
        let section = Span::new(span.start, end);
        let counts = Counts::of(checked, section);
        let detail = if counts.claims > 0 { counts.shown() } else { String::new() };
        let name = if name.is_empty() { "—".into() } else { name };
        symbols.push(Symbol { name, detail, kind: SymbolKind::STRING, span: section, selection: *span, depth: *depth });
    }
    for (at, sentence) in checked.note.sentences.iter().enumerate() {
        let detail = match (sentence.kind, checked.verdict(at)) {
            (Some(SentenceKind::Judgement), _) => "judgement",
            (_, Some(verdict)) => verdict.name(),
            _ => continue,
        };
        let name = Untrusted::from(checked.note.words_of(sentence)).shortened(LONGEST);
        if !name.is_empty() {
            let (detail, kind, depth) = (detail.to_owned(), SymbolKind::BOOLEAN, CLAIM);
            symbols.push(Symbol { name, detail, kind, span: sentence.span, selection: sentence.span, depth });
        }
    }
    symbols.sort_by_key(|symbol| (symbol.span.start, symbol.depth));
    symbols
}

/// One for `#` or a line of `=` below, two for `##` or a line of `-`.
fn level(heading: &str) -> usize {
    match heading.trim_start().bytes().take_while(|byte| *byte == b'#').count() {
        0 if heading.trim_end().ends_with('-') => 2,
        0 => 1,
        marks => marks,
    }
}
