//! Widths of glyphs in composite fonts, put in the one form that the decoder reads rightly.
//!
//! A font lists them as `first [width width …]` or as `first last width`. `pdf-extract` 0.12 takes
//! the first number of the latter form for all three, and glyphs of browsers' PDFs drift apart.

use pdf_extract::{Document, Object};

/// No font has more glyphs.
const MOST_GLYPHS: i64 = 0xffff;

/// Rewrites all lists of widths.
pub fn expand(document: &mut Document) {
    let fonts = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
    let mut shared = Vec::new();
    for font in fonts.filter(|font| font.has(b"CIDSystemInfo")) {
        match font.get_mut(b"W") {
            Ok(Object::Array(widths)) => *widths = expanded(widths),
            Ok(Object::Reference(id)) => shared.push(*id),
            _ => {}
        }
    }
    shared.sort_unstable();
    shared.dedup();
    for id in shared {
        if let Ok(Object::Array(widths)) = document.get_object_mut(id) {
            *widths = expanded(widths);
        }
    }
}

fn expanded(widths: &[Object]) -> Vec<Object> {
    let mut out = Vec::new();
    let mut rest = widths;
    let mut count = 0;
    loop {
        match rest {
            [first, list @ Object::Array(_), tail @ ..] if first.as_i64().is_ok() => {
                out.extend([first.clone(), list.clone()]);
                rest = tail;
            }
            [first, last, width, tail @ ..] => {
                let (Ok(first), Ok(last)) = (first.as_i64(), last.as_i64()) else { return out };
                let length = last.saturating_sub(first).saturating_add(1).max(0);
                count = length.saturating_add(count);
                if count > MOST_GLYPHS || width.as_float().is_err() {
                    return out;
                }
                let list = vec![width.clone(); usize::try_from(length).unwrap_or(0)];
                out.extend([Object::Integer(first), Object::Array(list)]);
                rest = tail;
            }
            _ => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_become_lists() {
        let number = Object::Integer;
        let widths = [number(3), Object::Array(vec![number(300)]), number(7), number(9), number(500), number(1)];
        let list = |n, width| Object::Array(vec![number(width); n]);
        assert_eq!(expanded(&widths), [number(3), list(1, 300), number(7), list(3, 500)]);
        assert_eq!(expanded(&[number(0), number(i64::MAX), number(500)]), []);
    }
}
