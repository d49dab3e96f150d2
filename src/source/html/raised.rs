//! Raised letters and digits: ordinals and units are part of the word before them, marks of footnotes are not.

/// What becomes of a raised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raised {
    /// It belongs to the word: "19th", "m2", "Mme".
    Joined,
    /// It stands by itself: "10 6".
    Apart,
    /// It leads to a footnote and says nothing here.
    Mark,
}

/// A footnote's number is not longer.
const LONGEST_MARK: usize = 4;

/// What a raised text is behind the words before it. `leads_away` says that it is a link to a place.
pub fn raised(before: &str, text: &str, leads_away: bool) -> Raised {
    let text = text.trim();
    let inner = text.trim_matches(['[', ']', '(', ')']);
    let is_bracketed = inner.len() < text.len();
    let Some(last) = before.chars().next_back() else { return Raised::Apart };
    let is_number = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
    let is_symbol = !inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#'));
    let is_letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
    if (leads_away || is_bracketed)
        && (is_number || is_symbol || is_letter || inner.chars().count() <= LONGEST_MARK && leads_away)
    {
        return Raised::Mark;
    }
    if is_symbol {
        return Raised::Mark;
    }
    let word = last_word(before);
    if is_ordinal(&inner.to_lowercase()) && last.is_ascii_digit() {
        return Raised::Joined;
    }
    if is_number || is_signed(inner) {
        return number(word, last, inner);
    }
    if is_letter && word.chars().count() > 1 && !is_abbreviation(word, inner) {
        // "crowns" and a raised "a", or "5,000" and one.
        return if last.is_ascii_digit() { Raised::Apart } else { Raised::Mark };
    }
    if last.is_alphanumeric() { Raised::Joined } else { Raised::Apart }
}

fn number(word: &str, last: char, text: &str) -> Raised {
    const UNITS: [&str; 20] = [
        "m", "km", "cm", "mm", "dm", "nm", "µm", "μm", "ft", "in", "mi", "yd", "s", "h", "kg", "hm", "sec", "inch", "foot",
        "mile",
    ];
    let is_power = matches!(text.trim_start_matches(['-', '−', '–']), "1" | "2" | "3" | "4");
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // Of "m/s" and "W/m" the last unit counts.
    let unit = word.rsplit(['/', '·', '.']).next().unwrap_or(word);
    let unit = unit.trim_start_matches(|c: char| c.is_ascii_digit());
    if is_power && UNITS.contains(&unit) || letters == 1 && word.chars().count() == 1 {
        Raised::Joined
    } else if last.is_ascii_digit() || letters < 2 && last.is_alphanumeric() || text.len() > LONGEST_MARK {
        Raised::Apart
    } else {
        Raised::Mark
    }
}

fn is_signed(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '−', '–', '+']);
    digits.len() < text.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Endings of ordinals in English, French, Spanish, Italian, Portuguese, Dutch.
fn is_ordinal(text: &str) -> bool {
    matches!(
        text.trim_end_matches('.'),
        "st" | "nd"
            | "rd"
            | "th"
            | "er"
            | "ers"
            | "re"
            | "ère"
            | "e"
            | "es"
            | "ème"
            | "ième"
            | "eme"
            | "nde"
            | "ª"
            | "º"
            | "o"
            | "os"
            | "ste"
            | "de"
            | "to"
            | "ta"
            | "do"
            | "da"
            | "mo"
            | "ma"
    )
}

/// "Nº", "Mr", "Dr": a short word with a capital.
fn is_abbreviation(word: &str, raised: &str) -> bool {
    word.chars().count() <= 2 && word.starts_with(char::is_uppercase) && matches!(raised, "o" | "º" | "r" | "e" | "a" | "ª")
}

/// Raised digits that are characters of their own, behind a number or a long word, as if markup raised them.
pub fn part_raised_digits(text: &str) -> String {
    const LONG: usize = 4;
    let mut found = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_raised_digit(c) {
            let last = found.chars().next_back();
            let letters = found.chars().rev().take(LONG).filter(|c| c.is_alphabetic()).count();
            if last.is_some_and(|last| last.is_ascii_digit()) || letters == LONG {
                found.push(' ');
            }
        }
        found.push(c);
    }
    found
}

pub fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_and_units_belong_to_the_word_and_notes_do_not() {
        use Raised::{Apart, Joined, Mark};
        for (before, text, leads_away, expected) in [
            ("the 19", "th", false, Joined),
            ("le 19", "e", false, Joined),
            ("the 5,000", "a", false, Apart),
            ("3 m", "2", false, Joined),
            ("3 m", "2", true, Mark),
            ("9.81 m/s", "2", false, Joined),
            ("40km", "2", false, Joined),
            ("10", "6", false, Apart),
            ("x", "2", false, Joined),
            ("5,000", "5", false, Apart),
            ("5,000", "5", true, Mark),
            ("of sail.", "[4]", false, Mark),
            ("crowns", "1", false, Mark),
            ("crowns", "1, 2", false, Mark),
            ("crowns", "a", false, Mark),
            ("crowns", "*", false, Mark),
            ("M", "me", false, Joined),
            ("N", "o", false, Joined),
            ("Chirper", "TM", false, Joined),
            ("", "1", false, Apart),
            ("Art. 184", "1", false, Apart),
            ("Ca", "2+", false, Joined),
        ] {
            assert_eq!(raised(before, text, leads_away), expected, "{before}^{text}");
        }
    }

    #[test]
    fn raised_digits_as_characters_are_parted_from_numbers() {
        assert_eq!(part_raised_digits("5,000⁵ crowns¹ for 3 m² of sail"), "5,000 ⁵ crowns ¹ for 3 m² of sail");
    }
}
