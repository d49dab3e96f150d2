//! The syntax of style sheets as far as rules and declarations need it: where parts end, whatever stands in strings,
//! brackets and comments.

/// The text with each comment as a space.
pub fn without_comments(css: &str) -> String {
    let mut found = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['/', '"', '\'', '\\']) {
        found.push_str(&rest[..at]);
        let token = &rest[at..];
        let length = if let Some(comment) = token.strip_prefix("/*") {
            found.push(' ');
            comment.find("*/").map_or(token.len(), |end| end + 4)
        } else {
            let length = token_length(token);
            found.push_str(&token[..length]);
            length
        };
        rest = &token[length..];
    }
    found.push_str(rest);
    found
}

/// The bytes of the token at the start: a string, an escape, or one character.
fn token_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    match first {
        '\\' => chars.next().map_or(1, |(at, c)| at + c.len_utf8()),
        '"' | '\'' => {
            while let Some((at, c)) = chars.next() {
                if c == '\\' {
                    chars.next();
                } else if c == first || c == '\n' {
                    return at + c.len_utf8();
                }
            }
            text.len()
        }
        c => c.len_utf8(),
    }
}

/// The length up to the first of `ends` that stands in no string and in no brackets.
pub fn length_up_to(text: &str, ends: &[u8]) -> usize {
    /// What closes a bracket that stands further out closes nothing.
    const FURTHEST: usize = 64;
    let mut closing = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if closing.is_empty() && ends.contains(&byte) {
            return at;
        }
        match byte {
            b'(' => closing.push(b')'),
            b'[' => closing.push(b']'),
            b'{' => closing.push(b'}'),
            b')' | b']' | b'}' => {
                if let Some(out) = closing.iter().rev().take(FURTHEST).position(|close| *close == byte) {
                    closing.truncate(closing.len() - 1 - out);
                }
            }
            b'\\' | b'"' | b'\'' => {
                at += token_length(&text[at..]);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Parts at a separator outside of strings and brackets.
pub fn split(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let part = rest?;
        let end = length_up_to(part, &[separator]);
        rest = part.get(end + 1..);
        Some(&part[..end])
    })
}

/// Words at white space outside of strings and brackets.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let end = length_up_to(rest, b" \t\n\r\x0c");
        let word = &rest[..end];
        rest = &rest[end..];
        (!word.is_empty()).then_some(word)
    })
}

/// A part of a sheet.
pub enum Part<'s> {
    /// `prelude { block }`
    Block { prelude: &'s str, block: &'s str },
    /// What a semicolon ends.
    Statement(&'s str),
}

/// The parts of a sheet or a block in order.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '}'));
        if let Some(behind) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("-->")) {
            rest = behind.trim_start();
        }
        if rest.is_empty() {
            return None;
        }
        let end = length_up_to(rest, b"{;}");
        let (prelude, behind) = (rest[..end].trim(), &rest[end..]);
        if let Some(inside) = behind.strip_prefix('{') {
            let end = length_up_to(inside, b"}");
            rest = inside.get(end + 1..).unwrap_or_default();
            return Some(Part::Block { prelude, block: &inside[..end] });
        }
        rest = behind;
        Some(Part::Statement(prelude))
    })
}

/// A name at the start, with escapes resolved, and what stands behind it.
pub fn identifier(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let (escaped, behind) = escape(&rest[1..])?;
            name.push(escaped);
            rest = behind;
        } else if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() {
            let is_first = name.is_empty() || name == "-";
            if c.is_ascii_digit() && is_first {
                return None;
            }
            name.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            break;
        }
    }
    (!name.is_empty() && name != "-").then_some((name, rest))
}

/// The character of an escape, behind its backslash: by its number, or itself.
fn escape(text: &str) -> Option<(char, &str)> {
    const LONGEST: usize = 6;
    let digits = text.bytes().take(LONGEST).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        let c = text.chars().next().filter(|c| *c != '\n')?;
        return Some((c, &text[c.len_utf8()..]));
    }
    let number = u32::from_str_radix(&text[..digits], 16).ok()?;
    let rest = &text[digits..];
    let rest = rest.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(rest);
    Some((char::from_u32(number).filter(|c| *c != '\0').unwrap_or('\u{fffd}'), rest))
}

/// A string without its quotation marks, or a name.
pub fn string_or_identifier(text: &str) -> Option<String> {
    let text = text.trim();
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return identifier(text).filter(|(_, rest)| rest.trim().is_empty()).map(|(name, _)| name);
    };
    let mut rest = text[1..].strip_suffix(quote)?;
    let mut found = String::new();
    while let Some(at) = rest.find('\\') {
        found.push_str(&rest[..at]);
        let (escaped, behind) = escape(&rest[at + 1..])?;
        found.push(escaped);
        rest = behind;
    }
    Some(found + rest)
}
