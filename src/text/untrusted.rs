//! Text from files on its way to people.
//!
//! Whoever writes a source, a name of a file or a settings file chooses words that reach editors and
//! terminals. [`Untrusted`] holds them, alone or in a sentence of ours ([`message!`](crate::message)), and
//! gives them out only as one kind of output can have them. There is no `Display` and no way to a `&str`
//! but those, so that a stray `format!` does not compile:
//!
//! ```compile_fail
//! let title = corroborate::text::Untrusted::from("[x](command:y)");
//! println!("{title}");
//! ```
//!
//! ```compile_fail
//! let title = corroborate::text::Untrusted::from("[x](command:y)");
//! let shown: String = title.into();
//! ```
//!
//! ```compile_fail
//! let title = corroborate::text::Untrusted::from("[x](command:y)");
//! let shown: &str = title.as_ref();
//! ```
//!
//! ```compile_fail
//! let title = corroborate::text::Untrusted::from("[x](command:y)");
//! title.starts_with("x");
//! ```
//!
//! ```
//! let title = corroborate::text::Untrusted::from("[x](command:y) \u{1b}[2J");
//! assert_eq!(corroborate::message!("No “{}”.", title).notification(), "No “[x] (command:y) [2J”.");
//! ```
//!
//! What nobody sees is dropped when it comes in, and not shown by its number: control characters (with
//! them all of an escape sequence that a terminal obeys), marks of direction, and fillers. The checker
//! does not see them either ([`is_invisible`](super::words::is_invisible)). So all that is left for an
//! output is its own syntax.

pub mod markdown;
mod note;

use std::fmt;

use super::words::{self, readable};

pub use note::Gap;

/// Text of a file, or words of ours with such text among them: one line, in which every character can
/// be seen.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untrusted(String);

impl Untrusted {
    /// A line with its white space as it is.
    #[must_use]
    pub fn of_line(line: &str) -> Self {
        Self(line.chars().filter(|c| *c == '\t' || !c.is_control() && !words::is_invisible(*c)).collect())
    }

    /// The words with marks around them.
    #[must_use]
    pub fn quoted(&self) -> Self {
        crate::message!("“{}”", self)
    }

    /// At most so many characters, and a sign that there are more.
    #[must_use]
    pub fn shortened(&self, most: usize) -> Self {
        Self(words::shortened(&self.0, most))
    }

    /// So many characters, and no sign that there are more.
    #[must_use]
    pub fn beginning(&self, most: usize) -> Self {
        Self::from(&self.0.chars().take(most).collect::<String>())
    }

    /// With a capital at the start.
    #[must_use]
    pub fn capitalised(&self) -> Self {
        Self(words::capitalised(&self.0))
    }

    /// Several as one, with words of ours between them.
    #[must_use]
    pub fn joined<P: Piece>(parts: impl IntoIterator<Item = P>, between: &'static str) -> Self {
        let mut all = Self::default();
        for (at, part) in parts.into_iter().enumerate() {
            all.push_ours(if at > 0 { between } else { "" });
            part.add_to(&mut all);
        }
        all
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Words of ours behind the others.
    pub fn push_ours(&mut self, words: &'static str) {
        self.0.push_str(words);
    }

    /// For what shows text as it is: diagnostics, titles, labels, fields of JSON.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// For a terminal.
    #[must_use]
    pub fn terminal(&self) -> &str {
        &self.0
    }

    /// For a log.
    #[must_use]
    pub fn log(&self) -> &str {
        &self.0
    }

    /// For a message that an editor shows by itself, for errors and for tooltips. VS Code makes
    /// `[words](command:…)` live there, and others read Markdown: nothing of a link, an address or a tag is
    /// left whole.
    #[must_use]
    pub fn notification(&self) -> String {
        self.0.replace("](", "] (").replace("://", ": //").replace('<', "‹").replace('>', "›").replace('`', "'")
    }

    /// For Markdown in a hover: shown as it is, nothing of it is live.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::escaped(&self.0)
    }

    /// For Markdown, as a code span, which no character of it can end.
    #[must_use]
    pub fn code(&self) -> String {
        format!("`{}`", self.0.replace('`', "'"))
    }

