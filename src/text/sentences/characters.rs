//! Characters and words, as the rules look at them.

pub(super) fn opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '¿' | '¡')
}

pub(super) fn dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

/// Characters of a word before a stop: `U.S`, `N°`, `don’t`; combining marks go with letters.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '°' | 'º' | 'ª' | '\u{300}'..='\u{36f}')
}

/// The first `cap` bytes, or fewer where a character ends earlier.
pub(super) fn window(text: &str, cap: usize) -> &str {
    &text[..text.floor_char_boundary(cap)]
}

/// The last `cap` bytes, or fewer.
pub(super) fn window_back(text: &str, cap: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(cap))..]
}

pub(super) fn leading_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

pub(super) fn capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Asks a table of small-letter words about `word`; words too long for a table are in none.
pub(super) fn lowered(word: &str, is: impl Fn(&str) -> bool) -> bool {
    if word.is_empty() || word.len() > 16 {
        return false;
    }
    if word.bytes().all(|b| !b.is_ascii_uppercase() && b.is_ascii()) {
        return is(word);
    }
    is(&word.to_lowercase())
}

pub(super) fn roman(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|b| b"ivxIVX".contains(&b))
}
