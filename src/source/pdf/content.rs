//! Content streams: what a page draws, followed from operator to operator as far as text goes.
//!
//! Forms are pictures made of other pictures. One that draws two others, which draw two others, and so on for thirty
//! steps, would be drawn for ever: so there is an end to how many, how deep and how long they are.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Rect, Shape};
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};
use hayro_syntax::page::{Page, Resources};
use rustc_hash::FxHashMap;

use super::fonts::{Font, Fonts, Text};
use super::glyphs::{Drawn, Glyphs};
use super::layers::Layers;

/// So many forms a page may draw in all.
const MOST_DRAWN: usize = 20_000;

/// Forms are drawn by calling oneself.
const DEEPEST: usize = 24;

/// How many bytes of content are followed for a page, drawn again or not.
const LONGEST: usize = 256 << 20;

/// How often reading starts anew behind something that is no content.
const MOST_RESTARTS: usize = 1_000;

/// States that a page may save at once.
const MOST_SAVED: usize = 4_096;

/// What stays the same from page to page.
pub struct Reader<'a, 'd> {
    pub fonts: &'d Fonts<'a>,
    pub layers: &'d Layers,
}

/// A page in the drawing.
struct Run<'a, 'd, 'p> {
    reader: &'d Reader<'a, 'd>,
    glyphs: &'p mut Glyphs,
    drawn: usize,
    followed: usize,
    /// How many strings were shown.
    strings: u32,
    forms: FxHashMap<*const u8, Rc<[u8]>>,
}

#[derive(Clone)]
struct State<'a> {
    matrix: Affine,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// A part of the content with what is said of it.
#[derive(Default)]
struct Marked {
    /// Its layer is.
    is_hidden: bool,
    /// What its glyphs stand for, until the first of them took it.
    stands_for: Option<Rc<str>>,
    is_taken: bool,
}

impl Marked {
    fn take(&mut self) -> Option<Text> {
        if self.is_taken {
            return Some(Text::Blank);
        }
        self.is_taken = self.stands_for.is_some();
        self.stands_for.take().map(Text::Known)
    }
}

/// Where the next glyph and the next line go.
#[derive(Clone, Copy, Default)]
struct Pen {
    line: Affine,
    at: Affine,
}

impl Pen {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.at = self.line;
    }
}

impl<'a> Reader<'a, '_> {
    /// Draws a page with its annotations and form fields.
    pub fn draw(&self, page: &Page<'a>, glyphs: &mut Glyphs) {
        let mut run = Run { reader: self, glyphs, drawn: 0, followed: 0, strings: 0, forms: FxHashMap::default() };
        let mut content = Vec::new();
        let one = page.raw().get::<Stream<'_>>("Contents").map(|stream| vec![stream]);
        let all = one.or_else(|| Some(page.raw().get::<Array<'_>>("Contents")?.iter::<Stream<'_>>().collect()));
        for stream in all.unwrap_or_default() {
            match stream.decoded_data() {
                Ok(part) => content.extend_from_slice(&part),
                Err(_) => run.glyphs.losses.broken = true,
            }
            content.push(b'\n');
        }
        let state = State {
            matrix: Affine::IDENTITY,
            font: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        run.follow(&content, page.resources(), state.clone(), 0);
        for annotation in page.raw().get::<Array<'_>>("Annots").iter().flat_map(Array::iter::<Dict<'_>>) {
            run.annotation(&annotation, page.resources(), &state);
        }
    }
}

