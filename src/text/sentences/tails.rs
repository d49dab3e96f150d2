//! What a sentence takes along behind its stop: closing marks, emphasis, footnote marks, citations.

use super::NOTE_CAP;
use super::characters::window;
use super::scan::Scan;
use super::stops::Stop;

impl Scan<'_> {
    /// Behind the marks that belong to the sentence which stops: closing marks, emphasis,
    /// footnote marks, citations.
    pub(super) fn tail(&self, stop: &Stop) -> usize {
        let mut at = stop.end;
        // Marks without end would make each stop among them read them all.
        while at < stop.end + 2 * NOTE_CAP {
            let rest = &self.text[at..];
            let Some(mark) = rest.chars().next() else {
                return at;
            };
            let after = rest[mark.len_utf8()..].chars().next();
            let outside = after.is_none_or(|c| !c.is_alphanumeric());
            let closes = match mark {
                ')' | ']' | '}' | '”' | '›' | '*' | '_' | '~' | '」' | '』' | '）' | '¹' | '²' | '³' | '⁰'..='⁹' => {
                    true
                }
                '»' | '«' | '“' | '‘' => self.opened(mark) || outside && mark == '»',
                '"' => outside || self.opened('"'),
                '\'' | '’' | '`' => outside,
                _ => false,
            };
            if closes {
                at += mark.len_utf8();
            } else if let Some(end) = self.note(at) {
                at = end;
            } else if let Some(mark) = self.closing_apart(rest) {
                at += mark;
            } else {
                return at;
            }
        }
        at
    }

    /// The French way to close: a space, then the mark.
    fn closing_apart(&self, rest: &str) -> Option<usize> {
        let inner = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let mark = inner.chars().next().filter(|c| matches!(c, '»' | '›'))?;
        let apart = rest.len() - inner.len();
        (apart > 0 && apart <= 3 && self.opened(mark)).then(|| apart + mark.len_utf8())
    }

    /// Behind a footnote mark or a citation at `at`, a space before it allowed.
    fn note(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let inner = rest.trim_start_matches(' ');
        let apart = rest.len() - inner.len();
        if apart > 1 || !inner.starts_with('[') {
            return None;
        }
        let close = window(inner, NOTE_CAP).find(']')?;
        let label = &inner[1..close];
        let number = label.bytes().all(|b| b.is_ascii_digit() || b", -".contains(&b));
        let is_note = label.starts_with('^')
            || label.starts_with('@')
            || label.contains("-@")
            || label.contains(" @")
            || number && !label.is_empty() && (apart == 0 || !self.entries)
            || apart == 0 && !label.is_empty() && (label.len() == 1 || label.ends_with("needed"));
        is_note.then_some(at + apart + close + 1)
    }
}
