//! Glyphs to lines: pieces of text that stand on one base line without a wide gap.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::direction::{self, Sign, is_right_to_left};
use super::glyphs::Glyph;
use super::raised::{self, Height};

/// A run of text on a base line. Units are points; y grows downwards.
#[derive(Clone, Debug)]
pub struct Line {
    pub left: f64,
    pub right: f64,
    pub base: f64,
    pub size: f64,
    pub text: String,
}

/// A line in the making.
struct Piece {
    left: f64,
    right: f64,
    base: f64,
    size: f64,
    glyphs: Vec<Glyph>,
    is_right_to_left: bool,
}

/// A gap between letters that is wider than this parts words, in sizes of the letters.
const WORD_GAP: f64 = 0.15;

/// The same in lines without any space that is a glyph: all their words are parted by gaps, and some are set tightly.
const TIGHT_GAP: f64 = 0.1;

/// A gap that is wider than this parts lines.
const LINE_GAP: f64 = 1.6;

/// Behind a number at the start of a line even this gap does: it may be the number of the line.
const NUMBER_GAP: f64 = 0.7;

/// Pages with more pieces have no order in which small ones could be put back into their lines.
const MOST_PIECES: usize = 4_000;

/// The lines of a page, in the order in which they are drawn.
pub fn of(glyphs: Vec<Glyph>) -> Vec<Line> {
    let letters = || glyphs.iter().filter_map(|glyph| glyph.text.as_deref()).filter(|text| text.contains(char::is_alphabetic));
    let from_right = letters().filter(|text| is_right_to_left(text)).count() * 2 > letters().count();
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in glyphs {
        match pieces.last_mut() {
            Some(piece) if piece.takes(&glyph) => piece.add(glyph),
            // Spaces begin no line.
            _ if glyph.is_space() => {}
            _ => pieces.push(Piece::new(glyph)),
        }
    }
    without_shadows(with_raised_pieces(whole(pieces)).into_iter().filter_map(|piece| piece.into_line(from_right)).collect())
}

impl Piece {
    fn new(glyph: Glyph) -> Self {
        let is_right_to_left = glyph.text.as_ref().is_some_and(|text| is_right_to_left(text));
        Self { left: glyph.x, right: glyph.right(), base: glyph.y, size: glyph.size, glyphs: vec![glyph], is_right_to_left }
    }

