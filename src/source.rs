//! Floor 2: source documents. One reader per format turns bytes into [`Source`]s.
//!
//! A source has a text and, of the same length, a *visible* text in which markup and hidden words
//! are blank. For `.txt` and `.md` the text is the file's own, decoded, so a jump lands in the
//! file. Every other format gets a [`rendition`]: a text of our own making, with page marks.
//! No reader does I/O, and none may panic or loop on any bytes.

mod archive;
mod boilerplate;
mod captions;
mod charset;
mod classification;
mod clippings;
mod dateline;
mod docx;
mod epub;
mod export;
mod front_matter;
mod html;
mod json_ld;
mod language;
mod limits;
mod mail;
mod markdown;
mod marks;
mod metadata;
mod opendocument;
mod paragraphs;
mod pdf;
mod plain;
mod publisher;
mod rendition;
mod rtf;
mod table;
mod transcript;
mod xml;

pub use front_matter::{Fields, LONGEST as LONGEST_YAML};
pub use marks::{Mark, MarkKind};
pub use metadata::Metadata;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::Untrusted;
use crate::text::blocks::Layout;
use rendition::Rendition;

/// A document that can be evidence.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Source {
    /// Where it lies, relative to the root, with `/` between folders. What lies inside a file
    /// has the file as its folder: `mail/report.eml/table.csv`.
    pub path: String,
    /// The file on disk that it comes from, relative to the root.
    pub file: String,
    pub metadata: Metadata,
    /// What its dateline and its file name suggest, for fields that nothing better tells.
    pub guessed: Metadata,
    /// The day on which its file was made, as far as the file says so. It is the last guess at the
    /// date, and no help in telling which day "Friday" was.
    pub created: Option<String>,
    /// The file's text, decoded to UTF-8, or its rendition. All spans are of this.
    pub text: String,
    /// What a reader sees of it. Characters that stand for nothing visible inside a word are
    /// NUL, others a space.
    pub layout: Layout,
    /// Pages, rows, times and other places with names, in order.
    pub marks: Vec<Mark>,
    /// Whether `text` is a rendition and not the file's own text.
    pub is_rendition: bool,
    /// What of the file was not read, in words. The library keeps them in its summary of the source.
    pub notices: Vec<String>,
}

/// Why a file could not be read, in words that follow its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    UnknownFormat,
    Empty,
    Encrypted,
    /// Pictures of pages, without text behind them.
    NoText,
    /// Unpacked or in depth larger than any honest file.
    TooMuch,
    /// What the format's reader found wrong.
    Broken(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat => write!(f, "no reader knows this format"),
            Self::Empty => write!(f, "it has no text"),
            Self::Encrypted => write!(f, "it is encrypted"),
            Self::NoText => write!(f, "it has pages but no text (a scan, perhaps)"),
            Self::TooMuch => write!(f, "it unpacks to far more than its size"),
            Self::Broken(why) => write!(f, "it is broken: {why}"),
        }
    }
}

/// The file formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
    Pdf,
    /// Word since 2007.
    Docx,
    /// OpenDocument texts and tables.
    OpenDocument,
    Rtf,
    Epub,
    /// One message.
    Mail,
    /// Many messages in one file.
    Mailbox,
    /// Comma or tab separated values.
    Table,
    /// SubRip and WebVTT.
    Captions,
    /// Records as JSON, in a list or a line each.
    Export,
}

impl Format {
    /// The format of a file by its extension, or `None` where no reader knows it.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            "docx" | "docm" => Some(Self::Docx),
            "odt" | "ods" | "ott" => Some(Self::OpenDocument),
            "rtf" => Some(Self::Rtf),
            "epub" => Some(Self::Epub),
            "eml" => Some(Self::Mail),
            "mbox" => Some(Self::Mailbox),
            "csv" | "tsv" | "tab" => Some(Self::Table),
            "srt" | "vtt" => Some(Self::Captions),
            "json" | "jsonl" | "ndjson" => Some(Self::Export),
            _ => None,
        }
    }
}

impl Format {
    /// Whether the file is text as it stands, so that reading it is little more than cutting it.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown)
    }
}

/// What a reader makes of a file.
struct Content {
    metadata: Metadata,
    guessed: Metadata,
    /// The day on which the file was made, which need not be that of the document.
    created: Option<String>,
    body: Body,
    /// Files inside this one, which are sources of their own.
    attachments: Vec<Attachment>,
    /// What of it was not read.
    notices: Vec<String>,
}

enum Body {
    /// The file's own text.
    Own {
        text: String,
        layout: Layout,
        marks: Vec<Mark>,
    },
    Rendition(Rendition),
}

impl Content {
    fn of_text(text: String, layout: Layout, marks: Vec<Mark>) -> Self {
        Self::of(Body::Own { text, layout, marks })
    }

    fn of_rendition(rendition: Rendition) -> Self {
        Self::of(Body::Rendition(rendition))
    }

