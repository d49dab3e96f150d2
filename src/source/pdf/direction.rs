//! Text that is read from right to left: pages have its letters from left to right, a text has them in reading order.

/// What becomes of a glyph on its way to text.
pub trait Sign {
    fn text(&self) -> &str;
    fn set_text(&mut self, text: String);
}

/// Whether letters of a text run from right to left.
pub fn is_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| class(c) == Class::RightToLeft)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    LeftToRight,
    RightToLeft,
    Digit,
    /// Between the digits of a number.
    Separator,
    /// Beside a number, and part of it.
    Attached,
    Neutral,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Class::Digit,
        '.' | ',' | ':' | '/' | '-' | '٫' | '٬' => Class::Separator,
        '%' | '٪' | '$' | '€' | '£' | '₪' | '°' => Class::Attached,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' => {
            Class::RightToLeft
        }
        c if c.is_alphanumeric() => Class::LeftToRight,
        _ => Class::Neutral,
    }
}

fn class_of(text: &str) -> Class {
    text.chars().map(class).find(|class| *class != Class::Neutral).unwrap_or(Class::Neutral)
}

/// Puts a line whose signs stand as on the page into reading order. The page may be read from the right.
pub fn reorder<S: Sign>(signs: &mut [S], from_right: bool) {
    let classes: Vec<Class> = signs.iter().map(|sign| class_of(sign.text())).collect();
    let count = |of: Class| classes.iter().filter(|class| **class == of).count();
    if count(Class::RightToLeft) == 0 {
        return;
    }
    if from_right || count(Class::RightToLeft) >= count(Class::LeftToRight) {
        reverse(signs);
        face_brackets(signs);
        return;
    }
    // A phrase in a line that is read from left to right.
    let mut at = 0;
    while at < signs.len() {
        if classes[at] != Class::RightToLeft {
            at += 1;
            continue;
        }
        let end = classes[at..].iter().position(|class| *class == Class::LeftToRight).map_or(signs.len(), |end| at + end);
        let last = classes[at..end].iter().rposition(|class| *class == Class::RightToLeft).map_or(at, |last| at + last);
        reverse(&mut signs[at..=last]);
        at = last + 1;
    }
}

/// Turns signs round, but for numbers and words that are read from left to right.
fn reverse<S: Sign>(signs: &mut [S]) {
    signs.reverse();
    let classes: Vec<Class> = signs.iter().map(|sign| class_of(sign.text())).collect();
    let mut at = 0;
    while at < signs.len() {
        let is_word = match classes[at] {
            Class::LeftToRight => true,
            Class::Digit => false,
            Class::Attached if classes.get(at + 1) == Some(&Class::Digit) => false,
            _ => {
                mirror(&mut signs[at]);
                at += 1;
                continue;
            }
        };
        // To the last letter before one that is read from right to left, or the last digit of a number.
        let run = classes[at..].iter().take_while(|class| match class {
            Class::RightToLeft => false,
            Class::Neutral => is_word,
            Class::LeftToRight | Class::Digit | Class::Separator | Class::Attached => true,
        });
        let length = run.count();
        let is_end = |class: &Class| matches!(class, Class::LeftToRight | Class::Digit | Class::Attached);
        let last = classes[at..at + length].iter().rposition(is_end).map_or(at, |last| at + last);
        signs[at..=last].reverse();
        at = last + 1;
    }
}

/// Some files say which bracket is drawn, and some which one is meant. A line does not close before it opens.
fn face_brackets<S: Sign>(signs: &mut [S]) {
    let mut brackets = signs.iter().map(Sign::text).filter(|text| matches!(*text, "(" | ")"));
    if brackets.next() == Some(")") && brackets.next_back() == Some("(") {
        signs.iter_mut().filter(|sign| matches!(sign.text(), "(" | ")")).for_each(mirror);
    }
}

/// Brackets look to the other side.
fn mirror<S: Sign>(sign: &mut S) {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let mut chars = sign.text().chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return };
    let other = PAIRS.iter().find_map(|(open, close)| match c {
        c if c == *open => Some(*close),
        c if c == *close => Some(*open),
        _ => None,
    });
    if let Some(other) = other {
        sign.set_text(other.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Sign for String {
        fn text(&self) -> &str {
            self
        }
        fn set_text(&mut self, text: String) {
            *self = text;
        }
    }

    fn read(line: &str) -> String {
        let mut signs: Vec<String> = line.chars().map(String::from).collect();
        reorder(&mut signs, false);
        signs.concat()
    }

    #[test]
    fn letters_come_in_reading_order_and_numbers_stay() {
        assert_eq!(read("תישילש 2.5 הנש"), "שנה 2.5 שלישית");
        assert_eq!(read("25% הנש"), "שנה 25%");
        assert_eq!(read("םולש"), "שלום");
        assert_eq!(read("2.5 הלעי"), "יעלה 2.5");
        assert_eq!(read("(םולש)"), "(שלום)");
        assert_eq!(read(")םולש("), "(שלום)");
        assert_eq!(read("בוט Vesk הנומ"), "מונה Vesk טוב");
        assert_eq!(read("the word םולש means peace"), "the word שלום means peace");
        assert_eq!(read("no such letters (1.5)"), "no such letters (1.5)");
    }
}
