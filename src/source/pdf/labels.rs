//! Labels of pages, from the catalogue's `PageLabels` (ISO 32000-2, 12.4.2).

use pdf_extract::{Dictionary, Document, Object};

/// How deep the tree of labels may be.
const DEEPEST: usize = 16;

/// The label of each page: as the file has them, else its number counted from 1.
pub fn read(document: &Document, pages: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, &Dictionary)> = Vec::new();
    let root = document.catalog().ok().and_then(|catalog| catalog.get(b"PageLabels").ok());
    if let Some(root) = root.and_then(|object| dictionary(document, object)) {
        collect(document, root, &mut ranges, DEEPEST);
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

fn collect<'d>(document: &'d Document, node: &'d Dictionary, ranges: &mut Vec<(usize, &'d Dictionary)>, depth: usize) {
    if let Some(numbers) = node.get(b"Nums").ok().and_then(|object| array(document, object)) {
        for pair in numbers.chunks_exact(2) {
            let start = pair[0].as_i64().ok().and_then(|start| usize::try_from(start).ok());
            ranges.extend(start.zip(dictionary(document, &pair[1])));
        }
    }
    if let Some(kids) = node.get(b"Kids").ok().and_then(|object| array(document, object)).filter(|_| depth > 0) {
        for kid in kids.iter().filter_map(|kid| dictionary(document, kid)) {
            collect(document, kid, ranges, depth - 1);
        }
    }
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

fn array<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Vec<Object>> {
    document.dereference(object).ok()?.1.as_array().ok()
}

fn label(style: &Dictionary, at: usize) -> String {
    let first = style.get(b"St").and_then(Object::as_i64).ok().and_then(|first| usize::try_from(first).ok()).unwrap_or(1);
    let number = first.saturating_add(at);
    let prefix = style.get(b"P").ok().and_then(super::text_string).unwrap_or_default();
    let name = match style.get(b"S").and_then(Object::as_name).ok() {
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
