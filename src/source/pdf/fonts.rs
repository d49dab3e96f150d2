//! Fonts: which characters the codes of a string stand for, and how wide they are.
//!
//! `hayro-font` knows encodings, embedded and standard fonts. Where it finds no character, the collection of a
//! CJK font, the codes themselves or the embedded font's own table may still tell it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_font::kurbo::Shape;
use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};
use rustc_hash::FxHashMap;
use skrifa::MetadataProvider;
use unicode_normalization::UnicodeNormalization;

/// No font has more glyphs.
const MOST_GLYPHS: u64 = 0x1_0000;

/// How wide a glyph is taken for whose font does not say so, in thousandths of its size.
const USUAL_WIDTH: f64 = 500.0;

/// The fonts of a document.
pub struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    encodings: CMapResolverFn,
    /// By the bytes of their dictionary: names of fonts mean another font in every form.
    known: RefCell<FxHashMap<&'a [u8], Rc<Font<'a>>>>,
}

/// A letter or digit that starts higher above the line is raised, in thousandths of its size.
const LEAST_RAISED: f64 = 200.0;

/// What a code stands for.
#[derive(Clone, Debug)]
pub struct Sign {
    pub text: Text,
    /// How far the pen moves, in thousandths of the font's size.
    pub advance: f64,
    /// The glyph stands above the line by itself, as fonts have it for marks of footnotes.
    pub is_raised: bool,
}

#[derive(Clone, Debug)]
pub enum Text {
    Known(Rc<str>),
    /// Something is drawn, and nothing says what it stands for.
    Unknown,
    /// The font itself cannot be read.
    Unreadable,
    /// Nothing is drawn.
    Blank,
}

pub struct Font<'a> {
    kind: Kind<'a>,
    /// The size of its letters, where it is not that of the font.
    pub em: f64,
    signs: RefCell<FxHashMap<u32, Sign>>,
}

enum Kind<'a> {
    Known {
        font: hayro_font::Font<'a>,
        collection: Option<Collection>,
    },
    /// Not readable but for the characters it names.
    Bare {
        characters: Option<Box<CMap>>,
        code_length: usize,
    },
}

/// What the codes of a composite font without a table of characters mean.
enum Collection {
    /// Codes are UTF-16 as they stand.
    Unicode,
    /// Codes become numbers of a collection, and these characters.
    Numbers { encoding: Box<CMap>, characters: Option<Box<CMap>> },
}

impl<'a> Fonts<'a> {
    pub fn new() -> Self {
        let programs = |query: &FontQuery| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        };
        Self {
            cache: FontCache::new(),
            programs: Arc::new(programs),
            encodings: Arc::new(load_embedded),
            known: RefCell::default(),
        }
    }

    /// The font that a dictionary describes.
    pub fn of(&self, dictionary: &Dict<'a>) -> Rc<Font<'a>> {
        if let Some(known) = self.known.borrow().get(dictionary.data()) {
            return known.clone();
        }
        let loaded = has_sane_widths(dictionary)
            .then(|| self.cache.font(dictionary, &self.programs, &self.encodings))
            .flatten()
            .map(|font| Kind::Known { font, collection: self.collection(dictionary) });
        let font = Rc::new(Font {
            kind: loaded.unwrap_or_else(|| self.bare(dictionary)),
            em: em(dictionary),
            signs: RefCell::default(),
        });
        self.known.borrow_mut().insert(dictionary.data(), font.clone());
        font
    }

    /// What viewers take where a page names no font, or one it does not have.
    pub fn usual(&self) -> Option<Rc<Font<'a>>> {
        let font = self.cache.standard_font(StandardFont::Helvetica, &self.programs)?;
        Some(Rc::new(Font { kind: Kind::Known { font, collection: None }, em: 1.0, signs: RefCell::default() }))
    }

    fn bare(&self, dictionary: &Dict<'a>) -> Kind<'a> {
        let table = dictionary.get::<Stream<'_>>("ToUnicode").and_then(|table| table.decoded_data().ok());
        let code_length = if dictionary.contains_key("DescendantFonts") { 2 } else { 1 };
        Kind::Bare { characters: table.and_then(|table| CMap::parse(&table, load_embedded)).map(Box::new), code_length }
    }

    fn collection(&self, dictionary: &Dict<'a>) -> Option<Collection> {
        let descendant = dictionary.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let encoding = match dictionary.get::<Object<'_>>("Encoding")? {
            Object::Name(name) => {
                if name.starts_with(b"Uni") {
                    return Some(Collection::Unicode);
                }
                match CMapName::from_bytes(&name) {
                    CMapName::IdentityH | CMapName::IdentityV => CMap::identity_h(),
                    known => CMap::parse(load_embedded(known)?, load_embedded)?,
                }
            }
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        let of_encoding = encoding.metadata().character_collection.as_ref().map(|it| it.family.clone());
        let family = of_encoding.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| {
            let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
            let part = |key: &str| info.get::<Bytes<'_>>(key);
            Some(CidFamily::from_registry_ordering(part("Registry")?.as_bytes(), part("Ordering")?.as_bytes()))
        });
        let table = family.and_then(|family| family.ucs2_cmap()).and_then(load_embedded);
        Some(Collection::Numbers {
            encoding: Box::new(encoding),
            characters: table.and_then(|table| CMap::parse(table, load_embedded)).map(Box::new),
        })
    }
}

