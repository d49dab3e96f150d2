//! Glyphs to lines: pieces of text that stand on one base line without a wide gap.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, Transform};

/// A run of text on a base line. Units are points; y grows downwards.
#[derive(Clone, Debug)]
pub struct Line {
    pub left: f64,
    pub right: f64,
    pub base: f64,
    pub size: f64,
    pub text: String,
}

/// Which way a glyph is turned, in quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
    Oblique,
}

#[derive(Debug)]
struct Glyph {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    turn: Turn,
    text: String,
}

/// The glyphs of a page as they are drawn.
#[derive(Debug, Default)]
pub struct Page {
    glyphs: Vec<Glyph>,
    /// How many were drawn, whether they count or not.
    drawn: usize,
    /// Left, lower, right and upper edge.
    edges: (f64, f64, f64, f64),
}

/// A page with more glyphs than this is a picture made of letters, or an attack.
pub const MOST_GLYPHS: usize = 400_000;

/// Smaller letters are there to be found by machines, not to be read. In points.
const SMALLEST: f64 = 1.5;

impl OutputDev for Page {
    fn begin_page(&mut self, _: u32, edges: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.edges = (edges.llx, edges.lly, edges.urx, edges.ury);
        Ok(())
    }

    fn output_character(&mut self, at: &Transform, width: f64, _: f64, size: f64, text: &str) -> Result<(), OutputError> {
        self.drawn += 1;
        if self.is_crowded() {
            return Err(OutputError::IoError(std::io::Error::other("more glyphs than are read")));
        }
        let scale = (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let size = size * scale;
        let (x, y) = (at.m31, at.m32);
        let inside = x >= self.edges.0 - size && x <= self.edges.2 && y >= self.edges.1 - size && y <= self.edges.3 + size;
        if !inside || !(SMALLEST..1e4).contains(&size) || !width.is_finite() {
            return Ok(());
        }
        let (turn, x, y) = turned(at, x, y);
        // Heavy type is sometimes faked by drawing letters twice.
        let is_again = |g: &Glyph| g.text == text && (g.x - x).abs() < 0.1 * size && (g.y - y).abs() < 0.1 * size;
        if !self.glyphs.last().is_some_and(is_again) {
            self.glyphs.push(Glyph { x, y, width: width.max(0.0) * size, size, turn, text: text.to_owned() });
        }
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
    fn stroke(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }
    fn fill(&mut self, _: &Transform, _: &ColorSpace, _: &[f64], _: &Path) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Which way the glyph reads, and its place on a page turned so that it reads to the right, with
/// y downwards.
fn turned(at: &Transform, x: f64, y: f64) -> (Turn, f64, f64) {
    let (along, up) = (at.m11, at.m12);
    let flat = |a: f64, b: f64| a.abs() < 0.1 * b.abs();
    if flat(up, along) {
        if along > 0.0 { (Turn::None, x, -y) } else { (Turn::Half, -x, y) }
    } else if flat(along, up) {
        if up > 0.0 { (Turn::Quarter, y, x) } else { (Turn::ThreeQuarters, -y, -x) }
    } else {
        (Turn::Oblique, x, -y)
    }
}

impl Page {
    /// Whether more was drawn than is read.
    pub fn is_crowded(&self) -> bool {
        self.drawn > MOST_GLYPHS
    }

    /// The lines of the page, in the order in which they are drawn. Glyphs turned another way
    /// than most, such as watermarks, are left out.
    pub fn into_lines(self) -> Vec<Line> {
        const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];
        let count = |turn: Turn| self.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
        let most = TURNS.into_iter().rev().max_by_key(|turn| count(*turn)).unwrap_or(Turn::None);
        let mut lines: Vec<Line> = Vec::new();
        let mut space = false;
        for glyph in self.glyphs.into_iter().filter(|glyph| glyph.turn == most) {
            if glyph.text.trim().is_empty() {
                space = true;
                continue;
            }
            let text = unligated(&glyph.text);
            match lines.last_mut().filter(|line| continues(line, &glyph)) {
                Some(line) => {
                    let gap = glyph.x - line.right;
                    if (space || gap > 0.15 * glyph.size) && !line.text.ends_with(' ') {
                        line.text.push(' ');
                    }
                    line.text.push_str(&text);
                    line.right = line.right.max(glyph.x + glyph.width);
                    line.size = line.size.max(glyph.size);
                }
                None => lines.push(Line { left: glyph.x, right: glyph.x + glyph.width, base: glyph.y, size: glyph.size, text }),
            }
            space = false;
        }
        lines
    }
}

/// Whether a glyph stands on the line, not far behind its end. Raised and lowered ones do too.
fn continues(line: &Line, glyph: &Glyph) -> bool {
    let size = line.size.max(glyph.size);
    let gap = glyph.x - line.right;
    (glyph.y - line.base).abs() < 0.4 * size && gap > -0.6 * size && gap < 1.6 * size
}

/// One glyph for several letters.
fn unligated(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            c => out.push(c),
        }
    }
    out
}
