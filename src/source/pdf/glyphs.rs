//! The glyphs of a page as they are drawn, each once.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Rect};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

use super::fonts::Text;
use super::losses::Losses;

/// Which way a glyph is turned, in quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
    Oblique,
}

const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];

/// A glyph in its place. Units are points; the page is turned so that it reads to the right, with y downwards.
#[derive(Clone, Debug)]
pub struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    /// Unknown if nothing says what it stands for.
    pub text: Option<Rc<str>>,
    /// It stands above the line by itself.
    pub is_raised: bool,
    turn: Turn,
    string: u32,
}

impl Glyph {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn is_space(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.trim().is_empty())
    }
}

/// What is drawn.
pub struct Drawn {
    /// From a square of the font's size to the page.
    pub place: Affine,
    /// In sizes of the font.
    pub advance: f64,
    /// The size of letters, in sizes of the font.
    pub em: f64,
    pub text: Text,
    pub is_raised: bool,
    /// The string it is part of.
    pub string: u32,
}

/// The glyphs of a page.
#[derive(Debug, Default)]
pub struct Glyphs {
    glyphs: Vec<Glyph>,
    /// How many were drawn, whether they count or not.
    drawn: usize,
    edges: Rect,
    /// The last glyph of each text in each place.
    places: FxHashMap<(u64, i64, i64), usize>,
    pub has_pictures: bool,
    pub losses: Losses,
}

/// A page with more glyphs than this is a picture made of letters, or an attack.
pub const MOST_GLYPHS: usize = 400_000;

/// Smaller letters are there to be found by machines, not to be read. In points.
const SMALLEST: f64 = 1.5;

impl Glyphs {
    pub fn new(edges: Rect) -> Self {
        Self { edges, ..Self::default() }
    }

    /// Whether more was drawn than is read.
    pub fn is_crowded(&self) -> bool {
        self.drawn > MOST_GLYPHS
    }

    pub fn draw(&mut self, drawn: Drawn) {
        self.drawn += 1;
        let [a, b, c, d, x, y] = drawn.place.as_coeffs();
        let size = c.hypot(d) * drawn.em;
        let width = drawn.advance.max(0.0) * a.hypot(b);
        let edges = self.edges.inflate(size, size);
        if self.is_crowded() || !(SMALLEST..1e4).contains(&size) || !width.is_finite() || !edges.contains((x, y)) {
            return;
        }
        let text = match drawn.text {
            Text::Known(text) => Some(text),
            Text::Blank => return,
            Text::Unknown => {
                self.losses.unknown += 1;
                None
            }
            Text::Unreadable => {
                self.losses.unreadable += 1;
                None
            }
        };
        let (turn, x, y) = turned((a, b), x, y);
        let glyph = Glyph { x, y, width, size, text, is_raised: drawn.is_raised, turn, string: drawn.string };
        if !self.is_again(&glyph) {
            self.glyphs.push(glyph);
        }
    }

    /// Whether the same stands there already: heavy type is sometimes faked by drawing strings twice, and the text of
    /// a scan may lie under letters. Doubled letters stand apart, or in one string.
    fn is_again(&mut self, glyph: &Glyph) -> bool {
        const CELL: f64 = 4.0;
        let Some(text) = glyph.text.as_ref().filter(|_| !glyph.is_space()) else { return false };
        let hash = FxBuildHasher.hash_one(text);
        let (column, row) = ((glyph.x / CELL).floor() as i64, (glyph.y / CELL).floor() as i64);
        let cells = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (hash, column + x, row + y)));
        let near = 0.12 * glyph.size;
        let beside = if glyph.width > 0.0 { near.min(0.5 * glyph.width) } else { near };
        let is_again = cells.filter_map(|cell| self.places.get(&cell)).any(|at| {
            let there = &self.glyphs[*at];
            there.string != glyph.string
                && there.turn == glyph.turn
                && there.text.as_ref() == Some(text)
                && (there.x - glyph.x).abs() < beside
                && (there.y - glyph.y).abs() < near
                && (there.size - glyph.size).abs() < 0.2 * glyph.size
        });
        if !is_again {
            self.places.insert((hash, column, row), self.glyphs.len());
        }
        is_again
    }

    /// How many glyphs have a text.
    pub fn known(&self) -> usize {
        self.glyphs.iter().filter(|glyph| glyph.text.is_some() && !glyph.is_space()).count()
    }

    /// The glyphs that read the way most do, in the order in which they are drawn, and how many do not. Those are
    /// watermarks and marks at the margin.
    pub fn upright(mut self) -> (Vec<Glyph>, usize) {
        self.turn_columns();
        let count = |turn: Turn| self.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
        let most = TURNS.into_iter().rev().max_by_key(|turn| count(*turn)).unwrap_or(Turn::None);
        let all = self.glyphs.iter().filter(|glyph| !glyph.is_space()).count();
        let upright: Vec<Glyph> = self.glyphs.into_iter().filter(|glyph| glyph.turn == most).collect();
        let left = all - upright.iter().filter(|glyph| !glyph.is_space()).count();
        (upright, left)
    }
}

impl Glyphs {
    /// Lines that run downwards are often made of upright glyphs below each other, with words and numbers in other letters
    /// turned among them: then all are as in a font for such lines.
    fn turn_columns(&mut self) {
        let is_here = |glyph: &&Glyph| glyph.turn == Turn::None && glyph.text.as_deref().is_some_and(is_ideographic);
        let signs: Vec<&Glyph> = self.glyphs.iter().filter(is_here).collect();
        let (mut down, mut along) = (0, 0);
        for pair in signs.windows(2) {
            let (x, y) = ((pair[1].x - pair[0].x) / pair[0].size, (pair[1].y - pair[0].y) / pair[0].size);
            down += usize::from(x.abs() < 0.3 && (0.5..2.0).contains(&y));
            along += usize::from(y.abs() < 0.3 && (0.5..2.0).contains(&x));
        }
        let upright = self.glyphs.iter().filter(|glyph| glyph.turn == Turn::None && !glyph.is_space()).count();
        if down <= 2 * along || signs.len() * 2 < upright {
            return;
        }
        for glyph in self.glyphs.iter_mut().filter(|glyph| glyph.turn == Turn::None) {
            let middle = glyph.x + 0.5 * glyph.width;
            let top = glyph.y - 0.88 * glyph.size;
            (glyph.x, glyph.y) = (top, 0.35 * glyph.size - middle);
            (glyph.width, glyph.turn) = (glyph.size, Turn::ThreeQuarters);
        }
    }
}

/// Whether signs are those of Chinese or Japanese, or their punctuation.
fn is_ideographic(text: &str) -> bool {
    text.chars().all(
        |c| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'),
    )
}

/// Which way a glyph reads, and its place on a page turned so that it reads to the right, with y downwards.
fn turned((along, up): (f64, f64), x: f64, y: f64) -> (Turn, f64, f64) {
    let flat = |a: f64, b: f64| a.abs() < 0.1 * b.abs();
    if flat(up, along) {
        if along > 0.0 { (Turn::None, x, -y) } else { (Turn::Half, -x, y) }
    } else if flat(along, up) {
        if up > 0.0 { (Turn::Quarter, y, x) } else { (Turn::ThreeQuarters, -y, -x) }
    } else {
        (Turn::Oblique, x, -y)
    }
}