impl Font<'_> {
    /// The code at a place of a string, and how many bytes it has.
    pub fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        match &self.kind {
            Kind::Known { font, .. } => font.read_code(bytes, at),
            Kind::Bare { code_length, .. } => {
                let code = &bytes[at..bytes.len().min(at + code_length)];
                (code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)), code.len())
            }
        }
    }

    pub fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Known { font, .. } if !font.is_horizontal())
    }

    pub fn sign(&self, code: u32) -> Sign {
        if let Some(sign) = self.signs.borrow().get(&code) {
            return sign.clone();
        }
        let sign = match &self.kind {
            Kind::Known { font, collection } => known_sign(font, collection.as_ref(), code),
            Kind::Bare { characters, .. } => {
                let text = characters.as_ref().and_then(|table| table.lookup_bf_string(code)).and_then(written);
                Sign { text: text.map_or(Text::Unreadable, Text::Known), advance: USUAL_WIDTH, is_raised: false }
            }
        };
        self.signs.borrow_mut().insert(code, sign.clone());
        sign
    }
}

fn known_sign(font: &hayro_font::Font<'_>, collection: Option<&Collection>, code: u32) -> Sign {
    let id = font.map_code(code);
    let advance = font.code_advance(code);
    let advance = if font.is_horizontal() { advance.x } else { advance.y.abs() };
    let sign = |own: Option<Rc<str>>, advance: f64, is_raised: bool| Sign {
        text: own.map_or(Text::Unknown, Text::Known),
        advance,
        is_raised,
    };
    let glyph = match font.glyph(id, code) {
        FontGlyph::Type3(glyph) => return sign(glyph.as_unicode().and_then(written), advance, false),
        FontGlyph::Outline(glyph) => glyph,
    };
    let own = glyph.as_unicode().and_then(written);
    let own = own.or_else(|| collection?.character(code));
    let own = own.or_else(|| by_font_table(glyph.font_data()?.data.as_ref().as_ref(), id.to_u32()));
    let stands_on_line = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
    if advance != 0.0 && own.as_deref().is_some_and(|text| !stands_on_line(text)) {
        return sign(own, advance, false);
    }
    let outline = glyph.outline();
    let edges = outline.bounding_box();
    if own.is_none() && outline.elements().is_empty() {
        return Sign { text: Text::Blank, advance, is_raised: false };
    }
    // A mark set over a letter has no width, and no letter is without.
    let has_width = advance != 0.0 || own.as_deref().is_some_and(|text| text.chars().all(is_mark));
    let advance = if has_width {
        advance
    } else if edges.x1 > 0.0 {
        edges.x1
    } else {
        USUAL_WIDTH
    };
    let is_raised = edges.y0 > LEAST_RAISED && own.as_deref().is_some_and(stands_on_line);
    sign(own, advance, is_raised)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl Collection {
    fn character(&self, code: u32) -> Option<Rc<str>> {
        match self {
            Self::Unicode => {
                let units = [(code >> 16) as u16, code as u16];
                let units = if units[0] == 0 { &units[1..] } else { &units };
                written(BfString::String(String::from_utf16(units).ok()?))
            }
            Self::Numbers { encoding, characters } => {
                let number = (1..=4).find_map(|length| encoding.lookup_cid_code(code, length))?;
                written(characters.as_ref()?.lookup_bf_string(number)?)
            }
        }
    }
}

/// The character for which an embedded font has a glyph.
fn by_font_table(font: &[u8], glyph: u32) -> Option<Rc<str>> {
    let font = skrifa::FontRef::new(font).ok()?;
    let found = font.charmap().mappings().find(|(_, id)| id.to_u32() == glyph)?;
    written(BfString::Char(char::from_u32(found.0)?))
}

/// Characters as a text has them: ligatures and the shapes of Arabic letters taken apart. Those for private use and
/// control characters stand for nothing that can be read.
fn written(characters: BfString) -> Option<Rc<str>> {
    let text = match characters {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    };
    let text: String = text
        .chars()
        .map(|c| match c {
            // Bullets of symbol fonts.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' => '•',
            // Symbol fonts have their own codes there.
            '\u{f020}'..='\u{f07e}' => char::from_u32(c as u32 - 0xf000).unwrap_or(c),
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .filter(|c| !c.is_control() && *c != '\u{fffd}' && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..))
        .collect();
    let has_shapes = text.contains(|c| matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
    let text = if has_shapes { text.nfkc().collect() } else { text };
    (!text.is_empty()).then(|| text.into())
}

/// Whether the lists of widths name no more glyphs than there can be: the library would write all of them down.
fn has_sane_widths(font: &Dict<'_>) -> bool {
    let ends = ["FirstChar", "LastChar"].into_iter().filter_map(|key| font.get::<i64>(key));
    let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let lists = descendant.iter().flat_map(|font| [(font.get::<Array<'_>>("W"), 1), (font.get::<Array<'_>>("W2"), 3)]);
    ends.into_iter().all(|end| (0..=0xffff).contains(&end))
        && lists.into_iter().all(|(list, values)| list.is_none_or(|list| named(&list, values) <= 4 * MOST_GLYPHS))
}

/// How many glyphs a list of widths names: `first [width …]` and `first last width`, with so many values for each.
fn named(list: &Array<'_>, values: usize) -> u64 {
    let mut open: Vec<u64> = Vec::new();
    let mut count = 0u64;
    for object in list.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => {
                open.push(number.as_f64() as u64);
                if open.len() == 2 + values {
                    count = count.saturating_add(open[1].saturating_sub(open[0]));
                    open.clear();
                }
            }
            _ => open.clear(),
        }
    }
    count
}

/// Letters of a Type 3 font have any size: that of its usual units, that of its box, or twice their usual width.
fn em(font: &Dict<'_>) -> f64 {
    if font.get::<Name<'_>>("Subtype").is_none_or(|kind| *kind != *b"Type3") {
        return 1.0;
    }
    let [a, _, _, d, _, _] = font.get::<[f64; 6]>("FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    // Letters made of a font with outlines keep its units.
    if [1000.0, 1024.0, 2048.0].iter().any(|units| (a * units - 1.0).abs() < 0.01 && (d * units - 1.0).abs() < 0.01) {
        return 1.0;
    }
    let [_, low, _, high] = font.get::<[f64; 4]>("FontBBox").unwrap_or_default();
    let widths: Vec<f64> =
        font.get::<Array<'_>>("Widths").map(|list| list.iter().filter(|w: &f64| *w > 0.0).collect()).unwrap_or_default();
    let mean = widths.iter().sum::<f64>() / widths.len().max(1) as f64;
    let sizes = [(high - low) * d, 2.0 * mean * a].map(f64::abs);
    sizes.into_iter().find(|size| size.is_finite() && *size > 0.0).unwrap_or(1.0)
}
