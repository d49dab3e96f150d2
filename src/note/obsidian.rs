//! What editors for linked notes add to Markdown (Obsidian, Dataview): `%% comments %%`, `==marks==`, `#tags`, `^ids` of
//! blocks and `fields:: with values`. None of it is a word of a sentence, but for what is marked.

use std::sync::LazyLock;

use regex::Regex;

use super::quotations::is_in_code;
use crate::text::Span;
use crate::text::blocks::{Block, BlockKind};

static MARKED: LazyLock<Regex> = LazyLock::new(|| regex(r"==(?:[^\s=]|[^\s=][^=\n]*[^\s=])=="));
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"(^|\s)#([\p{L}\p{N}_/-]*\p{L}[\p{L}\p{N}_/-]*)"));
static BLOCK_ID: LazyLock<Regex> = LazyLock::new(|| regex(r"(?m)(?:^|\s)\^[A-Za-z0-9-]+[ \t]*$"));
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?m)^[ \t]*\p{L}[\p{L}\p{N} _-]{0,40}::[ \t\n].*$|[\[(]\p{L}[\p{L}\p{N} _-]{0,40}::[^\[\]()\n]*[\])]")
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// The comments of a text, and whether one has begun that has no end.
pub struct Comments {
    pub spans: Vec<Span>,
    pub is_open: bool,
}

/// The comments between `%%`. A comment begins with a word, so that "5%%" is none.
pub fn comments(text: &str, blocks: &[Block], code: &[Span]) -> Comments {
    const MARK: &str = "%%";
    let mut found = Comments { spans: Vec::new(), is_open: false };
    if !text.contains(MARK) {
        return found;
    }
    let is_code = |at: usize| {
        let before = blocks.partition_point(|block| block.span.start <= at);
        let block = blocks[..before].last().filter(|block| at < block.span.end);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Code | BlockKind::Markup))
            || is_in_code(Span::new(at, at + MARK.len()), code)
    };
    let mut open: Option<usize> = None;
    for (at, _) in text.match_indices(MARK).filter(|(at, _)| !is_code(*at)) {
        match open.take() {
            Some(start) => found.spans.push(Span::new(start, at + MARK.len())),
            None => open = text[..at].chars().next_back().is_none_or(char::is_whitespace).then_some(at),
        }
    }
    found.is_open = open.is_some();
    found
}

/// Blanks what is no word of a sentence. Citations are blank already.
pub fn hide(visible: &mut String, blocks: &[Block], comments: &[Span]) {
    let mut hidden: Vec<Span> = comments.to_vec();
    for block in blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Task | BlockKind::Quotation))
    {
        let words = block.span.of(visible);
        let at = |span: Span| span.shifted(block.span.start);
        let of = |pattern: &'static Regex| pattern.find_iter(words).map(|found| at(found.range().into())).collect::<Vec<Span>>();
        if words.contains("==") {
            hidden.extend(
                of(&MARKED)
                    .into_iter()
                    .flat_map(|span| [Span::new(span.start, span.start + 2), Span::new(span.end - 2, span.end)]),
            );
        }
        if words.contains("::") {
            hidden.extend(of(&FIELD));
        }
        if words.contains('^') {
            hidden.extend(of(&BLOCK_ID));
        }
        if words.contains('#') {
            hidden.extend(tags(words).into_iter().map(at));
        }
    }
    for span in hidden {
        span.blank(visible);
    }
}

/// Tags before and behind all words are none; one between them is a word with a sign before it.
fn tags(words: &str) -> Vec<Span> {
    let found: Vec<Span> =
        TAG.captures_iter(words).filter_map(|tag| Some(Span::new(tag.get(2)?.start() - 1, tag.get(2)?.end()))).collect();
    let is_blank = |text: &str| !text.contains(char::is_alphanumeric);
    let leading =
        found.iter().scan(0, |end, tag| is_blank(&words[std::mem::replace(end, tag.end)..tag.start]).then_some(())).count();
    let trailing = found
        .iter()
        .rev()
        .scan(words.len(), |start, tag| is_blank(&words[tag.end..std::mem::replace(start, tag.start)]).then_some(()))
        .count();
    let is_around = |at: usize| at < leading || at >= found.len() - trailing;
    found.iter().enumerate().map(|(at, tag)| if is_around(at) { *tag } else { Span::new(tag.start, tag.start + 1) }).collect()
}

/// Whether a link is to the note of a day, a week or a month, which need not exist yet.
#[must_use]
pub fn is_daily_note(target: &str) -> bool {
    static DAY: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}-(?:\d{2}(?:-\d{2})?|W\d{1,2}|Q\d)(?: [\p{L} ]+)?$"));
    DAY.is_match(target.rsplit('/').next().unwrap_or(target).trim())
}

#[cfg(test)]
mod tests {
    use crate::note::Note;

    fn shown(text: &str) -> Vec<String> {
        let note = Note::parse(text);
        note.sentences.iter().map(|sentence| note.words_of(sentence)).collect()
    }

    #[test]
    fn only_words_of_the_sentence() {
        for (text, words) in [
            ("It rained. %% Do not print [[that]]. %% It snowed.", vec!["It rained.", "It snowed."]),
            ("%%\nIt rained.\n\n# No\n\nIt snowed.\n%%\n\nIt froze.", vec!["It froze."]),
            ("It rose 5%% and 6%% then.", vec!["It rose 5%% and 6%% then."]),
            ("It rained. %% never closed", vec!["It rained. %% never closed"]),
            ("It cost ==2.5 million== crowns. ^cost1", vec!["It cost 2.5 million crowns."]),
            ("Nobody was hurt #accident #pier/2024 [[hearing]].", vec!["Nobody was hurt."]),
            ("#pier It rained on the #north pier, #5 of ten.", vec!["It rained on the north pier, #5 of ten."]),
            ("status:: It rained\nIt snowed.", vec!["It snowed."]),
            ("It rained [seen:: yes] here.", vec!["It rained here."]),
            ("```\n%% a %%\n```\n\nIt rained.", vec!["It rained."]),
        ] {
            assert_eq!(shown(text), words, "{text}");
        }
        assert!(Note::parse("It rained. %% [[that]] and [this](a.txt) %%").citations.is_empty());
    }

    #[test]
    fn callouts_are_own_words_and_quotations_are_quoted() {
        let note = Note::parse(
            "> [!note]- My thoughts\n> It rained.\n\n> [!quote] Dorr\n> It snowed.\n>\n> It froze.\n\n> It thawed.\n",
        );
        let shown: Vec<_> = note.sentences.iter().map(|s| (note.words_of(s), s.quotations.len())).collect();
        let expected = [("It rained.", 0), ("It snowed.", 1), ("It froze.", 1), ("It thawed.", 1)];
        assert_eq!(shown, expected.map(|(words, quoted)| (words.to_owned(), quoted)));
    }

    #[test]
    fn notes_of_days() {
        for (target, is) in [
            ("2024-03-14", true),
            ("journal/2024-W11", true),
            ("2024-03-14 Thursday", true),
            ("2024-03-14-hearing", false),
            ("hearing", false),
        ] {
            assert_eq!(super::is_daily_note(target), is, "{target}");
        }
    }
}
