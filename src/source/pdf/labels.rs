//! Labels of pages, from the catalogue's `PageLabels` (ISO 32000-2, 12.4.2).

use hayro_syntax::object::{Array, Dict, Name, Object, String as Bytes};

/// How deep the tree of labels may be.
const DEEPEST: usize = 16;

/// No honest file has more ranges of labels.
const MOST_RANGES: usize = 20_000;

/// The label of each page: as the file has them, else its number counted from 1.
pub fn read(catalogue: &Dict<'_>, pages: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(root) = catalogue.get::<Dict<'_>>("PageLabels") {
        collect(&root, &mut ranges, DEEPEST);
    }
    ranges.sort_by_key(|(start, _)| *start);
    (0..pages)
        .map(|page| {
            let range = ranges.iter().rev().find(|(start, _)| *start <= page);
            range
                .map(|(start, style)| label(style, page - start))
                .filter(|label| !label.is_empty())
                .unwrap_or_else(|| (page + 1).to_string())
        })
        .collect()
}

fn collect<'a>(node: &Dict<'a>, ranges: &mut Vec<(usize, Dict<'a>)>, depth: usize) {
    if let Some(numbers) = node.get::<Array<'_>>("Nums") {
        let mut start = None;
        for object in numbers.iter::<Object<'_>>() {
            match object {
                Object::Number(number) => start = usize::try_from(number.as_i64()).ok(),
                Object::Dict(style) => ranges.extend(start.take().zip(Some(style))),
                _ => start = None,
            }
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids").filter(|_| depth > 0 && ranges.len() <= MOST_RANGES) {
        for kid in kids.iter::<Dict<'_>>() {
            collect(&kid, ranges, depth - 1);
        }
    }
}

fn label(style: &Dict<'_>, at: usize) -> String {
    let first = style.get::<i64>("St").and_then(|first| usize::try_from(first).ok()).unwrap_or(1);
    let number = first.saturating_add(at);
    let prefix = style.get::<Bytes<'_>>("P").map(|prefix| super::text_string(prefix.as_bytes())).unwrap_or_default();
    let name = match style.get::<Name<'_>>("S").as_deref() {
        Some(b"D") => number.to_string(),
        Some(b"R") => roman(number).to_uppercase(),
        Some(b"r") => roman(number),
        Some(b"A") => letters(number).to_uppercase(),
        Some(b"a") => letters(number),
        _ => String::new(),
    };
    prefix + &name
}

fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number > 4999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, part) in PARTS {
        while rest >= value {
            out.push_str(part);
            rest -= value;
        }
    }
    out
}

/// a to z, then aa to zz, and so on.
fn letters(number: usize) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'a' + (at % 26) as u8);
    letter.to_string().repeat((at / 26 + 1).min(40))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_style() {
        assert_eq!((roman(4), roman(1999), letters(1), letters(28)), ("iv".into(), "mcmxcix".into(), "a".into(), "bb".into()));
    }
}