    /// The articles of a press database's export are sources of their own; a single one is the source.
    fn with_clippings(self) -> Self {
        let clippings = match &self.body {
            Body::Own { text, .. } => clippings::clippings(text),
            Body::Rendition(rendition) if !clippings::may_be(rendition.text()) => Vec::new(),
            Body::Rendition(rendition) => clippings::clippings(&rendition.plain()),
        };
        match &clippings[..] {
            [] => self,
            [only] => Self { metadata: self.metadata.or(&only.metadata), ..self },
            _ => {
                let name = |at: usize| format!("{}.txt", at + 1);
                let attachment = |(at, clipping): (usize, clippings::Clipping)| Attachment {
                    metadata: clipping.metadata,
                    ..Attachment::of(name(at), clipping.text.into_bytes())
                };
                let attachments = clippings.into_iter().enumerate().map(attachment).collect();
                Self { attachments, body: Body::Rendition(Rendition::default()), ..self }
            }
        }
    }

    fn of(body: Body) -> Self {
        Self {
            metadata: Metadata::default(),
            guessed: Metadata::default(),
            created: None,
            body,
            attachments: Vec::new(),
            notices: Vec::new(),
        }
    }
}

struct Attachment {
    name: String,
    bytes: Vec<u8>,
    /// What the file around it says of it.
    metadata: Metadata,
}

impl Attachment {
    fn of(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes, metadata: Metadata::default() }
    }
}

/// How deep files may lie inside files.
const DEEPEST_ATTACHMENT: usize = 3;

/// Reads a file's bytes as sources: itself, and behind it what is attached to it. `sidecar` is
/// what the user noted of the file in `NAME.yaml`.
pub fn read(path: &str, bytes: &[u8], sidecar: &Fields) -> Result<Vec<Source>, ReadError> {
    let mut sources = Vec::new();
    read_into(&mut sources, path, bytes, &Metadata::from_fields(sidecar), 0)?;
    for source in &mut sources {
        path.clone_into(&mut source.file);
        source.guessed.date = source.guessed.date.take().or_else(|| source.created.clone());
    }
    Ok(sources)
}

fn read_into(sources: &mut Vec<Source>, path: &str, bytes: &[u8], sidecar: &Metadata, depth: usize) -> Result<(), ReadError> {
    let format = Format::of(path).ok_or(ReadError::UnknownFormat)?;
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let content = match format {
        Format::Plain => of_lines(charset::decode(bytes), plain::read),
        Format::Markdown => of_lines(charset::decode(bytes), markdown::read),
        Format::Html => html::read(&charset::decode(bytes)),
        Format::Pdf => pdf::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
        Format::OpenDocument => opendocument::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Epub => epub::read(bytes)?,
        Format::Mail => mail::read(bytes)?,
        Format::Mailbox => mail::read_mailbox(bytes)?,
        Format::Table => table::read(&charset::decode(bytes))?,
        Format::Captions => captions::read(&charset::decode(bytes))?,
        Format::Export => export::read(&charset::decode(bytes))?,
    };
    let content = match format {
        Format::Plain | Format::Docx | Format::Rtf => content.with_clippings(),
        _ => content,
    };
    let Content { metadata, mut guessed, created, body, attachments, mut notices } = content;
    let is_folder = matches!(&body, Body::Rendition(rendition) if rendition.is_empty());
    if is_folder && attachments.is_empty() {
        return Err(ReadError::Empty);
    }
    // On whose word it rests, the analyst says, and not the document.
    let metadata = sidecar.clone().or(&Metadata { origin: None, not_origin: None, ..metadata });
    let (is_rendition, (text, layout, marks)) = match body {
        Body::Own { text, layout, marks } => (false, (text, layout, marks)),
        Body::Rendition(rendition) => {
            notices.extend(rendition.notices());
            (true, rendition.finish(path, &metadata))
        }
    };
    let has_head = is_rendition && !matches!(format, Format::Table | Format::Export | Format::Html);
    let head = || if has_head { dateline::of_head(&layout) } else { None };
    guessed.lang = guessed.lang.or_else(|| language::of(&layout.visible).map(str::to_owned));
    guessed.classification = guessed.classification.or_else(|| classification::find(&layout));
    guessed.date = guessed.date.or_else(head).or_else(|| metadata::date_of_file_name(path));
    // An attachment is as old as its mail unless it says otherwise.
    let inherited = Metadata { date: metadata.date.clone(), ..Metadata::default() };
    let own = sources.len();
    if !is_folder {
        let (path, file, notices) = (path.to_owned(), String::new(), Vec::new());
        sources.push(Source { path, file, metadata, guessed, created, text, layout, marks, is_rendition, notices });
    }
    let mut failed: Option<(String, ReadError)> = None;
    let mut left_out = if depth < DEEPEST_ATTACHMENT { 0 } else { attachments.len() };
    for attachment in attachments.into_iter().take(if depth < DEEPEST_ATTACHMENT { usize::MAX } else { 0 }) {
        let at = sources.len();
        let path = format!("{path}/{}", attachment.name);
        // What cannot be read inside a mail costs only itself.
        match read_into(sources, &path, &attachment.bytes, &attachment.metadata, depth + 1) {
            Ok(()) => sources[at].guessed = sources[at].guessed.clone().or(&inherited),
            Err(error) => {
                left_out += 1;
                failed.get_or_insert((attachment.name, error));
            }
        }
    }
    match failed {
        Some((name, error)) if left_out == 1 => notices.push(format!("{name} in it was not read: {error}")),
        Some((name, error)) => notices.push(format!("{left_out} files in it were not read; of {name}: {error}")),
        None if left_out > 0 => notices.push(format!("{left_out} files that lie too deep in it were not read")),
        None => {}
    }
    // Of a mailbox nothing is read that is not inside.
    if let Some(source) = sources.get_mut(own) {
        source.notices.splice(0..0, notices);
    }
    Ok(())
}

