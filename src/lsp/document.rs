//! A document that is open in the editor.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use ropey::Rope;
use tower_lsp::lsp_types::{Position, TextDocumentContentChangeEvent, Url};

use super::convert;
use crate::text::{Encoding, LineIndex, Span};
use crate::workspace::{CheckResult, Workspace};

/// The text of an open document as the editor has it, and what is known about it.
#[derive(Debug)]
pub struct Document {
    pub rope: Rope,
    pub version: i32,
    /// The root to which it belongs, by its number.
    pub root: usize,
    /// Whether the editor takes it for Markdown.
    pub is_markdown: bool,
    /// Name relative to the root; empty for a document without a file below it.
    pub name: String,
    /// The last check, perhaps of an older version.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The check that is under way.
    pub running: Option<Token>,
    /// When it was edited last.
    pub edited: Option<Instant>,
    /// Where the last edit ended, until the sentence there is done.
    pub typing_at: Option<usize>,
    /// Whether the client asks for its diagnostics, and so is not told them.
    pub is_pulled: bool,
    /// Whether it asked when not all was found yet.
    pub pulled_too_early: bool,
}

/// What editors call Markdown and what is written in it. Some say nothing.
const MARKDOWN: [&str; 9] = ["markdown", "mdx", "quarto", "rmd", "pandoc", "vimwiki", "telekasten", "text.html.markdown", "md"];

/// A text with everything that was found in it.
#[derive(Debug)]
pub struct Snapshot {
    pub text: String,
    lines: OnceLock<LineIndex>,
    pub version: i32,
    /// The state of the library that it was checked against.
    pub generation: u64,
    pub checked: CheckResult,
    /// Its diagnostics, by the parts of its findings.
    pub diagnostics: Vec<Arc<str>>,
}

/// A wish to stop, which the work itself looks at.
#[derive(Clone, Debug, Default)]
pub struct Token(Arc<AtomicBool>);

impl Token {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The text of a rope, in one piece of memory.
pub fn text_of(rope: &Rope) -> String {
    let mut text = String::with_capacity(rope.len_bytes());
    rope.chunks().for_each(|chunk| text.push_str(chunk));
    text
}

impl Document {
    pub fn new(text: &str, version: i32, root: usize, name: String, language: &str) -> Self {
        let (rope, snapshot, running, typing_at) = (Rope::from_str(text), None, None, None);
        let is_markdown = MARKDOWN.iter().any(|own| language.starts_with(own));
        Self {
            rope,
            version,
            root,
            is_markdown,
            name,
            snapshot,
            running,
            edited: None,
            typing_at,
            is_pulled: false,
            pulled_too_early: false,
        }
    }

    /// Whether it is to be checked. Sources are read and not checked, and bibliographies and settings are
    /// neither.
    pub fn is_note(&self, uri: &Url, workspace: &Workspace) -> bool {
        (self.is_markdown || workspace.is_note(&self.name))
            && !workspace.is_source(&self.name)
            && !convert::path(uri).is_some_and(|path| workspace.is_rendition(&path))
    }

    /// Applies the editor's changes, in order.
    pub fn apply(&mut self, changes: &[TextDocumentContentChangeEvent], version: i32, encoding: Encoding) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let start = char_index(&self.rope, range.start, encoding);
                    let end = char_index(&self.rope, range.end, encoding).max(start);
                    self.rope.remove(start..end);
                    self.rope.insert(start, &change.text);
                    self.typing_at = Some(self.rope.char_to_byte(start) + change.text.len());
                }
                None => {
                    self.rope = Rope::from_str(&change.text);
                    self.typing_at = None;
                }
            }
        }
        self.version = version;
    }
}

/// The index in characters of a position; outside the text it is clamped, as the protocol asks.
fn char_index(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let text = rope.line(line);
    let mut left = position.character as usize;
    let mut chars = 0;
    for c in text.chars() {
        let width = match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if matches!(c, '\n' | '\r') || width > left {
            break;
        }
        left -= width;
        chars += 1;
    }
    start + chars
}

impl Snapshot {
    pub fn new(text: String, version: i32, generation: u64, checked: CheckResult, diagnostics: Vec<Arc<str>>) -> Self {
        Self { text, lines: OnceLock::new(), version, generation, checked, diagnostics }
    }

    /// The same text with more found in it.
    pub fn with(&self, checked: CheckResult) -> Self {
        Self::new(self.text.clone(), self.version, self.generation, checked, self.diagnostics.clone())
    }

    /// Its lines, which only requests ask for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The sentence that was left out, as somebody was typing it: nobody is scolded in mid-sentence.
    pub fn unfinished(&self) -> Option<Span> {
        self.checked.unfinished.map(|at| self.checked.note.sentences[at].span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tower_lsp::lsp_types::Range;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// What an editor that keeps a plain string would do.
    fn reference(text: &str, edit: &(usize, usize, String)) -> (String, Range, [Range; 3]) {
        let boundary = |at: usize| text.floor_char_boundary(at % (text.len() + 1));
        let (mut a, mut b) = (boundary(edit.0), boundary(edit.1));
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        // There is no position between the two characters of one line break.
        let inside_break = |at: usize| at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n');
        a -= usize::from(inside_break(a));
        b += usize::from(inside_break(b));
        let lines = LineIndex::new(text);
        let ranges = ALL.map(|e| {
            let p = |at| {
                let at = lines.position(text, at, e);
                Position::new(at.line as u32, at.column as u32)
            };
            Range::new(p(a), p(b))
        });
        (format!("{}{}{}", &text[..a], edit.2, &text[b..]), ranges[0], ranges)
    }

    proptest! {
        #[test]
        fn any_edits_leave_the_rope_equal_to_the_editors_text(
            start in "[a-c é🦀\r\n\u{2028}]{0,40}",
            edits in prop::collection::vec((0usize..200, 0usize..200, "[x é🦀\r\n]{0,6}"), 1..30),
        ) {
            for (i, encoding) in ALL.into_iter().enumerate() {
                let mut text = start.clone();
                let mut document = Document::new(&text, 0, 0, String::new(), "markdown");
                for edit in &edits {
                    let (next, _, ranges) = reference(&text, edit);
                    let change = TextDocumentContentChangeEvent { range: Some(ranges[i]), range_length: None, text: edit.2.clone() };
                    document.apply(&[change], 1, encoding);
                    text = next;
                    prop_assert_eq!(document.rope.to_string(), text.clone());
                }
            }
        }
    }
}
