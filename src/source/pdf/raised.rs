//! Raised signs: the ends of ordinals and abbreviations belong to their words, exponents to their units, and marks of
//! footnotes to nothing.

use super::lines::PlacedSign;
use crate::source::rendition::note_mark;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Height {
    Line,
    Raised,
}

/// What stands for a sign inside a word that nothing gives a character.
const UNKNOWN: char = '\u{fffd}';

/// The text of signs in reading order.
pub fn written(signs: &[PlacedSign]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < signs.len() {
        let is_raised = |sign: &PlacedSign| sign.height == Height::Raised;
        let run = signs[at..].iter().take_while(|sign| is_raised(sign)).count();
        if run > 0 {
            let text: String = signs[at..at + run].iter().filter_map(|sign| sign.text.as_deref()).collect();
            let goes_on = signs
                .get(at + run)
                .is_some_and(|next| next.text.as_deref().is_some_and(|text| text.starts_with(char::is_alphabetic)));
            raise(&mut out, &text, goes_on);
            at += run;
            continue;
        }
        match &signs[at].text {
            Some(text) => out.push_str(text),
            None => {
                let is_letter = |sign: Option<&PlacedSign>| {
                    sign.and_then(|sign| sign.text.as_deref()).is_some_and(|text| text.contains(char::is_alphanumeric))
                };
                if is_letter(at.checked_sub(1).and_then(|before| signs.get(before))) || is_letter(signs.get(at + 1)) {
                    out.push(UNKNOWN);
                }
            }
        }
        at += 1;
    }
    out
}

/// Adds raised text behind a line so far, whose word may go on behind it.
fn raise(out: &mut String, text: &str, goes_on: bool) {
    let word = out.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_letters = text.chars().all(char::is_alphabetic);
    let letters = text.chars().count();
    let belongs = if is_letters {
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        letters > 1 || !word.is_empty() && (goes_on || digits && word.len() <= 3 || !digits && word.chars().count() <= 2)
    } else {
        text.contains(|c: char| !c.is_ascii_digit() && !is_mark(c)) || is_base(word) && text.chars().any(|c| c.is_ascii_digit())
    };
    let is_exponent = !is_letters && belongs && text.chars().all(|c| superscript(c).is_some());
    for c in text.chars() {
        out.push(match superscript(c) {
            Some(high) if is_exponent => high,
            Some(high) if !belongs && !is_letters => note_mark(high),
            _ if belongs || c.is_whitespace() => c,
            _ => note_mark(c),
        });
    }
}

/// Signs of which marks of footnotes are made, beside digits.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '∗' | ',' | '(' | ')' | '[' | ']' | '-' | '–') || c.is_whitespace()
}

/// Whether a number behind the word is its exponent.
fn is_base(word: &str) -> bool {
    const UNITS: [&str; 17] = ["10", "m", "km", "cm", "mm", "dm", "nm", "μm", "µm", "s", "ft", "in", "mi", "yd", "ha", "kg", "h"];
    UNITS.contains(&word) || word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32))?,
        '-' | '−' | '–' => '⁻',
        '+' => '⁺',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(line: &str, text: &str) -> String {
        let mut out = line.to_owned();
        raise(&mut out, text, false);
        out
    }

    #[test]
    fn ends_of_words_belong_to_them_and_marks_do_not() {
        let mark = |c: char| note_mark(c).to_string();
        for (line, text, wanted) in [
            ("On the 12", "th", "On the 12th".to_owned()),
            ("le 2", "e", "le 2e".to_owned()),
            ("M", "me", "Mme".to_owned()),
            ("since 2005", "5", format!("since 2005{}", mark('⁵'))),
            ("the end.", "12", format!("the end.{}{}", mark('¹'), mark('²'))),
            ("the Office", "a", format!("the Office{}", mark('a'))),
            ("the Office", "*", format!("the Office{}", mark('*'))),
            ("about 30 km", "2", "about 30 km²".to_owned()),
            ("3 × 10", "-6", "3 × 10⁻⁶".to_owned()),
        ] {
            assert_eq!(raised(line, text), wanted);
        }
    }
}
