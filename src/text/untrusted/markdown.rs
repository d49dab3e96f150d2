//! Words of sources in hovers: shown, never live.

use crate::text::Span;
use crate::text::words::{is_invisible, readable};

/// Text that shows as it is in any Markdown renderer: no link, image, code, HTML or emphasis of its
/// own, no automatic link from a bare address.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| chars[i]);
        let next = chars.get(i + 1).copied();
        let in_word = previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let live = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '@' => true,
            '_' => !in_word,
            '!' => next == Some('['),
            '#' | '+' | '-' | '=' => i == 0,
            // `http://`, `www.` and the like become links in some editors.
            '/' => previous == Some('/') || previous == Some(':'),
            ':' => next == Some('/') || next.is_some_and(char::is_alphanumeric),
            '.' => ends_with_www(&chars[..i]),
            _ => false,
        };
        if live {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

fn ends_with_www(before: &[char]) -> bool {
    let tail: String = before.iter().rev().take(3).collect();
    tail.eq_ignore_ascii_case("www")
}

/// The words of a span with some of them strong, as Markdown on one line.
#[must_use]
pub fn strong(visible: &str, span: Span, matched: &[Span], longest: usize) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for run in runs(visible, span, matched) {
        push(&mut out, Span::new(at, run.start).of(visible));
        let words = escaped(&readable(run.of(visible)));
        if !words.is_empty() {
            out.push_str("**");
            out.push_str(&words);
            out.push_str("**");
        }
        at = run.end;
        if out.len() > longest {
            out.push_str(" …");
            return out.trim().to_owned();
        }
    }
    push(&mut out, Span::new(at, span.end).of(visible));
    out.trim().to_owned()
}

/// Neighbouring matched words as one run, inside the span.
#[must_use]
pub fn runs(visible: &str, span: Span, matched: &[Span]) -> Vec<Span> {
    let mut sorted: Vec<Span> = matched.iter().copied().filter(|m| span.encloses(*m) && *m != span && !m.is_empty()).collect();
    sorted.sort_unstable();
    let mut runs: Vec<Span> = Vec::new();
    for word in sorted {
        match runs.last_mut() {
            Some(run) if word.start < run.end || Span::new(run.end, word.start).of(visible).trim().is_empty() => {
                *run = run.cover(word)
            }
            _ => runs.push(word),
        }
    }
    runs
}

/// Adds plain words and keeps one space where there was white space.
fn push(out: &mut String, text: &str) {
    let seen = |c: char| !is_invisible(c);
    let words = escaped(&readable(text));
    let gap_before = text.chars().find(|c| seen(*c)).is_some_and(char::is_whitespace);
    let gap_after = text.chars().rev().find(|c| seen(*c)).is_some_and(char::is_whitespace);
    if gap_before && !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(&words);
    if gap_after && !words.is_empty() {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn nothing_of_a_source_is_live() {
        let hostile = [
            "![x](https://a.example/p.png)",
            "[open](command:workbench.action)",
            "<a href='x'>y</a>",
            "https://a.example",
            "`code`",
            "**bold** _em_",
            "<https://a.example>",
            "a <!-- b",
            "&lt;b&gt;",
            "# head",
            "- item",
            "www.a.example",
            "x@a.example",
            "| a | b |",
            "~~x~~",
            "\\[x](y)",
            "1. one",
        ];
        for text in hostile {
            let shown = format!("> “{}”", escaped(text));
            let mut plain = String::new();
            for event in Parser::new_ext(&shown, Options::all()) {
                match event {
                    Event::Text(t) => plain.push_str(&t),
                    Event::Start(Tag::BlockQuote(_) | Tag::Paragraph) | Event::End(_) => {}
                    other => panic!("{text}: {other:?} in {shown}"),
                }
            }
            // Smart punctuation is the renderer's own.
            assert!(plain.trim_matches(['“', '”']).len() >= text.len() - 2, "{plain} / {text}");
        }
    }

    #[test]
    fn matched_words_are_strong_in_runs() {
        let text = "The old mill, it closed in May.";
        let at = |word: &str| text.find(word).map(|i| Span::new(i, i + word.len())).unwrap();
        let shown = strong(text, Span::new(0, text.len()), &[at("mill"), at("old"), at("closed")], 999);
        assert_eq!(shown, "The **old mill**, it **closed** in May.");
    }
}
