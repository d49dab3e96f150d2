//! Floor 2: source documents. One reader per format turns bytes into a [`Source`].
//!
//! A source keeps the file's own text, and beside it the *visible* text of the same length in
//! which markup, scripts and hidden words are blank. So a span of a source is a span of its
//! file, whatever the format, and a jump lands on the exact words. No reader does I/O.

mod charset;
mod front_matter;
mod html;
mod markdown;
mod metadata;
mod plain;

pub use front_matter::Fields;
pub use metadata::Metadata;

use crate::text::blocks::Layout;

/// A document that can be evidence.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies, relative to the root, with `/` between folders.
    pub path: String,
    pub metadata: Metadata,
    /// The file's text, decoded to UTF-8. All spans are of this.
    pub text: String,
    /// What a reader sees of it. Characters that stand for nothing visible inside a word are
    /// NUL, others a space.
    pub layout: Layout,
}

/// The file formats that can be read, by their usual extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
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
            _ => None,
        }
    }
}

/// Reads a file's bytes as a source; `None` where its format is not known.
#[must_use]
pub fn read(path: &str, bytes: &[u8]) -> Option<Source> {
    let format = Format::of(path)?;
    let text = charset::decode(bytes);
    let (metadata, layout) = match format {
        Format::Plain => plain::read(&text),
        Format::Markdown => markdown::read(&text),
        Format::Html => html::read(&text),
    };
    let metadata = metadata.or_from_file_name(path);
    Some(Source { path: path.to_owned(), metadata, text, layout })
}

impl Source {
    /// What to call it: its title, else its file name.
    #[must_use]
    pub fn title(&self) -> &str {
        self.metadata.title.as_deref().unwrap_or_else(|| self.file_name())
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
    pub fn quote(&self, span: crate::text::Span) -> String {
        crate::text::words::readable(span.of(&self.layout.visible))
    }
}
