//! Sources that are somebody else's text as a whole: an agency's dispatch, a reprint, what the analyst noted.

use std::sync::LazyLock;

use regex::Regex;

use super::held;
use super::names::Name;
use super::origin::{Link, Origin, Why};
use super::reader::Reader;
use crate::library::SourceId;
use crate::text::Span;

/// As far from its beginning a dateline may stand. In bytes.
const HEAD: usize = 1_200;

/// "DUNMERE, March 29 (Norfax) —", with the agency in brackets.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^[\p{Lu}][\p{L} .,'’/0-9-]{0,60}?\s?\((\p{Lu}[\p{L}.&-]*(?: \p{Lu}[\p{L}.&-]*){0,3})\)\s?(?:[—–-]|: )")
});

/// "By Mercury staff and NPA".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^By [^\n]{1,80}(?: and |, |/| with )(\p{Lu}{2,6})\s*$"));

/// "(Norfax)" at the end of a text, "— Norfax", "Source: Norfax".
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)(?:^|[.!?”]\s*)(?:\(|— ?|Source: |Quelle: |© ?)(\p{Lu}[\p{L}.&-]*(?: \p{Lu}[\p{L}.&-]*){0,3})\)?\.?\s*\z")
});

/// "This story was originally published in the Herald", "Republished with permission of the Herald".
static REPRINT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:[Tt]his|[Tt]he) (?:article|story|piece|report|post|text|dispatch|interview) (?:was |has been )?(?:first |originally )*",
        r"(?:published|appeared|posted|printed|released|issued) (?:in|on|at|by) (?:the )?(\p{Lu}[\p{L}’'&-]*(?: (?:of |the )?\p{Lu}[\p{L}’'&-]*){0,4})",
        r"|(?:[Rr]epublished|[Rr]eprinted|[Rr]eproduced) (?:here )?(?:from|by|(?:with|by) (?:the )?(?:kind )?permission (?:of|from)) (?:the )?",
        r"(\p{Lu}[\p{L}’'&-]*(?: (?:of |the )?\p{Lu}[\p{L}’'&-]*){0,4})",
        r"|(?:^|\n)(?:First|Originally) (?:published|appeared) (?:in|on|at|by) (?:the )?(\p{Lu}[\p{L}’'&-]*(?: (?:of |the )?\p{Lu}[\p{L}’'&-]*){0,4})",
    ))
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// On what a source rests as a whole, the surest first.
pub fn links(reader: &Reader<'_, '_>, id: SourceId) -> Vec<Link> {
    let source = reader.library.source(id);
    if let Some(origin) = &source.metadata.origin {
        return noted(reader, id, origin);
    }
    let text = &source.layout.visible;
    let start = source.layout.blocks.first().map_or(0, |block| block.span.start);
    let head = Span::new(start, text.floor_char_boundary((start + HEAD).min(text.len())).max(start));
    let dateline =
        DATELINE.captures(head.of(text)).and_then(|found| found.get(1)).map(|it| (it.as_str(), head.start + it.start()));
    let byline =
        || BYLINE.captures(head.of(text)).and_then(|found| found.get(1)).map(|it| (it.as_str(), head.start + it.start()));
    let tail = || TAIL.captures(text.trim_end()).and_then(|found| found.get(1)).map(|it| (it.as_str(), it.start()));
    let reprint = || {
        let found = REPRINT.captures(text)?;
        found.iter().skip(1).flatten().next().map(|it| (it.as_str(), it.start()))
    };
    let own = reader.own(id).owner;
    let found = reprint()
        .or(dateline)
        .or_else(byline)
        .or_else(tail)
        .filter(|(name, _)| !Name::of(name).is(&own) && Name::of(name).is_known());
    let link = |(name, at): (&str, usize)| Link {
        source: id,
        passage: Span::new(start, start),
        origin: Origin { name: name.into(), owner: Name::of(name), ..Origin::default() },
        why: Why::Whole(Span::new(at, at + name.len())),
    };
    found.map(link).into_iter().collect()
}

/// What the analyst noted: paths, keys and titles of sources, or names of what is not held. "Own" is the source's own work.
fn noted(reader: &Reader<'_, '_>, id: SourceId, origins: &str) -> Vec<Link> {
    let start = reader.library.source(id).layout.blocks.first().map_or(0, |block| block.span.start);
    let names = origins.split(';').map(str::trim).filter(|name| !name.is_empty());
    let origin = |name: &str| {
        if name.eq_ignore_ascii_case("own") {
            return reader.own(id);
        }
        match held::noted(reader, name).filter(|held| *held != id) {
            Some(held) => Origin { name: reader.library.source(held).title(), ..reader.own(held) },
            None => Origin { name: name.into(), owner: Name::of(name), ..Origin::default() },
        }
    };
    names.map(|name| Link { source: id, passage: Span::new(start, start), origin: origin(name), why: Why::Noted }).collect()
}
