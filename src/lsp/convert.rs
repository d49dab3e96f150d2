//! Our types to the protocol's and back: positions, ranges, paths and severities.

use std::path::{Path, PathBuf};

use tower_lsp::lsp_types::{DiagnosticSeverity, Position as LspPosition, Range, Url};

use crate::rules::Severity;
use crate::text::{Encoding, LineIndex, Position, Span};

/// A text with its lines, in the encoding that was negotiated.
#[derive(Clone, Copy)]
pub struct Text<'t> {
    pub text: &'t str,
    pub lines: &'t LineIndex,
    pub encoding: Encoding,
}

impl Text<'_> {
    pub fn position(&self, offset: usize) -> LspPosition {
        let at = self.lines.position(self.text, offset, self.encoding);
        LspPosition::new(at.line as u32, at.column as u32)
    }

    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    pub fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    pub fn offset(&self, position: LspPosition) -> usize {
        let position = Position { line: position.line as usize, column: position.character as usize };
        self.lines.offset(self.text, position, self.encoding)
    }
}

pub fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The file that a URI names; `None` for `untitled:` and the like. Symbolic links are followed,
/// so that one file has one name.
pub fn path(uri: &Url) -> Option<PathBuf> {
    let path = uri.to_file_path().ok()?;
    path.parent()?;
    Some(canonical(&path))
}

/// The real path of a file, or of a file that is yet to be written into a real folder.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => folder.canonicalize().map(|folder| folder.join(name)),
            _ => Ok(path.to_owned()),
        })
        .unwrap_or_else(|_| path.to_owned())
}

pub fn uri(path: &Path) -> Option<Url> {
    Url::from_file_path(path).ok()
}
