//! Words that are inserted into a note: Markdown that reads back as the words, and does nothing.
//!
//! No comment (which could silence the checker), tag, link, address, image, footnote, citation, code or
//! heading can come to life out of them, whatever stands around the place. Backslashes do it, as the
//! note's own parser and every renderer read them back.

/// The place in a note at which words are inserted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gap<'t> {
    /// What stands before them on the line.
    pub before: &'t str,
    /// What stands behind them.
    pub behind: &'t str,
}

impl<'t> Gap<'t> {
    /// The place of a span of a note.
    #[must_use]
    pub fn of(text: &'t str, span: crate::text::Span) -> Self {
        let line = text[..span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        Self { before: &text[line..span.start], behind: &text[span.end..] }
    }

    /// Inside quotation marks that are inserted with the words.
    #[must_use]
    pub const fn in_marks() -> Self {
        Self { before: "“", behind: "”" }
    }

    /// Whether what stands before could be the beginning of a block, so that a first `-` or `#` counts.
    fn begins_block(self) -> bool {
        let is_mark =
            |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | '|' | ']');
        self.before.chars().all(is_mark)
    }
}

pub(super) fn inserted(words: &str, gap: Gap<'_>) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    // What stands before may begin what the words would end.
    let mut before: Vec<char> = gap.before.chars().collect();
    let numbered = number_of_item(words).filter(|_| gap.begins_block());
    for (at, c) in words.char_indices() {
        let rest = &words[at + c.len_utf8()..];
        let next = rest.chars().next().or_else(|| gap.behind.chars().next());
        let (previous, is_first) = (before.last().copied(), at == 0);
        let in_word = previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let live = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '@' => true,
            '_' => !in_word,
            '&' => begins_entity(rest, gap.behind),
            // A heading, or what some editors take for a tag.
            '#' => is_first && gap.begins_block() || !in_word && next.is_some_and(char::is_alphabetic),
            '-' | '+' | '=' => is_first && gap.begins_block(),
            '.' | ')' if numbered == Some(at) => true,
            '!' => rest.is_empty() && next == Some('['),
            // `https://`, `www.` and the like become links in some editors.
            '/' => matches!(previous, Some('/' | ':')),
            '.' => ends_with_www(&before),
            // Behind brackets that end before the words.
            '(' | ':' => is_first && previous == Some(']'),
            '^' => is_first && previous == Some('['),
            _ => false,
        };
        if live {
            out.push('\\');
        }
        out.push(c);
        before.push(c);
    }
    out
}

/// Where the number of a list's item ends: `1.` or `12)`.
fn number_of_item(words: &str) -> Option<usize> {
    let end = words.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    words[end..].starts_with(['.', ')']).then_some(end)
}

/// Whether a `&` before these words stands for another character: `&lt;`, `&#60;`.
fn begins_entity(rest: &str, behind: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    match name.find(|c: char| !c.is_ascii_alphanumeric()) {
        Some(end) => name[end..].starts_with(';'),
        None => behind.starts_with(|c: char| c == '#' || c == ';' || c.is_ascii_alphanumeric()),
    }
}

fn ends_with_www(before: &[char]) -> bool {
    let tail: String = before.iter().rev().take(3).collect();
    tail.eq_ignore_ascii_case("www")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn harmless_words_stay_as_they_are() {
        for words in
            ["It fell by 5.2 %, from $40 to $38.", "AT&T said – “no” (twice).", "snake_case, 10:30, 5/6, a.b", "No. 1. -5"]
        {
            assert_eq!(inserted(words, Gap::in_marks()), words);
        }
    }

    #[test]
    fn the_place_makes_words_live() {
        let at = |before, words, behind| inserted(words, Gap { before, behind });
        assert_eq!(at("", "- x", ""), "\\- x");
        assert_eq!(at("> ", "12. x", ""), "12\\. x");
        assert_eq!(at("It is ", "12. x", ""), "12. x");
        assert_eq!(at("[a]", "(b)", ""), "\\(b)");
        assert_eq!(at("[", "^b", "]"), "^b".replace('^', "\\^"));
        assert_eq!(at("https:", "//b", ""), "\\/\\/b");
        assert_eq!(at("see ", "this!", "[x](y)"), "this\\!");
    }

    proptest! {
        #[test]
        fn any_words_read_back_and_are_nothing_else(words in r"[a-z1.)(!<>\[\]@#&;:/*_~|`^=+$\\ -]{1,40}", before in 0..4usize) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let (before, behind) = [("", ""), ("> ", " end"), ("It is “", "” [@k]"), ("| a | ", " |")][before];
            let text = format!("{before}{}{behind}", inserted(&words, Gap { before, behind }));
            let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
            let mut plain = String::new();
            for event in Parser::new_ext(&text, options) {
                match event {
                    Event::Text(text) => plain.push_str(&text),
                    Event::Start(Tag::Paragraph | Tag::BlockQuote(_)) | Event::End(_) => {}
                    other => prop_assert!(false, "{other:?} in {text}"),
                }
            }
            let before = before.trim_start_matches("> ");
            let whole = format!("{before}{words}{behind}");
            prop_assert_eq!(plain.trim(), whole.trim());
        }
    }
}
