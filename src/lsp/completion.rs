//! Completion: citation keys where a citation begins, verbatim words of the sources where a quotation
//! does, and figures, dates and names where a sentence goes on.

mod values;

use serde_json::json;
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit, Documentation, MarkupContent,
    MarkupKind, Position, Range, TextEdit,
};

use super::convert::Text;
use super::request::{DocumentView, SessionView};
use super::sources::{Match, matching};
use crate::rules::Place;
use crate::rules::cite::{self, Style};
use crate::text::untrusted::Gap;
use crate::text::words::words;
use crate::text::{Span, Untrusted};
use crate::workspace::Reading;

/// More are not shown; the client asks again as the user types on.
const MOST: usize = 100;

/// Characters after which a client should ask.
pub const TRIGGERS: [&str; 6] = ["@", "[", "“", "\"", "„", "«"];

pub fn completions(seen: &DocumentView, position: Position) -> Option<CompletionResponse> {
    if !seen.is_note {
        return None;
    }
    let workspace = &seen.workspace.reading();
    let text = seen.text();
    let offset = text.offset(position);
    let line = text.text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let items = match begun(&text.text[line..offset])? {
        CompletionPlace::Key { from, closing } => keys(text, Span::new(line + from, offset), closing, workspace),
        CompletionPlace::Quotation { from, closing } => {
            let own = || seen.snapshot().map(|snapshot| cite::style_of(&snapshot.checked.note, &snapshot.checked.cited));
            let style = workspace.settings.citation_style.or_else(own).unwrap_or(Style::Key);
            quotations(text, Span::new(line + from, offset), closing, &seen.name, style, workspace)
        }
        CompletionPlace::Value { sentence, from } => {
            let before = Span::new(line + sentence, line + from).of(text.text);
            values::values(text, before, Span::new(line + from, offset), workspace)
        }
    };
    Some(CompletionResponse::List(CompletionList { is_incomplete: true, items }))
}

/// What the user is writing.
#[derive(Debug, PartialEq, Eq)]
enum CompletionPlace {
    /// The name of a source, from this byte of the line.
    Key { from: usize, closing: &'static str },
    /// A quotation, whose words begin at this byte of the line.
    Quotation { from: usize, closing: char },
    /// A figure, date or name from this byte of the line, in the sentence that begins at the other one.
    Value { sentence: usize, from: usize },
}

const MARKS: [(char, char); 4] = [('“', '”'), ('„', '“'), ('«', '»'), ('"', '"')];

/// What is begun at the end of a line.
fn begun(line: &str) -> Option<CompletionPlace> {
    if let Some(at) = line.rfind("[[")
        && !line[at..].contains(']')
    {
        return Some(CompletionPlace::Key { from: at + 2, closing: "]]" });
    }
    if let Some(at) = line.rfind('@') {
        let typed = &line[at + 1..];
        let is_key = typed.chars().all(is_key_char);
        let begins = line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '(' | ';' | '-'));
        if is_key && begins {
            let is_open = line[..at].rfind('[').is_some_and(|open| !line[open..at].contains(']'));
            return Some(CompletionPlace::Key { from: at + 1, closing: if is_open { "]" } else { "" } });
        }
    }
    let opened = |(open, close): &(char, char)| {
        let at = if open == close {
            // Every other one opens.
            (line.matches(*open).count() % 2 == 1).then(|| line.rfind(*open)).flatten()?
        } else {
            line.rfind(*open).filter(|at| !line[at + open.len_utf8()..].contains(*close))?
        };
        Some((at + open.len_utf8(), *close))
    };
    if let Some((from, closing)) = MARKS.iter().filter_map(opened).max() {
        return Some(CompletionPlace::Quotation { from, closing });
    }
    let sentence = [". ", "! ", "? "].iter().filter_map(|end| line.rfind(end)).max().map_or(0, |at| at + 2);
    let from = values::begun(&line[sentence..])?;
    Some(CompletionPlace::Value { sentence, from: sentence + from })
}

fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || "_:.#$%&+?<>~/-".contains(c)
}

fn keys(text: Text<'_>, typed: Span, closing: &str, workspace: &Reading<'_>) -> Vec<CompletionItem> {
    // What is left of the key behind the cursor goes; what closes the citation may be there.
    let rest = text.text[typed.end..].split(['\n', '\r']).next().unwrap_or_default();
    let tail = rest.find(|c| !is_key_char(c)).unwrap_or(rest.len());
    let is_closed = rest.split('[').next().is_some_and(|rest| rest.contains(']'));
    let closing = if is_closed { "" } else { closing };
    let is_wiki = text.text[..typed.start].ends_with("[[");
    let range = text.range(Span::new(typed.start, typed.end + tail));
    let found = matching(typed.of(text.text), workspace, MOST);
    found
        .into_iter()
        .filter_map(|Match { source, key }| Some((source, key?)))
        .enumerate()
        .map(|(at, (source, key))| {
            let metadata = &workspace.library.source(source).metadata;
            let about = [metadata.title.as_deref(), metadata.date.as_deref(), metadata.publisher.as_deref()];
            let about = Untrusted::joined(about.into_iter().flatten(), ", ");
            CompletionItem {
                label: key.clone(),
                kind: Some(CompletionItemKind::REFERENCE),
                detail: (!about.is_empty()).then(|| about.plain().to_owned()),
                // Clients sort and filter by themselves; ours is better informed.
                filter_text: Some(typed.of(text.text).to_owned()),
                sort_text: Some(format!("{at:04}")),
                text_edit: Some(edit(range, format!("{}{closing}", if is_wiki { key } else { cite::braced(&key) }))),
                data: Some(json!({ "root": workspace.root, "source": workspace.library.path(source) })),
                ..CompletionItem::default()
            }
        })
        .collect()
}