    /// Whether a glyph stands on the line, not far from its end. Raised and lowered ones do too.
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        if (glyph.y - self.base).abs() >= 0.4 * size {
            return false;
        }
        let gap = glyph.x - self.right;
        // An accent may be wider than the letter that follows it.
        let is_accent = |glyph: &Glyph| glyph.text.as_deref().is_some_and(|text| combining(text).is_some());
        let back = if self.glyphs.last().is_some_and(is_accent) { 1.2 } else { 0.6 };
        if gap > -back * size && gap < LINE_GAP * size {
            return glyph.is_space() || gap < NUMBER_GAP * size || !self.is_number();
        }
        // Letters in reading order run to the left, and words in other letters among them to the right.
        let is_right_to_left = self.is_right_to_left || glyph.text.as_ref().is_some_and(|text| is_right_to_left(text));
        is_right_to_left && gap < 0.0 && self.left - glyph.right() < LINE_GAP * size
    }

    /// Whether letters stand right behind a digit of the line.
    fn ends_ordinal(&self, letters: &Self) -> bool {
        const LONGEST: usize = 3;
        let is_letter = |glyph: &Glyph| glyph.text.as_deref().is_some_and(|text| text.chars().all(char::is_lowercase));
        let is_digit = |glyph: &Glyph| glyph.text.as_deref().is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
        letters.glyphs.len() <= LONGEST
            && letters.glyphs.iter().all(is_letter)
            && self.glyphs.iter().any(|glyph| is_digit(glyph) && (glyph.right() - letters.left).abs() < 0.1 * self.size)
    }

    /// Whether there are only digits so far.
    fn is_number(&self) -> bool {
        let is_digit =
            |glyph: &Glyph| glyph.text.as_ref().is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit() || b == b' '));
        self.glyphs.len() <= 8 && self.glyphs.iter().all(is_digit)
    }

    fn add(&mut self, glyph: Glyph) {
        if !glyph.is_space() {
            // A raised mark may come first.
            if glyph.size > 1.15 * self.size {
                self.base = glyph.y;
            }
            self.size = self.size.max(glyph.size);
            self.left = self.left.min(glyph.x);
            self.right = self.right.max(glyph.right());
            self.is_right_to_left |= glyph.text.as_ref().is_some_and(|text| is_right_to_left(text));
        }
        self.glyphs.push(glyph);
    }

    /// The line, on a page that is read from the right or not.
    fn into_line(mut self, from_right: bool) -> Option<Line> {
        if self.is_right_to_left {
            self.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        let mut signs = self.signs();
        if self.is_right_to_left {
            direction::reorder(&mut signs, from_right);
        }
        let text = raised::written(&signs);
        let Self { left, right, base, size, .. } = self;
        (!text.trim().is_empty()).then_some(Line { left, right, base, size, text })
    }

    /// The signs as they stand, spaces among them.
    fn signs(&self) -> Vec<PlacedSign> {
        let word_gap = if self.glyphs.iter().any(Glyph::is_space) { WORD_GAP } else { TIGHT_GAP };
        let word_gap = self.letter_space() + word_gap * self.size;
        let mut signs: Vec<PlacedSign> = Vec::new();
        let mut right = f64::NEG_INFINITY;
        for glyph in &self.glyphs {
            if glyph.is_space() {
                push_space(&mut signs);
                continue;
            }
            let height = self.height(glyph);
            // Raised signs stand a little off.
            let word_gap = if height == Height::Raised { word_gap + 0.1 * self.size } else { word_gap };
            if right.is_finite() && glyph.x - right > word_gap {
                push_space(&mut signs);
            }
            let sign = PlacedSign { text: glyph.text.as_deref().map(str::to_owned), height, x: glyph.x, right: glyph.right() };
            right = right.max(glyph.right());
            match signs.last_mut().and_then(|last| last.with_accent(&sign)) {
                Some(accented) => {
                    let last = signs.len() - 1;
                    signs[last] = accented;
                }
                None => signs.push(sign),
            }
        }
        signs
    }

    /// The usual gap between letters: headings are set wide, and fonts that do not tell their widths seem to be. Dots that
    /// lead to the number of a page stand apart by themselves, and words of one letter have no such gap.
    fn letter_space(&self) -> f64 {
        const FEWEST: usize = 5;
        let is_letter = |glyph: &Glyph| glyph.text.as_deref().is_none_or(|text| text.chars().all(char::is_alphanumeric));
        let mut gaps: Vec<f64> =
            self.glyphs.windows(2).filter(|pair| pair.iter().all(is_letter)).map(|pair| pair[1].x - pair[0].right()).collect();
        if gaps.len() < FEWEST {
            return 0.0;
        }
        let usual = gaps.len() / 4;
        gaps.select_nth_unstable_by(usual, f64::total_cmp).1.clamp(0.0, self.size)
    }

    fn height(&self, glyph: &Glyph) -> Height {
        let up = self.base - glyph.y;
        if glyph.is_raised || up > 0.15 * self.size && glyph.size < 0.85 * self.size { Height::Raised } else { Height::Line }
    }
}

fn push_space(signs: &mut Vec<PlacedSign>) {
    if signs.last().is_some_and(|last| last.text.as_deref() != Some(" ")) {
        signs.push(PlacedSign { text: Some(" ".to_owned()), height: Height::Line, x: 0.0, right: 0.0 });
    }
}

/// A sign of a line; unknown if nothing says what it stands for.
#[derive(Clone, Debug)]
pub struct PlacedSign {
    pub text: Option<String>,
    pub height: Height,
    x: f64,
    right: f64,
}

impl Sign for PlacedSign {
    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    fn set_text(&mut self, text: String) {
        self.text = Some(text);
    }
}

