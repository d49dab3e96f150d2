//! Source descriptors: what a note says of a source behind a citation of it, as in
//! `[@cable] (source: Ministry of Ports, mail, 2024-03-27; usually reliable, probably true)`. They are about the source
//! and claim nothing, so no sentence has them among its words.

use crate::text::Span;

/// How one begins, behind a citation.
pub const OPENING: &str = "(source: ";

/// The descriptor behind a place in a text, if one begins there.
#[must_use]
pub fn behind(text: &str, at: usize) -> Option<Span> {
    /// Longer ones are running text.
    const LONGEST: usize = 2_000;
    let start = at + usize::from(text.get(at..)?.starts_with(' '));
    let rest = text.get(start..)?.strip_prefix(OPENING)?;
    let end = rest[..rest.floor_char_boundary(LONGEST)].find(['(', ')', '\n', '\r'])?;
    rest[end..].starts_with(')').then(|| Span::new(start, start + OPENING.len() + end + 1))
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn it_stands_right_behind_in_brackets_of_its_own() {
        let words = |text: &'static str| behind(text, 4).map(|span| span.of(text));
        assert_eq!(words("[@a] (source: x; y). z"), Some("(source: x; y)"));
        for text in
            ["[@a], (source: x)", "[@a] (source x)", "[@a] (source: x", "[@a] (source: x (y))", "[@a] (source: x\n)", "[@a]"]
        {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
