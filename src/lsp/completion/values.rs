//! Figures, dates and names that the sources have where the sentence goes on.

use serde_json::json;
use tower_lsp::lsp_types::{CompletionItem, CompletionItemKind};

use super::{Text, edit};
use crate::text::analysis::Analysis;
use crate::text::untrusted::Gap;
use crate::text::words::words;
use crate::text::{Span, Untrusted};
use crate::workspace::Reading;

/// How many sentences of the sources are looked at.
const SENTENCES: usize = 8;
const MOST: usize = 12;
/// Words with a meaning that must stand before; fewer tell too little.
const FEWEST_WORDS: usize = 2;

/// Where a value is begun at the end of a line: behind a blank, at a digit, or at a capital and another letter.
pub fn begun(line: &str) -> Option<usize> {
    let from = line.rfind(char::is_whitespace).map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    let typed = &line[from..];
    let mut chars = typed.chars();
    let is_begun = match chars.next() {
        None => true,
        Some(first) if first.is_numeric() => true,
        Some(first) => first.is_uppercase() && chars.next().is_some_and(char::is_alphabetic),
    };
    (is_begun && line[..from].trim() != "").then_some(from)
}

/// Values of the sentences that fit `sentence`, the words before, and begin as what is typed.
pub fn values(text: Text<'_>, sentence: &str, typed: Span, workspace: &Reading<'_>) -> Vec<CompletionItem> {
    let library = &workspace.library;
    let known = words(sentence);
    if known.iter().filter(|word| !word.is_stop).count() < FEWEST_WORDS {
        return Vec::new();
    }
    let prefix = typed.of(text.text);
    let said = sentence.to_lowercase();
    let mut items: Vec<CompletionItem> = Vec::new();
    for (id, _) in library.fitting(&known, SENTENCES) {
        let found = library.sentence(id);
        let visible = &library.source(found.source).layout.visible;
        for span in spans(&found.analysis, visible, !prefix.is_empty()) {
            let value = Untrusted::from(span.of(visible));
            let words = value.plain();
            let is_new = !said.contains(&words.to_lowercase()) && items.iter().all(|item| item.label != words);
            if !words.starts_with(prefix) || words == prefix || !is_new {
                continue;
            }
            items.push(CompletionItem {
                label: words.to_owned(),
                kind: Some(CompletionItemKind::VALUE),
                detail: Some(library.address(found.source, span.start).plain().to_owned()),
                filter_text: Some(prefix.to_owned()),
                sort_text: Some(format!("{:04}", items.len())),
                text_edit: Some(edit(text.range(typed), value.inserted(Gap::of(text.text, typed)))),
                data: Some(json!({ "root": workspace.root, "source": library.path(found.source) })),
                ..CompletionItem::default()
            });
            if items.len() == MOST {
                return items;
            }
        }
    }
    items
}

/// The values of a sentence in their order. If a name may be begun in its midst, also what is left of it there.
fn spans(analysis: &Analysis, visible: &str, in_midst: bool) -> Vec<Span> {
    let names = analysis.names.iter().filter(|name| !name.is_doubtful);
    let whole: Vec<Span> = names.clone().map(|name| name.span).collect();
    let dates = analysis.dates.iter().map(|date| date.span);
    let values = analysis.numbers.iter().map(|number| number.span).chain(dates);
    // The 3 of "Terminal 3" is no figure.
    let values = values.filter(|value| !whole.iter().any(|name| name.encloses(*value)));
    let rests = names.filter(|_| in_midst).flat_map(|name| {
        let words = analysis.words[name.first..name.last].iter().map(|word| word.span.start);
        let starts = words.filter(|at| visible[*at..].starts_with(char::is_uppercase));
        starts.filter(|at| *at > name.span.start).map(|at| Span::new(at, name.span.end))
    });
    let mut all: Vec<Span> = values.chain(whole.iter().copied()).chain(rests).collect();
    all.sort_by_key(|span| (span.start, span.end));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::begun;

    #[test]
    fn a_value_is_begun_by_a_digit_or_a_capital_behind_other_words() {
        assert_eq!(begun("The mill employed 4"), Some(18));
        assert_eq!(begun("The mill employed "), Some(18));
        assert_eq!(begun("It was led by Ilse Ma"), Some(19));
        assert_eq!(begun("It was led by M"), None);
        assert_eq!(begun("It was led by a"), None);
        assert_eq!(begun("The"), None);
        assert_eq!(begun(""), None);
    }
}
