//! Readers for mail: single messages and mailboxes.

mod flowed;

use std::borrow::Cow;
use std::collections::BTreeSet;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, MessageParser, MimeHeaders, PartType};

use super::limits;
use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::{Attachment, Content, Format, ReadError, boilerplate, charset, html};
use crate::text::blocks::{self, BlockKind};

/// More messages than this in one mailbox are not read.
const MOST_MESSAGES: usize = 100_000;

/// A plain body that is so many times shorter than the one in HTML stands for nothing.
const STUB: usize = 4;

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let bytes = &*with_readable_headers(bytes);
    let message = MessageParser::default().parse(bytes).ok_or_else(|| ReadError::Broken("it has no headers".to_owned()))?;
    let mut rendition = Rendition::default();
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => {
            let says = |name: &str| part.content_type().and_then(|kind| kind.attribute(name)).map(str::to_ascii_lowercase);
            let is_flowed = says("format").as_deref() == Some("flowed");
            let joins_words = says("delsp").as_deref() == Some("yes");
            Some(if is_flowed { flowed::read(text, joins_words).into() } else { Cow::Borrowed(text.as_ref()) })
        }
        _ => None,
    });
    let mut notices = BTreeSet::new();
    for part in message.html_bodies() {
        if let PartType::Html(text) = &part.body {
            notices.extend(html::add(text, &mut rendition));
        }
    }
    // Newsletters have a plain body that only says that there is another.
    if let Some(text) = plain.filter(|text| text.len() * STUB > rendition.len()) {
        rendition = Rendition::default();
        notices.clear();
        body(&text, &mut rendition);
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
    Ok(Content { metadata, attachments, notices: notices.into_iter().collect(), ..Content::of_rendition(rendition) })
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

/// Headers in raw bytes of some encoding, which older programs send, as UTF-8.
fn with_readable_headers(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_end = |three: &[u8]| three[0] == b'\n' && (three[1] == b'\n' || three[1..] == *b"\r\n");
    let end = bytes.windows(3).position(is_end).unwrap_or(bytes.len());
    let (headers, rest) = bytes.split_at(end);
    if std::str::from_utf8(headers).is_ok() {
        return bytes.into();
    }
    let mut readable = charset::decode_as(headers, &said_charset(headers)).into_bytes();
    readable.extend_from_slice(rest);
    readable.into()
}

/// The encoding that the headers name for the body.
fn said_charset(headers: &[u8]) -> String {
    let headers = String::from_utf8_lossy(headers).to_ascii_lowercase();
    let named = headers.split_once("charset=").map_or("", |(_, rest)| rest.trim_start_matches('"'));
    named.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// A plain body: its paragraphs, what it quotes of other mails as quotations, and the signature apart.
fn body(text: &str, out: &mut Rendition) {
    let is_signature = |line: &str| matches!(line.trim_end_matches('\r'), "-- " | "--");
    let start = text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)));
    let signature = start.into_iter().find(|(at, line)| *at > 0 && is_signature(line.trim_end_matches('\n'))).map(|(at, _)| at);
    let (text, signature) = text.split_at(signature.unwrap_or(text.len()));
    own_and_quoted(text, out);
    for line in signature.lines().skip(1) {
        out.block(BlockKind::Boilerplate, line);
    }
}

fn own_and_quoted(text: &str, out: &mut Rendition) {
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
        let words = block.span.of(text);
        out.block(if boilerplate::is_phrase(words) { BlockKind::Boilerplate } else { block.kind }, words);
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
    fn old_programs_and_flowed_lines_are_read() {
        let mail = b"From: J\xfcrgen <a@b.example>\r\nSubject: B\xe4nke\r\nContent-Type: text/plain; charset=iso-8859-1; format=flowed; delsp=yes\r\n\r\nThe no \r\nrth pier  \r\nclosed.\r\n\r\n-- \r\nHarbour board\r\n";
        let source = &crate::source::read("f.eml", mail, &Default::default()).unwrap()[0];
        assert_eq!(source.title().plain(), "B\u{e4}nke");
        assert_eq!(source.metadata.author.as_deref(), Some("J\u{fc}rgen"));
        let blocks: Vec<_> = source.layout.blocks.iter().map(|b| (b.kind, b.span.of(&source.text))).collect();
        assert_eq!(blocks, [(BlockKind::Paragraph, "The north pier closed."), (BlockKind::Boilerplate, "Harbour board")]);
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