/// A text of not too many lines.
fn of_lines(text: String, read: fn(String) -> Content) -> Content {
    let (text, cut) = limits::lines(text);
    let mut content = read(text);
    content.notices.extend(cut);
    content
}

impl Source {
    /// A document without a file: words that another program hands over.
    #[must_use]
    pub fn of_text(path: String, text: String) -> Self {
        Self { file: path.clone(), path, layout: crate::text::blocks::plain(&text), text, ..Self::default() }
    }

    /// What to call it: its title, else its file name.
    #[must_use]
    pub fn title(&self) -> Untrusted {
        self.metadata.title.as_deref().unwrap_or_else(|| self.file_name()).into()
    }

    /// The last part of its path.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Its file name without extension, which serves as its citation key by default.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The words in a span as a reader sees them: no markup, no line breaks, one space between
    /// words, nothing invisible.
    #[must_use]
    pub fn quote(&self, span: Span) -> Untrusted {
        span.of(&self.layout.visible).into()
    }

    /// The nearest mark of a kind at or before an offset.
    #[must_use]
    pub fn mark_at(&self, kind: MarkKind, offset: usize) -> Option<&Mark> {
        self.marks[..self.marks.partition_point(|mark| mark.at <= offset)].iter().rev().find(|mark| mark.kind == kind)
    }

    /// The text between marks of a kind with this label and the next ones of that kind.
    #[must_use]
    pub fn marked(&self, kind: MarkKind, label: &str) -> Vec<Span> {
        let marks: Vec<&Mark> = self.marks.iter().filter(|mark| mark.kind == kind).collect();
        let ends = marks.iter().skip(1).map(|mark| mark.at).chain([self.text.len()]);
        marks
            .iter()
            .zip(ends)
            .filter(|(mark, _)| mark.label.eq_ignore_ascii_case(label))
            .map(|(mark, end)| Span::new(mark.at, end))
            .collect()
    }

    /// The place of an offset as a reader would cite it: `p. 4`, `row 12`, `0:04:10`, `¶ 3`;
    /// `None` for text in which lines are counted.
    #[must_use]
    pub fn place(&self, offset: usize) -> Option<String> {
        const KINDS: [MarkKind; 3] = [MarkKind::Page, MarkKind::Row, MarkKind::Time];
        if !self.is_rendition {
            return None;
        }
        // What stands before the first mark, such as the header of a table, belongs to it.
        let first = |kind: MarkKind| self.marks.iter().find(|mark| mark.kind == kind);
        let mark = KINDS.into_iter().find_map(|kind| self.mark_at(kind, offset).or_else(|| first(kind))).and_then(Mark::shown);
        mark.or_else(|| self.paragraph_at(offset).map(|number| format!("¶ {number}")))
    }

    /// Numbers the pages as they are printed, if these are as many, and the file has no numbers of its own for them.
    pub fn print_pages(&mut self, first: u32, last: u32) {
        let mut pages: Vec<&mut Mark> = self.marks.iter_mut().filter(|mark| mark.kind == MarkKind::Page).collect();
        let is_counted = pages.iter().zip(1..).all(|(mark, number): (_, u32)| mark.label == number.to_string());
        if is_counted && pages.len() as u64 == u64::from(last - first) + 1 {
            pages.iter_mut().zip(first..).for_each(|(mark, number)| mark.label = number.to_string());
        }
    }

    /// The page at an offset by its place in the file, counted from 1, whatever its label.
    #[must_use]
    pub fn page_number(&self, offset: usize) -> Option<usize> {
        let pages = self.marks.iter().filter(|mark| mark.kind == MarkKind::Page && mark.at <= offset).count();
        (pages > 0).then_some(pages)
    }

    /// The number of the paragraph at an offset or the last one before it: its printed one where
    /// the paragraphs are numbered, else counted from 1.
    #[must_use]
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        match self.printed_paragraphs() {
            Some(printed) => printed.iter().rev().find(|(_, at)| *at <= offset).map(|(number, _)| *number),
            None => paragraphs::number_at(&self.layout, offset),
        }
    }

    /// The printed numbers of the paragraphs with their starts, if they are numbered through.
    #[must_use]
    pub fn printed_paragraphs(&self) -> Option<Vec<(usize, usize)>> {
        paragraphs::printed(&self.text, &self.layout)
    }

    /// The paragraph with a number, counted from 1.
    #[must_use]
    pub fn paragraph(&self, number: usize) -> Option<Span> {
        paragraphs::numbered(&self.layout, number)
    }
}