impl<'a> Run<'a, '_, '_> {
    /// Follows a content stream to its end.
    fn follow(&mut self, content: &[u8], resources: &Resources<'a>, mut state: State<'a>, depth: usize) {
        self.followed = self.followed.saturating_add(content.len());
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut pen = Pen::default();
        let mut marked: Vec<Marked> = Vec::new();
        let mut restarts = 0;
        let mut read = 0;
        let mut operations = UntypedIter::new(content);
        loop {
            let Some(operation) = operations.next() else {
                let Some(next) = behind_rubbish(content, read).filter(|_| restarts < MOST_RESTARTS) else { break };
                restarts += 1;
                read = next;
                operations = UntypedIter::new(&content[next..]);
                continue;
            };
            let operator: &[u8] = operation.operator;
            read = end_of(operator, content).unwrap_or(read);
            let operand = |at: usize| operation.operands().nth(at);
            let number = |at: usize| operand(at).and_then(number);
            let is_hidden = marked.iter().any(|part| part.is_hidden);
            match operator {
                b"q" if saved.len() < MOST_SAVED => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(matrix) = matrix(&number) {
                        state.matrix *= matrix;
                    }
                }
                b"BT" => pen = Pen::default(),
                b"Tf" => {
                    if let Some(Object::Name(name)) = operand(0) {
                        state.font = resources.get_font(name).map(|font| self.reader.fonts.of(&font));
                    }
                    state.size = number(1).unwrap_or(state.size);
                }
                b"gs" => {
                    let Some(Object::Name(name)) = operand(0) else { continue };
                    let font = resources.get_ext_g_state(name).and_then(|set| set.get::<Array<'_>>("Font"));
                    if let Some(font) = font {
                        state.font = font.iter::<Dict<'_>>().next().map(|font| self.reader.fonts.of(&font));
                        state.size = font.iter::<Object<'_>>().find_map(|it| self::number(&it)).unwrap_or(state.size);
                    }
                }
                b"Tc" => state.letter_space = number(0).unwrap_or(0.0),
                b"Tw" => state.word_space = number(0).unwrap_or(0.0),
                b"Tz" => state.scale = number(0).unwrap_or(100.0) / 100.0,
                b"TL" => state.leading = number(0).unwrap_or(0.0),
                b"Ts" => state.rise = number(0).unwrap_or(0.0),
                b"Td" | b"TD" => {
                    let (x, y) = (number(0).unwrap_or(0.0), number(1).unwrap_or(0.0));
                    if operator == b"TD" {
                        state.leading = -y;
                    }
                    pen.next_line(x, y);
                }
                b"Tm" => {
                    if let Some(matrix) = matrix(&number) {
                        pen = Pen { line: matrix, at: matrix };
                    }
                }
                b"T*" => pen.next_line(0.0, -state.leading),
                b"Tj" | b"'" | b"\"" | b"TJ" => {
                    if operator == b"\"" {
                        state.word_space = number(0).unwrap_or(state.word_space);
                        state.letter_space = number(1).unwrap_or(state.letter_space);
                    }
                    if matches!(operator, b"'" | b"\"") {
                        pen.next_line(0.0, -state.leading);
                    }
                    let Some(shown) = operation.operands().last() else { continue };
                    self.strings = self.strings.wrapping_add(1);
                    match shown {
                        Object::Array(parts) => {
                            for part in parts.iter::<Object<'_>>() {
                                self.show(&part, &mut state, &mut pen, is_hidden, marked.last_mut());
                            }
                        }
                        string => self.show(string, &mut state, &mut pen, is_hidden, marked.last_mut()),
                    }
                    if self.glyphs.is_crowded() {
                        return;
                    }
                }
                b"BMC" => marked.push(Marked::default()),
                b"BDC" => {
                    let mut part = Marked::default();
                    match operand(1) {
                        Some(Object::Name(name)) => {
                            part.is_hidden = self.reader.layers.hides(&resources.properties, name);
                            part.stands_for = resources.properties.get::<Dict<'_>>(name.as_ref()).and_then(|it| stands_for(&it));
                        }
                        Some(Object::Dict(dictionary)) => part.stands_for = stands_for(dictionary),
                        _ => {}
                    }
                    marked.push(part);
                }
                b"EMC" => {
                    marked.pop();
                }
                b"BI" => {
                    self.glyphs.has_pictures = true;
                    // What stands behind the operator is the picture.
                    read = content[read..].windows(2).position(|pair| pair == b"EI").map_or(content.len(), |at| read + at + 2);
                }
                b"Do" if !is_hidden => {
                    let Some(Object::Name(name)) = operand(0) else { continue };
                    let Some(picture) = resources.get_x_object(name) else { continue };
                    if picture.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| *kind == *b"Form") {
                        self.form(&picture, resources, &state, depth);
                    } else {
                        self.glyphs.has_pictures = true;
                    }
                }
                _ => {}
            }
        }
    }

    /// Shows a string, or moves the pen between two.
    fn show(
        &mut self,
        part: &Object<'_>,
        state: &mut State<'a>,
        pen: &mut Pen,
        is_hidden: bool,
        mut marked: Option<&mut Marked>,
    ) {
        if state.font.is_none() {
            state.font = self.reader.fonts.usual();
        }
        let Some(font) = &state.font else { return };
        let is_vertical = font.is_vertical();
        let along = |by: f64| Affine::translate(if is_vertical { (0.0, -by) } else { (by * state.scale, 0.0) });
        let bytes = match part {
            Object::String(bytes) => bytes.as_bytes(),
            Object::Number(back) => {
                pen.at *= along(-back.as_f64() / 1000.0 * state.size * if is_vertical { -1.0 } else { 1.0 });
                return;
            }
            _ => return,
        };
        let mut at = 0;
        while at < bytes.len() && !self.glyphs.is_crowded() {
            let (code, length) = font.code(bytes, at);
            at += length.max(1);
            let sign = font.sign(code);
            let width = sign.advance / 1000.0 * state.size;
            if !is_hidden {
                // Only where nothing else tells: what is said of glyphs need not be what they show.
                let said = marked.as_mut().filter(|_| matches!(sign.text, Text::Unknown)).and_then(|part| part.take());
                let place =
                    state.matrix * pen.at * Affine::new([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]);
                // Columns of vertical writing are lines that run downwards.
                let place = if is_vertical { place * Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]) } else { place };
                self.glyphs.draw(Drawn {
                    place,
                    advance: sign.advance / 1000.0,
                    em: font.em,
                    text: said.unwrap_or(sign.text),
                    is_raised: sign.is_raised,
                    string: self.strings,
                });
            }
            let word_space = if length == 1 && code == 32 { state.word_space } else { 0.0 };
            pen.at *= along(width + if is_vertical { -1.0 } else { 1.0 } * (state.letter_space + word_space));
        }
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>, depth: usize) {
        if self.drawn >= MOST_DRAWN || depth >= DEEPEST || self.followed >= LONGEST {
            self.glyphs.losses.endless = true;
            return;
        }
        self.drawn += 1;
        let dictionary = form.dict();
        if self.reader.layers.hides(dictionary, b"OC") {
            return;
        }
        let content = match self.forms.get(&dictionary.data().as_ptr()) {
            Some(known) => known.clone(),
            None => {
                let Ok(content) = form.decoded_data() else {
                    self.glyphs.losses.broken = true;
                    return;
                };
                let content: Rc<[u8]> = content.into();
                self.forms.insert(dictionary.data().as_ptr(), content.clone());
                content
            }
        };
        let mut state = state.clone();
        if let Some(matrix) = dictionary.get::<[f64; 6]>("Matrix") {
            state.matrix *= Affine::new(matrix);
        }
        // Without resources of its own it draws with those of the one that draws it.
        let own = dictionary.get::<Dict<'a>>("Resources").map(Resources::new);
        self.follow(&content, own.as_ref().unwrap_or(resources), state, depth + 1);
    }

    /// Draws what a field of a form, a text box or a stamp shows (ISO 32000-2, 12.5.5).
    fn annotation(&mut self, annotation: &Dict<'a>, resources: &Resources<'a>, state: &State<'a>) {
        const HIDDEN_OR_NOT_VIEWED: i64 = 1 << 1 | 1 << 5;
        let is_hidden = annotation.get::<i64>("F").unwrap_or(0) & HIDDEN_OR_NOT_VIEWED != 0
            || annotation.get::<Name<'_>>("Subtype").is_some_and(|kind| *kind == *b"Popup")
            || self.reader.layers.hides(annotation, b"OC");
        let Some(looks) = annotation.get::<Dict<'a>>("AP").filter(|_| !is_hidden) else { return };
        let of_state = || {
            let states = looks.get::<Dict<'a>>("N")?;
            states.get::<Stream<'a>>(annotation.get::<Name<'_>>("AS")?.as_ref())
        };
        let Some(look) = looks.get::<Stream<'a>>("N").or_else(of_state) else { return };
        let Some([x0, y0, x1, y1]) = annotation.get::<[f64; 4]>("Rect") else { return };
        let place = Rect::new(x0, y0, x1, y1).abs();
        let [a, b, c, d] = look.dict().get::<[f64; 4]>("BBox").unwrap_or([0.0, 0.0, place.width(), place.height()]);
        let own = look.dict().get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new);
        let drawn = (own * Rect::new(a, b, c, d).abs().to_path(0.1)).bounding_box();
        let scale = |to: f64, from: f64| if from > 0.0 { to / from } else { 1.0 };
        let (x, y) = (scale(place.width(), drawn.width()), scale(place.height(), drawn.height()));
        let mut state = state.clone();
        state.matrix *= Affine::new([x, 0.0, 0.0, y, place.x0 - x * drawn.x0, place.y0 - y * drawn.y0]);
        self.form(&look, resources, &state, 0);
    }
}

/// The text that is given for the glyphs of a part.
fn stands_for(part: &Dict<'_>) -> Option<Rc<str>> {
    let text = super::text_string(part.get::<Bytes<'_>>("ActualText")?.as_bytes());
    let text: String = text.chars().filter(|c| !c.is_control() && *c != '\u{ad}').collect();
    (!text.trim().is_empty()).then(|| text.into())
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn matrix(number: &impl Fn(usize) -> Option<f64>) -> Option<Affine> {
    Some(Affine::new([number(0)?, number(1)?, number(2)?, number(3)?, number(4)?, number(5)?]))
}

/// Where an operator ends in the content of which it is a part.
fn end_of(operator: &[u8], content: &[u8]) -> Option<usize> {
    let start = (operator.as_ptr() as usize).checked_sub(content.as_ptr() as usize)?;
    Some(start + operator.len()).filter(|end| *end <= content.len())
}

/// Where reading may go on behind a word that is no content.
fn behind_rubbish(content: &[u8], from: usize) -> Option<usize> {
    let rest = content.get(from..)?;
    let word = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let length = rest[word..].iter().position(u8::is_ascii_whitespace)?;
    Some(from + word + length)
}