    /// For a note, into which it is inserted: Markdown that reads back as these words and is nothing else.
    #[must_use]
    pub fn inserted(&self, gap: Gap<'_>) -> String {
        note::inserted(&self.0, gap)
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Untrusted {
    fn from(text: &T) -> Self {
        Self(readable(text.as_ref()))
    }
}

impl From<String> for Untrusted {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// How long it is, and no word of it: this is for nobody but us.
impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}

/// What a sentence of ours can have in it.
pub trait Piece {
    fn add_to(&self, out: &mut Untrusted);
}

impl Piece for Untrusted {
    fn add_to(&self, out: &mut Untrusted) {
        out.0.push_str(&self.0);
    }
}

impl Piece for str {
    fn add_to(&self, out: &mut Untrusted) {
        out.0.push_str(&readable(self));
    }
}

impl Piece for String {
    fn add_to(&self, out: &mut Untrusted) {
        self.as_str().add_to(out);
    }
}

impl Piece for std::borrow::Cow<'_, str> {
    fn add_to(&self, out: &mut Untrusted) {
        self.as_ref().add_to(out);
    }
}

impl Piece for usize {
    fn add_to(&self, out: &mut Untrusted) {
        out.0.push_str(&self.to_string());
    }
}

/// A number with two decimals in a column of this width.
pub struct Figure<const WIDTH: usize>(pub f32);

impl<const WIDTH: usize> Piece for Figure<WIDTH> {
    fn add_to(&self, out: &mut Untrusted) {
        out.0.push_str(&format!("{:width$.2}", self.0, width = WIDTH));
    }
}

impl<P: Piece + ?Sized> Piece for &P {
    fn add_to(&self, out: &mut Untrusted) {
        (**self).add_to(out);
    }
}

/// How many gaps a sentence has.
#[doc(hidden)]
#[must_use]
pub const fn gaps(words: &str) -> usize {
    let (bytes, mut at, mut gaps) = (words.as_bytes(), 1, 0);
    while at < bytes.len() {
        if bytes[at - 1] == b'{' && bytes[at] == b'}' {
            gaps += 1;
        }
        at += 1;
    }
    gaps
}

/// A sentence of ours, with text of files and numbers in its gaps: `message!("No “{}”.", name)`.
#[macro_export]
macro_rules! message {
    ($words:literal $(, $piece:expr)* $(,)?) => {{
        const { assert!($crate::text::untrusted::gaps($words) == <[&str]>::len(&[$(stringify!($piece)),*])) };
        let mut words = $words.split("{}");
        let mut message = $crate::text::Untrusted::default();
        message.push_ours(words.next().unwrap_or_default());
        $(
            $crate::text::untrusted::Piece::add_to(&$piece, &mut message);
            message.push_ours(words.next().unwrap_or_default());
        )*
        message
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_does_not_come_in() {
        for (text, seen) in [
            ("a\u{1b}[31mb\u{7}", "a[31mb"),
            ("\u{9b}2J\u{85}x\r\ny\0", "2J x y"),
            ("\u{202e}txt.\u{2066}a\u{2069}\u{200f}", "txt.a"),
            ("a\u{3164}b\u{115f}\u{1160}\u{ffa0}\u{2800}c", "abc"),
            ("a\u{e0041}\u{e007f}\u{e0100}b\u{200b}\u{feff}", "ab"),
        ] {
            assert_eq!(Untrusted::from(text).plain(), seen, "{text:?}");
            assert_eq!(message!("{}{}", text, 1).terminal(), format!("{seen}1"));
        }
    }

    #[test]
    fn a_message_keeps_its_own_words() {
        let words = message!("  {}: {} of {} ", "a\nb", 3, Untrusted::from(" c "));
        assert_eq!(words.plain(), "  a b: 3 of c ");
        assert_eq!(message!("none").plain(), "none");
        assert_eq!(Untrusted::joined(["a", "b "], ", ").plain(), "a, b");
    }

    #[test]
    fn nothing_in_a_notification_is_a_link() {
        let words = Untrusted::from("[a](command:x 'b') ![c](https://d) <e@f> `g` [h][i] www.j");
        assert_eq!(words.notification(), "[a] (command:x 'b') ![c] (https: //d) ‹e@f› 'g' [h][i] www.j");
    }

    #[test]
    fn debugging_shows_no_words() {
        assert_eq!(format!("{:?}", Untrusted::from("abc")), "Untrusted(3 bytes)");
    }
}