fn edit(range: Range, new_text: String) -> CompletionTextEdit {
    CompletionTextEdit::Edit(TextEdit { range, new_text })
}

/// Sentences of the sources that go on as the quotation begins, to their ends, with the closing mark and
/// a citation.
fn quotations(
    text: Text<'_>,
    typed: Span,
    closing: char,
    note: &str,
    style: Style,
    workspace: &Reading<'_>,
) -> Vec<CompletionItem> {
    /// One word tells too little.
    const FEWEST_WORDS: usize = 2;
    const MOST_QUOTATIONS: usize = 20;
    let begun = typed.of(text.text);
    let mut terms = words(begun);
    // The last word may be a part of one.
    let part = terms.pop_if(|last| !begun[last.span.end..].contains(char::is_whitespace)).map(|word| word.span.of(begun));
    if terms.len() < FEWEST_WORDS {
        return Vec::new();
    }
    let library = &workspace.library;
    let query: Vec<_> = terms.iter().map(|word| word.term).collect();
    let mut items: Vec<CompletionItem> = Vec::new();
    for id in library.phrase(&query, 4 * MOST_QUOTATIONS) {
        let sentence = library.sentence(id);
        let visible = &library.source(sentence.source).layout.visible;
        let all = &sentence.analysis.words;
        let is_here = |at: &usize| all[*at..].iter().zip(&terms).filter(|(a, b)| a.form == b.form).count() == terms.len();
        let Some(at) = (0..=all.len().saturating_sub(terms.len())).find(is_here) else { continue };
        let Some(next) = all.get(at + terms.len()) else { continue };
        let start = all[at].span.start;
        let goes_on = part.is_none_or(|part| next.span.of(visible).to_lowercase().starts_with(&part.to_lowercase()));
        // Somebody who is quoted there may begin or end: the quotation is of one speaker.
        let rest = Span::new(start, sentence.span.end).of(visible);
        let rest = rest.split(['“', '”', '„', '«', '»', '"']).next().unwrap_or_default();
        let rest = Untrusted::from(rest.trim_end_matches([',', ' ']));
        let is_longer = words(rest.plain()).len() > terms.len();
        if !goes_on || !is_longer || items.iter().any(|item| item.label == rest.plain()) {
            continue;
        }
        let place = Place { source: sentence.source, span: sentence.span };
        let citation = cite::written(library, note, place, style);
        let address = library.address(sentence.source, start);
        items.push(CompletionItem {
            label: rest.plain().to_owned(),
            kind: Some(CompletionItemKind::TEXT),
            detail: Some(address.plain().to_owned()),
            filter_text: Some(begun.to_owned()),
            sort_text: Some(format!("{:04}", items.len())),
            text_edit: Some(edit(text.range(typed), format!("{}{closing} {citation}", rest.inserted(Gap::in_marks())))),
            data: Some(json!({ "root": workspace.root, "source": library.path(sentence.source) })),
            ..CompletionItem::default()
        });
        if items.len() == MOST_QUOTATIONS {
            break;
        }
    }
    items
}

/// Fills in what is known of the source behind an item.
pub fn resolve(mut item: CompletionItem, all: &SessionView) -> CompletionItem {
    let Some(data) = &item.data else { return item };
    let workspace = all.workspaces.iter().find(|workspace| workspace.root.to_str() == data["root"].as_str());
    let Some(workspace) = workspace else { return item };
    let reading = workspace.reading();
    let Some(id) = data["source"].as_str().and_then(|path| reading.library.by_path(path)) else { return item };
    let source = reading.library.source(id);
    let first = source.layout.blocks.iter().find(|block| block.kind.is_text()).map(|block| source.quote(block.span));
    let first = first.unwrap_or_default().beginning(300);
    let (title, path) = (source.title(), Untrusted::from(&source.path));
    let (kind, value) = if all.client.hover_markdown {
        (MarkupKind::Markdown, format!("**{}**\n\n{}\n\n> {}", title.markdown(), path.code(), first.markdown()))
    } else {
        (MarkupKind::PlainText, format!("{}\n{}\n\n{}", title.plain(), path.plain(), first.plain()))
    };
    item.documentation = Some(Documentation::MarkupContent(MarkupContent { kind, value }));
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_begun_at_the_end_of_a_line() {
        let key = |from, closing| Some(CompletionPlace::Key { from, closing });
        let quotation = |from, closing| Some(CompletionPlace::Quotation { from, closing });
        assert_eq!(begun("It fell [@mi"), key(10, "]"));
        assert_eq!(begun("It fell [@a; see @b"), key(18, "]"));
        assert_eq!(begun("As @mi"), key(4, ""));
        assert_eq!(begun("It fell [[mi"), key(10, "]]"));
        assert_eq!(begun("Write to a@b"), None);
        assert_eq!(begun("It fell [@mi]. Then"), None);
        assert_eq!(begun("She said “we could"), quotation(12, '”'));
        assert_eq!(begun("She said “we could” and \"no"), quotation(29, '"'));
        assert_eq!(begun("She said \"no\" and"), None);
        assert_eq!(begun("It fell. It hit 4"), Some(CompletionPlace::Value { sentence: 9, from: 16 }));
    }
}
