//! Reader for Rich Text Format 1.9: a state machine over groups, control words and text.

use encoding_rs::{Encoding, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::metadata::{Metadata, iso_date};
use super::rendition::Rendition;
use super::table::names_columns;
use super::{Content, ReadError};
use crate::text::blocks::BlockKind;

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Body,
    Footnote,
    /// A part of the `info` group, by its field's name here.
    Info(&'static str),
    InfoGroup,
    Styles,
    Fonts,
    Nothing,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    /// Hidden or deleted text.
    hidden: bool,
    encoding: &'static Encoding,
    /// How many bytes stand for a character beside `\u`.
    fallback: usize,
    style: i32,
    outline: Option<i32>,
    in_table: bool,
    is_item: bool,
}

pub fn read(bytes: &[u8]) -> Result<Content, ReadError> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    if !bytes[start..].starts_with(b"{\\rtf") {
        return Err(ReadError::Broken("it does not begin as RTF does".to_owned()));
    }
    let mut reader = Reader::new(&bytes[start..]);
    reader.run();
    reader.flush();
    reader.close_paragraph();
    let mut rendition = reader.out;
    for note in reader.notes {
        rendition.block(BlockKind::Footnote, &note);
    }
    let get = |name: &str| reader.info.get(name).map(|v| crate::text::words::readable(v)).filter(|v| !v.is_empty());
    let metadata = Metadata { title: get("title"), author: get("author"), ..Metadata::default() };
    let created = get("created").and_then(|date| iso_date(&date));
    Ok(Content { metadata, created, ..Content::of_rendition(rendition) })
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    group: Group,
    stack: Vec<Group>,
    /// Bytes of the encoding at hand that are yet to be decoded.
    raw: Vec<u8>,
    text: String,
    note: String,
    notes: Vec<String>,
    cells: Vec<String>,
    is_first_row: bool,
    /// The first half of a character beyond the basic plane.
    high: Option<u16>,
    info: FxHashMap<&'static str, String>,
    headings: FxHashMap<i32, bool>,
    fonts: FxHashMap<i32, &'static Encoding>,
    font: i32,
    document: &'static Encoding,
    out: Rendition,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let group = Group {
            destination: Destination::Body,
            hidden: false,
            encoding: WINDOWS_1252,
            fallback: 1,
            style: 0,
            outline: None,
            in_table: false,
            is_item: false,
        };
        Self {
            bytes,
            at: 0,
            group,
            stack: Vec::new(),
            raw: Vec::new(),
            text: String::new(),
            note: String::new(),
            notes: Vec::new(),
            cells: Vec::new(),
            is_first_row: true,
            high: None,
            info: FxHashMap::default(),
            headings: FxHashMap::default(),
            fonts: FxHashMap::default(),
            font: 0,
            document: WINDOWS_1252,
            out: Rendition::default(),
        }
    }

    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.stack.push(self.group);
                }
                b'}' => {
                    self.flush();
                    let ended = self.group.destination;
                    let Some(group) = self.stack.pop() else { return };
                    self.group = group;
                    if ended == Destination::Footnote && group.destination != Destination::Footnote {
                        self.notes.push(std::mem::take(&mut self.note));
                    }
                    if self.stack.is_empty() {
                        return;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.raw.push(byte),
            }
        }
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                    if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                        self.raw.push(byte);
                        self.at += 2;
                    }
                }
                b'*' => {
                    self.flush();
                    self.group.destination = Destination::Nothing;
                }
                b'~' | b'_' => {
                    self.flush();
                    self.push(if first == b'~' { "\u{a0}" } else { "-" });
                }
                b'\r' | b'\n' => self.word("par", None),
                b'\\' | b'{' | b'}' => self.raw.push(first),
                _ => {}
            }
            return;
        }
        let letters = self.bytes[self.at..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = String::from_utf8_lossy(&self.bytes[self.at..self.at + letters]).into_owned();
        self.at += letters;
        let sign = usize::from(self.bytes.get(self.at) == Some(&b'-'));
        let digits =
            self.bytes[(self.at + sign).min(self.bytes.len())..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number =
            (digits > 0).then(|| String::from_utf8_lossy(&self.bytes[self.at..self.at + sign + digits]).parse().ok()).flatten();
        if digits > 0 {
            self.at += sign + digits;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&name, number);
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        // Decoding ends where the encoding may change, and where other text comes in.
        self.flush();
        let on = number != Some(0);
        match name {
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" | "tab" => self.push(" "),
            "cell" | "nestcell" => {
                let text = std::mem::take(&mut self.text);
                self.cells.push(text);
            }
            "row" | "nestrow" => {
                let cells = std::mem::take(&mut self.cells);
                self.out.row(&cells, self.is_first_row && names_columns(&cells));
                self.is_first_row = false;
            }
            "pard" => {
                self.group.in_table = false;
                self.group.is_item = false;
                self.group.style = 0;
                self.group.outline = None;
            }
            "intbl" => self.group.in_table = true,
            "ls" | "pntext" if on => {
                self.group.is_item = true;
                if name == "pntext" {
                    self.group.destination = Destination::Nothing;
                }
            }
            "s" => self.group.style = number.unwrap_or(0),
            "outlinelevel" => self.group.outline = number,
            "v" | "deleted" => self.group.hidden = on,
            "plain" => self.group.hidden = false,
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "bin" => self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len()),
            "ansicpg" => {
                self.document = code_page(number.unwrap_or(1252));
                self.group.encoding = self.document;
            }
            "f" => {
                self.font = number.unwrap_or(0);
                if self.group.destination != Destination::Fonts {
                    self.group.encoding = self.fonts.get(&self.font).copied().unwrap_or(self.document);
                }
            }
            "fcharset" => {
                if let Some(encoding) = character_set(number.unwrap_or(0)) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "emspace" | "enspace" | "qmspace" => self.push(" "),
            "footnote" => self.group.destination = Destination::Footnote,
            "fonttbl" => self.group.destination = Destination::Fonts,
            "stylesheet" => self.group.destination = Destination::Styles,
            "info" => self.group.destination = Destination::InfoGroup,
            "title" => self.info_field("title"),
            "author" => self.info_field("author"),
            "creatim" => self.info_field("created"),
            "yr" | "mo" | "dy" if self.group.destination == Destination::Info("created") => {
                self.push(&format!("{:02}-", number.unwrap_or(0)));
            }
            "colortbl" | "pict" | "object" | "fldinst" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl"
            | "footerr" | "footerf" | "annotation" | "xe" | "tc" | "listtable" | "listoverridetable" | "revtbl" | "filetbl"
            | "themedata" | "nonesttables" | "listtext" => {
                self.group.is_item |= name == "listtext";
                if let Some(around) = self.stack.last_mut() {
                    around.is_item |= name == "listtext";
                }
                self.group.destination = Destination::Nothing;
            }
            _ => {}
        }
    }

    /// A field of the `info` group begins; some programs write a field twice.
    fn info_field(&mut self, name: &'static str) {
        if self.group.destination == Destination::InfoGroup && !self.info.contains_key(name) {
            self.group.destination = Destination::Info(name);
        }
    }

    /// A UTF-16 unit, and the fallback behind it that is to be left out.
    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xffff) as u16;
        let decoded: Option<char> = match (self.high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            (_, 0xd800..=0xdbff) => {
                self.high = Some(unit);
                None
            }
            (_, unit) => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = decoded {
            self.push(&c.to_string());
        }
        for _ in 0..self.group.fallback {
            match self.bytes.get(self.at..) {
                Some([b'\\', b'\'', ..]) => self.at = (self.at + 4).min(self.bytes.len()),
                Some([b'{' | b'}' | b'\\', ..] | []) | None => break,
                Some(_) => self.at += 1,
            }
        }
    }

    fn flush(&mut self) {
        if !self.raw.is_empty() {
            let raw = std::mem::take(&mut self.raw);
            let text = self.group.encoding.decode_without_bom_handling(&raw).0;
            self.push(&text);
        }
    }

    fn push(&mut self, text: &str) {
        match self.group.destination {
            _ if self.group.hidden => {}
            Destination::Body => self.text.push_str(text),
            Destination::Footnote => self.note.push_str(text),
            Destination::Info(field) => self.info.entry(field).or_default().push_str(text),
            Destination::Styles => {
                let name = text.trim().to_lowercase();
                let is_heading = name.starts_with("heading") || name.starts_with("title");
                self.headings.entry(self.group.style).or_insert(is_heading);
            }
            Destination::InfoGroup | Destination::Fonts | Destination::Nothing => {}
        }
    }

    fn end_paragraph(&mut self) {
        match self.group.destination {
            Destination::Footnote => self.note.push(' '),
            Destination::Body if self.group.in_table => self.text.push(' '),
            Destination::Body => self.close_paragraph(),
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let is_heading = self.group.outline.is_some_and(|level| (0..9).contains(&level))
            || self.headings.get(&self.group.style).copied().unwrap_or(false);
        let kind = match (is_heading, self.group.is_item) {
            (true, _) => BlockKind::Heading,
            (_, true) => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.is_first_row = true;
        }
        self.out.block(kind, &text);
        self.group.is_item = false;
    }
}

fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The encoding of a font by its character set; 0 and 1 are the document's own.
fn character_set(number: i32) -> Option<&'static Encoding> {
    Some(code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Body;

    fn shown(rtf: &str) -> Vec<String> {
        let Ok(Content { body: Body::Rendition(rendition), .. }) = read(rtf.as_bytes()) else { panic!("{rtf}") };
        let (text, layout, _) = rendition.finish("a.rtf", &Metadata::default());
        layout.blocks.iter().map(|b| format!("{:?} {}", b.kind, b.span.of(&text))).collect()
    }

    #[test]
    fn characters_come_in_many_ways() {
        let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial CE;}}\f0 Caf\'e9 \ldblquote x\rdblquote\~\u8364?5 {\f1 \'9a}\u55357?\u56832?\par}";
        assert_eq!(shown(rtf), ["Paragraph Café “x” €5 š😀"]);
    }

    #[test]
    fn fields_count_once() {
        let rtf = r"{\rtf1{\info{\author Ann}{\creatim\yr2021\mo3\dy4\hr9}{\author Ann}}Up to 2\~300\_b.\par}";
        let Ok(Content { metadata, created, .. }) = read(rtf.as_bytes()) else { panic!("{rtf}") };
        assert_eq!((metadata.author.as_deref(), created.as_deref()), (Some("Ann"), Some("2021-03-04")));
        assert_eq!(shown(rtf), ["Paragraph Up to 2 300-b."]);
    }

    #[test]
    fn hidden_and_deleted_text_is_left_out() {
        let rtf = r"{\rtf1 Seen{\v secret}{\deleted gone}{\*\unknown no}{\header no}.{\footnote A note.}\par}";
        assert_eq!(shown(rtf), ["Paragraph Seen.", "Footnote A note."]);
    }

    #[test]
    fn tables_and_headings_are_told_from_prose() {
        let rtf = r"{\rtf1{\stylesheet{\s1 heading 1;}}\pard\s1 Tides\par\pard\intbl Port\cell Metres\cell\row\intbl Vesk\cell 4\cell\row\pard End.\par}";
        assert_eq!(shown(rtf), ["Heading Tides", "TableHeader | Port | Metres |", "TableRow | Vesk | 4 |", "Paragraph End."]);
    }
}
