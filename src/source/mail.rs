//! Readers for mail: single messages and mailboxes.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, MessageParser, MimeHeaders, PartType};

use super::limits;
use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::{Attachment, Content, Format, ReadError, html};
use crate::text::blocks::{self, BlockKind};

/// More messages than this in one mailbox are not read.
const MOST_MESSAGES: usize = 100_000;

/// A plain body that is so many times shorter than the one in HTML stands for nothing.
const STUB: usize = 4;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| ReadError::Broken("it has no headers".to_owned()))?;
    let mut rendition = Rendition::default();
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    for part in message.html_bodies() {
        if let PartType::Html(text) = &part.body {
            html::render(text, &mut rendition);
        }
    }
    // Newsletters have a plain body that only says that there is another.
    if let Some(text) = plain.filter(|text| text.len() * STUB > rendition.len()) {
        rendition = Rendition::default();
        body(text, &mut rendition);
    }
    let metadata = Metadata {
        title: message.subject().map(str::to_owned),
        author: message.from().and_then(person),
        date: message.date().and_then(|date| iso_date(&date.to_rfc3339())),
        ..Metadata::default()
    };
    let attachments = message.attachments().enumerate().filter_map(|(at, part)| {
        let name = match &part.body {
            PartType::Message(_) => format!("message {}.eml", at + 1),
            _ => file_name(part.attachment_name()?)?,
        };
        let bytes = match &part.body {
            // As it stands in the outer mail; one that was encoded has its own bytes.
            PartType::Message(inner) if inner.raw_message.len() == bytes.len() => {
                bytes.get(part.offset_body as usize..part.offset_end as usize)?.to_vec()
            }
            PartType::Message(inner) => inner.raw_message.to_vec(),
            _ => part.contents().to_vec(),
        };
        Format::of(&name).map(|_| Attachment::of(name, bytes))
    });
    let attachments = attachments.collect();
    if rendition.is_empty() && metadata == Metadata::default() {
        return Err(ReadError::Broken("it is no mail".to_owned()));
    }
    Ok(Content { metadata, attachments, ..Content::of_rendition(rendition) })
}

/// Every message of a mailbox is a source of its own.
pub fn read_mailbox(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut messages = MessageIterator::new(bytes).flatten().enumerate();
    let first = messages.by_ref().take(MOST_MESSAGES);
    let attachments: Vec<Attachment> =
        first.map(|(at, message)| Attachment::of(format!("{}.eml", at + 1), message.unwrap_contents())).collect();
    if attachments.is_empty() {
        return Err(ReadError::Broken("it holds no message".to_owned()));
    }
    let notices = messages.next().map(|_| limits::up_to(&format!("message {MOST_MESSAGES}"))).into_iter().collect();
    Ok(Content { attachments, notices, ..Content::of_rendition(Rendition::default()) })
}

/// A plain body: its paragraphs, and what it quotes of other mails as quotations.
fn body(text: &str, out: &mut Rendition) {
    let mut own = String::new();
    let mut quoted = String::new();
    for line in text.lines() {
        match line.trim_start().strip_prefix('>') {
            Some(rest) => {
                paragraphs(&mut own, out);
                let rest = rest.trim_start_matches(['>', ' ']);
                if rest.is_empty() {
                    out.block(BlockKind::Quotation, &std::mem::take(&mut quoted));
                }
                quoted.push_str(rest);
                quoted.push(' ');
            }
            None => {
                out.block(BlockKind::Quotation, &std::mem::take(&mut quoted));
                own.push_str(line);
                own.push('\n');
            }
        }
    }
    out.block(BlockKind::Quotation, &quoted);
    paragraphs(&mut own, out);
}

fn paragraphs(text: &mut String, out: &mut Rendition) {
    let layout = blocks::plain(text);
    for block in &layout.blocks {
        out.block(block.kind, block.span.of(text));
    }
    text.clear();
}

fn person(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    first.name().or(first.address()).map(str::to_owned)
}

/// The bare name of an attachment, which must lead nowhere else.
fn file_name(name: &str) -> Option<String> {
    const LONGEST: usize = 120;
    let name = name.rsplit(['/', '\\']).next()?;
    let name: String =
        name.chars().filter(|c| !c.is_control() && !matches!(c, ':' | '<' | '>' | '"' | '|' | '?' | '*')).collect();
    let name = name.trim_matches(['.', ' ']);
    (!name.is_empty() && name.len() <= LONGEST).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_mail_is_a_source_of_its_own() {
        let mail = "From: a@b.example\nSubject: Outer\nContent-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\nThe outer toad sat.\n--X\nContent-Type: message/rfc822\n\nFrom: in@x.example\nSubject: Inner\n\nThe inner newt sat.\n--X--\n";
        let sources = crate::source::read("f.eml", mail.as_bytes(), &Default::default()).unwrap();
        let shown: Vec<_> = sources.iter().map(|s| (s.path.as_str(), s.title(), s.text.contains("newt"))).collect();
        assert_eq!(shown, [("f.eml", "Outer".into(), false), ("f.eml/message 1.eml", "Inner".into(), true)]);
    }

    #[test]
    fn names_of_attachments_lead_nowhere_else() {
        for (name, safe) in [
            ("report.csv", Some("report.csv")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\evil.pdf", Some("evil.pdf")),
            ("..", None),
            ("a\u{0}b.txt", Some("ab.txt")),
        ] {
            assert_eq!(file_name(name).as_deref(), safe, "{name}");
        }
    }
}