impl PlacedSign {
    /// The letter with an accent that is drawn over it, before or after, or with a mark behind it.
    fn with_accent(&self, next: &Self) -> Option<Self> {
        let (first, second) = (self.text.as_deref()?, next.text.as_deref()?);
        if second.chars().all(unicode_normalization::char::is_combining_mark) && !first.trim().is_empty() {
            let text = format!("{first}{second}").nfc().collect();
            return Some(Self { text: Some(text), right: self.right.max(next.right), ..self.clone() });
        }
        let (accent, letter) = match (combining(first), combining(second)) {
            (Some(mark), None) => (mark, second),
            (None, Some(mark)) => (mark, first),
            _ => return None,
        };
        let overlap = self.right.min(next.right) - self.x.max(next.x);
        let narrower = (self.right - self.x).min(next.right - next.x);
        if !letter.starts_with(char::is_alphabetic) || overlap < 0.5 * narrower || overlap <= 0.0 {
            return None;
        }
        let text: String = format!("{}{accent}", letter.replace('ı', "i")).nfc().collect();
        Some(Self { text: Some(text), height: self.height, x: self.x.min(next.x), right: self.right.max(next.right) })
    }
}

/// The mark of an accent that is a glyph of its own.
fn combining(text: &str) -> Option<char> {
    Some(match text {
        "`" => '\u{300}',
        "´" | "ˊ" => '\u{301}',
        "ˆ" => '\u{302}',
        "˜" => '\u{303}',
        "¯" | "ˉ" => '\u{304}',
        "˘" => '\u{306}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "˚" => '\u{30a}',
        "˝" => '\u{30b}',
        "ˇ" => '\u{30c}',
        "¸" => '\u{327}',
        "˛" => '\u{328}',
        _ => return None,
    })
}

/// Joins pieces of lines in which letters run from right to left: where numbers and words in other letters go shows
/// only in the whole line.
fn whole(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if !pieces.iter().any(|piece| piece.is_right_to_left) {
        return pieces;
    }
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|row| (row[0].base - piece.base).abs() < 0.2 * piece.size) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let mut joined: Vec<Piece> = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let starts = joined.len();
        for piece in row {
            let size = |last: &Piece| last.size.max(piece.size);
            match joined[starts..].last_mut().filter(|last| piece.left - last.right < LINE_GAP * size(last)) {
                Some(last) => piece.glyphs.into_iter().for_each(|glyph| last.add(glyph)),
                None => joined.push(piece),
            }
        }
    }
    joined
}

/// Puts small pieces that were drawn apart, such as the raised letters of "12th", into the lines in which they stand.
fn with_raised_pieces(mut pieces: Vec<Piece>) -> Vec<Piece> {
    const LONGEST: usize = 6;
    if pieces.len() > MOST_PIECES {
        return pieces;
    }
    let mut at = 0;
    while at < pieces.len() {
        let small = &pieces[at];
        let line = (small.glyphs.len() <= LONGEST)
            .then(|| {
                pieces.iter().position(|line| {
                    let up = line.base - small.base;
                    (-0.3 * line.size..0.7 * line.size).contains(&up)
                        && small.left > line.left
                        && small.left < line.right + WORD_GAP * line.size
                        && (small.size < 0.85 * line.size || up > 0.3 * line.size && line.ends_ordinal(small))
                })
            })
            .flatten();
        let Some(line) = line else {
            at += 1;
            continue;
        };
        let small = pieces.remove(at);
        let line = if line > at { line - 1 } else { line };
        let line = &mut pieces[line];
        let mut place = line.glyphs.iter().position(|other| other.x > small.left).unwrap_or(line.glyphs.len());
        // The spaces were left for it, if it stands close to what is before them.
        let before = line.glyphs[..place].iter().rposition(|other| !other.is_space());
        if let Some(before) = before.filter(|before| small.left - line.glyphs[*before].right() < 0.25 * line.size) {
            place = before + 1;
        }
        line.right = line.right.max(small.right);
        line.glyphs.splice(place..place, small.glyphs);
    }
    pieces
}

/// Lines that are drawn again a little apart, as a shadow, come once.
fn without_shadows(lines: Vec<Line>) -> Vec<Line> {
    const SHORTEST: usize = 4;
    let mut seen: FxHashMap<String, Vec<(f64, f64)>> = FxHashMap::default();
    let is_new = |line: &Line| {
        if line.text.len() < SHORTEST {
            return true;
        }
        let near = 0.35 * line.size;
        let places = seen.entry(line.text.clone()).or_default();
        let is_shadow =
            places.iter().rev().take(16).any(|(left, base)| (left - line.left).abs() < near && (base - line.base).abs() < near);
        places.push((line.left, line.base));
        !is_shadow
    };
    let mut is_new = is_new;
    lines.into_iter().filter(|line| is_new(line)).collect()
}
