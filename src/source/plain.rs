//! Reader for text without markup: articles, wire copies, transcripts, saved mail.

use super::front_matter::{self, Fields};
use super::metadata::{Metadata, is_iso_date};
use super::{Content, boilerplate, dateline, publisher, transcript};
use crate::text::Span;
use crate::text::blocks::{self, BlockKind, Layout};
use crate::text::words;

/// How far into a text a dateline is looked for, in bytes.
const HEAD: usize = 600;

pub fn read(text: String) -> Content {
    let mut visible = text.clone();
    let mut metadata = Metadata::default();
    let mut guessed = Metadata::default();
    let mut notice = None;
    if let Some(span) = front_matter::find(&text) {
        let fields;
        (fields, notice) = Fields::of_front_matter(span.of(&text));
        metadata = Metadata::from_fields(&fields);
        let body = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
        Span::new(0, body).blank(&mut visible);
    }
    if let Some((span, date)) = inline_date(&text) {
        guessed.date = Some(date);
        span.blank(&mut visible);
    }
    let mut layout = blocks::plain(&visible);
    for block in &mut layout.blocks {
        if boilerplate::is_phrase(block.span.of(&layout.visible)) {
            block.kind = BlockKind::Boilerplate;
        }
    }
    guess_from_head(&mut guessed, &layout);
    let marks = transcript::marks(&layout);
    Content { metadata, guessed, notices: notice.into_iter().collect(), ..Content::of_text(text, layout, marks) }
}

/// The `date 2023-10-21` that some wire archives put before the first paragraph.
fn inline_date(text: &str) -> Option<(Span, String)> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        if let Some(rest) = line.trim_start().strip_prefix("date ") {
            let date = rest.get(..10).filter(|date| is_iso_date(date))?;
            return Some((Span::new(start, start + "date ".len() + date.len()), date.to_owned()));
        }
        at += line.len();
    }
    None
}

/// Title, date and sender from the first lines: headlines, datelines and mail headers.
fn guess_from_head(guessed: &mut Metadata, layout: &Layout) {
    let text = &layout.visible;
    for block in layout.blocks.iter().take_while(|block| block.span.start < HEAD) {
        let line = block.span.of(text);
        for (name, field) in [("Subject: ", &mut guessed.title), ("From: ", &mut guessed.publisher)] {
            if let (None, Some(value)) = (&field, line.strip_prefix(name)) {
                let value = value.split(['<', '\n']).next().unwrap_or_default();
                *field = Some(words::readable(value));
            }
        }
        if guessed.publisher.is_none() {
            guessed.publisher = publisher::of_line(line);
            if guessed.publisher.is_some() {
                continue;
            }
        }
        let is_heading = block.kind == BlockKind::Heading || ends_with_words_of_others(line);
        if guessed.title.is_none() && is_heading && is_headline(line) {
            guessed.title = Some(words::readable(line));
        }
    }
    if guessed.date.is_none() {
        guessed.date = dateline::of_head(layout);
    }
}

/// Headlines are longer than the labels that players and menus leave behind.
fn is_headline(line: &str) -> bool {
    line.split_whitespace().count() >= 5 || (line.len() > 12 && line.chars().all(|c| !c.is_lowercase()))
}

/// A single line that ends inside a quotation, without a stop: `Ministry says ports ‘can close’`.
fn ends_with_words_of_others(line: &str) -> bool {
    const LONGEST: usize = 160;
    let inner = line.trim_end_matches(['’', '”', '"', '\'']);
    let is_closed = inner.len() < line.len() && inner.ends_with(char::is_alphanumeric);
    is_closed && line.len() <= LONGEST && !line.contains('\n') && line.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Body;

    #[test]
    fn an_inline_date_is_metadata_and_not_prose() {
        let text = "FLOOD\n\n date 2024-03-18 The river rose.";
        let Content { guessed: metadata, body: Body::Own { layout, .. }, .. } = read(text.to_owned()) else { unreachable!() };
        assert_eq!(metadata.date.as_deref(), Some("2024-03-18"));
        assert_eq!(layout.blocks[1].span.of(text), "The river rose.");
    }

    #[test]
    fn mail_headers_give_title_and_sender() {
        let metadata = read(
            "From: Hill Farm <a@b.example>\nTo: Mill\nDate: Tue, 2 April 2024 08:15\nSubject: Oats\n\nDear mill,\n".to_owned(),
        )
        .guessed;
        assert_eq!(metadata.title.as_deref(), Some("Oats"));
        assert_eq!(metadata.publisher.as_deref(), Some("Hill Farm"));
        assert_eq!(metadata.date.as_deref(), Some("2024-04-02"));
    }

    #[test]
    fn a_headline_is_the_title_and_a_player_button_is_not() {
        let metadata = read("Listen now\n\nMill closes after the second flood\n\nThe mill closed.\n".to_owned()).guessed;
        assert_eq!(metadata.title.as_deref(), Some("Mill closes after the second flood"));
    }
}
