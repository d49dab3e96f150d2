//! Lines, columns and the three position encodings of the language server protocol.
//!
//! Lines end at LF, CRLF or a lone CR, and nowhere else (as the protocol says).

use super::Span;

/// What a column counts: bytes, UTF-16 code units or characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// How many units of this encoding `text` takes.
    #[must_use]
    pub fn units(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf32 => text.bytes().filter(|byte| is_first(*byte)).count(),
            // A character of four bytes takes two units.
            Self::Utf16 => text.bytes().map(|byte| usize::from(is_first(byte)) + usize::from(byte >= 0xF0)).sum(),
        }
    }

    /// How many units a line that begins at `start` has before a place in it.
    const fn before(self, checkpoint: Checkpoint, start: usize) -> usize {
        match self {
            Self::Utf8 => checkpoint.offset - start,
            Self::Utf16 => checkpoint.characters + checkpoint.wide,
            Self::Utf32 => checkpoint.characters,
        }
    }

    /// The byte offset in `text` that lies `units` in; inside a character it falls back to the
    /// character's start, past the end to the end.
    #[must_use]
    pub fn bytes(self, text: &str, units: usize) -> usize {
        let mut seen = 0;
        for (at, c) in text.char_indices() {
            let width = match self {
                Self::Utf8 => c.len_utf8(),
                Self::Utf16 => c.len_utf16(),
                Self::Utf32 => 1,
            };
            if seen + width > units {
                return at;
            }
            seen += width;
        }
        text.len()
    }
}

/// Whether a byte begins a character of UTF-8. Counting bytes is many times faster than decoding.
const fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// A zero-based line and a zero-based column in units of some [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The starts of the lines of one text, for turning byte offsets into positions and back.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Places in long lines, so that columns are counted from near by.
    checkpoints: Vec<Checkpoint>,
}

/// A place in a long line, with the characters before it in the line.
#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    offset: usize,
    characters: usize,
    /// Those that take four bytes, and so two units of UTF-16.
    wide: usize,
}

/// How far apart places in long lines are, in bytes.
const STRIDE: usize = 4_096;

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            let lone_cr = *byte == b'\r' && bytes.get(i + 1) != Some(&b'\n');
            if *byte == b'\n' || lone_cr {
                starts.push(i + 1);
            }
        }
        let mut checkpoints = Vec::new();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            let mut checkpoint = Checkpoint { offset: *start, characters: 0, wide: 0 };
            while end - checkpoint.offset > STRIDE {
                let next = text.floor_char_boundary(checkpoint.offset + STRIDE);
                let between = &text[checkpoint.offset..next];
                checkpoint.characters += Encoding::Utf32.units(between);
                checkpoint.wide += between.bytes().filter(|byte| *byte >= 0xF0).count();
                checkpoint.offset = next;
                checkpoints.push(checkpoint);
            }
        }
        Self { starts, checkpoints }
    }

    /// The zero-based line that holds the byte offset.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// The bytes of a line, without its line break. Past the last line: the empty end.
    #[must_use]
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(text.len());
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len())
    }

    /// The position of a byte offset; one inside a character counts as the character's start.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.line(offset);
        let checkpoint = self.checkpoint(self.starts[line], |checkpoint| checkpoint.offset <= offset);
        let before = encoding.before(checkpoint, self.starts[line]);
        Position { line, column: before + encoding.units(&text[checkpoint.offset..offset]) }
    }

    /// The last place in a line for which something holds that holds for all before it.
    fn checkpoint(&self, start: usize, is_before: impl Fn(&Checkpoint) -> bool) -> Checkpoint {
        let first = self.checkpoints.partition_point(|checkpoint| checkpoint.offset <= start);
        let count = self.checkpoints[first..].partition_point(is_before);
        let none = Checkpoint { offset: start, characters: 0, wide: 0 };
        self.checkpoints[first..first + count].last().copied().unwrap_or(none)
    }

    /// The byte offset of a position; a column past the line's end means its end, a line past
    /// the text's end means the end of the text.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = self.line_span(text, position.line);
        let is_before = |checkpoint: &Checkpoint| {
            checkpoint.offset <= line.end && encoding.before(*checkpoint, line.start) <= position.column
        };
        let checkpoint = self.checkpoint(line.start, is_before);
        let rest = Span::new(checkpoint.offset, line.end);
        checkpoint.offset + encoding.bytes(rest.of(text), position.column - encoding.before(checkpoint, line.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_count_the_units_of_the_encoding() {
        let text = "a🦀é\r\nx";
        let index = LineIndex::new(text);
        let after_e = text.find('\r').unwrap();
        let columns = ALL.map(|e| index.position(text, after_e, e).column);
        assert_eq!(columns, [7, 4, 3]);
    }

    #[test]
    fn only_lf_crlf_and_cr_end_lines() {
        let text = "one\ntwo\r\nthree\rfour\u{2028}four\u{b}four";
        let index = LineIndex::new(text);
        assert_eq!(index.line(text.len()), 3);
        assert_eq!(index.line_span(text, 1).of(text), "two");
    }

    #[test]
    fn positions_outside_the_text_are_clamped() {
        let text = "ab\ncd";
        let index = LineIndex::new(text);
        let at = |line, column| index.offset(text, Position { line, column }, Encoding::Utf16);
        assert_eq!((at(0, 99), at(9, 0), at(1, 1)), (2, 5, 4));
    }

    proptest! {
        #[test]
        fn long_lines_are_counted_like_short_ones(words in proptest::collection::vec("(🦀|é|a|\n){1,9}", 1..9), times in 1usize..2_000) {
            let text = words.concat().repeat(times);
            let index = LineIndex::new(&text);
            for encoding in ALL {
                for at in (0..=text.len()).step_by(1 + text.len() / 40).map(|at| text.floor_char_boundary(at)) {
                    let position = index.position(&text, at, encoding);
                    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
                    prop_assert_eq!(position.column, encoding.units(&text[start..at]));
                    prop_assert_eq!(index.offset(&text, position, encoding), at);
                }
            }
        }

        #[test]
        fn every_boundary_survives_the_round_trip(text in "\\PC*[\r\n🦀é]*\\PC*[\r\n]*\\PC*") {
            let index = LineIndex::new(&text);
            for encoding in ALL {
                for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    // Between the CR and LF of one break there is no position of its own.
                    let inside_break = at > 0 && text.as_bytes()[at - 1] == b'\r'
                        && text.as_bytes().get(at) == Some(&b'\n');
                    if inside_break { continue; }
                    let position = index.position(&text, at, encoding);
                    prop_assert_eq!(index.offset(&text, position, encoding), at);
                }
            }
        }
    }
}
